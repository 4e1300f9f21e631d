"""`quotes`: how the words of codings may read in a report: translated, paraphrased, trimmed."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.groups import ListingGroup
from qualcode.cli.output import emit, output_options, say
from qualcode.cli.records import short_id
from qualcode.domain.tabular import Table
from qualcode.errors import N_
from qualcode.i18n import _

_KINDS = ("translation", "paraphrase", "trimmed")


@click.group("quotes", cls=ListingGroup, help=N_("Say how quotes may read in a report: translated, trimmed."))
def quotes_command() -> None:
    """Renderings of quotes."""


@quotes_command.command("list", help=N_("List renderings: all, or those of one coding."))
@click.argument("coding", required=False)
@click.option("--document", metavar="ID", help=N_("Only of this document."))
@output_options
@pass_invocation
def list_quotes(
    invocation: Invocation, coding: str | None, document: str | None, format: str, output: Path | None
) -> None:
    """A row for each rendering."""
    from qualcode.services import quotes

    study = invocation.open_study()
    found = quotes.of_coding(study, coding) if coding else quotes.listing(study, document)
    rows = [
        (short_id(item.uid, format), short_id(item.coding, format), item.kind, item.language, item.coder, item.text)
        for item in found
    ]
    headers = ("rendering_id", "coding_id", "kind", "language", "coder", "text")
    labels = (_("Id"), _("Coding"), _("Kind"), _("Language"), _("Coder"), _("Text"))
    emit(
        Table(headers, rows, labels=labels, free_text=frozenset({"coder", "text"})), format, output, whole=("text",)
    )


@quotes_command.command("set", help=N_("Give the words of a coding in one kind and language, or change them."))
@click.argument("coding")
@click.argument("text")
@click.option("--kind", type=click.Choice(_KINDS), default="translation", help=N_("Default: translation."))
@click.option("--language", metavar="TAG", required=True, help=N_("The language of the text."))
@pass_invocation
def set_quote(invocation: Invocation, coding: str, text: str, kind: str, language: str) -> None:
    """Add a rendering, or set the text of the one there is."""
    from qualcode.domain.rendering import RenderingKind
    from qualcode.services import quotes

    study = invocation.open_study()
    known = [item for item in quotes.of_coding(study, coding) if (item.kind, item.language) == (kind, language)]
    if known:
        stored = quotes.edit(study, known[-1].uid, text)
    else:
        stored = quotes.add(study, coding, RenderingKind(kind), language, text)
    say(_("Kept as {id}.").format(id=short_id(stored.uid)))


@quotes_command.command("remove", help=N_("Remove renderings by their ids."))
@click.argument("ids", nargs=-1, required=True)
@pass_invocation
def remove(invocation: Invocation, ids: tuple[str, ...]) -> None:
    """Delete renderings."""
    from qualcode.services import quotes

    study = invocation.open_study()
    for uid in ids:
        quotes.remove(study, uid)
    say(_("Removed: {count}. `qualcode undo` brings them back.").format(count=len(ids)))
