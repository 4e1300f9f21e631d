"""`demo`: the sample study, built and worked through, with what was found and what to open next."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.localised import Command
from qualcode.cli.output import emit, say
from qualcode.cli.progress import reporter
from qualcode.errors import N_
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.services.demo import Demo

_FOLDER = Path("qualcode-demo")


@click.command(
    "demo",
    cls=Command,
    help=N_(
        "Build the sample study, do the whole job on it, and say where to look.\n\n"
        "Twelve invented interviews in three invented cases; no study's data. DIR is made where it is missing."
    ),
)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
def demo_command(folder: Path | None) -> None:
    """Run the demo."""
    from qualcode.services import demo

    with reporter() as report:
        done = demo.run(folder or _FOLDER, report=report)
    _tell(done)


def _tell(done: Demo) -> None:
    from qualcode.reporting.tables import readable_matrix_table

    coders = sorted({segment.coding.coder for segment in done.segments})
    facts = _("{documents} invented interviews, {words} words, in {cases} cases.")
    words = sum(document.words for document in done.documents)
    cases = {case for document in done.documents for case in document.cases}
    say(facts.format(documents=len(done.documents), words=words, cases=len(cases)))
    facts = _("{codings} codings by {coders}, {relations} relations, {suggestions} suggestions.")
    say(
        facts.format(
            codings=len(done.segments),
            coders=_(" and ").join(coders),
            relations=done.relations,
            suggestions=done.suggestions,
        )
    )
    say("")
    say(_("How many informants speak of each barrier, by case:"))
    emit(readable_matrix_table(done.barriers.matrix))
    say("")
    say(_("Written:"))
    for path in done.written:
        say(f"  {_short(path)}")
    say("")
    say(_("Open next:"))
    folder = _short(done.folder)
    _next(_short(done.written[-1]), _("in a browser: every number opens its quotes"))
    _next(f"qualcode --study {folder} open", _("the desk, to read and code"))
    _next(f"qualcode --study {folder} matrix --rows side --columns theme", _("another cut of the same codings"))


def _next(what: str, why: str) -> None:
    say(f"  {what}")
    say(f"      {why}")


def _short(path: Path) -> str:
    """As one would type it from here."""
    relative = os.path.relpath(path)
    return str(path) if relative.startswith("..") else relative
