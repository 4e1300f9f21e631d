from __future__ import annotations

import pytest

from qualcode.domain.reading import Imported
from qualcode.errors import BadInput
from qualcode.formats.srt import read


def imported(text: str) -> Imported:
    return read(text.encode(), name="a.srt")


def turns(found: Imported) -> list[tuple[str, int | None, int | None, str]]:
    return [(t.speaker, t.start_ms, t.end_ms, found.text[t.body_start : t.end]) for t in found.turns]


def test_labels_become_turns_over_consecutive_cues() -> None:
    found = imported(
        "1\n00:00:00,500 --> 00:00:02,000\nHEGE: Hei.\n\n2\n00:00:02,000 --> 00:00:04,000\nSkal vi?\n\n"
        "3\n00:00:04.000 --> 01:00:05.250\nPER: Ja.\n\n4\n01:00:05,250 --> 01:00:06,000\nHEGE: Fint.\n\n"
        "5\n01:00:06,000 --> 01:00:07,000\nPER: Mm.\n"
    )
    assert turns(found) == [
        ("HEGE", 500, 4_000, "Hei. Skal vi?"),
        ("PER", 4_000, 3_605_250, "Ja."),
        ("HEGE", 3_605_250, 3_606_000, "Fint."),
        ("PER", 3_606_000, 3_607_000, "Mm."),
    ]
    assert found.text.startswith("HEGE: Hei. Skal vi?\n\nPER: Ja.\n\n")


def test_blank_lines_empty_cues_and_missing_numbers_lose_nothing() -> None:
    found = imported(
        "1\n00:00:00,000 --> 00:00:01,000\nen\n\nto i 2019\n\n00:00:01,000 --> 00:00:02,000\n\n"
        "3\n00:00:02,000 --> 00:00:03,000\ntre\n4\n00:00:03,000 --> 00:00:04,000\nfire"
    )
    assert found.text == "en to i 2019\n\ntre\n\nfire\n"


def test_markup_of_players_is_no_text() -> None:
    found = imported('1\n00:00:00,000 --> 00:00:01,000\n{\\an8}<font color="#fff"><i>Ja</i></font> &amp; nei\n')
    assert found.text == "Ja & nei\n"


def test_a_broken_time_costs_no_words() -> None:
    found = imported("1\n00:00:00,000 --> 00:00:0x,000\nen\n\n2\n00:00:01,000 --> 00:00:02,000\nto\n")
    assert found.text == "en\n\nto\n"
    assert "without readable times: 1, the first is cue 1 on line 2" in str(found.warnings[0])


def test_words_above_the_first_cue_are_left_out_and_said_so() -> None:
    found = imported("Laget av noen\n\n1\n00:00:00,000 --> 00:00:01,000\nen\n")
    assert found.text == "en\n"
    assert "above the first cue" in str(found.warnings[0])


def test_other_encodings_are_read_as_text_files_are() -> None:
    content = "1\r\n00:00:00,000 --> 00:00:01,000\r\nblåbær\r\n".encode("cp1252")
    found = read(content, name="a.srt")
    assert (found.text, found.encoding, found.newline) == ("blåbær\n", "cp1252", "crlf")


@pytest.mark.parametrize("text", ["1\nhei\n", "hei", "1\n00:00:00,000 --> 00:00:01,000\n\n"])
def test_a_file_without_cues_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="no cues"):
        imported(text)
