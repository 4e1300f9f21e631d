"""A matrix as one self-contained page in which every number opens its quotes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from qualcode.domain.matrix import Cell, CellKind, Matrix
from qualcode.i18n import _
from qualcode.reporting.cells import NOT_MENTIONED, cell_text, counted, kind_label, one_line, total_kind
from qualcode.reporting.heading import Fact, Heading, facts, reading_notes, stamp
from qualcode.reporting.matrix_quotes import quote_sections
from qualcode.reporting.matrix_style import MATRIX_STYLE
from qualcode.reporting.page import page, text
from qualcode.reporting.quote import Quotes, quoted_places

_UPRIGHT_COLUMNS = 9
"""With more columns their names stand on end, so that a whole codebook stays readable in one width."""
_QUOTES_IN_A_CELL = 2
_QUOTE_IN_A_CELL_CHARS = 160
_TINTS = 4


def matrix_html(
    matrix: Matrix, kind: CellKind, heading: Heading, quotes: Quotes | None = None, *, totals: bool = True
) -> bytes:
    """The page. A coding whose uid is not in `quotes` shows only where its words stand."""
    body = _body(matrix, kind, heading, quotes or {}, totals)
    return page(f"{heading.title} – {heading.study}", body, MATRIX_STYLE)


def _body(matrix: Matrix, kind: CellKind, heading: Heading, quotes: Quotes, totals: bool) -> Iterator[str]:
    yield "<main>"
    if heading.privacy:
        yield f'<p class="class">{text(stamp(heading))}</p>'
    yield f"<h1>{text(heading.title)}</h1>"
    yield from _facts(facts(matrix, kind, heading))
    classes = ["many"] * (len(matrix.columns) > _UPRIGHT_COLUMNS and kind is not CellKind.QUOTES)
    classes += ["words"] * (kind is CellKind.QUOTES)
    yield f'<div class="scroll" id="table" role="region" tabindex="0" aria-label="{text(heading.title)}">'
    yield f'<table class="{" ".join(classes)}">' if classes else "<table>"
    spoken = _("{title}. Each cell: {kind}.").format(title=heading.title, kind=kind_label(kind))
    yield f'<caption class="spoken">{text(spoken)}</caption>'
    yield from _head(matrix, totals)
    yield from _rows(matrix, kind, quotes, totals)
    if totals:
        yield from _foot(matrix, kind)
    yield "</table></div>"
    yield '<ul class="notes">'
    yield from (f"<li>{text(note)}</li>" for note in reading_notes())
    yield "</ul>"
    yield from quote_sections(matrix, quotes)
    yield "</main>"


def _facts(stated: list[Fact]) -> Iterator[str]:
    """The lines over the table; the numbers left out lead to their quotes."""
    yield '<dl class="facts">'
    for fact in stated:
        words = text(fact.text)
        linked = f'<a href="#{fact.opens}">{words}</a>' if fact.opens else words
        yield f"<div><dt>{text(fact.label)}</dt><dd>{linked}</dd></div>"
    yield "</dl>"


def _head(matrix: Matrix, totals: bool) -> Iterator[str]:
    yield "<thead>"
    if any(column.group for column in matrix.columns):
        yield '<tr class="band"><td class="corner"></td>'
        for group, same in groupby(matrix.columns, lambda column: column.group):
            width = len(list(same))
            yield (
                f'<th scope="colgroup" colspan="{width}">{text(group)}</th>'
                if group
                else f'<td colspan="{width}"></td>'
            )
        yield '<td class="total"></td></tr>' if totals else "</tr>"
    yield f'<tr><th scope="col" class="corner"><span class="spoken">{text(_("Row"))}</span></th>'
    for column in matrix.columns:
        yield f'<th scope="col"><span>{text(column.label)}</span></th>'
    if totals:
        yield f'<th scope="col" class="total"><span>{text(_("Total"))}</span></th>'
    yield "</tr></thead>"


def _rows(matrix: Matrix, kind: CellKind, quotes: Quotes, totals: bool) -> Iterator[str]:
    largest = max((_size(cell, kind) for cells in matrix.cells for cell in cells), default=0)
    yield "<tbody>"
    for r, row in enumerate(matrix.rows):
        small = f"<small>{text(row.id)}</small>" if row.label != row.id else ""
        yield f'<tr><th scope="row">{text(row.label)}{small}</th>'
        for c, column in enumerate(matrix.columns):
            yield _cell(matrix.cells[r][c], kind, quotes, f"{r}-{c}", f"{row.label}, {column.label}", largest)
        if totals:
            yield _total(matrix.row_totals[r], kind, f"row-{r}", row.label)
        yield "</tr>"
    yield "</tbody>"


def _foot(matrix: Matrix, kind: CellKind) -> Iterator[str]:
    yield f'<tfoot><tr><th scope="row">{text(_("Total"))}</th>'
    for c, column in enumerate(matrix.columns):
        yield _total(matrix.column_totals[c], kind, f"column-{c}", column.label, css="")
    yield _total(matrix.total, kind, "quotes", _("Total"))
    yield "</tr></tfoot>"


def _cell(cell: Cell, kind: CellKind, quotes: Quotes, place: str, name: str, largest: int) -> str:
    if cell.empty:
        return _unmentioned("unmentioned")
    tint = _size(cell, kind) * _TINTS // largest if largest else 0
    css = f' class="t{tint}"' if tint else ""
    shown = _words(cell, quotes) if kind is CellKind.QUOTES else ""
    label = f"{name}: {counted(cell.counts)}"
    link = text(counted(cell.counts) if kind is CellKind.QUOTES else _number(cell, kind))
    return f'<td id="at-{place}"{css}>{shown}<a href="#cell-{place}" title="{text(label)}">{link}</a></td>'


def _total(cell: Cell, kind: CellKind, anchor: str, name: str, css: str = "total") -> str:
    if cell.empty:
        return _unmentioned(f"{css} unmentioned".strip())
    in_class = f' class="{css}"' if css else ""
    title = text(f"{name}: {counted(cell.counts)}")
    return f'<td{in_class}><a href="#{anchor}" title="{title}">{text(_number(cell, total_kind(kind)))}</a></td>'


def _unmentioned(css: str) -> str:
    spoken = f'<span class="spoken">{text(_("not mentioned"))}</span>'
    return f'<td class="{css}"><span aria-hidden="true">{NOT_MENTIONED}</span>{spoken}</td>'


def _number(cell: Cell, kind: CellKind) -> str:
    """With the minus sign of print, which is as wide as the plus."""
    return cell_text(cell, kind).replace("-", "−") if kind is CellKind.VALENCE else cell_text(cell, kind)


def _size(cell: Cell, kind: CellKind) -> int:
    """What the tint stands for; quotes and valences have none."""
    match kind:
        case CellKind.INFORMANTS:
            return cell.counts.informants
        case CellKind.SEGMENTS:
            return cell.counts.segments
        case CellKind.CASES:
            return cell.counts.cases
        case CellKind.QUOTES | CellKind.VALENCE:
            return 0


def _words(cell: Cell, quotes: Quotes) -> str:
    """The first quotes of the cell, cut; the link below them opens all."""
    known = [place for place in quoted_places(cell.codings, quotes) if place.text is not None]
    shown: list[str] = []
    for place in known[:_QUOTES_IN_A_CELL]:
        words = one_line(place.text or "")
        cut = words if len(words) <= _QUOTE_IN_A_CELL_CHARS else words[: _QUOTE_IN_A_CELL_CHARS - 1].rstrip() + "…"
        lang = f' lang="{text(place.language)}"' if place.language else ""
        shown.append(f"<q{lang}>{text(cut)}</q>")
    return "".join(shown)
