"""`codings import`: codings from a CSV, with what could not be placed said row by row."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.localised import Command
from qualcode.cli.output import note, say
from qualcode.cli.progress import reporter
from qualcode.errors import N_
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.services.coding_import import CodingsImported, Listed

_SHOWN_WORDS = 60


@click.command(
    "import",
    cls=Command,
    help=N_(
        "Store the codings of a CSV file.\n\n"
        "Columns as in `export segments`; needed are document, text, and code_id or code. Quotes are placed by "
        "their words; start and end, or turn, choose among repeated ones."
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--new-coders", is_flag=True, help=N_("Add coders that the study does not know."))
@click.option("--raw", is_flag=True, help=N_("Take free text as it stands, without taking a formula guard off."))
@pass_invocation
def import_codings_command(invocation: Invocation, file: Path, new_coders: bool, raw: bool) -> int:
    """Exit 1 where quotes were not found or not placed, after storing the rest."""
    from qualcode.services.coding_import import import_codings

    study = invocation.open_study()
    with reporter() as report:
        result = import_codings(study, file, new_coders=new_coders, raw=raw, report=report)
    _tell(result, file.name)
    return 1 if result.missing or result.unplaced else 0


def _tell(result: CodingsImported, file: str) -> None:
    for row in result.nearly:
        _tell_row(file, row, _("placed where the words are nearly the same (ratio {ratio:.0f})"))
    for row in result.unplaced:
        _tell_row(file, row, _("stands in {places} places and is stored unplaced; give it a turn"))
    for row in result.missing:
        _tell_row(file, row, _("is not in the document and is not stored"))
    say(_("{new} codings stored, {known} known already.").format(new=result.new, known=result.known))


def _tell_row(file: str, row: Listed, told: str) -> None:
    words = row.text if len(row.text) <= _SHOWN_WORDS else row.text[: _SHOWN_WORDS - 1] + "…"
    place = _("{file}, line {line}, {document}").format(file=file, line=row.line, document=row.document)
    note(f"{place}: «{words}» " + told.format(ratio=row.ratio, places=row.places))
