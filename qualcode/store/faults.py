"""What a database error means to a researcher, in one line and with what to do."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from qualcode.errors import N_, StudyUnavailable

_MEANINGS = (
    (
        ("database is locked", "database table is locked", "lock timeout"),
        N_("The study {where} is being written by another program."),
        N_("Nothing was changed; wait for it to finish and try again."),
    ),
    (
        ("readonly database", "read-only"),
        N_("The study {where} cannot be written: the file, its folder or the disk is read-only."),
        N_("Nothing was changed; copy the study to a folder you may write to."),
    ),
    (
        ("disk is full", "no space left"),
        N_("The disk that holds the study {where} is full."),
        N_("Nothing was changed; make room and try again."),
    ),
    (
        ("not a database", "malformed", "corrupt"),
        N_("The file {where} is damaged or is no study database."),
        N_("It was left as it is; `qualcode restore` brings a backup back."),
    ),
    (
        ("unable to open", "disk i/o error", "could not connect", "connection failed", "connection refused"),
        N_("The study {where} cannot be opened."),
        N_("Check that the place exists and that you may read and write there."),
    ),
)

_VAGUE = ("unable to open", "disk i/o error")
"""All that SQLite says where it cannot make its files beside the study."""

_NEEDED_BYTES = 64 * 1024
"""Room for those files at their smallest."""


def meaning(error: BaseException, where: str) -> StudyUnavailable:
    """A driver's error as one of the meanings above; anything else keeps the database's own words."""
    words = (str(error).strip().splitlines() or [type(error).__name__])[0]
    if any(sign in words.lower() for sign in _VAGUE):
        words = _state_of_disk(Path(where).parent) or words
    for signs, template, hint in _MEANINGS:
        if any(sign in words.lower() for sign in signs):
            return StudyUnavailable(template, hint=hint, where=where)
    return StudyUnavailable(
        N_("The database of the study {where} refused: {words}."),
        hint=N_("Nothing was changed; `qualcode doctor` examines the study."),
        where=where,
        words=words,
    )


def _state_of_disk(folder: Path) -> str:
    """A sign of `_MEANINGS` for what stands in the way of writing in `folder`; empty where nothing does."""
    if not folder.is_dir():
        return ""
    if not os.access(folder, os.W_OK):
        return "read-only"
    return "disk is full" if shutil.disk_usage(folder).free < _NEEDED_BYTES else ""


@contextmanager
def faults_explained(where: str) -> Generator[None]:
    """Turn errors of the driver into StudyUnavailable."""
    try:
        yield
    except DBAPIError as error:
        raise meaning(error.orig or error, where) from error
