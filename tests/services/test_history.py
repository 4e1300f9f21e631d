"""The history as the front ends ask for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import NotFound
from qualcode.services import coding, history
from qualcode.services.study import Study
from tests.services.furnished import furnished
from tests.store.samples import FEAR, HASTE, codes_on, put


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return furnished(tmp_path / "study")


def test_entries_are_the_newest_first_and_say_what_was_done(study: Study) -> None:
    uid = put(study, "one", FEAR, "fear")
    put(study, "one", HASTE, None)
    coding.remove(study, [uid])
    summaries = [str(entry.operation.summary) for entry in history.listing(study, limit=3)]
    assert summaries == ["Coding removed", "Quotation one 40-56", "fear put on one 25-38"]


def test_entries_may_be_ones_own_only(study: Study) -> None:
    put(study, "one", FEAR, "fear")
    study.act_as("bo")
    put(study, "one", FEAR, "fear")
    assert [entry.operation.coder for entry in history.listing(study, own=True)] == ["bo"]
    assert {entry.operation.coder for entry in history.listing(study, limit=2)} == {"ada", "bo"}


def test_undo_goes_back_step_by_step_and_redo_forward(study: Study) -> None:
    put(study, "one", FEAR, "fear")
    put(study, "one", HASTE, "haste")
    assert str(history.undo(study)) == "haste put on one 40-56"
    assert str(history.undo(study)) == "fear put on one 25-38"
    with pytest.raises(NotFound, match="nothing to undo"):
        history.undo(study)
    assert str(history.redo(study)) == "fear put on one 25-38"
    assert codes_on(study, "one") == [(25, 38, "fear", "ada")]


def test_a_summary_with_braces_in_it_is_told_as_it_is(study: Study) -> None:
    with study.write("note", "About {what}", what="{nothing} {0}") as unit:
        unit.log()
    assert str(history.listing(study)[0].operation.summary) == "About {nothing} {0}"
