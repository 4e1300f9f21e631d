"""Relations gathered into links: what is one link, and which comes first."""

from __future__ import annotations

from datetime import UTC, datetime

from qualcode.domain.codebook import Code, Codebook, RelationType
from qualcode.domain.relation import Claimant, PlacedRelation, Relation, Stance
from qualcode.domain.relation_graph import Link, links
from qualcode.domain.span import Anchor, Span
from tests.reporting.samples import segment

BOOK = Codebook(
    id="book",
    version="1",
    languages=("en",),
    codes=tuple(Code(id, None, {"en": id}) for id in ("delay", "fear", "trust")),
    relation_types=(
        RelationType("causes", {"en": "causes"}),
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
