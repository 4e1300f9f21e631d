"""The stored codebook: imported over what is there without loss, edited, and merged with its codings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qualcode.domain import codebook_edit
from qualcode.domain.codebook import Code, Codebook, Theme
from qualcode.domain.span import Span, occurrences
from qualcode.errors import BadInput, Message
from qualcode.formats.codebook_writer import write_codebook
from qualcode.services import codebooks, coding, history, memos, relations
from qualcode.services.study import Study
from tests.services.small_study import CODEBOOK, build


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with build(tmp_path / "study") as study:
        yield study


def words(study: Study, quote: str) -> Span:
    return occurrences(study.text("first").text, quote)[0]


def as_file(study: Study, codebook: Codebook) -> Path:
    assert study.folder is not None
    path = study.folder / "book.yaml"
    path.write_bytes(write_codebook(codebook))
    return path


def test_a_codebook_comes_back_from_the_database_as_it_went_in(study: Study) -> None:
    assert study.codebook == CODEBOOK


@pytest.mark.parametrize("name", ["ioa-svc", "night-handover"])
def test_the_shipped_codebooks_survive_the_database(study: Study, name: str) -> None:
    wanted, _sha256 = codebooks.read_file(codebooks.find(name))
    codebooks.import_file(study, codebooks.find(name))
    stored = study.codebook
    assert replace(stored, codes=stored.codes[: len(wanted.codes)]).codes == wanted.codes
    assert (stored.qualifiers, stored.themes, stored.questions) == (
        wanted.qualifiers,
        wanted.themes,
        wanted.questions,
    )


def test_an_import_keeps_as_retired_what_the_file_no_longer_has(study: Study) -> None:
    coding.add(study, "first", words(study, "redd"), "fear")
    fewer = replace(CODEBOOK, version="2", codes=tuple(code for code in CODEBOOK.codes if code.id != "fear"))
    result = codebooks.import_file(study, as_file(study, fewer))
    assert result.kept == ["fear"]
    assert study.codebook["fear"].retired
    assert study.codebook["fear"].parent == "feeling"
    assert [item.coding.code for item in coding.of_document(study, "first")] == ["fear"]
    with pytest.raises(BadInput, match="The code fear is retired"):
        coding.add(study, "first", words(study, "rodde"), "fear")


def test_an_import_is_taken_back_whole(study: Study) -> None:
    codebooks.import_file(study, codebooks.find("night-handover"))
    history.undo(study)
    assert study.codebook == CODEBOOK


def test_another_open_study_sees_a_change_of_the_codebook(study: Study) -> None:
    assert study.folder is not None
    from qualcode.services.study import open_study

    with open_study(study.folder, coder="bjørn") as other:
        assert "calm" not in other.codebook
        summary = Message("Code added")
        codebooks.change(
            study, summary, lambda book: codebook_edit.add(book, Code("calm", "feeling", {"en": "Calm"}))
        )
        assert other.codebook["calm"].parent == "feeling"
        assert coding.add(other, "first", words(other, "rodde"), "calm").is_new


def test_merging_moves_codings_collapses_twins_and_joins_their_memos(study: Study) -> None:
    only = coding.add(study, "first", words(study, "rodde"), "joy", memo="bare her").segment.coding
    twin = coding.add(study, "first", words(study, "redd"), "joy", memo="fra joy").segment.coding
    kept = coding.add(study, "first", words(study, "redd"), "fear", memo="fra fear").segment.coding
    moved = codebooks.merge(study, "joy", "fear")
    assert (moved.codings, moved.collapsed) == (2, 1)
    found = coding.of_document(study, "first")
    assert [(item.coding.uid, item.coding.code) for item in found] == [(only.uid, "fear"), (kept.uid, "fear")]
    assert sorted(memo.text for memo in memos.of_target(study, kept.uid)) == ["fra fear", "fra joy"]
    assert (study.codebook["joy"].retired, study.codebook["joy"].merged_into) == (True, "fear")
    assert memos.of_target(study, only.uid)[0].text == "bare her"
    history.undo(study)
    assert {item.coding.uid for item in coding.of_document(study, "first")} == {only.uid, twin.uid, kept.uid}
    assert study.codebook == CODEBOOK


def test_merging_moves_relations_and_drops_those_that_would_join_a_coding_to_itself(study: Study) -> None:
    joy = coding.add(study, "first", words(study, "redd"), "joy").segment.coding.uid
    fear = coding.add(study, "first", words(study, "redd"), "fear").segment.coding.uid
    boat = coding.add(study, "first", words(study, "Båten lakk"), "boat").segment.coding.uid
    relations.relate(study, joy, "with", fear)
    relations.relate(study, boat, "scares", joy)
    codebooks.merge(study, "joy", "fear")
    (left,) = relations.listing(study)
    assert (left.relation.source, left.relation.target) == (boat, fear)


def test_themes_follow_a_merge(study: Study) -> None:
    from qualcode.domain import codebook_themes

    theme = Theme("moods", {"en": "Moods"}, codes=("joy", "fear"))
    codebooks.change(study, Message("Theme"), lambda book: codebook_themes.set_theme(book, theme))
    codebooks.merge(study, "joy", "fear")
    assert study.codebook.themes[0].codes == ("fear",)


def test_near_names_are_found_in_every_language(study: Study) -> None:
    assert [code.id for code in codebooks.near_names(study.codebook, "glede ")] == ["joy"]
    assert codebooks.near_names(study.codebook, "Anger") == []
