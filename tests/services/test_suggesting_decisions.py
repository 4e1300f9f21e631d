from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from qualcode.domain.coding import CodingOrigin
from qualcode.domain.span import Span
from qualcode.domain.suggestion import Verdict
from qualcode.errors import BadInput, Conflict, NotFound
from qualcode.services import coding, documents, history, suggesting
from qualcode.services.study import Study, open_study
from qualcode.services.suggesting import Decided
from tests.services.suggesting_samples import choir, find, offered

Decide = Callable[[Study, int], Decided]


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with choir(tmp_path) as made:
        suggesting.run(made)
        yield made


def as_sheets(study: Study, suggestion_id: int) -> Decided:
    return suggesting.correct(study, suggestion_id, code="sheets")


CLOSING: list[Decide] = [suggesting.accept, as_sheets, suggesting.reject]


def test_accepting_puts_the_code_there_with_the_codebook_s_defaults(study: Study) -> None:
    money = find(study, "alto", "money")
    decided = suggesting.accept(study, money.id)
    assert decided.is_new
    assert decided.segment is not None
    made = decided.segment.coding
    assert (made.document, made.span, made.code, made.coder) == ("alto", money.span, "money", "anna")
    assert (made.origin, made.confidence, made.qualifiers) == (CodingOrigin.SUGGESTION, None, {"tone": "-1"})
    assert decided.segment.informant == "kari"
    decision = decided.decision
    assert (decision.verdict, decision.coding, decision.coder) == (Verdict.ACCEPTED, made.uid, "anna")
    assert (decision.span, decision.code, decision.suggester, decision.score) == (
        money.span, "money", "lexicon", money.score,
    )  # fmt: skip
    assert suggesting.decisions(study) == [decision]
    assert coding.everything(study) == [decided.segment]


def test_qualifiers_given_go_before_defaults_and_an_empty_one_clears(study: Study) -> None:
    first = suggesting.accept(study, find(study, "alto", "money").id, {"tone": "1"})
    second = suggesting.accept(study, find(study, "bass", "money").id, {"tone": ""})
    assert first.segment is not None
    assert second.segment is not None
    assert (first.segment.coding.qualifiers, second.segment.coding.qualifiers) == ({"tone": "1"}, {})


@pytest.mark.parametrize("decide", CLOSING)
def test_what_is_decided_is_closed_for_this_coder_alone_in_later_runs_too(study: Study, decide: Decide) -> None:
    money = find(study, "alto", "money")
    decide(study, money.id)
    suggesting.run(study)
    assert "money" not in [code for _, code, _ in offered(study, "alto")]
    study.act_as("bjorn")
    assert find(study, "alto", "money").span == money.span


@pytest.mark.parametrize("decide", CLOSING)
def test_undo_opens_the_suggestion_again_and_redo_closes_it(study: Study, decide: Decide) -> None:
    before = suggesting.open_suggestions(study)
    decided = decide(study, find(study, "alto", "money").id)
    after = suggesting.open_suggestions(study)
    coded = coding.everything(study)
    history.undo(study)
    assert suggesting.open_suggestions(study) == before
    assert (coding.everything(study), suggesting.decisions(study)) == ([], [])
    history.redo(study)
    assert suggesting.open_suggestions(study) == after == [item for item in before if item.code != "money"
                                                           or item.document != "alto"]  # fmt: skip
    assert (coding.everything(study), suggesting.decisions(study)) == (coded, [decided.decision])


def test_a_decision_is_one_operation_that_a_restart_can_take_back(study: Study) -> None:
    suggesting.accept(study, find(study, "alto", "money").id)
    newest, *_ = history.listing(study)
    assert str(newest.operation.summary) == "Suggestion accepted: money on alto 77-101"
    assert study.folder is not None
    with open_study(study.folder, coder="anna") as again:
        history.undo(again)
        assert (coding.everything(again), suggesting.decisions(again)) == ([], [])


def test_correcting_puts_another_code_or_span_and_keeps_what_was_suggested(study: Study) -> None:
    money = find(study, "alto", "money")
    by_code = suggesting.correct(study, money.id, code="travel")
    rehearsal = find(study, "alto", "rehearsal")
    shorter = Span(rehearsal.span.start, rehearsal.span.start + 7)
    by_span = suggesting.correct(study, rehearsal.id, span=shorter, qualifiers={"tone": "0"})
    assert by_code.segment is not None
    assert by_span.segment is not None
    assert (by_code.segment.coding.code, by_code.segment.coding.span) == ("travel", money.span)
    assert (by_code.decision.code, by_code.decision.verdict) == ("money", Verdict.CORRECTED)
    made = by_span.segment.coding
    assert (made.code, made.span, made.anchor.exact) == ("rehearsal", shorter, "Vi øver")
    assert (made.origin, made.qualifiers) == (CodingOrigin.SUGGESTION, {"tone": "0"})
    assert by_span.decision.span == rehearsal.span


@pytest.mark.parametrize("same", [{}, {"code": "money"}, {"span": Span(77, 101)}])
def test_a_correction_says_something_else(study: Study, same: dict[str, object]) -> None:
    with pytest.raises(BadInput, match="not corrected by what it says itself"):
        suggesting.correct(study, find(study, "alto", "money").id, **same)  # type: ignore[arg-type]
    assert suggesting.decisions(study) == []


def test_a_correction_to_what_cannot_be_coded_leaves_the_suggestion_open(study: Study) -> None:
    money = find(study, "alto", "money")
    with pytest.raises(BadInput, match="choir is a family"):
        suggesting.correct(study, money.id, code="choir")
    with pytest.raises(NotFound, match=r"no code 'moneys'\. Did you mean money"):
        suggesting.correct(study, money.id, code="moneys")
    with pytest.raises(BadInput, match="ends outside the text"):
        suggesting.correct(study, money.id, span=Span(0, 10_000))
    with pytest.raises(BadInput, match="tone has no value '7'"):
        suggesting.accept(study, money.id, {"tone": "7"})
    assert find(study, "alto", "money") == money
    assert (coding.everything(study), suggesting.decisions(study)) == ([], [])


def test_what_is_skipped_stays_open_and_can_be_decided_later(study: Study) -> None:
    money = find(study, "alto", "money")
    suggesting.skip(study, money.id)
    assert find(study, "alto", "money") == money
    suggesting.accept(study, money.id)
    assert [item.verdict for item in suggesting.decisions(study)] == [Verdict.SKIPPED, Verdict.ACCEPTED]


@pytest.mark.parametrize("first", CLOSING)
@pytest.mark.parametrize("second", [*CLOSING, suggesting.skip])
def test_deciding_twice_is_refused(study: Study, first: Decide, second: Decide) -> None:
    money = find(study, "alto", "money")
    verdict = first(study, money.id).decision.verdict
    with pytest.raises(Conflict, match=f"Suggestion {money.id} is decided already: {verdict}."):
        second(study, money.id)
    assert len(suggesting.decisions(study)) == 1


@pytest.mark.parametrize("decide", [*CLOSING, suggesting.skip])
def test_a_number_of_an_earlier_run_is_not_found(study: Study, decide: Decide) -> None:
    money = find(study, "alto", "money")
    suggesting.run(study)
    with pytest.raises(NotFound, match=f"no suggestion {money.id}; a new run gives new numbers"):
        decide(study, money.id)


@pytest.mark.parametrize("decide", [*CLOSING, suggesting.skip])
def test_nothing_is_decided_on_a_removed_document(study: Study, decide: Decide) -> None:
    money = find(study, "alto", "money")
    documents.remove(study, "alto")
    with pytest.raises(NotFound, match="no document 'alto'"):
        decide(study, money.id)


def test_accepting_what_is_coded_already_records_the_decision_and_doubles_nothing(study: Study) -> None:
    money = find(study, "alto", "money")
    by_hand = coding.add(study, "alto", money.span, "money").segment
    decided = suggesting.accept(study, money.id)
    assert not decided.is_new
    assert decided.segment == by_hand
    assert decided.decision.coding == by_hand.coding.uid
    assert coding.everything(study) == [by_hand]
    history.undo(study)
    assert (coding.everything(study), suggesting.decisions(study)) == ([by_hand], [])


def test_decisions_of_a_document_are_all_coders_in_order_of_time(study: Study) -> None:
    suggesting.reject(study, find(study, "bass", "rehearsal").id)
    study.act_as("bjorn")
    suggesting.accept(study, find(study, "bass", "money").id)
    suggesting.reject(study, find(study, "note", "rehearsal").id)
    assert [(item.coder, item.code) for item in suggesting.decisions(study, "bass")] == [
        ("anna", "rehearsal"), ("bjorn", "money"),
    ]  # fmt: skip
    with pytest.raises(NotFound, match="no document 'bas'"):
        suggesting.decisions(study, "bas")


def test_showings_are_recorded_once_for_each_coder_and_place_over_all_runs(study: Study) -> None:
    assert suggesting.record_shown(study, suggesting.open_suggestions(study, "alto")) == 3
    assert suggesting.record_shown(study, suggesting.open_suggestions(study)) == 3
    operations = len(history.listing(study))
    suggesting.run(study)
    assert suggesting.record_shown(study, suggesting.open_suggestions(study)) == 0
    assert len(history.listing(study)) == operations
    study.act_as("bjorn")
    assert suggesting.record_shown(study, suggesting.open_suggestions(study)) == 6


def test_undo_passes_over_showings(study: Study) -> None:
    suggesting.reject(study, find(study, "alto", "money").id)
    suggesting.record_shown(study, suggesting.open_suggestions(study))
    history.undo(study)
    assert suggesting.decisions(study) == []
    assert suggesting.record_shown(study, suggesting.open_suggestions(study, "bass")) == 0


def test_the_summary_counts_what_this_coder_decided_last_on_each_place(study: Study) -> None:
    assert [(tally.shown, tally.open) for tally in suggesting.summary(study)] == [(0, 6)]
    suggesting.record_shown(study, suggesting.open_suggestions(study))
    suggesting.skip(study, find(study, "alto", "money").id)
    suggesting.skip(study, find(study, "bass", "money").id)
    suggesting.accept(study, find(study, "bass", "money").id)
    as_sheets(study, find(study, "bass", "rehearsal").id)
    suggesting.reject(study, find(study, "note", "rehearsal").id)
    suggesting.run(study)
    (tally,) = suggesting.summary(study)
    assert (tally.suggester, tally.shown, tally.open) == ("lexicon", 6, 3)
    assert (tally.accepted, tally.corrected, tally.rejected, tally.skipped) == (1, 1, 1, 1)
    study.act_as("bjorn")
    (other,) = suggesting.summary(study)
    assert (other.shown, other.accepted, other.open) == (0, 0, 6)
