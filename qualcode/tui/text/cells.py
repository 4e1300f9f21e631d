"""How many terminal cells a stretch of text takes, and what is painted for it.

A block of text whose characters are all certainly one cell wide takes the fast path (`is_narrow`): offset and
column differ by a constant. All other text is measured grapheme by grapheme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import split_graphemes

from qualcode.domain.inert import inert_block

TAB = 4

_NOT_NARROW = re.compile(
    r"[^\n\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0373\u0376\u0377\u0384-\u038a\u038c\u038e-\u03a1\u03a3-\u0482"
    r"\u048a-\u052f\u1e00-\u1f15\u2010-\u2027\u2030-\u205e\u2070\u2071\u2074-\u208e\u20a0-\u20bf\u2190-\u21ff\u2200-\u2211]"
)
_FLAT = str.maketrans({"\t": " ", "\n": " ", "\u00ad": "\u2010"})
"""Terminals disagree about a soft hyphen (none or one cell); it is painted as a hyphen. Tabs are widened later."""


def is_narrow(text: str, start: int, end: int) -> bool:
    """True where every character of `text[start:end]` is one cell wide, newlines apart."""
    return _NOT_NARROW.search(text, start, end) is None


def painted(text: str) -> str:
    """`text` for the screen, of the same length: control characters as symbols, tabs and newlines as blanks."""
    return inert_block(text).translate(_FLAT)


def graphemes(text: str, start: int, end: int) -> Iterator[tuple[int, int, int, str]]:
    """`(start, end, cells, glyph)` of each cluster of one row, beginning at column 0; offsets are the text's own.

    A tab runs to the next multiple of `TAB`; its glyph is that many blanks.
    """
    shown = painted(text[start:end])
    column = 0
    for first, last, cells in split_graphemes(shown)[0]:
        glyph = shown[first:last]
        if text[start + first] == "\t":
            cells = TAB - column % TAB
            glyph = " " * cells
        column += cells
        yield start + first, start + last, cells, glyph
