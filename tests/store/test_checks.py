"""The doctor finds what is broken behind the program's back, and what stands outside the counts."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import pytest
from sqlalchemy import text

from qualcode.domain import codebook_edit
from qualcode.domain.codebook import Entity
from qualcode.domain.relation import Claimant, Stance
from qualcode.domain.span import Span, anchor_of
from qualcode.services import coding, doctor, history, memos
from qualcode.services.doctor import Severity
from qualcode.services.study import Study
from qualcode.store import attributes, belonging, codebooks, codings, documents, people, relations
from qualcode.store.codings import NewCoding
from qualcode.store.engine import WRITING
from qualcode.store.relations import NewRelation
from qualcode.store.schema.coding import memo as memo_table
from tests.store.conftest import Again
from tests.store.samples import FEAR, HASTE, OLD, TEXT, add_document, codebook, put

ASKED = Span(3, 20)
"""The interviewer's first question."""


def _tamper(study: Study, statement: str, **values: Any) -> None:
    """Change the database as no part of the program would."""
    engine = study.store._engine  # pyright: ignore[reportPrivateUsage] - behind its back is the point
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        connection.execute(text(statement), values)


def _found(study: Study, check: str) -> list[tuple[Severity, int, tuple[str, ...]]]:
    """Severity, count and places of what the doctor says under one check."""
    return [(item.severity, item.count, item.places) for item in doctor.examine(study) if item.check == check]


def _describe(study: Study) -> None:
    """Give both cases the attribute that the codebook requires."""
    with study.write("people", "Described") as unit:
        for case_id in (1, 2):
            attributes.set_values(unit, Entity.CASE, case_id, {"size": ("small",)})


@pytest.fixture
def coded(study: Study) -> Study:
    """A study that nothing is wrong with: one document of one case, two codings."""
    _describe(study)
    add_document(study, "a")
    put(study, "a", FEAR, "fear", qualifiers={"certainty": "sure"})
    put(study, "a", OLD, "old-goods")
    return study


def test_a_sound_study_gives_only_information(coded: Study) -> None:
    remarks = doctor.examine(coded)
    assert [(item.severity, item.check) for item in remarks] == [
        (Severity.INFORMATION, "backup"),
        (Severity.INFORMATION, "network"),
    ]
    assert doctor.is_sound(remarks)
    assert str(remarks[0].message) == "The history knows of no backup; `qualcode backup` makes one."
    assert coded.store.where in str(remarks[1].message)


def test_a_study_stays_sound_through_all_kinds_of_work(coded: Study) -> None:
    uid = put(coded, "a", HASTE, "haste", memo="Hvorfor?")
    coding.edit(coded, uid, code="fear", span=Span(40, 47))
    coding.remove(coded, [uid])
    for _ in range(3):
        history.undo(coded)
    for _ in range(3):
        history.redo(coded)
    history.undo(coded, anybody=True)
    assert [item.check for item in doctor.examine(coded) if item.severity is Severity.ERROR] == []


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE coding SET exact = 'Vi turte alt!' WHERE start = 25",
        "UPDATE coding SET prefix = 'x' WHERE start = 25",
        "UPDATE coding SET suffix = 'x' WHERE start = 25",
        'UPDATE coding SET start = start + 1, "end" = "end" + 1 WHERE start = 25',
        'UPDATE coding SET "end" = 99999 WHERE start = 25',
    ],
)
def test_a_quote_that_is_not_at_its_place_is_an_error(coded: Study, damage: str) -> None:
    uid = coding.of_document(coded, "a")[0].coding.uid
    _tamper(coded, damage)
    assert _found(coded, "quotes") == [(Severity.ERROR, 1, (f"a: coding {uid}",))]
    assert not doctor.is_sound(doctor.examine(coded))


def test_a_text_that_has_changed_makes_all_its_quotes_errors(coded: Study) -> None:
    _tamper(coded, "UPDATE document_version SET text = 'x' || text")
    ((severity, count, places),) = _found(coded, "quotes")
    assert (severity, count, len(places)) == (Severity.ERROR, 2, 2)
    assert _found(coded, "turns") == []


@pytest.mark.parametrize(
    "damage",
    [
        'UPDATE turn SET "end" = 9999 WHERE number = 4',
        "UPDATE turn SET start = 10 WHERE number = 2",
        'UPDATE turn SET body_start = "end" + 1 WHERE number = 1',
    ],
)
def test_turns_that_do_not_fit_the_text_are_an_error(coded: Study, damage: str) -> None:
    _tamper(coded, damage)
    assert _found(coded, "turns") == [(Severity.ERROR, 1, ("a",))]


def test_a_row_changed_behind_the_history_is_an_error(coded: Study) -> None:
    _tamper(coded, "UPDATE coding SET status = 'disputed' WHERE start = 25")
    assert _found(coded, "history") == [(Severity.ERROR, 1, ("coding 1",))]


def test_a_row_deleted_behind_the_history_is_an_error(coded: Study) -> None:
    _tamper(coded, "DELETE FROM coding WHERE start = 25")
    assert _found(coded, "history") == [(Severity.ERROR, 1, ("coding 1",))]


def test_a_row_without_history_is_an_error(coded: Study) -> None:
    _tamper(coded, "DELETE FROM change WHERE \"table\" = 'coding' AND row_id = 2")
    assert _found(coded, "history") == [(Severity.ERROR, 1, ("coding 2",))]


def test_a_coding_that_is_there_twice_is_an_error(study: Study) -> None:
    add_document(study, "a", cases=("north", "south"))
    uids = [put(study, "a", FEAR, "fear", case="north"), put(study, "a", FEAR, "fear")]
    assert _found(study, "twins") == []
    with study.write("documents", "Cases") as unit:
        belonging.set_cases(unit, "a", ["north"])
    assert _found(study, "twins") == [(Severity.ERROR, 1, (f"a: {uids[0]} {uids[1]}",))]


def test_codings_without_a_case_are_told_apart_by_why(study: Study) -> None:
    add_document(study, "both", cases=("north", "south"))
    add_document(study, "none", cases=())
    add_document(study, "one")
    put(study, "both", FEAR, "fear", case="south")
    put(study, "both", HASTE, None)
    ambiguous = put(study, "both", FEAR, "fear")
    homeless = put(study, "none", FEAR, "fear")
    put(study, "one", FEAR, "fear")
    assert _found(study, "case") == [
        (Severity.WARNING, 1, (f"both: {ambiguous}",)),
        (Severity.WARNING, 1, (f"none: {homeless}",)),
    ]


def test_codings_of_nobody_and_labels_of_nobody_are_warnings(study: Study) -> None:
    add_document(study, "a")
    add_document(study, "plain", text="Et notat.")
    asked = put(study, "a", ASKED, "haste")
    put(study, "a", ASKED, None)
    note = put(study, "plain", Span(0, 2), "haste")
    assert _found(study, "informant") == [(Severity.WARNING, 2, (f"a: {asked}", f"plain: {note}"))]
    assert _found(study, "speakers") == [(Severity.WARNING, 1, ("plain",))]
    with study.write("people", "Removed") as unit:
        people.remove(unit, Entity.INFORMANT, "kari")
    assert _found(study, "speakers") == [(Severity.WARNING, 2, ("a: K", "plain"))]


def test_what_the_codebook_asks_and_is_not_said_is_a_warning(study: Study) -> None:
    add_document(study, "a")
    missing = put(study, "a", FEAR, "fear")
    put(study, "a", HASTE, "haste", qualifiers={"certainty": "unsure"})
    put(study, "a", OLD, "old-goods")
    assert _found(study, "qualifiers") == [(Severity.WARNING, 1, (f"a: {missing}",))]
    assert _found(study, "attributes") == [(Severity.WARNING, 2, ("case north: size", "case south: size"))]
    _describe(study)
    assert _found(study, "attributes") == []


def test_a_qualifier_the_codebook_does_not_allow_is_a_warning(study: Study) -> None:
    add_document(study, "a")
    text_of = study.text("a")
    assert study.codebook
    new = [
        NewCoding(
            text_of.version_id,
            span,
            anchor_of(TEXT, span),
            study.code_id(code),
            study.coder_id,
            qualifiers=qualifiers,
            uid=uid,
        )
        for uid, span, code, qualifiers in (
            ("unknown-value", FEAR, "fear", {"certainty": "perhaps"}),
            ("not-applying", OLD, "old-goods", {"certainty": "sure"}),
            ("well", HASTE, "haste", {"certainty": "sure"}),
        )
    ]
    with study.write("code", "Coded") as unit:
        codings.add_many(unit, new)
    assert _found(study, "qualifiers") == [(Severity.WARNING, 2, ("a: unknown-value", "a: not-applying"))]


def test_codings_with_a_retired_code_are_a_warning(study: Study) -> None:
    add_document(study, "a")
    uid = put(study, "a", OLD, "old-goods")
    with study.write("codebook", "Retired") as unit:
        codebooks.save(unit, codebook_edit.retire(codebook(), "old-goods"))
    assert _found(study, "codes") == [(Severity.WARNING, 1, (f"a: {uid}",))]


def test_an_unplaced_coding_is_a_warning(study: Study) -> None:
    add_document(study, "a")
    uid = put(study, "a", FEAR, "fear")
    with study.write("code", "Unplaced") as unit:
        codings.edit(unit, 1, placed=False)
    assert _found(study, "unplaced") == [(Severity.WARNING, 1, (f"a: {uid}",))]


def test_a_memo_on_something_gone_is_a_warning(coded: Study) -> None:
    memo = memos.add(coded, "study", "Første tanke")
    assert _found(coded, "memos") == []
    with coded.write("memo", "Moved") as unit:
        unit.update(memo_table, 1, target_uid="gone")
    assert _found(coded, "memos") == [(Severity.WARNING, 1, (memo.uid,))]


def test_a_relation_without_a_case_is_a_warning(study: Study) -> None:
    add_document(study, "a", cases=("north", "south"))
    put(study, "a", FEAR, "fear")
    put(study, "a", OLD, "old-goods")
    whole = Span(FEAR.start, OLD.end)
    with study.write("relate", "Related") as unit:
        new = NewRelation(
            type_id=1,
            source_id=1,
            target_id=2,
            version_id=study.text("a").version_id,
            span=whole,
            anchor=anchor_of(TEXT, whole),
            stance=Stance.STATES,
            claimed_by=Claimant.INFORMANT,
            coder_id=study.coder_id,
            uid="claim",
        )
        relations.add(unit, new)
    assert (Severity.WARNING, 1, ("a: claim",)) in _found(study, "case")
    _tamper(study, "UPDATE relation SET exact = 'x'")
    assert _found(study, "quotes") == [(Severity.ERROR, 1, ("a: relation claim",))]


def test_what_is_removed_is_told(study: Study, again: Again) -> None:
    add_document(study, "a")
    add_document(study, "undone")
    put(again("bo"), "a", FEAR, "fear")
    history.undo(study)
    with study.write("people", "Removed") as unit:
        documents.remove(unit, "a")
        for entity, key in ((Entity.CASE, "south"), (Entity.INFORMANT, "kari"), (Entity.ORGANISATION, "firm")):
            people.remove(unit, entity, key)
        people.remove_coder(unit, "bo")
    expected = ("document a", "case south", "informant kari", "organisation firm", "coder bo")
    assert _found(study, "removed") == [(Severity.INFORMATION, 5, expected)]


def test_the_last_backup_is_told_with_its_time(coded: Study) -> None:
    with coded.write("backup", "Backup", undoable=False) as unit:
        unit.log()
        made = unit.at
    (remark,) = (item for item in doctor.examine(coded) if item.check == "backup")
    assert str(remark.message) == f"The last backup was made on {made.astimezone(UTC):%Y-%m-%d %H:%M} (UTC)."


def test_errors_come_first_and_nothing_is_changed(coded: Study) -> None:
    before = len(history.listing(coded))
    _tamper(coded, "UPDATE coding SET exact = 'x' WHERE start = 25")
    severities = [item.severity for item in doctor.examine(coded)]
    assert severities == sorted(severities, key=list(Severity).index)
    assert severities[0] is Severity.ERROR
    assert len(history.listing(coded)) == before
