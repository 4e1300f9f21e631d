"""Codings that could not be stored: they stay on the screen, are marked, and are tried again until they are.

A full disk must cost no thought: what was coded is seen, and stored as soon as there is room.
"""

from __future__ import annotations

from textual.timer import Timer

from qualcode.domain.span import Span
from qualcode.errors import StudyUnavailable
from qualcode.i18n import ngettext
from qualcode.services import coding
from qualcode.tui.open_document import Unsaved
from qualcode.tui.screens.keeping import Keeping

_RETRY_S = 5.0


class Unsaving(Keeping):
    """`put` stores a coding or keeps it; what is kept is tried again by a timer and before the next write."""

    _retrying: Timer | None = None
    _warned = False

    def put(self, span: Span, code: str, qualifiers: dict[str, str]) -> coding.Added:
        """Store a coding. Raises as `coding.add`; StudyUnavailable only after having kept it on the screen."""
        try:
            self._store_kept()
            return coding.add(self.study, self.opened.id, span, code, qualifiers=qualifiers)
        except StudyUnavailable:
            self._keep(Unsaved(span, code, qualifiers))
            raise

    def may_leave(self) -> bool:
        """True where nothing would be lost; said, and true at the second time of asking, where something would."""
        self._try_again()
        kept = len(self.opened.unsaved)
        if not kept or self._warned:
            return True
        self._warned = True
        said = ngettext(
            "{n} coding is not stored; make room on the disk. The same key again gives it up.",
            "{n} codings are not stored; make room on the disk. The same key again gives them up.",
            kept,
        )
        self.status.say(said.format(n=kept), bad=True)
        return False

    def _keep(self, unsaved: Unsaved) -> None:
        self.opened.unsaved[unsaved.id] = unsaved
        self.transcript.add(unsaved.painted)
        self.transcript.end_marking()
        self._warned = False
        if self._retrying is None:
            self._retrying = self.set_interval(_RETRY_S, self._try_again)

    def _try_again(self) -> None:
        before = len(self.opened.unsaved)
        try:
            self._store_kept()
        except StudyUnavailable:
            return
        finally:
            if not self.opened.unsaved and self._retrying is not None:
                self._retrying.stop()
                self._retrying = None
        if before:
            said = ngettext("Stored now: {n} coding.", "Stored now: {n} codings.", before)
            self.status.say(said.format(n=before))

    def _store_kept(self) -> None:
        """In the order they were made. Raises StudyUnavailable at the first that cannot be stored yet."""
        for key, kept in list(self.opened.unsaved.items()):
            added = coding.add(self.study, self.opened.id, kept.span, kept.code, qualifiers=kept.qualifiers)
            del self.opened.unsaved[key]
            self.transcript.remove(key)
            self.wrote()
            self.show_coding(added.segment)
