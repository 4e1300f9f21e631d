"""All memos, the newest first, each with what it is on; the research diary is written here."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from qualcode import i18n
from qualcode.domain.inert import inert, inert_block
from qualcode.i18n import _, ngettext
from qualcode.services import memos
from qualcode.tui.keymap import bindings
from qualcode.tui.memo_views import DIARY, Listed, kind_words, newest_first
from qualcode.tui.messages import RowChosen
from qualcode.tui.screens.annotated import AnnotatedList
from qualcode.tui.widgets.table import Column, TableRow
from qualcode.tui.wording import Wording


class MemosScreen(AnnotatedList):
    CONTEXT = "memos"
    BINDINGS = bindings("memos")

    def __init__(self) -> None:
        super().__init__()
        self._listed: dict[str, Listed] = {}

    def topic(self) -> str:
        n = len(self._listed)
        return ngettext("{n} memo", "{n} memos", n).format(n=n)

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("When"), 16),
            Column(_("By"), 10, above=90),
            Column(_("On"), share=2),
            Column(_("Memo"), share=3),
        )

    def rows(self) -> Sequence[TableRow]:
        wording = Wording(self.study.codebook, i18n.language(), {})
        self._listed = {item.memo.uid: item for item in newest_first(self.study, wording)}
        return [
            TableRow(uid, (_when(item), item.memo.coder, item.target.words, " ".join(item.memo.text.split())))
            for uid, item in self._listed.items()
        ]

    def card(self) -> Text:
        item = self._listed.get(self.table.chosen)
        if item is None:
            return Text(_("Nothing is noted yet: n writes in the research diary."), self.faint())
        text = Text().append(inert(item.target.words), "bold")
        text.append(f"\n{_when(item)} · {inert(item.memo.coder)}\n", self.faint())
        return text.append(inert_block(item.memo.text))

    def on_row_chosen(self, event: RowChosen) -> None:
        target = self._listed[event.id].target
        if target.document:
            self.desk.open_document(target.document, target.offset, target.coding)
        else:
            self.status.say(_("This memo is not on a place in a text."))

    def action_edit(self) -> None:
        item = self._own()
        if item is not None:
            written = item.memo.target_uid
            self.write_memo(written, item.target.words, item.memo)

    def action_remove(self) -> None:
        item = self._own()
        if item is not None:
            with self.told():
                memos.edit(self.study, item.memo.uid, "")
                self.reread()
                self.status.say(_("The memo is removed. u brings it back."))

    def action_new(self) -> None:
        self.write_memo(DIARY, kind_words(DIARY), None)

    def _own(self) -> Listed | None:
        """The memo in hand where this coder wrote it; another's is left alone, and that is said."""
        item = self._listed.get(self.table.chosen)
        if item is None or item.memo.coder == self.study.coder:
            return item
        self.status.say(_("{coder} made this: only they change it.").format(coder=item.memo.coder), bad=True)
        return None


def _when(item: Listed) -> str:
    """To the minute, on this machine's clock."""
    return f"{item.memo.created_at.astimezone():%Y-%m-%d %H:%M}"
