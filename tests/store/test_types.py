"""Times keep their zone, text its code points and JSON its values on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import StatementError

from qualcode.services.study import Study
from qualcode.store import settings
from qualcode.store.schema.people import case
from tests.store.samples import add_document


def test_a_time_comes_back_in_utc_whatever_its_zone_was(study: Study) -> None:
    oslo = datetime(2026, 6, 1, 14, 30, 15, 123456, tzinfo=timezone(timedelta(hours=2)))
    with study.write("people", "Case") as unit:
        row_id = unit.insert(case, key="east", title="", removed_at=oslo)
    with study.store.read() as connection:
        stored = connection.execute(select(case.c.removed_at).where(case.c.id == row_id)).scalar_one()
    assert stored == datetime(2026, 6, 1, 12, 30, 15, 123456, tzinfo=UTC)
    assert stored.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(study: Study) -> None:
    naive = datetime(2026, 6, 1)  # noqa: DTZ001 - the point
    with pytest.raises(StatementError, match="a time without a zone"), study.write("people", "Case") as unit:
        unit.insert(case, key="east", title="", removed_at=naive)


@pytest.mark.parametrize(
    "value",
    [None, True, 0, 3, 0.1, "", "null", [], {}, {"å": [1, None, {"b": "😀"}]}, ["-1", "0"]],
    ids=repr,
)
def test_a_setting_comes_back_as_it_was(study: Study, value: object) -> None:
    with study.write("setting", "Set") as unit:
        settings.put(unit, "value", value)
    found = study.settings()["value"]
    assert (found, type(found)) == (value, type(value))


def test_offsets_count_code_points_also_beyond_the_basic_plane(study: Study) -> None:
    text = "😀🏔️ Å, sånn. \u2028 e\u0301n"
    add_document(study, "a", text=text)
    assert study.text("a").text == text
    assert len(study.text("a").text) == len(text)
