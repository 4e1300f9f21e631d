"""Tables as CSV: UTF-8, RFC 4180, with a guard on what anybody may have written."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from qualcode.domain.tabular import Table, guarded, written


@dataclass(frozen=True, slots=True)
class Dialect:
    delimiter: str = ","
    byte_order_mark: bool = False


RFC_4180 = Dialect()
EXCEL_NB = Dialect(delimiter=";", byte_order_mark=True)
"""Excel in Norwegian splits at semicolons and takes UTF-8 for granted only behind a byte order mark."""


def table_csv(table: Table, dialect: Dialect = RFC_4180, *, raw: bool = False) -> bytes:
    """`table` under its stable headers. `raw` leaves the formula guard off."""
    paper = io.StringIO(newline="")
    writer = csv.writer(paper, delimiter=dialect.delimiter, lineterminator="\r\n")
    writer.writerow(table.headers)
    free = [] if raw else [at for at, header in enumerate(table.headers) if header in table.free_text]
    for row in table.rows:
        cells = [written(value) for value in row]
        for at in free:
            cells[at] = guarded(cells[at])
        writer.writerow(cells)
    return paper.getvalue().encode("utf-8-sig" if dialect.byte_order_mark else "utf-8")
