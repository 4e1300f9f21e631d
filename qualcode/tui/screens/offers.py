"""Suggestions as a list: looked through, marked, accepted at once. Nothing is coded that was not on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode import i18n
from qualcode.domain.suggestion import Suggestion
from qualcode.i18n import _, ngettext
from qualcode.services import at_once, suggesting
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import RowChosen
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.reviewing import Reviewing
from qualcode.tui.widgets.table import Column, TableRow
from qualcode.tui.wording import Wording


class OffersScreen(Reviewing):
    """The likeliest first. From a transcript it begins with those of that document."""

    CONTEXT = "offers"
    BINDINGS = bindings("offers")

    def __init__(self) -> None:
        super().__init__()
        self._document: str | None = None
        self._offered: dict[str, Suggestion] = {}

    def on_mount(self) -> None:
        under = self.desk.screen_stack[-2]
        if isinstance(under, CodingScreen):
            self._document = under.opened.id

    def topic(self) -> str:
        return _("Suggestions")

    def facts(self) -> Sequence[str]:
        offered, marked = len(self._offered), len(self.marked)
        return (
            ngettext("{n} open", "{n} open", offered).format(n=offered),
            self._document or _("in the whole study"),
            *((ngettext("{n} marked", "{n} marked", marked).format(n=marked),) if marked else ()),
        )

    def columns(self) -> Sequence[Column]:
        return (
            Column("", 1),
            Column(_("Code"), share=2),
            Column(_("Words"), share=4),
            Column(_("Why"), share=3, above=100),
            Column(_("Document"), 22, above=130),
        )

    def show_rows(self) -> None:
        found = suggesting.open_suggestions(self.study, self._document, by_score=True)
        self._offered = {str(item.id): item for item in found}
        self.marked &= self._offered.keys()
        super().show_rows()

    def rows(self) -> Sequence[TableRow]:
        wording = Wording(self.study.codebook, i18n.language(), {})
        return [
            TableRow(
                key,
                (
                    self.mark_of(key),
                    wording.name(item.code),
                    " ".join(self._words(item).split()),
                    item.reason.render(_),
                    item.document,
                ),
            )
            for key, item in self._offered.items()
        ]

    def listed(self) -> list[str]:
        return list(self._offered)

    def on_row_chosen(self, event: RowChosen) -> None:
        item = self._offered[event.id]
        self.desk.open_document(item.document, item.span.start)

    def action_widen(self) -> None:
        """All of the study, or again those of the document in hand."""
        in_hand = self._offered.get(self.table.chosen)
        self._document = None if self._document else in_hand.document if in_hand else None
        with self.told():
            self.reread()

    def action_accept_marked(self) -> None:
        wanted = [self._offered[key] for key in self.marked_in_order]
        if not wanted:
            self.status.say(_("Mark the suggestions first: m marks one, M all."))
            return
        with self.told():
            suggesting.record_shown(self.study, wanted)
            done = at_once.accept_suggestions(self.study, [item.id for item in wanted])
            self.reread()
            said = ngettext("{n} suggestion accepted", "{n} suggestions accepted", len(done.codings))
            over = ngettext("{n} passed over: {why}", "{n} passed over, the first: {why}", len(done.passed_over))
            parts = [said.format(n=len(done.codings))]
            if done.passed_over:
                why = done.passed_over[0].reason.render(_)
                parts.append(over.format(n=len(done.passed_over), why=why))
            self.status.say("; ".join(parts), bad=bool(done.passed_over))

    def _words(self, item: Suggestion) -> str:
        return self.study.text(item.document).text[item.span.start : item.span.end]
