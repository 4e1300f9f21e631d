"""Blind-first reading: what is hidden from whom, what opens a turn, and what was put before."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.domain.span import Span
from qualcode.errors import BadInput
from qualcode.services import blinding, coding, history, marking, searching, suggesting
from qualcode.services.study import Study
from tests.services.furnished import furnished
from tests.store.samples import FEAR, HASTE, OLD, add_document, codes_on, put


@pytest.fixture
def study(tmp_path: Path) -> Study:
    """bo has coded the two answers of `one`; ada, who acts, reads it blind first and was offered suggestions."""
    study = furnished(tmp_path / "study")
    study.act_as("bo")
    put(study, "one", FEAR, "fear")
    put(study, "one", OLD, "old-goods")
    study.act_as("ada")
    suggesting.run(study)
    blinding.set_blind(study, "one", True)
    return study


def seen(study: Study) -> list[str | None]:
    segments = coding.of_document(study, "one")
    return [item.coding.code for item in blinding.shown(study, "one", segments)]


def offered(study: Study) -> list[int]:
    return [item.span.start for item in suggesting.open_suggestions(study, "one")]


def test_a_blind_document_hides_suggestions_and_others_codings_from_its_coder_alone(study: Study) -> None:
    assert blinding.hidden_turns(study, "one") == {1, 2, 3, 4}
    assert (seen(study), offered(study)) == ([], [])
    assert suggesting.open_counts(study) == {"two": 1}
    assert coding.counts_by_code(study) == {}
    assert coding.counts_by_document(study) == {}
    assert [hit.codes for hit in searching.hits(study, "turte", in_documents=["one"])] == [()]
    study.act_as("bo")
    assert blinding.hidden_turns(study, "one") == set()
    assert seen(study) == ["fear", "old-goods"]
    assert coding.counts_by_code(study) == {"fear": 1, "old-goods": 1}
    assert [hit.codes for hit in searching.hits(study, "turte", in_documents=["one"])] == [("fear",)]


def test_to_code_a_turn_opens_it_and_no_other(study: Study) -> None:
    put(study, "one", HASTE, "haste")
    assert blinding.hidden_turns(study, "one") == {1, 3, 4}
    assert seen(study) == ["fear", "haste"]
    assert offered(study) == [FEAR.start]
    assert suggesting.open_counts(study) == {"one": 1, "two": 1}
    assert coding.counts_by_document(study) == {"one": 2}


def test_ones_own_code_on_the_same_words_is_counted_and_found(study: Study) -> None:
    blinding.reveal(study, "one", 2)
    put(study, "one", FEAR, "fear")
    assert coding.counts_by_code(study) == {"fear": 2}
    put(study, "one", OLD, "old-goods")
    assert coding.counts_by_code(study) == {"fear": 2, "old-goods": 2}


def test_to_pass_a_turn_opens_it_and_undo_does_not_close_it_again(study: Study) -> None:
    marking.pass_turn(study, "one", 4)
    assert blinding.hidden_turns(study, "one") == {1, 2, 3}
    assert str(history.undo(study)) == "Turn 4 of one passed"
    assert marking.passed_turns(study, "one") == set()
    assert blinding.hidden_turns(study, "one") == {1, 2, 3}
    history.redo(study)
    assert marking.passed_turns(study, "one") == {4}


def test_a_turn_is_revealed_once_and_the_history_says_so_but_undo_passes_it_over(study: Study) -> None:
    put(study, "two", FEAR, "fear")
    assert blinding.reveal(study, "one", 4)
    assert not blinding.reveal(study, "one", 4)
    (entry,) = history.listing(study, limit=1)
    assert (str(entry.operation.summary), entry.operation.undoable) == ("Turn 4 of one revealed", False)
    assert blinding.revealed_turns(study, "one") == {4: entry.operation.at}
    assert seen(study) == ["old-goods"]
    assert marking.passed_turns(study, "one") == set()
    assert str(history.undo(study)) == "fear put on two 25-38"
    with pytest.raises(BadInput, match="one has no turn 5"):
        blinding.reveal(study, "one", 5)


def test_what_was_put_before_the_turn_was_opened_is_told_apart(study: Study) -> None:
    first = put(study, "one", FEAR, "haste")
    second = put(study, "one", HASTE, "haste")
    blinding.reveal(study, "one", 4)
    put(study, "one", OLD, "nothing")
    assert blinding.made_blind(study, "one") == {first}
    assert second not in blinding.made_blind(study, "one")
    assert blinding.made_blind(study, "two") == set()


def test_a_turn_passed_in_the_open_stays_open_and_can_still_be_taken_back(study: Study) -> None:
    marking.pass_turn(study, "two", 2)
    blinding.set_blind(study, "two", True)
    assert blinding.hidden_turns(study, "two") == {1, 3, 4}
    assert not blinding.reveal(study, "two", 2)
    history.undo(study)
    assert not blinding.is_blind(study, "two")
    history.undo(study)
    assert marking.passed_turns(study, "two") == set()


def test_reading_blind_is_said_for_each_coder_and_can_be_taken_back(study: Study) -> None:
    blinding.set_blind(study, "two", True, coder="bo")
    assert not blinding.is_blind(study, "two")
    study.act_as("bo")
    assert blinding.is_blind(study, "two")
    study.act_as("ada")
    blinding.set_blind(study, "one", False)
    assert seen(study) == ["fear", "old-goods"]
    assert str(history.undo(study)) == "one read openly by ada"
    assert blinding.hidden_turns(study, "one") == {1, 2, 3, 4}


def test_a_document_without_turns_cannot_be_read_blind(study: Study) -> None:
    add_document(study, "note", text="Et notat uten replikker.")
    with pytest.raises(BadInput, match="note has no turns"):
        blinding.set_blind(study, "note", True)
    put(study, "note", Span(0, 8), "fear")
    assert codes_on(study, "note") == [(0, 8, "fear", "ada")]
