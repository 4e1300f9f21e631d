from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.span import Span
from qualcode.domain.transcript import Turn
from qualcode.tui.text.blocks import blocks_of
from qualcode.tui.text.units import Units

TEXT = "Intervjuer: Hva gjorde dere?\n\nKari: Vi ringte, f.eks. til Ola. Han sa «nei-takk». Ferdig."
ASKED = TEXT.index("Hva")
SAID = TEXT.index("Vi ringte")
TURNS = (Turn(1, 0, 12, 28, "Intervjuer"), Turn(2, 30, 36, len(TEXT), "Kari"))


def units(text: str = TEXT, turns: tuple[Turn, ...] = TURNS) -> Units:
    return Units(text, blocks_of(text, turns), "nb")


def words_of(span: Span | None, text: str = TEXT) -> str:
    assert span is not None
    return text[span.start : span.end]


def test_the_word_under_an_offset_else_the_next_else_the_last() -> None:
    found = units()
    assert words_of(found.word_at(SAID + 4)) == "ringte"
    assert words_of(found.word_at(TEXT.index(", f.eks"))) == "f"
    assert words_of(found.word_at(TEXT.index("nei"))) == "nei-takk"
    assert words_of(found.word_at(len(TEXT) - 1)) == "Ferdig"


def test_words_are_walked_into_the_next_turn_without_its_label() -> None:
    found = units()
    last = TEXT.index("dere")
    assert found.word_start(last, 1) == SAID
    assert found.word_start(SAID, -1) == last
    assert found.word_start(SAID + 5, -1) == SAID + 3


def test_the_ends_of_the_document_hold_the_cursor() -> None:
    found = units()
    assert found.word_start(ASKED, -1) == ASKED
    last = TEXT.index("Ferdig")
    assert found.word_start(last, 1) == last
    assert found.turn_start(last, 5) == SAID


def test_sentences_are_those_of_the_domain() -> None:
    found = units()
    assert words_of(found.sentence_at(SAID)) == "Vi ringte, f.eks. til Ola."
    assert found.sentence_start(SAID, 1) == TEXT.index("Han")
    assert found.sentence_start(TEXT.index("Han"), -1) == SAID
    assert found.sentence_start(TEXT.index("Han") + 5, -1) == TEXT.index("Han")
    assert found.sentence_start(SAID, -1) == ASKED
    assert words_of(found.next_sentence(Span(ASKED, 28))) == "Vi ringte, f.eks. til Ola."


def test_a_decomposed_letter_does_not_end_its_word() -> None:
    text = "idee\u0301 og kafe\u0301er"
    found = units(text, ())
    assert words_of(found.word_at(0), text) == "idee\u0301"
    assert words_of(found.word_at(9), text) == "kafe\u0301er"


def test_an_emoji_alone_can_be_stood_on() -> None:
    text = "ja 🙂 nei"
    found = units(text, ())
    assert found.word_start(0, 1) == 3
    assert found.word_start(3, 1) == 5


def test_an_empty_document_has_no_units() -> None:
    found = units("", ())
    assert found.word_at(0) is None
    assert found.sentence_at(0) is None
    assert found.turn_at(0) is None
    assert (found.word_start(0, 1), found.sentence_start(0, -1), found.turn_start(0, 1)) == (0, 0, 0)


@given(st.text(st.sampled_from("ab. ,\n!-🙂e\u0301"), max_size=60), st.sampled_from((1, -1)))
def test_walking_by_words_or_sentences_always_comes_to_an_end(text: str, steps: int) -> None:
    found = units(text, ())
    for move in (found.word_start, found.sentence_start):
        at = 0 if steps > 0 else max(0, len(text) - 1)
        seen: list[int] = []
        while (following := move(at, steps)) != at:
            assert (following > at) == (steps > 0)
            seen.append(at := following)
        assert len(seen) <= len(text)
