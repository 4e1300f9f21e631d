"""`read`: everything a screen reader's user needs is plain lines and typed answers, and what is put is stored."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from qualcode.cli.app import qualcode_group
from qualcode.services import coding, marking, memos
from qualcode.services.study import Study, open_study
from tests.services.small_study import build


@pytest.fixture
def study(tmp_path: Path) -> Path:
    build(tmp_path / "study").close()
    return tmp_path / "study"


def read(folder: Path, *answers: str, document: str = "first", turn: int | None = 2) -> list[str]:
    arguments = ["--study", str(folder), "--coder", "anna", "read", document]
    if turn is not None:
        arguments += ["--turn", str(turn)]
    result = CliRunner().invoke(qualcode_group, arguments, input="\n".join([*answers, "x"]) + "\n")
    assert result.exception is None, result.output
    return result.output.splitlines()


def opened(folder: Path) -> Study:
    return open_study(folder, coder="anna")


def test_a_turn_is_told_sentence_by_sentence(study: Path) -> None:
    lines = read(study)
    assert lines[:4] == [
        "first: 4 turns. Type ? for what you can do.",
        "Turn 2 of 4, Åse",
        "1. Cafe\u0301en var stengt 😀, så vi rodde.",
        "2. Ja. =Det var «fint».",
    ]


def test_a_few_letters_put_a_code_on_a_sentence_and_on_several(study: Path) -> None:
    read(study, "1 joy", "1-2 boat")
    with opened(study) as after:
        found = [(item.coding.anchor.exact, item.coding.code) for item in coding.of_document(after, "first")]
    assert found == [
        ("Cafe\u0301en var stengt 😀, så vi rodde.", "joy"),
        ("Cafe\u0301en var stengt 😀, så vi rodde. Ja. =Det var «fint».", "boat"),
    ]


def test_where_several_codes_fit_one_is_chosen_by_number_or_none(study: Path) -> None:
    assert "Nothing is put." in "\n".join(read(study, "1 f", ""))
    with opened(study) as after:
        assert coding.of_document(after, "first") == []
    read(study, "1 f", "1")
    with opened(study) as after:
        assert len(coding.of_document(after, "first")) == 1


def test_a_coding_is_qualified_given_a_memo_deleted_and_brought_back(study: Path) -> None:
    lines = read(study, "1 joy", "q 1 valence=-1", "m 1 husk dette", "d 1", "l", "u", "l")
    assert "Nothing is coded here." in lines
    with opened(study) as after:
        (segment,) = coding.of_document(after, "first")
        assert segment.coding.qualifiers == {"valence": "-1"}
        assert [memo.text for memo in memos.of_target(after, segment.coding.uid)] == ["husk dette"]


def test_finding_going_and_passing_move_and_the_place_is_kept(study: Path) -> None:
    lines = read(study, "f redd", "g 1", "b", "p")
    assert "Turn 4 of 4, Åse" in lines
    assert "There is no turn 0 here. Turns go from 1." in lines
    with opened(study) as after:
        assert marking.passed_turns(after, "first") == {1}
    assert read(study, turn=None)[1] == "Turn 2 of 4, Åse"


def test_what_is_wrong_is_one_line_and_the_reading_goes_on(study: Path) -> None:
    lines = read(study, "zz", "9 joy", "1 xqz", "d 3", "q 1", "u")
    assert "zz means nothing here; ? lists what does." in lines
    assert "This turn has no sentences 9 to 9. It has 2." in lines
    assert "There is no coding 3 here. `l` lists them." in lines
    assert lines[-1] == "> x"


def test_a_hostile_text_reaches_the_terminal_as_symbols(study: Path, tmp_path: Path) -> None:
    from qualcode.services import importing

    hostile = tmp_path / "hostile.txt"
    hostile.write_text("A: Hei \x1b[2Jder \u202esnudd.\n\nA: Ja.\n", encoding="utf-8")
    with opened(study) as before:
        importing.import_files(before, [hostile])
    told = "\n".join(read(study, document="hostile", turn=1))
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert "␛[2Jder" in told


def test_a_study_is_left_as_it_was_by_reading_alone(study: Path) -> None:
    twin = study.with_name("twin")
    shutil.copytree(study, twin)
    read(study, "", "", "a", "?")
    with opened(study) as after, opened(twin) as before:
        assert coding.everything(after) == coding.everything(before)
