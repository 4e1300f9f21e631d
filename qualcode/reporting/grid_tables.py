"""The framework grid as tables: a row for each cell, for programs and for a screen; and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from qualcode.domain.asked import Reason
from qualcode.domain.grid import Grid, GridCell, SummaryState
from qualcode.domain.inert import inert_block
from qualcode.domain.matrix import CellKind, Matrix
from qualcode.domain.tabular import Cell, Table
from qualcode.i18n import _, ngettext
from qualcode.reporting.cells import counted, one_line, quote_line
from qualcode.reporting.heading import Fact, Heading, facts, stamp
from qualcode.reporting.markdown import escaped
from qualcode.reporting.quote import Quotes, quoted_places

STALE = "≠"
"""After a summary whose codings are others than when it was written."""

_HEADERS = (
    *("row_kind", "row", "row_label", "column", "column_label", "state", "stale", "reason", "text"),
    *("informants", "segments", "coding_ids", "added", "removed", "coder", "updated_at"),
    *("checked_by", "checked_at"),
)


def grid_table(cells: Iterable[GridCell], labels: Mapping[str, str]) -> Table:
    """What `grid import` takes again; `labels` are those of rows and columns by id.

    `coding_ids` are what the words rest on; in a cell without words what is coded there now.
    """
    return Table(
        _HEADERS,
        [_row(cell, labels) for cell in cells],
        free_text=frozenset({"row_label", "column_label", "text", "coder", "checked_by"}),
    )


def _row(cell: GridCell, labels: Mapping[str, str]) -> tuple[Cell, ...]:
    key, summary = cell.key, cell.summary
    return (
        *(key.kind, key.row, labels.get(key.row, key.row), key.column, labels.get(key.column, key.column)),
        *(cell.state, cell.stale, cell.reason or "", cell.text),
        *(cell.evidence.counts.informants, cell.evidence.counts.segments),
        cell.evidence.uids if summary is None else summary.rests_on,
        *(cell.added, cell.removed),
        *(
            ("", None, "", None)
            if summary is None
            else (summary.coder, summary.updated_at, summary.checked_by, summary.checked_at)
        ),
    )


def readable_grid_table(grid: Grid, *, title: str = "") -> Table:
    """As `grid_table`, for a screen: names, states in words, and how many codings a cell holds."""
    rows = [
        (row.label, column.label, state_text(cell), cell.evidence.counts.segments, one_line(cell.text))
        for row, cells in zip(grid.rows, grid.cells, strict=True)
        for column, cell in zip(grid.columns, cells, strict=True)
    ]
    return Table(
        ("row", "column", "state", "segments", "text"),
        rows,
        title=title,
        labels=(_("Row"), _("Column"), _("State"), _("Segments"), _("Summary")),
    )


def state_text(cell: GridCell) -> str:
    """The state of a cell in the screen language, or why it has neither words nor codings."""
    if cell.summary is None and cell.reason is not None:
        return {
            Reason.NOT_ASKED: _("not asked"),
            Reason.SILENT: _("asked, nothing said"),
            Reason.UNKNOWN: _("not mentioned; asked?"),
        }[cell.reason]
    words = {
        SummaryState.UNSUMMARISED: _("not summarised"),
        SummaryState.DRAFTED: _("drafted"),
        SummaryState.CHECKED: _("checked"),
    }[cell.state]
    return f"{words} {STALE}" if cell.stale else words


def change_text(cell: GridCell) -> str:
    """What came and went since a stale summary was written."""
    came = ngettext("{n} coding came", "{n} codings came", len(cell.added)).format(n=len(cell.added))
    went = ngettext("{n} went", "{n} went", len(cell.removed)).format(n=len(cell.removed))
    return f"{came}, {went}"


def grid_facts(grid: Grid, matrix: Matrix, heading: Heading) -> list[Fact]:
    """What stands over the grid: as over a matrix, with how far the summaries are instead of what a cell counts."""
    counts = grid.counts()
    far = _("{checked} checked, {drafted} drafted, {unsummarised} without a summary; {stale} stale").format(
        **counts
    )
    return [
        replace(fact, label=_("Summaries"), text=far) if fact.label == _("Each cell") else fact
        for fact in facts(matrix, CellKind.QUOTES, heading)
    ]


def grid_notes() -> list[str]:
    """How the marks are meant."""
    return [
        _("{mark} means that the codings of the cell are others than when its summary was written.").format(
            mark=STALE
        ),
        _("Not mentioned does not mean absent: it may never have been asked."),
    ]


def grid_markdown(grid: Grid, matrix: Matrix, heading: Heading, quotes: Quotes) -> str:
    """The grid with its summaries, and below it the quotes of each cell, which the cell links to."""
    stated = "\n".join(
        f"- {escaped(fact.label)}: {escaped(fact.text)}" for fact in grid_facts(grid, matrix, heading)
    )
    stamped = f"**{escaped(stamp(heading))}**\n\n" if heading.privacy else ""
    notes = "\n\n".join(escaped(note) for note in grid_notes())
    parts = (
        f"# {escaped(heading.title)}\n\n{stamped}{stated}\n",
        "\n".join(_lines(grid)) + "\n",
        f"{notes}\n",
        *_quotes(grid, quotes),
    )
    return "\n".join(parts)


def _lines(grid: Grid) -> Iterator[str]:
    yield "| " + " | ".join(["", *(escaped(column.label) for column in grid.columns)]) + " |"
    yield "| " + " | ".join(["---"] * (len(grid.columns) + 1)) + " |"
    for r, (row, cells) in enumerate(zip(grid.rows, grid.cells, strict=True)):
        shown = (_cell(cell, f"cell-{r}-{c}") for c, cell in enumerate(cells))
        yield "| " + " | ".join([escaped(row.label), *shown]) + " |"


def _cell(cell: GridCell, anchor: str) -> str:
    lines = [escaped(line) for line in inert_block(cell.text).split("\n")] if cell.text else []
    quotes = "" if cell.evidence.empty else f" · [{escaped(counted(cell.evidence.counts))}](#{anchor})"
    changed = f" ({escaped(change_text(cell))})" if cell.stale else ""
    return "<br>".join([*lines, f"*{escaped(state_text(cell))}*{changed}{quotes}"])


def _quotes(grid: Grid, quotes: Quotes) -> Iterator[str]:
    for r, (row, cells) in enumerate(zip(grid.rows, grid.cells, strict=True)):
        for c, (column, cell) in enumerate(zip(grid.columns, cells, strict=True)):
            if cell.evidence.empty:
                continue
            places = quoted_places(cell.evidence.codings, quotes)
            listed = "\n".join(f"- {escaped(quote_line(place))}" for place in places)
            title = f"{escaped(row.label)} × {escaped(column.label)}"
            yield f'<a id="cell-{r}-{c}"></a>\n\n### {title}\n\n{listed}\n'
