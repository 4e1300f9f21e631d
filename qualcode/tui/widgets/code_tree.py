"""The tree of codes as a table: name with colour and place in the tree, and how much each is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rich.style import Style
from textual.color import Color

from qualcode.domain.inert import inert
from qualcode.tui.text.names import fitted
from qualcode.tui.themes.colour import legible
from qualcode.tui.view import CodeView
from qualcode.tui.widgets.table import Column, Table, TableRow


class CodeTree(Table):
    """`plant` gives the codes in tree order with their cells; codes under folded ones are not shown."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._views: Mapping[str, CodeView] = {}
        self._branches: frozenset[str | None] = frozenset()
        self._folded: set[str] = set()
        self._marked = ""

    def plant(
        self, columns: Sequence[Column], codes: Sequence[CodeView], cells: Mapping[str, Sequence[str]], at: str
    ) -> None:
        """`cells` of a code come after its name. What `at` lies under is opened."""
        self._views = {code.id: code for code in codes}
        self._branches = frozenset(code.parent for code in codes)
        above = self._views[at].parent if at in self._views else None
        while above in self._views:
            self._folded.discard(above)
            above = self._views[above].parent
        hidden: set[str] = set()
        rows: list[TableRow] = []
        for code in codes:
            if code.parent in hidden or code.parent in self._folded:
                hidden.add(code.id)
            else:
                rows.append(TableRow(code.id, (code.name, *cells[code.id])))
        self.show(columns, rows, at)

    def fold(self, code: str) -> str:
        """Fold what lies under the code, or open it; a leaf folds what it lies under. The code in hand then."""
        view = self._views[code]
        if code not in self._branches and view.parent:
            code = view.parent
        if code in self._branches:
            (self._folded.discard if code in self._folded else self._folded.add)(code)
        return code

    def mark(self, code: str) -> None:
        """Mark the code that is on its way to another place; empty: none."""
        self._marked = code
        self.refresh()

    @property
    def marked(self) -> str:
        return self._marked

    def row(self, index: int, width: int) -> Iterable[tuple[str, Style]]:
        row = self._rows[index]
        code, at = self._views[row.id], index == self.at
        fit = self._fit(row.cells, width)
        faint = self.styled("faint")
        colour = legible(Color.parse(code.colour), self.background_colors[1], 3.0)
        lead = "  " * (code.level - 1)
        branch = ("▸" if code.id in self._folded else "▾") if code.id in self._branches else " "
        yield "▸ " if at else "» " if code.id == self._marked else "  ", self.styled("strong")
        yield f"{lead}{branch}", faint
        yield "▌ ", Style(color=colour.rich_color)
        bold = code.level == 1 or at
        name = fitted(inert(code.name), max(1, len(fit[0]) - len(lead) - 3))
        yield name, faint if code.retired else Style(bold=bold)
        yield " " + " ".join(fit[1:]), Style() if at else faint
