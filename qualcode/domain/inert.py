"""The one filter for text that reaches a screen or a page.

Transcripts and file names come from anywhere. A control character painted as it is can clear the terminal,
set its title or hide words (ESC sequences, BEL, bidi overrides); here each becomes a visible symbol of one
cell. The filter keeps the length: `len(inert(text)) == len(text)`, so offsets stay true.
"""

from __future__ import annotations

_C0 = {code: chr(0x2400 + code) for code in range(0x20)}
_C1 = dict.fromkeys(range(128, 160), "�")
_BIDI = dict.fromkeys((*range(8234, 8239), *range(8294, 8298), 8206, 8207, 1564), "�")
_SEPARATORS = {0x2028: "\u2424", 0x2029: "\u2424"}
_SURROGATES = dict.fromkeys(range(55296, 57344), "�")

_ALL = _C0 | {0x7F: "\u2421"} | _C1 | _BIDI | _SEPARATORS | _SURROGATES
_KEEPING_LAYOUT = {code: symbol for code, symbol in _ALL.items() if code not in (0x09, 0x0A)}


def inert(text: str) -> str:
    """`text` for one line: every control character, newline and tab too, as a visible symbol."""
    return text.translate(_ALL)


def inert_block(text: str) -> str:
    """`text` for several lines: newlines and tabs kept, every other control character as a symbol."""
    return text.translate(_KEEPING_LAYOUT)


def control_characters(text: str) -> int:
    """How many characters of `text` (newline and tab apart) would be painted as symbols."""
    return sum(1 for character in text if ord(character) in _KEEPING_LAYOUT)
