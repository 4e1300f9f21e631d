"""The codebooks that come with the program: whole, sound, and as the documented format has them."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from qualcode.domain.codebook import Codebook, Entity, Origin
from qualcode.domain.codebook_shades import shade
from qualcode.formats.codebook_nodes import parse
from qualcode.formats.codebook_parts import KEYS, codebook_of
from qualcode.formats.codebook_problems import Problems
from qualcode.formats.codebook_writer import write_codebook
from qualcode.formats.codebook_yaml import check_codebook, read_codebook
from tests.conftest import REPOSITORY

CODEBOOKS = sorted((REPOSITORY / "codebooks").glob("*.yaml"))
SCHEMA: dict[str, Any] = json.loads((REPOSITORY / "codebooks" / "codebook.schema.json").read_text("utf-8"))
VALIDATOR: Any = jsonschema.Draft202012Validator(SCHEMA)
REFERENCE = (REPOSITORY / "docs" / "reference" / "codebook-format.md").read_text("utf-8")

shipped = pytest.mark.parametrize("path", CODEBOOKS, ids=lambda path: path.stem)


def read(name: str) -> Codebook:
    path = REPOSITORY / "codebooks" / f"{name}.yaml"
    return read_codebook(path.read_bytes(), name=path.name)


@pytest.fixture(scope="module")
def study() -> Codebook:
    return read("ioa-svc")


def test_there_are_codebooks_of_two_different_studies() -> None:
    assert [path.stem for path in CODEBOOKS] == ["ioa-svc", "night-handover"]


@shipped
def test_nothing_is_wrong_or_doubtful(path: Path) -> None:
    assert check_codebook(path.read_bytes()) == []


@shipped
def test_it_is_named_after_its_id(path: Path) -> None:
    assert read(path.stem).id == path.stem


@shipped
def test_the_writer_gives_the_file_back_but_for_its_comments(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines(keepends=True)
    without_comments = "".join(line for line in lines if not line.startswith("#"))
    assert write_codebook(read(path.stem)).decode() == without_comments


@shipped
def test_it_fits_the_schema(path: Path) -> None:
    assert VALIDATOR.is_valid(yaml.safe_load(path.read_bytes()))


@shipped
def test_the_colours_of_codes_can_be_worked_out(path: Path) -> None:
    codebook = read(path.stem)
    for family in codebook.children(None):
        colours = [shade(codebook, code) for code in codebook.subtree(family.id)]
        assert len(set(colours[:6])) == len(colours[:6])


def test_the_schema_is_sound() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def properties(*path: str) -> tuple[str, ...]:
    part: Any = SCHEMA
    for step in path:
        part = part[step]
    return tuple(part["properties"])


@pytest.mark.parametrize(
    ("part", "path"),
    [
        ("file", ()),
        ("codebook", ("properties", "codebook")),
        ("questions", ("$defs", "question")),
        ("sides", ("$defs", "side")),
        ("actor_map", ("$defs", "actor")),
        ("attributes", ("$defs", "attribute")),
        ("attribute values", ("$defs", "attribute", "properties", "values", "items")),
        ("qualifiers", ("$defs", "qualifier")),
        ("qualifier values", ("$defs", "qualifier", "properties", "values", "items")),
        ("themes", ("$defs", "theme")),
        ("codes", ("$defs", "code")),
        ("relation_types", ("$defs", "relationType")),
        ("evidence_roles", ("$defs", "evidenceRole")),
        ("tables", ("$defs", "table")),
        ("table axes", ("$defs", "tableAxis")),
        ("table shared", ("$defs", "table", "properties", "shared")),
    ],
)
def test_schema_and_reader_know_the_same_keys(part: str, path: tuple[str, ...]) -> None:
    assert set(KEYS[part]) == set(properties(*path))


def test_every_key_is_in_the_reference() -> None:
    assert [key for keys in KEYS.values() for key in keys if f"`{key}`" not in REFERENCE] == []


@pytest.mark.parametrize("example", re.findall(r"```yaml\n(.+?)```", REFERENCE, re.DOTALL))
def test_the_examples_of_the_reference_are_of_the_shape_they_describe(example: str) -> None:
    header = "" if example.startswith("codebook:") else "codebook: {}\n"
    problems = Problems()
    codebook = codebook_of(parse((header + example).encode(), problems), problems)
    assert problems.in_order() == []
    assert codebook != Codebook("", "", (), ())


def test_the_study_has_its_72_nodes_on_three_levels(study: Codebook) -> None:
    levels = Counter(study.level(code.id) for code in study.codes)
    leaves = [code for code in study.codes if not study.children(code.id)]
    assert (len(study.codes), len(leaves)) == (72, 56)
    assert levels == {1: 8, 2: 42, 3: 22}
    assert [code.id for code in study.children(None)] == [
        "actor",
        "barrier",
        "dampening",
        "interaction",
        "svc",
        "value",
        "method",
        "model",
    ]


def test_families_of_the_study_are_headings_with_a_colour(study: Codebook) -> None:
    assert [code.id for code in study.codes if not code.assignable] == [code.id for code in study.children(None)]
    assert [code.id for code in study.codes if code.color] == [code.id for code in study.children(None)]


def test_every_code_of_the_study_is_named_and_explained_in_both_languages(study: Codebook) -> None:
    for code in study.codes:
        for texts in (code.names, code.definition, code.include, code.exclude):
            assert list(texts) == ["nb", "en"]
            assert all(text.strip() for text in texts.values())


def test_every_code_below_a_family_has_an_example_and_keywords_in_three_languages(study: Codebook) -> None:
    for code in study.codes:
        if code.parent is not None:
            assert len(code.examples["nb"]) == 1
            assert list(code.keywords) == ["nb", "nn", "en"]


def test_the_qualifiers_of_the_study(study: Codebook) -> None:
    assert [(one.id, one.type.value, len(one.values)) for one in study.qualifiers] == [
        ("valence", "enum", 3),
        ("about_actor", "code", 6),
        ("about_pair", "code-pair", 0),
        ("phase", "enum", 10),
        ("realisation", "enum", 5),
        ("certainty", "enum", 3),
        ("quotable", "enum", 3),
    ]
    valence = study.qualifiers[0]
    assert [(value.id, value.key) for value in valence.values] == [("-1", "-"), ("0", "0"), ("1", "+")]
    assert valence.entry == "direct"
    assert valence.default == {
        "barrier": "-1",
        "dampening": "-1",
        "value": "1",
        "svc": "1",
        "actor": "0",
        "method": "0",
        "model": "0",
    }
    assert [one.id for one in study.qualifiers if one.carry_over] == ["about_actor", "about_pair", "phase"]
    assert study.qualifiers[1].default_by_code["value-buyer"] == "actor-buyer"
    assert [value.id for value in study.qualifiers[6].values] == ["yes", "paraphrase-only", "no"]


def test_the_relation_types_of_the_study(study: Codebook) -> None:
    assert [kind.id for kind in study.relation_types if kind.directed] == [
        "causes",
        "reinforces",
        "dampens",
        "mitigates",
        "realises",
        "creates",
        "precedes",
    ]
    assert [kind.id for kind in study.relation_types if not kind.directed] == ["tension-with", "interacts"]
    assert study.relation_types[2].fits("barrier", "value")
    assert not study.relation_types[2].fits("value", "barrier")


def test_the_questions_and_objectives_of_the_study(study: Codebook) -> None:
    assert [(question.id, question.kind) for question in study.questions] == [
        ("P1", "question"),
        ("P2", "question"),
        ("P3", "question"),
        ("D1", "objective"),
        ("D2", "objective"),
        ("D3", "objective"),
    ]
    assert study.questions[1].outputs == ("T7", "T8", "T10")


def test_the_sides_and_the_settings_of_the_study(study: Codebook) -> None:
    assert [side.id for side in study.sides] == ["demand", "supply", "intermediary", "user"]
    assert study.code_sides["actor-leadership"] == "demand"
    assert {row.actor_type: row.side for row in study.actor_map}["research"] == "intermediary"
    assert [row.actor_type for row in study.actor_map if row.code is None] == ["municipality", "county", "other"]
    assert study.settings == {
        "evidence.side_attribute": "side",
        "evidence.required_sides": ["demand", "supply"],
    }


def test_every_attribute_of_the_study_and_every_value_is_labelled_in_both_languages(study: Codebook) -> None:
    assert [len(study.attributes_of(entity)) for entity in Entity] == [12, 6, 5, 2]
    for attribute in study.attributes:
        for label in (attribute.label, *(value.label for value in attribute.values)):
            assert list(label) == ["nb", "en"]
    (derived,) = [attribute for attribute in study.attributes if attribute.derived]
    assert (derived.id, derived.derived_from) == ("side", "actor-type")


def test_the_themes_of_the_study_hold_subtrees(study: Codebook) -> None:
    assert len(study.themes) == 7
    competence = study.members(study.themes[0])
    assert "barrier-competence-need" in competence
    assert "barrier-risk" not in competence


def test_every_source_is_explained(study: Codebook) -> None:
    used = {source for code in study.codes for source in code.sources}
    assert used <= set(study.source_keys)
    assert len(study.source_keys) == 53


def test_the_study_says_that_it_is_a_proposal(study: Codebook) -> None:
    assert study.header["status"]["en"].startswith("Proposal. Not validated by the study's researchers")


def test_the_other_study_is_of_another_make() -> None:
    other = read("night-handover")
    assert other.languages == ("en", "da")
    assert (other.sides, other.actor_map, other.code_sides, other.settings) == ((), (), {}, {})
    assert other.families_assignable
    assert all(code.assignable for code in other.codes)
    assert Counter(code.origin for code in other.codes) == {Origin.INDUCTIVE: 11, Origin.DEDUCTIVE: 4}
    assert "valence" not in {qualifier.id for qualifier in other.qualifiers}
    assert [attribute.id for attribute in other.attributes_of(Entity.CASE)] == ["ward", "beds"]
