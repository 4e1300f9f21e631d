"""Relations gathered into links: what is one link, and which comes first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from qualcode.domain.codebook import Code, Codebook, RelationType
from qualcode.domain.coding import CodingStatus
from qualcode.domain.relation import Claimant, PlacedRelation, Relation, Stance
from qualcode.domain.relation_graph import Edge, Link, Support, links, relation_graph, types_within
from qualcode.domain.span import Anchor, Span
from tests.reporting.samples import segment

BOOK = Codebook(
    id="book",
    version="1",
    languages=("en",),
    codes=tuple(Code(id, None, {"en": id}) for id in ("delay", "fear", "trust")),
    relation_types=(
        RelationType("causes", {"en": "causes"}, sign=1),
        RelationType("tension", {"en": "in tension with"}, directed=False),
    ),
)
AT = datetime(2026, 3, 1, tzinfo=UTC)


def relation(source: str, type: str, target: str, stance: Stance = Stance.STATES) -> PlacedRelation:
    ends = segment("a", code=source), segment("b", code=target)
    made = Relation(
        "r", type, "a", "b", "d1", 1, Span(0, 4), Anchor("", "word", ""), stance, Claimant.INFORMANT, "anna", AT, AT
    )
    return PlacedRelation(made, *ends, case=None, informant=None, speaker="", turn=None)


def test_a_code_with_most_going_out_comes_first_and_under_it_its_most_frequent_link() -> None:
    found = links(
        BOOK,
        [
            relation("delay", "causes", "trust"),
            relation("fear", "causes", "delay"),
            relation("fear", "causes", "trust"),
            relation("fear", "causes", "trust", Stance.CONTRADICTS),
        ],
    )
    assert found == [
        Link("fear", "causes", "trust", 2, 1),
        Link("fear", "causes", "delay", 1),
        Link("delay", "causes", "trust", 1),
    ]


def test_a_type_without_direction_is_one_link_from_whichever_end_it_was_made() -> None:
    found = links(BOOK, [relation("trust", "tension", "fear"), relation("fear", "tension", "trust")])
    assert found == [Link("fear", "tension", "trust", 2)]


def test_both_directions_of_a_directed_type_are_two_links() -> None:
    found = links(BOOK, [relation("trust", "causes", "fear"), relation("fear", "causes", "trust")])
    assert found == [Link("fear", "causes", "trust", 1), Link("trust", "causes", "fear", 1)]


def test_codes_that_the_codebook_no_longer_has_come_last() -> None:
    found = links(BOOK, [relation("gone", "causes", "trust"), relation("trust", "causes", "gone")])
    assert [link.source for link in found] == ["trust", "gone"]


def said(informant: str | None, case: str | None, *, coder: str = "anna", **changes: Any) -> PlacedRelation:
    made = relation("fear", "causes", "delay")
    claim = replace(made.relation, coder=coder, **changes)
    return replace(made, relation=claim, informant=informant, case=case)


def test_an_edge_counts_informants_and_cases_however_many_relations_and_coders_there_are() -> None:
    graph = relation_graph(
        BOOK,
        [
            said("per", "A", uid="1"),
            said("per", "A", uid="2", coder="bjørn"),
            said("kari", "B", uid="3", claimed_by=Claimant.ANALYST),
            said(None, None, uid="4"),
            said("per", "A", uid="5", stance=Stance.CONTRADICTS),
        ],
    )
    stated = Support(4, ("kari", "per"), {"A": ("per",), "B": ("kari",)}, without_informant=1)
    claimed_by = (Claimant.ANALYST, Claimant.INFORMANT)
    denied = Support(1, ("per",), {"A": ("per",)})
    assert graph.edges == (
        Edge("fear", "causes", "delay", 1, True, stated, denied, claimed_by, ("1", "2", "3", "4", "5")),
    )
    assert (graph.codes, graph.coders, graph.relations) == (("delay", "fear"), ("anna", "bjørn"), 5)
    assert (graph.without_case, graph.without_informant) == (1, 1)


def test_a_case_has_its_own_relations_alone() -> None:
    relations = [said("per", "A"), said("kari", "B"), said("aud", None)]
    (edge,) = relation_graph(BOOK, relations, case="A").edges
    assert (edge.stated.informants, edge.stated.cases) == (("per",), ("A",))


def test_what_is_contradicted_alone_is_an_edge_that_says_so() -> None:
    (edge,) = relation_graph(BOOK, [said("per", "A", stance=Stance.CONTRADICTS)]).edges
    assert edge.only_denied
    assert (edge.stated.relations, edge.denied.informants, edge.claimed_by) == (0, ("per",), ())


def test_a_relation_counts_only_where_both_its_ends_do() -> None:
    disputed = segment("b", code="delay", status=CodingStatus.DISPUTED)
    good = relation("fear", "causes", "delay")
    assert relation_graph(BOOK, [replace(good, target=disputed)]).edges == ()
    assert relation_graph(BOOK, [replace(good, source=disputed)]).edges == ()


def test_types_and_families_are_chosen_of_both_ends() -> None:
    relations = [relation("fear", "causes", "delay"), relation("trust", "tension", "fear")]
    assert [edge.type for edge in relation_graph(BOOK, relations, types=["tension"]).edges] == ["tension"]
    assert [edge.type for edge in relation_graph(BOOK, relations, families=["fear", "delay"]).edges] == ["causes"]


def test_types_within_a_family_lead_from_it_to_itself_and_have_a_sign() -> None:
    kinds = (
        RelationType("causes", {}, domain=("bad",), range=("bad", "worse"), sign=1),
        RelationType("harms", {}, domain=("bad",), range=("good",), sign=-1),
        RelationType("before", {}),
        RelationType("against", {}, directed=False, sign=-1),
    )
    assert types_within(replace(BOOK, relation_types=kinds), "bad") == ("causes",)
