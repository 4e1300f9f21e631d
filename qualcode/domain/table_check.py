"""What is wrong with the tables that a codebook defines, with the path of each fault."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, cast

from qualcode.domain.codebook import Codebook, QualifierType
from qualcode.domain.codebook_check import Faults, Path, error, id_faults, name_faults, text_faults, unknown
from qualcode.domain.conditions import check_value
from qualcode.domain.facts import Facts, Field, Population
from qualcode.domain.near import nearest
from qualcode.domain.query_reading import query_of
from qualcode.domain.table_definition import (
    KEYS,
    AxisKind,
    Level,
    Measure,
    TableKind,
    axis_kind,
    words,
)
from qualcode.errors import N_, QualcodeError

Entry = Mapping[str, Any]
_NO_CODE, _NO_TYPE = N_("There is no code {id!r}."), N_("There is no relation type {id!r}.")


def table_faults(codebook: Codebook) -> Faults:
    """All faults of the tables of a codebook in which nothing else is wrong."""
    if not codebook.tables:
        return
    yield from id_faults(("tables",), [str(entry.get("id") or "") for entry in codebook.tables])
    check = _Check(codebook)
    for index, entry in enumerate(codebook.tables):
        yield from check.table(("tables", index), entry)


class _Check:
    """One codebook, with what every check looks up gathered once."""

    def __init__(self, codebook: Codebook) -> None:
        self._codebook = codebook
        self._facts = Facts(codebook, Population())
        self._questions = {question.id for question in codebook.questions}
        self._types = {kind.id for kind in codebook.relation_types}

    def table(self, path: Path, entry: Entry) -> Faults:
        yield from _keys(path, entry, "tables")
        yield from _texts(self._codebook, path, entry)
        yield from _choices(path, entry, "kind", [kind.value for kind in TableKind])
        yield from _lists(path, entry, ("questions", "cells", "gap"))
        questions = words(entry.get("questions"))
        yield from unknown((*path, "questions"), questions, self._questions, N_("There is no question {id!r}."))
        if entry.get("kind") == TableKind.PATTERNS:
            for key in ("where", "rows", "columns", "cells", "gap", "shared"):
                if entry.get(key) is not None:
                    yield error((*path, key), N_("A table of patterns has no {key!r}."), key=key)
            return
        yield from self._query(path, entry)
        for key in ("rows", "columns"):
            yield from self._axes(path, entry, key)
        yield from _names_of_rows(path, entry)
        known = ", ".join(Measure)
        for place, word in enumerate(words(entry.get("cells"))):
            if word not in {measure.value for measure in Measure}:
                yield error((*path, "cells", place), N_("This must be one of: {known}."), known=known)
        yield from self._gap(path, entry)
        yield from self._shared(path, entry)

    def _query(self, path: Path, entry: Entry) -> Faults:
        """Saved queries belong to a study, so a codebook cannot ask for one."""
        where = entry.get("where")
        if where is not None:
            yield from _raised((*path, "where"), lambda: query_of(self._facts, str(where), {}))

    def _axes(self, path: Path, entry: Entry, key: str) -> Faults:
        axes: Any = entry.get(key)
        if not isinstance(axes, list | tuple) or not axes:
            yield error((*path, key), N_("A table needs a list of {key!r}."), key=key)
            return
        for place, axis in enumerate(cast(list[Any], axes)):
            where: Path = (*path, key, place)
            if not isinstance(axis, Mapping):
                yield error(where, N_("This must be a map of keys and values."))
                continue
            yield from self._axis(where, cast(Entry, axis), is_row=key == "rows")

    def _axis(self, path: Path, entry: Entry, *, is_row: bool) -> Faults:
        yield from _keys(path, entry, "table axes")
        kind = axis_kind(entry)
        if kind is None:
            known = ", ".join(AxisKind)
            yield error(path, N_("It goes by exactly one of: {known}."), known=known)
            return
        if is_row and kind.of_relations:
            yield error((*path, kind.value), N_("Relations stand across: name them among the columns."))
        for key in _unfit(kind, entry):
            yield error(
                (*path, key), N_("The key {key!r} means nothing beside {kind!r}."), key=key, kind=kind.value
            )
        yield from _choices(path, entry, "level", [level.value for level in Level])
        if entry.get("total") not in (None, True, False):
            yield error((*path, "total"), N_("This must be true or false."))
        yield from self._names(path, entry, kind)

    def _names(self, path: Path, entry: Entry, kind: AxisKind) -> Faults:
        where = (*path, kind.value)
        if not kind.of_codes:
            yield from self._field(where, entry[kind.value])
            if kind is AxisKind.OWN:
                yield from self._own(where, str(entry[kind.value]))
            return
        yield from _lists(path, entry, (kind.value, "types"))
        yield from unknown(where, words(entry[kind.value]), self._codebook, _NO_CODE)
        if kind.of_relations:
            if not words(entry.get("types")):
                yield error((*path, "types"), N_("Relations need a list of `types`."))
            yield from unknown((*path, "types"), words(entry.get("types")), self._types, _NO_TYPE)
        if entry.get("split") is not None:
            yield from self._field((*path, "split"), entry["split"])

    def _field(self, path: Path, name: Any) -> Faults:
        yield from _raised(path, lambda: self._facts.field(str(name)))

    def _own(self, path: Path, name: str) -> Faults:
        actors = {one.id for one in self._codebook.qualifiers if one.type is QualifierType.CODE}
        if name not in actors or not self._codebook.code_sides:
            yield error(path, N_("It needs a qualifier of type code, and `code_sides`."))

    def _gap(self, path: Path, entry: Entry) -> Faults:
        gap = words(entry.get("gap"))
        if entry.get("gap") is not None and len(gap) != 2:
            yield error((*path, "gap"), N_("A gap lies between two values of a column."))
        values = {value for field in self._column_fields(entry) for value in _values(field)}
        yield from unknown((*path, "gap"), gap, values, N_("No column has the value {id!r}."))

    def _column_fields(self, entry: Entry) -> Iterable[Field]:
        for axis in cast(list[Any], entry.get("columns") or []):
            if isinstance(axis, Mapping) and "field" in axis:
                try:
                    yield self._facts.field(str(cast(Entry, axis)["field"]))
                except QualcodeError:
                    continue

    def _shared(self, path: Path, entry: Entry) -> Faults:
        said: Any = entry.get("shared")
        if said is None:
            return
        where: Path = (*path, "shared")
        if not isinstance(said, Mapping):
            yield error(where, N_("This must be a map of keys and values."))
            return
        shared = cast(Entry, said)
        yield from _keys(where, shared, "table shared")
        missing = [key for key in KEYS["table shared"] if shared.get(key) is None]
        if missing:
            yield error(where, N_("These keys are missing: {keys}."), keys=", ".join(missing))
            return
        if len(words(shared["groups"])) != 2:
            yield error((*where, "groups"), N_("It needs two groups of codes."))
        yield from unknown((*where, "groups"), words(shared["groups"]), self._codebook, _NO_CODE)
        for key in ("within", "apart"):
            yield from self._field((*where, key), shared[key])
        faults = list(self._field((*where, "field"), shared["field"]))
        yield from faults
        if not faults:
            field = self._facts.field(str(shared["field"]))
            yield from _raised((*where, "value"), lambda: check_value(field, str(shared["value"])))


def _texts(codebook: Codebook, path: Path, entry: Entry) -> Faults:
    for key in ("name", "note"):
        texts: Any = entry.get(key) or {}
        if not isinstance(texts, Mapping) or any(not isinstance(text, str) for text in cast(Entry, texts).values()):
            yield error((*path, key), N_("This must be a map, such as {{nb: ..., en: ...}}."))
        elif key == "name":
            yield from name_faults(codebook, (*path, key), cast(Mapping[str, str], texts))
        else:
            yield from text_faults(codebook, (*path, key), cast(Mapping[str, str], texts))


def _names_of_rows(path: Path, entry: Entry) -> Faults:
    """Two equal names down the side would be one header to scripts."""
    seen: set[tuple[AxisKind, str]] = set()
    for place, axis in enumerate(cast(list[Any], entry.get("rows") or [])):
        kind = axis_kind(cast(Entry, axis)) if isinstance(axis, Mapping) else None
        if kind is None:
            continue
        name = (kind, "" if kind is not AxisKind.FIELD else str(cast(Entry, axis)["field"]))
        if name in seen:
            yield error((*path, "rows", place), N_("The rows go by this already."))
        seen.add(name)


def _keys(path: Path, entry: Entry, part: str) -> Faults:
    for key in entry:
        if key in KEYS[part]:
            continue
        near = nearest(key, KEYS[part])
        if near:
            template = N_("There is no key {key!r} here; {near!r} is meant?")
            yield error((*path, key), template, key=key, near=near[0])
        else:
            known = ", ".join(sorted(KEYS[part]))
            yield error((*path, key), N_("There is no key {key!r} here; known: {known}."), key=key, known=known)


def _choices(path: Path, entry: Entry, key: str, known: Collection[str]) -> Faults:
    if entry.get(key) is not None and entry[key] not in known:
        yield error((*path, key), N_("This must be one of: {known}."), known=", ".join(known))


def _lists(path: Path, entry: Entry, keys: Iterable[str]) -> Faults:
    for key in keys:
        if entry.get(key) is not None and not words(entry[key]):
            yield error((*path, key), N_("This must be a list."))


def _raised(path: Path, attempt: Callable[[], object]) -> Faults:
    """What the attempt complains of, as a fault."""
    try:
        attempt()
    except QualcodeError as fault:
        template = N_("{problem} {hint}") if fault.hint.template else N_("{problem}")
        yield error(path, template, problem=fault.message, hint=fault.hint)


def _values(field: Field) -> list[str]:
    return [choice.id for choice in field.choices or ()]


def _unfit(kind: AxisKind, entry: Entry) -> list[str]:
    """The keys of an axis that its kind has no use for."""
    fit = {
        AxisKind.FIELD: {"total"},
        AxisKind.OWN: {"total"},
        AxisKind.CODES: {"level", "total"},
        AxisKind.SOURCE: {"level", "types", "split", "total"},
        AxisKind.TARGET: {"level", "types", "split", "total"},
    }[kind]
    return [key for key in ("level", "types", "split", "total") if entry.get(key) is not None and key not in fit]
