"""Coders: who codes in this study, how much, whose codings are shown in transcripts, and who acts."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult

from qualcode.i18n import _, ngettext
from qualcode.services import coding, people
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import RowChosen
from qualcode.tui.screens.listing import ListScreen
from qualcode.tui.view import Choice
from qualcode.tui.widgets.marks import MarkTable
from qualcode.tui.widgets.table import Column, TableRow


class CodersScreen(ListScreen):
    """One's own codings are always shown. Counts, lists and exports stay those of everybody."""

    CONTEXT = "coders"
    BINDINGS = bindings("coders")

    def __init__(self) -> None:
        super().__init__()
        self._active: dict[str, bool] = {}

    def body(self) -> ComposeResult:
        yield MarkTable(id="table")

    def topic(self) -> str:
        return _("Coders")

    def facts(self) -> Sequence[str]:
        n = len(self._active)
        return (ngettext("{n} coder", "{n} coders", n).format(n=n),)

    def columns(self) -> Sequence[Column]:
        return (Column(_("Coder"), share=1), Column(_("Codings"), 9, right=True), Column(_("In transcripts"), 28))

    def rows(self) -> Sequence[TableRow]:
        counts = coding.counts_by_coder(self.study)
        self._active = {coder.name: coder.active for coder in people.coders(self.study)}
        return [
            TableRow(name, (name, str(counts.get(name, 0)), self._standing(name)), faint=not active)
            for name, active in self._active.items()
        ]

    def _standing(self, name: str) -> str:
        parts = (
            _("you") if name == self.study.coder else "",
            "" if self._active[name] else _("no longer active"),
            _("hidden") if name in self.desk.hidden_coders else _("shown"),
        )
        return " · ".join(filter(None, parts))

    def action_show(self) -> None:
        """Show or hide the codings of the coder in hand, and on to the next."""
        name = self.table.chosen
        if not name:
            return
        if name == self.study.coder:
            self.status.say(_("Your own codings are always shown."))
            return
        with self.told():
            self.desk.hide_coders(self.desk.hidden_coders ^ {name})
            self.reread()
            self.table.action_move(1)

    def on_row_chosen(self, event: RowChosen) -> None:
        """Asked, since all that is done from then on is that coder's."""
        if event.id == self.study.coder:
            self.status.say(_("It is you who act now."))
        elif not self._active[event.id]:
            self.status.say(_("{name} is no longer active.").format(name=event.id), bad=True)
        else:
            self.strip.ask("act", [Choice("a", _("act as {name}").format(name=event.id), event.id)])

    def chosen_act(self, _key: str, name: str) -> None:
        self.desk.act_as(name)
