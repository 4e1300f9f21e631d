"""A codebook that is written and read again is the same codebook, whatever words stand in it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

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
from qualcode.formats.codebook_writer import write_codebook
from qualcode.formats.codebook_yaml import check_codebook, read_codebook
from tests.conftest import REPOSITORY

SCHEMA: dict[str, Any] = json.loads((REPOSITORY / "codebooks" / "codebook.schema.json").read_text("utf-8"))
VALIDATOR: Any = jsonschema.Draft202012Validator(SCHEMA)
LANGUAGES = ("nb", "nn", "no", "en")

# Words that YAML reads as something else, or that need quotes or escapes.
AWKWARD = [
    *("no", "yes", "on", "y", "~", "null", "true", "007", "1", "-1", "1.0", "1e3", "0x1F", "12:30", "2026-11-23"),
    *("- a", "a: b", "a #b", "#a", "a,b", "[a]", "{a}", "'a'", '"a"', "it's", "*kompetanse", "&x", "!x", "%x"),
    *("å være", "Målkonflikt?", "«slik»", "–", "😀", "a\nb", "a\n\n b", "a\nb\n", " a", "a ", "\ta", "a\t"),
    *("a\x85b", "a\u2028b", "\ufeffa", "a\x07b", "a\r\nb", "a\\b", "x" * 300, "?", ":", "|", ">", "`a`", "=", "<<"),
    *("---", "...", "@x", "a: ", "a :b", "a?", "https://example.org/?a=1"),
]
TEXT = st.one_of(st.sampled_from(AWKWARD), st.text(st.characters(codec="utf-8"), min_size=1, max_size=40)).filter(
    lambda text: bool(text.strip())
)
IDS = st.one_of(
    st.sampled_from(["no", "007", "1", "y", "null", "æøå", "Ål-1", "a.b_c"]),
    st.text("abcxyzæøå019-_.", min_size=1, max_size=8).filter(lambda text: text[0] not in "-_."),
)
TEXTS = st.dictionaries(st.sampled_from(LANGUAGES), TEXT, max_size=3)
NAMES = st.dictionaries(st.sampled_from(LANGUAGES), TEXT, min_size=1, max_size=3)
LISTS = st.dictionaries(st.sampled_from(LANGUAGES), st.lists(TEXT, min_size=1, max_size=4).map(tuple), max_size=2)
COLOURS = st.none() | st.sampled_from(["#0072B2", "#d55e00"])
PLAIN: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**12), 10**12)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
    | st.just(""),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@st.composite
def codes_of(draw: Callable[[st.SearchStrategy[Any]], Any]) -> tuple[Code, ...]:
    codes: list[Code] = []
    for code_id in draw(st.lists(IDS, min_size=1, max_size=6, unique=True)):
        parent = draw(st.none() | st.sampled_from([code.id for code in codes])) if codes else None
        retired = draw(st.booleans())
        codes.append(
            Code(
                id=code_id,
                parent=parent,
                names=draw(NAMES),
                definition=draw(TEXTS),
                include=draw(TEXTS),
                exclude=draw(TEXTS),
                examples=draw(LISTS),
                keywords=draw(LISTS),
                color=draw(COLOURS),
                origin=draw(st.sampled_from(Origin)),
                assignable=draw(st.booleans()),
                retired=retired,
                merged_into=codes[0].id if retired and codes and draw(st.booleans()) else None,
                sources=tuple(draw(st.lists(TEXT, max_size=2))),
                questions=("Q1",) if draw(st.booleans()) else (),
            )
        )
    return tuple(codes)


def enum_qualifier(draw: Callable[[st.SearchStrategy[Any]], Any], families: list[str]) -> Qualifier:
    values = draw(st.lists(IDS, min_size=1, max_size=4, unique=True))
    applies = tuple(draw(st.lists(st.sampled_from(families), unique=True)))
    return Qualifier(
        id="kind",
        label=draw(NAMES),
        meaning=draw(TEXTS),
        type=QualifierType.ENUM,
        entry=draw(st.sampled_from(["", "direct"])),
        values=tuple(
            QualifierValue(id=value, key=key, label=draw(TEXTS)) for value, key in zip(values, "y0-~", strict=False)
        ),
        applies_to=applies,
        required_for=applies[:1],
        default={family: draw(st.sampled_from(values)) for family in applies},
        carry_over=draw(st.booleans()),
    )


TABLES: tuple[dict[str, Any], ...] = (
    {
        "id": "T-1",
        "name": {"nb": "Tabell: én"},
        "where": "text~no",
        "rows": [{"field": "case", "total": True}],
        "columns": [{"field": "informant"}],
        "cells": ["cases", "valence"],
    },
    {"id": "no", "name": {"en": "no"}, "kind": "patterns", "questions": ["Q1"], "note": {"nb": "~"}},
)


@st.composite
def codebooks(draw: Callable[[st.SearchStrategy[Any]], Any]) -> Codebook:
    codes: tuple[Code, ...] = draw(codes_of())
    families = [code.id for code in codes if code.parent is None]
    return Codebook(
        id=draw(IDS),
        version=draw(TEXT),
        title=draw(TEXTS),
        languages=LANGUAGES,
        codes=codes,
        header=draw(st.fixed_dictionaries({}, optional={"status": TEXTS, "date": TEXT, "x-own": PLAIN})),
        settings=draw(st.dictionaries(TEXT.filter(lambda key: not key.startswith("evidence.")), PLAIN, max_size=3)),
        questions=(Question(id="Q1", kind="objective", text=draw(NAMES), families=tuple(families[:1])),),
        sides=(Side(id="no", names=draw(NAMES)), Side(id="supply", names=draw(NAMES))),
        code_sides={families[0]: "no"},
        actor_map=(ActorMapRow("~", codes[0].id, None), ActorMapRow("no", None, "no")),
        attributes=tuple(
            Attribute(
                id="ward",
                entity=entity,
                type="enum",
                label=draw(TEXTS),
                values=(AttributeValue("-1", draw(TEXTS)), AttributeValue("no", {})),
                required=draw(st.booleans()),
                multiple=draw(st.booleans()),
                default=draw(st.sampled_from([None, "no", "-1"])),
                note=draw(st.just("") | TEXT),
            )
            for entity in Entity
        ),
        qualifiers=(enum_qualifier(draw, families),),
        themes=(
            Theme(id="theme-1", names=draw(NAMES), codes=(codes[-1].id,), questions=("Q1",)),
            Theme(id="theme-2", names=draw(NAMES), query=draw(TEXT)),
        ),
        relation_types=(
            RelationType(
                id="r",
                names=draw(NAMES),
                definition=draw(TEXTS),
                directed=draw(st.booleans()),
                domain=draw(st.sampled_from([("*",), tuple(families)])),
                range=("*",),
                sign=draw(st.sampled_from([-1, 0, 1])),
                cues=draw(LISTS),
                note=draw(TEXTS),
            ),
        ),
        tables=draw(st.sampled_from([(), TABLES])),
        patterns=tuple(draw(st.lists(st.dictionaries(TEXT, PLAIN, max_size=2), max_size=2))),
        extra=draw(st.fixed_dictionaries({}, optional={"x-own": PLAIN, "source_keys": st.just({"no": "~"})})),
    )


@given(codebooks())
def test_what_is_written_is_read_back_equal_in_the_same_order_and_fits_the_schema(codebook: Codebook) -> None:
    written = write_codebook(codebook)
    read = read_codebook(written, name="x.yaml")
    assert read == codebook
    # Equal maps may differ in order; written again they show it.
    assert write_codebook(read) == written
    assert VALIDATOR.is_valid(yaml.safe_load(written))


def of_one_code(**texts: Any) -> Codebook:
    return Codebook(id="x", version="v1", languages=("nb",), codes=(Code(id="a", parent=None, **texts),))


@pytest.mark.parametrize("text", AWKWARD)
def test_other_readers_of_yaml_find_the_same_words(text: str) -> None:
    written = write_codebook(of_one_code(names={"nb": "A"}, definition={"nb": text}, keywords={"nb": (text, text)}))
    code = yaml.safe_load(written)["codes"][0]
    assert code["definition"] == {"nb": text}
    assert code["keywords"] == {"nb": [text, text]}


def test_the_layout_is_one_line_a_text_and_quotes_only_where_needed() -> None:
    codebook = of_one_code(
        names={"nb": "Risiko, delt", "no": "Nei"},
        definition={"nb": "Én linje, med komma (og parentes).", "no": "To: med kolon"},
        include={"nb": "Første linje.\n\nTredje linje."},
        examples={"nb": ("Vi turte ikke, sa hun.",)},
        keywords={"nb": ("risiko*", "*risiko", "vågde ikkje")},
        sources=("seed", "2016"),
    )
    assert write_codebook(codebook).decode() == (
        """\
codebook:
  id: x
  version: v1
  languages: [nb]

codes:
  - id: a
    origin: deductive
    assignable: true
    name: {nb: 'Risiko, delt', 'no': Nei}
    definition:
      nb: Én linje, med komma (og parentes).
      'no': 'To: med kolon'
    include:
      nb: |-
        Første linje.

        Tredje linje.
    examples:
      nb:
        - Vi turte ikke, sa hun.
    keywords:
      nb: [risiko*, '*risiko', vågde ikkje]
    sources: [seed, '2016']

tables: []

patterns: []
"""
    )


def test_a_long_list_is_broken_between_its_words() -> None:
    codebook = of_one_code(names={"nb": "A"}, keywords={"nb": tuple(f"ord nummer {n}" for n in range(12))})
    lines = write_codebook(codebook).decode().splitlines()
    keywords = lines[lines.index("    keywords:") + 1 : lines.index("tables: []") - 1]
    assert len(keywords) == 2
    assert max(len(line) for line in keywords) <= 110
    assert check_codebook(write_codebook(codebook)) == []
