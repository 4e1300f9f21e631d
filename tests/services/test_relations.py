"""Relations join two codings where the codebook allows it, and have a case and an informant of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qualcode.domain.codebook import RelationType
from qualcode.domain.relation import Claimant, Stance
from qualcode.domain.span import Span, occurrences
from qualcode.errors import BadInput, Conflict, Message, NotFound
from qualcode.services import codebooks, coding, documents, history, relations
from qualcode.services.study import Study
from tests.services.small_study import CODEBOOK, build


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


def ids(kinds: list[RelationType]) -> list[str]:
    return [kind.id for kind in kinds]


def test_the_types_between_two_codes_are_those_whose_ends_fit_their_families(study: Study) -> None:
    assert ids(relations.types_between(CODEBOOK, "boat", "fear")) == ["scares", "with"]
    assert ids(relations.types_between(CODEBOOK, "fear", "boat")) == ["with"]
    narrow = RelationType("near", {}, directed=False, domain=("thing",), range=("feeling",))
    codebook = replace(CODEBOOK, relation_types=(narrow, *CODEBOOK.relation_types))
    assert ids(relations.types_between(codebook, "fear", "boat")) == ["near", "with"]
    assert ids(relations.types_between(codebook, "fear", "joy")) == ["with"]


def test_the_latest_pair_of_a_turn_is_of_ones_own_coded_places_the_older_first(study: Study) -> None:
    joy = coded(study, "first", "Båten", "joy")
    fear, boat = coded(study, "first", "redd", "fear"), coded(study, "first", "Båten lakk", "boat")
    coded(study, "first", "jeg ble redd", None)
    coded(study, "first", "rodde", "boat")
    study.act_as("bjørn")
    coded(study, "first", "lakk", "boat")

    def pair(turn: int, coder: str) -> list[str] | None:
        found = relations.latest_pair(reversed(coding.of_document(study, "first")), coder, turn)
        return found and [item.coding.uid for item in found]

    assert pair(4, "anna") == [fear, boat]
    assert pair(4, "bjørn") is None
    assert pair(2, "anna") is None
    coding.remove(study, [boat])
    assert pair(4, "anna") == [joy, fear]


def test_the_relations_of_a_document_have_their_quote_or_an_end_in_it(study: Study) -> None:
    boat, fear = coded(study, "first", "Båten lakk", "boat"), coded(study, "first", "redd", "fear")
    other, joy = coded(study, "two-cases", "Båten lakk", "boat"), coded(study, "two-cases", "stille", "joy")
    within, _ = relations.relate(study, boat, "scares", fear)
    across, _ = relations.relate(study, other, "scares", fear)
    elsewhere, _ = relations.relate(study, other, "scares", joy)
    assert relations.of_document(study, "first") == [within, across]
    assert relations.of_document(study, "two-cases") == [across, elsewhere]
    segments = coding.of_document(study, "first")
    assert relations.of_document(study, "first", segments=segments) == [within, across]
    assert relations.listing(study) == [within, across, elsewhere]
    documents.remove(study, "two-cases")
    assert relations.of_document(study, "first") == [within]
    with pytest.raises(NotFound, match=r"Relation \w{8} is out of sight"):
        relations.get(study, across.relation.uid)
    with pytest.raises(NotFound, match="There is no document 'second'"):
        relations.of_document(study, "second")


def test_a_relation_is_changed_part_by_part_and_undo_brings_it_back(study: Study) -> None:
    boat, fear = coded(study, "first", "Båten lakk", "boat"), coded(study, "first", "redd", "fear")
    made, _ = relations.relate(study, boat, "scares", fear)
    uid = made.relation.uid
    changed = relations.edit(study, uid[:8], stance=Stance.CONTRADICTS).relation
    assert (changed.type, changed.stance, changed.claimed_by) == ("scares", "contradicts", "informant")
    changed = relations.edit(study, uid, type="with", claimed_by=Claimant.ANALYST).relation
    assert (changed.uid, changed.type, changed.stance, changed.claimed_by) == (
        uid,
        "with",
        "contradicts",
        "analyst",
    )
    assert [changed.source, changed.target] == sorted([boat, fear])
    assert changed.anchor == made.relation.anchor
    history.undo(study)
    history.undo(study)
    assert relations.get(study, uid) == made


def test_ends_change_places_where_the_type_allows_it(study: Study) -> None:
    joy, fear = coded(study, "first", "rodde", "joy"), coded(study, "first", "redd", "fear")
    directed = RelationType("leads-to", {"en": "leads to"})
    codebooks.change(
        study,
        Message("Type added"),
        lambda codebook: replace(codebook, relation_types=(*codebook.relation_types, directed)),
    )
    made, _ = relations.relate(study, joy, "leads-to", fear)
    swapped = relations.edit(study, made.relation.uid, swap=True)
    assert (swapped.source.coding.code, swapped.target.coding.code) == ("fear", "joy")
    boat = coded(study, "first", "Båten lakk", "boat")
    scares, _ = relations.relate(study, boat, "scares", fear)
    with pytest.raises(BadInput, match="scares does not join feeling to thing"):
        relations.edit(study, scares.relation.uid, swap=True)


def test_a_relation_cannot_become_the_same_as_another(study: Study) -> None:
    boat, fear = coded(study, "first", "Båten lakk", "boat"), coded(study, "first", "redd", "fear")
    stated, _ = relations.relate(study, boat, "scares", fear)
    denied, _ = relations.relate(study, boat, "scares", fear, stance=Stance.CONTRADICTS)
    before = history.revision(study)
    with pytest.raises(Conflict, match=f"exists already .{stated.relation.uid[:8]}"):
        relations.edit(study, denied.relation.uid, stance=Stance.STATES)
    assert history.revision(study) == before
    assert relations.edit(study, denied.relation.uid, stance=Stance.CONTRADICTS) == denied
    assert history.revision(study) == before


def test_the_start_of_an_id_names_a_relation(study: Study) -> None:
    boat, fear = coded(study, "first", "Båten lakk", "boat"), coded(study, "first", "redd", "fear")
    relation, _ = relations.relate(study, boat, "scares", fear)
    with pytest.raises(NotFound, match="There is no relation 'abc', or several begin so"):
        relations.remove(study, "abc")
    relations.remove(study, relation.relation.uid[:8])
    assert relations.listing(study) == []
