"""The codebook pane: the tree of codes with favourite digits, colours and counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.cells import cell_len
from rich.style import Style
from textual.color import Color

from qualcode.domain.inert import inert
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import Closed, CodePicked, FavouriteChosen
from qualcode.tui.text.names import fitted
from qualcode.tui.themes.colour import legible
from qualcode.tui.view import CodeView
from qualcode.tui.widgets.rows import Rows


class CodebookPane(Rows):
    """`show` gives codes in tree order and counts of each code alone; parents show the sum of their subtree."""

    BINDINGS = bindings("codebook")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._codes: Sequence[CodeView] = ()
        self._parents: Mapping[str, str | None] = {}
        self._branches: frozenset[str | None] = frozenset()
        self._totals: dict[str, int] = {}
        self._folded: set[str] = set()
        self._visible: list[CodeView] = []

    def show(self, codes: Sequence[CodeView], counts: Mapping[str, int]) -> None:
        """Another codebook, or the same in another language."""
        self._codes = codes
        self._parents = {code.id: code.parent for code in codes}
        self._branches = frozenset(self._parents.values())
        self._totals = {}
        for code_id, number in counts.items():
            self._add(code_id, number)
        self._unfold()

    def show_code(self, code_id: str) -> None:
        """Open what it is folded under, and stand on it."""
        at: str | None = code_id
        while at is not None:
            at = self._parents.get(at)
            self._folded.discard(at or "")
        self._unfold()
        self.stand_on(next((row for row, code in enumerate(self._visible) if code.id == code_id), self.at))

    def count(self, code_id: str, change: int) -> None:
        """`change` codings of a code more (or less)."""
        changed = self._add(code_id, change)
        for index, code in enumerate(self._visible):
            if code.id in changed:
                self.refresh_row(index)

    def total(self, code_id: str) -> int:
        """The number shown beside a code."""
        return self._totals.get(code_id, 0)

    def length(self) -> int:
        return len(self._visible)

    def take(self, index: int) -> None:
        code = self._visible[index]
        if code.assignable:
            self.post_message(CodePicked(code.id))
        else:
            self._fold(code.id, code.id not in self._folded)

    def action_fold(self, closed: bool) -> None:
        """Fold or open the code under the cursor; folding a leaf folds its parent."""
        if not self._visible:
            return
        code = self._visible[self.at]
        if closed and (code.id in self._folded or code.id not in self._branches) and code.parent:
            code = next(one for one in self._codes if one.id == code.parent)
        self._fold(code.id, closed)

    def action_favour(self, digit: int) -> None:
        """The code under the cursor is put by `digit` from now on; families cannot be."""
        if self._visible and self._visible[self.at].assignable:
            self.post_message(FavouriteChosen(self._visible[self.at].id, str(digit)))

    def action_leave(self) -> None:
        self.post_message(Closed("codebook"))

    def row(self, index: int, width: int) -> Iterable[tuple[str, Style]]:
        code = self._visible[index]
        total = self.total(code.id)
        faint = self.styled("faint")
        colour = legible(Color.parse(code.colour), self.background_colors[1], 3.0)
        yield f"{code.key or ' '} ", self.styled("strong")
        yield "  " * (code.level - 1), Style()
        branch = code.id in self._branches
        yield ("▸" if code.id in self._folded else "▾") if branch and code.level == 1 else " ", faint
        yield "▌ ", Style(color=colour.rich_color)
        number = f" {total}" if total else " ·"
        room = width - 5 - 2 * (code.level - 1) - cell_len(number) - 1
        yield fitted(inert(code.name), room), Style(bold=code.level == 1)
        yield number, faint
        yield " ", Style()

    def _add(self, code_id: str, change: int) -> set[str]:
        """Count the code and all above it; returns them."""
        changed: set[str] = set()
        at: str | None = code_id
        while at is not None and at not in changed:
            self._totals[at] = self._totals.get(at, 0) + change
            changed.add(at)
            at = self._parents.get(at)
        return changed

    def _fold(self, code_id: str, closed: bool) -> None:
        (self._folded.add if closed else self._folded.discard)(code_id)
        self._unfold()
        self.stand_on(next(at for at, code in enumerate(self._visible) if code.id == code_id))

    def _unfold(self) -> None:
        """Which rows are visible under what is folded."""
        hidden: set[str] = set()
        self._visible = []
        for code in self._codes:
            if code.parent in hidden or code.parent in self._folded:
                hidden.add(code.id)
            else:
                self._visible.append(code)
        self.rows_changed()
