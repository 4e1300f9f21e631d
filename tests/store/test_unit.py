"""One action of the user is one transaction with one operation, or nothing at all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from qualcode.domain.span import Anchor
from qualcode.errors import Message
from qualcode.services import history
from qualcode.services.study import Study
from qualcode.store import codings, settings
from qualcode.store.codings import NewCoding
from qualcode.store.schema.coding import coding
from qualcode.store.schema.study import change, coder_preference, operation
from tests.store.conftest import Again
from tests.store.samples import FEAR, HASTE, OLD, add_document, codes_on, content, put


def test_what_a_block_wrote_is_seen_by_others_when_it_ends(study: Study, again: Again) -> None:
    other = again("bo")
    with study.write("setting", "Set") as unit:
        settings.put(unit, "threshold", 3)
        assert "threshold" not in other.settings()
    assert other.settings()["threshold"] == 3


def test_an_error_in_the_middle_leaves_nothing_of_the_block(study: Study) -> None:
    add_document(study, "a")
    before, entries = content(study), history.listing(study)
    with pytest.raises(ZeroDivisionError), study.write("setting", "Set") as unit:
        settings.put(unit, "threshold", 3)
        settings.put(unit, "other", 1 / 0)
    assert content(study) == before
    assert history.listing(study) == entries


def test_an_action_that_changes_nothing_leaves_no_operation(study: Study) -> None:
    with study.write("setting", "Set") as unit:
        settings.put(unit, "threshold", 3)
    entries = len(history.listing(study))
    with study.write("setting", "Set again") as unit:
        settings.put(unit, "threshold", 3)
        assert unit.changes == 0
    assert len(history.listing(study)) == entries


def test_an_operation_says_who_when_and_what_with_its_rows_before_and_after(study: Study) -> None:
    with study.write("setting", "{key} set", key="threshold") as unit:
        settings.put(unit, "threshold", 3)
    with study.write("setting", "{key} set", key="threshold") as unit:
        settings.put(unit, "threshold", {"informants": 3, "cases": 2})
    entry = history.listing(study)[0].operation
    assert (entry.coder, entry.verb, entry.undoable, str(entry.summary)) == (
        "ada",
        "setting",
        True,
        "threshold set",
    )
    assert entry.summary == Message("{key} set", {"key": "threshold"})
    assert entry.at > datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
    with study.store.read() as connection:
        row = connection.execute(select(change).where(change.c.operation_id == entry.id)).one()
    assert row.table == "setting"
    assert (row.before["value"], row.after["value"]) == (3, {"informants": 3, "cases": 2})
    assert row.before["updated_at"] < row.after["updated_at"] == entry.at.isoformat()
    assert row.row_uid == row.before["uid"] == row.after["uid"]


def test_an_operation_may_be_logged_without_a_row(study: Study) -> None:
    with study.write("backup", "Backup {file}", undoable=False, file="a.db") as unit:
        unit.log()
    entry = history.listing(study)[0].operation
    assert (entry.verb, entry.undoable, str(entry.summary)) == ("backup", False, "Backup a.db")


def test_preferences_stay_out_of_the_history(study: Study) -> None:
    with study.write("preference", "Position") as unit:
        settings.put_preference(unit, study.coder_id, "position", {"document": "a", "offset": 12})
    with study.store.read() as connection:
        assert settings.preference(connection, study.coder_id, "position") == {"document": "a", "offset": 12}
        assert not connection.execute(select(change).where(change.c.table == coder_preference.name)).all()
        assert not connection.execute(select(operation).where(operation.c.verb == "preference")).all()


def test_many_rows_get_their_ids_in_order_and_the_same_history_as_one_by_one(study: Study) -> None:
    add_document(study, "a")
    text = study.text("a")
    spans = [FEAR, HASTE, OLD]
    with study.write("code", "Coded") as unit:
        row_ids = codings.add_many(
            unit,
            [
                NewCoding(text.version_id, span, Anchor("", "x", ""), study.code_id("fear"), study.coder_id)
                for span in spans
            ],
        )
    assert list(row_ids) == sorted(row_ids)
    with study.store.read() as connection:
        starts = connection.execute(select(coding.c.start).order_by(coding.c.id)).scalars().all()
        recorded = connection.execute(
            select(change.c.row_id, change.c.before).where(change.c.table == "coding").order_by(change.c.id)
        ).all()
    assert starts == [span.start for span in spans]
    assert [row.row_id for row in recorded] == list(row_ids)
    assert {row.before for row in recorded} == {None}


def test_the_key_of_a_deleted_row_is_never_used_again(study: Study) -> None:
    add_document(study, "a")
    first = put(study, "a", FEAR, "fear")
    with study.store.read() as connection:
        deleted = codings.row_of(connection, first).id
    with study.write("remove", "Removed") as unit:
        codings.remove(unit, [deleted])
    put(study, "a", HASTE, "haste")
    text = study.text("a")
    with study.write("code", "Coded") as unit:
        new = NewCoding(text.version_id, OLD, Anchor("", "x", ""), study.code_id("fear"), study.coder_id)
        (bulk,) = codings.add_many(unit, [new])
    with study.store.read() as connection:
        ids = connection.execute(select(coding.c.id).order_by(coding.c.id)).scalars().all()
    assert deleted < ids[0] < ids[1] == bulk


def test_two_programs_write_in_turn_and_both_are_seen(study: Study, again: Again) -> None:
    other = again("bo")
    add_document(study, "a")
    put(study, "a", FEAR, "fear")
    put(other, "a", FEAR, "fear")
    put(study, "a", OLD, "old-goods")
    expected = [(25, 38, "fear", "ada"), (25, 38, "fear", "bo"), (OLD.start, OLD.end, "old-goods", "ada")]
    assert codes_on(study, "a") == codes_on(other, "a") == expected
