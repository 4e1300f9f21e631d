"""`cases`, `informants`, `organisations`, `coders`: listing, adding, describing, renaming, removing.

The first three are one group each, made by the same function: they differ in what they list, not in how it is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.groups import ListingGroup
from qualcode.cli.output import emit, note, output_options, say
from qualcode.cli.people_tables import importable, record, summary
from qualcode.cli.records import assignments, emit_record
from qualcode.domain.codebook import Entity
from qualcode.domain.tabular import Table
from qualcode.errors import N_
from qualcode.i18n import _, ngettext

if TYPE_CHECKING:
    from qualcode.services.study import Study


def _group(name: str, entity: Entity, helps: dict[str, str]) -> click.Group:
    """The group of one kind of thing. `helps`: command -> its help, and under "" that of the group."""

    @click.group(name, cls=ListingGroup, help=helps[""])
    def group() -> None: ...

    @group.command("list", help=helps["list"])
    @output_options
    @pass_invocation
    def list_all(invocation: Invocation, format: str, output: Path | None) -> None:
        study = invocation.open_study()
        table = summary(study, entity) if format == "table" else importable(study, entity)
        emit(table, format, output)

    @group.command("show", help=helps["show"])
    @click.argument("key", metavar="ID")
    @output_options
    @pass_invocation
    def show(invocation: Invocation, key: str, format: str, output: Path | None) -> None:
        emit_record(record(invocation.open_study(), entity, key), format, output)

    @group.command("add", help=helps["add"])
    @click.argument("key", metavar="ID")
    @click.argument("values", nargs=-1, metavar="[KEY=VALUE]...")
    @pass_invocation
    def add(invocation: Invocation, key: str, values: tuple[str, ...]) -> None:
        from qualcode.services import people

        people.add(invocation.open_study(), entity, key, assignments(values))
        say(_("{id} is added.").format(id=key))

    @group.command("set", help=helps["set"])
    @click.argument("key", metavar="ID")
    @click.argument("values", nargs=-1, required=True, metavar="KEY=VALUE...")
    @pass_invocation
    def set_values(invocation: Invocation, key: str, values: tuple[str, ...]) -> None:
        from qualcode.services import people

        people.edit(invocation.open_study(), entity, key, assignments(values))
        say(_("{id} is described.").format(id=key))

    @group.command("rename", help=helps["rename"])
    @click.argument("key", metavar="ID")
    @click.argument("to", metavar="NEW-ID")
    @pass_invocation
    def rename(invocation: Invocation, key: str, to: str) -> None:
        from qualcode.services import people

        people.rename(invocation.open_study(), entity, key, to)
        say(_("{id} is now {to}.").format(id=key, to=to))

    @group.command("remove", help=helps["remove"])
    @click.argument("key", metavar="ID")
    @pass_invocation
    def remove(invocation: Invocation, key: str) -> None:
        from qualcode.services import people

        study = invocation.open_study()
        people.require(study, entity, key)
        for line in _losses(study, entity, key):
            note(line)
        people.remove(study, entity, key)
        say(_("{id} is removed; `qualcode undo` brings it back.").format(id=key))

    @group.command("import", help=helps["import"])
    @click.argument("file", metavar="FILE.csv", type=click.Path(path_type=Path))
    @pass_invocation
    def import_table(invocation: Invocation, file: Path) -> None:
        from qualcode.services import people

        done = people.import_table(invocation.open_study(), entity, file)
        say(_("{file}: {rows} described, {new} of them new.").format(file=file.name, rows=done.rows, new=done.new))

    return group


def _losses(study: Study, entity: Entity, key: str) -> Sequence[str]:
    """What goes with the thing, in lines to be said before it is removed."""
    from qualcode.services import membership

    lost = membership.losses(study, entity, key)
    if lost.members:
        return [_("Without an organisation then: {ids}").format(ids=", ".join(lost.members))]
    ids = ", ".join(lost.documents)
    lines = [_("{id} goes from the documents {ids}.").format(id=key, ids=ids)] if ids else []
    if entity is Entity.INFORMANT:
        said = ngettext("{n} coding loses its informant.", "{n} codings lose their informant.", lost.codings)
    else:
        said = ngettext("{n} coding loses its case.", "{n} codings lose their case.", lost.codings)
    return [*lines, said.format(n=lost.codings)] if lost.codings else lines


cases_command = _group(
    "cases",
    Entity.CASE,
    {
        "": N_("List, add and describe cases."),
        "list": N_("List the cases. As CSV: what `import` takes."),
        "show": N_("Show one case."),
        "add": N_("Add a case.\n\nKEY=VALUE: `title` or an attribute; `|` joins several values."),
        "set": N_("Describe a case.\n\nKEY=VALUE: `title` or an attribute; `-` clears, `|` joins several values."),
        "rename": N_("Give a case another id."),
        "remove": N_("Remove a case, having said which codings lose it."),
        "import": N_("Add and describe cases by a table whose first column is `id`: all rows or none."),
    },
)
informants_command = _group(
    "informants",
    Entity.INFORMANT,
    {
        "": N_("List, add and describe informants."),
        "list": N_("List the informants. As CSV: what `import` takes."),
        "show": N_("Show one informant."),
        "add": N_(
            "Add an informant.\n\nKEY=VALUE: `title`, `kind` (person or document), `organisation` or an attribute."
        ),
        "set": N_(
            "Describe an informant.\n\nKEY=VALUE: `title`, `kind`, `organisation` or an attribute; `-` clears."
        ),
        "rename": N_("Give an informant another id."),
        "remove": N_("Remove an informant, having said which codings lose theirs."),
        "import": N_("Add and describe informants by a table whose first column is `id`: all rows or none."),
    },
)
organisations_command = _group(
    "organisations",
    Entity.ORGANISATION,
    {
        "": N_("List, add and describe organisations."),
        "list": N_("List the organisations. As CSV: what `import` takes."),
        "show": N_("Show one organisation."),
        "add": N_("Add an organisation.\n\nKEY=VALUE: `title` or an attribute."),
        "set": N_("Describe an organisation.\n\nKEY=VALUE: `title` or an attribute; `-` clears."),
        "rename": N_("Give an organisation another id."),
        "remove": N_("Remove an organisation, having said which informants lose it."),
        "import": N_("Add and describe organisations by a table whose first column is `id`: all rows or none."),
    },
)


@click.group("coders", cls=ListingGroup, help=N_("List and add coders."))
def coders_command() -> None:
    """The coders of the study."""


@coders_command.command("list", help=N_("List the coders."))
@output_options
@pass_invocation
def list_coders(invocation: Invocation, format: str, output: Path | None) -> None:
    """A row for each coder."""
    from qualcode.services import people

    rows = [(coder.name, coder.active) for coder in people.coders(invocation.open_study())]
    table = Table(("coder", "active"), rows, labels=(_("Coder"), _("Active")), free_text=frozenset({"coder"}))
    emit(table, format, output)


@coders_command.command("add", help=N_("Add a coder, or make one active again."))
@click.argument("name")
@pass_invocation
def add_coder(invocation: Invocation, name: str) -> None:
    """Add one coder."""
    from qualcode.services import people

    people.add_coder(invocation.open_study(), name)
    say(_("The coder {name} is added.").format(name=name))


@coders_command.command("rename", help=N_("Give a coder another name."))
@click.argument("name")
@click.argument("to", metavar="NEW-NAME")
@pass_invocation
def rename_coder(invocation: Invocation, name: str, to: str) -> None:
    """Rename one coder."""
    from qualcode.services import people

    people.rename_coder(invocation.open_study(), name, to)
    say(_("{id} is now {to}.").format(id=name, to=to))


@coders_command.command("remove", help=N_("Remove a coder; one with work is only made inactive."))
@click.argument("name")
@pass_invocation
def remove_coder(invocation: Invocation, name: str) -> None:
    """Remove one coder."""
    from qualcode.services import people

    kept = people.remove_coder(invocation.open_study(), name)
    if kept:
        say(_("{name} has work in the study, which stays; the coder is inactive now.").format(name=name))
    else:
        say(_("The coder {name} is removed.").format(name=name))
