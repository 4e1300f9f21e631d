"""From a quote to all that rests on it, and from a cell back to its quotes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qualcode.domain.codebook import Theme
from qualcode.domain.finding import Role
from qualcode.domain.grid import CellKey, RowKind
from qualcode.errors import BadInput, Message, NotFound
from qualcode.services import codebooks, coding, grid, relations, why
from qualcode.services.study import Study
from qualcode.services.why import Kind
from qualcode.store import findings
from tests.services.furnished import furnished
from tests.store.samples import FEAR, HASTE, OLD, put


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with furnished(tmp_path / "study") as opened:
        themes = (Theme("dread", {"en": "Dread"}, codes=("fear", "haste")),)
        codebooks.change(opened, Message("Theme"), lambda codebook: replace(codebook, themes=themes))
        yield opened


def resting(study: Study, uid: str) -> list[tuple[str, str, str]]:
    return [(item.kind.value, item.place, item.role) for item in why.why(study, coding.get(study, uid)).resting]


def test_every_cell_that_holds_a_quote_is_named_with_its_counts(study: Study) -> None:
    fear, _ = put(study, "one", FEAR, "fear"), put(study, "one", HASTE, "haste")
    found = why.why(study, coding.get(study, fear))
    assert found.remarks == ()
    counts = {item.place: item.counts.segments for item in found.resting if item.counts is not None}
    assert counts == {
        "case:north / barrier": 2,
        "case:north / fear": 1,
        "case:north / dread": 2,
        "informant:kari / barrier": 2,
        "informant:kari / fear": 1,
        "informant:kari / dread": 2,
    }
    for place in counts:
        key = why.meant(study, place)
        assert isinstance(key, CellKey)
        quotes = why.behind(study, key).quotes
        assert fear in [quote.segment.coding.uid for quote in quotes]
        assert len(quotes) == counts[place]


def test_summaries_relations_and_findings_that_rest_on_a_quote_are_named(study: Study) -> None:
    fear, haste = put(study, "one", FEAR, "fear"), put(study, "one", HASTE, "haste")
    grid.write(study, CellKey(RowKind.CASE, "north", "barrier"), "They dared not.")
    made, _ = relations.relate(study, haste, "leads-to", fear)
    with study.write("finding", "Found") as unit:
        for claim, role, uid in (
            ("Fear stops", Role.SUPPORTS, fear),
            ("Haste scares", Role.CONTRADICTS, made.relation.uid),
            ("Other", Role.SUPPORTS, haste),
        ):
            row_id = findings.row_of(unit.connection, findings.add(unit, claim, None)).id
            findings.link(unit, row_id, role, uid)
    found = why.why(study, coding.get(study, fear)).resting
    assert [(item.kind, item.role, item.text) for item in found if item.kind is not Kind.COUNT] == [
        (Kind.SUMMARY, "drafted", "They dared not."),
        (Kind.RELATION, "target", "haste leads-to fear"),
        (Kind.FINDING, "supports", "Fear stops"),
        (Kind.FINDING, "contradicts", "Haste scares"),
    ]
    coding.edit(study, fear, code="old-goods")
    assert ("summary", "case:north / barrier", "drafted, stale") in resting(study, fear)


def test_what_no_number_rests_on_says_why(study: Study) -> None:
    quotation, homeless = put(study, "one", OLD, None), put(study, "two", FEAR, "fear")
    for uid, said in ((quotation, "a quotation without a code"), (homeless, "in no row of a case")):
        (remark,) = why.why(study, coding.get(study, uid)).remarks
        assert said in str(remark)
    assert resting(study, quotation) == []
    assert [place for _, place, _ in resting(study, homeless)] == [
        "informant:kari / barrier",
        "informant:kari / fear",
        "informant:kari / dread",
    ]


def test_a_theme_that_is_a_query_holds_what_it_chooses(study: Study) -> None:
    themes = (Theme("said", {"en": "Said"}, query="code=fear"), Theme("other", {"en": "Other"}, query="code=haste"))
    codebooks.change(study, Message("Theme"), lambda codebook: replace(codebook, themes=themes))
    fear = put(study, "one", FEAR, "fear")
    assert [place for _, place, _ in resting(study, fear) if "other" in place or "said" in place] == [
        "case:north / said",
        "informant:kari / said",
    ]
    key = CellKey(RowKind.CASE, "north", "said")
    assert grid.write(study, key, "It was said.").evidence.uids == (fear,)
    coding.edit(study, fear, code="haste")
    assert grid.cell(study, key).removed == (fear,)


def test_a_quote_is_named_by_its_id_or_its_words(study: Study) -> None:
    fear, also = put(study, "one", FEAR, "fear"), put(study, "one", FEAR, "haste")
    for text, expected in ((fear, [fear]), (fear[:8], [fear]), ("vi  TURTE ikke", [fear, also])):
        found = why.meant(study, text)
        assert not isinstance(found, CellKey)
        assert {segment.coding.uid for segment in found} == set(expected)
    assert why.meant(study, "north/fear") == CellKey(RowKind.CASE, "north", "fear")
    put(study, "two", FEAR, "fear")
    with pytest.raises(BadInput, match="2 quotes hold the words 'turte'"):
        why.meant(study, "turte")
    for wrong in ("nobody said this", "either/or", " ", "deadbeef", "case:nort / fear"):
        with pytest.raises(NotFound):
            why.meant(study, wrong)
