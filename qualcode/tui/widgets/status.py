"""The lines above and below: which document this is, what a key would act on, and which keys there are.

What does not fit is dropped whole: half a hint teaches a wrong key.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text
from textual.widgets import Static

from qualcode.domain.inert import inert
from qualcode.tui.text.names import fitted
from qualcode.tui.themes import faint

_KEPT_HINTS, _KEPT_NARROW, _NARROW = 2, 1, 100
"""Hints that are kept, fewer on narrow screens; all others give way to what a key would act on."""
_LEAST_CURRENT, _LEAST_TITLE = 12, 12
_SOURCE = 24
"""Cells at most of the name of a source: what keys act on stands after it."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The line above: `title`, which gives way to what is `kept`, then facts; what is last is dropped first."""

    title: str
    facts: tuple[str, ...] = ()
    right: str = ""
    kept: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What the line below says: the unit a coding key acts on, its size, the current coding, the privacy class.

    `source` is the coding marked as the source of a relation that the current one may become the target of.
    """

    unit: str = ""
    marked: bool = False
    size: str = ""
    current: str = ""
    privacy: str = ""
    source: str = ""


class TopLine(Static):
    DEFAULT_CSS = "TopLine { height: 1; background: $panel; color: $foreground; padding: 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._heading = Heading("")

    def show(self, heading: Heading) -> None:
        self._heading = heading
        self._paint()

    def on_resize(self) -> None:
        self._paint()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        if self.is_mounted:
            self._paint()

    def _paint(self) -> None:
        heading, width = self._heading, self.size.width or 80
        name, ink = "qualcode", faint(self)
        kept = sum(cell_len(inert(fact)) + 3 for fact in heading.kept)
        kept += cell_len(inert(heading.right)) + 4 if kept else 0
        room = max(_LEAST_TITLE, width - len(name) - 4 - kept)
        title = fitted(inert(heading.title), min(cell_len(inert(heading.title)), room))
        text = Text(no_wrap=True, overflow="crop")
        text.append(name, self.app.theme_variables.get("accent", ""))
        text.append(f"  {title}", "bold")
        room = width - cell_len(text.plain)
        right = inert(heading.right)
        if right and cell_len(right) + 4 < room:
            room -= cell_len(right) + 2
        else:
            right = ""
        for fact in map(inert, (*heading.kept, *heading.facts)):
            if cell_len(fact) + 3 > room:
                break
            text.append(f"   {fact}", ink)
            room -= cell_len(fact) + 3
        if right:
            text.append(" " * (width - cell_len(text.plain) - cell_len(right)) + right, ink)
        self.update(text, layout=False)


class StatusLine(Static):
    """`show` says where one stands, `hint` which keys there are, `say` an outcome until the next `show`."""

    DEFAULT_CSS = "StatusLine { height: 1; background: $panel; color: $foreground; padding: 0 1; }"

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._standing = Standing()
        self._hints: Sequence[tuple[str, str]] = ()
        self._said = ""
        self._bad = False

    def show(self, standing: Standing) -> None:
        if standing != self._standing or self._said:
            self._standing, self._said = standing, ""
            self._paint()

    def hint(self, hints: Sequence[tuple[str, str]]) -> None:
        """`(key, words)`, the most useful first."""
        if hints != self._hints:
            self._hints = hints
            self._paint()

    def say(self, text: str, *, bad: bool = False) -> None:
        """An outcome or an error, in place of the hints."""
        self._said, self._bad = text, bad
        self._paint()

    @property
    def said(self) -> str:
        """What was said last and still stands."""
        return self._said

    def on_resize(self) -> None:
        self._paint()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        if self.is_mounted:
            self._paint()

    def _paint(self) -> None:
        width = self.size.width or 80
        standing, ink = self._standing, faint(self)
        text = Text(no_wrap=True, overflow="crop")
        if standing.unit:
            text.append(f" {standing.unit} ", "bold reverse" if standing.marked else "reverse")
            text.append(f" {standing.size}" if standing.size else "", ink)
        right = inert(standing.privacy)
        room = width - cell_len(text.plain) - (cell_len(right) + 2 if right else 0)
        if standing.current or standing.source:
            current = f"  {_source(standing)}▸ {inert(standing.current)}"
            hinted = self._hints[: _KEPT_HINTS if width >= _NARROW else _KEPT_NARROW]
            kept = cell_len(inert(self._said)) + 4 if self._said else 2 + sum(_need(*hint) for hint in hinted)
            shown = fitted(current, min(cell_len(current), room - kept)) if room - kept >= _LEAST_CURRENT else ""
            text.append(shown, "bold")
            room -= cell_len(shown)
        self._append_rest(text, room, ink)
        if right:
            text.append(" " * max(1, width - cell_len(text.plain) - cell_len(right)) + right, ink)
        self.update(text, layout=False)

    def _append_rest(self, text: Text, room: int, ink: str) -> None:
        if self._said:
            said = inert(self._said)
            text.append("  " if text.plain else "")
            colour = self.app.theme_variables.get("error" if self._bad else "success", "")
            text.append(fitted(said, min(cell_len(said), max(0, room - 2))), f"bold {colour}")
            return
        text.append("  " if text.plain else "")
        room -= 2
        for key, words in self._hints:
            if _need(key, words) > room:
                break
            text.append(key, "bold")
            text.append(f" {words}  ", ink)
            room -= _need(key, words)


def _need(key: str, words: str) -> int:
    """The cells that a hint takes."""
    return cell_len(key) + 1 + cell_len(words) + 2


def _source(standing: Standing) -> str:
    source = inert(standing.source)
    return f"{fitted(source, min(cell_len(source), _SOURCE)).rstrip()} → " if source else ""
