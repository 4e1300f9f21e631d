"""Reading the users' files, with an error that names the file."""

from __future__ import annotations

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
