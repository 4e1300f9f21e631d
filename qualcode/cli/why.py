"""`why`: what rests on a quote, and which quotes a cell rests on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.localised import Command
from qualcode.cli.output import emit, note, output_options, say
from qualcode.cli.records import short_id
from qualcode.domain.tabular import Cell, Table
from qualcode.errors import N_
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.domain.coding import CodedSegment
    from qualcode.services.study import Study
    from qualcode.services.why import Behind, Resting, Why


@click.command(
    "why",
    cls=Command,
    help=N_(
        "Go from a quote to its numbers and findings, and back.\n\n"
        "QUOTE_OR_CELL is the id of a coding, words of its quote, or a cell: case:ID / COLUMN or "
        "informant:ID / COLUMN, where COLUMN is a family, a code or a theme."
    ),
)
@click.argument("quote_or_cell")
@output_options
@pass_invocation
def why_command(invocation: Invocation, quote_or_cell: str, format: str, output: Path | None) -> None:
    """Print what rests on a quote, or the quotes of a cell."""
    from qualcode.domain.grid import CellKey
    from qualcode.services import why

    study = invocation.open_study()
    meant = why.meant(study, quote_or_cell)
    if isinstance(meant, CellKey):
        _print_behind(why.behind(study, meant), format, output)
    else:
        _print_resting(study, [why.why(study, segment) for segment in meant], format, output)


def _print_resting(study: Study, found: list[Why], format: str, output: Path | None) -> None:
    on_screen = format == "table" and output is None
    tell = say if on_screen else note
    for one in found:
        made = one.segment.coding
        code = study.codebook[made.code].name(study.language) if made.code else _("no code")
        tell(f"{short_id(made.uid)} {made.document} {made.span.start}-{made.span.end} · {code} · {made.coder}")
        for remark in one.remarks:
            tell(remark.render(_))
    if on_screen:
        say(f"“{found[0].segment.coding.anchor.exact}”")
        say("")
    rows = [_resting_row(one.segment.coding.uid, item, format) for one in found for item in one.resting]
    if format == "table" and not rows:
        say(_("Nothing rests on it."))
        return
    headers = ("coding_id", "kind", "place", "role", "informants", "segments", "id", "text")
    labels = (*(_("Coding"), _("What"), _("Where"), _("Role"), _("Informants"), _("Segments")), _("Id"), _("Text"))
    table = Table(headers, rows, labels=labels, free_text=frozenset({"text"}))
    emit(table, format, output, whole=("place", "text"))


def _resting_row(coding: str, item: Resting, format: str) -> tuple[Cell, ...]:
    counts = item.counts
    numbers = (None, None) if counts is None else (counts.informants, counts.segments)
    kind = _kind(item) if format == "table" else item.kind
    return (short_id(coding, format), kind, item.place, item.role, *numbers, short_id(item.uid, format), item.text)


def _kind(item: Resting) -> str:
    from qualcode.services.why import Kind

    return {
        Kind.COUNT: _("number"),
        Kind.SUMMARY: _("summary"),
        Kind.RELATION: _("relation"),
        Kind.FINDING: _("finding"),
    }[item.kind]


def _print_behind(found: Behind, format: str, output: Path | None) -> None:
    from qualcode.reporting.cells import counted
    from qualcode.reporting.grid_tables import change_text, state_text

    cell = found.cell
    if format == "table" and output is None:
        say(f"{cell.key}: {counted(cell.evidence.counts)} · {state_text(cell)}")
        if cell.text:
            say(cell.text.replace("\n", " "))
        if cell.stale:
            say(change_text(cell))
        say("")
    headers = ("coding_id", "document", "turn", "informant", "case", "code_id", "coder", "text")
    labels = (
        *(_("Coding"), _("Document"), _("Turn"), _("Informant"), _("Case")),
        _("Code"),
        _("Coder"),
        _("Quote"),
    )
    rows = [_quote_row(item.segment, format) for item in found.quotes]
    emit(
        Table(headers, rows, labels=labels, free_text=frozenset({"text", "coder"})), format, output, whole=("text",)
    )


def _quote_row(segment: CodedSegment, format: str) -> tuple[Cell, ...]:
    made = segment.coding
    place = (made.document, segment.turn, segment.informant, segment.case)
    return (short_id(made.uid, format), *place, made.code, made.coder, made.anchor.exact)
