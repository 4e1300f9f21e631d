"""The nodes of a codebook file become the values of the domain; the keys of every part are listed here.

Order is kept, and every entry of a list becomes a value even where it is broken: the checks of the domain point at
entries by their place in the list.
"""

from __future__ import annotations

from typing import Any

from qualcode.domain.codebook import (
    ActorMapRow,
    Attribute,
    AttributeValue,
    Code,
    Codebook,
    Entity,
    Origin,
    Qualifier,
    QualifierType,
    QualifierValue,
    Question,
    RelationType,
    Side,
    Theme,
)
from qualcode.domain.codebook_check_qualifiers import DIRECT
from qualcode.domain.table_definition import KEYS as TABLE_KEYS
from qualcode.errors import N_
from qualcode.formats.codebook_fields import OWN, Fields
from qualcode.formats.codebook_nodes import Kind, Node
from qualcode.formats.codebook_problems import Problems

KEYS: dict[str, tuple[str, ...]] = {
    "file": (
        "codebook",
        "settings",
        "questions",
        "sides",
        "code_sides",
        "actor_map",
        "attributes",
        "qualifiers",
        "themes",
        "codes",
        "relation_types",
        "evidence_roles",
        "tables",
        "patterns",
        "source_keys",
    ),
    "codebook": (
        "id",
        "version",
        "title",
        "languages",
        "families_are_assignable",
        "date",
        "status",
        "guidance",
        "authors",
        "licence",
    ),
    "questions": ("id", "kind", "text", "families", "outputs"),
    "sides": ("id", "name"),
    "actor_map": ("actor_type", "code", "side"),
    "attributes": (
        "id",
        "label",
        "type",
        "values",
        "required",
        "multiple",
        "derived_from",
        "default",
        "note",
    ),
    "attribute values": ("id", "label"),
    "qualifiers": (
        "id",
        "label",
        "meaning",
        "type",
        "family",
        "entry",
        "values",
        "applies_to",
        "required_for",
        "default",
        "default_by_code",
        "carry_over",
    ),
    "qualifier values": ("id", "key", "label"),
    "themes": ("id", "name", "codes", "query", "questions"),
    "codes": (
        "id",
        "parent",
        "color",
        "origin",
        "assignable",
        "retired",
        "merged_into",
        "name",
        "definition",
        "include",
        "exclude",
        "examples",
        "keywords",
        "sources",
        "questions",
    ),
    "relation_types": (
        "id",
        "name",
        "definition",
        "directed",
        "domain",
        "range",
        "sign",
        "cues",
        "note",
        "questions",
    ),
    "evidence_roles": ("id", "name", "meaning", "cues"),
    **TABLE_KEYS,
}
"""Part -> the keys an entry of it may have, in the order they are written."""

_HEADER_FIELDS = ("id", "version", "title", "languages")
_QUESTION_KINDS = ("question", "objective")


def codebook_of(root: Node, problems: Problems) -> Codebook:
    """The whole codebook; whatever has the wrong shape is noted in `problems` and left out."""
    file = Fields(root, KEYS["file"], problems, own_keys=True)
    header_node = file.get("codebook")
    if header_node is None:
        problems.error(root, N_("The key `codebook`, with id, version and languages, is missing."))
        header_node = Node(Kind.MAP, root.line, root.column)
    header = Fields(header_node, KEYS["codebook"], problems, own_keys=True)
    assignable = header.flag("families_are_assignable", otherwise=False)

    def entries(key: str) -> list[Fields]:
        return [Fields(node, KEYS[key], problems) for node in file.items(key)]

    return Codebook(
        id=header.word("id"),
        version=header.word("version"),
        languages=header.words("languages"),
        title=header.texts("title"),
        header=_header_rest(header),
        settings=_plain_map(file, "settings", problems),
        questions=tuple(_question(fields, problems) for fields in entries("questions")),
        sides=tuple(Side(id=fields.word("id"), names=fields.texts("name")) for fields in entries("sides")),
        code_sides=file.pairs("code_sides"),
        actor_map=tuple(_actor_row(fields) for fields in entries("actor_map")),
        attributes=_attributes(file, problems),
        qualifiers=tuple(_qualifier(fields, problems) for fields in entries("qualifiers")),
        themes=tuple(_theme(fields) for fields in entries("themes")),
        codes=tuple(_code(fields, families_assignable=assignable) for fields in entries("codes")),
        relation_types=tuple(_relation_type(fields) for fields in entries("relation_types")),
        tables=_plain_maps(file, "tables", problems),
        patterns=_plain_maps(file, "patterns", problems),
        extra=_extra(file, problems),
    )


def _header_rest(header: Fields) -> dict[str, Any]:
    return {key: node.value() for key, (_, node) in header.node.pairs.items() if key not in _HEADER_FIELDS}


def _plain_map(file: Fields, key: str, problems: Problems) -> dict[str, Any]:
    node = file.get(key)
    if node is None:
        return {}
    if node.kind is not Kind.MAP:
        problems.error(node, N_("This must be a map of keys and values."))
    return {name: value.value() for name, (_, value) in node.pairs.items()}


def _plain_maps(file: Fields, key: str, problems: Problems) -> tuple[dict[str, Any], ...]:
    for node in file.items(key):
        if node.kind is not Kind.MAP:
            problems.error(node, N_("This must be a map of keys and values."))
    return tuple(node.value() for node in file.items(key) if node.kind is Kind.MAP)


def _extra(file: Fields, problems: Problems) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    if roles := [_role(Fields(node, KEYS["evidence_roles"], problems)) for node in file.items("evidence_roles")]:
        extra["evidence_roles"] = roles
    if sources := file.pairs("source_keys"):
        extra["source_keys"] = sources
    own = {key: node.value() for key, (_, node) in file.node.pairs.items() if key.startswith(OWN)}
    return extra | own


def _role(fields: Fields) -> dict[str, Any]:
    role: dict[str, Any] = {"id": fields.word("id"), "name": fields.texts("name")}
    if meaning := fields.texts("meaning"):
        role["meaning"] = meaning
    if cues := fields.lists("cues"):
        role["cues"] = {language: list(words) for language, words in cues.items()}
    return role


def _question(fields: Fields, problems: Problems) -> Question:
    kind = fields.word("kind") or "question"
    if kind not in _QUESTION_KINDS:
        problems.error(
            fields.get("kind") or fields.node,
            N_("This must be one of: {known}."),
            known=", ".join(_QUESTION_KINDS),
        )
    return Question(
        id=fields.word("id"),
        kind=kind,
        text=fields.texts("text"),
        families=fields.words("families"),
        outputs=fields.words("outputs"),
    )


def _actor_row(fields: Fields) -> ActorMapRow:
    return ActorMapRow(
        actor_type=fields.word("actor_type"),
        code=fields.optional_word("code"),
        side=fields.optional_word("side"),
    )


def _attributes(file: Fields, problems: Problems) -> tuple[Attribute, ...]:
    node = file.get("attributes")
    if node is None:
        return ()
    by_entity = Fields(node, [entity.value for entity in Entity], problems)
    return tuple(
        _attribute(entity, Fields(item, KEYS["attributes"], problems), problems)
        for entity in Entity
        for item in by_entity.items(entity.value)
    )


def _attribute(entity: Entity, fields: Fields, problems: Problems) -> Attribute:
    values = [Fields(node, KEYS["attribute values"], problems) for node in fields.items("values")]
    return Attribute(
        id=fields.word("id"),
        entity=entity,
        type=fields.word("type"),
        label=fields.texts("label"),
        values=tuple(AttributeValue(id=value.word("id"), label=value.texts("label")) for value in values),
        required=fields.flag("required", otherwise=False),
        multiple=fields.flag("multiple", otherwise=False),
        derived_from=fields.optional_word("derived_from"),
        default=fields.optional_word("default"),
        note=fields.word("note"),
    )


def _qualifier(fields: Fields, problems: Problems) -> Qualifier:
    values = [Fields(node, KEYS["qualifier values"], problems) for node in fields.items("values")]
    entry = fields.word("entry")
    if entry not in ("", DIRECT):
        problems.error(fields.get("entry") or fields.node, N_("This must be one of: {known}."), known=DIRECT)
    return Qualifier(
        id=fields.word("id"),
        label=fields.texts("label"),
        type=fields.choice("type", QualifierType, otherwise=QualifierType.ENUM),
        values=tuple(
            QualifierValue(id=value.word("id"), key=value.word("key"), label=value.texts("label"))
            for value in values
        ),
        family=fields.optional_word("family"),
        meaning=fields.texts("meaning"),
        entry=entry,
        applies_to=fields.words("applies_to"),
        required_for=fields.words("required_for"),
        default=fields.pairs("default"),
        default_by_code=fields.pairs("default_by_code"),
        carry_over=fields.flag("carry_over", otherwise=False),
    )


def _theme(fields: Fields) -> Theme:
    return Theme(
        id=fields.word("id"),
        names=fields.texts("name"),
        codes=fields.words("codes"),
        query=fields.optional_word("query"),
        questions=fields.words("questions"),
    )


def _code(fields: Fields, *, families_assignable: bool) -> Code:
    parent = fields.optional_word("parent")
    return Code(
        id=fields.word("id"),
        parent=parent,
        names=fields.texts("name"),
        definition=fields.texts("definition"),
        include=fields.texts("include"),
        exclude=fields.texts("exclude"),
        examples=fields.lists("examples"),
        keywords=fields.lists("keywords"),
        color=fields.optional_word("color"),
        origin=fields.choice("origin", Origin, otherwise=Origin.DEDUCTIVE),
        assignable=fields.flag("assignable", otherwise=parent is not None or families_assignable),
        retired=fields.flag("retired", otherwise=False),
        merged_into=fields.optional_word("merged_into"),
        sources=fields.words("sources"),
        questions=fields.words("questions"),
    )


def _relation_type(fields: Fields) -> RelationType:
    return RelationType(
        id=fields.word("id"),
        names=fields.texts("name"),
        definition=fields.texts("definition"),
        directed=fields.flag("directed", otherwise=True),
        domain=fields.words("domain") or ("*",),
        range=fields.words("range") or ("*",),
        sign=fields.number("sign", otherwise=0),
        cues=fields.lists("cues"),
        note=fields.texts("note"),
        questions=fields.words("questions"),
    )
