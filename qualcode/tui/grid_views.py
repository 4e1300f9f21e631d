"""The framework grid as it is shown: its cells, and the card of the one in hand."""

from __future__ import annotations

from collections.abc import Collection

from rich.text import Text

from qualcode.domain.grid import Grid, GridCell
from qualcode.domain.inert import inert, inert_block
from qualcode.i18n import _, ngettext
from qualcode.reporting.grid_tables import change_text, state_text
from qualcode.tui.widgets.grid import GridColumn, GridView

_PARTED = " · "


def grid_view(grid: Grid, hidden: Collection[str]) -> GridView:
    """Each cell with its state and the first words of its summary; without words it is faint.

    Codings called `hidden` must stay so from the coder who acts, and are not counted.
    """
    shown = [[_shown(cell, hidden) for cell in cells] for cells in grid.cells]
    faint = {
        text
        for cells, texts in zip(grid.cells, shown, strict=True)
        for cell, text in zip(cells, texts, strict=True)
        if cell.summary is None
    }
    columns = [GridColumn(column.label, column.group) for column in grid.columns]
    return GridView(columns, [row.label for row in grid.rows], shown, faint, words=True)


def name_at(grid: Grid, row: int, column: int) -> str:
    """What a cell is of: its row and its column."""
    return f"{grid.rows[row].label} × {grid.columns[column].label}"


def counts_text(grid: Grid) -> str:
    """How far the summaries are."""
    return _("{checked} checked, {drafted} drafted, {unsummarised} without a summary; {stale} stale").format(
        **grid.counts()
    )


def card(name: str, cell: GridCell, hidden: Collection[str], faint: str) -> Text:
    """A cell in full; `faint` is the style of what stands beside the words."""
    text = Text().append(inert(name), "bold")
    text.append(f"\n{_PARTED.join(_facts(cell, hidden))}", faint)
    if cell.summary is not None:
        text.append("\n\n").append(inert_block(cell.text))
    return text


def state_of(cell: GridCell, hidden: Collection[str]) -> str:
    """The state in words, and how many codings there are."""
    n = sum(uid not in hidden for uid in cell.evidence.uids)
    counted = ngettext("{n} coding", "{n} codings", n).format(n=n)
    return _PARTED.join((state_text(cell), counted)) if n else state_text(cell)


def _facts(cell: GridCell, hidden: Collection[str]) -> list[str]:
    summary = cell.summary
    facts = [state_of(cell, hidden)]
    if cell.stale:
        facts.append(change_text(cell))
    if summary is not None:
        facts.append(
            _said_by(_("written by {coder}, {when}"), summary.coder, f"{summary.updated_at.astimezone():%Y-%m-%d}")
        )
    if summary is not None and summary.checked_at is not None:
        facts.append(
            _said_by(
                _("checked by {coder}, {when}"), summary.checked_by, f"{summary.checked_at.astimezone():%Y-%m-%d}"
            )
        )
    return facts


def _said_by(template: str, coder: str, when: str) -> str:
    return template.format(coder=inert(coder), when=when)


def _shown(cell: GridCell, hidden: Collection[str]) -> str:
    """The state on a line of its own, so that it is in the same place in each cell."""
    state = state_of(cell, hidden)
    return f"{state}\n{' '.join(cell.text.split())}" if cell.summary is not None else state
