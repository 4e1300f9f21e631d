"""Tables as Markdown that reads well before it is rendered, and shows hostile text as text after it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qualcode.domain.inert import inert, inert_block
from qualcode.domain.matrix import CellKind, Matrix
from qualcode.domain.tabular import Cell, Table, written
from qualcode.reporting.heading import Heading, facts, reading_notes, stamp
from qualcode.reporting.quote import Quotes
from qualcode.reporting.tables import readable_matrix_table

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")
_STARTS = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)")


def escaped(text: str) -> str:
    """`text` of one line as Markdown shows it: nothing in it is markup, a link, HTML or a table border."""
    return _STARTS.sub(r"\1\\\2", _MARKUP.sub(r"\\\1", inert(text)))


def table_markdown(table: Table) -> str:
    """`table` under its labels; numbers to the right."""
    titles = table.labels or table.headers
    lines = [
        _line([escaped(title) for title in titles]),
        _line([_rule(header in table.numeric, rows) for header, rows in _columns(table)]),
        *(_line([_cell(value) for value in row]) for row in table.rows),
    ]
    return "\n".join(lines) + "\n"


def matrix_markdown(
    matrix: Matrix, kind: CellKind, heading: Heading, quotes: Quotes | None = None, *, totals: bool = True
) -> str:
    """The matrix with what stands over it and how to read it."""
    table = readable_matrix_table(matrix, kind, quotes=quotes, totals=totals)
    stated = "\n".join(f"- {escaped(fact.label)}: {escaped(fact.text)}" for fact in facts(matrix, kind, heading))
    notes = "\n\n".join(escaped(note) for note in reading_notes())
    stamped = f"**{escaped(stamp(heading))}**\n\n" if heading.privacy else ""
    return f"# {escaped(heading.title)}\n\n{stamped}{stated}\n\n{table_markdown(table)}\n{notes}\n"


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _columns(table: Table) -> Iterator[tuple[str, list[Cell]]]:
    return ((header, [row[index] for row in table.rows]) for index, header in enumerate(table.headers))


def _rule(numeric: bool, values: Sequence[Cell]) -> str:
    return "---:" if numeric or all(isinstance(value, int | float | None) for value in values) else "---"


def _cell(value: Cell) -> str:
    return "<br>".join(escaped(line) for line in inert_block(written(value)).split("\n"))
