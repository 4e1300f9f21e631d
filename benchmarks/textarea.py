"""Textual's own TextArea on a text, read-only and without codings: what desk.py measures the desk beside.

    python benchmarks/textarea.py FILE

The text is open at the start; `c` closes it, `o` opens it again.
"""

from __future__ import annotations

import sys
from pathlib import Path

from textual.app import App
from textual.widgets import TextArea


class Beside(App[None]):
    ENABLE_COMMAND_PALETTE = False
    CSS = "TextArea { border: none; padding: 0; }"
    BINDINGS = [("o", "open_text"), ("c", "close_text")]  # noqa: RUF012 - as Textual wants it

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    def on_mount(self) -> None:
        self.action_open_text()

    def action_open_text(self) -> None:
        area = TextArea(self._text, soft_wrap=True, read_only=True, show_line_numbers=False)
        area.cursor_blink = False
        self.mount(area)
        area.focus()

    def action_close_text(self) -> None:
        self.query_one(TextArea).remove()


if __name__ == "__main__":
    Beside(Path(sys.argv[1]).read_text(encoding="utf-8")).run()
