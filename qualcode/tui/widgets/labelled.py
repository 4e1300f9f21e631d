"""A card of labelled parts beside a list, in one column or two: what there is to read of the row in hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from qualcode.domain.inert import inert, inert_block
from qualcode.tui.themes import faint


@dataclass(frozen=True, slots=True)
class CardPart:
    """A labelled part. `texts` are one for each of the card's columns; an empty one is shown as a dash."""

    label: str
    texts: Sequence[str]


@dataclass(frozen=True, slots=True)
class CardView:
    """`title` with its `facts`; then the parts, under the `columns`' headings where there are several."""

    title: str
    facts: Sequence[str] = ()
    columns: Sequence[str] = ("",)
    parts: Sequence[CardPart] = ()


class LabelledCard(VerticalScroll, can_focus=False):
    """The list keeps the keyboard; the screen turns the pages of the card."""

    DEFAULT_CSS = """
    LabelledCard { background: $panel; padding: 0 1; scrollbar-size-vertical: 1; }
    LabelledCard Static { height: auto; color: $foreground; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._view = CardView("")
        self._abreast = False

    def compose(self) -> ComposeResult:
        yield Static()

    def show(self, view: CardView, *, abreast: bool = False) -> None:
        """This card, from its beginning unless it is the one shown, with something changed.

        Columns stand `abreast`, else one below the other.
        """
        same = view.title == self._view.title
        self._view, self._abreast = view, abreast
        self._paint()
        if not same:
            self.scroll_home(animate=False, immediate=True)

    def turn(self, pages: int) -> None:
        """Read on, or back."""
        self.scroll_relative(y=pages * max(1, self.size.height - 1), animate=False, immediate=True)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        if self.is_mounted:
            self._paint()

    def _paint(self) -> None:
        accent = self.app.theme_variables.get("accent", "")
        self.query_one(Static).update(Group(*_painted(self._view, accent, faint(self), abreast=self._abreast)))


def _painted(view: CardView, accent: str, ink: str, *, abreast: bool) -> Iterable[RenderableType]:
    yield Text(inert(view.title), f"bold {accent}")
    for fact in filter(None, view.facts):
        yield Text(inert(fact), ink)
    yield from _abreast(view) if abreast else _below(view, ink)


def _abreast(view: CardView) -> Iterable[RenderableType]:
    yield Text()
    yield _row([Text(inert(heading), "italic") for heading in view.columns])
    for part in view.parts:
        yield Text()
        yield Text(inert(part.label), "bold")
        yield _row([_words(text) for text in part.texts])


def _below(view: CardView, ink: str) -> Iterable[RenderableType]:
    """All parts of a column before those of the next."""
    for place, heading in enumerate(view.columns):
        yield Text(f"\n{inert(heading)}" if heading else "", "italic")
        for part in view.parts:
            yield Text.assemble((f"{inert(part.label)}  ", ink), _words(part.texts[place]))


def _words(text: str) -> Text:
    return Text(inert_block(text) if text.strip() else "–")


def _row(cells: Sequence[Text]) -> Grid:
    grid = Grid.grid(padding=(0, 2, 0, 0), expand=True)
    for _cell in cells:
        grid.add_column(ratio=1)
    grid.add_row(*cells)
    return grid
