from __future__ import annotations

from collections.abc import Sequence
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
from qualcode.domain.conditions import condition, selector
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


def meets(*written: str, exact: bool = False, **facts: str | None) -> bool:
    given = {"code": "risk-supplier", **facts}
    chosen = selector(condition(FACTS, text, exact=exact) for text in written)
    return chosen(segment("a", **given))  # pyright: ignore[reportArgumentType] - text for texts


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (["case=A"], True),
        (["case=B"], False),
        (["case=B|A"], True),
        (["case!=A"], False),
        (["case!=B"], True),
        (["case="], False),
        (["case!="], True),
        ([" case = A "], True),
        (["side=supply"], True),
        (["side=supply", "coder=bjorn"], False),
        (["informant.trade!=buyer"], False),
        (["code=risk"], True),
        (["code=barrier"], True),
        (["code==risk"], False),
        (["code==risk-supplier"], True),
        (["code!=risk"], False),
        (["family=value|barrier"], True),
        ([], True),
    ],
)
def test_conditions_hold_together(written: Sequence[str], expected: bool) -> None:
    assert meets(*written) is expected


def test_codes_are_taken_alone_where_all_is_exact() -> None:
    assert not meets("code=risk", exact=True)
    assert meets("code=risk", exact=True, code="risk")


def test_an_empty_value_is_what_is_not_said() -> None:
    assert meets("case=", case=None)
    assert meets("case=B|", case=None)
    assert meets("case!=A", case=None)
    assert not meets("case!=", case=None)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            "case",
            "The condition 'case' has no field and value. Write FIELD=VALUE, for example `case=A`; the fields are",
        ),
        ("", "The condition '' has no field and value."),
        ("stauts=a", "'stauts=a', character 1: There is no field 'stauts'. Did you mean status?"),
        (
            "case=A|Q",
            "'case=A|Q', character 8: case has no value 'Q'. It has A, B.",
        ),
        (
            "side=suply",
            "'side=suply', character 6: informant.side has no value 'suply'. Did you mean supply? It has",
        ),
        ("size=big", "'size=big', character 1: The field 'size' may be case.size, informant.organisation.size."),
    ],
)
def test_a_wrong_condition_says_where_and_what_there_is(written: str, said: str) -> None:
    with pytest.raises(BadInput) as refused:
        condition(FACTS, written)
    assert str(refused.value).startswith(said)


def test_a_condition_reads_as_it_may_be_written_again() -> None:
    texts = ["side=demand|supply", "code==risk", "case!="]
    written = [str(condition(FACTS, text)) for text in texts]
    assert written == ["informant.side=demand|supply", "code==risk", "case!="]
    assert [str(condition(FACTS, text)) for text in written] == written
