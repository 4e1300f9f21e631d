"""`documents`: listing, showing and correcting them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.groups import ListingGroup
from qualcode.cli.output import emit, note, output_options, say
from qualcode.cli.records import assignments, emit_record
from qualcode.domain.codebook import Entity
from qualcode.domain.inert import inert_block
from qualcode.domain.people import Document, SpeakerRole
from qualcode.domain.tabular import Cell, Table
from qualcode.errors import N_, BadInput, NotFound
from qualcode.files import replacing
from qualcode.i18n import _, ngettext

if TYPE_CHECKING:
    from qualcode.services.study import Study


@click.group("documents", cls=ListingGroup, help=N_("List, show and correct documents."))
def documents_command() -> None:
    """The documents of the study."""


@documents_command.command("list", help=N_("List the documents, in order of import."))
@output_options
@pass_invocation
def list_documents(invocation: Invocation, format: str, output: Path | None) -> None:
    """A row for each document."""
    from qualcode.services import coding, documents

    study = invocation.open_study()
    codings = coding.counts_by_document(study)
    suggested = _open_suggestions(study)
    rows = [
        (
            *_named(item, format),
            item.cases,
            item.words,
            item.turns,
            codings.get(item.id, 0),
            None if suggested is None else suggested.get(item.id, 0),
        )
        for item in documents.listing(study)
    ]
    rest = ("cases", "words", "turns", "codings", "suggestions")
    if format == "table":
        labels = (_("Document"), _("Title"), _("Cases"), _("Words"), _("Turns"), _("Codings"), _("Suggested"))
        table = Table(("id", "title", *rest), rows, labels=labels)
    else:
        table = Table(("id", "title", "date", "language", *rest), rows, free_text=frozenset({"title"}))
    emit(table, format, output)


def _named(item: Document, format: str) -> tuple[str, ...]:
    """Date and language would leave a screen of 80 columns no room for ids; `show` has them."""
    return (item.id, item.title) if format == "table" else (item.id, item.title, item.date, item.language)


def _open_suggestions(study: Study) -> Mapping[str, int] | None:
    """Document -> suggestions that are open for who acts; None where nobody does, since a list needs nobody."""
    from qualcode.services import suggesting

    try:
        return suggesting.open_counts(study)
    except (BadInput, NotFound):
        return None


@documents_command.command(
    "show",
    help=N_(
        "Show one document.\n\nWith `--text`: exactly the text that the offsets of codings count in, nothing else."
    ),
)
@click.argument("document", metavar="ID")
@click.option("--text", "as_text", is_flag=True, help=N_("Print the text."))
@output_options
@pass_invocation
def show(invocation: Invocation, document: str, as_text: bool, format: str, output: Path | None) -> None:
    """The fields of a document, or its text."""
    study = invocation.open_study()
    if as_text:
        _print_text(study.text(document).text, output)
    else:
        emit_record(_record(study, document), format, output)


def _print_text(text: str, output: Path | None) -> None:
    """The stored text byte for byte; only a terminal gets symbols for what it would obey."""
    if output is not None:
        with replacing(output) as file:
            file.write(text.encode())
        note(_("{file} is written.").format(file=output))
        return
    stdout = sys.stdout.buffer
    stdout.write((inert_block(text) if stdout.isatty() else text).encode())
    stdout.flush()


def _record(study: Study, document: str) -> dict[str, Cell]:
    from qualcode.services import coding, documents
    from qualcode.services.attributes import settable

    item = documents.get(study, document)
    voices = documents.voices(study, document)
    informants = [voice.speaker.informant for voice in voices if voice.speaker and voice.speaker.informant]
    return {
        **_fields(item),
        "informants": tuple(dict.fromkeys(informants)),
        "interviewers": tuple(
            voice.label for voice in voices if voice.speaker and voice.speaker.role is SpeakerRole.INTERVIEWER
        ),
        "unmapped": tuple(voice.label or _("all") for voice in voices if voice.speaker is None),
        "codings": coding.counts_by_document(study).get(document, 0),
        **{name: item.attributes.get(name, ()) for name in settable(study.codebook, Entity.DOCUMENT)},
    }


def _fields(item: Document) -> dict[str, Cell]:
    return {
        "id": item.id,
        "title": item.title,
        "date": item.date,
        "language": item.language,
        "cases": item.cases,
        "version": item.version,
        "words": item.words,
        "turns": item.turns,
    }


@documents_command.command(
    "set",
    help=N_(
        "Describe a document.\n\n"
        "KEY=VALUE: `title`, `date`, `language`, `cases` or an attribute; `-` clears, `|` joins several values."
    ),
)
@click.argument("document", metavar="ID")
@click.argument("values", nargs=-1, required=True, metavar="KEY=VALUE...")
@pass_invocation
def set_values(invocation: Invocation, document: str, values: tuple[str, ...]) -> None:
    """Set fields and attributes."""
    from qualcode.services import documents

    documents.edit(invocation.open_study(), document, assignments(values))
    say(_("{id} is described.").format(id=document))


@documents_command.command("rename", help=N_("Give a document another id; its codings follow."))
@click.argument("document", metavar="ID")
@click.argument("to", metavar="NEW-ID")
@pass_invocation
def rename(invocation: Invocation, document: str, to: str) -> None:
    """Rename one document."""
    from qualcode.services import documents

    documents.rename(invocation.open_study(), document, to)
    say(_("{id} is now {to}.").format(id=document, to=to))


@documents_command.command("remove", help=N_("Remove a document: its codings stay, but count and export nowhere."))
@click.argument("document", metavar="ID")
@pass_invocation
def remove(invocation: Invocation, document: str) -> None:
    """Remove one document."""
    from qualcode.services import coding, documents

    study = invocation.open_study()
    documents.get(study, document)
    count = coding.counts_by_document(study).get(document, 0)
    if count:
        line = ngettext("{n} coding counts no longer.", "{n} codings count no longer.", count)
        note(line.format(n=count))
    documents.remove(study, document)
    say(_("{id} is removed; `qualcode undo`, or the same file again, brings it back.").format(id=document))


@documents_command.command(
    "import", help=N_("Describe documents by a table whose first column is `id`: all rows or none.")
)
@click.argument("file", metavar="FILE.csv", type=click.Path(path_type=Path))
@pass_invocation
def import_table(invocation: Invocation, file: Path) -> None:
    """Describe by a CSV."""
    from qualcode.services import documents

    count = documents.import_table(invocation.open_study(), file)
    line = ngettext("{n} document described by {file}.", "{n} documents described by {file}.", count)
    say(line.format(n=count, file=file.name))
