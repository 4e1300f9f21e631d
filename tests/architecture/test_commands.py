"""Every command is explained, in the program and in the reference made from it."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from qualcode.cli.app import COMMANDS, qualcode_group
from qualcode.cli.localised import Command, Group
from scripts.commands_reference import TARGET, reference


def below(command: click.Command) -> Iterator[click.Command]:
    """The command and every command below it."""
    yield command
    if isinstance(command, click.Group):
        ctx = click.Context(command)
        for name in command.list_commands(ctx):
            found = command.get_command(ctx, name)
            assert found is not None
            yield from below(found)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_all_its_options_have_translatable_help(name: str) -> None:
    loaded = qualcode_group.get_command(click.Context(qualcode_group), name)
    assert loaded is not None
    assert loaded.name == name
    for command in below(loaded):
        assert isinstance(command, Command), f"{command.name}: give it cls=Command or cls=Group"
        assert command.help, command.name
        bare = [p.name for p in command.params if isinstance(p, click.Option) and not p.hidden and not p.help]
        assert bare == [], command.name


def test_the_reference_of_commands_is_current() -> None:
    assert TARGET.read_text(encoding="utf-8") == reference(), "run `make docs`"


def test_the_reference_has_a_section_for_a_command_below_a_command() -> None:
    @click.group("qualcode", cls=Group, help="Top.")
    def top() -> None: ...

    @top.group("cases", help="All cases.")
    def cases() -> None: ...

    @cases.command("add", help="Add one case.")
    @click.option("--title", help="Its title.")
    def add() -> None: ...

    assert (cases.name, add.name) == ("cases", "add")
    assert (
        "#### qualcode cases add\n\n```text\nUsage: qualcode cases add [OPTIONS]\n\n  Add one case.\n\nOptions:\n"
        "  --title TEXT  Its title.\n  -h, --help    Show this message and exit.\n```\n"
    ) in reference(top)
