"""Where a coder stands: turns done, places, favourites and what was used last."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import NotFound
from qualcode.services import codebooks, coding, documents, history, marking
from qualcode.services.marking import Progress
from tests.tui.studies import AVERSION, DOCUMENT, FEAR, REGULATION, TEMPLATE, TRUST, TRUSTED, span_of, study_in


def test_a_turn_passed_is_one_coders_and_can_be_taken_back(tmp_path: Path) -> None:
    with study_in(tmp_path, others=["ola"]) as study:
        marking.pass_turn(study, DOCUMENT, 2)
        assert marking.passed_turns(study, DOCUMENT) == {2}
        study.act_as("ola")
        assert marking.passed_turns(study, DOCUMENT) == set()
        study.act_as("kari")
        assert str(history.undo(study)) == f"Turn 2 of {DOCUMENT} passed"
        assert marking.passed_turns(study, DOCUMENT) == set()
        history.redo(study)
        assert marking.passed_turns(study, DOCUMENT) == {2}


def test_a_turn_passed_twice_changes_nothing(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        marking.pass_turn(study, DOCUMENT, 2)
        before = history.revision(study)
        marking.pass_turn(study, DOCUMENT, 2)
        assert history.revision(study) == before


def test_progress_counts_own_codings_and_passes_and_no_interviewers_turn(tmp_path: Path) -> None:
    with study_in(tmp_path, others=["ola"]) as study:
        assert marking.overview(study).progress == {DOCUMENT: Progress(3, 0)}
        coding.add(study, DOCUMENT, span_of(study, FEAR), AVERSION)
        coding.add(study, DOCUMENT, span_of(study, TEMPLATE), AVERSION)
        coding.add(study, DOCUMENT, span_of(study, "Kan du fortelle"), AVERSION)
        marking.pass_turn(study, DOCUMENT, 2)
        marking.pass_turn(study, DOCUMENT, 5)
        assert marking.overview(study).progress == {DOCUMENT: Progress(3, 2)}
        study.act_as("ola")
        assert marking.overview(study).progress == {DOCUMENT: Progress(3, 0)}


def test_a_removed_document_is_in_no_count(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        coding.add(study, DOCUMENT, span_of(study, TRUSTED), TRUST)
        assert marking.overview(study).lacking == 1
        marking.remember_place(study, DOCUMENT, 40)
        documents.remove(study, DOCUMENT)
        assert marking.overview(study) == marking.Overview({}, 0, 0, 0)
        assert marking.last_document(study) is None


def test_a_place_survives_the_renaming_of_its_document_and_is_no_part_of_the_history(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        assert marking.place(study, DOCUMENT) == 0
        before = history.revision(study)
        marking.remember_place(study, DOCUMENT, 40)
        marking.remember_place(study, DOCUMENT, 41)
        assert history.revision(study) == before
        documents.rename(study, DOCUMENT, "brua")
        assert marking.place(study, "brua") == 41
        assert marking.last_document(study) == "brua"
        with pytest.raises(NotFound):
            marking.remember_place(study, DOCUMENT, 1)


def test_a_favourite_has_one_digit_and_a_digit_one_favourite(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        marking.put_favourite(study, "2", AVERSION)
        marking.put_favourite(study, "1", TRUST)
        assert marking.put_favourite(study, "3", AVERSION) == {"1": TRUST, "3": AVERSION}
        assert marking.put_favourite(study, "1", REGULATION) == {"1": REGULATION, "3": AVERSION}
        assert marking.favourites(study) == {"1": REGULATION, "3": AVERSION}


def test_a_code_merged_away_is_no_favourite_any_more(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        marking.put_favourite(study, "1", AVERSION)
        codebooks.merge(study, AVERSION, REGULATION)
        assert marking.favourites(study) == {}


def test_recent_codes_are_the_coders_own_the_last_put_first(tmp_path: Path) -> None:
    with study_in(tmp_path, others=["ola"]) as study:
        for words, code in ((FEAR, AVERSION), (TEMPLATE, REGULATION), (TRUSTED, AVERSION)):
            coding.add(study, DOCUMENT, span_of(study, words), code)
        assert marking.recent_codes(study) == [AVERSION, REGULATION]
        study.act_as("ola")
        assert marking.recent_codes(study) == []
