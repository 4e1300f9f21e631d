"""The wanted rows of a codebook: what each table holds for it, by the columns that tell its rows apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from qualcode.domain.codebook import ActorMapRow, Attribute, Code, Qualifier, Question, RelationType, Side, Theme

Key = tuple[Any, ...]
"""The values of a row's key columns."""
Wanted = Mapping[Key, Mapping[str, Any]]
"""Key columns -> the other columns."""

LISTS = ("examples", "keywords")
TEXT_FIELDS = ("names", "definition", "include", "exclude", "examples", "keywords")


def column(field: str) -> str:
    return "name" if field == "names" else field


def code_texts(codes: Iterable[Code], code_ids: Mapping[Key, int]) -> Wanted:
    wanted: dict[Key, dict[str, Any]] = {}
    for code in codes:
        by_field = {name: getattr(code, name) for name in TEXT_FIELDS}
        for lang in dict.fromkeys(tag for texts in by_field.values() for tag in texts):
            wanted[code_ids[code.id,], lang] = {
                column(name): _plain(texts.get(lang)) for name, texts in by_field.items()
            }
    return wanted


def _plain(value: str | tuple[str, ...] | None) -> str | list[str] | None:
    return list(value) if isinstance(value, tuple) else value


def qualifiers(qualifiers: Iterable[Qualifier], code_ids: Mapping[Key, int]) -> Wanted:
    return {
        (qualifier.id,): {
            "position": position,
            "type": qualifier.type,
            "label": dict(qualifier.label),
            "meaning": dict(qualifier.meaning),
            "entry": qualifier.entry,
            "family_id": code_ids[qualifier.family,] if qualifier.family else None,
            "values": [
                {"id": value.id, "key": value.key, "label": dict(value.label)} for value in qualifier.values
            ],
            "applies_to": list(qualifier.applies_to),
            "required_for": list(qualifier.required_for),
            "default": dict(qualifier.default),
            "default_by_code": dict(qualifier.default_by_code),
            "carry_over": qualifier.carry_over,
        }
        for position, qualifier in enumerate(qualifiers)
    }


def relation_types(types: Iterable[RelationType]) -> Wanted:
    return {
        (kind.id,): {
            "position": position,
            "names": dict(kind.names),
            "definition": dict(kind.definition),
            "directed": kind.directed,
            "domain": list(kind.domain),
            "range": list(kind.range),
            "sign": kind.sign,
            "cues": {lang: list(words) for lang, words in kind.cues.items()},
            "note": dict(kind.note),
            "questions": list(kind.questions),
        }
        for position, kind in enumerate(types)
    }


def themes(themes: Iterable[Theme]) -> Wanted:
    return {
        (theme.id,): {"position": position, "questions": list(theme.questions)}
        for position, theme in enumerate(themes)
    }


def theme_texts(themes: Iterable[Theme], theme_ids: Mapping[Key, int]) -> Wanted:
    return {(theme_ids[theme.id,], lang): {"name": name} for theme in themes for lang, name in theme.names.items()}


def theme_members(themes: Iterable[Theme], theme_ids: Mapping[Key, int], code_ids: Mapping[Key, int]) -> Wanted:
    wanted: dict[Key, dict[str, Any]] = {}
    for theme in themes:
        for position, code in enumerate(theme.codes):
            wanted[theme_ids[theme.id,], position] = {"code_id": code_ids[code,], "query": None}
        if theme.query is not None:
            wanted[theme_ids[theme.id,], len(theme.codes)] = {"code_id": None, "query": theme.query}
    return wanted


def questions(questions: Iterable[Question]) -> Wanted:
    return {
        (question.id,): {
            "position": position,
            "kind": question.kind,
            "text": dict(question.text),
            "families": list(question.families),
            "outputs": list(question.outputs),
        }
        for position, question in enumerate(questions)
    }


def sides(sides: Iterable[Side]) -> Wanted:
    return {(side.id,): {"position": position, "names": dict(side.names)} for position, side in enumerate(sides)}


def actor_map(rows: Iterable[ActorMapRow], code_ids: Mapping[Key, int], side_ids: Mapping[Key, int]) -> Wanted:
    return {
        (row.actor_type,): {
            "position": position,
            "code_id": code_ids[row.code,] if row.code else None,
            "side_id": side_ids[row.side,] if row.side else None,
        }
        for position, row in enumerate(rows)
    }


def attributes(attributes: Iterable[Attribute]) -> Wanted:
    return {
        (attribute.entity, attribute.id): {
            "position": position,
            "type": attribute.type,
            "label": dict(attribute.label),
            "values": [{"id": value.id, "label": dict(value.label)} for value in attribute.values],
            "required": attribute.required,
            "multiple": attribute.multiple,
            "derived_from": attribute.derived_from,
            "default": attribute.default,
            "note": attribute.note,
        }
        for position, attribute in enumerate(attributes)
    }
