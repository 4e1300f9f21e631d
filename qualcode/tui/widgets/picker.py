"""The code picker: a few letters, a list of codes, the definition of the one in hand.

It is docked beside the passage. Ranking is the screen's (a service); the picker shows what it is given.
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.color import Color
from textual.containers import Container, Vertical
from textual.widgets import Input, Static

from qualcode.domain.inert import inert
from qualcode.i18n import _
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import Closed, CodePicked, NewCodeAsked, PickerChanged
from qualcode.tui.text.names import fitted
from qualcode.tui.themes.colour import legible
from qualcode.tui.view import CodeView

ROWS = 9
"""As many as there are digits to take one with."""
_DIGITS = "123456789"


class Words(Input):
    """The entry of the picker. Digits are not for it: no code name is found by one."""

    def on_key(self, event: events.Key) -> None:
        if event.character and event.character in _DIGITS:
            event.prevent_default()


class Picker(Vertical):
    """`ask` opens it; `show` gives the codes that fit its words, best first."""

    BINDINGS = bindings("picker")
    WRITING = "picker"
    """What the key map calls its keys."""
    DEFAULT_CSS = """
    Picker { background: $panel; padding: 0 1; }
    Picker Input { border: none; height: 1; padding: 0; background: $panel; color: $foreground; margin-bottom: 1; }
    Picker Input:focus { border: none; background-tint: $foreground 0%; }
    Picker #answer { height: 1fr; }
    Picker #found { height: auto; color: $foreground; }
    Picker #definition { height: auto; margin-top: 1; color: $foreground 75%; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._found: Sequence[CodeView] = ()
        self._at = 0

    def compose(self) -> ComposeResult:
        yield Words(select_on_focus=False)
        with Container(id="answer"):
            yield Static(id="found")
            yield Static(id="definition")

    def ask(self, words: str = "") -> None:
        """Open with these words, ready to type."""
        entry = self.query_one(Input)
        entry.placeholder = _("a few letters of a code")
        entry.value = words
        entry.cursor_position = len(words)
        self.screen.set_focus(entry)
        self.post_message(PickerChanged(words))

    def show(self, codes: Sequence[CodeView]) -> None:
        self._found, self._at = codes[:ROWS], 0
        self._paint()

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(PickerChanged(event.value))

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_take()

    def on_key(self, event: events.Key) -> None:
        """A digit takes that row."""
        if event.character and event.character in _DIGITS:
            event.stop()
            self._take(int(event.character) - 1)

    def action_move(self, steps: int) -> None:
        self._at = max(0, min(self._at + steps, len(self._found) - 1))
        self._paint()

    def action_take(self) -> None:
        self._take(self._at)

    def action_create(self) -> None:
        words = self.query_one(Input).value.strip()
        if words:
            self.post_message(NewCodeAsked(words))

    def action_close(self) -> None:
        self.post_message(Closed("picker"))

    def on_resize(self) -> None:
        self._paint()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        if self.is_mounted:
            self._paint()

    def _take(self, index: int) -> None:
        if 0 <= index < len(self._found):
            self.post_message(CodePicked(self._found[index].id))

    def _paint(self) -> None:
        self.query_one("#found", Static).update(self._list())
        self.query_one("#definition", Static).update(self._definition())

    def _list(self) -> Text:
        text = Text(no_wrap=True, overflow="crop")
        width = self.query_one("#found", Static).size.width or 30
        background = self.background_colors[1]
        if not self._found:
            text.append(_("no code fits; Tab makes a new one"), "italic")
        for index, code in enumerate(self._found):
            colour = legible(Color.parse(code.colour), background, 3.0)
            text.append(f"{index + 1} ", "bold")
            text.append("▌ ", colour.hex6)
            name = fitted(inert(code.name), min(width - 5, cell_len(inert(code.name))))
            text.append(f" {name} ", "reverse" if index == self._at else "")
            text.append("\n" if index + 1 < len(self._found) else "")
        return text

    def _definition(self) -> Text:
        if not self._found:
            return Text()
        code = self._found[self._at]
        text = Text(inert(code.definition))
        for mark, words in (("+", code.include), ("−", code.exclude)):
            if words:
                text.append(f"\n{mark} ", "bold")
                text.append(inert(words))
        return text
