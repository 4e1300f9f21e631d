"""`search`: words in the transcripts with what stands around them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.localised import Command
from qualcode.cli.output import emit, note, output_options, terminal_width_cells, write
from qualcode.domain.inert import inert
from qualcode.domain.tabular import Table
from qualcode.errors import N_
from qualcode.i18n import _, ngettext

if TYPE_CHECKING:
    from qualcode.services.searching import Hit

_CONTEXT_CHARS = 40
_LEAST_CONTEXT_CHARS = 12
_LONGEST_HIT_CHARS = 24


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
@click.option("--document", "documents", multiple=True, metavar="ID", help=N_("Only in this document."))
@click.option("--case", "cases", multiple=True, metavar="ID", help=N_("Only in documents of this case."))
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
    if format != "table":
        emit(_for_programs(found), format, output)
        return
    if found:
        fits = context is None and output is None and sys.stdout.isatty()
        lines = _lines(found, _room(found) if fits else (context or _CONTEXT_CHARS))
        write(("\n".join(map(inert, lines)) + "\n").encode(), output)
    note(_spread(found))


def _spread(found: Sequence[Hit]) -> str:
    if not found:
        return _("Nothing found.")
    inside = len({hit.document for hit in found})
    where = ngettext("{n} document", "{n} documents", inside).format(n=inside)
    return ngettext("{n} hit in {documents}", "{n} hits in {documents}", len(found)).format(
        n=len(found), documents=where
    )


def _room(found: Sequence[Hit]) -> int:
    """Characters on each side for which a line still fits the terminal."""
    longest = min(max(len(hit.words) for hit in found), _LONGEST_HIT_CHARS)
    room = (terminal_width_cells() - sum(_widths(found)) - 2 * (len(_widths(found)) + 1) - longest - 2) // 2
    return max(_LEAST_CONTEXT_CHARS, min(room, _CONTEXT_CHARS))


def _widths(found: Sequence[Hit]) -> list[int]:
    return [max(map(len, column)) for column in zip(*map(_place, found), strict=True)]


def _place(hit: Hit) -> tuple[str, ...]:
    return (str(hit.turn or ""), hit.speaker, str(hit.span.start))


def _lines(found: Sequence[Hit], room: int) -> Iterator[str]:
    """Per document its hits one below the other: turn, speaker, offset, the words in context; then their codes."""
    turn_chars, speaker_chars, start_chars = _widths(found)
    for document, hits in groupby(found, lambda hit: hit.document):
        yield document
        for hit in hits:
            turn, speaker, start = _place(hit)
            place = f"  {turn:>{turn_chars}}  {speaker:<{speaker_chars}}  {start:>{start_chars}}  "
            before = hit.before[max(0, len(hit.before) - room) :]
            yield f"{place}{before:>{room}}[{hit.words}]{hit.after[:room]}".replace("\n", " ").rstrip()
            if hit.codes:
                yield " " * (len(place) + room + 1) + ", ".join(hit.codes)


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
