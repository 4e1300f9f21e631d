"""What was probably meant by a word that is none of those known: a slip of the fingers, and nothing further off."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches

_CLOSE = 0.7
"""difflib's ratio: `riks` finds `risk` (0.75), `sought` finds `south` (0.73), `nosuch` not `svc` (0.44)."""


def nearest(word: str, known: Iterable[str], *, at_most: int = 1) -> list[str]:
    """The words of `known` that `word` may be a slip for, the nearest first; capital letters do not count."""
    folded: dict[str, str] = {}
    for item in known:
        folded.setdefault(item.casefold(), item)
    return [folded[item] for item in get_close_matches(word.casefold(), folded, n=at_most, cutoff=_CLOSE)]
