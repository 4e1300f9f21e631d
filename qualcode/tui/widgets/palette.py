"""The styles of the transcript: made once per theme, then looked up for each piece of text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from rich.style import Style
from textual.color import Color

from qualcode.tui.themes import FAINT
from qualcode.tui.themes.colour import BRACKET, legible, tinted
from qualcode.tui.view import CodeView

_BEFORE_FAINT = 7.0
"""Contrast of others' codings before they are made faint, which leaves more than 3 of it."""
_NO_CODE = "#888888"


@dataclass(frozen=True)
class Look:
    """What decides the style of a piece of text. `codes` and `suggested` are innermost first."""

    codes: tuple[str | None, ...] = ()
    suggested: tuple[str | None, ...] = ()
    asking: bool = False
    hit: bool = False
    selected: bool = False
    cursor: bool = False
    on_row: bool = False
    visited: bool = False


_TextStyle = Callable[[Look], Style]
_BracketStyle = Callable[[str | None, bool, bool, bool, bool], Style]


@dataclass(frozen=True)
class Palette:
    """`few` is a terminal of 16 colours or none: tints become underlines, selection is reversed."""

    codes: Mapping[str, CodeView]
    base: Style
    gutter: Style
    speaker: Style
    asker: Style
    asked: Style
    row: Style
    selection: Style
    hit: Style
    done: Style
    background: Color
    foreground: Color
    few: bool = False

    @cached_property
    def _strength(self) -> float:
        return 0.26 if self.background.brightness < 0.5 else 0.22

    @cached_property
    def text(self) -> _TextStyle:
        """The style of a piece of text; kept, since a transcript has few different looks."""
        return cache(self._text)

    @cached_property
    def bracket(self) -> _BracketStyle:
        """The style of a bracket and its label: (code, suggestion, own, on the cursor's row, strong)."""
        return cache(self._bracket)

    def colour(self, code: str | None) -> Color:
        view = self.codes.get(code) if code else None
        return Color.parse(view.colour if view else _NO_CODE)

    def on(self, style: Style, on_row: bool) -> Style:
        """`style` on the cursor's row where `on_row`."""
        return style + self.row if on_row and not self.few else style

    def _text(self, look: Look) -> Style:
        style = self.on(self.asked if look.asking and not look.codes else self.base, look.on_row)
        if look.codes:
            style += self._coded(look.codes)
        if look.suggested:
            style += self._suggested(look)
        if look.hit:
            style += self.hit
        if look.selected:
            style += Style(reverse=True) if self.few else self.selection
        if look.cursor:
            style += Style(
                bold=True, reverse=not (self.few and look.selected), underline=self.few and look.selected
            )
        return style

    def _coded(self, codes: tuple[str | None, ...]) -> Style:
        if self.few:
            return Style(underline=True, bold=len(codes) > 1)
        colours = [self.colour(code) for code in codes]
        tint = tinted(self.background, self.foreground, colours, self._strength)
        return Style(color=self.foreground.rich_color, bgcolor=tint.rich_color)

    def _suggested(self, look: Look) -> Style:
        style = Style(italic=True, underline=True, bold=look.visited)
        if self.few or look.codes:
            return style
        colour = legible(self.colour(look.suggested[0]), self.background, 7.0)
        return style + Style(color=self.foreground.blend(colour, 0.5, alpha=1.0).rich_color)

    def _bracket(self, code: str | None, suggestion: bool, own: bool, on_row: bool, strong: bool) -> Style:
        colour = legible(self.colour(code), self.background, BRACKET if own else _BEFORE_FAINT)
        if not own:
            colour = self.background.blend(colour, FAINT, alpha=1.0)
        style = self.base + Style(color=colour.rich_color, italic=suggestion, dim=self.few and not own, bold=strong)
        return self.on(style, on_row)
