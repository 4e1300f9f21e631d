"""Where a value of a query ends: at a mark or a joining word, unless it is quoted or one of the field's own."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qualcode.domain.facts import Field

JOINING = ("and", "or", "not", "with", "without", "within", "after", "before", "overlaps", "encloses", "inside")
"""The words between conditions."""

_FIELD = r"[^\s=!~()|&\"@]+"
_SIGN = r"(?:!=|==|=|!~|~)"
_POSITION = (
    r"(?:not\s+)?(?:with|without|after|before|overlaps|encloses|inside"
    r"|within\s+[0-9]+\s+turns?\s+(?:of|after|before))"
)
_BEGINNING = rf"\s*(?:not(?=[\s(@])\s*|\(\s*)*(?:@|{_FIELD}\s*{_SIGN})"

FIELD = re.compile(_FIELD)
SIGN = re.compile(_SIGN)
_JOINED = re.compile(rf"(?:&|(?:{'|'.join(JOINING)})(?=[\s(@]|$))", re.IGNORECASE)
_JOINED_TO_MORE = re.compile(rf"(?:&|(?:and|or|{_POSITION})(?=[\s(@])){_BEGINNING}", re.IGNORECASE)
_INNER = re.compile(rf"(?<=\s)({_FIELD})\s*{_SIGN}")
_ENDS_WORD = re.compile(r"[\s()|&]|$")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Found:
    """A value, and where in the text it ends."""

    value: str
    end: int


def quoted_value(text: str, at: int) -> Found | None:
    """The value between the quotation marks that begin `at`; None where they are never closed."""
    match = _QUOTED.match(text, at)
    return Found(_ESCAPED.sub(r"\1", match[1]), match.end()) if match else None


def own_value(field: Field, text: str, at: int) -> Found | None:
    """The longest of the field's values that stands `at`: it may be a joining word, or several words."""
    fitting = [
        choice.id
        for choice in field.choices or ()
        if choice.id and text.startswith(choice.id, at) and _ENDS_WORD.match(text, at + len(choice.id))
    ]
    longest = max(fitting, key=len, default=None)
    return None if longest is None else Found(longest, at + len(longest))


def bare_value(text: str, at: int, *, in_parentheses: bool) -> Found:
    """One word of a field that has only certain values; empty before a joining word."""
    end = at
    while end < len(text) and not text[end].isspace() and text[end] not in "|&" + ("()" if in_parentheses else ""):
        end += 1
    return Found("", at) if _JOINED.match(text, at) else Found(text[at:end], end)


def bare_words(text: str, at: int, *, in_parentheses: bool) -> Found:
    """The words that are looked for, up to a joining word; the first may be one."""
    return _words(text, at, _JOINED, at + 1, in_parentheses=in_parentheses)


def bare_text(text: str, at: int, *, in_parentheses: bool) -> Found:
    """Any text: a joining word ends it only where a condition follows, for a name may be `Kari and Ola`."""
    return _words(text, at, _JOINED_TO_MORE, at, in_parentheses=in_parentheses)


def inner_fields(text: str, found: Found, at: int) -> list[tuple[str, int]]:
    """What looks like fields with signs inside a value, with their places: perhaps no value at all."""
    return [(match[1], match.start()) for match in _INNER.finditer(text, at, found.end)]


def _words(text: str, at: int, ending: re.Pattern[str], ends_from: int, *, in_parentheses: bool) -> Found:
    depth = 0
    end = at
    while end < len(text):
        mark = text[end]
        if mark == "|" or (mark == ")" and depth == 0 and in_parentheses):
            break
        begins_word = end == at or text[end - 1].isspace() or mark == "&"
        if depth == 0 and end >= ends_from and begins_word and ending.match(text, end):
            break
        depth += (mark == "(") - (mark == ")" and depth > 0)
        end += 1
    return Found(text[at:end].strip(), end)
