"""Reading the users' files and folders, with an error that names the place."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import N_, BadInput, NotFound


def content_of(path: Path) -> bytes:
    """The bytes of a file. Raises NotFound, or BadInput where it cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise NotFound(
            N_("There is no file {file}."), hint=N_("Check the name and the folder."), file=str(path)
        ) from None
    except OSError as error:
        raise BadInput(
            N_("{file} cannot be read: {reason}."),
            hint=N_("Check that it is a file and that you may read it."),
            file=str(path),
            reason=error.strerror or str(error),
        ) from None


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or folder in a folder. `size` in bytes, 0 of a folder."""

    path: Path
    is_folder: bool
    size: int


def entries(folder: Path) -> list[Entry]:
    """What is in a folder and not hidden, folders first, each by name. Raises NotFound, or BadInput."""
    try:
        with os.scandir(folder) as inside:
            found = [_entry(item) for item in inside if not item.name.startswith((".", "~$"))]
    except FileNotFoundError:
        raise NotFound(
            N_("There is no file or folder {path}."), hint=N_("Check the name and the folder."), path=str(folder)
        ) from None
    except OSError as error:
        raise BadInput(
            N_("{file} cannot be read: {reason}."),
            hint=N_("Check that it is a folder and that you may read it."),
            file=str(folder),
            reason=error.strerror or str(error),
        ) from None
    return sorted(found, key=lambda item: (not item.is_folder, item.path.name.casefold()))


def _entry(item: os.DirEntry[str]) -> Entry:
    """A link that leads nowhere, or where one may not look, is listed as an empty file."""
    try:
        is_folder = item.is_dir()
        return Entry(Path(item.path), is_folder, 0 if is_folder else item.stat().st_size)
    except OSError:
        return Entry(Path(item.path), False, 0)
