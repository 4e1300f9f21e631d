"""`qualcode serve`, as far as no browser is needed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from qualcode.cli.context import Invocation
from qualcode.cli.serving import desk_command
from tests.conftest import GUARDED, REPOSITORY, Cli


@pytest.fixture
def busy_port() -> Generator[int]:
    """The number of a port that somebody else listens on, until the test is over."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


def test_a_busy_port_is_one_line_and_exit_1(home: Path, cli: Cli, busy_port: int) -> None:
    outcome = cli("serve", "--port", str(busy_port))
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert outcome.stderr == (
        f"Error: Port {busy_port} cannot be used: Address already in use. Leave out `--port` for a free one.\n"
    )


def test_a_port_that_is_none_is_wrong_usage(home: Path, cli: Cli) -> None:
    assert [cli("serve", "--port", port).exit_code for port in ("0", "65536", "x")] == [2, 2, 2]


def test_there_is_no_way_to_serve_other_machines(home: Path, cli: Cli) -> None:
    outcome = cli("serve", "--host", "0.0.0.0")
    assert outcome.exit_code == 2
    assert "--host" in outcome.stderr


def test_without_the_extra_it_says_what_to_install(home: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "qualcode.browser.server", raising=False)
    monkeypatch.setitem(sys.modules, "textual_serve", None)
    outcome = cli("serve")
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert outcome.stderr == (
        "Error: The desk in a browser needs the package textual_serve, which is not installed. "
        'Install it with `pip install "qualcode[serve]"`.\n'
    )


def test_what_every_desk_would_refuse_is_refused_before_anything_is_served(home: Path, cli: Cli) -> None:
    assert (cli("--coder", "Nobody", "serve").exit_code, cli("--study", "/nowhere", "serve").exit_code) == (1, 1)


def test_the_desk_gets_study_coder_and_language_word_for_word() -> None:
    given = Invocation(study="it's; a $(study) --x", coder='Åse "Ås" O\'Hara', lang="nb")
    assert desk_command(given) == [
        sys.executable,
        *("-P", "-m", "qualcode", "--lang", "nb"),
        *("--study", "it's; a $(study) --x", "--coder", 'Åse "Ås" O\'Hara', "open"),
    ]
    assert desk_command(Invocation(study=None, coder=None, lang="en"))[-3:] == ["--lang", "en", "open"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_without_a_word(home: Path, number: signal.Signals) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "qualcode", "serve"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(GUARDED), str(REPOSITORY)])},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().startswith("http://127.0.0.1:")
    process.send_signal(number)
    stdout, stderr = process.communicate(timeout=60)
    assert (process.returncode, stdout) == (0, "")
    assert stderr == "Open this address in a browser on this machine. Ctrl-C ends it.\n"
