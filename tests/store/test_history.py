"""Undo and redo: exact, after a restart, one's own, and never over what somebody has changed since."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from qualcode.domain.codebook import Entity
from qualcode.domain.relation import Claimant, Stance
from qualcode.domain.span import Span, anchor_of
from qualcode.errors import N_, BadInput, NotFound, UndoConflict
from qualcode.services import coding, history, memos
from qualcode.services import people as people_service
from qualcode.services.study import Study
from qualcode.store import belonging, codebooks, codings, documents, people, relations, settings
from qualcode.store.codings import NewCoding
from qualcode.store.relations import NewRelation
from qualcode.store.schema.codebook import relation_type
from qualcode.store.schema.synthesis import evidence, finding, negative_hit, negative_search
from tests.store.conftest import Again
from tests.store.samples import FEAR, HASTE, OLD, TEXT, add_document, codebook, codes_on, content, put


def test_undo_and_redo_bring_back_every_row_exactly(study: Study) -> None:
    add_document(study, "a")
    states = [content(study)]
    uid = put(study, "a", FEAR, "fear", qualifiers={"certainty": "sure"})
    states.append(content(study))
    coding.edit(study, uid, code="haste", qualifiers={"certainty": "unsure"})
    states.append(content(study))
    coding.remove(study, [uid])
    states.append(content(study))
    for state in reversed(states[:-1]):
        history.undo(study)
        assert content(study) == state
    for state in states[1:]:
        history.redo(study)
        assert content(study) == state


def test_undo_says_what_it_took_back(study: Study) -> None:
    add_document(study, "a")
    put(study, "a", FEAR, "fear")
    assert str(history.undo(study)) == "fear put on a 25-38"
    assert str(history.redo(study)) == "fear put on a 25-38"
    assert str(history.undo(study)) == "fear put on a 25-38"
    assert str(history.undo(study)) == "Imported a"


def test_undo_works_after_a_restart_and_redo_after_another(study: Study, again: Again) -> None:
    add_document(study, "a")
    put(study, "a", FEAR, "fear")
    coded = content(study)
    study.close()
    history.undo(again("ada"))
    assert codes_on(again("ada"), "a") == []
    history.redo(again("ada"))
    assert content(again("ada")) == coded


def test_undo_takes_ones_own_latest_and_any_takes_anybodys(study: Study, again: Again) -> None:
    bo = again("bo")
    add_document(study, "a")
    put(study, "a", FEAR, "fear")
    put(bo, "a", HASTE, "haste")
    history.undo(study)
    assert codes_on(study, "a") == [(40, 56, "haste", "bo")]
    history.undo(study, anybody=True)
    assert codes_on(study, "a") == []
    history.redo(study)
    assert codes_on(study, "a") == [(40, 56, "haste", "bo")]
    with pytest.raises(NotFound):
        history.redo(bo)


def test_undo_passes_over_the_adding_of_a_coder_who_has_worked_since(study: Study, again: Again) -> None:
    add_document(study, "a")
    put(study, "a", FEAR, "fear")
    people_service.add_coder(study, "mia")
    put(again("mia"), "a", HASTE, "haste")
    told = [str(history.undo(study, anybody=True)) for _ in range(2)]
    assert told == ["haste put on a 40-56", "fear put on a 25-38"]
    assert "mia" in [coder.name for coder in people_service.coders(study)]
    assert str(history.redo(study)) == "fear put on a 25-38"
    adding = next(e for e in history.listing(study) if str(e.operation.summary) == "Coder mia added")
    with pytest.raises(BadInput, match="cannot be taken back"):
        history.undo_to(study, adding.operation.id)


def test_undo_takes_back_the_adding_of_a_coder_who_has_done_nothing(study: Study) -> None:
    people_service.add_coder(study, "mia")
    assert str(history.undo(study)) == "Coder mia added"
    assert "mia" not in [coder.name for coder in people_service.coders(study)]


def test_undo_refuses_what_another_coder_has_changed_since_and_changes_nothing(study: Study, again: Again) -> None:
    bo = again("bo")
    add_document(study, "a")
    uids = [put(study, "a", span, "fear") for span in (FEAR, HASTE)]
    coding.remove(study, [uids[1]])
    coding.edit(bo, uids[0], code="haste")
    history.undo(study)
    history.undo(study)
    before, entries = content(study), len(history.listing(study))
    with pytest.raises(UndoConflict, match=r"«fear put on a 25-38» cannot be taken back .* changed since"):
        history.undo(study)
    assert content(study) == before
    assert len(history.listing(study)) == entries


def test_undo_of_many_rows_is_refused_whole_where_one_has_changed(study: Study, again: Again) -> None:
    add_document(study, "a")
    text, code_id = study.text("a"), study.code_id("fear")
    spans = {"uid-fear": FEAR, "uid-haste": HASTE, "uid-old": OLD}
    with study.write("code", N_("Coded")) as unit:
        codings.add_many(
            unit,
            [
                NewCoding(text.version_id, span, anchor_of(TEXT, span), code_id, study.coder_id, uid=uid)
                for uid, span in spans.items()
            ],
        )
    coding.edit(again("bo"), "uid-haste", code="haste")
    with pytest.raises(UndoConflict):
        history.undo(study)
    assert [code for _, _, code, _ in codes_on(study, "a")] == ["fear", "haste", "fear"]


def test_undo_is_refused_where_somebody_has_built_on_it(study: Study, again: Again) -> None:
    with study.write("people", N_("East")) as unit:
        people.put(unit, Entity.CASE, "east")
    bo = again("bo")
    add_document(bo, "a", cases=("north", "east"))
    put(bo, "a", FEAR, "fear", case="east")
    with pytest.raises(UndoConflict):
        history.undo(study)
    assert coding.of_document(study, "a")[0].case == "east"


def test_a_new_operation_ends_redo(study: Study) -> None:
    add_document(study, "a")
    put(study, "a", FEAR, "fear")
    history.undo(study)
    put(study, "a", HASTE, "haste")
    with pytest.raises(NotFound, match="nothing to redo"):
        history.redo(study)
    history.undo(study)
    history.redo(study)
    assert codes_on(study, "a") == [(40, 56, "haste", "ada")]
    with pytest.raises(NotFound, match="nothing to redo"):
        history.redo(study)


def test_what_cannot_be_undone_neither_stands_in_the_way_nor_ends_redo(study: Study) -> None:
    add_document(study, "a")
    put(study, "a", FEAR, "fear")
    history.undo(study)
    with study.write("export", N_("Exported"), undoable=False) as unit:
        unit.log()
    history.redo(study)
    with study.write("backup", N_("Backup"), undoable=False) as unit:
        unit.log()
    history.undo(study)
    assert codes_on(study, "a") == []


def test_at_the_beginning_there_is_nothing_to_undo(study: Study, again: Again) -> None:
    with pytest.raises(NotFound, match="nothing to undo"):
        history.undo(study)
    with pytest.raises(NotFound, match="nothing to undo"):
        history.undo(again("bo"), anybody=True)


def test_the_listing_says_what_is_taken_back_now(study: Study) -> None:
    add_document(study, "a")
    put(study, "a", FEAR, "fear")
    history.undo(study)
    newest = [(entry.operation.verb, entry.undone) for entry in history.listing(study, limit=3)]
    assert newest == [("undo", False), ("code", True), ("import", False)]
    history.redo(study)
    newest = [(entry.operation.verb, entry.undone) for entry in history.listing(study, limit=3)]
    assert newest == [("redo", False), ("undo", False), ("code", False)]


def _web(study: Study) -> tuple[str, str]:
    """Two codings with all that can rest on them: a relation, evidence, a search hit and memos on everything."""
    add_document(study, "a")
    source, target = put(study, "a", FEAR, "fear", memo="Sier det to ganger"), put(study, "a", OLD, "old-goods")
    with study.write("relate", N_("Related")) as unit:
        text = study.text("a")
        ends = [codings.row_of(unit.connection, uid).id for uid in (source, target)]
        kind = unit.connection.execute(select(relation_type.c.id)).scalar_one()
        whole = Span(FEAR.start, OLD.end)
        new = NewRelation(
            type_id=kind,
            source_id=ends[0],
            target_id=ends[1],
            version_id=text.version_id,
            span=whole,
            anchor=anchor_of(TEXT, whole),
            stance=Stance.STATES,
            claimed_by=Claimant.INFORMANT,
            coder_id=study.coder_id,
        )
        relation_id = relations.add(unit, new)
        claim = unit.insert(finding, claim="Frykt gir gamle varer", question_id=None, state="draft")
        for role, rests_on in (("supports", {"coding_id": ends[0]}), ("nuances", {"relation_id": relation_id})):
            links = {"coding_id": None, "relation_id": None} | rests_on
            unit.insert(evidence, finding_id=claim, role=role, **links)
        search = unit.insert(negative_search, finding_id=claim, query="code:old-goods", run_at=unit.at)
        unit.insert(negative_hit, negative_search_id=search, coding_id=ends[0], looked_at=None)
    memos.add(study, source, "Og en gang til")
    return source, target


def test_undo_of_a_deletion_brings_back_all_that_rested_on_the_coding(study: Study) -> None:
    source, target = _web(study)
    before = content(study)
    gone = coding.remove(study, [source])
    assert (gone.relations, gone.evidence) == (1, 2)
    after = content(study)
    assert [row["uid"] for row in after["coding"]] == [target]
    for name in ("relation", "evidence", "negative_hit", "memo"):
        assert (len(before[name]) > 0, after[name]) == (True, []), name
    history.undo(study)
    assert content(study) == before
    history.redo(study)
    assert content(study) == after


def test_the_deletion_of_a_relation_takes_its_evidence_and_undo_brings_it_back(study: Study) -> None:
    _web(study)
    before = content(study)
    with study.write("relations", N_("Relation removed")) as unit:
        relations.remove(unit, before["relation"][0]["uid"])
    assert [row["role"] for row in content(study)["evidence"]] == ["supports"]
    history.undo(study)
    assert content(study) == before


def test_undo_of_an_import_marks_the_document_removed_and_keeps_its_text(study: Study) -> None:
    add_document(study, "a")
    history.undo(study)
    with study.store.read() as connection:
        assert documents.listing(connection) == []
        assert documents.listing(connection, removed=True) == []
        assert documents.by_sha256(connection, "a".ljust(64, "0")) == ("a", True)
        assert belonging.cases_by_document(connection) == {}
    with pytest.raises(NotFound):
        study.text("a")
    history.redo(study)
    assert study.text("a").text == TEXT
    with study.store.read() as connection:
        assert belonging.cases_by_document(connection) == {1: ("north",)}


def test_the_same_file_again_after_an_undone_import_brings_its_codings_back(study: Study, again: Again) -> None:
    add_document(study, "a")
    put(again("bo"), "a", FEAR, "fear")
    history.undo(study)
    assert coding.everything(study) == []
    with study.write("import", N_("{document} is back"), document="a") as unit:
        documents.bring_back(unit, "a")
    assert codes_on(study, "a") == [(25, 38, "fear", "bo")]
    history.undo(study)
    assert coding.everything(study) == []


def test_undo_of_a_codebook_change_brings_back_codes_with_their_parents_and_texts(study: Study) -> None:
    before = content(study)
    with study.write("codebook", N_("Emptied")) as unit:
        codebooks.save(unit, codebook(codes=(), qualifiers=(), relation_types=(), attributes=()))
    assert study.codebook.codes == ()
    history.undo(study)
    assert content(study) == before
    assert study.codebook == codebook()
    history.redo(study)
    assert study.codebook.codes == ()


def test_ten_thousand_codings_are_undone_and_done_again_in_one_step(study: Study) -> None:
    add_document(study, "long", text="ja " * 10_001)
    text = study.text("long")
    before = content(study)
    new = [
        NewCoding(
            text.version_id,
            Span(3 * i, 3 * i + 2),
            anchor_of(text.text, Span(3 * i, 3 * i + 2)),
            study.code_id("fear"),
            study.coder_id,
        )
        for i in range(10_000)
    ]
    with study.write("import", N_("Codings imported")) as unit:
        row_ids = codings.add_many(unit, new)
    assert len(set(row_ids)) == 10_000
    imported = content(study)
    history.undo(study)
    assert content(study) == before
    history.redo(study)
    assert content(study) == imported


def test_undo_of_a_change_of_many_rows_puts_each_row_back_to_its_own_value(study: Study) -> None:
    with study.write("setting", N_("Set")) as unit:
        for key in ("one", "two", "three"):
            settings.put(unit, key, key)
    with study.write("setting", N_("Set")) as unit:
        for key in ("three", "one", "two"):
            settings.put(unit, key, None)
        settings.put(unit, "one", "changed twice")
    history.undo(study)
    assert study.settings() == {"one": "one", "two": "two", "three": "three"}
    history.redo(study)
    assert study.settings() == {"one": "changed twice", "two": None, "three": None}


def test_undo_goes_back_to_an_entry_at_once_and_redo_forward_one_by_one(study: Study) -> None:
    add_document(study, "a")
    before = content(study)
    put(study, "a", FEAR, "fear")
    first = history.revision(study)
    put(study, "a", HASTE, "haste")
    put(study, "a", OLD, "old-goods")
    history.undo(study)
    put(study, "a", OLD, "nothing")
    done = content(study)
    taken_back = history.undo_to(study, first)
    assert [str(summary) for summary in taken_back] == [
        "nothing put on a 73-96",
        "haste put on a 40-56",
        "fear put on a 25-38",
    ]
    assert content(study) == before
    assert [str(history.redo(study)) for _ in range(3)] == [str(summary) for summary in reversed(taken_back)]
    assert content(study) == done
    with pytest.raises(NotFound):
        history.redo(study)


def test_undo_back_to_an_entry_leaves_what_others_did_in_between(study: Study, again: Again) -> None:
    bo = again("bo")
    add_document(study, "a")
    put(study, "a", FEAR, "fear")
    first = history.revision(study)
    put(bo, "a", FEAR, "fear")
    put(study, "a", HASTE, "haste")
    history.undo_to(study, first)
    assert codes_on(study, "a") == [(25, 38, "fear", "bo")]


def test_undo_back_to_an_entry_is_refused_whole_where_one_of_them_has_changed(study: Study, again: Again) -> None:
    add_document(study, "a")
    put(study, "a", OLD, "nothing")
    first = history.revision(study)
    uid = put(study, "a", FEAR, "fear")
    put(study, "a", Span(40, 47), "haste")
    coding.edit(again("bo"), uid, code="haste")
    before, newest = content(study), history.revision(study)
    with pytest.raises(UndoConflict, match="«fear put on a 25-38» cannot be taken back"):
        history.undo_to(study, first)
    assert (content(study), history.revision(study)) == (before, newest)


def test_undo_goes_back_only_to_what_one_did_oneself_and_can_take_back(study: Study, again: Again) -> None:
    add_document(study, "a")
    put(study, "a", FEAR, "fear")
    coded = history.revision(study)
    history.undo(study)
    undoing = history.revision(study)
    put(again("bo"), "a", HASTE, "haste")
    others = history.revision(study)
    for operation, words in (
        (coded, "is taken back already"),
        (undoing, "cannot be taken back"),
        (1, "is somebody else's"),
        (others, "is somebody else's"),
    ):
        with pytest.raises(BadInput, match=words):
            history.undo_to(study, operation)
    with pytest.raises(NotFound, match="has no operation 999"):
        history.undo_to(study, 999)
    assert history.revision(study) == others
