"""Settings: what research rests on, what one prefers, where things lie. Enter changes the one in hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rich.text import Text

from qualcode import i18n
from qualcode.domain.inert import inert
from qualcode.i18n import _
from qualcode.services import settings
from qualcode.services.settings import parsed
from qualcode.settings import read_user_settings, write_user_settings
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import LineGiven, RowChosen
from qualcode.tui.screens.carded import CardedList
from qualcode.tui.screens.keylist import KeyListScreen
from qualcode.tui.settings_view import CODER, KEYS, SCREEN_LANGUAGE, THEME, SettingRow, of_coder, of_place, of_study
from qualcode.tui.view import Choice
from qualcode.tui.widgets.table import Column, TableRow


class SettingsScreen(CardedList):
    """A value that is one of a few is chosen by a digit, any other is written."""

    CONTEXT = "settings"
    BINDINGS = bindings("settings")

    def __init__(self) -> None:
        super().__init__()
        self._rows: dict[str, SettingRow] = {}

    def topic(self) -> str:
        return _("Settings")

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Setting"), share=2),
            Column(_("Value"), share=3),
            Column(_("Last changed"), 16, above=90),
            Column(_("By"), 12, above=90),
        )

    def rows(self) -> Sequence[TableRow]:
        parts = (
            (_("What research rests on"), list(of_study(self.study))),
            (_("What you prefer"), list(of_coder(read_user_settings(), self.app.theme))),
            (_("Where it lies"), list(of_place(self.study))),
        )
        self._rows = {row.id: row for _heading, rows in parts for row in rows}
        shown: list[TableRow] = []
        for heading, rows in parts:
            shown.append(TableRow("", (heading, "", "", "")))
            shown += [TableRow(row.id, (row.name, row.value or "–", row.changed, row.coder)) for row in rows]
        return shown

    @property
    def in_hand(self) -> SettingRow | None:
        return self._rows.get(self.table.chosen)

    def card(self) -> Text:
        row = self.in_hand
        if row is None:
            return Text()
        text = Text().append(inert(row.name), "bold").append(f"  {inert(row.value)}\n")
        text.append(inert(row.about), self.faint())
        if row.changed:
            by = _("Last changed {when} by {coder}.") if row.coder else _("Last changed {when}.")
            text.append("\n" + inert(by.format(when=row.changed, coder=row.coder)), self.faint())
        return text

    # Changing

    def on_row_chosen(self, event: RowChosen) -> None:
        row = self._rows[event.id]
        if row.id == KEYS:
            self.action_list_keys()
        elif row.choices is not None:
            self._choose(row)
        elif row.setting is not None or row.id == CODER:
            self.line.ask(row.id, f"{row.name}:", row.value)
        else:
            self.status.say(_("This is only shown."))

    def _choose(self, row: SettingRow) -> None:
        """Digits for the values; of a setting that holds several, each press puts in or takes out one."""
        choices = list(row.choices or ())[:9]
        if not choices:
            self.status.say(_("The codebook offers no value for this."), bad=True)
            return
        held = _parts(row)
        offered = [
            Choice(str(number), words, value, row.name, chosen=value in held or words == row.value)
            for number, (value, words) in enumerate(choices, start=1)
        ]
        self.strip.ask("value", offered, stays=row.several)

    def chosen_value(self, _key: str, value: str) -> None:
        row = self.in_hand
        if row is None:
            return
        if row.several:
            held = _parts(row)
            wanted = [part for part in held if part != value] if value in held else [*held, value]
            self._put(row, ",".join(wanted) if len(wanted) > 1 else str(wanted).replace("'", '"'))
            again = self.in_hand
            if again is not None:
                self._choose(again)
        else:
            self._put(row, value)

    def on_line_given(self, event: LineGiven) -> None:
        self.close_line()
        row = self._rows.get(event.name)
        if row is not None and event.text != row.value:
            self._put(row, event.text)

    def _put(self, row: SettingRow, value: str) -> None:
        with self.told():
            if row.id == THEME:
                self.desk.use_theme(value)
            elif row.id == SCREEN_LANGUAGE:
                write_user_settings(replace(read_user_settings(), language=value))
                i18n.set_language(value)
            elif row.id == CODER:
                self._put_coder(value)
            else:
                settings.put(self.study, row.id, value)
            self.reread()
            now = self._rows[row.id]
            self.status.say(_("{key} is now {value}.").format(key=now.name, value=now.value or "–"))

    def _put_coder(self, name: str) -> None:
        write_user_settings(replace(read_user_settings(), coder=name or None))

    def action_list_keys(self) -> None:
        self.app.push_screen(KeyListScreen())


def _parts(row: SettingRow) -> list[str]:
    value = parsed(row.value, as_list=True) if row.several and row.value else []
    return [str(part) for part in value] if isinstance(value, list) else []
