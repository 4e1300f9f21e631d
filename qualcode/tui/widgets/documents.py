"""The documents of the study by case: informants, words, turns done, codings, open suggestions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.style import Style

from qualcode.domain.inert import inert
from qualcode.i18n import _, ngettext
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import DocumentChosen
from qualcode.tui.text.names import fitted
from qualcode.tui.view import CaseGroup, DocumentRow
from qualcode.tui.widgets.rows import Rows

_BAR = 8
_ROOMY, _WIDE = 90, 110
"""Cells from which the bar, then informants, are shown too."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the table: `document` is empty on the row of a case and between cases."""

    document: str
    cells: Sequence[str]


class DocumentTable(Rows):
    """`heading` gives the words of the columns for the same width as the rows. Rows of cases are passed over."""

    BINDINGS = bindings("documents")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._groups: Sequence[CaseGroup] = ()
        self._lines: Sequence[_Line] = ()

    def show(self, groups: Sequence[CaseGroup], at: str = "") -> None:
        """These documents, with the cursor on the one called `at`."""
        self._groups = groups
        self._lay_out(at)

    def on_resize(self) -> None:
        self._lay_out(self.chosen)

    def _lay_out(self, at: str) -> None:
        """The rows, with an empty one between cases where that costs no scrolling."""
        laid = [list(_lines_of(group)) for group in self._groups]
        roomy = sum(map(len, laid)) + len(laid) <= self.size.height
        gap = [_Line("", ("",) * 6)] if roomy else []
        self._lines = [line for number, lines in enumerate(laid) for line in (*(gap if number else ()), *lines)]
        self.rows_changed()
        wanted = next((index for index, line in enumerate(self._lines) if line.document == at), self.at)
        self.stand_on(wanted if at else self._nearest(wanted, 1))

    @property
    def chosen(self) -> str:
        """The document under the cursor; empty where there is none."""
        return self._lines[self.at].document if self.at < len(self._lines) else ""

    def length(self) -> int:
        return len(self._lines)

    def take(self, index: int) -> None:
        if self._lines[index].document:
            self.post_message(DocumentChosen(self._lines[index].document))

    def action_choose(self) -> None:
        self.action_take()

    def action_move(self, steps: int) -> None:
        self.stand_on(self._nearest(self.at + steps, steps))

    def heading(self, width: int) -> str:
        offered = _("Suggestions") if width >= _WIDE else "◌"
        cells = (_("Document"), _("Informants"), _("Words"), _("Turns done"), _("Codings"), offered)
        return "  " + " ".join(self._fit(cells, width))

    def row(self, index: int, width: int) -> Iterable[tuple[str, Style]]:
        line = self._lines[index]
        title, *rest = self._fit(line.cells, width)
        if not line.document:
            yield "  ", Style()
            yield title, self.styled("strong")
            yield " " + " ".join(rest), self.styled("faint")
            return
        yield "▸ " if index == self.at else "  ", self.styled("strong")
        yield title, Style(bold=index == self.at)
        yield " " + " ".join(rest), self.styled("faint") if index != self.at else Style()

    def _nearest(self, index: int, steps: int) -> int:
        """The row of a document at `index` or further on; where one is standing if there is none."""
        onward = 1 if steps > 0 else -1
        while 0 <= index < len(self._lines):
            if self._lines[index].document:
                return index
            index += onward
        return self.at

    def _fit(self, cells: Sequence[str], width: int) -> Sequence[str]:
        """Narrow screens lose the informants, then the bar; never the numbers."""
        title, informants, words, done, codings, suggestions = map(inert, cells)
        done = fitted(done, _BAR + 9) if width >= _ROOMY else f"{done.split('  ')[-1]:>10.10}"
        right = [f"{words:>7.7}", done, f"{codings:>8.8}", f"{suggestions:>{11 if width >= _WIDE else 5}}"]
        if width >= _ROOMY:
            right[0] += " "
        if width >= _WIDE:
            right.insert(0, fitted(informants, 18))
        used = 2 + sum(map(len, right)) + len(right) + 1
        return [fitted(title, max(8, width - used)), *right]


def _lines_of(group: CaseGroup) -> Iterable[_Line]:
    """The row of the case with the sums, then its documents; no such row where nothing has a case."""
    if group.title:
        rows = group.documents
        count = ngettext("{n} document", "{n} documents", len(rows)).format(n=len(rows))
        yield _Line("", (f"{group.title} · {count}", "", *_sums(rows)))
    for row in group.documents:
        indent = "  " if group.title else ""
        yield _Line(row.id, (indent + (row.title or row.id), row.informants or "–", *_sums([row])))


def _sums(rows: Sequence[DocumentRow]) -> Sequence[str]:
    done, turns = sum(row.turns_done for row in rows), sum(row.turns for row in rows)
    return (
        str(sum(row.words for row in rows)),
        f"{bar(done, turns)}  {done}/{turns}",
        str(sum(row.codings for row in rows)),
        str(sum(row.suggestions for row in rows) or "·"),
    )


def bar(done: int, total: int, width: int = _BAR) -> str:
    """`done` of `total` as a bar of `width` cells; light where nothing is done or nothing is to be done."""
    halves = round(2 * width * done / total) if total else 0
    full, part = divmod(max(0, min(halves, 2 * width)), 2)
    return ("━" * full + "╸" * part).ljust(width, "─")
