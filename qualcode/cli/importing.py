"""`import` and `speakers`: transcripts come in, and each label is said to be somebody."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.groups import ListingGroup
from qualcode.cli.localised import Command
from qualcode.cli.output import emit, note, output_options, say
from qualcode.cli.progress import reporter
from qualcode.cli.records import assignments
from qualcode.domain.tabular import Table
from qualcode.errors import N_
from qualcode.i18n import _, ngettext

if TYPE_CHECKING:
    from qualcode.services.importing import Choices


@click.command(
    "import",
    cls=Command,
    help=N_(
        "Read transcripts into the study: files, or folders with all below them.\n\n"
        "Plain text, Markdown, Word, WebVTT and SubRip are read. A file that cannot be read is named with the "
        "reason, and the others are imported all the same. The same file again changes nothing."
    ),
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--id", "document", metavar="ID", help=N_("The document's id, for a single file."))
@click.option("--case", "cases", multiple=True, metavar="ID", help=N_("A case of the documents; repeat for more."))
@click.option("--informant", metavar="ID", help=N_("Who everybody but the interviewer is."))
@click.option(
    "--speaker",
    "speakers",
    multiple=True,
    metavar="LABEL=INFORMANT",
    help=N_("Who a label is: an informant's id, interviewer or none; repeat for more."),
)
@click.option("--language", metavar="TAG", help=N_("The language of the documents; else the study's."))
@click.option("--encoding", metavar="NAME", help=N_("How the text is encoded; else it is found out."))
@click.option(
    "--attributes",
    type=click.Path(path_type=Path),
    metavar="FILE.csv",
    help=N_("Describe the documents by a table whose first column is `id`."),
)
@click.option("--preview", is_flag=True, help=N_("Only show what would be read; nothing is stored."))
@output_options
@pass_invocation
def import_command(
    invocation: Invocation,
    paths: tuple[Path, ...],
    document: str | None,
    cases: tuple[str, ...],
    informant: str | None,
    speakers: tuple[str, ...],
    language: str | None,
    encoding: str | None,
    attributes: Path | None,
    preview: bool,
    format: str,
    output: Path | None,
) -> int:
    """Import, report each file, and exit 1 where one was refused."""
    from qualcode.services.importing import Choices

    choices = Choices(
        id=document,
        cases=cases,
        informant=informant,
        speakers=assignments(speakers),
        language=language,
        encoding=encoding,
    )
    if preview:
        return _preview(paths, choices, format, output)
    return _import(invocation, paths, choices, attributes, format, output)


def _import(
    invocation: Invocation,
    paths: Sequence[Path],
    choices: Choices,
    attributes: Path | None,
    format: str,
    output: Path | None,
) -> int:
    from qualcode.cli.import_report import complete_table, remark, report_table
    from qualcode.services import documents, importing

    study = invocation.open_study()
    if attributes is not None:
        documents.read_table(study, attributes)
    with reporter() as report:
        reports = importing.import_files(study, paths, choices, report=report)
    table = report_table(reports, paths) if format == "table" else complete_table(reports)
    emit(table, format, output)
    remark(reports, choices.speakers)
    if attributes is not None:
        described = documents.import_table(study, attributes)
        line = ngettext("{n} document described by {file}.", "{n} documents described by {file}.", described)
        note(line.format(n=described, file=attributes.name))
    return 1 if importing.refusals(reports) else 0


def _preview(paths: Sequence[Path], choices: Choices, format: str, output: Path | None) -> int:
    from qualcode.cli.import_report import preview_table, remark_on_preview
    from qualcode.services import importing

    with reporter() as report:
        previews = importing.preview(paths, choices, report=report)
    emit(preview_table(previews), format, output)
    remark_on_preview(previews)
    return 1 if any(item.refusal for item in previews) else 0


@click.group("speakers", cls=ListingGroup, help=N_("Say which informant each speaker label is."))
def speakers_command() -> None:
    """The labels of a document."""


@speakers_command.command("list", help=N_("List the labels of a document, and who they are."))
@click.argument("document", metavar="DOC")
@output_options
@pass_invocation
def list_speakers(invocation: Invocation, document: str, format: str, output: Path | None) -> None:
    """A row for each label."""
    from qualcode.domain.placing import WHOLE_DOCUMENT
    from qualcode.services import documents

    voices = documents.voices(invocation.open_study(), document)
    rows = [
        (
            voice.label,
            voice.speaker.role if voice.speaker else "",
            (voice.speaker.informant or "") if voice.speaker else "",
            voice.turns,
            voice.words,
        )
        for voice in voices
    ]
    headers = ("label", "role", "informant", "turns", "words")
    labels = (_("Label"), _("Is"), _("Informant"), _("Turns"), _("Words"))
    emit(Table(headers, rows, labels=labels, free_text=frozenset({"label"})), format, output)
    if [voice.label for voice in voices] == [WHOLE_DOCUMENT]:
        note(
            _('The document has no turns: `qualcode speakers map {document} "" INFORMANT` maps it whole.').format(
                document=document
            )
        )


@speakers_command.command(
    "map", help=N_("Say who a label is: an informant's id, interviewer, or none for nobody that counts.")
)
@click.argument("document", metavar="DOC")
@click.argument("label")
@click.argument("means", metavar="INFORMANT|interviewer|none")
@pass_invocation
def map_speaker(invocation: Invocation, document: str, label: str, means: str) -> None:
    """Map one label."""
    from qualcode.services import documents

    documents.map_speaker(invocation.open_study(), document, label, means)
    say(_("{label} of {document} is {means}.").format(label=label or _("All"), document=document, means=means))
