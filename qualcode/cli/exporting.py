"""`export`: tables of codings and relations, and the codebook, as files."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.localised import Group
from qualcode.cli.output import note
from qualcode.cli.synthesis import matrix_command
from qualcode.errors import N_
from qualcode.files import replacing
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.domain.tabular import Streamed, Table
    from qualcode.services.study import Study

STDOUT = Path("-")

to_file = click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=N_("The file; else one in the study's exports folder. `-` is standard output."),
)
in_dialect = click.option(
    "--dialect",
    type=click.Choice(["rfc4180", "excel-nb"]),
    default="rfc4180",
    help=N_("excel-nb: semicolons and a byte order mark, for Excel in Norwegian."),
)
as_is = click.option("--raw", is_flag=True, help=N_("Write free text without the guard against formulas."))


@click.group("export", cls=Group, help=N_("Write codings, relations and the codebook to files."))
def export_command() -> None:
    """The exports."""


@export_command.command("segments", help=N_("Coded segments as CSV, one row per coding."))
@to_file
@in_dialect
@as_is
@click.option("--unplaced", is_flag=True, help=N_("Only the codings whose place is not certain."))
@click.option("--where", multiple=True, metavar="QUERY", help=N_("Only these, as in `matrix --where`."))
@pass_invocation
def export_segments(
    invocation: Invocation,
    output: Path | None,
    dialect: str,
    raw: bool,
    unplaced: bool,
    where: tuple[str, ...],
) -> None:
    """Write the segments CSV."""
    from qualcode.services import exporting

    study = invocation.open_study()
    table = exporting.segments_table(study, where, placed=not unplaced)
    _write(study, table, output, "segments.csv", dialect, raw=raw)
    left_out = 0 if unplaced else exporting.unplaced_count(study)
    if left_out:
        told = _("Codings left out since their place is not certain: {count} (`--unplaced` writes them).")
        note(told.format(count=left_out))


@export_command.command("relations", help=N_("Relations as CSV, with where both ends lie."))
@to_file
@in_dialect
@as_is
@pass_invocation
def export_relations(invocation: Invocation, output: Path | None, dialect: str, raw: bool) -> None:
    """Write the relations CSV."""
    from qualcode.services import exporting

    study = invocation.open_study()
    _write(study, exporting.relations_table(study), output, "relations.csv", dialect, raw=raw)


@export_command.command("codebook", help=N_("The codebook as YAML."))
@to_file
@pass_invocation
def export_codebook(invocation: Invocation, output: Path | None) -> None:
    """Write the codebook's file."""
    from qualcode.services import codebooks, exporting

    study = invocation.open_study()
    content = codebooks.as_file(study)
    target = output or exporting.default_file(study, f"{study.codebook.id or 'codebook'}.yaml")
    with _opened(target) as stream:
        stream.write(content)
    _told(target, len(study.codebook.codes))


export_command.add_command(matrix_command, "matrix")


def _write(
    study: Study, table: Table | Streamed, output: Path | None, name: str, dialect: str, *, raw: bool
) -> None:
    from qualcode.reporting.csv_table import EXCEL_NB, RFC_4180, write_csv
    from qualcode.services import exporting

    target = output or exporting.default_file(study, name)
    with _opened(target) as stream:
        count = write_csv(table, stream, EXCEL_NB if dialect == "excel-nb" else RFC_4180, raw=raw)
    _told(target, count)


def _opened(target: Path) -> AbstractContextManager[BinaryIO]:
    return nullcontext(sys.stdout.buffer) if target == STDOUT else replacing(target)


def _told(target: Path, count: int) -> None:
    if target != STDOUT:
        note(_("Rows written to {file}: {count}.").format(count=count, file=target))
