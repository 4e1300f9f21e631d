"""What is wrong with the parts that refer to codes: relation types, themes, questions, actors, attributes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from qualcode.domain.codebook import Attribute, Codebook, Entity
from qualcode.domain.codebook_check import (
    Fault,
    Faults,
    Path,
    Severity,
    code_faults,
    error,
    families_of,
    header_faults,
    id_faults,
    name_faults,
    text_faults,
    unknown,
    warning,
)
from qualcode.domain.codebook_check_qualifiers import qualifier_faults
from qualcode.domain.table_check import table_faults
from qualcode.errors import N_

ATTRIBUTE_TYPES = ("text", "number", "date", "bool", "enum", "ref(organisation)")
EVIDENCE_ROLES = ("supports", "contradicts", "nuances")
"""Fixed by the program; a codebook gives their names and cue words."""


def faults_of(codebook: Codebook) -> list[Fault]:
    """All faults of the codebook, in the order of its parts; none of them is about how the file is written.

    Tables name what every other part defines, so they are judged where the rest holds no error.
    """
    faults = [
        *header_faults(codebook),
        *_setting_faults(codebook),
        *_question_faults(codebook),
        *_side_faults(codebook),
        *_attribute_faults(codebook),
        *qualifier_faults(codebook),
        *_theme_faults(codebook),
        *code_faults(codebook),
        *_relation_faults(codebook),
        *_role_faults(codebook),
    ]
    if all(fault.severity is not Severity.ERROR for fault in faults):
        faults += table_faults(codebook)
    return faults


def _question_faults(codebook: Codebook) -> Faults:
    yield from id_faults(("questions",), [question.id for question in codebook.questions])
    for index, question in enumerate(codebook.questions):
        path: Path = ("questions", index)
        if not any(text.strip() for text in question.text.values()):
            yield error((*path, "text"), N_("The question has no text."))
        yield from text_faults(codebook, (*path, "text"), question.text)
        yield from unknown(
            (*path, "families"), question.families, families_of(codebook), N_("There is no family {id!r}.")
        )


def _side_faults(codebook: Codebook) -> Faults:
    sides = {side.id for side in codebook.sides}
    yield from id_faults(("sides",), [side.id for side in codebook.sides])
    for index, side in enumerate(codebook.sides):
        yield from name_faults(codebook, ("sides", index, "name"), side.names)
    for code, side in codebook.code_sides.items():
        path: Path = ("code_sides", code)
        if code not in codebook:
            yield error(path, N_("There is no code {id!r}."), id=code)
        if side not in sides:
            yield error(path, N_("There is no side {id!r}."), id=side)
    yield from _actor_map_faults(codebook, sides)


def _actor_map_faults(codebook: Codebook, sides: set[str]) -> Faults:
    types = {value.id for attribute in _actor_attributes(codebook) for value in attribute.values}
    seen: set[str] = set()
    for index, row in enumerate(codebook.actor_map):
        path: Path = ("actor_map", index)
        if not row.actor_type:
            yield error((*path, "actor_type"), N_("The actor type is missing."))
        elif row.actor_type in seen:
            yield error((*path, "actor_type"), N_("The id {id!r} is used twice."), id=row.actor_type)
        elif types and row.actor_type not in types:
            yield error((*path, "actor_type"), N_("No informant has the actor type {id!r}."), id=row.actor_type)
        seen.add(row.actor_type)
        if row.code is not None and row.code not in codebook:
            yield error((*path, "code"), N_("There is no code {id!r}."), id=row.code)
        if row.side is not None and row.side not in sides:
            yield error((*path, "side"), N_("There is no side {id!r}."), id=row.side)
    for missing in sorted(types - seen):
        yield warning(("actor_map",), N_("The actor type {id!r} has no row."), id=missing)


def _actor_attributes(codebook: Codebook) -> list[Attribute]:
    """The informant attributes that another is derived from, through the actor map."""
    informant = codebook.attributes_of(Entity.INFORMANT)
    sources = {attribute.derived_from for attribute in informant if attribute.derived}
    return [attribute for attribute in informant if attribute.id in sources]


def _attribute_faults(codebook: Codebook) -> Faults:
    for entity in Entity:
        attributes = codebook.attributes_of(entity)
        path: Path = ("attributes", entity.value)
        yield from id_faults(path, [attribute.id for attribute in attributes])
        for index, attribute in enumerate(attributes):
            yield from _one_attribute(codebook, (*path, index), attribute)


def _one_attribute(codebook: Codebook, path: Path, attribute: Attribute) -> Faults:
    ids = [value.id for value in attribute.values]
    yield from id_faults((*path, "values"), ids, signed=True)
    yield from text_faults(codebook, (*path, "label"), attribute.label)
    for index, value in enumerate(attribute.values):
        yield from text_faults(codebook, (*path, "values", index, "label"), value.label)
    if attribute.type not in ATTRIBUTE_TYPES:
        yield error(
            (*path, "type"),
            N_("{type!r} is not a type of attribute; the types are {types}."),
            type=attribute.type,
            types=", ".join(ATTRIBUTE_TYPES),
        )
    elif (attribute.type == "enum") != bool(ids):
        yield error((*path, "type"), N_("An attribute of type enum has values, and no other type has."))
    if attribute.default is not None and ids and attribute.default not in ids:
        yield error((*path, "default"), N_("{id!r} is not one of the values."), id=attribute.default)
    if attribute.derived_from is not None:
        yield from _derived_faults(codebook, (*path, "derived_from"), attribute)


def _derived_faults(codebook: Codebook, path: Path, attribute: Attribute) -> Faults:
    others = {other.id for other in codebook.attributes_of(Entity.INFORMANT) if not other.derived}
    if attribute.entity is not Entity.INFORMANT or attribute.derived_from not in others:
        yield error(path, N_("Only an informant's attribute can be derived, from another attribute that is not."))
    elif {value.id for value in attribute.values} != {side.id for side in codebook.sides}:
        yield error(path, N_("The values of a derived attribute are the ids of the `sides`."))


def _theme_faults(codebook: Codebook) -> Faults:
    yield from id_faults(("themes",), [theme.id for theme in codebook.themes])
    questions = {question.id for question in codebook.questions}
    for index, theme in enumerate(codebook.themes):
        path: Path = ("themes", index)
        yield from name_faults(codebook, (*path, "name"), theme.names)
        if theme.id in codebook:
            yield error((*path, "id"), N_("The id {id!r} is used twice."), id=theme.id)
        if bool(theme.codes) == bool(theme.query):
            yield error((*path, "codes"), N_("A theme has either codes or a query."))
        for place, code in enumerate(theme.codes):
            if code not in codebook:
                yield error((*path, "codes", place), N_("There is no code {id!r}."), id=code)
        yield from unknown((*path, "questions"), theme.questions, questions, N_("There is no question {id!r}."))


def _relation_faults(codebook: Codebook) -> Faults:
    yield from id_faults(("relation_types",), [kind.id for kind in codebook.relation_types])
    families = {*families_of(codebook), "*"}
    questions = {question.id for question in codebook.questions}
    for index, kind in enumerate(codebook.relation_types):
        path: Path = ("relation_types", index)
        yield from name_faults(codebook, (*path, "name"), kind.names)
        for key, texts in (("definition", kind.definition), ("cues", kind.cues), ("note", kind.note)):
            yield from text_faults(codebook, (*path, key), texts)
        for key, ids in (("domain", kind.domain), ("range", kind.range)):
            yield from unknown((*path, key), ids, families, N_("There is no family {id!r}."))
        if kind.sign not in (-1, 0, 1):
            yield error((*path, "sign"), N_("The sign is -1, 0 or 1."))
        yield from unknown((*path, "questions"), kind.questions, questions, N_("There is no question {id!r}."))


def _setting_faults(codebook: Codebook) -> Faults:
    """Settings that name an attribute or its values; other settings are judged where they are used."""
    name = codebook.settings.get("evidence.side_attribute")
    if name is None:
        return
    path: Path = ("settings", "evidence.side_attribute")
    attribute = next((one for one in codebook.attributes_of(Entity.INFORMANT) if one.id == name), None)
    if attribute is None:
        yield error(path, N_("There is no informant attribute {id!r}."), id=str(name))
        return
    required: Any = codebook.settings.get("evidence.required_sides", [])
    path = ("settings", "evidence.required_sides")
    if not isinstance(required, list):
        yield error(path, N_("This must be a list."))
        return
    sides = [str(side) for side in cast(list[Any], required)]
    yield from unknown(path, sides, {value.id for value in attribute.values}, N_("There is no side {id!r}."))


def _role_faults(codebook: Codebook) -> Faults:
    roles: Sequence[Mapping[str, Any]] = codebook.extra.get("evidence_roles", ())
    for index, role in enumerate(roles):
        if role.get("id") not in EVIDENCE_ROLES:
            where = ("evidence_roles", index, "id")
            yield error(where, N_("The evidence roles are {roles}."), roles=", ".join(EVIDENCE_ROLES))
