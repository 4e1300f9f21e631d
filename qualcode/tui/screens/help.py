"""Help that searches: the keys of the pane it was asked from, of other screens too where words are looked for."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Group
from rich.table import Table
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from qualcode.errors import N_
from qualcode.i18n import _
from qualcode.tui.keymap import goes_from, help_elsewhere, help_sections
from qualcode.tui.themes import faint

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


class HelpEntry(Input):
    """Where the words are written; `?` closes the help that it has opened, as nobody searches for it."""

    def on_key(self, event: events.Key) -> None:
        if event.key == "question_mark":
            event.stop()
            event.prevent_default()
            self.screen.dismiss()


class HelpScreen(ModalScreen[None]):
    """Over the screen it was asked from, which it leaves as it is. Words written narrow it to lines with them."""

    CSS_PATH = "help.tcss"
    BINDINGS: list[BindingType] = [  # noqa: RUF012 - Textual's own way
        Binding("escape,enter,f1", "leave", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def __init__(self, context: str, screen: str) -> None:
        super().__init__()
        self._pane = context
        self._screen = screen

    def compose(self) -> ComposeResult:
        with Vertical(id="help"):
            yield HelpEntry(placeholder=_("Keys: write words to search them. Esc closes."))
            with VerticalScroll(can_focus=False), Horizontal(id="help-columns"):
                yield Static(id="left")
                yield Static(id="right")

    def on_mount(self) -> None:
        self.set_focus(self.query_one(HelpEntry))
        self._show("")

    def on_resize(self) -> None:
        self.set_class(self.size.width >= _TWO_COLUMNS, "-two")

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._show(event.value)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss()

    def action_leave(self) -> None:
        self.dismiss()

    def action_scroll(self, rows: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=rows, animate=False)

    def action_page(self, pages: int) -> None:
        scroll = self.query_one(VerticalScroll)
        scroll.scroll_relative(y=pages * max(1, scroll.size.height - 1), animate=False)

    def _show(self, words: str) -> None:
        sections = self._sections(words.strip())
        half, ink = _half(sections), faint(self.query_one("#left"))
        self.query_one("#left", Static).update(_column(sections[:half], ink))
        self.query_one("#right", Static).update(_column(sections[half:], ink))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def _sections(self, words: str) -> list[Section]:
        """All of the pane; with `words`, the lines that have them, also those of other screens."""
        sections: list[Section] = list(help_sections(self._pane))
        go = [(f"g {go.key}", _(go.label)) for go in goes_from(self._screen)]
        sections += [(_("After g"), go), (_("Marks"), [(mark, _(meant)) for mark, meant in _MARKS])]
        if not words:
            return sections
        sections += help_elsewhere(self._pane)
        found = [(heading, [line for line in lines if _fits(heading, line, words)]) for heading, lines in sections]
        return [section for section in found if section[1]] or [(_("No line has these words."), [])]


def _fits(heading: str, line: tuple[str, str], words: str) -> bool:
    """All the words are in it or its heading; a single letter is looked for among the keys."""
    keys, meant = line
    if len(words) == 1:
        return words in keys.split()
    return all(word in f"{heading} {keys} {meant}".casefold() for word in words.casefold().split())


def _half(sections: Sequence[Section]) -> int:
    """How many sections make the left column about as long as the right one."""
    lengths = [len(lines) + 2 for _heading, lines in sections]
    return min(range(len(sections) + 1), key=lambda at: abs(sum(lengths[:at]) - sum(lengths[at:])))


def _column(sections: Sequence[Section], ink: str) -> Group:
    parts: list[Text | Table] = []
    widest = max((cell_len(keys) for _heading, lines in sections for keys, _words in lines), default=0)
    for heading, lines in sections:
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True, min_width=widest + 2)
        for keys, words in lines:
            table.add_row(Text(f"  {keys}", "bold"), Text(words, ink))
        parts += [Text(heading, "bold"), table, Text()]
    return Group(*parts)
