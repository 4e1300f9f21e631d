"""What differs between two codebooks."""

from __future__ import annotations

from dataclasses import replace

from qualcode.domain.codebook import (
    ActorMapRow,
    Attribute,
    AttributeValue,
    Code,
    Codebook,
    Entity,
    Qualifier,
    QualifierType,
    QualifierValue,
)
from qualcode.domain.codebook_diff import Change, Difference, differences
from qualcode.domain.codebook_edit import merge, rename

OLD = Codebook(
    id="x",
    version="v1",
    languages=("nb",),
    codes=(
        Code("a", None, {"nb": "Alfa"}, assignable=False),
        Code("b", "a", {"nb": "Bravo"}, keywords={"nb": ("en", "to")}),
        Code("c", "a", {"nb": "Charlie"}),
    ),
    qualifiers=(Qualifier("q", {"nb": "Q"}, QualifierType.ENUM, (QualifierValue("v", "v"),), applies_to=("a",)),),
    attributes=(Attribute("ward", Entity.CASE, "enum", values=(AttributeValue("1"),)),),
    actor_map=(ActorMapRow("kommune", "b", None),),
    settings={"evidence.required_sides": ["demand"]},
    header={"date": "2026-11-23", "status": {"nb": "Utkast"}},
    extra={"source_keys": {"seed": "Seed"}},
)


def test_equal_codebooks_do_not_differ() -> None:
    assert differences(OLD, replace(OLD)) == []


def test_a_renamed_code_is_one_change_in_one_language() -> None:
    assert differences(OLD, rename(OLD, "b", "nb", "Beta")) == [
        Difference(Change.CHANGED, "codes", "b", "name.nb", "Bravo", "Beta")
    ]


def test_added_and_removed_codes_are_named() -> None:
    new = replace(OLD, codes=(*OLD.codes[:2], Code("d", "a", {"nb": "Delta"})))
    assert differences(OLD, new) == [
        Difference(Change.REMOVED, "codes", "c"),
        Difference(Change.ADDED, "codes", "d"),
    ]


def test_a_merge_shows_as_what_it_did() -> None:
    assert differences(OLD, merge(OLD, "b", "c")) == [
        Difference(Change.CHANGED, "actor_map", "kommune", "code", "b", "c"),
        Difference(Change.CHANGED, "codes", "b", "retired", "", "true"),
        Difference(Change.CHANGED, "codes", "b", "merged_into", "", "c"),
        Difference(Change.CHANGED, "codes", "c", "keywords.nb", "", "en|to"),
    ]


def test_another_order_is_told_once() -> None:
    new = replace(OLD, codes=(OLD.codes[0], OLD.codes[2], OLD.codes[1]))
    assert differences(OLD, new) == [Difference(Change.REORDERED, "codes", before="a|b|c", after="a|c|b")]


def test_values_of_qualifiers_and_attributes_are_matched_by_id() -> None:
    qualifier = replace(OLD.qualifiers[0], values=(QualifierValue("v", "w"), QualifierValue("u", "u")))
    attribute = replace(OLD.attributes[0], values=(AttributeValue("1", {"nb": "Én"}),))
    assert differences(OLD, replace(OLD, qualifiers=(qualifier,), attributes=(attribute,))) == [
        Difference(Change.CHANGED, "attributes", "case.ward", "values.1.label.nb", "", "Én"),
        Difference(Change.CHANGED, "qualifiers", "q", "values", "v", "v|u"),
        Difference(Change.CHANGED, "qualifiers", "q", "values.v.key", "v", "w"),
        Difference(Change.CHANGED, "qualifiers", "q", "values.u.id", "", "u"),
        Difference(Change.CHANGED, "qualifiers", "q", "values.u.key", "", "u"),
    ]


def test_header_settings_and_kept_keys_are_compared() -> None:
    new = replace(
        OLD,
        version="v2",
        settings={"evidence.required_sides": ["demand", "supply"]},
        header={"status": {"nb": "Ferdig"}},
        extra={"source_keys": {"seed": "Seed", "new": "New"}},
        patterns=({"id": "p1", "text": "x"},),
    )
    assert differences(OLD, new) == [
        Difference(Change.CHANGED, "codebook", "", "version", "v1", "v2"),
        Difference(Change.CHANGED, "codebook", "", "date", "2026-11-23", ""),
        Difference(Change.CHANGED, "codebook", "", "status.nb", "Utkast", "Ferdig"),
        Difference(Change.CHANGED, "settings", "", "evidence.required_sides", "demand", "demand|supply"),
        Difference(Change.CHANGED, "patterns", "", "", "", "p1"),
        Difference(Change.CHANGED, "patterns", "", "p1.id", "", "p1"),
        Difference(Change.CHANGED, "patterns", "", "p1.text", "", "x"),
        Difference(Change.CHANGED, "source_keys", "", "new", "", "New"),
    ]
