from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.cells import cell_len

from qualcode.cli.output import as_json, as_text, emit, format_of
from qualcode.domain.tabular import Table

TABLE = Table(
    headers=("code", "n", "share", "memo"),
    labels=("Kode", "Antall", "Andel", "Notat"),
    rows=[("Lock-in", 12, 0.5, "=1+1"), ("漢字 🙂", 3, None, "to\nlinjer \x1b[2J")],
    title="Koder",
    free_text=frozenset({"memo"}),
)


def test_a_table_is_aligned_by_the_width_of_its_characters_and_harmless() -> None:
    assert as_text(TABLE) == (
        "Koder\n"
        "\n"
        "Kode     Antall  Andel  Notat\n"
        "-------  ------  -----  ----------------\n"
        "Lock-in      12   0.50  =1+1\n"
        "漢字 🙂       3         to␊linjer ␛[2J\n"
    ).replace("-" * 16, "-" * cell_len("to␊linjer ␛[2J"))


@pytest.mark.parametrize("width_cells", [40, 60, 80])
def test_on_a_screen_long_texts_are_cut_and_numbers_are_not(width_cells: int) -> None:
    table = Table(("id", "text", "n"), [("a", "sitat " * 40, 1234567), ("b", "漢字" * 40, 1)])
    lines = as_text(table, width_cells=width_cells).splitlines()
    assert max(map(cell_len, lines)) <= width_cells
    assert lines[2].endswith("…  1234567")
    assert "…" in lines[3]


def test_on_a_screen_what_is_typed_again_is_never_cut() -> None:
    table = Table(("id", "title", "n"), [("oppdiktet-a1-behovseier", "Intervju med behovseieren", 1)])
    row = as_text(table, width_cells=40).splitlines()[2]
    assert row == "oppdiktet-a1-behovseier  Intervju me…  1"
    assert as_text(table, width_cells=30).splitlines()[2] == "oppdiktet-a1-behovseier  Intervj…  1"


def test_on_a_screen_several_ids_stand_below_each_other() -> None:
    table = Table(
        ("file", "document", "cases", "n"),
        [("oppdiktet-a1-behovseier.txt", "oppdiktet-a1-behovseier", ("north", "south-east", "b"), 7)],
    )
    assert as_text(table, width_cells=49).splitlines()[2:] == [
        "oppdikt…  oppdiktet-a1-behovseier  north|       7",
        "                                   south-east|",
        "                                   b",
    ]


def test_on_a_screen_texts_that_are_asked_for_take_several_lines_and_lose_nothing() -> None:
    rows = [("a", "velger det trygge og kjente", 1), ("b", "kort", 2), ("c", "漢字漢字漢字漢字漢字漢字", 3)]
    table = Table(("id", "text", "n"), rows, labels=("Id", "Tekst", "Antall"))
    assert as_text(table, width_cells=30, whole={"text"}) == (
        "Id  Tekst               Antall\n"
        "--  ------------------  ------\n"
        "a   velger det trygge        1\n"
        "    og kjente\n"
        "b   kort                     2\n"
        "c   漢字漢字漢字漢字漢       3\n"
        "    字漢字\n"
    )


def test_on_a_screen_too_narrow_for_the_table_words_of_whole_texts_are_kept() -> None:
    table = Table(("label", "n"), [("Organisatorisk forankring", 123456)])
    assert as_text(table, width_cells=12, whole={"label"}).splitlines()[2:] == [
        "Organisatorisk  123456",
        "forankring",
    ]
    assert as_text(table, width_cells=12).splitlines()[2] == "Organis…  123456"


def test_into_a_pipe_nothing_is_cut(capfd: pytest.CaptureFixture[str]) -> None:
    emit(Table(("text",), [("sitat " * 100,)]))
    assert "sitat " * 99 in capfd.readouterr().out


def test_csv_has_stable_headers_and_guards_free_text_alone(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    emit(
        Table(
            ("code", "memo"),
            [("-x", "=1+1"), ("å", 'a "b"')],
            labels=("Kode", "Notat"),
            free_text=frozenset({"memo"}),
        ),
        "csv",
    )
    assert capfdbinary.readouterr().out.decode() == 'code,memo\r\n-x,\'=1+1\r\nå,"a ""b"""\r\n'


def test_json_keeps_types_and_letters() -> None:
    text = as_json(Table(("navn", "n", "delt", "ja"), [("Åse", 1, ("a", "b"), True), ("", None, (), False)]))
    assert json.loads(text) == [
        {"navn": "Åse", "n": 1, "delt": ["a", "b"], "ja": True},
        {"navn": "", "n": None, "delt": [], "ja": False},
    ]
    assert "Åse" in text
    assert as_json(Table(("navn",), [])) == "[]\n"


def test_a_file_gets_the_whole_table_and_stdout_nothing(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    emit(Table(("text",), [("x" * 500,)]), "table", tmp_path / "ut.txt")
    assert "x" * 500 in (tmp_path / "ut.txt").read_text(encoding="utf-8")
    said = capfd.readouterr()
    assert (said.out, said.err) == ("", f"{tmp_path / 'ut.txt'} is written.\n")


def test_on_a_narrow_screen_labels_of_numbers_wrap_before_texts_are_cut() -> None:
    table = Table(("a", "b", "c"), [("a long name", 1, 22)], labels=("", "two words", "three more words"))
    assert as_text(table).splitlines()[0] == "             two words  three more words"
    assert as_text(table, width_cells=26) == (
        "                     three\n"
        "               two    more\n"
        "             words   words\n"
        "-----------  -----  ------\n"
        "a long name      1      22\n"
    )
    assert as_text(table, width_cells=20).splitlines()[-1] == "a long …      1     22"


def test_marks_among_numbers_stand_where_numbers_stand() -> None:
    table = Table(("row", "n"), [("a", 12), ("b", "·")], numeric=frozenset({"n"}))
    assert as_text(table).splitlines()[2:] == ["a    12", "b     ·"]


def test_what_is_undefined_is_a_dash_nan_or_null() -> None:
    table = Table(("c",), [(float("nan"),), (0.5,)])
    assert as_text(table).splitlines()[2:] == ["   –", "0.50"]
    assert json.loads(as_json(table)) == [{"c": None}, {"c": 0.5}]


@pytest.mark.parametrize(
    ("asked", "file", "expected"),
    [
        (None, None, "table"),
        (None, "x.csv", "csv"),
        (None, "x.HTML", "html"),
        (None, "x.doc", "table"),
        ("json", "x.csv", "json"),
    ],
)
def test_the_ending_of_the_file_says_the_format_unless_one_is_asked_for(
    asked: str | None, file: str | None, expected: str
) -> None:
    assert format_of(asked, Path(file) if file else None, ("table", "csv", "json", "html")) == expected
