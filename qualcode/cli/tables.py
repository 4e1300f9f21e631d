"""`table`: the tables that the codebook of a study defines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.localised import Command
from qualcode.cli.output import FORMATS, emit, exceeds_terminal, format_of, in_format, note, say, to_file, write
from qualcode.domain.codebook import in_language
from qualcode.errors import N_
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.domain.tabular import Table
    from qualcode.services.study import Study
    from qualcode.services.tables import Patterned, Tabled

PAGES = ("md", "html")
LIST = "list"


@click.command(
    "table",
    cls=Command,
    help=N_(
        "Print a table that the codebook defines.\n\n"
        "TABLE is its id; `list` says which there are. CSV and JSON have a row for each cell, with the ids behind "
        "it."
    ),
)
@click.argument("table", metavar="list|TABLE")
@click.option(
    "--where",
    multiple=True,
    metavar="QUERY",
    help=N_("Only codings that the query chooses, as FIELD=VALUE or @NAME; may be given several times."),
)
@click.option("--coder", "--work-of", "work_of", metavar="NAME", help=N_("Only the codings of this coder."))
@to_file
@in_format(*FORMATS, *PAGES)
@pass_invocation
def table_command(
    invocation: Invocation,
    table: str,
    where: tuple[str, ...],
    work_of: str | None,
    output: Path | None,
    format: str | None,
) -> None:
    """Print or write one table, or the list of them."""
    from qualcode.services import tables

    study = invocation.open_study()
    written = format_of(format, output, (*FORMATS, *PAGES))
    if table.casefold() == LIST:
        _print_plain(_listed(study), written, output)
        return
    made = tables.make(study, table, where=where, work_of=work_of)
    if isinstance(made, tables.Tabled):
        _print(study, made, written, output)
    else:
        _print_patterns(made, written, output)


def _listed(study: Study) -> Table:
    from qualcode.domain.tabular import Table
    from qualcode.services import tables

    rows = [(item.id, item.name(study.language), str(item.kind), item.questions) for item in tables.listing(study)]
    labels = (_("Table"), _("Name"), _("Kind"), _("Questions"))
    return Table(("id", "name", "kind", "questions"), rows, labels=labels, free_text=frozenset({"name"}))


def _print_plain(table: Table, format: str, output: Path | None) -> None:
    from qualcode.reporting.heading import Heading
    from qualcode.reporting.markdown import table_markdown
    from qualcode.reporting.study_table_page import plain_page

    if format == "md":
        write(table_markdown(table).encode(), output)
    elif format == "html":
        write(plain_page(table, Heading("", table.title or _("Tables"))), output)
    else:
        emit(table, format, output)


def _print_patterns(made: Patterned, format: str, output: Path | None) -> None:
    from dataclasses import replace

    from qualcode.cli.patterns import cells_table

    as_read = "table" if format in PAGES else format
    table = replace(cells_table(made.scores, as_read), title=made.heading.title)
    _print_plain(table, format, output)
    if not made.scores:
        note(_("No patterns are registered: `qualcode patterns register FILE`."))


def _print(study: Study, made: Tabled, format: str, output: Path | None) -> None:
    if format in PAGES:
        write(_page(study, made, format), output)
        return
    from qualcode.reporting.heading import reading_notes, stamp
    from qualcode.reporting.study_table_facts import table_facts
    from qualcode.reporting.study_tables import readable_study_table, study_table

    on_screen = format == "table" and output is None
    if format == "table":
        table = readable_study_table(made.table, made.beside, _names(study), title=made.heading.title)
    else:
        table = study_table(made.table, made.beside)
    whole = table.headers[: len(made.table.row_axes)]
    emit(table, format, output, whole=whole)
    tell = say if on_screen else note
    if on_screen:
        say("")
    for fact in table_facts(made.table, made.heading)[1:]:
        tell(f"{fact.label}: {fact.text}")
    if made.heading.privacy:
        tell(stamp(made.heading))
    if on_screen:
        for line in (in_language(made.table.definition.note, made.language), reading_notes()[0]):
            say(line)
        if exceeds_terminal(table, whole=whole):
            note(_("Too wide for this window: write a page with -o FILE.html."))


def _page(study: Study, made: Tabled, format: str) -> bytes:
    from qualcode.reporting.study_table_page import Printed, study_table_html, study_table_markdown

    printed = Printed(
        made.table,
        made.beside,
        made.heading,
        made.quotes,
        made.relation_words,
        _names(study),
        in_language(made.table.definition.note, made.language),
    )
    return study_table_html(printed) if format == "html" else study_table_markdown(printed).encode()


def _names(study: Study) -> dict[str, str]:
    """Codes and relation types -> their names in the study's language."""
    codebook, language = study.codebook, study.language
    kinds = {kind.id: in_language(kind.names, language, kind.id) for kind in codebook.relation_types}
    return kinds | {code.id: code.name(language) for code in codebook.codes}
