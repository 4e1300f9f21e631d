from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.turn_finding import find_turns
from qualcode.errors import BadInput
from qualcode.formats.plain_text import read


def test_text_and_labels_are_kept_as_they_are() -> None:
    imported = read("\ufeffI:  Hei!\r\n\r\nP1:\tJa…  \r\n".encode(), name="a.txt")
    assert imported.text == "I:  Hei!\n\nP1:\tJa…  \n"
    assert (imported.encoding, imported.newline) == ("utf-8", "crlf")
    assert imported.speakers == ("I", "P1")
    assert [imported.text[turn.body_start : turn.end] for turn in imported.turns] == ["Hei!", "Ja…"]


def test_offsets_count_from_the_first_word_below_the_front_matter() -> None:
    imported = read("---\nid: a\nspeakers: {Hege: h1}\n---\n\nHege: Ja 😀.\n".encode(), name="a.md")
    (turn,) = imported.turns
    assert (turn.speaker, turn.start, turn.body_start, turn.end) == ("Hege", 0, 6, 11)
    assert imported.metadata == {"id": "a", "speakers": {"Hege": "h1"}}


def test_bold_labels_of_markdown_keep_their_marks_in_the_text_alone() -> None:
    imported = read(b"**Hege:** Ja.\n\n**I:** Nei.\n\n**Hege:** Jo.\n", name="a.md")
    assert imported.speakers == ("Hege", "I")
    assert imported.text.startswith("**Hege:** Ja.")


def test_speakers_that_are_named_but_never_speak_are_reported() -> None:
    imported = read(b"---\nspeakers: {Hege: h1, Olle: o1}\n---\nHege: Ja.\n\nOle: Nei.", name="a.md")
    assert [str(warning) for warning in imported.warnings] == [
        "The front matter names speakers that never speak: Olle.",
        "Read as words of the speaker above, since they stand once: Ole.",
    ]


def test_a_text_without_speakers_has_no_turns_and_no_warning() -> None:
    imported = read("Strategien sier:\n\nVi skal kjøpe nytt.\n".encode(), name="a.txt")
    assert (imported.turns, imported.warnings) == ((), ())


def test_front_matter_without_text_is_refused() -> None:
    with pytest.raises(BadInput, match="no text"):
        read(b"---\nid: a\n---\n\n", name="a.md")


def test_the_encoding_asked_for_is_used() -> None:
    assert read("I: blåbær".encode("mac-roman"), name="a.txt", encoding="mac-roman").text == "I: blåbær"


@given(st.text(alphabet="IP: aå\n😀\u0301", max_size=80).filter(lambda text: text.strip()))
def test_turns_are_those_of_the_text_that_is_stored(text: str) -> None:
    imported = read(text.encode(), name="a.txt")
    assert imported.text == text
    assert imported.turns == find_turns(imported.text)
