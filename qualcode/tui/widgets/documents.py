"""The documents of the study as a table: case, informant, turns done, codings, open suggestions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.style import Style

from qualcode.domain.inert import inert
from qualcode.i18n import _
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import DocumentChosen
from qualcode.tui.text.names import fitted
from qualcode.tui.view import DocumentRow
from qualcode.tui.widgets.rows import Rows

_BAR = 8
_EIGHTHS = " ▏▎▍▌▋▊▉█"


class DocumentTable(Rows):
    """`heading` gives the words of the columns for the same width as the rows."""

    BINDINGS = bindings("documents")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._documents: Sequence[DocumentRow] = ()

    def show(self, documents: Sequence[DocumentRow], at: str = "") -> None:
        """These documents, with the cursor on the one called `at`."""
        self._documents = documents
        self.rows_changed()
        self.stand_on(next((index for index, row in enumerate(documents) if row.id == at), self.at))

    def length(self) -> int:
        return len(self._documents)

    def take(self, index: int) -> None:
        self.post_message(DocumentChosen(self._documents[index].id))

    def action_choose(self) -> None:
        self.action_take()

    def heading(self, width: int) -> str:
        cells = (_("document"), _("case"), _("informants"), _("turns done"), _("codings"), "◌")
        return "  " + " ".join(self._fit(cells, width))

    def row(self, index: int, width: int) -> Iterable[tuple[str, Style]]:
        document = self._documents[index]
        cells = (
            document.title or document.id,
            document.cases or "–",
            document.informants or "–",
            f"{bar(document.turns_done, document.turns)} {document.turns_done}/{document.turns}",
            str(document.codings),
            str(document.suggestions or "·"),
        )
        title, *rest = self._fit(cells, width)
        yield "▸ " if index == self.at else "  ", self.styled("strong")
        yield title, Style(bold=index == self.at)
        yield " " + " ".join(rest), self.styled("faint") if index != self.at else Style()

    def _fit(self, cells: Sequence[str], width: int) -> Sequence[str]:
        """Narrow screens lose the informants, then the cases; never the progress."""
        title, cases, informants, done, codings, suggestions = map(inert, cells)
        right = [f"{fitted(done, _BAR + 9)}", f"{codings:>7}", f"{suggestions:>5}"]
        used = 2 + 1 + sum(map(len, right)) + len(right)
        middle: list[str] = []
        if width >= 76:
            middle.append(fitted(cases, 14))
        if width >= 100:
            middle.append(fitted(informants, 18))
        used += sum(len(cell) + 1 for cell in middle)
        return [fitted(title, max(8, width - used)), *middle, *right]


def bar(done: int, total: int, width: int = _BAR) -> str:
    """`done` of `total` as a bar of `width` cells; empty where there is nothing to do."""
    eighths = round(8 * width * done / total) if total else 0
    full, part = divmod(max(0, min(eighths, 8 * width)), 8)
    return ("█" * full + (_EIGHTHS[part] if part else "")).ljust(width, "·")
