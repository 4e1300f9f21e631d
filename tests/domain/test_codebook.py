"""The tree of codes, its languages, and what may be related to what."""

from __future__ import annotations

import pytest

from qualcode.domain.codebook import (
    Attribute,
    Code,
    Codebook,
    Entity,
    Qualifier,
    QualifierType,
    RelationType,
    Theme,
    in_language,
)
from qualcode.domain.codebook_check import is_color, is_id, is_language, levels_of
from qualcode.errors import NotFound


def code(code_id: str, parent: str | None = None) -> Code:
    return Code(id=code_id, parent=parent, names={"nb": code_id.title()})


TREE = Codebook(
    id="x",
    version="v1",
    languages=("nb",),
    codes=(code("a"), code("a1", "a"), code("z9", "a1"), code("a2", "a"), code("b"), code("a-of-b", "b")),
    qualifiers=(Qualifier("q", {"nb": "Q"}, QualifierType.ENUM, (), applies_to=("b",)),),
    attributes=(Attribute("ward", Entity.CASE, "text"), Attribute("post", Entity.INFORMANT, "text")),
)


def test_the_tree_is_read_from_parents_and_never_from_ids() -> None:
    assert TREE.subtree("a") == ["a", "a1", "z9", "a2"]
    assert TREE.family("z9") == "a"
    assert TREE.family("a-of-b") == "b"
    assert [one.id for one in TREE.path("z9")] == ["a", "a1", "z9"]
    assert [TREE.level(one) for one in ("a", "a1", "z9")] == [1, 2, 3]
    assert [one.id for one in TREE.children(None)] == ["a", "b"]


def test_an_unknown_code_is_named() -> None:
    with pytest.raises(NotFound, match="The codebook has no code 'z'"):
        TREE.subtree("z")


def test_codes_sort_in_the_order_of_the_codebook_and_unknown_ones_come_last() -> None:
    assert TREE.in_order(["b", "z", "z9", "a"]) == ["a", "z9", "b", "z"]


def test_a_theme_holds_subtrees_and_passes_over_codes_that_are_gone() -> None:
    assert TREE.members(Theme("t", {}, codes=("a1", "gone", "b"))) == {"a1", "z9", "b", "a-of-b"}


def test_qualifiers_go_by_the_family_of_the_code() -> None:
    assert [one.id for one in TREE.qualifiers_for("a-of-b")] == ["q"]
    assert TREE.qualifiers_for("z9") == []


def test_attributes_go_by_what_they_describe() -> None:
    assert [one.id for one in TREE.attributes_of(Entity.INFORMANT)] == ["post"]
    assert not TREE.attributes[0].derived


@pytest.mark.parametrize(
    ("texts", "language", "shown"),
    [
        ({"nb": "ja", "en": "yes"}, "en", "yes"),
        ({"nb": "ja", "en": "yes"}, "nn", "ja"),
        ({"en": "yes", "da": "jo"}, "sv", "yes"),
        ({"da": "jo"}, "nb", "jo"),
        ({"nb": "", "en": "yes"}, "nb", "yes"),
        ({}, "nb", "id"),
    ],
)
def test_a_text_is_shown_in_the_nearest_language(texts: dict[str, str], language: str, shown: str) -> None:
    assert in_language(texts, language, "id") == shown


def test_a_directed_relation_fits_one_way_and_an_undirected_either_way() -> None:
    directed = RelationType("r", {}, domain=("a",), range=("b",))
    assert (directed.fits("a", "b"), directed.fits("b", "a")) == (True, False)
    undirected = RelationType("r", {}, directed=False, domain=("a",), range=("b",))
    assert (undirected.fits("b", "a"), undirected.fits("a", "a")) == (True, False)
    assert RelationType("r", {}).fits("a", "z")


def test_what_the_header_says_of_families_and_sources() -> None:
    told = Codebook(
        "x",
        "v1",
        ("nb",),
        (),
        header={"families_are_assignable": True},
        extra={"source_keys": {"seed": "The seed."}},
    )
    assert (told.families_assignable, TREE.families_assignable) == (True, False)
    assert (told.source_keys, TREE.source_keys) == ({"seed": "The seed."}, {})


@pytest.mark.parametrize("text", ["a", "barrier-risk", "æøå", "Ål_1.2", "007", "x" * 100])
def test_an_id_may_be(text: str) -> None:
    assert is_id(text)


@pytest.mark.parametrize(
    "text", ["", "a b", "a+b", "a|b", "-a", "_a", ".a", "a*", "a/b", "a\n", "a\u030a", "x" * 101]
)
def test_an_id_may_not_be(text: str) -> None:
    assert not is_id(text)


def test_colours_and_languages_have_their_form() -> None:
    assert [is_color(text) for text in ("#0072B2", "#abcdef", "0072B2", "#fff", "#0072B2 ", "blue")] == [
        *(True, True),
        *(False, False, False, False),
    ]
    assert [is_language(text) for text in ("nb", "pt-BR", "zh-Hant-TW", "n", "nb_NO", "")] == [
        *(True, True, True),
        *(False, False, False),
    ]


def test_levels_are_found_also_in_a_tree_that_is_broken() -> None:
    broken = Codebook(
        "x", "v1", ("nb",), (code("a", "b"), code("b", "a"), code("c", "b"), code("d", "gone"), code("e", "d"))
    )
    assert levels_of(broken) == {"a": 0, "b": 0, "c": 0, "d": 2, "e": 3}
