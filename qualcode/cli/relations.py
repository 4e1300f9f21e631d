"""`relate` and `relations`: linking two codings, listing, removing and importing links."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.groups import ListingGroup
from qualcode.cli.localised import Command
from qualcode.cli.output import emit, note, output_options, say
from qualcode.cli.progress import reporter
from qualcode.cli.records import short_id
from qualcode.domain.tabular import Table
from qualcode.errors import N_
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.domain.relation import PlacedRelation
    from qualcode.services.study import Study


@click.command(
    "relate",
    cls=Command,
    help=N_(
        "Link two codings by a type of relation.\n\n"
        "SOURCE and TARGET are ids of codings (eight characters do), TYPE a relation type of the codebook."
    ),
)
@click.argument("source")
@click.argument("type")
@click.argument("target")
@click.option(
    "--quote", type=(str, int, int), metavar="DOC START END", help=N_("Where the link is said: characters from 0.")
)
@click.option("--case", metavar="ID", help=N_("The relation's own case."))
@click.option("--contradicts", is_flag=True, help=N_("The quote denies the link."))
@click.option("--analyst", is_flag=True, help=N_("Nobody says it: the researcher reads it there."))
@pass_invocation
def relate_command(
    invocation: Invocation,
    source: str,
    type: str,
    target: str,
    quote: tuple[str, int, int] | None,
    case: str | None,
    contradicts: bool,
    analyst: bool,
) -> None:
    """Store one relation."""
    from qualcode.domain.relation import Claimant, Stance
    from qualcode.domain.span import Span
    from qualcode.services import relations

    study = invocation.open_study()
    place = (quote[0], Span(quote[1], quote[2])) if quote else None
    found, is_new = relations.relate(
        study,
        source,
        type,
        target,
        quote=place,
        case=case,
        stance=Stance.CONTRADICTS if contradicts else Stance.STATES,
        claimed_by=Claimant.ANALYST if analyst else Claimant.INFORMANT,
    )
    told = _("Related as {id}.") if is_new else _("That relation was there already: {id}.")
    say(told.format(id=short_id(found.relation.uid)))


@click.group("relations", cls=ListingGroup, help=N_("List and import relations."))
def relations_command() -> None:
    """The relations of the study."""


@relations_command.command("list", help=N_("List relations, in order of their quotes."))
@click.option("--type", metavar="TYPE", help=N_("Only of this type."))
@click.option("--document", metavar="ID", help=N_("Only those whose quote lies in this document."))
@click.option("--case", metavar="ID", help=N_("Only of this case."))
@output_options
@pass_invocation
def list_relations(
    invocation: Invocation,
    type: str | None,
    document: str | None,
    case: str | None,
    format: str,
    output: Path | None,
) -> None:
    """A row for each relation."""
    from qualcode.services import relations

    study = invocation.open_study()
    chosen = [
        item
        for item in relations.listing(study)
        if type in (None, item.relation.type)
        and document in (None, item.relation.document)
        and case in (None, item.case)
    ]
    emit(_listed(study, chosen, format), format, output)


@relations_command.command("remove", help=N_("Remove relations by their ids."))
@click.argument("ids", nargs=-1, required=True)
@pass_invocation
def remove(invocation: Invocation, ids: tuple[str, ...]) -> None:
    """Delete relations."""
    from qualcode.services import relations

    study = invocation.open_study()
    for uid in ids:
        relations.remove(study, uid)
    say(_("Removed: {count}. `qualcode undo` brings them back.").format(count=len(ids)))


@relations_command.command("import", help=N_("Store the relations of a CSV file."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--raw", is_flag=True, help=N_("Take free text as it stands, without taking a formula guard off."))
@pass_invocation
def import_(invocation: Invocation, file: Path, raw: bool) -> int:
    """Exit 1 where rows could not be stored, after storing the rest."""
    from qualcode.services.relation_import import import_relations

    study = invocation.open_study()
    with reporter() as report:
        result = import_relations(study, file, raw=raw, report=report)
    say(_("{new} new, {known} known already.").format(new=result.new, known=result.known))
    for row in result.listed:
        note(_("{file}, line {line}: {reason}").format(file=file.name, line=row.line, reason=row.reason.render(_)))
    return 1 if result.listed else 0


def _listed(study: Study, found: list[PlacedRelation], format: str) -> Table:
    from qualcode.services.exporting import relations_table

    if format != "table":
        return relations_table(study, found)
    codebook, language = study.codebook, study.language
    names = {kind.id: kind.names.get(language) or kind.id for kind in codebook.relation_types}
    rows = [
        (
            short_id(item.relation.uid),
            item.case,
            item.informant,
            codebook[item.source.coding.code].name(language) if item.source.coding.code else "",
            names[item.relation.type] + (" ✗" if item.relation.stance == "contradicts" else ""),
            codebook[item.target.coding.code].name(language) if item.target.coding.code else "",
            item.relation.anchor.exact,
        )
        for item in found
    ]
    labels = (_("Id"), _("Case"), _("Informant"), _("Source"), _("Relation"), _("Target"), _("Quote"))
    return Table(("id", "case", "informant", "source", "relation", "target", "quote"), rows, labels=labels)
