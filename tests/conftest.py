"""What all tests share: the two databases, the command line, programs that may be missing, and two guards.

The guards: nothing in the run reaches the network, and where `CI=true` a skipped test fails the run, so that a
missing server or browser cannot pass for a green suite.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import settings as hypothesis_settings

from qualcode.i18n import set_language
from tests.guarded.no_network import refuse_network

REPOSITORY = Path(__file__).parent.parent
GUARDED = Path(__file__).parent / "guarded"

PROGRAMS = {
    "requires_tmux": ("tmux",),
    "requires_chromium": ("chromium", "chromium-browser", "google-chrome"),
    "requires_libreoffice": ("soffice", "libreoffice"),
    "requires_r": ("Rscript",),
}
"""Marker -> the programs of which one must be on the path."""

NO_MOUNT_NAMESPACE = "needs a mount namespace of its own to fill a disk (unshare --mount), not allowed here"
ALLOWED_SKIPS_IN_CI = {
    "tests/store/test_full_disk.py": NO_MOUNT_NAMESPACE,
    "tests/cli/test_disk.py": NO_MOUNT_NAMESPACE,
}
"""The start of a test's id -> the one reason it may be skipped for even in CI.

A full disk is a small file system mounted for the test; a sandbox without mount namespaces cannot give one.
"""

SOAK = os.environ.get("QUALCODE_SOAK")
"""The seed of `make soak`; without one, tests/soak is not collected (a skip would fail CI)."""
collect_ignore = [] if SOAK else ["soak"]

refuse_network()
hypothesis_settings.register_profile("qualcode", deadline=None, print_blob=True)
hypothesis_settings.load_profile("qualcode")


def pytest_configure(config: pytest.Config) -> None:
    for marker, names in PROGRAMS.items():
        config.addinivalue_line("markers", f"{marker}: needs {' or '.join(names)}; skipped where it is missing")
    config.addinivalue_line("markers", "requires_mount_namespace: skipped where `unshare --mount` is not allowed")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        for marker, names in PROGRAMS.items():
            if item.get_closest_marker(marker) and not any(map(shutil.which, names)):
                item.add_marker(pytest.mark.skip(reason=f"{names[0]} is not installed"))
        if item.get_closest_marker("requires_mount_namespace") and not _mounts_are_allowed():
            item.add_marker(pytest.mark.skip(reason=NO_MOUNT_NAMESPACE))


def _mounts_are_allowed() -> bool:
    if not shutil.which("unshare"):
        return False
    probe = ["unshare", "--mount", "sh", "-c", "mount -t tmpfs -o size=64k tmpfs /mnt"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def pytest_sessionfinish(session: pytest.Session) -> None:
    if forbidden_skips(session.config) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    skips = forbidden_skips(config)
    if skips:
        terminalreporter.section("skipped although CI=true: the run fails", red=True)
        for line in skips:
            terminalreporter.write_line(line)


def forbidden_skips(config: pytest.Config) -> list[str]:
    """`test: reason` for each test of this run that CI does not let anybody skip; empty outside CI."""
    reporter: Any = config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") != "true" or reporter is None:
        return []
    lines: list[str] = []
    for report in reporter.stats.get("skipped", []):
        reason = str(report.longrepr[2]).removeprefix("Skipped: ")
        if not any(report.nodeid.startswith(t) and reason == why for t, why in ALLOWED_SKIPS_IN_CI.items()):
            lines.append(f"{report.nodeid}: {reason}")
    return lines


@contextmanager
def postgresql_database(template: str = "template0") -> Generator[str]:
    """The address of a fresh PostgreSQL database, a copy of the database `template`, dropped at the end."""
    server = os.environ.get("QUALCODE_TEST_POSTGRESQL")
    if not server:
        pytest.skip("QUALCODE_TEST_POSTGRESQL is not set: no PostgreSQL server to test against")
    import psycopg
    from sqlalchemy.engine import make_url

    address = make_url(server)
    name = f"qualcode_test_{uuid.uuid4().hex}"
    plain = address.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
        yield address.set(database=name).render_as_string(hide_password=False)
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


@pytest.fixture
def postgresql_url() -> Iterator[str]:
    """The address of a fresh, empty PostgreSQL database, dropped after the test."""
    with postgresql_database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A fresh, empty database of each kind: the same contract holds on both."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgresql_url")
    return f"sqlite:///{tmp_path / 'study.db'}"


@pytest.fixture(autouse=True)
def a_person_of_its_own(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the configuration, study or language of whoever runs the tests."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name in ("QUALCODE_STUDY", "QUALCODE_CODER", "QUALCODE_LANG", "QUALCODE_DEBUG", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("LANGUAGE", "en")
    set_language("en")


@pytest.fixture
def chance() -> random.Random:
    """The chance of a soak test: the same seed repeats the same run."""
    return random.Random(SOAK)


@dataclass(frozen=True)
class Outcome:
    """What one call of the command line left behind."""

    exit_code: int
    stdout: str
    stderr: str


Cli = Callable[..., Outcome]


@pytest.fixture
def cli(monkeypatch: pytest.MonkeyPatch) -> Cli:
    """`cli("import", "a.txt", "--id", "x")` runs the command line in this process; stdout and stderr are apart.

    A fault in qualcode is raised with its traceback instead of told in a line.
    """
    from qualcode.cli.app import run

    monkeypatch.setenv("QUALCODE_DEBUG", "1")

    def call(*arguments: str | Path, stdin: str | None = None) -> Outcome:
        with CliRunner().isolation(input=stdin) as (stdout, stderr, _):
            exit_code = run([str(argument) for argument in arguments])
        return Outcome(exit_code, stdout.getvalue().decode(), stderr.getvalue().decode())

    return call


@pytest.fixture
def run_cli(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """`run_cli("--help")` runs `python -m qualcode` in a process of its own, in an empty folder, no network."""

    def call(
        *arguments: str | Path, cwd: Path = tmp_path, env: dict[str, str] | None = None, stdin: str = ""
    ) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join([str(GUARDED), str(REPOSITORY)])
        return subprocess.run(
            [sys.executable, "-m", "qualcode", *map(str, arguments)],
            cwd=cwd,
            env=os.environ | {"PYTHONPATH": path} | (env or {}),
            input=stdin,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )

    return call
