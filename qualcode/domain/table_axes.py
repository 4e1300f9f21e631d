"""The axes of a study's table, ready to be asked: which of its places a coding is in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from qualcode.domain.codebook import Code, Codebook, Entity, Texts, in_language
from qualcode.domain.coding import CodedSegment
from qualcode.domain.facts import Facts, Field
from qualcode.domain.matrix import Column, chosen_columns
from qualcode.domain.matrix_rows import rows
from qualcode.domain.query import Query
from qualcode.domain.table_definition import Axis, AxisKind, Level

TOTAL = "total"
OWN, OTHERS = "own", "others"
UNSPECIFIED = ":unspecified"
"""After the id of a code that is counted without those below it; no id of a code holds a colon."""

_WORDS: dict[str, Texts] = {
    TOTAL: {"en": "total", "nb": "i alt"},
    OWN: {"en": "said of their own side", "nb": "sagt om egen side"},
    OTHERS: {"en": "said by others", "nb": "sagt av andre"},
    UNSPECIFIED: {"en": "not specified", "nb": "uspesifisert"},
    "code": {"en": "code", "nb": "kode"},
    "source": {"en": "from", "nb": "fra"},
    "target": {"en": "to", "nb": "til"},
    "who": {"en": "who says so", "nb": "hvem som sier det"},
}
"""Texts of the study's language, like the codebook's own labels beside them; not of the screen's catalogue."""


@dataclass(frozen=True, slots=True)
class Place:
    """One line or column. `codes`: what it holds of an axis of codes."""

    id: str
    label: str
    codes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Places:
    """An axis with its places in order, and a function from a coding to those it is in."""

    axis: Axis
    label: str
    places: tuple[Place, ...]
    read: Callable[[CodedSegment], Sequence[str]]
    field: Field | None = None
    split: Places | None = None


@dataclass(frozen=True)
class Ground:
    """What axes are resolved against. Labels are in `language`, else in the study's."""

    facts: Facts
    queries: Sequence[Query]
    segments: Sequence[CodedSegment]
    """Those that count: places that only they know of (retired codes, pairs of actors) stand there too."""
    language: str

    @cached_property
    def used(self) -> frozenset[str]:
        """The codes that the codings carry."""
        return frozenset(segment.coding.code or "" for segment in self.segments)

    def places(self, axis: Axis) -> Places:
        """The places of an axis. Raises BadInput for an unknown field, NotFound for an unknown code."""
        if axis.kind is AxisKind.FIELD:
            found = self._of_field(axis)
        elif axis.kind is AxisKind.OWN:
            found = self._of_speakers(axis)
        else:
            found = self._of_codes(axis)
        return _with_total(found, self._word(TOTAL)) if axis.total else found

    def _of_field(self, axis: Axis) -> Places:
        field = self.facts.field(axis.of[0])
        lines = rows(self.facts, field, self.queries, self.segments, self.language)
        places = tuple(Place(line.id, line.label) for line in lines)
        return Places(axis, field.label(self.language), places, field.read, field)

    def _of_speakers(self, axis: Axis) -> Places:
        codebook = self.facts.codebook
        about, sides = self.facts.field(axis.of[0]), held_sides(self.facts)

        def read(segment: CodedSegment) -> Sequence[str]:
            side = {codebook.code_sides.get(actor) for actor in about.read(segment)} - {None}
            if segment.informant is None or not side:
                return ()
            return (OTHERS,) if side.isdisjoint(sides.get(segment.informant, ())) else (OWN,)

        places = tuple(Place(id, self._word(id)) for id in (OWN, OTHERS))
        return Places(axis, self._word("who"), places, read)

    def _of_codes(self, axis: Axis) -> Places:
        columns = _columns(self.facts.codebook, axis, self.used, self.language)
        places = [self._place(column) for column in columns]
        of_code: dict[str, list[str]] = {}
        for place in places:
            for code in place.codes:
                of_code.setdefault(code, []).append(place.id)
        return Places(
            axis,
            self._word(axis.name),
            tuple(places),
            lambda segment: of_code.get(segment.coding.code or "", ()),
            split=None if axis.split is None else self._of_field(Axis(AxisKind.FIELD, (axis.split,))),
        )

    def _place(self, column: Column) -> Place:
        label = column.label
        if column.id.endswith(UNSPECIFIED):
            label = f"{label} ({self._word(UNSPECIFIED)})"
        return Place(column.id, label, column.codes)

    def _word(self, name: str) -> str:
        return in_language(_WORDS[name], self.language)


def held_sides(facts: Facts) -> Mapping[str, Sequence[str]]:
    """Informant -> the sides that the actor map gives; empty where no attribute is derived through it."""
    derived = [one for one in facts.codebook.attributes_of(Entity.INFORMANT) if one.derived]
    return facts.field(f"informant.{derived[0].id}").held if derived else {}


def _with_total(found: Places, label: str) -> Places:
    def read(segment: CodedSegment) -> Sequence[str]:
        at = found.read(segment)
        return (*at, TOTAL) if at else ()

    total = Place(TOTAL, label, frozenset(code for place in found.places for code in place.codes))
    return Places(found.axis, found.label, (*found.places, total), read, found.field, found.split)


def _columns(codebook: Codebook, axis: Axis, used: Collection[str], language: str) -> Iterable[Column]:
    """The codes as columns of a matrix, whose names are told apart there."""
    nodes = [codebook[code] for code in axis.of]
    match axis.level:
        case Level.EACH:
            shown = nodes
        case Level.BELOW:
            shown = [below for node in nodes for below in codebook.children(node.id)]
        case Level.ALL | Level.LEAF:
            shown = [codebook[id] for node in nodes for id in codebook.subtree(node.id)]
            shown = [node for node in shown if axis.level is Level.LEAF or node not in nodes]
    kept = [node for node in shown if _is_shown(codebook, node, used)]
    columns = chosen_columns(codebook, [node.id for node in kept], language)
    return columns if axis.level is not Level.LEAF else _leaves(codebook, columns)


def _leaves(codebook: Codebook, columns: Iterable[Column]) -> Iterable[Column]:
    """The leaves; and before those below it, each assignable code that is none, alone."""
    for column in columns:
        if not codebook.children(column.id):
            yield column
        elif codebook[column.id].assignable:
            yield Column(column.id + UNSPECIFIED, column.label, frozenset((column.id,)), column.group)


def _is_shown(codebook: Codebook, code: Code, used: Collection[str]) -> bool:
    return not code.retired or any(node in used for node in codebook.subtree(code.id))
