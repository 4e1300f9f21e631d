"""`open`: the desk, on the study or on one document of it."""

from __future__ import annotations

import click

from qualcode.cli.app import open_desk
from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.localised import Command
from qualcode.errors import N_


@click.command(
    "open",
    cls=Command,
    help=N_(
        "Open the desk, where transcripts are read and coded.\n\n"
        "With DOC, that document is shown where you stopped in it; else the documents of the study."
    ),
)
@click.argument("document", metavar="[DOC]", required=False)
@pass_invocation
def open_command(invocation: Invocation, document: str | None) -> None:
    """Run the desk until it is left."""
    open_desk(invocation, document)
