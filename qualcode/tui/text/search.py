"""Finding words in the open document while they are typed."""

from __future__ import annotations

import re

from qualcode.domain.span import Span


def hits(text: str, words: str, *, regex: bool = False) -> list[Span]:
    """Every place of `words` in `text`, in order, letter case ignored; none for an unfinished expression.

    A pattern that is not valid yet is what every expression is while it is being typed, so it is not an error.
    """
    if not words:
        return []
    try:
        pattern = re.compile(words if regex else re.escape(words), re.IGNORECASE)
    except re.error:
        return []
    return [Span(*match.span()) for match in pattern.finditer(text) if match.end() > match.start()]
