"""`suggest`: let a suggester propose codes, list what is open, and decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple
from itertools import groupby
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

import click

from qualcode.cli.coded import say_coding
from qualcode.cli.coding import qualifier_option
from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.localised import Group
from qualcode.cli.output import emit, note, output_options, say
from qualcode.cli.progress import reporter
from qualcode.cli.qualifier_options import QualifiedCommand, asked_qualifiers
from qualcode.domain.span import Span, quote
from qualcode.domain.suggestion import Suggestion, ranks
from qualcode.domain.tabular import Cell, Table
from qualcode.domain.transcript import main_turn
from qualcode.errors import N_
from qualcode.i18n import _, ngettext

if TYPE_CHECKING:
    from qualcode.services.study import Study
    from qualcode.services.suggesting import Decided

_QUOTE_CHARACTERS = 60
_PROGRAM_HEADERS = (
    *("suggestion_id", "document", "turn", "start", "end", "text", "code_id", "code"),
    *("rank", "score", "confidence", "reason", "suggester", "suggester_version"),
)
_FREE_TEXT = frozenset({"text", "code", "reason"})
_REPORT_HEADERS = ("suggester", "shown", "accepted", "corrected", "rejected", "skipped", "open")
_VERDICTS = ("accept", "correct", "reject", "skip")


class SuggestGroup(Group):
    """`suggest DOC` is `suggest run DOC`, unless the document is called like a command."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click's own, with `run` put in before what is neither a command nor a cry for help."""
        if not args or args[0] not in (*self.commands, *self.get_help_option_names(ctx)):
            args = ["run", *args]
        return super().parse_args(ctx, args)


@click.group(
    "suggest",
    cls=SuggestGroup,
    subcommand_metavar="[DOC]... | COMMAND [ARGS]...",
    help=N_(
        "Suggest codes, and decide on suggestions.\n\n"
        "Without a command, `run`: suggest codes for documents, or for all of them. A suggestion never becomes a "
        "coding by itself, and nothing is suggested on the interviewer's words."
    ),
)
def suggest_command() -> None:
    """Suggestions and decisions."""


@suggest_command.command(
    "run",
    help=N_("Suggest anew for documents, and list what is open. None named: for all, and count what is open."),
)
@click.argument("documents", metavar="[DOC]...", nargs=-1)
@click.option(
    "--suggester",
    metavar="ID",
    default="lexicon",
    help=N_("Who suggests. Default: lexicon, by the words of the codebook."),
)
@click.option("--by-score", is_flag=True, help=N_("Within each document the best first, not in text order."))
@output_options
@pass_invocation
def run_command(
    invocation: Invocation,
    documents: tuple[str, ...],
    suggester: str,
    by_score: bool,
    format: str,
    output: Path | None,
) -> None:
    """Run a suggester, then list; over all documents that would be thousands, and each would count as shown."""
    from qualcode.services import suggesting

    if by_score and not documents:
        raise click.UsageError(_("--by-score goes with documents, or with `suggest list`."))
    study = invocation.open_study()
    coder = study.coder
    with reporter() as report:
        made = suggesting.run(study, documents or None, suggester=suggester, report=report)
    read = ngettext("{n} document read", "{n} documents read", len(made.documents)).format(n=len(made.documents))
    found = ngettext("{n} suggestion", "{n} suggestions", made.suggestions).format(n=made.suggestions)
    if documents:
        note(_("{read}: {found}. Those open for {coder}:").format(read=read, found=found, coder=coder))
        _list(study, documents, by_score, format, output)
        return
    note(_("{read}: {found}.").format(read=read, found=found))
    open_counts = suggesting.open_counts(study)
    rows = [(key, made.by_document.get(key, 0), open_counts.get(key, 0)) for key in made.documents]
    labels = (_("Document"), _("Suggested"), _("Open"))
    emit(Table(("document", "suggestions", "open"), rows, labels=labels), format, output)
    note(_("`qualcode suggest list DOC` lists what is open for {coder}.").format(coder=coder))


@suggest_command.command("list", help=N_("List the suggestions you have neither decided nor coded yourself."))
@click.argument("documents", metavar="[DOC]...", nargs=-1)
@click.option("--by-score", is_flag=True, help=N_("Within each document the best first, not in text order."))
@output_options
@pass_invocation
def list_command(
    invocation: Invocation, documents: tuple[str, ...], by_score: bool, format: str, output: Path | None
) -> None:
    """What is open."""
    _list(invocation.open_study(), documents, by_score, format, output)


def _list(study: Study, documents: Sequence[str], by_score: bool, format: str, output: Path | None) -> None:
    """Print what is open, and remember that it was shown."""
    from qualcode.services import suggesting

    offered = [
        item
        for document in documents or [None]
        for item in suggesting.open_suggestions(study, document, by_score=by_score)
    ]
    if format == "table" and not offered:
        note(_("Nothing is open. `qualcode suggest` looks again, `qualcode suggest report` counts."))
        return
    table = _for_people(study, offered) if format == "table" else _for_programs(study, offered)
    emit(table, format, output)
    suggesting.record_shown(study, offered)
    if format == "table":
        note(_("Decide with `qualcode suggest decide NUMBER accept`, `correct`, `reject` or `skip`."))


def _for_people(study: Study, offered: Sequence[Suggestion]) -> Table:
    """What fits on a screen."""
    codebook, rank, places = study.codebook, ranks(offered), _places(study, offered)
    rows: list[tuple[Cell, ...]] = [
        (
            item.document,
            turn,
            item.id,
            _standing(item, rank[item.id]),
            codebook[item.code].name(study.language),
            item.reason.render(_),
            shorten(words, _QUOTE_CHARACTERS, placeholder="…"),
        )
        for item, (turn, words) in zip(offered, places, strict=True)
    ]
    headers = ("document", "turn", "suggestion_id", "rank", "code", "reason", "text")
    labels = (_("Document"), _("Turn"), _("No."), _("Rank"), _("Code"), _("Reason"), _("Words"))
    return Table(headers, rows, labels=labels)


def _for_programs(study: Study, offered: Sequence[Suggestion]) -> Table:
    """All that a program may ask, under the names of `export segments` where they are the same."""
    codebook, rank, places = study.codebook, ranks(offered), _places(study, offered)
    rows: list[tuple[Cell, ...]] = [
        (
            item.id,
            item.document,
            turn,
            item.span.start,
            item.span.end,
            words,
            item.code,
            codebook[item.code].name(study.language),
            rank[item.id],
            item.score,
            item.confidence,
            item.reason.render(_),
            item.suggester,
            item.suggester_version,
        )
        for item, (turn, words) in zip(offered, places, strict=True)
    ]
    return Table(_PROGRAM_HEADERS, rows, free_text=_FREE_TEXT)


def _places(study: Study, offered: Sequence[Suggestion]) -> list[tuple[int | None, str]]:
    """Turn and words of each suggestion."""
    places: list[tuple[int | None, str]] = []
    for document, items in groupby(offered, key=lambda item: item.document):
        text = study.text(document)
        for item in items:
            turn = main_turn(text.turns, item.span)
            places.append((turn.number if turn else None, quote(text.text, item.span)))
    return places


def _standing(item: Suggestion, rank: int) -> Cell:
    """The rank at its place, and how sure where that is known: a score is no percentage."""
    if item.confidence is None:
        return rank
    return _("{rank} ({percent} %)").format(rank=rank, percent=round(100 * item.confidence))


@suggest_command.command(
    "decide",
    cls=QualifiedCommand,
    help=N_(
        "Decide on a suggestion by its number.\n\n"
        "accept puts the suggested code on the suggested span, correct another code or span. The codebook's "
        "default qualifiers go with it, others are options: `--valence -1`. reject says that it is wrong, skip "
        "leaves it open. `qualcode undo` takes back the decision and its coding."
    ),
)
@click.argument("number", type=int)
@click.argument("verdict", type=click.Choice(_VERDICTS))
@click.option("--code", metavar="CODE", help=N_("To correct: another code."))
@click.option("--span", type=(int, int), metavar="START END", help=N_("To correct: another span."))
@qualifier_option
@pass_invocation
def decide_command(
    invocation: Invocation,
    number: int,
    verdict: str,
    code: str | None,
    span: tuple[int, int] | None,
    pairs: tuple[str, ...],
) -> None:
    """Decide, and say what came of it."""
    from qualcode.services import suggesting

    study = invocation.open_study()
    qualifiers = asked_qualifiers(study.codebook, pairs)
    if verdict != "correct" and (code is not None or span is not None):
        raise click.UsageError(_("--code and --span go with `correct`."))
    match verdict:
        case "accept":
            _say_coded(study, suggesting.accept(study, number, qualifiers), qualifiers)
        case "correct":
            other = Span(*span) if span else None
            _say_coded(study, suggesting.correct(study, number, code, other, qualifiers), qualifiers)
        case _ if qualifiers:
            raise click.UsageError(_("Qualifiers go with `accept` and `correct`."))
        case "reject":
            suggesting.reject(study, number)
            say(_("Rejected: it is not offered to you again."))
        case _:
            suggesting.skip(study, number)
            say(_("Skipped: it stays open."))


def _say_coded(study: Study, decided: Decided, asked: Mapping[str, str]) -> None:
    """The coding, and what the codebook asks to be said of it yet."""
    from qualcode.domain import qualifying

    segment = decided.segment
    if segment is None:
        return
    coding = segment.coding
    by_default = [key for key in coding.qualifiers if key not in asked]
    say_coding(study, segment, proposed=by_default if decided.is_new else ())
    if not decided.is_new:
        note(_("That coding was there already and is as it was; `qualcode codings edit ID` changes it."))
    missing = qualifying.missing(study.codebook, coding.code, coding.qualifiers)
    if missing:
        note(_("Not said yet: {qualifiers}").format(qualifiers=", ".join(missing)))


@suggest_command.command("report", help=N_("Count what you did with the suggestions of each suggester."))
@output_options
@pass_invocation
def report_command(invocation: Invocation, format: str, output: Path | None) -> None:
    """A row for each suggester."""
    from qualcode.services import suggesting

    study = invocation.open_study()
    rows = [astuple(tally) for tally in suggesting.summary(study)]
    labels = (
        *(_("Suggester"), _("Shown"), _("Accepted"), _("Corrected")),
        *(_("Rejected"), _("Skipped"), _("Open")),
    )
    title = _("Suggestions and {coder}").format(coder=study.coder)
    emit(Table(_REPORT_HEADERS, rows, title=title, labels=labels), format, output)
