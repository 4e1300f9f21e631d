"""Where the coder stands: one frozen value that the coding screen replaces, never a set of loose attributes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from qualcode.domain.span import Span

_BACK_STEPS = 50


@dataclass(frozen=True, slots=True)
class Place:
    """A place to come back to."""

    document: str
    offset: int


@dataclass(frozen=True, slots=True)
class DeskState:
    """`current` is the coding that editing keys act on, `visited` the suggestion that deciding keys act on.

    `pinned`: the current coding was just made or stepped to, and stays current while the cursor moves within it.
    """

    document: str = ""
    offset: int = 0
    selection: Span | None = None
    current: str | None = None
    pinned: bool = False
    visited: str | None = None
    last_code: str | None = None
    search: str = ""
    back: tuple[Place, ...] = ()

    def moved(self, offset: int, selection: Span | None) -> DeskState:
        return replace(self, offset=offset, selection=selection)

    def left(self) -> DeskState:
        """Remember this place for Backspace; standing still adds nothing."""
        here = Place(self.document, self.offset)
        if self.back and self.back[-1] == here:
            return self
        return replace(self, back=(*self.back, here)[-_BACK_STEPS:])

    def returned(self) -> tuple[DeskState, Place | None]:
        """The place last left, and the state without it."""
        if not self.back:
            return self, None
        return replace(self, back=self.back[:-1]), self.back[-1]
