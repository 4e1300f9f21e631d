"""The two guards of the test run itself: no network, and no silent skip in CI."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import GUARDED, NO_MOUNT_NAMESPACE, REPOSITORY
from tests.guarded.no_network import NetworkUsed, is_loopback


def test_connecting_to_another_machine_is_refused() -> None:
    with socket.socket() as other, pytest.raises(NetworkUsed, match=r"socket\.connect to 192\.0\.2\.1"):
        other.connect(("192.0.2.1", 9))


def test_looking_up_a_name_is_refused() -> None:
    with pytest.raises(NetworkUsed, match=r"getaddrinfo of example\.invalid"):
        socket.getaddrinfo("example.invalid", 80)


def test_a_sub_process_is_guarded_too() -> None:
    script = "import socket; socket.create_connection(('192.0.2.1', 9))"
    result = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"PYTHONPATH": str(GUARDED)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "NetworkUsed" in result.stderr


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", None, b"localhost"])
def test_loopback_stays_on_this_machine(host: object) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["10.0.0.1", "192.168.1.1", "0.0.0.0", "localhost.example"])
def test_other_addresses_and_names_do_not(host: object) -> None:
    assert not is_loopback(host)


SKIPPING = """
import pytest

def test_passes():
    pass

@pytest.mark.skip(reason="no browser")
def test_needs_a_browser():
    pass
"""


def run_in_ci(folder: Path, name: str, content: str, *options: str) -> subprocess.CompletedProcess[str]:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content, encoding="utf-8")
    guarded_pytest = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "--rootdir", str(folder)]
    return subprocess.run(
        [*guarded_pytest, *options, str(file)],
        cwd=folder,
        env=os.environ | {"CI": "true", "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("options", [(), ("-n", "1")], ids=["one process", "workers"])
def test_in_ci_a_skip_fails_the_run_and_is_named(tmp_path: Path, options: tuple[str, ...]) -> None:
    result = run_in_ci(tmp_path, "test_x.py", SKIPPING, *options)
    assert result.returncode == 1
    assert "test_x.py::test_needs_a_browser: no browser" in result.stdout


def test_in_ci_a_skipped_module_fails_the_run(tmp_path: Path) -> None:
    result = run_in_ci(tmp_path, "test_x.py", "import pytest; pytest.importorskip('no_such_module')")
    assert result.returncode != 0
    assert "test_x.py: could not import 'no_such_module'" in result.stdout


@pytest.mark.parametrize(("reason", "code"), [(NO_MOUNT_NAMESPACE, 0), ("too slow", 1)])
def test_in_ci_the_one_allowed_skip_passes_for_its_one_reason(tmp_path: Path, reason: str, code: int) -> None:
    content = SKIPPING.replace("no browser", reason)
    assert run_in_ci(tmp_path, "tests/store/test_full_disk.py", content).returncode == code


def test_a_database_is_fresh_and_empty(database_url: str) -> None:
    from sqlalchemy import create_engine, inspect, text

    engine = create_engine(database_url)
    with engine.begin() as connection:
        assert inspect(connection).get_table_names() == []
        connection.execute(text("CREATE TABLE t (id integer)"))
        assert connection.execute(text("SELECT count(*) FROM t")).scalar_one() == 0
    engine.dispose()
