"""Write docs/reference/commands.md from the commands themselves: `make docs`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from qualcode.cli.app import qualcode_group
from qualcode.i18n import set_language

TARGET = Path(__file__).parent.parent / "docs" / "reference" / "commands.md"
HEAD = """\
# Commands

Made from the program by `make docs`; `qualcode COMMAND --help` says the same. Every command takes the options of
`qualcode` itself before its name. Data goes to stdout, progress and warnings to stderr; exit 0: done, 1: could not,
with the reason in one line, 2: wrong usage.
"""
_WIDTH_CHARACTERS = 96


def reference(group: click.Group = qualcode_group, name: str = "qualcode") -> str:
    """The whole page in English, a section for each command and command below it."""
    set_language("en")
    top = click.Context(group, info_name=name, terminal_width=_WIDTH_CHARACTERS)
    return HEAD + "".join(_sections(top, depth=2))


def _sections(ctx: click.Context, depth: int) -> Iterator[str]:
    command = ctx.command
    yield f"\n{'#' * depth} {ctx.command_path}\n\n```text\n{command.get_help(ctx)}\n```\n"
    if not isinstance(command, click.Group):
        return
    for name in command.list_commands(ctx):
        below = command.get_command(ctx, name)
        if below is not None:
            yield from _sections(
                click.Context(below, parent=ctx, info_name=name, terminal_width=_WIDTH_CHARACTERS), depth + 1
            )


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(reference(), encoding="utf-8")
