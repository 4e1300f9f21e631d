"""Codings in the database: unique where they are placed, found by the start of their uid, counted by code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qualcode.domain.span import Anchor, Span, anchor_of
from qualcode.errors import NotFound, StudyUnavailable
from qualcode.services.study import Study
from qualcode.store import codings, documents
from qualcode.store.codings import NewCoding
from tests.store.samples import FEAR, HASTE, OLD, add_document, put


def _new(study: Study, document: str, span: Span, code: str | None, *, case_id: int | None = None) -> NewCoding:
    text = study.text(document)
    assert study.codebook
    anchor = anchor_of(text.text, span)
    return NewCoding(text.version_id, span, anchor, study.code_id(code), study.coder_id, case_id=case_id)


def _store(study: Study, *new: NewCoding) -> None:
    with study.write("code", "Coded") as unit:
        codings.add_many(unit, new)


def _how_many(study: Study) -> int:
    with study.store.read() as connection:
        return len(codings.segments(connection)) + len(codings.segments(connection, placed=False))


@pytest.mark.parametrize("code", ["fear", None])
@pytest.mark.parametrize("case_id", [None, 1])
def test_the_same_placed_coding_is_stored_once(study: Study, code: str | None, case_id: int | None) -> None:
    add_document(study, "a", cases=("north", "south"))
    new = _new(study, "a", FEAR, code, case_id=case_id)
    _store(study, new)
    with pytest.raises(StudyUnavailable, match=r"refused: .*(uq_coding_placed|UNIQUE)"):
        _store(study, new)
    assert _how_many(study) == 1
    with study.store.read() as connection:
        (segment,) = codings.segments(connection)
        assert codings.find(connection, new.identity) == segment.coding.uid
        assert codings.identities(connection, [new.version_id]) == {new.identity: segment.coding.uid}


def test_each_part_of_its_identity_makes_it_another_coding(study: Study) -> None:
    add_document(study, "a", cases=("north", "south"))
    add_document(study, "b")
    one = _new(study, "a", FEAR, "fear")
    others = [
        _new(study, "b", FEAR, "fear"),
        _new(study, "a", Span(25, 37), "fear"),
        _new(study, "a", Span(26, 38), "fear"),
        _new(study, "a", FEAR, "haste"),
        _new(study, "a", FEAR, None),
        _new(study, "a", FEAR, "fear", case_id=1),
        _new(study, "a", FEAR, "fear", case_id=2),
        replace(one, round=2),
        replace(one, coder_id=2),
    ]
    _store(study, one, *others)
    assert _how_many(study) == 10
    with study.store.read() as connection:
        assert codings.find(connection, replace(one, round=3).identity) is None


def test_unplaced_codings_may_be_the_same(study: Study) -> None:
    add_document(study, "a")
    new = replace(_new(study, "a", FEAR, "fear"), placed=False)
    _store(study, new, new)
    with study.store.read() as connection:
        assert codings.segments(connection) == []
        assert len(codings.segments(connection, placed=False)) == 2
        assert codings.find(connection, new.identity) is None
        assert codings.counts_by_code(connection) == {}


def test_a_span_that_is_empty_is_refused_by_the_database_itself(study: Study) -> None:
    add_document(study, "a")
    put(study, "a", FEAR, "fear")
    with (
        pytest.raises(StudyUnavailable, match=r"refused: .*ck_coding_span"),
        study.write("code", "Coded") as unit,
    ):
        codings.edit(unit, 1, start=38)


def test_a_coding_is_found_by_the_start_of_its_uid(study: Study) -> None:
    add_document(study, "a")
    for uid, span in (("12345678-aaaa", FEAR), ("12345678-abbb", HASTE), ("1234_678-cccc", OLD)):
        _store(study, replace(_new(study, "a", span, "fear"), uid=uid))
    with study.store.read() as connection:
        assert codings.row_of(connection, "12345678-aa").start == FEAR.start
        assert codings.row_of(connection, "1234_678").start == OLD.start
        for vague in ("12345678", "12345678-a", "1234567", "unknown-uid", "%%%%%%%%", ""):
            with pytest.raises(NotFound, match="no coding"):
                codings.row_of(connection, vague)


def test_segments_come_in_the_order_of_documents_places_codes_and_coders(study: Study) -> None:
    for key in ("b", "a"):
        add_document(study, key)
    wanted = [("b", HASTE, "haste"), ("b", FEAR, "haste"), ("b", FEAR, "fear"), ("a", OLD, None), ("a", FEAR, None)]
    for document, span, code in wanted:
        put(study, document, span, code)
    study.act_as("bo")
    put(study, "b", FEAR, "fear")
    with study.store.read() as connection:
        found = codings.segments(connection)
        of_a = codings.segments(connection, document_key="a")
        of_bo = codings.segments(connection, coder_name="bo")
    assert [(it.coding.document, it.coding.span.start, it.coding.code, it.coding.coder) for it in found] == [
        ("b", 25, "fear", "ada"),
        ("b", 25, "fear", "bo"),
        ("b", 25, "haste", "ada"),
        ("b", 40, "haste", "ada"),
        ("a", 25, None, "ada"),
        ("a", 73, None, "ada"),
    ]
    assert [it.coding.span.start for it in of_a] == [25, 73]
    assert [(it.coding.document, it.coding.coder) for it in of_bo] == [("b", "bo")]


def test_codings_read_a_few_at_a_time_are_the_same(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("a", "b"):
        add_document(study, key)
        for span in (FEAR, HASTE, OLD):
            put(study, key, span, "fear")
    with study.store.read() as connection:
        at_once = codings.segments(connection)
        monkeypatch.setattr(codings, "_HELD", 2)
        assert list(codings.each_segment(connection)) == at_once
    assert [item.turn for item in at_once] == [2, 2, 4] * 2


def test_counts_leave_out_removed_documents(study: Study) -> None:
    for key in ("a", "b"):
        add_document(study, key)
        put(study, key, FEAR, "fear")
    put(study, "a", OLD, None)
    for key in ("a", "b"):
        _store(study, replace(_new(study, key, HASTE, "fear"), placed=False))
    with study.store.read() as connection:
        assert codings.counts_by_code(connection) == {"fear": 2}
        assert codings.counts_by_document(connection) == {"a": 2, "b": 1}
        assert codings.unplaced_count(connection) == 2
    with study.write("documents", "Removed") as unit:
        documents.remove(unit, "b")
    with study.store.read() as connection:
        assert codings.counts_by_code(connection) == {"fear": 1}
        assert codings.unplaced_count(connection) == 1


def test_an_anchor_of_any_text_is_stored_as_it_is(study: Study) -> None:
    add_document(study, "a")
    anchor = Anchor("'; DROP TABLE coding; --", "«å» 😀 \\ %", "\t\n")
    _store(study, replace(_new(study, "a", FEAR, "fear"), anchor=anchor))
    with study.store.read() as connection:
        (segment,) = codings.segments(connection)
    assert segment.coding.anchor == anchor
