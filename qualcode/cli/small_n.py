"""`checks`: how firmly a comparison of few cases stands."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.localised import Command
from qualcode.cli.output import FORMATS, emit, format_of, in_format, note, say
from qualcode.cli.synthesis import matrix_command
from qualcode.errors import N_

_OF_MATRIX = ("rows", "columns", "where", "exact", "work_of", "output")
"""The options that say what is compared: `matrix`'s own, so that the checks of a matrix are asked for like it."""


@click.command(
    "checks",
    cls=Command,
    params=[option for option in matrix_command.params if option.name in _OF_MATRIX],
    help=N_(
        "Show how firmly a comparison of few cases stands.\n\n"
        "Takes what `matrix` takes, and says of each column which rows rest on a single informant, how much one "
        "talkative informant weighs, what the order of the interviews does, and how likely luck is."
    ),
)
@in_format(*FORMATS)
@pass_invocation
def checks_command(
    invocation: Invocation,
    rows: str,
    columns: str,
    where: tuple[str, ...],
    exact: bool,
    work_of: str | None,
    output: Path | None,
    format: str | None,
) -> None:
    """A row for each column of the matrix."""
    written = format_of(format, output, FORMATS)
    study = invocation.open_study()
    from qualcode.reporting.check_tables import check_lines, checks_table, readable_checks_table
    from qualcode.reporting.heading import facts, stamp
    from qualcode.services import small_n

    checked = small_n.checks(study, rows, columns, where=where, exact=exact, work_of=work_of)
    compared = checked.compared
    matrix, title = compared.matrix, compared.heading.title
    if written == "table":
        table = readable_checks_table(checked.columns, len(matrix.rows), title=title)
    else:
        table = checks_table(checked.columns, title=title)
    emit(table, written, output, whole=table.headers[:1])
    tell = say if written == "table" and output is None else note
    if tell is say:
        say("")
    for fact in facts(matrix, compared.kind, compared.heading)[1:3]:
        tell(f"{fact.label}: {fact.text}")
    for line in check_lines(matrix, checked.columns, checked.luck, checked.heard):
        tell(line)
    if compared.heading.privacy:
        tell(stamp(compared.heading))
