"""Coding: what is put on a span, what is refused and why, and what a change or a removal does."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.domain import codebook_edit
from qualcode.domain.coding import CodingOrigin, CodingStatus
from qualcode.domain.span import Span
from qualcode.errors import BadInput, Conflict, NotFound, QualcodeError
from qualcode.services import coding, history, memos
from qualcode.services.study import Study
from qualcode.store import codebooks
from tests.services.furnished import furnished
from tests.store.samples import FEAR, HASTE, OLD, TEXT, codebook


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return furnished(tmp_path / "study")


def test_a_coding_comes_back_with_its_words_place_and_maker(study: Study) -> None:
    added = coding.add(study, "one", FEAR, "fear", qualifiers={"certainty": "sure"}, memo="Hvem er «vi»?")
    segment = added.segment
    assert added.is_new
    assert (segment.coding.anchor.exact, segment.coding.anchor.suffix) == ("Vi turte ikke", TEXT[38:70])
    assert segment.coding.anchor.prefix == TEXT[:25]
    assert (segment.case, segment.informant, segment.speaker, segment.turn) == ("north", "kari", "K", 2)
    assert (segment.coding.coder, segment.coding.origin) == ("ada", CodingOrigin.MANUAL)
    assert segment.coding.qualifiers == {"certainty": "sure"}
    assert coding.of_document(study, "one") == [segment]
    assert coding.get(study, segment.coding.uid[:8]) == segment
    assert [memo.text for memo in memos.of_target(study, segment.coding.uid)] == ["Hvem er «vi»?"]


def test_the_same_coding_a_second_time_is_no_error_and_changes_nothing(study: Study) -> None:
    first = coding.add(study, "one", FEAR, "fear")
    entries = len(history.listing(study))
    again = coding.add(study, "one", FEAR, "fear", case="north")
    assert (again.is_new, again.segment) == (False, first.segment)
    assert len(history.listing(study)) == entries


def test_the_memo_of_a_coding_that_was_there_is_written_once(study: Study) -> None:
    first = coding.add(study, "one", FEAR, "fear", memo="Hvem?")
    assert first.memo_is_new
    entries = len(history.listing(study))
    assert not coding.add(study, "one", FEAR, "fear", memo=" Hvem?\n").memo_is_new
    assert len(history.listing(study)) == entries
    again = coding.add(study, "one", FEAR, "fear", memo="Og når?")
    assert (again.is_new, again.memo_is_new) == (False, True)
    assert [memo.text for memo in memos.of_target(study, first.segment.coding.uid)] == ["Hvem?", "Og når?"]
    assert history.listing(study)[0].operation.verb == "memo"
    history.undo(study)
    assert coding.of_document(study, "one") == [first.segment]


def test_a_passage_about_two_cases_is_coded_twice(study: Study) -> None:
    for case in ("north", "south", None):
        assert coding.add(study, "two", FEAR, "fear", case=case).is_new
    assert sorted(str(item.case) for item in coding.of_document(study, "two")) == ["None", "north", "south"]


def test_an_own_case_that_is_the_documents_only_one_is_stored_as_empty(study: Study) -> None:
    assert coding.add(study, "one", FEAR, "fear", case="north").segment.coding.case is None
    assert coding.add(study, "one", FEAR, "fear", case="south").segment.coding.case == "south"


@pytest.mark.parametrize(
    ("document", "span", "code", "more", "error", "told"),
    [
        ("three", FEAR, "fear", {}, NotFound, "There is no document 'three'."),
        ("one", FEAR, "faer", {}, NotFound, "There is no code 'faer'. Did you mean fear?"),
        ("one", FEAR, "barrier", {}, BadInput, "barrier is a family and cannot be put on a span."),
        ("one", Span(80, 999), "fear", {}, BadInput, "80-999 ends outside the text, which has 96 characters."),
        ("one", FEAR, "fear", {"case": "east"}, NotFound, "There is no case 'east'."),
        ("one", FEAR, "fear", {"qualifiers": {"certainty": "so"}}, BadInput, "certainty has no value 'so'."),
        ("one", FEAR, None, {"qualifiers": {"certainty": "sure"}}, BadInput, "does not apply to a quotation"),
    ],
)
def test_what_cannot_be_coded_is_refused_and_nothing_is_stored(
    study: Study,
    document: str,
    span: Span,
    code: str | None,
    more: dict[str, object],
    error: type[QualcodeError],
    told: str,
) -> None:
    entries = len(history.listing(study))
    with pytest.raises(error) as refused:
        coding.add(study, document, span, code, memo="Aldri lagret", **more)  # pyright: ignore[reportArgumentType]
    assert told in str(refused.value)
    assert (coding.everything(study), memos.everything(study)) == ([], [])
    assert len(history.listing(study)) == entries


def test_a_retired_code_is_refused_with_what_took_its_place(study: Study) -> None:
    with study.write("codebook", "Merged") as unit:
        codebooks.save(unit, codebook_edit.merge(codebook(), "haste", "fear"))
    with pytest.raises(BadInput, match=r"The code haste is retired\. Use fear instead\."):
        coding.add(study, "one", FEAR, "haste")


def test_a_change_of_code_keeps_the_qualifiers_that_still_apply(study: Study) -> None:
    uid = coding.add(study, "one", FEAR, "fear", qualifiers={"certainty": "sure"}).segment.coding.uid
    assert coding.edit(study, uid, code="haste").coding.qualifiers == {"certainty": "sure"}
    assert coding.edit(study, uid, code="old-goods").coding.qualifiers == {}
    assert coding.edit(study, uid, code=None).coding.code is None


def test_qualifiers_are_merged_in_and_cleared_by_an_empty_value(study: Study) -> None:
    uid = coding.add(study, "one", FEAR, "fear").segment.coding.uid
    assert coding.edit(study, uid, qualifiers={"certainty": "unsure"}).coding.qualifiers == {"certainty": "unsure"}
    assert coding.edit(study, uid, qualifiers={}).coding.qualifiers == {"certainty": "unsure"}
    assert coding.edit(study, uid, qualifiers={"certainty": ""}).coding.qualifiers == {}


def test_a_moved_coding_takes_its_new_words_along(study: Study) -> None:
    uid = coding.add(study, "one", FEAR, "fear").segment.coding.uid
    moved = coding.edit(study, uid, span=OLD, case="south", status=CodingStatus.DISPUTED)
    assert (moved.coding.span, moved.coding.anchor.exact) == (OLD, "Så kjøpte vi det gamle.")
    assert (moved.turn, moved.case, moved.coding.status, moved.counts) == (4, "south", CodingStatus.DISPUTED, False)


def test_a_change_that_would_make_it_another_coding_is_refused(study: Study) -> None:
    kept = coding.add(study, "one", FEAR, "fear").segment.coding
    uid = coding.add(study, "one", FEAR, "haste").segment.coding.uid
    with pytest.raises(Conflict, match=rf"exists already \({kept.uid[:8]}\)"):
        coding.edit(study, uid, code="fear")
    assert [item.coding.code for item in coding.of_document(study, "one")] == ["fear", "haste"]


def test_a_change_that_changes_nothing_leaves_no_operation(study: Study) -> None:
    uid = coding.add(study, "one", FEAR, "fear", qualifiers={"certainty": "sure"}).segment.coding.uid
    entries = len(history.listing(study))
    coding.edit(study, uid, code="fear", span=FEAR, qualifiers={"certainty": "sure"}, case="north")
    assert len(history.listing(study)) == entries


def test_several_codings_are_removed_in_one_step(study: Study) -> None:
    uids = [coding.add(study, "one", span, "fear", memo="Hm").segment.coding.uid for span in (FEAR, HASTE, OLD)]
    assert coding.dependents(study, uids[:2]) == coding.remove(study, uids[:2])
    assert [item.coding.uid for item in coding.everything(study)] == uids[2:]
    history.undo(study)
    assert len(coding.everything(study)) == len(memos.everything(study)) == 3


def test_where_one_of_several_is_unknown_none_is_removed(study: Study) -> None:
    uid = coding.add(study, "one", FEAR, "fear").segment.coding.uid
    with pytest.raises(NotFound):
        coding.remove(study, [uid, "no-such-coding"])
    assert len(coding.everything(study)) == 1


def test_one_coders_codings_are_asked_for_by_name(study: Study) -> None:
    coding.add(study, "one", FEAR, "fear")
    study.act_as("bo")
    coding.add(study, "one", FEAR, "fear")
    assert [item.coding.coder for item in coding.everything(study, coder="bo")] == ["bo"]
    with pytest.raises(NotFound, match="no coder 'b'"):
        coding.everything(study, coder="b")


def test_counts_are_by_code_and_by_document(study: Study) -> None:
    coding.add(study, "one", FEAR, "fear")
    coding.add(study, "one", HASTE, None)
    coding.add(study, "two", FEAR, "fear")
    assert coding.counts_by_code(study) == {"fear": 2}
    assert coding.counts_by_document(study) == {"one": 2, "two": 1}
