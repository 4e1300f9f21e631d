"""Undo in a codebook that several people edit, on both databases."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qualcode.domain import codebook_edit
from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.codebook_edit import TextPart
from qualcode.errors import Message, UndoConflict
from qualcode.services import codebooks, history
from qualcode.services.study import Study
from tests.store.conftest import Again
from tests.store.samples import content


def change(study: Study, edit: Callable[[Codebook], Codebook]) -> None:
    codebooks.change(study, Message("Codebook changed"), edit)


def define(study: Study, code: str, text: str) -> None:
    change(study, lambda book: codebook_edit.set_text(book, code, TextPart.DEFINITION, "en", text))


def add(study: Study, code: str, parent: str) -> None:
    change(study, lambda book: codebook_edit.add(book, Code(code, parent, {"en": code})))


def order(study: Study) -> list[str]:
    return [code.id for code in study.codebook.codes]


def test_a_text_is_taken_back_after_somebody_elses_edit_of_another_code(study: Study, again: Again) -> None:
    bo = again("bo")
    define(study, "fear", "Not daring")
    define(bo, "haste", "No time")
    add(bo, "blame", "barrier")
    assert study.codebook["fear"].definition == {"en": "Not daring"}
    history.undo(study)
    for seen in (study, bo):
        assert seen.codebook["fear"].definition == {}
        assert seen.codebook["haste"].definition == {"en": "No time"}
    history.redo(study)
    assert bo.codebook["fear"].definition == {"en": "Not daring"}
    assert [str(history.undo(bo)) for _ in range(2)] == ["Codebook changed"] * 2
    assert "blame" not in study.codebook


def test_a_code_is_taken_back_after_somebody_elses_code_before_and_behind_it(study: Study, again: Again) -> None:
    bo = again("bo")
    add(study, "blame", "barrier")
    add(bo, "gain", "effect")
    add(bo, "cost", "barrier")
    assert order(study) == ["barrier", "fear", "haste", "blame", "cost", "effect", "old-goods", "nothing", "gain"]
    history.undo(study)
    assert order(bo) == ["barrier", "fear", "haste", "cost", "effect", "old-goods", "nothing", "gain"]
    history.undo(bo)
    history.undo(bo)
    assert order(study) == ["barrier", "fear", "haste", "effect", "old-goods", "nothing"]


def test_a_code_that_was_shifted_since_it_was_added_is_taken_back(study: Study, again: Again) -> None:
    add(study, "gain", "effect")
    add(again("bo"), "blame", "barrier")
    history.undo(study)
    assert order(study) == ["barrier", "fear", "haste", "blame", "effect", "old-goods", "nothing"]


def test_a_colour_is_taken_back_though_its_row_was_shifted(study: Study, again: Again) -> None:
    change(study, lambda book: codebook_edit.recolor(book, "nothing", "#112233"))
    add(again("bo"), "blame", "barrier")
    history.undo(study)
    assert study.codebook["nothing"].color is None
    assert order(study)[3] == "blame"


def test_the_same_text_changed_since_is_a_conflict_still(study: Study, again: Again) -> None:
    define(study, "fear", "Not daring")
    define(again("bo"), "fear", "Afraid of blame")
    before = content(study)
    with pytest.raises(UndoConflict):
        history.undo(study)
    assert content(study) == before


def test_a_code_that_somebody_has_described_since_is_not_taken_away(study: Study, again: Again) -> None:
    add(study, "blame", "barrier")
    define(again("bo"), "blame", "Whose fault it is")
    with pytest.raises(UndoConflict):
        history.undo(study)
    assert study.codebook["blame"].definition == {"en": "Whose fault it is"}


def test_alone_undo_brings_back_every_row_exactly(study: Study) -> None:
    before = content(study)
    add(study, "blame", "barrier")
    after = content(study)
    history.undo(study)
    assert content(study) == before
    history.redo(study)
    assert content(study) == after
