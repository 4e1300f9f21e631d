"""A list whose row in hand stands in full on a card below it; a memo is written in the card's place."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult

from qualcode.i18n import _
from qualcode.services.memos import Memo
from qualcode.tui.keymap import hints, shown
from qualcode.tui.memo_views import keep
from qualcode.tui.messages import MemoKept
from qualcode.tui.screens.carded import CardedList
from qualcode.tui.widgets.card import Card
from qualcode.tui.widgets.memo import MemoPane
from qualcode.tui.widgets.table import Table


class AnnotatedList(CardedList):
    """A subclass gives `card`, made of inert text, besides what every list gives."""

    CSS_PATH: ClassVar = ["listing.tcss", "annotated.tcss"]

    def __init__(self) -> None:
        super().__init__()
        self._memo_on = ""
        self._memo: Memo | None = None

    def body(self) -> ComposeResult:
        yield from super().body()
        yield MemoPane(id="memo")

    @property
    def memo(self) -> MemoPane:
        return self.query_one(MemoPane)

    def write_memo(self, on: str, about: str, known: Memo | None) -> None:
        """Write on a target of memos, called `about` on the screen."""
        self._memo_on, self._memo = on, known
        self.query_one(Card).display = False
        self.memo.display = True
        self.memo.ask(about, known.text if known else "")
        self.status.hint([(shown("escape"), _("keep it"))])

    def on_memo_kept(self, event: MemoKept) -> None:
        on, self._memo_on = self._memo_on, ""
        self.memo.display = False
        self.query_one(Card).display = True
        self.status.hint(hints(self.context))
        self.return_keyboard()
        if not on:
            return
        with self.told():
            if keep(self.study, on, self._memo, event.text):
                self.reread()
                self.status.say(_("Memo kept.") if event.text else _("The memo is removed."))

    def on_descendant_focus(self) -> None:
        """A click on the list leaves the memo; what is written is kept."""
        if self._memo_on and isinstance(self.focused, Table):
            self.on_memo_kept(MemoKept(self.memo.text))
