"""`matrix` and `cooccurrence`: the study's codings as tables and pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.localised import Command
from qualcode.cli.output import FORMATS, emit, exceeds_terminal, format_of, in_format, note, say, to_file, write
from qualcode.domain.matrix import CellKind
from qualcode.errors import N_
from qualcode.i18n import _, ngettext
from qualcode.reporting.tables import (
    cooccurrence_table,
    matrix_table,
    readable_cooccurrence_table,
    readable_matrix_table,
)

if TYPE_CHECKING:
    from qualcode.services.synthesis import Compared, Met

PAGES = ("md", "html", "xlsx")
_ONLY_INTO_FILES = ("html", "xlsx")
SUMMARY = "summary"
"""What a cell of the framework grid says: no count of its codings, but words somebody wrote about them."""
F = TypeVar("F", bound=Callable[..., Any])


def _chosen(command: F) -> F:
    """The options that say which codings a table counts."""
    where = click.option(
        "--where",
        multiple=True,
        metavar="QUERY",
        help=N_("Only codings that the query chooses, as FIELD=VALUE or @NAME; may be given several times."),
    )
    exact = click.option("--exact", is_flag=True, help=N_("Codes alone, without those below them."))
    work_of = click.option(
        "--coder", "--work-of", "work_of", metavar="NAME", help=N_("Only the codings of this coder.")
    )
    return where(exact(work_of(to_file(command))))


@click.command("matrix", cls=Command, help=N_("Compare cases, informants or sides across codes."))
@click.option(
    "--rows",
    default="case",
    show_default=True,
    metavar="FIELD",
    help=N_("case, informant, side, phase or any other field."),
)
@click.option(
    "--columns",
    default="family",
    show_default=True,
    metavar="family|code|theme|ID,ID...",
    help=N_("What stands across: families, codes, themes, or some of them by id."),
)
@click.option(
    "--cell",
    type=click.Choice([*(kind.value for kind in CellKind), SUMMARY]),
    default=CellKind.INFORMANTS.value,
    show_default=True,
    help=N_("What each cell shows."),
)
@_chosen
@click.option("--transpose", is_flag=True, help=N_("Exchange rows and columns."))
@click.option("--totals/--no-totals", default=True, help=N_("With or without totals."))
@in_format(*FORMATS, *PAGES)
@pass_invocation
def matrix_command(
    invocation: Invocation,
    rows: str,
    columns: str,
    cell: str,
    where: tuple[str, ...],
    exact: bool,
    work_of: str | None,
    output: Path | None,
    transpose: bool,
    totals: bool,
    format: str | None,
) -> None:
    """Print or write the matrix of the study's codings."""
    written = format_of(format, output, (*FORMATS, *PAGES))
    if written in _ONLY_INTO_FILES and output is None:
        raise click.UsageError(_("A page in {format} needs a file: -o FILE.").format(format=written))
    if cell == SUMMARY:
        _refuse_narrowing(rows, bool(where or exact or work_of), written)
    study = invocation.open_study()
    if cell == SUMMARY:
        from qualcode.cli.grid import print_grid

        print_grid(study, rows, columns, written, output, transpose=transpose)
        return
    from qualcode.services import synthesis

    compared = synthesis.matrix(
        study,
        rows,
        columns,
        kind=CellKind(cell),
        where=where,
        exact=exact,
        work_of=work_of,
        transpose=transpose,
    )
    if written in PAGES:
        write(_page(compared, written, totals), output)
    else:
        _print(compared, written, output, totals)


def _refuse_narrowing(rows: str, narrowed: bool, format: str) -> None:
    """A summary was written over all the codings of its cell: under a filter it would vouch for some of them."""
    if narrowed:
        raise click.UsageError(_("Summaries stand for whole cells: without --where, --exact and --coder."))
    if rows not in ("case", "informant"):
        raise click.UsageError(_("Summaries are written of cases and informants: --rows case or informant."))
    if format == "xlsx":
        raise click.UsageError(_("Summaries are written as {formats}.").format(formats="csv, json, md, html"))


def _page(compared: Compared, format: str, totals: bool) -> bytes:
    from qualcode.reporting.markdown import matrix_markdown
    from qualcode.reporting.matrix_page import matrix_html
    from qualcode.reporting.xlsx import matrix_xlsx

    parts = (compared.matrix, compared.kind, compared.heading, compared.quotes)
    if format == "md":
        return matrix_markdown(*parts, totals=totals).encode()
    return matrix_html(*parts, totals=totals) if format == "html" else matrix_xlsx(*parts, totals=totals)


def _print(compared: Compared, format: str, output: Path | None, totals: bool) -> None:
    """The table, with what it leaves out: under a table on the screen, else on stderr, out of the data's way."""
    from qualcode.reporting.heading import facts, reading_notes, stamp

    quotes = compared.quotes if compared.kind is CellKind.QUOTES else None
    on_screen = format == "table" and output is None
    made = readable_matrix_table if format == "table" else matrix_table
    table = made(compared.matrix, compared.kind, quotes=quotes, title=compared.heading.title, totals=totals)
    labels = table.headers[:1]
    emit(table, format, output, whole=labels)
    tell = say if on_screen else note
    if on_screen:
        say("")
    for fact in facts(compared.matrix, compared.kind, compared.heading)[1:]:
        tell(f"{fact.label}: {fact.text}")
    if compared.heading.privacy:
        tell(stamp(compared.heading))
    if on_screen:
        say(reading_notes()[0])
        if exceeds_terminal(table, whole=labels):
            note(_("Too wide for this window: try --transpose, or write a page with -o FILE.html."))


@click.command("cooccurrence", cls=Command, help=N_("Count which codes stand together."))
@click.option(
    "--unit",
    default="overlap",
    show_default=True,
    metavar="span|overlap|sentence|turn|near:K|document|informant",
    help=N_("What two codes must share to stand together."),
)
@click.option(
    "--columns",
    default="code",
    show_default=True,
    metavar="family|code|theme|ID,ID...",
    help=N_("What is paired: families, codes, themes, or some of them by id."),
)
@_chosen
@click.option("--all", "every", is_flag=True, help=N_("Pairs that never meet too."))
@in_format(*FORMATS)
@pass_invocation
def cooccurrence_command(
    invocation: Invocation,
    unit: str,
    columns: str,
    where: tuple[str, ...],
    exact: bool,
    work_of: str | None,
    output: Path | None,
    every: bool,
    format: str | None,
) -> None:
    """Print the pairs that meet, the most frequent first."""
    written = format_of(format, output, FORMATS)
    study = invocation.open_study()
    from qualcode.services import synthesis

    met = synthesis.meetings(study, unit, columns, where=where, exact=exact, work_of=work_of)
    made = readable_cooccurrence_table if written == "table" else cooccurrence_table
    emit(made(met.result, title=met.heading.title, met_only=not every), written, output)
    _tell_meetings(met, say if written == "table" and output is None else note)


def _tell_meetings(met: Met, tell: Callable[[str], None]) -> None:
    result = met.result
    together = [pair for pair in result.pairs if pair.joint.n12]
    if tell is say:
        say("")
    tell(_("Coders: {names}").format(names=", ".join(result.coders) or _("nobody has coded here")))
    tell(_("Filter: {filter}").format(filter=met.heading.filter or _("none")))
    tell(_("Units: {n}").format(n=result.units))
    if result.without_unit:
        outside = ngettext("{n} place lies in no unit", "{n} places lie in no unit", result.without_unit)
        tell(outside.format(n=result.without_unit))
    if not together:
        tell(_("No two of these stand together."))
    skewed = sum(pair.joint.skewed for pair in together)
    if skewed:
        warning = ngettext(
            "Warning: in {n} pair (!) one is more than five times as frequent as the other; read overlap, not c.",
            "Warning: in {n} pairs (!) one is more than five times as frequent as the other; read overlap, not c.",
            skewed,
        )
        note(warning.format(n=skewed))
    if any(pair.joint.repeated for pair in together):
        note(_("Warning: where places meet repeatedly, counts stand, but no coefficient is defined."))
