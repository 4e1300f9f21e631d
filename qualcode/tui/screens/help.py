"""Help: the keys of the pane it was asked from, and what the marks mean."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Group
from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static

from qualcode.errors import N_
from qualcode.i18n import _
from qualcode.tui.keymap import goes_from, help_sections

_TWO_COLUMNS = 100
_MARKS = (
    ("╮ ╯ ◖", N_("a coding, from its first to its last row; its name stands beside it")),
    ("┊ ◌", N_("a suggestion: nothing is coded until you accept or correct it")),
    ("▸", N_("the coding that editing keys act on, or the suggestion that deciding keys act on")),
    ("?", N_("a required qualifier is missing")),
    ("*", N_("there is a memo")),
    ("!", N_("not stored yet, since the disk is full or the study cannot be written: it is tried again")),
)

Section = tuple[str, Sequence[tuple[str, str]]]


class HelpScreen(ModalScreen[None]):
    """Over the screen it was asked from, which it leaves as it is."""

    CSS_PATH = "help.tcss"
    BINDINGS: list[BindingType] = [  # noqa: RUF012 - Textual's own way
        Binding("escape,question_mark,q,Q,enter,f1", "leave", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("space,pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def __init__(self, context: str, screen: str) -> None:
        super().__init__()
        self._pane = context
        self._screen = screen

    def compose(self) -> ComposeResult:
        sections: list[Section] = list(help_sections(self._pane))
        go = [(f"g {go.key}", _(go.label)) for go in goes_from(self._screen)]
        sections += [(_("After g"), go), (_("Marks"), [(mark, _(words)) for mark, words in _MARKS])]
        half = _half(sections)
        with VerticalScroll(id="help"):
            yield Static(_("Keys · Esc closes"), id="help-title")
            with Horizontal(id="help-columns"):
                yield Static(_column(sections[:half]))
                yield Static(_column(sections[half:]))

    def on_resize(self) -> None:
        self.set_class(self.size.width >= _TWO_COLUMNS, "-two")

    def action_leave(self) -> None:
        self.dismiss()

    def action_scroll(self, rows: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)

    def action_page(self, pages: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=pages * (self.size.height - 4), animate=False)


def _half(sections: Sequence[Section]) -> int:
    """How many sections make the left column about as long as the right one."""
    lengths = [len(lines) + 2 for _heading, lines in sections]
    return min(range(len(sections) + 1), key=lambda at: abs(sum(lengths[:at]) - sum(lengths[at:])))


def _column(sections: Sequence[Section]) -> Group:
    parts: list[Text | Table] = []
    widest = max((cell_len(keys) for _heading, lines in sections for keys, _words in lines), default=0)
    for heading, lines in sections:
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True, min_width=widest)
        for keys, words in lines:
            table.add_row(Text(f"  {keys}", "bold"), Text(words, "dim"))
        parts += [Text(heading, "bold"), table, Text()]
    return Group(*parts)
