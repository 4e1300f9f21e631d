"""A table that a codebook defines, counted: which cell a coding and a relation stand in, and whom a cell counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

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
    RelationType,
    Side,
)
from qualcode.domain.coding import CodedSegment, CodingStatus
from qualcode.domain.facts import Facts, Population
from qualcode.domain.matrix import Cell
from qualcode.domain.people import Case, Informant
from qualcode.domain.relation import PlacedRelation, Stance
from qualcode.domain.table_axes import Ground
from qualcode.domain.table_counting import RelationCell, StudyTable, tabulate
from qualcode.domain.table_definition import definition_named
from tests.domain.evidence_samples import relation, segment

TREE = (
    *(("actor", None), ("buyer", "actor"), ("seller", "actor")),
    *(("lack", None), ("fear", "lack"), ("skill", "lack"), ("buying", "skill")),
    *(("gain", None), ("money", "gain"), ("health", "gain")),
)


def value(id: str) -> QualifierValue:
    return QualifierValue(id, id[0])


BOOK = Codebook(
    id="book",
    version="1",
    languages=("en",),
    codes=tuple(Code(id, parent, {"en": id}, assignable=parent is not None) for id, parent in TREE),
    qualifiers=(
        Qualifier("valence", {}, QualifierType.ENUM, (value("-1"), value("0"), value("1"))),
        Qualifier("came", {}, QualifierType.ENUM, (value("hoped"), value("there"))),
        Qualifier("about", {}, QualifierType.CODE, (value("buyer"), value("seller")), family="actor"),
    ),
    relation_types=(
        RelationType("leads-to", {"en": "leads to"}, sign=1),
        RelationType("tension", {"en": "tension"}, directed=False),
    ),
    sides=(Side("demand", {"en": "demand"}), Side("supply", {"en": "supply"})),
    code_sides={"buyer": "demand", "seller": "supply"},
    actor_map=(ActorMapRow("b", "buyer", "demand"), ActorMapRow("s", "seller", "supply")),
    attributes=(
        Attribute("type", Entity.INFORMANT, "enum", values=(AttributeValue("b"), AttributeValue("s"))),
        Attribute(
            "side",
            Entity.INFORMANT,
            "enum",
            values=(AttributeValue("demand"), AttributeValue("supply")),
            derived_from="type",
        ),
    ),
)
POPULATION = Population(
    cases=(Case("north", "North"), Case("south", "South")),
    informants=(
        Informant("kari", attributes={"type": ("b",)}),
        Informant("ola", attributes={"type": ("s",)}),
    ),
)


def table(
    rows: list[dict[str, Any]],
    columns: list[dict[str, Any]],
    segments: Sequence[CodedSegment] = (),
    relations: Sequence[PlacedRelation] = (),
    **more: Any,
) -> StudyTable:
    entry = {"id": "T", "name": {"en": "T"}, "rows": rows, "columns": columns, **more}
    book = replace(BOOK, tables=(entry,))
    return tabulate(definition_named(book, "T"), Ground(Facts(book, POPULATION), [], segments, "en"), relations)


def informants(of: StudyTable) -> dict[tuple[str, ...], int]:
    """Places of row and column (with its split) -> informants, of the cells that are not empty."""
    found: dict[tuple[str, ...], int] = {}
    for line, cells in zip(of.rows, of.cells, strict=True):
        for column, cell in zip(of.columns, cells, strict=True):
            if cell.empty:
                continue
            number = cell.counts.informants if isinstance(cell, Cell) else len(cell.stated.informants)
            split = (column.split.id,) if column.split else ()
            found[(*(place.id for place in line), column.place.id, *split)] = number
    return found


def typed(item: PlacedRelation, type: str, **changes: Any) -> PlacedRelation:
    return replace(item, relation=replace(item.relation, type=type), **changes)


def test_leaves_have_a_line_and_a_code_above_them_one_for_what_lies_on_it_alone() -> None:
    found = table(
        [{"codes": ["lack"], "level": "leaf"}], [{"field": "case"}], [segment("skill"), segment("buying")]
    )
    assert [place.label for (place,) in found.rows] == ["fear", "skill (not specified)", "buying"]
    assert informants(found) == {("skill:unspecified", "north"): 1, ("buying", "north"): 1}


def test_all_below_a_code_hold_their_subtrees_and_the_total_counts_a_person_once() -> None:
    codings = [segment("skill"), segment("buying", informant="ola"), segment("fear")]
    found = table([{"codes": ["lack"], "level": "all", "total": True}], [{"field": "case"}], codings)
    assert informants(found) == {
        ("fear", "north"): 1,
        ("skill", "north"): 2,
        ("buying", "north"): 1,
        ("total", "north"): 2,
    }


def test_what_a_table_asks_of_and_cannot_place_is_counted_outside() -> None:
    codings = [segment("fear"), segment("fear", case=None), segment("money", case=None)]
    found = table([{"codes": ["lack"]}], [{"field": "case"}], codings)
    assert (len(found.inside.codings), len(found.outside.codings)) == (1, 1)
    assert found.outside.counts.without_case == 1


def test_several_axes_down_the_side_stand_in_the_combinations_that_are_met() -> None:
    codings = [segment("fear", about="seller"), segment("fear", informant="ola", about="seller")]
    found = table([{"field": "about"}, {"own": "about"}], [{"codes": ["lack"]}], codings)
    assert informants(found) == {("seller", "own", "lack"): 1, ("seller", "others", "lack"): 1}
    assert len(found.rows) == 2


def test_a_relation_stands_under_its_other_end_with_its_own_case_and_informant() -> None:
    made = typed(
        relation(segment("fear"), segment("money", came="hoped")), "leads-to", case="south", informant="ola"
    )
    rows: list[dict[str, Any]] = [{"field": "case"}, {"field": "side"}]
    forth = table(rows, [{"target": ["gain"], "types": ["leads-to"], "split": "came"}], relations=[made])
    assert informants(forth) == {("south", "supply", "gain"): 1, ("south", "supply", "gain", "hoped"): 1}
    back = table(
        [{"codes": ["gain"]}], [{"source": ["lack"], "level": "below", "types": ["leads-to"]}], relations=[made]
    )
    assert informants(back) == {("gain", "fear"): 1}
    assert back.coders == ("ada",)


def test_a_type_without_direction_is_read_from_both_ends_and_counts_once_in_a_cell() -> None:
    made = typed(relation(segment("money"), segment("health")), "tension")
    found = table(
        [{"codes": ["gain"], "level": "leaf"}],
        [{"target": ["gain"], "types": ["tension"]}, {"target": ["lack"], "types": ["tension"]}],
        relations=[made],
    )
    assert informants(found) == {("money", "gain"): 1, ("health", "gain"): 1}
    within = table([{"codes": ["gain"]}], [{"target": ["gain"], "types": ["tension"]}], relations=[made])
    (cell,) = within.cells[0]
    assert isinstance(cell, RelationCell)
    assert len(cell.relations) == 1


def test_a_relation_counts_as_its_ends_do_and_a_contradiction_on_its_own_side() -> None:
    disputed = relation(segment("fear", status=CodingStatus.DISPUTED), segment("money"))
    stated = relation(segment("fear"), segment("money"))
    denied = replace(
        stated, relation=replace(stated.relation, uid="no", stance=Stance.CONTRADICTS), informant="ola"
    )
    found = table(
        [{"codes": ["lack"]}], [{"target": ["gain"], "types": ["leads-to"]}], relations=[disputed, stated, denied]
    )
    (cell,) = found.cells[0]
    assert isinstance(cell, RelationCell)
    assert (cell.stated.informants, cell.denied.informants) == (("kari",), ("ola",))


def test_a_gap_is_a_difference_of_means_and_undefined_where_one_is() -> None:
    codings = [
        segment("fear", valence="1"),
        segment("fear", informant="ola", valence="-1"),
        segment("buying", valence="0"),
    ]
    found = table([{"codes": ["lack"], "level": "leaf"}], [{"field": "side"}], codings, gap=["demand", "supply"])
    assert [found.gap(row) for row in range(3)] == [Fraction(2), None, None]


def test_value_is_shared_where_both_kinds_came_for_different_actors() -> None:
    codings = [
        segment("money", came="there", about="seller"),
        segment("health", came="there", about="buyer"),
        segment("money", came="there", about="seller", case="south"),
        segment("health", came="there", about="seller", case="south"),
        segment("health", came="hoped", about="buyer", case="south"),
    ]
    shared = {"within": "case", "groups": ["money", "health"], "field": "came", "value": "there", "apart": "about"}
    found = table([{"field": "case"}], [{"field": "came"}], codings, shared=shared)
    assert found.shared == {"north": True, "south": False}


@given(
    st.lists(
        st.builds(
            segment,
            st.sampled_from(["fear", "skill", "buying", "money"]),
            informant=st.sampled_from([None, "kari", "ola"]),
            case=st.sampled_from([None, "north", "south"]),
        ),
        max_size=12,
    )
)
def test_a_total_is_that_of_all_places_and_no_coding_is_lost(codings: list[CodedSegment]) -> None:
    found = table(
        [{"codes": ["lack"], "level": "leaf", "total": True}], [{"field": "case", "total": True}], codings
    )
    asked_of = {item.coding.uid for item in codings if item.coding.code != "money"}
    assert {*found.inside.uids, *found.outside.uids} == asked_of
    assert not set(found.inside.uids) & set(found.outside.uids)
    for cells in found.cells:
        *each, total = [cell for cell in cells if isinstance(cell, Cell)]
        assert set(total.uids) == {uid for cell in each for uid in cell.uids}
        heard = {item.informant for cell in each for item in cell.codings if item.informant}
        assert total.counts.informants == len(heard)
