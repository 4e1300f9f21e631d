"""All actions of the desk with their ids and keys: what somebody needs who writes keys of their own."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from qualcode.domain.inert import inert
from qualcode.i18n import _, ngettext
from qualcode.settings import user_file
from qualcode.tui.keymap import bindings, is_own, keys_of, shown
from qualcode.tui.keys import ACTIONS
from qualcode.tui.keys.action import Action
from qualcode.tui.keys.own import line_for
from qualcode.tui.messages import RowChosen
from qualcode.tui.screens.carded import CardedList
from qualcode.tui.widgets.table import Column, TableRow


class KeyListScreen(CardedList):
    """Under the headings of the help. Enter and `y` copy the line that the configuration takes."""

    CONTEXT = "allkeys"
    BINDINGS = bindings("allkeys")

    def topic(self) -> str:
        return _("All actions and their keys")

    def facts(self) -> Sequence[str]:
        n = len(ACTIONS)
        return (ngettext("{n} action", "{n} actions", n).format(n=n),)

    def columns(self) -> Sequence[Column]:
        return (Column(_("Does"), share=4), Column(_("Keys"), 18), Column(_("Its id"), share=3))

    def rows(self) -> Sequence[TableRow]:
        groups: dict[str, list[Action]] = {}
        for action in ACTIONS:
            groups.setdefault(action.group, []).append(action)
        found: list[TableRow] = []
        for group, actions in groups.items():
            found.append(TableRow("", (_(group), "", "")))
            found += [TableRow(one.id, (_(one.label), _written(one), one.id)) for one in actions]
        return found

    def card(self) -> Text:
        action = self._in_hand()
        if action is None:
            return Text()
        own = f"  {_('of your own')}" if is_own(action) else ""
        text = Text().append(_(action.label), "bold").append(f"  {_written(action)}").append(own, self.faint())
        text.append(
            "\n" + inert(_("To change it, write under [keys] in {file}:").format(file=user_file())), self.faint()
        )
        return text.append(f"\n{line_for(action, keys_of(action))}")

    def on_row_chosen(self, _event: RowChosen) -> None:
        self.action_copy()

    def action_copy(self) -> None:
        action = self._in_hand()
        if action is not None:
            self.app.copy_to_clipboard(line_for(action, keys_of(action)))
            self.status.say(_("Copied: it goes under [keys] in your configuration."))

    def _in_hand(self) -> Action | None:
        return next((action for action in ACTIONS if action.id == self.table.chosen), None)


def _written(action: Action) -> str:
    return " ".join(shown(key) for key in keys_of(action))
