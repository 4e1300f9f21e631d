"""Linking the coding in hand to a finding: the pinned one, else one that is asked for."""

from __future__ import annotations

from qualcode.domain.finding import Role
from qualcode.domain.inert import inert
from qualcode.errors import NotFound
from qualcode.i18n import _
from qualcode.services import appraising, findings
from qualcode.tui.screens.bearing import linked_words
from qualcode.tui.screens.desk import DeskScreen
from qualcode.tui.text.names import fitted
from qualcode.tui.view import Choice, PinnedFinding

_UNLINK, _LIST = "0", "l"
_ROLES = {"+": Role.SUPPORTS, "-": Role.CONTRADICTS, "~": Role.NUANCES}
_ROOM = 8
"""Cells of the strip that a claim leaves to its key."""


class Linking(DeskScreen):
    """A subclass gives `evidence_in_hand`, and is told by `linked` that evidence was written."""

    def evidence_in_hand(self) -> str:
        """The uid of a coding; where there is none, that is said, and it is empty."""
        raise NotImplementedError

    def linked(self) -> None:
        """The study was written to."""

    def action_evidence(self) -> None:
        if not self.evidence_in_hand():
            return
        with self.told():
            if self.desk.pinned is None:
                self._ask_finding()
            else:
                self._ask_role()

    def _ask_finding(self) -> None:
        """The newest by digits, the rest on their screen; it stays pinned."""
        newest = [item.finding for item in reversed(appraising.appraise(self.study))][:9]
        if not newest:
            self.status.say(_("No finding is written yet: g f, then n writes a claim."))
            return
        room = self.size.width - _ROOM
        choices = [
            Choice(str(key), fitted(inert(one.claim), room).rstrip(), one.uid, "")
            for key, one in enumerate(newest, start=1)
        ]
        self.strip.ask("pinned", [*choices, Choice(_LIST, _("list of findings"), "", "")])

    def chosen_pinned(self, key: str, uid: str) -> None:
        if key == _LIST:
            self.desk.open_screen("f")
            return
        with self.told():
            self.desk.pinned = PinnedFinding(uid, findings.get(self.study, uid).claim)
            self.show_pinned()
            self._ask_role()

    def show_pinned(self) -> None:
        """Show above which finding is pinned."""
        raise NotImplementedError

    def _ask_role(self) -> None:
        pinned = self.desk.pinned
        if pinned is None:
            return
        heading = fitted(inert(pinned.claim), min(len(pinned.claim), self.size.width - _ROOM)).rstrip()
        self.strip.ask(
            "role",
            [
                Choice("+", _("supports"), "", heading),
                Choice("-", _("contradicts"), "", heading),
                Choice("~", _("nuances"), "", heading),
                Choice(_UNLINK, _("take out"), "", heading),
            ],
        )

    def chosen_role(self, key: str, _value: str) -> None:
        held, pinned = self.evidence_in_hand(), self.desk.pinned
        if not held or pinned is None:
            return
        with self.told():
            try:
                said = self._link(pinned.uid, key, held)
            except NotFound:
                self.desk.pinned = None
                self.show_pinned()
                raise
            self.linked()
            self.status.say(said)

    def _link(self, finding: str, key: str, held: str) -> str:
        """Link or unlink; what is to be said. Raises NotFound."""
        if key == _UNLINK:
            gone = findings.unlink(self.study, finding, [held])
            return _("Taken out of the finding.") if gone else _("It was no evidence of the finding.")
        findings.link(self.study, finding, _ROLES[key], [held])
        return linked_words(_ROLES[key])
