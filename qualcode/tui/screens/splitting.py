"""Splitting a code: its codings are looked through, and those marked go to a new code beside it."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode import i18n
from qualcode.i18n import _, ngettext
from qualcode.services import code_splitting, picking, quoting
from qualcode.services.quoting import Quoted
from qualcode.tui.messages import RowChosen
from qualcode.tui.screens.reviewing import Reviewing
from qualcode.tui.widgets.table import Column, TableRow


class SplitScreen(Reviewing):
    """Nothing is stored before Enter: then code and codings are one operation."""

    CONTEXT = "split"

    def __init__(self, code: str, name: str) -> None:
        super().__init__()
        self._code = code
        self._new_name = name
        self._quoted: dict[str, Quoted] = {}

    def topic(self) -> str:
        old = self.study.codebook[self._code].name(i18n.language())
        return _("«{new}» split off from «{code}»").format(new=self._new_name, code=old)

    def facts(self) -> Sequence[str]:
        codings, marked = len(self._quoted), len(self.marked)
        return (
            ngettext("{n} marked: Enter moves it", "{n} marked: Enter moves them", marked).format(n=marked),
            ngettext("{n} coding", "{n} codings", codings).format(n=codings),
        )

    def columns(self) -> Sequence[Column]:
        return (
            Column("", 1),
            Column(_("Words"), share=4),
            Column(_("Speaker"), share=1, above=60),
            Column(_("Coder"), 10, above=76),
            Column(_("Document"), share=1, above=90),
        )

    def listed(self) -> list[str]:
        return list(self._quoted)

    def show_rows(self) -> None:
        found = quoting.quoted(self.study, quoting.uids_with(self.study, self._code))
        self._quoted = {item.segment.coding.uid: item for item in found if item.segment.coding.code == self._code}
        self.marked &= self._quoted.keys()
        super().show_rows()

    def rows(self) -> Sequence[TableRow]:
        return [TableRow(uid, (self.mark_of(uid), *_cells(item))) for uid, item in self._quoted.items()]

    def on_row_chosen(self, _event: RowChosen) -> None:
        """Enter moves what is marked."""
        if not self.marked:
            self.status.say(_("Mark the codings that go to the new code first: m."))
            return
        with self.told():
            codebook = self.study.codebook
            new = picking.code_from_data(codebook, self._new_name, codebook[self._code].parent, i18n.language())
            moved = code_splitting.split(self.study, self._code, new, self.marked_in_order)
            self.desk.leave_screen()
            self.desk.shown.show_code(new.id)
            said = ngettext("{n} coding went over.", "{n} codings went over.", moved)
            self.desk.shown.status.say(said.format(n=moved))


def _cells(item: Quoted) -> tuple[str, ...]:
    made = item.segment.coding
    words = " ".join(made.anchor.exact.split())
    return words, item.segment.informant or item.segment.speaker, made.coder, made.document
