from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from qualcode import __version__
from qualcode.cli import app
from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.localised import Command
from qualcode.errors import N_, NotFound
from tests.conftest import Cli


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> click.Group:
    """A group that stands in for the commands of one module: `probe` is what each test adds to it."""
    group = app.qualcode_group

    def get_command(self: app.Commands, ctx: click.Context, cmd_name: str) -> click.Command | None:
        return group.commands.get(cmd_name)

    monkeypatch.setitem(app.COMMANDS, "probe", ("probe", "Try."))
    monkeypatch.setattr(app.Commands, "get_command", get_command)
    monkeypatch.setattr(group, "commands", {})
    return group


def test_help_lists_every_command_with_its_line(cli: Cli) -> None:
    outcome = cli("--help")
    assert outcome.exit_code == 0
    listed = re.findall(r"^  ([a-z]+) {2,}[A-Z]", outcome.stdout.split("Commands:")[1], re.MULTILINE)
    assert listed == list(app.COMMANDS)
    assert "Take back the latest operation." in outcome.stdout


def test_version_is_the_package_s(cli: Cli) -> None:
    assert cli("--version").stdout == f"qualcode {__version__}\n"


def test_a_near_miss_is_wrong_usage_and_names_the_command(cli: Cli) -> None:
    outcome = cli("imprt")
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert outcome.stderr.endswith("Error: No such command 'imprt'. Did you mean 'import'?\n")


def test_a_group_that_needs_a_command_shows_its_help_as_wrong_usage(cli: Cli) -> None:
    outcome = cli("export")
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert outcome.stderr == cli("export", "--help").stdout


def test_without_a_terminal_the_desk_is_refused_in_one_line(cli: Cli) -> None:
    outcome = cli()
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert (
        outcome.stderr == "Error: The desk needs a terminal. See `qualcode --help` for commands that do without.\n"
    )


def test_a_command_is_told_study_coder_and_language(command: click.Group, cli: Cli) -> None:
    seen: list[Invocation] = []

    @command.command("probe", cls=Command)
    @pass_invocation
    def probe(invocation: Invocation) -> None:
        seen.append(invocation)

    assert cli("--study", "s", "--coder", "kari", "--lang", "nb", "probe").exit_code == 0
    assert seen == [Invocation(study="s", coder="kari", lang="nb")]
    assert command.commands["probe"] is probe


def raising(command: click.Group, error: BaseException) -> None:
    @command.command("probe", cls=Command)
    def probe() -> None:
        raise error

    assert command.commands["probe"] is probe


def test_an_error_is_one_harmless_line_and_exit_1(command: click.Group, cli: Cli) -> None:
    raising(command, NotFound(N_("There is no case {case}."), hint=N_("See `cases`."), case="\x1b[2Jx\ny"))
    outcome = cli("probe")
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert outcome.stderr == "Error: There is no case ␛[2Jx␊y. See `cases`.\n"


def test_a_fault_is_one_line_that_says_how_to_learn_more(
    command: click.Group, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    raising(command, ZeroDivisionError("division by zero"))
    monkeypatch.delenv("QUALCODE_DEBUG")
    outcome = cli("probe")
    assert outcome.exit_code == 1
    assert outcome.stderr == (
        "Error: This is a fault in qualcode; run again with QUALCODE_DEBUG=1 for details (ZeroDivisionError).\n"
    )
    monkeypatch.setenv("QUALCODE_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        cli("probe")


def test_a_refusal_of_the_system_names_the_file(
    command: click.Group, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    raising(command, PermissionError(13, "Permission denied", "interviews"))
    monkeypatch.delenv("QUALCODE_DEBUG")
    assert cli("probe").stderr == "Error: interviews: Permission denied\n"


@pytest.mark.parametrize("interruption", [KeyboardInterrupt(), click.Abort()])
def test_ctrl_c_is_said_and_exit_1(command: click.Group, cli: Cli, interruption: BaseException) -> None:
    raising(command, interruption)
    outcome = cli("probe")
    assert (outcome.exit_code, outcome.stderr.strip()) == (1, "Error: Stopped.")


def test_a_command_returns_its_exit_code(command: click.Group, cli: Cli) -> None:
    @command.command("probe", cls=Command)
    def probe() -> int:
        return 1

    assert command.commands["probe"] is probe
    assert cli("probe").exit_code == 1


def test_a_reader_that_leaves_hears_no_complaint() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-m", "qualcode", "--help"]
    result = subprocess.run(command, stdout=writing, stderr=subprocess.PIPE, check=False)
    os.close(writing)
    assert (result.returncode, result.stderr) == (1, b"")


@pytest.mark.parametrize(
    ("environment", "configured", "expected"),
    [
        ({"LANG": "nb_NO.UTF-8"}, "", "nb"),
        ({"LANG": "nb_NO.UTF-8"}, 'language = "en"', "en"),
        ({"QUALCODE_LANG": "nb"}, 'language = "en"', "nb"),
        ({}, "language = ", "en"),
    ],
)
def test_the_language_is_the_environment_s_then_the_configuration_s_then_the_terminal_s(
    environment: dict[str, str],
    configured: str,
    expected: str,
    command: click.Group,
    cli: Cli,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    file = Path(os.environ["HOME"]) / ".config" / "qualcode" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text(configured, encoding="utf-8")
    seen: list[str] = []

    @command.command("probe", cls=Command)
    @pass_invocation
    def probe(invocation: Invocation) -> None:
        seen.append(invocation.lang)

    assert (cli("probe").exit_code, command.commands["probe"]) == (0, probe)
    assert seen == [expected]
