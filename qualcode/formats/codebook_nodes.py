"""YAML as a tree of nodes that know their line: only as much of the language as a codebook needs.

PyYAML's events are read, not its objects: words stay as they are written (`no`, `007`, `-1`), every node has its
place, and what could do harm or be misread is refused with its line: anchors and aliases (a few lines of them can
stand for gigabytes), tags, several documents, deep nesting, huge or binary files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Any

from qualcode.errors import N_
from qualcode.formats.codebook_problems import Place, Placed, Problems, Unreadable

if TYPE_CHECKING:
    from yaml.events import Event

MAX_BYTES = 5_000_000
"""Some 4,000 codes with texts in two languages; a larger file is something else."""
MAX_NODES = 400_000
"""Words, lists and maps; a codebook of 2,000 codes with texts in two languages has a third of that."""
MAX_DEPTH = 30

# What YAML allows in a file; all else must be written as an escape.
_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?[0-9]{1,18}\.[0-9]*([eE][-+][0-9]{1,3})?")
_NULL = ("", "~", "null", "Null", "NULL")
_BOOLEAN = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


class Kind(Enum):
    SCALAR = "scalar"
    LIST = "list"
    MAP = "map"


@dataclass(slots=True)
class Node:
    """`text` of a scalar, `items` of a list, `pairs` of a map (key and value, a repeated key left out)."""

    kind: Kind
    line: int
    column: int
    text: str = ""
    plain: bool = False
    items: list[Node] = field(default_factory=list["Node"])
    pairs: dict[str, tuple[Node, Node]] = field(default_factory=dict[str, tuple["Node", "Node"]])

    @property
    def empty(self) -> bool:
        """True for a place left open, `~` or `null`."""
        return self.kind is Kind.SCALAR and self.plain and self.text in _NULL

    def value(self) -> Any:
        """As plain Python values, for parts that are kept as they were read.

        Only `true` and `false` are truth values (YAML 1.1 would read Norway's `no` as one), only decimal numbers
        without leading zeros are numbers, dates stay text.
        """
        if self.kind is Kind.LIST:
            return [item.value() for item in self.items]
        if self.kind is Kind.MAP:
            return {key: node.value() for key, (_, node) in self.pairs.items()}
        if not self.plain:
            return self.text
        if self.text in _NULL:
            return None
        if self.text in _BOOLEAN:
            return _BOOLEAN[self.text]
        if _INTEGER.fullmatch(self.text):
            return int(self.text)
        return float(self.text) if _FLOAT.fullmatch(self.text) else self.text


def parse(content: bytes, problems: Problems) -> Node:
    """The root of the file. Raises Unreadable, with the reason in `problems`; repeated keys are only noted."""
    return _tree(_events(_text(content, problems), problems), problems)


def _refuse(problems: Problems, at: Placed, template: str, **params: Any) -> Unreadable:
    problems.error(at, template, **params)
    return Unreadable()


def _text(content: bytes, problems: Problems) -> str:
    if len(content) > MAX_BYTES:
        template = N_("The file has {size} MB; a codebook has {most} MB at most.")
        raise _refuse(problems, Place(1, 1), template, size=len(content) // 1_000_000, most=MAX_BYTES // 1_000_000)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _place(content[: error.start].decode("utf-8", "replace"))
        raise _refuse(problems, place, N_("The file is not UTF-8 text.")) from None
    if wrong := _UNPRINTABLE.search(text):
        raise _refuse(
            problems,
            _place(text[: wrong.start()]),
            N_("The character U+{code} cannot stand in a YAML file; is this a text file?"),
            code=f"{ord(wrong[0]):04X}",
        )
    return text


def _place(before: str) -> Place:
    lines = re.split("\r\n|\r|\n", before)
    return Place(len(lines), len(lines[-1]) + 1)


def _events(text: str, problems: Problems) -> Iterator[Event]:
    import yaml

    # libyaml reads 2,000 codes in a tenth of a second, twenty times as fast as PyYAML's own scanner.
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        yield from yaml.parse(text, Loader=loader)  # pyright: ignore[reportUnknownMemberType]
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)
        reason = " ".join(part for part in (error.context, error.problem) if part)
        raise _refuse(problems, place, N_("This is not YAML: {reason}."), reason=reason) from None
    except yaml.YAMLError as error:
        raise _refuse(problems, Place(1, 1), N_("This is not YAML: {reason}."), reason=str(error)) from None


def _tree(events: Iterator[Event], problems: Problems) -> Node:
    """Build the tree without recursion, so that depth is refused by count and not by a crash."""
    import yaml

    root: Node | None = None
    nodes = 0
    above: list[_Open] = []
    for event in events:
        if isinstance(event, yaml.SequenceEndEvent | yaml.MappingEndEvent):
            above.pop()
            continue
        if isinstance(event, yaml.DocumentStartEvent) and root is not None:
            raise _refuse(problems, _at(event), N_("The file holds several YAML documents; a codebook is one."))
        if not isinstance(event, yaml.NodeEvent):
            continue
        node = _node(event, problems)
        nodes += 1
        if nodes > MAX_NODES:
            raise _refuse(
                problems, node, N_("The file has more than {most} words, lists and maps."), most=MAX_NODES
            )
        if above:
            above[-1].take(node, problems)
        else:
            root = node
        if node.kind is not Kind.SCALAR:
            above.append(_Open(node))
        if len(above) > MAX_DEPTH:
            raise _refuse(problems, node, N_("The file is nested more than {most} deep."), most=MAX_DEPTH)
    if root is None:
        raise _refuse(problems, Place(1, 1), N_("The file is empty."))
    return root


def _at(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)


def _node(event: Any, problems: Problems) -> Node:
    import yaml

    place = _at(event)
    if event.anchor is not None:
        raise _refuse(
            problems, place, N_("Anchors and aliases are not read; quote a word that begins with & or *.")
        )
    if event.tag is not None:
        raise _refuse(problems, place, N_("Tags such as {tag} are not read."), tag=event.tag)
    if isinstance(event, yaml.ScalarEvent):
        text = str(event.value)  # pyright: ignore[reportUnknownMemberType, reportUnknownArgumentType]
        if event.style in ("|", ">"):
            # A block ends with the line break of its last line, which nobody means as part of the text.
            text = text.rstrip("\n")
        return Node(Kind.SCALAR, place.line, place.column, text, plain=not event.style)
    kind = Kind.LIST if isinstance(event, yaml.SequenceStartEvent) else Kind.MAP
    return Node(kind, place.line, place.column)


@dataclass(slots=True)
class _Open:
    """A list or map being filled; `key` waits for its value."""

    node: Node
    key: Node | None = None

    def take(self, node: Node, problems: Problems) -> None:
        if self.node.kind is Kind.LIST:
            self.node.items.append(node)
        elif self.key is None:
            if node.kind is not Kind.SCALAR:
                raise _refuse(problems, node, N_("A key must be a word, not a list or a map."))
            self.key = node
        else:
            key, self.key = self.key, None
            if (first := self.node.pairs.get(key.text)) is not None:
                template = N_("The key {key!r} stands twice; first on line {first}.")
                problems.error(key, template, key=key.text, first=first[0].line)
            else:
                self.node.pairs[key.text] = (key, node)
