from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from qualcode.errors import BadInput
from qualcode.files import replacing


def test_the_target_is_replaced_when_all_is_written(tmp_path: Path) -> None:
    target = tmp_path / "ut.csv"
    target.write_bytes(b"old")
    target.chmod(0o640)
    with replacing(target) as stream:
        stream.write(b"new")
        assert target.read_bytes() == b"old"
    assert target.read_bytes() == b"new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [target]


def test_a_failure_leaves_the_target_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "ut.csv"
    target.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), replacing(target) as stream:
        stream.write(b"half")
        raise ZeroDivisionError
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"ut.csv": b"old"}


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with replacing(tmp_path / "link") as stream:
        stream.write(b"x")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"x"


def test_a_pipe_is_written_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    with replacing(pipe) as stream:
        stream.write(b"x")
    assert os.read(reading, 10) == b"x"
    assert pipe.is_fifo()
    os.close(reading)


def test_a_folder_and_a_missing_folder_are_refused_with_the_place(tmp_path: Path) -> None:
    for folder in (tmp_path, Path("/")):
        with pytest.raises(BadInput, match=f"{folder} is a folder"), replacing(folder):
            pass
    missing = tmp_path / "no" / "ut.csv"
    with pytest.raises(BadInput, match=f"{missing} cannot be written: No such file"), replacing(missing):
        pass
