"""`history`, `undo`, `redo`: what was done, and taking it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.localised import Command
from qualcode.cli.output import emit, note, output_options, say
from qualcode.cli.records import moment, rendered
from qualcode.domain.tabular import Table
from qualcode.errors import N_
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.services.history import Entry

_HEADERS = ("operation", "at", "coder", "verb", "state", "summary")


@click.command("history", cls=Command, help=N_("List what was done, when and by whom, the newest first."))
@click.option(
    "--limit", type=click.IntRange(min=1), default=20, metavar="N", help=N_("How many operations. Default: 20.")
)
@click.option("--own", is_flag=True, help=N_("Only what you did yourself."))
@output_options
@pass_invocation
def history_command(invocation: Invocation, limit: int, own: bool, format: str, output: Path | None) -> None:
    """The newest operations."""
    from qualcode.services import history

    entries = history.listing(invocation.open_study(), limit=limit + 1, own=own)
    rows = [
        (
            entry.operation.id,
            moment(entry.operation.at, format),
            entry.operation.coder,
            entry.operation.verb,
            _state(entry),
            rendered(entry.operation.summary, format),
        )
        for entry in entries[:limit]
    ]
    labels = (_("No."), _("When"), _("Coder"), _("What"), _("State"), _("Summary"))
    table = Table(_HEADERS, rows, labels=labels, free_text=frozenset({"coder", "summary"}))
    emit(table, format, output, whole=("summary",))
    if len(entries) > limit:
        note(_("There are older operations: `--limit N` shows more."))


def _state(entry: Entry) -> str:
    if entry.undone:
        return "undone"
    return "done" if entry.operation.undoable else "fixed"


@click.command(
    "undo",
    cls=Command,
    help=N_("Take back your latest operation; again for the one before. `redo` does it again."),
)
@click.option("--any", "anybody", is_flag=True, help=N_("The latest operation of anybody, not only yours."))
@pass_invocation
def undo_command(invocation: Invocation, anybody: bool) -> None:
    """Take back one operation."""
    from qualcode.services import history

    taken_back = history.undo(invocation.open_study(), anybody=anybody)
    say(_("Taken back: {summary}").format(summary=taken_back.render(_)))


@click.command("redo", cls=Command, help=N_("Do again what you last took back."))
@pass_invocation
def redo_command(invocation: Invocation) -> None:
    """Do one operation again."""
    from qualcode.services import history

    done = history.redo(invocation.open_study())
    say(_("Done again: {summary}").format(summary=done.render(_)))
