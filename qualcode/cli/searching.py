"""`search`: words in the transcripts with what stands around them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.localised import Command
from qualcode.cli.output import emit, note, output_options
from qualcode.domain.tabular import Table
from qualcode.errors import N_
from qualcode.i18n import _, ngettext

if TYPE_CHECKING:
    from qualcode.services.searching import Hit

_CONTEXT_CHARS = 40
_LEAST_CONTEXT_CHARS = 12


@click.command("search", cls=Command, help=N_("Find words in the transcripts, with what stands around them."))
@click.argument("text")
@click.option("--regex", is_flag=True, help=N_("TEXT is a regular expression."))
@click.option("--fuzzy", is_flag=True, help=N_("Find what resembles TEXT too: inflected, misspelt."))
@click.option(
    "--least",
    type=click.FloatRange(50, 100),
    default=80,
    show_default=True,
    help=N_("How much a fuzzy hit must resemble, of 100."),
)
@click.option("--document", "documents", multiple=True, metavar="DOC", help=N_("Only in this document."))
@click.option("--case", "cases", multiple=True, metavar="CASE", help=N_("Only in documents of this case."))
@click.option(
    "--speaker", "speakers", multiple=True, metavar="NAME", help=N_("Only words of this label or informant.")
)
@click.option(
    "--ignore-case/--match-case",
    default=None,
    help=N_("Letter case; else it matters only in an expression with a capital."),
)
@click.option("--context", type=click.IntRange(0, 1000), metavar="N", help=N_("Characters on each side of a hit."))
@output_options
@pass_invocation
def search_command(
    invocation: Invocation,
    text: str,
    regex: bool,
    fuzzy: bool,
    least: float,
    documents: tuple[str, ...],
    cases: tuple[str, ...],
    speakers: tuple[str, ...],
    ignore_case: bool | None,
    context: int | None,
    format: str,
    output: Path | None,
) -> None:
    """Print every hit in its context."""
    if regex and fuzzy:
        raise click.UsageError(_("--regex and --fuzzy exclude each other."))
    study = invocation.open_study()
    from qualcode.services import searching

    way = searching.Way.EXPRESSION if regex else searching.Way.NEAR if fuzzy else searching.Way.PHRASE
    found = searching.hits(
        study,
        text,
        way=way,
        in_documents=documents,
        in_cases=cases,
        by_speakers=speakers,
        ignore_case=ignore_case,
        least=least,
        context_chars=_CONTEXT_CHARS if context is None else context,
    )
    on_screen = format == "table" and output is None
    if on_screen and not found:
        note(_("Nothing found."))
        return
    if format == "table":
        emit(_in_context(found, _room(found) if on_screen and context is None else None), format, output)
        spread = ngettext("{n} hit in {documents}", "{n} hits in {documents}", len(found))
        inside = len({hit.document for hit in found})
        where = ngettext("{n} document", "{n} documents", inside).format(n=inside)
        note(spread.format(n=len(found), documents=where))
    else:
        emit(_for_programs(found), format, output)


def _room(found: Sequence[Hit]) -> int | None:
    """Characters on each side for which the hits themselves stay on a terminal; None: it is none."""
    if not sys.stdout.isatty():
        return None
    beside = sum(max(len(cell) for cell in column) + 2 for column in zip(*map(_place, found), strict=True))
    longest = min(max(len(hit.words) for hit in found), 2 * _LEAST_CONTEXT_CHARS)
    room = (shutil.get_terminal_size().columns - beside - longest - 2) // 2
    return max(_LEAST_CONTEXT_CHARS, min(room, _CONTEXT_CHARS))


def _place(hit: Hit) -> tuple[str, ...]:
    return (hit.document, str(hit.turn or ""), hit.speaker, str(hit.span.start))


def _in_context(found: Sequence[Hit], room: int | None) -> Table:
    """The words one below the other, between the text before and the text after."""
    width = max((len(hit.before) for hit in found), default=0) if room is None else room

    def words(hit: Hit) -> str:
        before = hit.before if room is None else hit.before[-room or len(hit.before) :]
        after = hit.after if room is None else hit.after[:room]
        return f"{before:>{width}}[{hit.words}]{after}".replace("\n", " ")

    return Table(
        headers=("document", "turn", "speaker", "start", "context", "codes"),
        rows=[(hit.document, hit.turn, hit.speaker, hit.span.start, words(hit), hit.codes) for hit in found],
        labels=(_("Document"), _("Turn"), _("Speaker"), _("From"), _("In context"), _("Codes")),
    )


def _for_programs(found: Sequence[Hit]) -> Table:
    return Table(
        headers=(
            *("document", "turn", "speaker", "informant", "start", "end", "before", "text", "after"),
            *("codes", "score"),
        ),
        rows=[
            (
                *(hit.document, hit.turn, hit.speaker, hit.informant, hit.span.start, hit.span.end),
                *(hit.before, hit.words, hit.after, hit.codes),
                None if hit.score is None else round(hit.score, 1),
            )
            for hit in found
        ],
        free_text=frozenset({"speaker", "before", "text", "after"}),
    )
