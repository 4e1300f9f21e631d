"""`query`: questions to the codings, kept under a name and run."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.coded import complete_table, screen_table
from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.groups import ListingGroup
from qualcode.cli.output import emit, note, output_options, say
from qualcode.cli.records import moment
from qualcode.domain.tabular import Table
from qualcode.errors import N_
from qualcode.i18n import _, ngettext


@click.group("query", cls=ListingGroup, help=N_("Save, list and run queries over the codings."))
def query_command() -> None:
    """The saved queries."""


@query_command.command("list", help=N_("The saved queries, by name."))
@output_options
@pass_invocation
def list_(invocation: Invocation, format: str, output: Path | None) -> None:
    """All saved queries."""
    from qualcode.services import queries

    found = queries.listing(invocation.open_study())
    rows = [(item.name, item.text, item.coder, moment(item.updated_at, format)) for item in found]
    labels = (_("Name"), _("Query"), _("Coder"), _("When"))
    table = Table(
        ("name", "query", "coder", "updated_at"), rows, labels=labels, free_text=frozenset({"query", "coder"})
    )
    emit(table, format, output, whole=("query",))


@query_command.command(
    "save",
    help=N_(
        "Keep a query under a name; one that has the name is replaced.\n\n"
        "Wherever a query is taken, @NAME stands for it. A theme may be a saved query, too."
    ),
)
@click.argument("name")
@click.argument("query")
@pass_invocation
def save(invocation: Invocation, name: str, query: str) -> None:
    """Save one query."""
    from qualcode.services import queries

    is_new = queries.save(invocation.open_study(), name, query)
    say(_("{name} is saved.").format(name=name) if is_new else _("{name} was that already.").format(name=name))


@query_command.command("run", help=N_("List the codings that a saved query, or one that is written here, chooses."))
@click.argument("query", metavar="NAME|QUERY")
@output_options
@pass_invocation
def run(invocation: Invocation, query: str, format: str, output: Path | None) -> None:
    """A row for each coding that is chosen, in order of document and place."""
    from qualcode.services import queries
    from qualcode.services.selecting import Selection, select

    study = invocation.open_study()
    segments = select(study, Selection(where=(queries.written(study, query),)))
    emit(screen_table(segments) if format == "table" else complete_table(study, segments), format, output)
    if format == "table":
        note(ngettext("{n} coding.", "{n} codings.", len(segments)).format(n=len(segments)))


@query_command.command("remove", help=N_("Forget a saved query. `qualcode undo` brings it back."))
@click.argument("name")
@pass_invocation
def remove(invocation: Invocation, name: str) -> None:
    """Remove one saved query."""
    from qualcode.services import queries

    queries.remove(invocation.open_study(), name)
    say(_("{name} is removed. `qualcode undo` brings it back.").format(name=name))
