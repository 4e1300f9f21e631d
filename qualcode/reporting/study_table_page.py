"""A study's own table as a page or as Markdown: every number leads to the words behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qualcode.domain.matrix import Cell as CodingCell
from qualcode.domain.relation import PlacedRelation, Stance
from qualcode.domain.table_counting import RelationCell, StudyTable
from qualcode.domain.tabular import Table, written
from qualcode.i18n import _
from qualcode.reporting.cells import NOT_MENTIONED, one_line, quote_line
from qualcode.reporting.graph_view import ARROW, CONTRADICTED
from qualcode.reporting.heading import Heading, reading_notes, stamp
from qualcode.reporting.markdown import escaped, table_markdown
from qualcode.reporting.matrix_quotes import place_item
from qualcode.reporting.matrix_style import MATRIX_STYLE
from qualcode.reporting.page import block, page, text
from qualcode.reporting.quote import Quotes, quoted_places
from qualcode.reporting.study_table_facts import table_facts
from qualcode.reporting.study_tables import (
    Beside,
    cell_words,
    column_label,
    gap_words,
    readable_study_table,
    upper,
)

_STYLE = MATRIX_STYLE + ".hint { color: var(--soft); }\n"


@dataclass(frozen=True)
class Printed:
    """A table with the words that it may print. A uid that is missing is held back: only its place is printed."""

    table: StudyTable
    beside: Beside
    heading: Heading
    quotes: Quotes
    relation_words: Mapping[str, str]
    names: Mapping[str, str]
    """Of codes and of relation types."""
    note: str


def study_table_markdown(printed: Printed) -> str:
    """The table, how it is read, and below it the quotes of each cell."""
    table, heading = printed.table, printed.heading
    stamped = f"**{escaped(stamp(heading))}**\n\n" if heading.privacy else ""
    stated = "\n".join(f"- {escaped(fact.label)}: {escaped(fact.text)}" for fact in table_facts(table, heading))
    readable = table_markdown(readable_study_table(table, printed.beside, printed.names))
    notes = "\n\n".join(escaped(note) for note in _notes(printed))
    parts = [f"# {escaped(heading.title)}\n\n{stamped}{stated}\n", readable, f"{notes}\n"]
    for r, c in _filled(table):
        lines = "\n".join(f"- {escaped(line)}" for line in _quote_lines(printed, table.cells[r][c]))
        parts.append(f"## {escaped(_cell_title(table, r, c))}\n\n{lines}\n")
    return "\n".join(parts)


def study_table_html(printed: Printed) -> bytes:
    """The page."""
    heading = printed.heading
    return page(f"{heading.title} – {heading.study}", _body(printed), _STYLE)


def plain_page(table: Table, heading: Heading) -> bytes:
    """A table without quotes as a page."""
    return page(f"{heading.title} – {heading.study}", _plain_body(table, heading), _STYLE)


def _notes(printed: Printed) -> list[str]:
    return [*([printed.note] if printed.note else []), *reading_notes()]


def _filled(table: StudyTable) -> Iterator[tuple[int, int]]:
    for r, cells in enumerate(table.cells):
        yield from ((r, c) for c, cell in enumerate(cells) if not cell.empty)


def _cell_title(table: StudyTable, r: int, c: int) -> str:
    row = ", ".join(place.label for place in table.rows[r])
    return f"{row} × {column_label(table, table.columns[c])}"


def _quote_lines(printed: Printed, cell: CodingCell | RelationCell) -> Iterator[str]:
    if isinstance(cell, CodingCell):
        yield from (quote_line(place) for place in quoted_places(cell.codings, printed.quotes))
        return
    for item in cell.relations:
        words = printed.relation_words.get(item.relation.uid)
        quote = _("(words held back)") if words is None else f"“{one_line(words)}”"
        yield f"{quote} ({_source(printed, item)})"


def _source(printed: Printed, item: PlacedRelation) -> str:
    """What a relation says, and where: both codes, whether it is contradicted, document, informant and coder."""
    made, names = item.relation, printed.names
    ends = [names.get(end.coding.code or "", end.coding.code or "") for end in (item.source, item.target)]
    mark = f"{CONTRADICTED} " if made.stance is Stance.CONTRADICTS else ""
    parts = [f"{mark}{ends[0]} {ARROW} {ends[1]}: {names.get(made.type, made.type)}", made.document]
    if item.turn is not None:
        parts.append(_("turn {number}").format(number=item.turn))
    parts.append(item.informant or _("no informant"))
    return ", ".join([*parts, item.case or _("no case"), made.coder])


def _head(heading: Heading) -> Iterator[str]:
    yield "<main>"
    if heading.privacy:
        yield f'<p class="class">{text(stamp(heading))}</p>'
    yield f"<h1>{text(heading.title)}</h1>"


def _body(printed: Printed) -> Iterator[str]:
    table, heading = printed.table, printed.heading
    yield from _head(heading)
    yield '<dl class="facts">'
    for fact in table_facts(table, heading):
        yield f"<div><dt>{text(fact.label)}</dt><dd>{text(fact.text)}</dd></div>"
    yield "</dl>"
    yield f'<div class="scroll" id="table" role="region" tabindex="0" aria-label="{text(heading.title)}"><table>'
    yield from _table_head(table)
    yield "<tbody>"
    for r, line in enumerate(table.rows):
        labels = "".join(f'<th scope="row">{text(place.label)}</th>' for place in line)
        cells = "".join(_cell(printed, r, c) for c in range(len(table.columns)))
        gap = f"<td>{text(gap_words(table, r))}</td>" if table.definition.gap else ""
        yield f"<tr>{labels}{cells}{gap}</tr>"
    yield "</tbody></table></div>"
    yield '<ul class="notes">'
    yield from (f"<li>{text(note)}</li>" for note in _notes(printed))
    yield "</ul>"
    yield from _sections(printed)
    yield "</main>"


def _table_head(table: StudyTable) -> Iterator[str]:
    labels = [upper(axis.label) for axis in table.row_axes]
    labels += [column_label(table, column) for column in table.columns]
    labels += [_("Gap")] if table.definition.gap else []
    yield "<thead><tr>" + "".join(f'<th scope="col"><span>{text(label)}</span></th>' for label in labels)
    yield "</tr></thead>"


def _cell(printed: Printed, r: int, c: int) -> str:
    cell = printed.table.cells[r][c]
    words = cell_words(printed.table, r, c, printed.beside, printed.names)
    if cell.empty:
        css = "" if isinstance(cell, CodingCell) else ' class="hint"'
        # A number of those who were asked, or a hint, leads to no quote.
        return f"<td{css}>{text(words)}</td>" if words else f'<td class="unmentioned">{NOT_MENTIONED}</td>'
    return f'<td id="at-{r}-{c}"><a href="#cell-{r}-{c}">{text(words)}</a></td>'


def _sections(printed: Printed) -> Iterator[str]:
    """The quotes of each cell, laid over the page when its number is followed."""
    table = printed.table
    for r, c in _filled(table):
        cell = table.cells[r][c]
        yield f'<section class="cell" id="cell-{r}-{c}"><header><h4>{text(_cell_title(table, r, c))}</h4>'
        yield f'<a class="back" href="#at-{r}-{c}">{text(_("Back to the table"))}</a></header><ul class="places">'
        if isinstance(cell, CodingCell):
            yield from (place_item(place) for place in quoted_places(cell.codings, printed.quotes))
        else:
            yield from (_relation_item(printed, item) for item in cell.relations)
        yield "</ul></section>"


def _relation_item(printed: Printed, item: PlacedRelation) -> str:
    words = printed.relation_words.get(item.relation.uid)
    if words is None:
        quote = f'<blockquote class="held">{text(_("The words are held back."))}</blockquote>'
    else:
        quote = f"<blockquote>{block(words)}</blockquote>"
    return f"<li>{quote}<p>{text(_source(printed, item))}</p></li>"


def _plain_body(table: Table, heading: Heading) -> Iterator[str]:
    yield from _head(heading)
    yield '<div class="scroll"><table class="words"><thead><tr>'
    yield from (f'<th scope="col"><span>{text(label)}</span></th>' for label in table.labels or table.headers)
    yield "</tr></thead><tbody>"
    for row in table.rows:
        yield "<tr>" + "".join(f"<td>{text(written(cell))}</td>" for cell in row) + "</tr>"
    yield "</tbody></table></div></main>"
