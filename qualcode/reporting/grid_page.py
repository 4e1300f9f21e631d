"""The framework grid as one self-contained page: each cell its summary, its state, and a link to its quotes."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.domain.grid import Grid, GridCell
from qualcode.domain.matrix import Matrix
from qualcode.i18n import _
from qualcode.reporting.cells import counted
from qualcode.reporting.grid_tables import change_text, grid_facts, grid_notes, state_text
from qualcode.reporting.heading import Heading, stamp
from qualcode.reporting.matrix_quotes import quote_sections
from qualcode.reporting.matrix_style import MATRIX_STYLE
from qualcode.reporting.page import block, page, text
from qualcode.reporting.quote import Quotes

_STYLE = (
    MATRIX_STYLE
    + """
.summary { white-space: pre-line; overflow-wrap: anywhere; margin: 0 0 .4rem; max-height: 24rem; overflow: auto; }
.state { color: var(--soft); font-size: .85rem; margin: 0; }
.stale .state { color: inherit; font-weight: 600; }
@media print { .summary { max-height: none; } }
"""
)


def grid_html(grid: Grid, matrix: Matrix, heading: Heading, quotes: Quotes) -> bytes:
    """The page. `matrix` holds the codings of the same rows and columns; those not in `quotes` show their place."""
    return page(f"{heading.title} – {heading.study}", _body(grid, matrix, heading, quotes), _STYLE)


def _body(grid: Grid, matrix: Matrix, heading: Heading, quotes: Quotes) -> Iterator[str]:
    yield "<main>"
    if heading.privacy:
        yield f'<p class="class">{text(stamp(heading))}</p>'
    yield f"<h1>{text(heading.title)}</h1>"
    yield '<dl class="facts">'
    for fact in grid_facts(grid, matrix, heading):
        words = text(fact.text)
        linked = f'<a href="#{fact.opens}">{words}</a>' if fact.opens else words
        yield f"<div><dt>{text(fact.label)}</dt><dd>{linked}</dd></div>"
    yield "</dl>"
    yield f'<div class="scroll" id="table" role="region" tabindex="0" aria-label="{text(heading.title)}">'
    yield '<table class="words"><thead><tr>'
    yield f'<th scope="col" class="corner"><span class="spoken">{text(_("Row"))}</span></th>'
    yield from (f'<th scope="col"><span>{text(column.label)}</span></th>' for column in grid.columns)
    yield "</tr></thead><tbody>"
    for r, (row, cells) in enumerate(zip(grid.rows, grid.cells, strict=True)):
        yield f'<tr><th scope="row">{text(row.label)}</th>'
        yield from (_cell(cell, f"{r}-{c}") for c, cell in enumerate(cells))
        yield "</tr>"
    yield "</tbody></table></div>"
    yield '<ul class="notes">'
    yield from (f"<li>{text(note)}</li>" for note in grid_notes())
    yield "</ul>"
    yield from quote_sections(matrix, quotes)
    yield "</main>"


def _cell(cell: GridCell, place: str) -> str:
    words = f'<div class="summary">{block(cell.text)}</div>' if cell.text else ""
    state = f'<p class="state">{text(state_text(cell))}</p>'
    changed = f'<p class="state">{text(change_text(cell))}</p>' if cell.stale else ""
    counts = cell.evidence.counts
    link = "" if cell.evidence.empty else f'<a href="#cell-{place}">{text(counted(counts))}</a>'
    css = ' class="stale"' if cell.stale else ""
    return f'<td id="at-{place}"{css}>{words}{state}{changed}{link}</td>'
