"""Blind reading on both databases: marks of turns keep their row, and undo works around what was revealed."""

from __future__ import annotations

from qualcode.services import blinding, history, marking
from qualcode.services.study import Study
from tests.store.conftest import Again
from tests.store.samples import FEAR, add_document, content, put


def test_a_turn_is_revealed_and_passed_in_one_mark(study: Study) -> None:
    add_document(study, "one")
    blinding.set_blind(study, "one", True)
    assert blinding.hidden_turns(study, "one") == {1, 2, 3, 4}
    marking.pass_turn(study, "one", 2)
    (mark,) = content(study)["turn_mark"]
    assert (mark["state"], mark["revealed_at"] is not None) == ("passed", True)
    history.undo(study)
    (mark,) = content(study)["turn_mark"]
    assert (mark["state"], mark["revealed_at"] is not None) == ("unread", True)
    assert blinding.hidden_turns(study, "one") == {1, 3, 4}
    history.undo(study)
    assert content(study)["assignment"] == []
    assert blinding.hidden_turns(study, "one") == set()


def test_what_one_coder_codes_opens_nothing_for_another(study: Study, again: Again) -> None:
    add_document(study, "one")
    blinding.set_blind(study, "one", True, coder="bo")
    put(study, "one", FEAR, "fear")
    bo = again("bo")
    assert [item.coding.code for item in blinding.hidden_codings(bo)] == ["fear"]
    assert blinding.hidden_codings(study) == []
    own = put(bo, "one", FEAR, "haste")
    assert blinding.hidden_codings(bo) == []
    assert blinding.made_blind(bo, "one") == {own}
