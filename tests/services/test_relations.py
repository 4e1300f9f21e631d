"""Relations join two codings where the codebook allows it, and have a case and an informant of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.domain.relation import Claimant, Stance
from qualcode.domain.span import Span, occurrences
from qualcode.errors import BadInput, NotFound
from qualcode.services import coding, history, relations
from qualcode.services.study import Study
from tests.services.small_study import build


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with build(tmp_path / "study") as study:
        yield study


def coded(
    study: Study, document: str, words: str, code: str | None, *, nth: int = 0, case: str | None = None
) -> str:
    span = occurrences(study.text(document).text, words)[0]
    return coding.add(study, document, span, code, case=case).segment.coding.uid


def test_without_a_quote_it_is_the_smallest_stretch_over_both_ends_in_one_turn(study: Study) -> None:
    boat, fear = coded(study, "first", "Båten lakk", "boat"), coded(study, "first", "redd", "fear")
    relation, is_new = relations.relate(study, boat, "scares", fear)
    assert is_new
    assert relation.relation.anchor.exact == "Båten lakk 🌊🌊, og jeg ble redd"
    assert (relation.case, relation.informant, relation.speaker, relation.turn) == ("north", "åse", "Åse", 4)


def test_across_turns_or_documents_the_quote_is_the_targets_span(study: Study) -> None:
    early = coded(study, "first", "stengt", "boat")
    fear = coded(study, "first", "redd", "fear")
    other = coded(study, "two-cases", "Båten lakk", "boat")
    assert relations.relate(study, early, "scares", fear)[0].relation.anchor.exact == "redd"
    across, _ = relations.relate(study, other, "scares", fear)
    assert (across.relation.document, across.relation.anchor.exact) == ("first", "redd")


def test_a_given_quote_is_kept(study: Study) -> None:
    boat, fear = coded(study, "first", "Båten lakk", "boat"), coded(study, "first", "redd", "fear")
    (said,) = occurrences(study.text("first").text, "og jeg ble redd")
    relation, _ = relations.relate(
        study,
        boat,
        "scares",
        fear,
        quote=("first", said),
        stance=Stance.CONTRADICTS,
        claimed_by=Claimant.ANALYST,
    )
    stored = relation.relation
    assert (stored.anchor.exact, stored.stance, stored.claimed_by) == ("og jeg ble redd", "contradicts", "analyst")


def test_the_case_is_that_both_ends_share_in_a_document_of_two(study: Study) -> None:
    wind = coded(study, "two-cases", "nord blåste", "boat", case="north")
    fear = coded(study, "two-cases", "blåste det", "fear", case="north")
    calm = coded(study, "two-cases", "stille", "joy", case="south")
    assert relations.relate(study, wind, "scares", fear)[0].case == "north"
    assert relations.relate(study, wind, "scares", calm)[0].case is None
    assert relations.relate(study, calm, "with", fear, case="south")[0].case == "south"


def test_the_ends_of_an_undirected_type_are_stored_in_one_order(study: Study) -> None:
    boat, fear = coded(study, "first", "Båten lakk", "boat"), coded(study, "first", "redd", "fear")
    first, is_new = relations.relate(study, boat, "with", fear)
    assert is_new
    assert [first.relation.source, first.relation.target] == sorted([boat, fear])
    quote = ("first", first.relation.span)
    again, is_new = relations.relate(study, fear, "with", boat, quote=quote)
    assert (again.relation.uid, is_new) == (first.relation.uid, False)


def test_what_does_not_fit_is_refused_with_what_would(study: Study) -> None:
    boat, fear = coded(study, "first", "Båten lakk", "boat"), coded(study, "first", "redd", "fear")
    bare = coded(study, "first", "rodde", None)
    with pytest.raises(BadInput, match=r"scares does not join feeling to thing\. It joins thing to feeling"):
        relations.relate(study, fear, "scares", boat)
    with pytest.raises(BadInput, match="A coding cannot be related to itself"):
        relations.relate(study, fear, "with", fear)
    with pytest.raises(BadInput, match="A quotation without a code cannot be related"):
        relations.relate(study, bare, "with", fear)
    with pytest.raises(NotFound, match=r"There is no relation type 'scare'\. Did you mean scares"):
        relations.relate(study, boat, "scare", fear)
    with pytest.raises(BadInput, match="ends outside the text"):
        relations.relate(study, boat, "scares", fear, quote=("first", Span(0, 10_000)))
    assert relations.listing(study) == []


def test_deleting_a_coding_takes_its_relations_and_undo_brings_all_back(study: Study) -> None:
    boat, fear = coded(study, "first", "Båten lakk", "boat"), coded(study, "first", "redd", "fear")
    relation, _ = relations.relate(study, boat, "scares", fear)
    assert coding.dependents(study, [fear]).relations == 1
    assert coding.remove(study, [fear]).relations == 1
    assert relations.listing(study) == []
    history.undo(study)
    assert relations.listing(study) == [relation]


def test_a_removed_relation_comes_back_by_undo(study: Study) -> None:
    boat, fear = coded(study, "first", "Båten lakk", "boat"), coded(study, "first", "redd", "fear")
    relation, _ = relations.relate(study, boat, "scares", fear)
    relations.remove(study, relation.relation.uid)
    assert relations.listing(study) == []
    history.undo(study)
    assert [item.relation.uid for item in relations.listing(study)] == [relation.relation.uid]
