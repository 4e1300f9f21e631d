"""Patterns on both databases."""

from __future__ import annotations

import pytest

from qualcode.domain.codebook import Entity
from qualcode.domain.pattern import Expected, Prediction
from qualcode.errors import NotFound
from qualcode.services import history
from qualcode.services.study import Study
from qualcode.store import patterns, people
from tests.store.samples import FEAR, add_document, content, put

LINK = Prediction("north", Expected.PRESENT, "fear", "leads-to", "old-goods")
CODE = Prediction("south", Expected.LESS, "haste")


def registered(study: Study) -> None:
    with study.write("pattern", "registered") as unit:
        patterns.add(unit, "loop", {"en": "Fear buys old."}, [LINK, CODE])
        patterns.add(unit, "rival", {}, [CODE])


def test_patterns_and_predictions_are_read_back_in_order(study: Study) -> None:
    registered(study)
    with study.store.read() as connection:
        loop, rival = patterns.listing(connection)
    assert (loop.id, loop.text, loop.predictions, loop.coder) == (
        "loop",
        {"en": "Fear buys old."},
        (LINK, CODE),
        "ada",
    )
    assert (rival.id, rival.predictions) == ("rival", (CODE,))


def test_undo_takes_a_pattern_away_and_redo_brings_it_back(study: Study) -> None:
    empty = content(study)
    registered(study)
    full = content(study)
    history.undo(study)
    assert content(study) == empty
    history.redo(study)
    assert content(study) == full


def test_an_unknown_code_stores_nothing(study: Study) -> None:
    before = content(study)
    with pytest.raises(NotFound), study.write("pattern", "registered") as unit:
        patterns.add(unit, "loop", {}, [LINK, Prediction("north", Expected.PRESENT, "joy")])
    assert content(study) == before


def test_a_removed_pattern_takes_its_predictions_and_leaves_the_others(study: Study) -> None:
    registered(study)
    with study.write("pattern", "removed") as unit:
        patterns.remove(unit, "loop")
    assert len(content(study)["prediction"]) == 1
    with pytest.raises(NotFound, match="Did you mean rival"), study.write("pattern", "removed") as unit:
        patterns.remove(unit, "rivall")


def test_predictions_on_a_removed_case_are_left_out(study: Study) -> None:
    registered(study)
    with study.write("people", "removed") as unit:
        people.remove(unit, Entity.CASE, "south")
    with study.store.read() as connection:
        assert [item.predictions for item in patterns.listing(connection)] == [(LINK,), ()]


def test_the_first_coding_has_a_time_once_there_is_one(study: Study) -> None:
    with study.store.read() as connection:
        assert patterns.first_coding_at(connection) is None
    add_document(study, "a")
    put(study, "a", FEAR, "fear")
    with study.store.read() as connection:
        first = patterns.first_coding_at(connection)
    registered(study)
    with study.store.read() as connection:
        assert first is not None
        assert patterns.listing(connection)[0].registered_at > first
