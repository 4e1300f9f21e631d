"""Files written whole or not at all.

A half-written export looks like a finished one. Here the bytes go to a file beside the target, reach the disk, and
take the target's place in one step; where anything fails, the target is as it was.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from qualcode.errors import N_, BadInput


@contextmanager
def replacing(target: Path, *, private: bool = False) -> Generator[BinaryIO]:
    """A binary stream whose bytes become `target` when the block ends without an error.

    A pipe or device is written directly: replacing `/dev/null` by a file would break the machine. A symbolic link
    is followed, so that it stays a link. A file that is there keeps its mode; a new one that is `private` is its
    owner's alone.

    Raises BadInput where the place cannot be written.
    """
    target = target.resolve()
    if target.is_dir():
        raise BadInput(
            N_("{file} is a folder."),
            hint=N_("Give the name of a file, for example in that folder."),
            file=str(target),
        )
    if target.exists() and not target.is_file():
        with target.open("wb") as stream:
            yield stream
        return
    beside = target.with_name(f".{target.name}.{os.urandom(4).hex()}")
    stream = _opened(beside, target, private)
    try:
        with stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if target.exists():
            beside.chmod(stat.S_IMODE(target.stat().st_mode))
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _opened(beside: Path, target: Path, private: bool) -> BinaryIO:
    try:
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
        return os.fdopen(os.open(beside, flags, 0o600 if private else 0o666), "wb")
    except OSError as error:
        raise BadInput(
            N_("{file} cannot be written: {reason}."),
            hint=N_("Choose another place, or make the folder first."),
            file=str(target),
            reason=error.strerror or str(error),
        ) from error
