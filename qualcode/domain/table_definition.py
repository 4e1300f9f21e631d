"""A table of the study as its codebook defines it: what stands down the side, what across, what a cell shows.

A codebook keeps its tables as they were read; here they get their meaning. `table_check` says what is wrong with
one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, cast

from qualcode.domain.codebook import Codebook, Texts, in_language
from qualcode.domain.near import nearest
from qualcode.errors import N_, NotFound

KEYS: dict[str, tuple[str, ...]] = {
    "tables": ("id", "name", "kind", "questions", "where", "rows", "columns", "cells", "gap", "shared", "note"),
    "table axes": ("field", "own", "codes", "source", "target", "level", "types", "split", "total"),
    "table shared": ("within", "groups", "field", "value", "apart"),
}
"""Part -> the keys that an entry of it may have, in the order they are written."""


class TableKind(StrEnum):
    COUNTS = "counts"
    """Cells of codings and relations."""
    PATTERNS = "patterns"
    """The registered patterns, case by case."""


class AxisKind(StrEnum):
    """What an axis goes by; also the key of the format that names it."""

    FIELD = "field"
    OWN = "own"
    """Whether who speaks is on the side of the actor that a qualifier names."""
    CODES = "codes"
    SOURCE = "source"
    """Relations that come from these codes to the codes of the row."""
    TARGET = "target"
    """Relations from the codes of the row to these."""

    @property
    def of_relations(self) -> bool:
        return self in (AxisKind.SOURCE, AxisKind.TARGET)

    @property
    def of_codes(self) -> bool:
        return self is AxisKind.CODES or self.of_relations


class Level(StrEnum):
    """Which codes an axis has a place for, from the codes it names."""

    EACH = "each"
    """Those named, each with its subtree."""
    BELOW = "below"
    """Those right below the named, each with its subtree."""
    LEAF = "leaf"
    """Those with nothing below them; and each assignable code above one alone, as "not specified"."""
    ALL = "all"
    """All below the named, each with its subtree."""


class Measure(StrEnum):
    """What a cell of codings shows. One of relations always shows informants, cases and who contradicts; of these
    measures it has only the last two."""

    INFORMANTS = "informants"
    CASES = "cases"
    SEGMENTS = "segments"
    VALENCE = "valence"
    ASKED = "asked"
    """Of how many who were asked; unknown where it was not noted of somebody."""
    CODES = "codes"
    """Which codes, those of most informants first."""
    STRENGTH = "strength"
    """How strong the claim is that the relations of the cell make, by the evidence rule."""
    TOGETHER = "together"
    """In how many informants' turns the codes of row and column stand together: a hint, which nobody has stated."""


@dataclass(frozen=True, slots=True)
class Axis:
    kind: AxisKind
    of: tuple[str, ...]
    """The codes; of `field` and `own` the one field or qualifier."""
    level: Level = Level.EACH
    types: tuple[str, ...] = ()
    """Relation types, of source and target."""
    split: str | None = None
    """A field of the end's coding, by whose values each place is shown again."""
    total: bool = False

    @property
    def name(self) -> str:
        """What scripts call it: the field or `own`; `code` for codes, `source` or `target` for relations."""
        if self.kind is AxisKind.FIELD:
            return self.of[0]
        return "code" if self.kind is AxisKind.CODES else self.kind.value


@dataclass(frozen=True, slots=True)
class Shared:
    """A result that two groups of codes reach together: both with this value, and for different actors."""

    within: str
    groups: tuple[str, str]
    field: str
    value: str
    apart: str


@dataclass(frozen=True, slots=True)
class TableDefinition:
    id: str
    names: Texts
    kind: TableKind
    questions: tuple[str, ...]
    where: str | None
    rows: tuple[Axis, ...]
    columns: tuple[Axis, ...]
    cells: tuple[Measure, ...]
    gap: tuple[str, str] | None
    """Two values of a column, whose valences are set against each other."""
    shared: Shared | None
    note: Texts

    def name(self, language: str) -> str:
        return in_language(self.names, language, self.id)


def definitions(codebook: Codebook) -> list[TableDefinition]:
    """The tables of a codebook in which nothing is wrong, in its order."""
    return [_definition(entry) for entry in codebook.tables]


def definition_named(codebook: Codebook, id: str) -> TableDefinition:
    """One table; capital letters do not count. Raises NotFound."""
    known = definitions(codebook)
    found = [item for item in known if item.id.casefold() == id.casefold()]
    if found:
        return found[0]
    near = nearest(id, [item.id for item in known], at_most=3)
    hint = N_("It has: {known}.") if known else N_("A codebook defines its own under `tables`.")
    raise NotFound(
        N_("The codebook has no table {id!r}."),
        hint=N_("Did you mean {near}?") if near else hint,
        id=id,
        near=", ".join(near),
        known=", ".join(item.id for item in known),
    )


def words(value: Any) -> tuple[str, ...]:
    """A list of the format as words: a number in it is the word it was written as."""
    return tuple(map(str, cast(Sequence[Any], value))) if isinstance(value, list | tuple) else ()


def axis_kind(entry: Mapping[str, Any]) -> AxisKind | None:
    """What an axis goes by; None where it says nothing or several things."""
    said = [kind for kind in AxisKind if entry.get(kind.value) is not None]
    return said[0] if len(said) == 1 else None


def _definition(entry: Mapping[str, Any]) -> TableDefinition:
    gap, where = words(entry.get("gap")), entry.get("where")
    return TableDefinition(
        id=str(entry["id"]),
        names=entry.get("name") or {},
        kind=TableKind(entry.get("kind") or TableKind.COUNTS),
        questions=words(entry.get("questions")),
        where=None if where is None else str(where),
        rows=tuple(map(_axis, entry.get("rows") or ())),
        columns=tuple(map(_axis, entry.get("columns") or ())),
        cells=tuple(map(Measure, words(entry.get("cells")))) or (Measure.INFORMANTS,),
        gap=(gap[0], gap[1]) if gap else None,
        shared=_shared(entry["shared"]) if entry.get("shared") else None,
        note=entry.get("note") or {},
    )


def _axis(entry: Mapping[str, Any]) -> Axis:
    kind = axis_kind(entry) or AxisKind.FIELD
    split = entry.get("split")
    return Axis(
        kind=kind,
        of=words(entry[kind.value]) if kind.of_codes else (str(entry[kind.value]),),
        level=Level(entry.get("level") or Level.EACH),
        types=words(entry.get("types")),
        split=None if split is None else str(split),
        total=entry.get("total") is True,
    )


def _shared(entry: Mapping[str, Any]) -> Shared:
    first, second = words(entry["groups"])
    said = {key: str(entry[key]) for key in ("within", "field", "value", "apart")}
    return Shared(groups=(first, second), **said)
