"""The palette: a few letters find an action, a place, a document or a code; Enter does it. Each shows its key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.style import Style
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input

from qualcode.domain.inert import inert
from qualcode.i18n import _
from qualcode.services import picking
from qualcode.tui.offers import Offer, kind_in_words
from qualcode.tui.text.names import fitted
from qualcode.tui.widgets.rows import Rows


class OfferRows(Rows, can_focus=False):
    """What fits the words; the entry above keeps the keyboard."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._offers: Sequence[Offer] = ()

    def show(self, offers: Sequence[Offer]) -> None:
        self._offers, self.at = offers, 0
        self.scroll_to(y=0, animate=False, immediate=True)
        self.rows_changed()

    @property
    def chosen(self) -> Offer | None:
        return self._offers[self.at] if self.at < len(self._offers) else None

    def length(self) -> int:
        return len(self._offers)

    def row(self, index: int, width: int) -> Iterable[tuple[str, Style]]:
        offer = self._offers[index]
        beside = kind_in_words(offer)
        yield "▸ " if index == self.at else "  ", self.styled("strong")
        yield fitted(inert(offer.names[0]), max(8, width - cell_len(beside) - 4)), Style(bold=index == self.at)
        yield f" {beside} ", self.styled("strong") if offer.key else self.styled("faint")

    def take(self, index: int) -> None:
        self.screen.dismiss(self._offers[index])


class PaletteScreen(ModalScreen[Offer | None]):
    """Gives the offer that was chosen, or None."""

    CSS_PATH = "palette.tcss"
    BINDINGS: list[BindingType] = [  # noqa: RUF012 - Textual's own way
        Binding("escape", "leave", show=False),
        Binding("down", "move(1)", show=False),
        Binding("up", "move(-1)", show=False),
        Binding("pagedown", "move(10)", show=False),
        Binding("pageup", "move(-10)", show=False),
    ]

    def __init__(self, offers: Sequence[Offer]) -> None:
        super().__init__()
        self._all = [(offer, offer.names) for offer in offers]

    def compose(self) -> ComposeResult:
        with Vertical(id="palette"):
            yield Input(placeholder=_("a few letters of what you look for"))
            yield OfferRows(id="offers")

    def on_mount(self) -> None:
        self.set_focus(self.query_one(Input))
        self._rank("")

    @property
    def rows(self) -> OfferRows:
        return self.query_one(OfferRows)

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._rank(event.value)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.dismiss(self.rows.chosen)

    def on_click(self, event: events.Click) -> None:
        """A click beside it closes it."""
        if event.widget is self:
            self.dismiss(None)

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_move(self, steps: int) -> None:
        self.rows.stand_on(self.rows.at + steps)

    def _rank(self, words: str) -> None:
        self.rows.show(picking.fitting(self._all, words))
