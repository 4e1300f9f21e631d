from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.domain.codebook import (
    ActorMapRow,
    Attribute,
    AttributeValue,
    Codebook,
    Entity,
    Qualifier,
    QualifierType,
    QualifierValue,
)
from qualcode.domain.facts import Facts, Population
from qualcode.domain.people import Case, Coder, Document, Informant, Organisation
from qualcode.errors import BadInput
from tests.reporting.samples import segment, small_codebook


def enum(id: str, entity: Entity, *values: str, derived_from: str | None = None) -> Attribute:
    allowed = tuple(AttributeValue(value, {"en": value.upper()}) for value in values)
    return Attribute(id, entity, "enum", {"en": id, "nb": f"{id}-nb"}, allowed, derived_from=derived_from)


def codebook(*qualifiers: Qualifier) -> Codebook:
    return replace(
        small_codebook(),
        qualifiers=qualifiers,
        actor_map=(ActorMapRow("buyer", None, "demand"), ActorMapRow("maker", None, "supply")),
        attributes=(
            enum("size", Entity.CASE, "big", "small"),
            Attribute("worth", Entity.CASE, "number"),
            enum("trade", Entity.INFORMANT, "buyer", "maker", "guest"),
            enum("side", Entity.INFORMANT, "demand", "supply", derived_from="trade"),
            enum("size", Entity.ORGANISATION, "large", "tiny"),
            enum("mode", Entity.DOCUMENT, "phone", "video"),
        ),
    )


POPULATION = Population(
    cases=(Case("A", "Ferry", {"size": ("big",), "worth": ("20",)}), Case("B", attributes={"worth": ("100",)})),
    documents=(Document("d1", "First", "", "nb", ("A",), 1, 10, 2, attributes={"mode": ("phone",)}),),
    informants=(
        Informant("I1", organisation="yard", attributes={"trade": ("buyer", "maker", "guest")}),
        Informant("I2", attributes={"trade": ("guest",)}),
    ),
    organisations=(Organisation("yard", "The yard", {"size": ("tiny",)}),),
    coders=(Coder("anna"), Coder("bjorn")),
)
FACTS = Facts(codebook(), POPULATION)


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("case", ("A",)),
        ("document", ("d1",)),
        ("informant", ("I1",)),
        ("speaker", ("K",)),
        ("coder", ("anna",)),
        ("code", ("risk-supplier",)),
        ("family", ("barrier",)),
        ("organisation", ("yard",)),
        ("status", ("accepted",)),
        ("origin", ("manual",)),
        ("case.size", ("big",)),
        ("document.mode", ("phone",)),
        ("informant.trade", ("buyer", "maker", "guest")),
        ("informant.side", ("demand", "supply")),
        ("informant.organisation.size", ("tiny",)),
    ],
)
def test_a_coding_is_read_through_what_it_belongs_to(field: str, expected: tuple[str, ...]) -> None:
    assert FACTS.values(segment("a", code="risk-supplier"), field) == expected


@pytest.mark.parametrize("field", ["case", "informant", "organisation", "speaker", "code", "family", "case.size"])
def test_what_is_not_known_has_no_value(field: str) -> None:
    bare = segment("a", code=None, case=None, informant=None, turn=None, speaker="")
    assert FACTS.values(bare, field) == ()


def test_an_actor_type_without_a_side_is_on_none() -> None:
    assert FACTS.values(segment("a", informant="I2"), "side") == ()


def test_a_last_part_is_enough_where_it_is_the_only_one() -> None:
    assert FACTS.field("side").id == "informant.side"
    with pytest.raises(BadInput) as refused:
        FACTS.field("size")
    assert str(refused.value) == ("The field 'size' may be case.size, informant.organisation.size. Write it out.")


def test_an_unknown_field_names_the_near_ones_else_all() -> None:
    with pytest.raises(BadInput) as near:
        FACTS.field("informnat.sid")
    assert str(near.value).startswith("There is no field 'informnat.sid'. Did you mean informant.side")
    with pytest.raises(BadInput) as far:
        FACTS.field("xyzzy")
    assert str(far.value) == (
        "There is no field 'xyzzy'. The fields are case, document, informant, organisation, speaker, coder, code, "
        "family, status, origin, case.size, case.worth, document.mode, informant.trade, informant.side, "
        "informant.organisation.size."
    )


def test_fields_and_values_have_labels_in_a_language() -> None:
    assert [FACTS.field(name).label("nb") for name in ("coder", "informant.side")] == ["koder", "side-nb"]
    assert FACTS.field("case").value_label("A", "nb") == "Ferry"
    assert FACTS.field("case").value_label("B", "nb") == "B"
    assert FACTS.field("code").value_label("risk", "nb") == "Risk"
    assert FACTS.field("side").value_label("demand", "nb") == "DEMAND"


def test_values_stand_in_the_order_of_the_study_and_numbers_by_size() -> None:
    assert FACTS.field("side").in_order(["supply", "demand", "supply"]) == ["demand", "supply"]
    assert FACTS.field("case.worth").in_order(["100", "20", "n/a"]) == ["20", "100", "n/a"]


def pair() -> Qualifier:
    return Qualifier("pair", {}, QualifierType.CODE_PAIR, (), family="barrier", applies_to=("value",))


def test_a_pair_of_codes_may_be_any_two_of_its_family_in_codebook_order() -> None:
    choices = Facts(codebook(pair()), POPULATION).field("pair").choices or ()
    assert [(choice.id, choice.label("en")) for choice in choices] == [("risk+old", "Risk + Old")]


def test_a_qualifier_named_like_a_field_is_reached_by_its_long_name() -> None:
    status = Qualifier("status", {}, QualifierType.ENUM, (QualifierValue("open", "o"),), applies_to=("barrier",))
    facts = Facts(codebook(status), POPULATION)
    coded = segment("a")
    coding = replace(coded.coding, qualifiers={"status": "open"})
    assert facts.values(replace(coded, coding=coding), "qualifier.status") == ("open",)
    assert facts.values(coded, "status") == ("accepted",)


def test_words_and_memos_can_be_queried_but_are_no_fields_to_compare_by() -> None:
    noted = Facts(codebook(), replace(POPULATION, memos=lambda: {"a": ["Twice.", "Thrice."]}))
    assert noted.queried("memo").read(segment("a")) == ("Twice.", "Thrice.")
    assert noted.queried("memo").read(segment("b")) == ()
    assert noted.queried("text").read(segment("a")) == ("",)
    assert noted.queried("side").id == "informant.side"
    with pytest.raises(BadInput, match="no field 'memo'"):
        noted.field("memo")
