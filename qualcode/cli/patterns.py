"""`patterns`: what is predicted of the cases before coding, and how it came out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.finding_rows import word
from qualcode.cli.groups import ListingGroup
from qualcode.cli.output import emit, output_options, say
from qualcode.cli.records import moment
from qualcode.domain.codebook import in_language
from qualcode.domain.tabular import Cell, Table
from qualcode.errors import N_
from qualcode.i18n import _, ngettext

if TYPE_CHECKING:
    from qualcode.domain.pattern import Outcome, Prediction
    from qualcode.services.patterns import Dated

_EXPECTED = {"present": N_("present"), "absent": N_("absent"), "more": N_("more"), "less": N_("less")}
_FREE_TEXT = frozenset({"text", "coder"})


@click.group("patterns", cls=ListingGroup, help=N_("Register what you expect of the cases, and score it later."))
def patterns_command() -> None:
    """The patterns."""


@patterns_command.command(
    "register",
    help=N_(
        "Register the patterns of a CSV file, with the date of today.\n\n"
        "A row for each prediction: pattern, case, expected (present, absent, more, less), source; for a relation "
        "type and target too; text says it in words. Rivals are patterns like the others."
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@pass_invocation
def register(invocation: Invocation, file: Path) -> None:
    """Store patterns."""
    from qualcode.services import patterns

    made = patterns.register(invocation.open_study(), file)
    told = ngettext("{n} pattern is registered: {ids}.", "{n} patterns are registered: {ids}.", len(made))
    say(told.format(n=len(made), ids=", ".join(made)))


@patterns_command.command("list", help=N_("The predictions of all patterns."))
@output_options
@pass_invocation
def list_(invocation: Invocation, format: str, output: Path | None) -> None:
    """A row for each prediction."""
    from qualcode.services import patterns

    study = invocation.open_study()
    rows = [
        (
            *(pattern.id, in_language(pattern.text, study.language, "")),
            *_predicted(item, format),
            *(moment(pattern.registered_at, format), pattern.coder),
        )
        for pattern in patterns.listing(study)
        for item in pattern.predictions
    ]
    headers = ("pattern", "text", "case", "expected", "source", "type", "target", "registered_at", "coder")
    labels = (_("Pattern"), _("Text"), *_predicted_labels(), _("Registered"), _("Coder"))
    emit(Table(headers, rows, labels=labels, free_text=_FREE_TEXT), format, output)


@patterns_command.command("score", help=N_("How the patterns came out: hits of the predictions with data."))
@click.option("--cells", is_flag=True, help=N_("Each prediction with its verdict instead."))
@output_options
@pass_invocation
def score(invocation: Invocation, cells: bool, format: str, output: Path | None) -> None:
    """Hold all patterns against the codings."""
    from qualcode.services import patterns

    scored = patterns.scored(invocation.open_study())
    emit(cells_table(scored, format) if cells else _scores_table(scored, format), format, output)


@patterns_command.command("remove", help=N_("Remove a pattern; the history remembers it."))
@click.argument("pattern")
@pass_invocation
def remove(invocation: Invocation, pattern: str) -> None:
    """Delete one pattern."""
    from qualcode.services import patterns

    patterns.remove(invocation.open_study(), pattern)
    say(_("{pattern} is removed. `qualcode undo` brings it back.").format(pattern=pattern))


def _scores_table(scored: list[Dated], format: str) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for item in scored:
        found = item.score
        before = (_("yes") if item.before_coding else _("no")) if format == "table" else item.before_coding
        share = float("nan") if found.share is None else float(found.share)
        without = len(found.outcomes) - found.with_data
        rows.append((found.pattern.id, found.hits, found.with_data, without, share, before))
    headers = ("pattern", "hits", "with_data", "without_data", "share", "registered_before_coding")
    labels = (
        *(_("Pattern"), _("Hits"), _("With data"), _("Without data"), _("Share")),
        _("Registered before the first coding"),
    )
    return Table(headers, rows, labels=labels)


def cells_table(scored: Sequence[Dated], format: str) -> Table:
    """A row for each prediction, and how it came out."""
    rows = [
        (item.score.pattern.id, *_predicted(outcome.prediction, format), *_came_out(outcome, format))
        for item in scored
        for outcome in item.score.outcomes
    ]
    headers = ("pattern", "case", "expected", "source", "type", "target", "evidence", "replication")
    labels = (_("Pattern"), *_predicted_labels(), _("Evidence"), _("Replication"))
    return Table(headers, rows, labels=labels)


def _predicted(item: Prediction, format: str) -> tuple[Cell, ...]:
    expected = _(_EXPECTED[item.expected]) if format == "table" else str(item.expected)
    return item.case, expected, item.source, item.type, item.target


def _predicted_labels() -> tuple[str, ...]:
    return _("Case"), _("Expected"), _("Source"), _("Relation"), _("Target")


def _came_out(outcome: Outcome, format: str) -> tuple[str, str]:
    return word(outcome.result, format), word(outcome.verdict, format)
