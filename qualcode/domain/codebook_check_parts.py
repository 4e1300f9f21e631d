"""What is wrong with the parts that refer to codes: qualifiers, relation types, themes, actors, attributes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from qualcode.domain.codebook import Attribute, Codebook, Entity, Qualifier, QualifierType
from qualcode.domain.codebook_check import (
    Fault,
    Faults,
    Path,
    code_faults,
    error,
    header_faults,
    id_faults,
    name_faults,
    text_faults,
    unknown,
    warning,
)
from qualcode.errors import N_, Message

ATTRIBUTE_TYPES = ("text", "number", "date", "bool", "enum", "ref(organisation)")
EVIDENCE_ROLES = ("supports", "contradicts", "nuances")
"""Fixed by the program; a codebook gives their names and cue words."""
DIRECT = "direct"
PAIR_KEY = "P"
_TAKEN_KEYS = {"q": Message(N_("it opens and closes the strip")), PAIR_KEY: Message(N_("it begins a pair"))}


def faults_of(codebook: Codebook) -> list[Fault]:
    """All faults of the codebook, in the order of its parts; none of them is about how the file is written."""
    return [
        *header_faults(codebook),
        *_setting_faults(codebook),
        *_question_faults(codebook),
        *_side_faults(codebook),
        *_attribute_faults(codebook),
        *_qualifier_faults(codebook),
        *_key_faults(codebook),
        *_theme_faults(codebook),
        *code_faults(codebook),
        *_relation_faults(codebook),
        *_role_faults(codebook),
    ]


def _families(codebook: Codebook) -> set[str]:
    return {code.id for code in codebook.codes if code.parent is None}


def _family_of(codebook: Codebook, code_id: str) -> str | None:
    """The family of a code in a tree that may be broken; None where there is no way up to one."""
    seen: set[str] = set()
    at = code_id
    while at in codebook and at not in seen:
        seen.add(at)
        parent = codebook[at].parent
        if parent is None:
            return at
        at = parent
    return None


def _question_faults(codebook: Codebook) -> Faults:
    yield from id_faults(("questions",), [question.id for question in codebook.questions])
    for index, question in enumerate(codebook.questions):
        path: Path = ("questions", index)
        if not any(text.strip() for text in question.text.values()):
            yield error((*path, "text"), N_("The question has no text."))
        yield from text_faults(codebook, (*path, "text"), question.text)
        yield from unknown(
            (*path, "families"), question.families, _families(codebook), N_("There is no family {id!r}.")
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


def _qualifier_faults(codebook: Codebook) -> Faults:
    yield from id_faults(("qualifiers",), [qualifier.id for qualifier in codebook.qualifiers])
    families = _families(codebook)
    for index, qualifier in enumerate(codebook.qualifiers):
        path: Path = ("qualifiers", index)
        yield from name_faults(codebook, (*path, "label"), qualifier.label)
        yield from text_faults(codebook, (*path, "meaning"), qualifier.meaning)
        for key, ids in (("applies_to", qualifier.applies_to), ("required_for", qualifier.required_for)):
            yield from unknown((*path, key), ids, families, N_("There is no family {id!r}."))
        for place, family in enumerate(qualifier.required_for):
            if family in families and family not in qualifier.applies_to:
                where = (*path, "required_for", place)
                yield error(where, N_("It is required for {id!r} but does not apply to it."), id=family)
        yield from _value_faults(codebook, path, qualifier)
        yield from _default_faults(codebook, path, qualifier)


def _value_faults(codebook: Codebook, path: Path, qualifier: Qualifier) -> Faults:
    yield from id_faults((*path, "values"), [value.id for value in qualifier.values], signed=True)
    for index, value in enumerate(qualifier.values):
        yield from text_faults(codebook, (*path, "values", index, "label"), value.label)
    if qualifier.type is QualifierType.ENUM:
        if not qualifier.values:
            yield error((*path, "values"), N_("The qualifier has no values."))
        if qualifier.family is not None:
            yield error((*path, "family"), N_("Only qualifiers of type code and code-pair have a family."))
        return
    if qualifier.family not in _families(codebook):
        yield error((*path, "family"), N_("There is no family {id!r}."), id=qualifier.family or "")
    elif qualifier.type is QualifierType.CODE:
        for index, value in enumerate(qualifier.values):
            if _family_of(codebook, value.id) != qualifier.family:
                where = (*path, "values", index, "id")
                yield error(
                    where,
                    N_("{id!r} is not a code of the family {family!r}."),
                    id=value.id,
                    family=qualifier.family,
                )
    if qualifier.type is QualifierType.CODE_PAIR:
        if qualifier.values:
            yield error((*path, "values"), N_("A code-pair has the values of its family's code qualifier."))
        elif not _letters(codebook, qualifier):
            yield error((*path, "family"), N_("A code-pair needs the keys of a code qualifier of its family."))


def _letters(codebook: Codebook, pair: Qualifier) -> dict[str, str]:
    """Key -> code of the code qualifiers that share the pair's family."""
    return {
        value.key: value.id
        for qualifier in codebook.qualifiers
        if qualifier.type is QualifierType.CODE and qualifier.family == pair.family
        for value in qualifier.values
    }


def _default_faults(codebook: Codebook, path: Path, qualifier: Qualifier) -> Faults:
    for family, value in qualifier.default.items():
        where = (*path, "default", family)
        if family not in qualifier.applies_to:
            yield error(where, N_("A default for {id!r}, to which the qualifier does not apply."), id=family)
        if not _is_value(codebook, qualifier, value):
            yield error(where, N_("{id!r} is not one of the values."), id=value)
    for code, value in qualifier.default_by_code.items():
        where = (*path, "default_by_code", code)
        if code not in codebook:
            yield error(where, N_("There is no code {id!r}."), id=code)
        elif _family_of(codebook, code) not in qualifier.applies_to:
            yield error(where, N_("A default for {id!r}, to which the qualifier does not apply."), id=code)
        if not _is_value(codebook, qualifier, value):
            yield error(where, N_("{id!r} is not one of the values."), id=value)


def _is_value(codebook: Codebook, qualifier: Qualifier, value: str) -> bool:
    if qualifier.type is not QualifierType.CODE_PAIR:
        return value in {known.id for known in qualifier.values}
    pair = value.split("+")
    return (
        len(pair) == 2
        and set(pair) <= set(_letters(codebook, qualifier).values())
        and codebook.in_order(pair) == pair
    )


def _key_faults(codebook: Codebook) -> Faults:
    """Keys of the strip that are no single letter, or that two values share: one of them could not be reached."""
    strip: dict[str, Message | str] = {**_TAKEN_KEYS}
    for qualifier in codebook.qualifiers:
        if qualifier.type is QualifierType.CODE_PAIR:
            strip.update({key.upper(): f"{qualifier.id} {key.upper()}" for key in _letters(codebook, qualifier)})
    direct: dict[str, Message | str] = {}
    for index, qualifier in enumerate(codebook.qualifiers):
        taken = direct if qualifier.entry == DIRECT else strip
        for place, value in enumerate(qualifier.values):
            where = ("qualifiers", index, "values", place, "key")
            if not value.key:
                yield error(where, N_("The value {id!r} has no key."), id=value.id)
            elif len(value.key) != 1 or not value.key.isprintable() or value.key.isspace():
                yield error(where, N_("{key!r} is not one key that can be pressed."), key=value.key)
            elif value.key in taken:
                yield error(where, N_("The key {key!r} is taken: {by}."), key=value.key, by=taken[value.key])
            taken.setdefault(value.key, f"{qualifier.id} {value.id}")


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
    families = {*_families(codebook), "*"}
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
    yield from unknown(path, sides, [value.id for value in attribute.values], N_("There is no side {id!r}."))


def _role_faults(codebook: Codebook) -> Faults:
    roles: Sequence[Mapping[str, Any]] = codebook.extra.get("evidence_roles", ())
    for index, role in enumerate(roles):
        if role.get("id") not in EVIDENCE_ROLES:
            where = ("evidence_roles", index, "id")
            yield error(where, N_("The evidence roles are {roles}."), roles=", ".join(EVIDENCE_ROLES))
