"""Plain values as lines of YAML: maps and lists in blocks, short ones on a line, words quoted where needed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, cast

WIDTH = 110
_SPACED = ("codes", "questions", "qualifiers", "themes", "relation_types", "tables")
"""Lists with a blank line between entries."""
_ON_A_LINE = (
    *("name", "label", "title", "values", "sides", "actor_map", "default", "default_by_code", "code_sides"),
    *("rows", "columns"),
)
"""Maps, or lists of maps, that are written `{nb: ..., en: ...}` where they fit in the width."""

# Begins with a letter or digit, and holds nothing that YAML could take for its own signs there.
_PLAIN = re.compile(r"[^\W_][^\n:]*")
_PLAIN_IN_FLOW = re.compile(r"[^\W_][^\n:,\[\]{}?]*")
_NUMBER = re.compile(r"[0-9][0-9a-fA-FxXoO_.+-]*")
_PRINTABLE = re.compile("[\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]*")


def lines_of(value: Mapping[str, Any], indent: int = 0) -> list[str]:
    """The lines of a map in block form, each entry on lines of its own, `indent` spaces in."""
    return [line for key, entry in value.items() for line in _entry(key, entry, " " * indent)]


def _entry(key: str, value: Any, margin: str) -> Iterator[str]:
    start = f"{margin}{word(key)}:"
    if isinstance(value, str) and _fits_a_block(value):
        yield f"{start} |-"
        yield from (f"{margin}  {line}".rstrip(" ") for line in value.split("\n"))
    elif isinstance(value, Mapping) and value:
        yield from _map(key, cast(Mapping[str, Any], value), start, margin)
    elif isinstance(value, Sequence) and value and not isinstance(value, str):
        yield from _list(key, cast(Sequence[Any], value), start, margin)
    else:
        yield f"{start} {_line(value)}"


def _map(key: str, value: Mapping[str, Any], start: str, margin: str) -> Iterator[str]:
    if key in _ON_A_LINE and len(line := f"{start} {flow(value)}") <= WIDTH:
        yield line
        return
    yield start
    for name, entry in value.items():
        if key == "examples" and entry and isinstance(entry, list | tuple):
            # Sentences: one a line.
            yield f"{margin}  {word(name)}:"
            yield from (f"{margin}    - {_line(item)}" for item in cast(Sequence[Any], entry))
        else:
            yield from _entry(name, entry, f"{margin}  ")


def _list(key: str, value: Sequence[Any], start: str, margin: str) -> Iterator[str]:
    if not all(item and isinstance(item, Mapping) for item in value):
        yield from _wrapped(value, start, margin)
        return
    yield start
    for place, item in enumerate(value):
        if place and key in _SPACED:
            yield ""
        if key in _ON_A_LINE and len(line := f"{margin}  - {flow(item)}") <= WIDTH:
            yield line
            continue
        lines = lines_of(item, len(margin) + 4)
        yield f"{margin}  - {lines[0].lstrip(' ')}"
        yield from lines[1:]


def _wrapped(value: Sequence[Any], start: str, margin: str) -> Iterator[str]:
    """A list on one line, or on several where it is long, broken only between its items."""
    line = f"{start} ["
    for place, item in enumerate(value):
        last = place == len(value) - 1
        piece = flow(item) + ("]" if last else ",")
        if len(line) + len(piece) + 1 > WIDTH and not line.endswith("["):
            yield line.rstrip(" ")
            line = f"{margin}  "
        line += piece if last else piece + " "
    yield line


def _line(value: Any) -> str:
    """What stands alone to the end of its line, where commas and brackets mean nothing."""
    return word(value, _PLAIN) if isinstance(value, str) else flow(value)


def flow(value: Any) -> str:
    """The value on one line."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _decimal(value)
    if isinstance(value, Mapping):
        pairs = cast(Mapping[str, Any], value).items()
        return "{" + ", ".join(f"{word(key)}: {flow(entry)}" for key, entry in pairs) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(flow(item) for item in cast(Sequence[Any], value)) + "]"
    return word(value) if isinstance(value, str) else str(value)


def _decimal(value: float) -> str:
    """With a point also where Python leaves it out (1e-07), since YAML takes that for a word."""
    digits, exponent, power = repr(value).partition("e")
    return f"{digits}{'' if '.' in digits else '.0'}{exponent}{power}"


def word(text: str, plain: re.Pattern[str] = _PLAIN_IN_FLOW) -> str:
    """The text as a scalar: as it is where no reader of YAML can take it for anything else, else quoted."""
    if not _PRINTABLE.fullmatch(text):
        return _escaped(text)
    if plain.fullmatch(text) and text[-1] != " " and " #" not in text and not _has_another_meaning(text):
        return text
    return "'" + text.replace("'", "''") + "'"


@cache
def _resolvers() -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    import yaml

    return cast(Any, yaml.SafeLoader).yaml_implicit_resolvers


def _has_another_meaning(text: str) -> bool:
    """True for a word that YAML 1.1 or 1.2 takes for a number, a date, a truth value or nothing."""
    return _NUMBER.fullmatch(text) is not None or any(
        pattern.match(text) for _, pattern in _resolvers().get(text[0], [])
    )


_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _escaped(text: str) -> str:
    return '"' + "".join(_escape(character) for character in text) + '"'


def _escape(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if _PRINTABLE.fullmatch(character):
        return character
    number = ord(character)
    return f"\\x{number:02X}" if number < 0x100 else f"\\u{number:04X}"


def _fits_a_block(text: str) -> bool:
    """True for text of several lines that a literal block gives back exactly."""
    lines = text.split("\n")
    return (
        len(lines) > 1
        and lines[-1] != ""
        and lines[0] != ""
        and not lines[0].startswith(" ")
        and all(_PRINTABLE.fullmatch(line) and not line.endswith(" ") for line in lines)
    )
