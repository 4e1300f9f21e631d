"""Memos on anything: found by what they are on, in order of time."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.domain import codebook_themes
from qualcode.domain.codebook import Entity, Theme
from qualcode.domain.span import occurrences
from qualcode.errors import BadInput, Message, NotFound
from qualcode.services import codebooks, coding, history, memos, people, relations
from qualcode.services.study import Study
from tests.services.furnished import furnished
from tests.services.small_study import build
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


def test_a_memo_on_a_theme_an_organisation_or_a_relation_is_named_as_it_was_asked_for(tmp_path: Path) -> None:
    with build(tmp_path / "study") as study:
        ends = (("Båten lakk", "boat"), ("redd", "fear"))
        text = study.text("first").text
        made = [coding.add(study, "first", occurrences(text, words)[0], code) for words, code in ends]
        source, target = (added.segment.coding.uid for added in made)
        uid = relations.relate(study, source, "scares", target)[0].relation.uid
        people.add(study, Entity.ORGANISATION, "yard", {})
        theme = Theme("both", {"en": "Both"}, codes=("boat", "fear"))
        codebooks.change(study, Message("Theme"), lambda book: codebook_themes.set_theme(book, theme))
        with pytest.raises(NotFound, match=r"There is no theme 'boht'\. Did you mean both"):
            memos.add(study, "theme:boht", "Tanke")
        for on in ("theme:both", "organisation:yard", f"relation:{uid[:8]}"):
            memos.add(study, on, "Tanke")
        written = memos.everything(study)
        assert memos.targets(study, written) == ["theme:both", "organisation:yard", f"relation:{uid}"]
        assert memos.of_target(study, f"relation:{uid}") == [written[2]]
        relations.remove(study, uid)
        assert memos.everything(study) == written[:2]


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
        ("relation:00000000", NotFound, "no relation '00000000'"),
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
