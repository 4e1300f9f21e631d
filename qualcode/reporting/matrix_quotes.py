"""The quotes under a matrix page: one section per cell, laid over the page when its number is followed."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.domain.coding import CodedSegment
from qualcode.domain.matrix import Cell, Matrix
from qualcode.i18n import _
from qualcode.reporting.cells import counted, source
from qualcode.reporting.heading import NO_CASE, NO_INFORMANT, NO_ROW
from qualcode.reporting.page import block, text
from qualcode.reporting.quote import Quote, QuotedPlace, Quotes, quoted_places


def quote_sections(matrix: Matrix, quotes: Quotes) -> Iterator[str]:
    """By row; then an index by column; then the codings that are outside the table, in no case, of no informant."""
    if not matrix.total.empty:
        yield f'<h2 id="quotes">{text(_("The quotes behind the numbers"))}</h2>'
    for r, row in enumerate(matrix.rows):
        if matrix.row_totals[r].empty:
            continue
        yield f'<section id="row-{r}"><h3>{text(row.label)}</h3>'
        for c, column in enumerate(matrix.columns):
            cell = matrix.cells[r][c]
            if not cell.empty:
                yield from _section(f"cell-{r}-{c}", f"{row.label} × {column.label}", cell, quotes, f"at-{r}-{c}")
        yield "</section>"
    yield from _by_column(matrix)
    yield from _left_out(matrix, quotes)


def _section(anchor: str, title: str, cell: Cell, quotes: Quotes, back: str) -> Iterator[str]:
    yield f'<section class="cell" id="{anchor}"><header><div><h4>{text(title)}</h4>'
    yield f"<p>{text(counted(cell.counts))}</p></div>"
    yield f'<a class="back" href="#{back}">{text(_("Back to the table"))}</a></header>'
    yield '<ul class="places">'
    yield from (place_item(place) for place in quoted_places(cell.codings, quotes))
    yield "</ul></section>"


def place_item(place: QuotedPlace) -> str:
    """A place as an item of a list: its words, where they stand, and each code put there."""
    lang = f' lang="{text(place.language)}"' if place.language else ""
    if place.text is None:
        words = f'<blockquote class="held">{text(_("The words are held back."))}</blockquote>'
    else:
        words = f"<blockquote{lang}>{block(place.text)}</blockquote>"
    codes = "".join(
        f"<p>{text(_coded(segment, quote))}</p>"
        for segment, quote in zip(place.segments, place.quotes, strict=True)
    )
    return f"<li>{words}<p>{text(' · '.join(source(place.segments[0])))}</p>{codes}</li>"


def _coded(segment: CodedSegment, quote: Quote | None) -> str:
    """The code, its valence and who put it there."""
    name = (segment.coding.code or "") if quote is None else " › ".join(quote.code_path)
    valence = {None: "", -1: " (−1)", 0: " (0)", 1: " (+1)"}[segment.valence]
    return f"{name}{valence} · {segment.coding.coder}"


def _by_column(matrix: Matrix) -> Iterator[str]:
    """Column totals open the list of the column's cells, since the quotes stand by row."""
    for c, column in enumerate(matrix.columns):
        if matrix.column_totals[c].empty:
            continue
        yield f'<section class="cell" id="column-{c}"><header><div><h4>{text(column.label)}</h4>'
        yield f"<p>{text(counted(matrix.column_totals[c].counts))}</p></div>"
        yield f'<a class="back" href="#table">{text(_("Back to the table"))}</a></header><ul>'
        for r, row in enumerate(matrix.rows):
            cell = matrix.cells[r][c]
            if not cell.empty:
                yield f'<li><a href="#cell-{r}-{c}">{text(row.label)}</a>: {text(counted(cell.counts))}</li>'
        yield "</ul></section>"


def _left_out(matrix: Matrix, quotes: Quotes) -> Iterator[str]:
    sections = (
        (NO_ROW, _("Outside the table"), matrix.without_row),
        (NO_CASE, _("Without a case"), matrix.without_case),
        (NO_INFORMANT, _("Without an informant"), matrix.without_informant),
    )
    for anchor, title, cell in sections:
        if not cell.empty:
            yield from _section(anchor, title, cell, quotes, "table")
