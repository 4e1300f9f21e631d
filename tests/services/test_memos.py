"""Memos on anything: found by what they are on, in order of time."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.errors import BadInput, NotFound
from qualcode.services import coding, history, memos
from qualcode.services.study import Study
from tests.services.furnished import furnished
from tests.store.samples import FEAR


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return furnished(tmp_path / "study")


@pytest.mark.parametrize("target", ["study", "document:one", "code:fear", "case:north", "informant:kari"])
def test_a_memo_is_found_by_what_it_is_on(study: Study, target: str) -> None:
    written = memos.add(study, target, "Æ, ø, å\nog 😀")
    assert (written.text, written.coder) == ("Æ, ø, å\nog 😀", "ada")
    assert memos.of_target(study, target) == [written]
    assert memos.everything(study) == [written]


def test_memos_on_a_coding_come_in_order_of_time(study: Study) -> None:
    uid = coding.add(study, "one", FEAR, "fear", memo="Først").segment.coding.uid
    memos.add(study, uid[:8], "Så")
    study.act_as("bo")
    memos.add(study, uid, "Til slutt")
    found = [(memo.text, memo.coder) for memo in memos.of_target(study, uid)]
    assert found == [("Først", "ada"), ("Så", "ada"), ("Til slutt", "bo")]


def test_a_memo_is_changed_and_an_empty_text_deletes_it(study: Study) -> None:
    uid = memos.add(study, "study", "Kladd").uid
    memos.edit(study, uid, "Ferdig")
    assert [memo.text for memo in memos.everything(study)] == ["Ferdig"]
    memos.edit(study, uid, "  ")
    assert memos.everything(study) == []
    history.undo(study)
    assert [(memo.uid, memo.text) for memo in memos.everything(study)] == [(uid, "Ferdig")]


@pytest.mark.parametrize(
    ("target", "error", "told"),
    [
        ("code:faer", NotFound, "Did you mean fear?"),
        ("colour:red", BadInput, "'colour:red' names nothing a memo can be on."),
        ("12345678", NotFound, "no coding '12345678'"),
    ],
)
def test_a_memo_on_nothing_is_refused(study: Study, target: str, error: type[Exception], told: str) -> None:
    with pytest.raises(error, match=told):
        memos.add(study, target, "Tanke")
    assert memos.everything(study) == []


def test_an_empty_memo_is_refused(study: Study) -> None:
    with pytest.raises(BadInput, match="The memo is empty"):
        memos.add(study, "study", " \n")
    with pytest.raises(NotFound, match="no memo 'x'"):
        memos.edit(study, "x", "Tekst")
