"""Findings by research question, and in full the one in hand: its strength, and what speaks for and against it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text

from qualcode.domain.finding import FindingState
from qualcode.errors import BadInput, Conflict
from qualcode.i18n import _, ngettext
from qualcode.services import findings
from qualcode.services.appraising import Appraised
from qualcode.tui.finding_views import FindingViews, level_word
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import LineGiven, RowChosen
from qualcode.tui.screens.bearing import EvidenceScreen, HitsScreen
from qualcode.tui.screens.carded import CardedList
from qualcode.tui.text.names import fitted
from qualcode.tui.view import Choice, PinnedFinding
from qualcode.tui.widgets.table import Column, TableRow

_NO_QUESTION = "0"
_ROOM = 8
"""Cells of the strip that the text of a question leaves to its key."""


class FindingsScreen(CardedList):
    """A new finding is written on the line, then its research question is chosen where the codebook has any."""

    CSS_PATH: ClassVar = ["listing.tcss", "findings.tcss"]
    CONTEXT = "findings"
    BINDINGS = bindings("findings")

    def __init__(self) -> None:
        super().__init__()
        self._written = ""
        self._at = ""

    def topic(self) -> str:
        n = len(self._views.found)
        return ngettext("{n} finding", "{n} findings", n).format(n=n)

    def facts(self) -> Sequence[str]:
        return self.desk.pinned_facts()

    def show_rows(self) -> None:
        self._views = FindingViews(self.study)
        pinned = self.desk.pinned
        if pinned is not None:
            now = self._views.found.get(pinned.uid)
            self.desk.pinned = PinnedFinding(pinned.uid, now.finding.claim) if now else None
        at, self._at = self._at or self.table.chosen, ""
        self.table.show(self.columns(), self.rows(), at)

    def columns(self) -> Sequence[Column]:
        return self._views.columns()

    def rows(self) -> Sequence[TableRow]:
        return list(self._views.rows(self.desk.pinned.uid if self.desk.pinned else ""))

    def card(self) -> RenderableType:
        item = self._in_hand
        if item is None:
            return Text(_("No finding is written yet: n writes a claim."), self.faint())
        return self._views.card(item, self.size.width, self.faint())

    def on_resize(self) -> None:
        """For and against change places with the width; what every list does then, it does too."""
        if self.table.chosen:
            self._show_card()

    @property
    def _in_hand(self) -> Appraised | None:
        return self._views.found.get(self.table.chosen)

    def on_row_chosen(self, event: RowChosen) -> None:
        self.desk.push_screen(EvidenceScreen(event.id))

    # Writing

    def action_new(self) -> None:
        self.line.ask("new", _("Claim, in one sentence:"))

    def action_edit(self) -> None:
        item = self._in_hand
        if item is not None:
            self._written = item.finding.uid
            self.line.ask("claim", _("Claim, in one sentence:"), item.finding.claim)

    def on_line_given(self, event: LineGiven) -> None:
        self.close_line()
        if not event.text:
            return
        with self.told():
            if event.name == "claim":
                if findings.edit(self.study, self._written, claim=event.text):
                    self._shown(self._written, _("The finding is changed, and a draft."))
            elif event.name == "where":
                self._search(self._written, (event.text,))
            elif not self._views.questions():
                self._add(event.text, None)
            else:
                self._written = event.text
                self.strip.ask("question", self._questions())

    def action_question(self) -> None:
        if self._in_hand is not None and self._views.questions():
            self.strip.ask("other_question", self._questions())
        elif self._in_hand is not None:
            self.status.say(_("The codebook has no research questions."))

    def _questions(self) -> list[Choice]:
        heading = _("Research question")
        room = self.size.width - cell_len(heading) - _ROOM
        asked = [
            Choice(str(key), fitted(f"{id}  {text}", room).rstrip(), id, heading)
            for key, (id, text) in enumerate(self._views.questions()[:9], start=1)
        ]
        return [*asked, Choice(_NO_QUESTION, _("none"), "", heading)]

    def chosen_question(self, _key: str, id: str) -> None:
        with self.told():
            self._add(self._written, id or None)

    def chosen_other_question(self, _key: str, id: str) -> None:
        item = self._in_hand
        if item is not None:
            with self.told():
                if findings.edit(self.study, item.finding.uid, question=id or None):
                    self._shown(item.finding.uid, _("The finding is changed, and a draft."))

    def _add(self, claim: str, question: str | None) -> None:
        uid = findings.add(self.study, claim, question=question)
        self._shown(uid, _("Written, as a draft: p pins it, then F on a coding links evidence."))

    def action_remove(self) -> None:
        item = self._in_hand
        if item is not None:
            with self.told():
                findings.remove(self.study, item.finding.uid)
                self._shown("", _("The finding is removed; its codings stay. u brings it back."))

    def _shown(self, uid: str, said: str) -> None:
        """Show what was written, with the finding called `uid` in hand."""
        self._at = uid
        self.reread()
        self.status.say(said)

    # The gate

    def action_ready(self) -> None:
        """Through the gate, or back; also a stale one, which is then ready as of now."""
        item = self._in_hand
        if item is None:
            return
        uid = item.finding.uid
        with self.told():
            if item.finding.state is FindingState.READY and not item.stale:
                findings.make_draft(self.study, uid)
                self._shown(uid, _("The finding is a draft again."))
                return
            try:
                strength = findings.make_ready(self.study, uid)
            except Conflict as refused:
                self.reread()
                now = self._views.found[uid]
                self.status.say(f"{refused.message.render(_)} {_way_out(now)}".rstrip(), bad=True)
                return
            self._shown(uid, _("The finding is ready: {level}.").format(level=level_word(strength.level)))

    def action_against(self) -> None:
        """Search as the last time; the first time for all codings with the codes of the evidence."""
        item = self._in_hand
        if item is not None:
            self._search(item.finding.uid, ())

    def action_against_where(self) -> None:
        item = self._in_hand
        if item is not None:
            self._written = item.finding.uid
            asked = item.search.conditions if item.search else ()
            self.line.ask("where", _("Look for, as in a filter:"), " & ".join(asked))

    def _search(self, uid: str, where: Sequence[str]) -> None:
        """Search and list what is found; without evidence and conditions there is nothing to search for."""
        with self.told():
            self.reread()
            now = self._views.found.get(uid)
            if now is not None and not (now.finding.evidence or now.search or where):
                self.status.say(_way_out(now))
                return
            try:
                findings.search(self.study, uid, where)
            except BadInput as refused:
                # The hint is for the command line; here other conditions are a key away.
                other = _("C searches for something else.")
                self.status.say(f"{refused.message.render(_)} {other}", bad=True)
                return
            self.desk.push_screen(HitsScreen(uid))

    def action_pin(self) -> None:
        item = self._in_hand
        if item is None:
            return
        with self.told():
            is_pinned = self.desk.pinned is not None and self.desk.pinned.uid == item.finding.uid
            self.desk.pinned = None if is_pinned else PinnedFinding(item.finding.uid, item.finding.claim)
            said = _("No finding is pinned.") if is_pinned else _("Pinned: F on a coding or quote links it here.")
            self._shown(item.finding.uid, said)


def _way_out(item: Appraised) -> str:
    """What to do on the desk about what the gate refused."""
    if not item.finding.evidence:
        return _("p pins it, then F on a coding links evidence.")
    if item.search_fault is not None:
        return _("C searches for something else.")
    if item.search is None or item.unseen:
        return _("c lists what to look at.")
    return ""
