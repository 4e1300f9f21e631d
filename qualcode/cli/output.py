"""The one way results are printed: a table for people, CSV or JSON for programs; on stdout or into a file.

A table on a terminal cuts long texts to the width of the window, and so says `…`; into a pipe or a file nothing is
cut. Own layout, since rich takes four seconds for ten thousand rows.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
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
F = TypeVar("F", bound=Callable[..., Any])


def output_options(command: F) -> F:
    """The options of every command that reads: `--format` and `-o`, handed on as `format` and `output`."""
    to_file = click.option(
        "-o",
        "--output",
        type=click.Path(path_type=Path),
        metavar="FILE",
        help=N_("Write to a file, whole or not at all."),
    )
    in_format = click.option("--format", type=click.Choice(FORMATS), default="table", help=N_("How to print."))
    return in_format(to_file(command))


def emit(table: Table, format: str = "table", output: Path | None = None) -> None:
    """Print `table` on stdout, or into the file `output`, in one of FORMATS."""
    on_terminal = output is None and sys.stdout.isatty()
    write(_in_format(table, format, width_cells=terminal_width_cells() if on_terminal else None), output)


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


def _in_format(table: Table, format: str, *, width_cells: int | None) -> bytes:
    if format == "csv":
        return table_csv(table)
    return (as_json(table) if format == "json" else as_text(table, width_cells=width_cells)).encode()


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


def as_text(table: Table, *, width_cells: int | None = None) -> str:
    """Columns side by side, numbers to the right.

    In `width_cells` of the screen (None: as wide as it gets) the labels of numbers take several lines, then texts
    are cut.
    """
    headers = [inert(label) for label in table.labels or table.headers]
    rows = [[_shown(cell) for cell in row] for row in table.rows]
    numeric = [
        header in table.numeric or _is_numeric([row[index] for row in table.rows])
        for index, header in enumerate(table.headers)
    ]
    widths = _widths_cells([headers, *rows], numeric, width_cells)
    lines = [_line(cells, widths, numeric) for cells in _header_lines(headers, widths, numeric)]
    lines.append(_GAP.join("-" * width for width in widths))
    lines += [_line(row, widths, numeric) for row in rows]
    title = [inert(table.title), ""] if table.title else []
    return "\n".join([*title, *lines]) + "\n"


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


def exceeds_terminal(table: Table) -> bool:
    """True where stdout is a terminal on which `table` is too wide even with all texts cut."""
    if not sys.stdout.isatty():
        return False
    from rich.cells import cell_len

    width_cells = terminal_width_cells()
    return any(cell_len(line) > width_cells for line in as_text(table, width_cells=width_cells).splitlines())


def _shown(cell: Cell) -> str:
    if isinstance(cell, float):
        return "–" if isnan(cell) else f"{cell:.2f}"
    return inert(written(cell))


def _is_numeric(cells: Sequence[Cell]) -> bool:
    numbers = [cell for cell in cells if cell is not None]
    return bool(numbers) and all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in numbers)


def _widths_cells(lines: list[list[str]], numeric: list[bool], limit_cells: int | None) -> list[int]:
    """The natural widths; where they exceed the limit, labels of numbers give way, then the widest texts.

    The first column gives way last: it holds the id that somebody types again. Numbers are never cut.
    """
    from rich.cells import cell_len  # 12 ms, and wide characters counted right

    widths = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    if limit_cells is None:
        return widths
    floors = [
        max(cell_len(word) for word in (*column[0].split(), *column[1:], "")) if is_number else _NARROWEST_CELLS
        for column, is_number in zip(zip(*lines, strict=True), numeric, strict=True)
    ]
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
