"""A matrix as a file among the study's exports."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from qualcode.domain.matrix import CellKind
from qualcode.errors import N_, BadInput
from qualcode.files import replacing
from qualcode.reporting.csv_table import table_csv
from qualcode.reporting.markdown import matrix_markdown
from qualcode.reporting.matrix_page import matrix_html
from qualcode.reporting.tables import matrix_table
from qualcode.reporting.xlsx import matrix_xlsx
from qualcode.services.exporting import default_file
from qualcode.services.study import Study
from qualcode.services.synthesis import Compared

FORMATS = ("csv", "html", "xlsx", "md")


def matrix_bytes(compared: Compared, format: str, *, totals: bool = True) -> bytes:
    """The matrix in one of `FORMATS`. Raises BadInput for another."""
    if format == "csv":
        quotes = compared.quotes if compared.kind is CellKind.QUOTES else None
        title = compared.heading.title
        return table_csv(matrix_table(compared.matrix, compared.kind, quotes=quotes, title=title, totals=totals))
    parts = (compared.matrix, compared.kind, compared.heading, compared.quotes)
    match format:
        case "html":
            return matrix_html(*parts, totals=totals)
        case "xlsx":
            return matrix_xlsx(*parts, totals=totals)
        case "md":
            return matrix_markdown(*parts, totals=totals).encode()
        case _:
            raise BadInput(
                N_("A matrix cannot be written as {format!r}."),
                hint=N_("One of {known}."),
                format=format,
                known=", ".join(FORMATS),
            )


def write_matrix(study: Study, compared: Compared, format: str, *, totals: bool = True) -> Path:
    """Write the matrix beside the other exports and say where; no file that is there is written over.

    Raises BadInput where the place cannot be written.
    """
    data = matrix_bytes(compared, format, totals=totals)
    names = ("" if number == 1 else f"-{number}" for number in count(1))
    target = next(file for name in names if not (file := default_file(study, f"matrix{name}.{format}")).exists())
    with replacing(target) as stream:
        stream.write(data)
    return target
