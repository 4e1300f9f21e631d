"""What differs between two codebooks, entry by entry and text by text: the list behind `codebook diff`.

Entries are matched by id, so a code that has moved or been renamed is one change and not two. Values are shown as
text, several joined by `|`, as in exports; what is absent, empty or false is the empty text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum, StrEnum
from typing import Any, cast

from qualcode.domain.codebook import Codebook


class Change(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REORDERED = "reordered"


@dataclass(frozen=True, slots=True)
class Difference:
    """`part` is the key of the format (codes, qualifiers ...), `field` the key below it, such as `name.nb`.

    An added or removed entry is one difference without a field; a reordered part one without an id.
    """

    change: Change
    part: str
    id: str = ""
    field: str = ""
    before: str = ""
    after: str = ""


_LISTS = ("questions", "sides", "actor_map", "attributes", "qualifiers", "themes", "codes", "relation_types")
_HEADER = ("id", "version", "title", "languages")
_KEYS = {"names": "name"}
"""Field of the domain -> key of the format, where they differ."""


def differences(old: Codebook, new: Codebook) -> list[Difference]:
    """Everything that differs, in the order of the format; empty for equal codebooks."""
    found = _changed("codebook", "", _header(old), _header(new))
    found.extend(_changed("settings", "", _flat(old.settings), _flat(new.settings)))
    for part in _LISTS:
        found.extend(_in_list(part, _entries(getattr(old, part)), _entries(getattr(new, part))))
    found.extend(_changed("code_sides", "", _flat(old.code_sides), _flat(new.code_sides)))
    before: dict[str, Any] = {"tables": old.tables, "patterns": old.patterns, **old.extra}
    after: dict[str, Any] = {"tables": new.tables, "patterns": new.patterns, **new.extra}
    for part in dict.fromkeys((*before, *after)):
        found.extend(_changed(part, "", _flat(before.get(part)), _flat(after.get(part))))
    return found


def _header(codebook: Codebook) -> dict[str, str]:
    return _flat({key: getattr(codebook, key) for key in _HEADER} | dict(codebook.header))


def _numbered(entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """By the entry's own id where it has one, else by its number from 1."""
    return {str(entry.get("id", number)): entry for number, entry in enumerate(entries, start=1)}


def _entries(entries: Sequence[Any]) -> dict[str, Any]:
    return {_id_of(entry): entry for entry in entries}


def _id_of(entry: Any) -> str:
    """The id; of an attribute with its entity, as in exports; of a row of the actor map its actor type."""
    if hasattr(entry, "entity"):
        return f"{entry.entity.value}.{entry.id}"
    return entry.actor_type if hasattr(entry, "actor_type") else entry.id


def _in_list(part: str, old: dict[str, Any], new: dict[str, Any]) -> list[Difference]:
    found = [Difference(Change.REMOVED, part, one) for one in old if one not in new]
    for one, entry in new.items():
        if one not in old:
            found.append(Difference(Change.ADDED, part, one))
        elif entry != old[one]:
            found.extend(_changed(part, one, _flat(_fields(old[one])), _flat(_fields(entry))))
    before, after = [one for one in old if one in new], [one for one in new if one in old]
    if before != after:
        found.append(Difference(Change.REORDERED, part, before="|".join(before), after="|".join(after)))
    return found


def _changed(part: str, one: str, before: dict[str, str], after: dict[str, str]) -> list[Difference]:
    return [
        Difference(Change.CHANGED, part, one, key, before.get(key, ""), after.get(key, ""))
        for key in dict.fromkeys((*before, *after))
        if before.get(key, "") != after.get(key, "")
    ]


def _fields(entry: Any) -> dict[str, Any]:
    return {_KEYS.get(field.name, field.name): getattr(entry, field.name) for field in fields(entry)}


def _flat(value: Any, path: str = "") -> dict[str, str]:
    """Every leaf as text under its path, `name.nb` or `values.idea.key`."""
    if isinstance(value, Mapping):
        leaves: dict[str, str] = {}
        for name, one in cast(Mapping[str, Any], value).items():
            leaves |= _flat(one, f"{path}.{name}" if path else str(name))
        return leaves
    if is_dataclass(value):
        return _flat(_fields(value), path)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return _flat_list(cast(Sequence[Any], value), path)
    return {path: _text(value)}


def _flat_list(values: Sequence[Any], path: str) -> dict[str, str]:
    """Entries with ids by their id, and the order of the ids; plain values joined."""
    if values and all(is_dataclass(value) for value in values):
        by_id = _entries(values)
    elif values and all(isinstance(value, Mapping) for value in values):
        by_id = _numbered(cast(Sequence[Mapping[str, Any]], values))
    else:
        return {path: "|".join(_text(value) for value in values)}
    return {path: "|".join(by_id)} | _flat(by_id, path)


def _text(value: Any) -> str:
    if value is None or value is False:
        return ""
    if value is True:
        return "true"
    return str(value.value) if isinstance(value, Enum) else str(value)
