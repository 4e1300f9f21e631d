from __future__ import annotations

import time
import unicodedata

import pytest

from qualcode.errors import BadInput
from qualcode.services.matching import expression_matches, ignores_case, near_matches, phrase_matches

TEXT = "Året etter ble året vårt.\nVi gikk til\n innkjøps-\nsjefen, ikke til Are. ÅRET!"


def found(text: str, words: str, *, ignore_case: bool = True) -> list[str]:
    (matches,) = phrase_matches([text], words, ignore_case=ignore_case)
    return [text[match.span.start : match.span.end] for match in matches]


def test_a_phrase_is_found_whatever_its_case_and_white_space() -> None:
    assert found(TEXT, "året") == ["Året", "året", "ÅRET"]
    assert found(TEXT, "året", ignore_case=False) == ["året"]
    assert found(TEXT, " gikk  til innkjøps- ") == ["gikk til\n innkjøps-"]


def test_å_is_not_a() -> None:
    assert found(TEXT, "are") == ["Are"]
    assert found("vår", "var") == []
    assert found("blåbær og bjørn", "bjorn") == []


def test_letters_with_marks_apart_are_the_same_letters() -> None:
    apart = unicodedata.normalize("NFD", "vår å")
    assert apart != "vår å"
    assert [unicodedata.normalize("NFC", word) for word in found(apart, "vår")] == ["vår"]
    assert found(apart, "a") == []
    assert found("vår", unicodedata.normalize("NFD", "vår")) == ["vår"]


def test_signs_of_a_phrase_stand_for_themselves() -> None:
    assert found("Er det dyrt? (ja) a+b", "(ja) a+b") == ["(ja) a+b"]
    assert found("dyrt?", "t?") == ["t?"]


@pytest.mark.parametrize("words", ["", "  ", "\n"])
def test_nothing_is_nothing_to_search_for(words: str) -> None:
    with pytest.raises(BadInput, match="Nothing to search for"):
        phrase_matches(["a"], words, ignore_case=True)
    with pytest.raises(BadInput, match="Nothing to search for"):
        near_matches(["a"], words)


def expression(texts: list[str], words: str, *, ignore_case: bool = True, time_s: float = 30) -> list[list[str]]:
    names = [f"d{number}" for number in range(len(texts))]
    matched = expression_matches(texts, names, words, ignore_case=ignore_case, time_s=time_s)
    return [
        [text[match.span.start : match.span.end] for match in matches]
        for text, matches in zip(texts, matched, strict=True)
    ]


def test_an_expression_is_matched_in_every_text_and_lines_have_ends() -> None:
    assert expression(["Ja.\nNei, ja.", "", "åh 😀 ja"], r"^ja|\bja\b") == [["Ja", "ja"], [], ["ja"]]
    assert expression(["😀 ja"], "ja", ignore_case=False) == [["ja"]]
    assert expression(["aaa"], "b*") == [[]]


def test_a_wrong_expression_says_what_and_where() -> None:
    with pytest.raises(BadInput) as refused:
        expression(["text"], "ja(")
    assert str(refused.value).startswith(
        "The expression «ja(» is wrong at character 3: missing ), unterminated sub"
    )


def test_an_expression_that_never_ends_is_stopped_and_the_text_named() -> None:
    began = time.monotonic()
    with pytest.raises(BadInput, match=r"takes too long in d1\. Repetitions inside repetitions"):
        expression(["short", "a" * 40 + "!", "short"], "(a+)+b", time_s=2)
    assert time.monotonic() - began < 20


@pytest.mark.parametrize(
    ("words", "expected"), [("ja", True), (r"\Wja\S", True), ("Ja", False), ("å|Å", False), (r"\bJ", False)]
)
def test_case_matters_in_an_expression_with_a_capital(words: str, expected: bool) -> None:
    assert ignores_case(words) is expected


def near(text: str, words: str, least: float = 80) -> list[str]:
    (matches,) = near_matches([text], words, least=least)
    return [text[match.span.start : match.span.end] for match in matches]


def test_near_is_inflected_or_misspelt() -> None:
    text = "Innkjøperen sa til inkjøper Hansen at innkjøringen og oppkjøpet var noe annet."
    assert near(text, "innkjøper") == ["Innkjøperen", "inkjøper"]
    assert near(text, "innkjøper", least=95) == []


def test_near_is_one_word_written_as_two_and_two_as_one() -> None:
    assert near("Så kom inn kjøper og sa nei.", "innkjøper") == ["inn kjøper"]
    assert near("Vi tok felles anskaffelser først.", "fellesanskaffelser") == ["felles anskaffelser"]
    assert near("Vi tok fellesanskaffelser først.", "felles anskaffelser") == ["fellesanskaffelser"]


def test_near_to_a_phrase_is_the_whole_phrase() -> None:
    text = "Det var godt samarbeid. Samarbeidet var godt."
    assert near(text, "god samarbeid") == ["godt samarbeid"]


def test_of_overlapping_near_places_the_nearest_is_given_with_its_score() -> None:
    ((match,),) = near_matches(["av det samme samme"], "det samme")
    assert (match.span.start, match.span.end, match.score) == (3, 12, 100.0)
