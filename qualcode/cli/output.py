"""The one way results are printed: a table for people, CSV or JSON for programs; on stdout or into a file.

A table on a terminal cuts long texts to the width of the window, and so says `…`; texts that somebody asked to read
take several lines instead. Into a pipe or a file nothing is cut. Own layout, since rich takes four seconds for ten
thousand rows.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from math import isnan
from pathlib import Path
from typing import Any, TypeVar

import click

from qualcode.domain.inert import inert, inert_block
from qualcode.domain.tabular import Cell, Table, written
from qualcode.errors import N_
from qualcode.files import replacing
from qualcode.i18n import _
from qualcode.reporting.csv_table import table_csv

FORMATS = ("table", "csv", "json")

_GAP = "  "
_NARROWEST_CELLS = 8
_LONGEST_WORD_CELLS = 18
"""Longer words of a text that takes several lines are broken where the window is narrow."""
_IDS = frozenset(
    (
        *(
            "id",
            "key",
            "document",
            "documents",
            "case",
            "cases",
            "informant",
            "informants",
            "organisation",
            "coder",
        ),
        *("theme", "code_id", "codes", "parent", "target", "unmapped", "speakers"),
        *("coding_id", "suggestion_id", "relation_id", "rendering_id"),
    )
)
"""Headers of what somebody types again: never cut, several of them in a cell broken between them."""

F = TypeVar("F", bound=Callable[..., Any])


to_file = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=N_("Write to a file, whole or not at all."),
)
"""`-o`, handed on as `output`."""


def in_format(*formats: str) -> Callable[[F], F]:
    """`--format`, one of `formats`; None where it is not given, for `format_of` to look at the file's ending."""
    return click.option(
        "--format",
        type=click.Choice(formats),
        help=N_("How to print; else what the ending of FILE says, else a table."),
    )


def output_options(command: F) -> F:
    """The options of every command that reads: `--format` and `-o`, handed on as `format` and `output`."""
    return click.option("--format", type=click.Choice(FORMATS), default="table", help=N_("How to print."))(
        to_file(command)
    )


def emit(
    table: Table, format: str = "table", output: Path | None = None, *, whole: Collection[str] = frozenset()
) -> None:
    """Print `table` on stdout, or into the file `output`, in one of FORMATS.

    `whole`: the headers of texts that take several lines of a screen rather than being cut.
    """
    on_terminal = output is None and sys.stdout.isatty()
    width_cells = terminal_width_cells() if on_terminal else None
    write(_in_format(table, format, width_cells, whole), output)


def format_of(asked: str | None, output: Path | None, formats: Sequence[str]) -> str:
    """The format asked for, else the one that the ending of the file names, else a table."""
    ending = output.suffix.lower().removeprefix(".") if output is not None else ""
    return asked or (ending if ending in formats else "table")


def write(data: bytes, output: Path | None) -> None:
    """A whole page on stdout, or into the file `output`."""
    if output is None:
        stdout = sys.stdout.buffer
        stdout.write(_harmless(data) if stdout.isatty() else data)
        stdout.flush()
        return
    with replacing(output) as file:
        file.write(data)
    note(_("{file} is written.").format(file=output))


def _harmless(data: bytes) -> bytes:
    """CSV and JSON carry texts as they are; a terminal would obey the control characters in them."""
    return inert_block(data.decode().replace("\r\n", "\n")).encode()


def say(text: str) -> None:
    """One line of result on stdout."""
    click.echo(inert(text))


def note(text: str) -> None:
    """One line of warning or circumstance on stderr, out of the way of data."""
    click.echo(inert(text), err=True)


def _in_format(table: Table, format: str, width_cells: int | None, whole: Collection[str]) -> bytes:
    if format == "csv":
        return table_csv(table)
    text = as_json(table) if format == "json" else as_text(table, width_cells=width_cells, whole=whole)
    return text.encode()


def as_json(table: Table) -> str:
    """A list of objects, one row a line: readable by `jq`, comparable by `diff`."""
    lines = [
        json.dumps(dict(zip(table.headers, map(_json_value, row), strict=True)), ensure_ascii=False)
        for row in table.rows
    ]
    return "[\n" + ",\n".join(lines) + "\n]\n" if lines else "[]\n"


def _json_value(cell: Cell) -> object:
    if isinstance(cell, tuple):
        return [_json_value(value) for value in cell]
    if isinstance(cell, float) and isnan(cell):
        return None  # JSON has no NaN
    return cell if isinstance(cell, str | int | float | None) else written(cell)


def as_text(table: Table, *, width_cells: int | None = None, whole: Collection[str] = frozenset()) -> str:
    """Columns side by side, numbers to the right.

    In `width_cells` of the screen (None: as wide as it gets) the labels of numbers and the texts under the headers
    `whole` take several lines, and other texts are cut. Ids are whole, even where the table gets too wide by them.
    """
    headers = [inert(label) for label in table.labels or table.headers]
    rows = [[_shown(cell) for cell in row] for row in table.rows]
    numeric = [
        header in table.numeric or _is_numeric([row[index] for row in table.rows])
        for index, header in enumerate(table.headers)
    ]
    texts = [index for index, is_number in enumerate(numeric) if not is_number]
    ids = frozenset(index for index in texts if table.headers[index] in _IDS)
    broken = [index for index in texts if index in ids or table.headers[index] in whole]
    widths = _widths_cells([headers, *rows], numeric, width_cells, broken, ids)
    lines = [_line(cells, widths, numeric) for cells in _header_lines(headers, widths, numeric)]
    lines.append(_GAP.join("-" * width for width in widths))
    lines += [_line(cells, widths, numeric) for row in rows for cells in _broken(row, widths, broken, ids)]
    title = [inert(table.title), ""] if table.title else []
    return "\n".join([*title, *lines]) + "\n"


def _broken(row: list[str], widths: list[int], columns: list[int], ids: Collection[int]) -> Iterator[list[str]]:
    """The lines of one row: texts of `columns` broken at spaces and hyphens, `ids` between two of them.

    The other cells stand on the first line.
    """
    from rich.cells import cell_len

    if all(cell_len(row[index]) <= widths[index] for index in columns):
        yield row
        return
    from textwrap import wrap

    cells = [[text] for text in row]
    for index in columns:
        if index in ids:
            cells[index] = _one_below_the_other(row[index], widths[index])
            continue
        # `wrap` counts characters, some of which are two cells wide
        is_wide = cell_len(row[index]) > len(row[index])
        cells[index] = wrap(row[index], widths[index] // 2 if is_wide else widths[index]) or [""]
    for line in range(max(map(len, cells))):
        yield [texts[line] if line < len(texts) else "" for texts in cells]


def _one_below_the_other(ids: str, width: int) -> list[str]:
    from rich.cells import cell_len

    return [ids] if cell_len(ids) <= width else _each(ids)


def _each(ids: str) -> list[str]:
    """The ids of a cell, each with the `|` that parts it from the next."""
    parts = ids.split("|")
    return [*(f"{part}|" for part in parts[:-1]), parts[-1]]


def _header_lines(headers: list[str], widths: list[int], numeric: list[bool]) -> Iterator[list[str]]:
    """The headers, those of numbers broken at spaces, all standing on the rule below them."""
    from textwrap import wrap

    broken = [
        (wrap(header, width, break_long_words=False) if is_number else [header]) or [""]
        for header, width, is_number in zip(headers, widths, numeric, strict=True)
    ]
    height = max(map(len, broken), default=0)
    for line in range(height):
        yield [cells[line - height + len(cells)] if line >= height - len(cells) else "" for cells in broken]


def exceeds_terminal(table: Table, *, whole: Collection[str] = frozenset()) -> bool:
    """True where stdout is a terminal on which `table` is too wide even with all texts cut or broken."""
    if not sys.stdout.isatty():
        return False
    from rich.cells import cell_len

    width_cells = terminal_width_cells()
    return any(
        cell_len(line) > width_cells for line in as_text(table, width_cells=width_cells, whole=whole).splitlines()
    )


def _shown(cell: Cell) -> str:
    if isinstance(cell, float):
        return "–" if isnan(cell) else f"{cell:.2f}"
    return inert(written(cell))


def _is_numeric(cells: Sequence[Cell]) -> bool:
    numbers = [cell for cell in cells if cell is not None]
    return bool(numbers) and all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in numbers)


def _widths_cells(
    lines: list[list[str]],
    numeric: list[bool],
    limit_cells: int | None,
    broken: Collection[int],
    ids: Collection[int],
) -> list[int]:
    """The natural widths; where they exceed the limit, labels of numbers give way, then the widest texts.

    The first column gives way last: it says what the row is about. Numbers and `ids` are never cut, and in the
    columns `broken`, whose texts take several lines, no word of common length is.
    """
    from rich.cells import cell_len  # 12 ms, and wide characters counted right

    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    if limit_cells is None:
        return widths

    def floor(index: int, column: Sequence[str]) -> int:
        if numeric[index]:
            return max(cell_len(word) for word in (*column[0].split(), *column[1:], ""))
        if index in ids:
            return max(cell_len(part) for cell in column for part in _each(cell))
        return max(_NARROWEST_CELLS, _longest_word_cells(column) if index in broken else 0)

    floors = [floor(index, column) for index, column in enumerate(zip(*lines, strict=True))]
    excess = sum(widths) + len(_GAP) * (len(widths) - 1) - limit_cells
    turns = [0 if is_number else 1 if index else 2 for index, is_number in enumerate(numeric)]
    for turn in range(3):
        while excess > 0:
            wide = [index for index, width in enumerate(widths) if turns[index] == turn and width > floors[index]]
            if not wide:
                break
            widths[max(wide, key=widths.__getitem__)] -= 1
            excess -= 1
    return widths


def _longest_word_cells(column: Sequence[str]) -> int:
    from rich.cells import cell_len

    words = (cell_len(word) for text in column for word in text.replace("-", "- ").split())
    return min(max(words, default=0), _LONGEST_WORD_CELLS)


def _line(cells: list[str], widths: list[int], numeric: list[bool]) -> str:
    return _GAP.join(_fitted(cells, widths, numeric)).rstrip()


def _fitted(cells: list[str], widths: list[int], numeric: list[bool]) -> Iterator[str]:
    from rich.cells import cell_len, set_cell_size

    for text, width, is_number in zip(cells, widths, numeric, strict=True):
        missing = width - cell_len(text)
        if missing < 0:
            yield set_cell_size(text, width - 1) + "…"
        else:
            yield " " * missing + text if is_number else text + " " * missing


def terminal_width_cells() -> int:
    return shutil.get_terminal_size().columns
