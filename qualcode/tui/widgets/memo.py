"""Writing a memo, in the inspector's place. Esc keeps what is written: there is nothing to confirm or lose."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static, TextArea

from qualcode.domain.inert import inert
from qualcode.tui.messages import MemoKept


class MemoPane(Vertical):
    WRITING = "memo"
    """What `keys.writing` calls it."""
    DEFAULT_CSS = """
    MemoPane { background: $panel; padding: 0 1; }
    MemoPane Static { height: auto; color: $accent; text-style: bold; }
    MemoPane TextArea { border: none; padding: 0; height: 1fr; background: $panel; }
    MemoPane TextArea:focus { border: none; background-tint: $foreground 0%; }
    """

    def compose(self) -> ComposeResult:
        yield Static(markup=False)
        yield TextArea(soft_wrap=True, show_line_numbers=False)

    def ask(self, about: str, text: str = "") -> None:
        """Write on `about`, going on from `text`."""
        self.query_one(Static).update(inert(about))
        area = self.query_one(TextArea)
        area.load_text(text)
        area.move_cursor(area.document.end)
        self.screen.set_focus(area)

    @property
    def text(self) -> str:
        """What is written, without blanks around it."""
        return self.query_one(TextArea).text.strip()

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.stop()
            event.prevent_default()
            self.post_message(MemoKept(self.text))
