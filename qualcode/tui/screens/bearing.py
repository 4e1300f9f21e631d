"""What bears on one finding: its evidence as quotes, and the hits of its search for negative cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text

from qualcode.domain.coding import CodedSegment
from qualcode.domain.finding import Evidence, Role
from qualcode.domain.inert import inert
from qualcode.i18n import _, ngettext
from qualcode.services import appraising, findings
from qualcode.services.appraising import Appraised
from qualcode.tui.finding_views import FindingViews, hidden_words, role_heading, words_of
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import RowChosen
from qualcode.tui.screens.carded import CardedList
from qualcode.tui.text.names import fitted
from qualcode.tui.widgets.table import Column, TableRow

_CLAIM_CELLS = 44
"""Of the claim, in the line above."""
_ROLES = {1: Role.SUPPORTS, -1: Role.CONTRADICTS, 0: Role.NUANCES}


class BearingScreen(CardedList):
    """A subclass gives `topic`, `rows` (by `row_of`) and `nothing`; a row is called as its coding or relation."""

    def __init__(self, finding: str) -> None:
        super().__init__()
        self._uid = finding
        self._held: dict[str, Evidence | CodedSegment] = {}

    @property
    def item(self) -> Appraised:
        """The finding as it was when last read. Raises NotFound where it is gone."""
        return self._views.found.get(self._uid) or appraising.appraise_one(self.study, self._uid)

    def facts(self) -> Sequence[str]:
        claim = inert(self.item.finding.claim)
        return (f"«{fitted(claim, min(cell_len(claim), _CLAIM_CELLS)).rstrip()}»",)

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Quote"), share=4),
            Column(_("Code or relation"), share=2),
            Column(_("Said by"), share=2, above=100),
        )

    def show_rows(self) -> None:
        self._views = FindingViews(self.study)
        super().show_rows()

    def card(self) -> Text:
        held = self._held.get(self.table.chosen)
        return self._views.piece(held, self.faint()) if held is not None else Text(self.nothing(), self.faint())

    def nothing(self) -> str:
        """What is said where nothing is listed."""
        raise NotImplementedError

    def row_of(self, uid: str, held: Evidence | CodedSegment, *, faint: bool = False) -> TableRow:
        self._held[uid] = held
        return TableRow(uid, (words_of(held), self._views.names(held), self._views.source(held)), faint)

    def on_row_chosen(self, event: RowChosen) -> None:
        with self.told():
            self.reached(event.id)
            self._open(self._held[event.id])

    def reached(self, uid: str) -> None:
        """Its place is gone to. Raises QualcodeError."""

    def _open(self, held: Evidence | CodedSegment) -> None:
        if isinstance(held, CodedSegment) or held.relation is None:
            made = held.coding if isinstance(held, CodedSegment) else held.segments[0].coding
            self.desk.open_document(made.document, made.span.start, made.uid)
        else:
            made = held.relation.relation
            self.desk.open_document(made.document, made.span.start)

    def action_role(self, role: int) -> None:
        """Let what is in hand support, contradict or nuance the finding."""
        uid = self.table.chosen
        if uid:
            with self.told():
                findings.link(self.study, self._uid, _ROLES[role], [uid])
                self.reread()
                self.status.say(linked_words(_ROLES[role]))


class EvidenceScreen(BearingScreen):
    """By role, what contradicts first."""

    CONTEXT = "evidence"
    BINDINGS: ClassVar = [*bindings("bearing"), *bindings("evidence")]

    def topic(self) -> str:
        n = len(self.item.finding.evidence)
        return ngettext("{n} piece of evidence", "{n} pieces of evidence", n).format(n=n)

    def facts(self) -> Sequence[str]:
        hidden = len(self.item.finding.evidence) - len(self._held)
        return (*super().facts(), *([hidden_words(hidden)] if hidden else []))

    def rows(self) -> Sequence[TableRow]:
        self._held, rows = {}, list[TableRow]()
        for role in (Role.CONTRADICTS, Role.SUPPORTS, Role.NUANCES):
            seen = self._views.in_sight(self.item.finding.of(role))
            if seen:
                rows.append(TableRow("", (f"{role_heading(role)} ({len(seen)})", "", "")))
            rows += [self.row_of(_uid_of(one), one) for one in seen]
        return rows

    def nothing(self) -> str:
        return _("It has no evidence yet: p on the finding pins it, then F on a coding links it.")

    def action_unlink(self) -> None:
        uid = self.table.chosen
        if uid:
            with self.told():
                findings.unlink(self.study, self._uid, [uid])
                self.reread()
                self.status.say(_("Taken out; the coding stays. u brings it back."))


class HitsScreen(BearingScreen):
    """Those not looked at first; going to the place of one is looking at it."""

    CONTEXT = "hits"
    BINDINGS: ClassVar = [*bindings("bearing"), *bindings("hits")]

    def topic(self) -> str:
        n = len(self._held)
        return ngettext("{n} possible negative case", "{n} possible negative cases", n).format(n=n)

    def facts(self) -> Sequence[str]:
        left = ngettext("{n} not looked at", "{n} not looked at", len(self.item.unseen))
        search = self.item.search
        asked = " & ".join(search.conditions) if search else ""
        return (left.format(n=len(self.item.unseen)), *super().facts(), asked)

    def rows(self) -> Sequence[TableRow]:
        self._held = {}
        unseen = {segment.coding.uid for segment in self.item.unseen}
        hits = self._views.hits(self.item)
        rows: list[TableRow] = []
        for heading, wanted in ((_("To look at"), True), (_("Looked at"), False)):
            group = [one for one in hits if (one.coding.uid in unseen) is wanted]
            if group:
                rows.append(TableRow("", (f"{heading} ({len(group)})", "", "")))
            rows += [self.row_of(one.coding.uid, one, faint=not wanted) for one in group]
        return rows

    def nothing(self) -> str:
        return _("Nothing is found that is not evidence already.")

    def reached(self, uid: str) -> None:
        findings.look_at(self.study, self._uid, [uid])

    def action_looked(self) -> None:
        """The card has the words; who knows the place need not go there."""
        uid = self.table.chosen
        if uid:
            with self.told():
                findings.look_at(self.study, self._uid, [uid])
                index = self.table.at
                self.reread()
                self.table.stand_on(index)


def linked_words(role: Role) -> str:
    return {
        Role.SUPPORTS: _("It supports the finding."),
        Role.CONTRADICTS: _("It contradicts the finding."),
        Role.NUANCES: _("It nuances the finding."),
    }[role]


def _uid_of(held: Evidence) -> str:
    return held.relation.relation.uid if held.relation is not None else held.segments[0].coding.uid
