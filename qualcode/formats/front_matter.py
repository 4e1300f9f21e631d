"""YAML front matter: what a transcript says of itself, cut off before offset 0.

    ---
    id: sykehjem-p1
    date: 2024-03-01
    cases: [sykehjem]
    speakers: {I: interviewer, P1: kari}
    ---

The first line is exactly `---`, the closing line `---` or `...`. The text begins after the closing line and the
blank lines that follow it, so that offset 0 is the first word. A block without any known key is no front matter
but text (some transcripts open with a rule). All values are text as written: `007` and `no` stay what they are.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from qualcode.errors import N_, BadInput, Message
from qualcode.formats.codebook_nodes import Kind, Node, Unreadable, parse
from qualcode.formats.codebook_problems import Problems

MAX_LENGTH = 65_536
"""Code points within which the closing line must come."""

_BLOCK = re.compile(r"---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n(?:[ \t]*\n)*|\Z)", re.DOTALL | re.MULTILINE)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_ISO_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ].*)?")
_NORDIC_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_WORDS = re.compile(r"^[ \t]*[^\s#]", re.MULTILINE)
"""Anything but comments and blank lines."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """`metadata` by key: id, title, date (ISO 8601), language, informant: str; cases: tuple of str;
    speakers: label -> informant or `interviewer`; attributes: id -> tuple of values.
    Keys that are missing or empty in the file are missing here. `text` is what follows."""

    metadata: dict[str, Any]
    text: str
    warnings: tuple[Message, ...] = ()


@dataclass(slots=True)
class _Source:
    """The file, for errors, and the warnings so far."""

    file: str
    warnings: list[Message] = field(default_factory=list[Message])

    def bad(self, node: Node, template: str, **params: Any) -> BadInput:
        return BadInput(template, file=self.file, line=node.line + 1, **params)


def cut(text: str, *, name: str) -> FrontMatter:
    """Front matter and text of a file. Raises BadInput with the line where the block cannot be understood."""
    match = _BLOCK.match(text, 0, MAX_LENGTH) if text.startswith("---") else None
    if not match:
        return FrontMatter({}, text)
    if not _WORDS.search(match[1]):
        return FrontMatter({}, text[match.end() :])
    root = _tree(match[1], name)
    if not _READ.keys() & root.pairs.keys():
        warning = Message(N_("The first lines stand between rules but are no front matter; they stay text."))
        return FrontMatter({}, text, (warning,))
    source = _Source(name)
    metadata = dict(_entries(root, source))
    return FrontMatter(metadata, text[match.end() :], tuple(source.warnings))


def _tree(block: str, name: str) -> Node:
    """The YAML tree. Raises BadInput for what is no YAML, and for aliases, tags, depth and repeated keys."""
    problems = Problems()
    try:
        root = parse(block.encode(), problems)
    except Unreadable:
        root = None
    for problem in problems.in_order():
        raise BadInput(
            N_("{file}, line {line}: the front matter cannot be read. {reason}"),
            hint=N_("Put values with a colon or other signs in quotes."),
            file=name,
            line=problem.line + 1,
            reason=problem.message,
        )
    assert root is not None
    return root


def _entries(root: Node, source: _Source) -> Iterator[tuple[str, Any]]:
    for key, (at, node) in root.pairs.items():
        read = _READ.get(key)
        if read is None:
            source.warnings.append(
                Message(N_("Line {line}: unknown front matter {key!r}."), {"key": key, "line": at.line + 1})
            )
        elif not node.empty:
            yield key, read(key, node, source)


def _text(key: str, node: Node, source: _Source) -> str:
    if node.kind is not Kind.SCALAR:
        raise source.bad(node, N_("{file}, line {line}: {key!r} must be one value."), key=key)
    return node.text.strip()


def _list(key: str, node: Node, source: _Source) -> tuple[str, ...]:
    """A list of values; one value alone is a list of one."""
    items = node.items if node.kind is Kind.LIST else [node]
    return tuple(_text(key, item, source) for item in items)


def _named(key: str, node: Node, source: _Source) -> Iterator[tuple[str, Node]]:
    if node.kind is not Kind.MAP:
        raise source.bad(node, N_("{file}, line {line}: {key!r} must hold lines of `name: value`."), key=key)
    return ((name, value) for name, (_, value) in node.pairs.items() if not value.empty)


def _speakers(key: str, node: Node, source: _Source) -> dict[str, str]:
    return {label: _text(label, value, source) for label, value in _named(key, node, source)}


def _attributes(key: str, node: Node, source: _Source) -> dict[str, tuple[str, ...]]:
    return {name: _list(name, value, source) for name, value in _named(key, node, source)}


def _language(key: str, node: Node, source: _Source) -> str:
    tag = _text(key, node, source)
    if not _LANGUAGE.fullmatch(tag):
        raise source.bad(node, N_("{file}, line {line}: {tag!r} is no language tag such as nb, nn or en."), tag=tag)
    return tag


def _date(key: str, node: Node, source: _Source) -> str:
    written = _text(key, node, source)
    date = iso_date(written)
    if date is None:
        raise source.bad(
            node, N_("{file}, line {line}: {date!r} is no date; write it as 2024-03-01."), date=written
        )
    return date


def iso_date(value: str) -> str | None:
    """`2024`, `2024-03`, `2024-03-01` (a time after it is dropped) or `1.3.2024` as ISO 8601; None for all else."""
    nordic = _NORDIC_DATE.fullmatch(value)
    iso = _ISO_DATE.fullmatch(value)
    parts = (nordic[3], nordic[2], nordic[1]) if nordic else iso.groups() if iso else ()
    numbers = [int(part) for part in parts if part]
    if not numbers:
        return None
    try:
        date = datetime.date(*[*numbers, 1, 1][:3]).isoformat()
    except ValueError:
        return None
    return date[: (4, 7, 10)[len(numbers) - 1]]


_READ: dict[str, Callable[[str, Node, _Source], Any]] = {
    "id": _text,
    "title": _text,
    "date": _date,
    "language": _language,
    "cases": _list,
    "speakers": _speakers,
    "informant": _text,
    "attributes": _attributes,
}
