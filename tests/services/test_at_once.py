"""Many places coded, many suggestions accepted, in one operation each."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.domain.span import Span
from qualcode.errors import BadInput, NotFound
from qualcode.services import at_once, coding, history, searching, suggesting
from qualcode.services.study import Study
from tests.services.furnished import furnished
from tests.store.samples import FEAR, HASTE, codes_on, put


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return furnished(tmp_path / "study")


def test_all_hits_of_a_search_are_coded_as_one_operation_and_known_ones_are_counted(study: Study) -> None:
    put(study, "one", Span(25, 33), "fear", qualifiers={"certainty": "sure"})
    hits = searching.hits(study, "Vi turte")
    done = at_once.code_places(study, [(hit.document, hit.span) for hit in (*hits, hits[1])], "fear")
    assert (len(done.added), done.known) == (1, 2)
    assert codes_on(study, "two") == [(25, 33, "fear", "ada")]
    added = coding.get(study, done.added[0]).coding
    assert (added.document, added.anchor.exact, added.origin) == ("two", "Vi turte", "manual")
    assert str(history.undo(study)) == "Places coded with fear: 1"
    assert codes_on(study, "two") == []
    assert [item.coding.qualifiers for item in coding.of_document(study, "one")] == [{"certainty": "sure"}]


def test_another_coders_coding_of_the_same_place_is_no_known_one(study: Study) -> None:
    put(study, "one", FEAR, "fear")
    study.act_as("bo")
    done = at_once.code_places(
        study, [("one", FEAR), ("two", HASTE)], "fear", qualifiers={"certainty": "unsure"}, case="south"
    )
    assert (len(done.added), done.known) == (2, 0)
    made = [coding.get(study, uid) for uid in done.added]
    assert [(item.case, item.coding.qualifiers) for item in made] == [("south", {"certainty": "unsure"})] * 2


def test_one_wrong_place_or_code_and_nothing_is_coded(study: Study) -> None:
    before = history.revision(study)
    with pytest.raises(BadInput, match="ends outside the text"):
        at_once.code_places(study, [("one", FEAR), ("two", Span(5, 5000))], "fear")
    with pytest.raises(NotFound):
        at_once.code_places(study, [("one", FEAR), ("three", FEAR)], "fear")
    with pytest.raises(BadInput, match="is a family"):
        at_once.code_places(study, [("one", FEAR)], "barrier")
    assert at_once.code_places(study, [], "fear") == at_once.Coded((), 0)
    assert history.revision(study) == before


def test_many_suggestions_are_accepted_at_once_and_what_cannot_be_is_listed(study: Study) -> None:
    suggesting.run(study)
    first, second = suggesting.open_suggestions(study)
    suggesting.reject(study, first.id)
    done = at_once.accept_suggestions(study, [first.id, second.id, 999, second.id])
    assert [str(item.reason.message) for item in done.passed_over] == [
        f"Suggestion {first.id} is decided already: rejected.",
        "There is no suggestion 999; a new run gives new numbers.",
    ]
    made = coding.get(study, done.codings[0]).coding
    assert (made.document, made.span, made.code, made.origin) == ("two", second.span, "fear", "suggestion")
    assert suggesting.open_suggestions(study) == []
    assert str(history.undo(study)) == "Suggestions accepted: 1"
    assert suggesting.open_suggestions(study) == [second]
    assert codes_on(study, "two") == []
    history.redo(study)
    assert [decision.verdict for decision in suggesting.decisions(study)] == ["rejected", "accepted"]


def test_to_accept_nothing_that_is_open_leaves_no_trace(study: Study) -> None:
    before = history.revision(study)
    assert at_once.accept_suggestions(study, [7]).codings == ()
    assert history.revision(study) == before
