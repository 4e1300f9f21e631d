"""`serve`: the desk in a browser on this machine."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.localised import Command
from qualcode.cli.output import note
from qualcode.errors import N_, BadInput
from qualcode.i18n import _


@click.command(
    "serve",
    cls=Command,
    help=N_(
        "Open the desk in a browser on this machine.\n\n"
        "Prints an address that opens once, in one browser. Nobody else gets in, and no other machine reaches it. "
        "Ctrl-C ends it."
    ),
)
@click.option(
    "--port", type=click.IntRange(1, 65535), metavar="N", default=None, help=N_("The port; else a free one.")
)
@pass_invocation
def serve_command(invocation: Invocation, port: int | None) -> None:
    """Serve until Ctrl-C."""
    serve = _server()
    _check(invocation)

    def ready(address: str) -> None:
        click.echo(address)
        note(_("Open this address in a browser on this machine. Ctrl-C ends it."))

    serve(desk_command(invocation), port or 0, ready)


def desk_command(invocation: Invocation) -> list[str]:
    """The command line of a desk on the same study, by the same coder, in the same language."""
    # -P: the current folder, which may be a study from somebody else, is no place to look for modules.
    command = [sys.executable, "-P", "-m", "qualcode", "--lang", invocation.lang]
    if invocation.study is not None:
        command += ["--study", invocation.study]
    if invocation.coder is not None:
        command += ["--coder", invocation.coder]
    return [*command, "open"]


def _server() -> Callable[[Sequence[str], int, Callable[[str], None]], None]:
    try:
        from qualcode.browser.server import serve  # 0.2 s of aiohttp, an extra that may not be installed
    except ModuleNotFoundError as error:
        raise BadInput(
            N_("The desk in a browser needs the package {name}, which is not installed."),
            hint=N_('Install it with `pip install "qualcode[serve]"`.'),
            name=error.name,
        ) from error
    return serve


def _check(invocation: Invocation) -> None:
    """Refuse now what every desk would refuse, where the researcher still reads the terminal."""
    from qualcode.services.study import open_study

    with open_study(invocation.study, coder=invocation.coder) as study:
        study.coder  # noqa: B018 - checks the name
