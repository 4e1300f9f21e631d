"""Tables as CSV: UTF-8, RFC 4180, with a guard on what anybody may have written."""

from __future__ import annotations

import csv
from codecs import getwriter
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from qualcode.domain.tabular import Streamed, Table, guarded, written


@dataclass(frozen=True, slots=True)
class Dialect:
    delimiter: str = ","
    byte_order_mark: bool = False


RFC_4180 = Dialect()
EXCEL_NB = Dialect(delimiter=";", byte_order_mark=True)
"""Excel in Norwegian splits at semicolons and takes UTF-8 for granted only behind a byte order mark."""


def table_csv(table: Table | Streamed, dialect: Dialect = RFC_4180, *, raw: bool = False) -> bytes:
    """`table` under its stable headers. `raw` leaves the formula guard off."""
    paper = BytesIO()
    write_csv(table, paper, dialect, raw=raw)
    return paper.getvalue()


def write_csv(table: Table | Streamed, stream: BinaryIO, dialect: Dialect = RFC_4180, *, raw: bool = False) -> int:
    """As `table_csv`, row by row into `stream`; how many rows."""
    paper = getwriter("utf-8-sig" if dialect.byte_order_mark else "utf-8")(stream)
    writer = csv.writer(paper, delimiter=dialect.delimiter, lineterminator="\r\n")
    writer.writerow(table.headers)
    free = [] if raw else [at for at, header in enumerate(table.headers) if header in table.free_text]
    count = 0
    for row in table.rows:
        # Most cells are words or empty, which the writer knows how to write.
        cells = [cell if cell is None or isinstance(cell, str) else written(cell) for cell in row]
        for at in free:
            cells[at] = guarded(cells[at] or "")
        writer.writerow(cells)
        count += 1
    return count
