"""One map of the file, read key by key: what has the wrong shape is noted with its line and left out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import TypeVar

from qualcode.domain.near import nearest
from qualcode.errors import N_
from qualcode.formats.codebook_nodes import Kind, Node
from qualcode.formats.codebook_problems import Problems

Choice = TypeVar("Choice", bound=StrEnum)
OWN = "x-"
"""Keys that begin so are the user's: kept where a map allows them, never read by the program."""


class Fields:
    """`keys` are the keys the map may have. A key that is absent and one left open are the same thing."""

    def __init__(self, node: Node, keys: Collection[str], problems: Problems, *, own_keys: bool = False) -> None:
        self.node = node
        self._problems = problems
        if node.kind is not Kind.MAP:
            if not node.empty:
                problems.error(node, N_("This must be a map of keys and values."))
            return
        for key, (key_node, _) in node.pairs.items():
            if key not in keys and not (own_keys and key.startswith(OWN)):
                self._unknown_key(key, key_node, keys)

    def _unknown_key(self, key: str, node: Node, keys: Collection[str]) -> None:
        near = nearest(key, keys)
        if near:
            template = N_("There is no key {key!r} here; {near!r} is meant?")
            self._problems.error(node, template, key=key, near=near[0])
        else:
            known = ", ".join(sorted(keys))
            self._problems.error(node, N_("There is no key {key!r} here; known: {known}."), key=key, known=known)

    def get(self, key: str) -> Node | None:
        """The value under `key`; None where it is absent or left open."""
        found = self.node.pairs.get(key)
        return None if found is None or found[1].empty else found[1]

    def word(self, key: str) -> str:
        """The scalar as it is written: `no` is "no", `007` is "007". Empty where absent."""
        return self.optional_word(key) or ""

    def optional_word(self, key: str) -> str | None:
        node = self.get(key)
        return None if node is None else self._word(node)

    def _word(self, node: Node) -> str:
        if node.kind is not Kind.SCALAR:
            self._problems.error(node, N_("This must be one word or text, not a list or a map."))
            return ""
        return node.text

    def flag(self, key: str, *, otherwise: bool) -> bool:
        node = self.get(key)
        if node is None:
            return otherwise
        if not isinstance(value := node.value(), bool):
            self._problems.error(node, N_("This must be true or false."))
            return otherwise
        return value

    def number(self, key: str, *, otherwise: int) -> int:
        node = self.get(key)
        if node is None:
            return otherwise
        if not isinstance(value := node.value(), int) or isinstance(value, bool):
            self._problems.error(node, N_("This must be a whole number."))
            return otherwise
        return value

    def choice(self, key: str, choices: type[Choice], *, otherwise: Choice) -> Choice:
        node = self.get(key)
        if node is None:
            return otherwise
        if node.kind is Kind.SCALAR and node.text in {choice.value for choice in choices}:
            return choices(node.text)
        known = ", ".join(choice.value for choice in choices)
        self._problems.error(node, N_("This must be one of: {known}."), known=known)
        return otherwise

    def items(self, key: str) -> list[Node]:
        """The items of a list; a single value is not taken for a list of one, since that hides slips."""
        node = self.get(key)
        return [] if node is None else self._items(node)

    def _items(self, node: Node) -> list[Node]:
        if node.kind is not Kind.LIST:
            self._problems.error(node, N_("This must be a list."))
        return node.items

    def words(self, key: str) -> tuple[str, ...]:
        return tuple(self._word(item) for item in self.items(key))

    def _pairs(self, key: str) -> Iterator[tuple[str, Node]]:
        node = self.get(key)
        if node is None:
            return
        if node.kind is not Kind.MAP:
            self._problems.error(node, N_("This must be a map, such as {{nb: ..., en: ...}}."))
            return
        for name, (_, value) in node.pairs.items():
            yield name, value

    def texts(self, key: str) -> dict[str, str]:
        """Language -> text. A language that is left open is an empty text, which checks can then point at."""
        return {name: "" if value.empty else self._word(value) for name, value in self._pairs(key)}

    def pairs(self, key: str) -> dict[str, str]:
        """Id -> word; what is left open is left out."""
        return {name: self._word(value) for name, value in self._pairs(key) if not value.empty}

    def lists(self, key: str) -> dict[str, tuple[str, ...]]:
        """Language -> list of words."""
        return {
            name: tuple(self._word(item) for item in self._items(value))
            for name, value in self._pairs(key)
            if not value.empty
        }
