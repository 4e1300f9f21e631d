"""Stable ids and language tags that users give: what they may look like, and the slug of a file's path."""

from __future__ import annotations

import re
from pathlib import PurePath

from qualcode.errors import N_, BadInput

_KEY = re.compile(r"[^\W_](?:[\w.\-]*\w)?")
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
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


def check_language(tag: str) -> None:
    """Raises BadInput unless `tag` has the form of a BCP-47 tag."""
    if not _LANGUAGE_TAG.fullmatch(tag):
        raise BadInput(
            N_("{text!r} is no language."), hint=N_("Give its tag, such as nb, nn, en or en-GB."), text=tag
        )


def slug(path: PurePath) -> str:
    """The id of a file by its path: lower case, folders joined by `-`, everything unfit one `-`."""
    words = [*path.parts[:-1], path.stem]
    joined = "-".join(_UNFIT.sub("-", word).strip("-._") for word in words if word not in ("", ".", "/"))
    return joined.lower()[:100].rstrip("-._") or "document"
