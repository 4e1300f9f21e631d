from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from qualcode.domain.codebook import Codebook
from qualcode.domain.coding import Coding
from qualcode.domain.progress import Step
from qualcode.domain.span import Span
from qualcode.domain.suggestion import Decision, Proposal, Suggestion, ranks
from qualcode.errors import BadInput, Cancelled, Message, NotFound
from qualcode.nlp import suggesters
from qualcode.services import coding, documents, history, spoken, suggesting
from qualcode.services.study import Study
from qualcode.store import codebooks
from qualcode.store.schema.documents import document_version
from tests.services.suggesting_samples import ALTO, CHOIR, choir, find, offered, words


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with choir(tmp_path) as made:
        yield made


def test_a_run_reads_all_documents_and_offers_codes_on_what_informants_say(study: Study) -> None:
    made = suggesting.run(study)
    assert (made.suggester, made.version, made.documents, made.suggestions) == (
        "lexicon", "1", ("alto", "bass", "note"), 6,
    )  # fmt: skip
    assert offered(study) == [
        ("alto", "rehearsal", "Vi øver hver tirsdag."),
        ("alto", "money", "Kontingenten er for høy."),
        ("alto", "sheets", "Jeg har aldri sett en note."),
        ("bass", "money", "Kontingenten er grei."),
        ("bass", "rehearsal", "Men øvingene er for lange, og så øver vi på det samme."),
        ("note", "rehearsal", "Koret øver i kapellet."),
    ]
    assert find(study, "alto", "money").reason.render() == "kontingenten (keyword)"


def test_two_runs_offer_the_same_under_new_numbers(study: Study) -> None:
    suggesting.run(study)
    first = suggesting.open_suggestions(study)
    suggesting.run(study)
    second = suggesting.open_suggestions(study)
    assert [replace(item, id=0) for item in first] == [replace(item, id=0) for item in second]
    assert min(item.id for item in second) > max(item.id for item in first)


def test_a_run_over_one_document_leaves_the_others_and_finds_there_what_a_run_over_all_does(study: Study) -> None:
    suggesting.run(study)
    before = suggesting.open_suggestions(study)
    made = suggesting.run(study, ["bass"])
    assert (made.documents, made.suggestions) == (("bass",), 2)
    after = suggesting.open_suggestions(study)
    assert [item.id for item in after if item.document != "bass"] == [
        item.id for item in before if item.document != "bass"
    ]
    assert [replace(item, id=0) for item in after] == [replace(item, id=0) for item in before]


def test_a_run_is_no_operation_and_leaves_redo_as_it_is(study: Study) -> None:
    coding.add(study, "alto", Span(0, 5), "money")
    history.undo(study)
    operations = len(history.listing(study))
    suggesting.run(study)
    assert len(history.listing(study)) == operations
    history.redo(study)
    assert [item.coding.code for item in coding.everything(study)] == ["money"]


def test_removed_documents_are_not_read_and_what_was_open_on_them_is_not_offered(study: Study) -> None:
    suggesting.run(study)
    documents.remove(study, "bass")
    assert {document for document, _, _ in offered(study)} == {"alto", "note"}
    assert suggesting.open_counts(study) == {"alto": 3, "note": 1}
    assert suggesting.run(study).documents == ("alto", "note")
    with pytest.raises(NotFound, match="no document 'bass'"):
        suggesting.run(study, ["bass"])


def test_labels_that_are_mapped_to_nobody_are_spoken_and_the_interviewer_s_are_not(study: Study) -> None:
    alto, bass, note = (source.text for source in spoken.sources(study).values())
    assert [turn.speaker for turn in alto.spoken] == ["Kari", "Per", "Per"]
    assert [turn.speaker for turn in bass.spoken] == ["Ola"]
    assert (note.turns, note.spoken) == ((), ())


def test_mapping_a_speaker_to_the_interviewer_closes_what_was_open_on_his_words(study: Study) -> None:
    suggesting.run(study)
    documents.map_speaker(study, "alto", "Per", "interviewer")
    documents.map_speaker(study, "note", "", "interviewer")
    assert [code for _, code, _ in offered(study)] == ["rehearsal", "money", "money", "rehearsal"]
    assert suggesting.open_counts(study) == {"alto": 2, "bass": 2}
    assert suggesting.run(study).suggestions == 4
    documents.map_speaker(study, "note", "", "none")
    assert suggesting.open_suggestions(study, "note") == []


def test_a_retired_code_is_offered_neither_before_nor_after_the_next_run(study: Study) -> None:
    suggesting.run(study)
    retired = [replace(code, retired=code.id == "rehearsal") for code in CHOIR.codes]
    with study.write("codebook", "Øving retired") as unit:
        codebooks.save(unit, replace(CHOIR, codes=tuple(retired)))
    without = [code for _, code, _ in offered(study)]
    assert without == ["money", "sheets", "money"]
    suggesting.run(study)
    assert [code for _, code, _ in offered(study)] == without


def test_what_this_coder_has_coded_already_is_not_offered(study: Study) -> None:
    suggesting.run(study)
    money = find(study, "alto", "money")
    coding.add(study, "alto", money.span, "money")
    assert ("alto", "money", words(study, money)) not in offered(study)
    coding.add(study, "bass", find(study, "bass", "money").span, "sheets")
    assert find(study, "bass", "money").code == "money"
    study.act_as("bjorn")
    assert find(study, "alto", "money") == money


def test_suggestions_on_an_older_version_are_not_offered_and_the_next_run_removes_them(study: Study) -> None:
    suggesting.run(study)
    old = suggesting.open_suggestions(study, "note")
    with study.write("import", "note corrected") as unit:
        unit.insert(
            document_version, document_id=study.text("note").document_id, number=2, text="Koret hviler.", words=2,
            source_name="note.md", source_sha256="0" * 64, encoding="utf-8", newline="lf",
        )  # fmt: skip
    assert suggesting.open_suggestions(study, "note") == []
    assert suggesting.get(study, old[0].id) == old[0]
    suggesting.run(study)
    with pytest.raises(NotFound, match=f"There is no suggestion {old[0].id}"):
        suggesting.get(study, old[0].id)


def test_suggestions_come_best_first_within_each_document_on_demand(study: Study) -> None:
    suggesting.run(study)
    best_first = [(item.document, item.code) for item in suggesting.open_suggestions(study, by_score=True)]
    assert best_first == [
        ("alto", "sheets"), ("alto", "money"), ("alto", "rehearsal"),
        ("bass", "rehearsal"), ("bass", "money"), ("note", "rehearsal"),
    ]  # fmt: skip


def test_progress_counts_the_documents_twice_and_is_asked_for_at_each_sentence_and_suggestion(study: Study) -> None:
    steps: list[Step] = []
    suggesting.run(study, report=steps.append)
    assert [(step.label.template, step.done, step.total) for step in steps] == [
        *[("Reading", 0, 3)] * 5, *[("Reading", 1, 3)] * 3, *[("Reading", 2, 3)] * 2, ("Reading", 3, 3),
        *[("Suggesting", 0, 3)] * 3, *[("Suggesting", 1, 3)] * 2, ("Suggesting", 2, 3), ("Suggesting", 3, 3),
    ]  # fmt: skip


@pytest.mark.parametrize("last", [("Reading", 2), ("Suggesting", 3)])
def test_a_cancelled_run_leaves_what_was_stored_before(study: Study, last: tuple[str, int]) -> None:
    suggesting.run(study)
    before = suggesting.open_suggestions(study)

    def cancel(step: Step) -> None:
        if (step.label.template, step.done) == last:
            raise Cancelled

    with pytest.raises(Cancelled):
        suggesting.run(study, report=cancel)
    assert suggesting.open_suggestions(study) == before


def test_an_unknown_suggester_is_refused_with_those_there_are(study: Study) -> None:
    with pytest.raises(NotFound, match=r"no suggester 'lexikon'.*There are: lexicon"):
        suggesting.run(study, suggester="lexikon")


@pytest.mark.parametrize("document", ["alt", "x"])
def test_an_unknown_document_is_refused(study: Study, document: str) -> None:
    with pytest.raises(NotFound, match=f"There is no document '{document}'"):
        suggesting.run(study, [document])
    with pytest.raises(NotFound, match=f"There is no document '{document}'"):
        suggesting.open_suggestions(study, document)


def test_without_a_codebook_there_is_nothing_to_suggest(tmp_path: Path) -> None:
    with (
        choir(tmp_path, codebook=None) as study,
        pytest.raises(BadInput, match=r"no code that could be suggested\. `qualcode codebook import"),
    ):
        suggesting.run(study)


def test_an_empty_study_has_no_suggestions(tmp_path: Path) -> None:
    with choir(tmp_path, files=()) as study:
        assert suggesting.run(study).documents == ()
        assert suggesting.open_suggestions(study) == []


class Careless:
    """A suggester from elsewhere: what it is told to propose, it proposes."""

    id = "careless"
    version = "0"
    proposal: Proposal

    def learn(self, texts: object, codings: Sequence[Coding], decisions: Sequence[Decision]) -> None:
        self.codings = list(codings)
        self.decisions = list(decisions)

    def suggest(self, codebook: Codebook, texts: object) -> Iterator[Proposal]:
        yield self.proposal


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> Careless:
    one = Careless()
    monkeypatch.setattr(suggesters, "load", {"careless": one}.__getitem__)
    return one


@pytest.mark.parametrize(("document", "code", "start", "length"), [
    ("alto", "money", "Hvordan er", 10),  # the interviewer's words
    ("alto", "money", "sett en note.", 24),  # on into the interviewer's words
    ("alto", "choir", "Kontingenten er", 12),  # a family
    ("alto", "nothing", "Kontingenten er", 12),
    ("bass", "money", "Hvor", 4),
    ("note", "money", "Koret", 500),
])  # fmt: skip
def test_a_suggester_that_proposes_what_cannot_be_changes_nothing(
    study: Study, careless: Careless, document: str, code: str, start: str, length: int
) -> None:
    at = study.text(document).text.index(start)
    careless.proposal = Proposal(document, Span(at, at + length), code, 1.0, Message("so"))
    with pytest.raises(BadInput, match=rf"'careless' proposes {code} on {document} {at}-{at + length}"):
        suggesting.run(study, ["alto", "note"], suggester="careless")
    assert suggesting.open_suggestions(study) == []


def test_a_suggester_learns_what_all_coders_coded_and_decided(study: Study, careless: Careless) -> None:
    careless.proposal = Proposal("note", Span(0, 5), "travel", 1.0, Message("so"), confidence=0.75)
    suggesting.run(study, suggester="careless")
    decided = suggesting.accept(study, find(study, "note", "travel").id)
    assert decided.segment is not None
    assert decided.segment.coding.confidence == 0.75
    study.act_as("bjorn")
    suggesting.run(study, suggester="careless")
    assert careless.codings == [decided.segment.coding]
    assert careless.decisions == [decided.decision]


def test_rank_is_among_the_overlapping_suggestions_of_one_suggester() -> None:
    def item(number: int, start: int, end: int, score: float, suggester: str = "a") -> Suggestion:
        return Suggestion(number, "d", 1, Span(start, end), "c", suggester, "1", score, Message("so"))

    found = ranks([
        item(1, 0, 10, 0.2), item(2, 0, 10, 0.5), item(3, 5, 20, 0.3), item(4, 10, 20, 0.9),
        item(5, 30, 40, 0.1), item(6, 0, 10, 0.9, "b"), item(7, 0, 10, 0.5),
    ])  # fmt: skip
    assert found == {1: 4, 2: 1, 3: 4, 4: 1, 5: 1, 6: 1, 7: 1}


def test_a_text_with_front_matter_keeps_offsets_of_the_text_alone(study: Study) -> None:
    suggesting.run(study)
    start = find(study, "alto", "money").span.start
    assert study.text("alto").text[start:].startswith("Kontingenten er for høy.")
    assert ALTO.index("Kontingenten") > start
