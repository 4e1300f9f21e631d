"""Writing a codebook file: the same codebook gives the same bytes, laid out for people who read and compare files.

One line per text, so that a changed definition is one changed line; a blank line between codes. Words that YAML
would read as something else (`no`, `007`, `~`, a colon) are quoted. The layout is made here and not by PyYAML,
whose two emitters fold lines differently.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qualcode.domain.codebook import (
    Attribute,
    AttributeValue,
    Code,
    Codebook,
    Entity,
    Qualifier,
    QualifierValue,
    RelationType,
)
from qualcode.domain.table_definition import KEYS as TABLE_KEYS
from qualcode.formats.codebook_layout import lines_of

_EVERYTHING = ("*",)


def write_codebook(codebook: Codebook) -> bytes:
    """The codebook as UTF-8 YAML with LF line ends; `read_codebook` gives an equal codebook back."""
    parts = [lines_of({key: value}) for key, value in _parts(codebook).items()]
    return ("\n\n".join("\n".join(lines) for lines in parts) + "\n").encode("utf-8")


def _parts(codebook: Codebook) -> dict[str, Any]:
    parts: dict[str, Any] = {"codebook": _header(codebook)}
    parts |= _filled(
        settings=codebook.settings,
        questions=[
            _filled(id=one.id, kind=one.kind, text=one.text, families=one.families, outputs=one.outputs)
            for one in codebook.questions
        ],
        sides=[{"id": side.id, "name": side.names} for side in codebook.sides],
        code_sides=codebook.code_sides,
        actor_map=[
            {"actor_type": row.actor_type, "code": row.code, "side": row.side} for row in codebook.actor_map
        ],
        attributes=_attributes(codebook),
        qualifiers=[_qualifier(qualifier) for qualifier in codebook.qualifiers],
        themes=[
            _filled(id=theme.id, name=theme.names, codes=theme.codes, query=theme.query, questions=theme.questions)
            for theme in codebook.themes
        ],
    )
    parts["codes"] = [_code(code, codebook.families_assignable) for code in codebook.codes]
    parts |= _filled(relation_types=[_relation_type(kind) for kind in codebook.relation_types])
    extra = dict(codebook.extra)
    parts |= _filled(evidence_roles=extra.pop("evidence_roles", ()))
    parts |= {"tables": [_table(table) for table in codebook.tables], "patterns": list(codebook.patterns)}
    return parts | _filled(source_keys=extra.pop("source_keys", {})) | extra


def _filled(**entries: Any) -> dict[str, Any]:
    """Without what is absent, empty or false: the format reads a missing key as that."""
    return {key: value for key, value in entries.items() if value}


def _header(codebook: Codebook) -> dict[str, Any]:
    head = {"id": codebook.id, "version": codebook.version}
    return head | _filled(title=codebook.title) | {"languages": list(codebook.languages)} | dict(codebook.header)


def _labelled(values: Iterable[QualifierValue | AttributeValue]) -> list[dict[str, Any]]:
    return [_filled(id=value.id, key=getattr(value, "key", None), label=value.label) for value in values]


def _attributes(codebook: Codebook) -> dict[str, Any]:
    by_entity = {
        entity.value: [_attribute(attribute) for attribute in codebook.attributes_of(entity)] for entity in Entity
    }
    return _filled(**by_entity)


def _attribute(attribute: Attribute) -> dict[str, Any]:
    return _filled(
        id=attribute.id,
        label=attribute.label,
        type=attribute.type,
        required=attribute.required,
        multiple=attribute.multiple,
        derived_from=attribute.derived_from,
        default=attribute.default,
        note=attribute.note,
        values=_labelled(attribute.values),
    )


def _qualifier(qualifier: Qualifier) -> dict[str, Any]:
    return _filled(
        id=qualifier.id,
        label=qualifier.label,
        meaning=qualifier.meaning,
        type=qualifier.type.value,
        family=qualifier.family,
        entry=qualifier.entry,
        values=_labelled(qualifier.values),
        applies_to=qualifier.applies_to,
        required_for=qualifier.required_for,
        default=qualifier.default,
        default_by_code=qualifier.default_by_code,
        carry_over=qualifier.carry_over,
    )


def _code(code: Code, families_assignable: bool) -> dict[str, Any]:
    usual = code.parent is not None or families_assignable
    entry = _filled(id=code.id, parent=code.parent, color=code.color)
    entry["origin"] = code.origin.value
    if code.assignable is not usual:
        entry["assignable"] = code.assignable
    return entry | _filled(
        retired=code.retired,
        merged_into=code.merged_into,
        name=code.names,
        definition=code.definition,
        include=code.include,
        exclude=code.exclude,
        examples=code.examples,
        keywords=code.keywords,
        sources=code.sources,
        questions=code.questions,
    )


def _relation_type(kind: RelationType) -> dict[str, Any]:
    entry = _filled(id=kind.id, name=kind.names, definition=kind.definition)
    entry |= {"directed": kind.directed, "domain": list(kind.domain), "range": list(kind.range), "sign": kind.sign}
    return entry | _filled(cues=kind.cues, note=kind.note, questions=kind.questions)


def _table(table: Mapping[str, Any]) -> dict[str, Any]:
    """With its keys in the order of the format: PostgreSQL hands maps back in an order of its own."""
    entry = _in_order(table, "tables")
    for key in ("rows", "columns"):
        if key in entry:
            entry[key] = [_in_order(axis, "table axes") for axis in entry[key]]
    if "shared" in entry:
        entry["shared"] = _in_order(entry["shared"], "table shared")
    return entry


def _in_order(entry: Mapping[str, Any], part: str) -> dict[str, Any]:
    return {key: entry[key] for key in TABLE_KEYS[part] if key in entry} | dict(entry)
