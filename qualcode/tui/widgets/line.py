"""The prompt: one line to write on, above the status line."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input, Static

from qualcode.domain.inert import inert
from qualcode.tui.messages import Closed, LineGiven


class PromptLine(Horizontal):
    """Hidden until `ask`. Enter posts LineGiven with the name it was asked by, Esc posts Closed("line")."""

    WRITING = "line"
    """What `keys.writing` calls it."""
    DEFAULT_CSS = """
    PromptLine { display: none; height: 1; background: $panel; color: $foreground; padding: 0 1; }
    PromptLine Static { width: auto; color: $accent; text-style: bold; }
    PromptLine Input { border: none; height: 1; padding: 0; width: 1fr; background: $panel; color: $foreground; }
    PromptLine Input:focus { border: none; background-tint: $foreground 0%; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._name = ""

    def compose(self) -> ComposeResult:
        yield Static(markup=False)
        yield Input(select_on_focus=False)

    def ask(self, name: str, label: str, text: str = "") -> None:
        """Write after `label`, going on from `text`."""
        self._name = name
        asked = inert(label)
        heading, entry = self.query_one(Static), self.query_one(Input)
        heading.update(f"{asked}  ")
        heading.styles.width = cell_len(asked) + 2
        self.display = True
        entry.value = text
        entry.cursor_position = len(text)
        self.screen.set_focus(entry)

    def close(self) -> None:
        self.display = False

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(LineGiven(self._name, event.value.strip()))

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.stop()
            self.post_message(Closed("line"))
