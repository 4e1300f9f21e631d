"""Stable ids that users give: what they may look like, and the slug of a file's path."""

from __future__ import annotations

import re
from pathlib import PurePath

from qualcode.errors import N_, BadInput

_KEY = re.compile(r"[^\W_](?:[\w.\-]*\w)?")
_UNFIT = re.compile(r"[^\w.\-]+")


def check_key(key: str) -> None:
    """Raises BadInput unless `key` is letters (of any script), digits, `-`, `_` and `.`.

    Ids stand in file names, in CSV cells joined by `|` and on the command line.
    """
    if not _KEY.fullmatch(key) or len(key) > 100:
        raise BadInput(
            N_("{key!r} cannot be an id."),
            hint=N_("Use letters, digits, `-`, `_` and `.`, at most 100, without spaces."),
            key=key,
        )


def slug(path: PurePath) -> str:
    """The id of a file by its path: lower case, folders joined by `-`, everything unfit one `-`."""
    words = [*path.parts[:-1], path.stem]
    joined = "-".join(_UNFIT.sub("-", word).strip("-._") for word in words if word not in ("", ".", "/"))
    return joined.lower()[:100].rstrip("-._") or "document"
