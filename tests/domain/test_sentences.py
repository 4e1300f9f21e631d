from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.sentences import LONGEST, sentences


def parts(text: str, language: str = "nb") -> list[str]:
    return [text[span.start : span.end] for span in sentences(text, 0, len(text), language)]


@pytest.mark.parametrize(
    "text",
    [
        "Vi fikk f.eks. Trondheim med.",
        "Det gjelder bl.a. Nav og Husbanken.",
        "Vi møttes Kl. Ti på torget.",
        "Det følger av loven, jf. Forskriften og § 3. Ledd to.",
        "Det var den 3. Mai.",
        "Hun spurte dr. Berg om det.",
        "Jeg snakket med J. R. Vik om det.",
        "Det var 2.5 millioner og klokka 10.30 eller så.",
        "Vi ... vi prøvde.",
        "ja nei altså det var vel sånn",
        "Det skjedde.Men ikke nå.",
        "Hva da? spurte han.",
    ],
)
def test_abbreviations_ordinals_and_pauses_do_not_cut(text: str) -> None:
    assert parts(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ja. Det gikk bra! Virkelig? Ja…", ["Ja.", "Det gikk bra!", "Virkelig?", "Ja…"]),
        ("Det var i 2011. Så kom krisa.", ["Det var i 2011.", "Så kom krisa."]),
        ("Hun sa: «Kom nå!» Så gikk vi.", ["Hun sa: «Kom nå!»", "Så gikk vi."]),
        ("Hva? – Nei. (Pause) Jo.", ["Hva?", "– Nei. (Pause)", "Jo."]),
        ("Det var ... [latter] Ja. Nei.", ["Det var ... [latter]", "Ja.", "Nei."]),
        ("(Det var alt.) Vi dro.", ["(Det var alt.)", "Vi dro."]),
        ("Bygg, vei osv. Men ikke bane.", ["Bygg, vei osv.", "Men ikke bane."]),
        ("Første linje\nandre linje\n\nny paragraf", ["Første linje", "andre linje", "ny paragraf"]),
        ("Ja.\u00a0Det er «Åpent». Øya er fin.", ["Ja.", "Det er «Åpent».", "Øya er fin."]),
        ("نعم. لا أعرف.", ["نعم.", "لا أعرف."]),
    ],
)
def test_sentences_are_cut_where_a_reader_would(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "So do I. We met Dr. Vik, e.g. Monday.", ["So do I.", "We met Dr. Vik, e.g. Monday."]),
        ("en", "We were 12. Then 3. No more.", ["We were 12.", "Then 3.", "No more."]),
        ("da", "Det var den 3. Maj. Fx. Jylland.", ["Det var den 3. Maj.", "Fx. Jylland."]),
        ("sv", "Det gällde t.ex. Umeå. Bra.", ["Det gällde t.ex. Umeå.", "Bra."]),
        ("nn", "Det galdt t.d. Voss. Bra.", ["Det galdt t.d. Voss.", "Bra."]),
        ("nb-NO", "Det var f.eks. Voss. Bra.", ["Det var f.eks. Voss.", "Bra."]),
        ("no", "Det var f.eks. Voss. Bra.", ["Det var f.eks. Voss.", "Bra."]),
        ("fi", "Kyllä. Ei.", ["Kyllä.", "Ei."]),
    ],
)
def test_each_language_has_its_abbreviations(language: str, text: str, expected: list[str]) -> None:
    assert parts(text, language) == expected


def test_a_run_without_sentence_ends_is_cut_at_pauses_before_commas() -> None:
    run = "og så gikk vi videre, ja " * 12 + "# " + "og så kom de andre også, ja " * 30
    found = parts(run)
    assert len(found) > 1
    assert all(len(part) <= LONGEST for part in found)
    assert found[0].endswith("#")
    assert found[1].endswith(",")


def test_one_endless_word_stays_whole() -> None:
    assert parts("a" * 5_000) == ["a" * 5_000]


def test_only_the_range_asked_for_is_read() -> None:
    text = "I: Hei. Du der. Ja."
    assert [text[s.start : s.end] for s in sentences(text, 3, 15, "nb")] == ["Hei.", "Du der."]


ANYTHING = st.text(alphabet='aÅ 3.!?…"»«)([]–\n\u2028\u00a0f.eks kl.#,', max_size=300)


@given(ANYTHING, st.data())
def test_sentences_cover_all_words_in_order_and_never_overlap(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    found = sentences(text, start, end, data.draw(st.sampled_from(["nb", "en", "xx"])))
    low = start
    for span in found:
        assert low <= span.start < span.end <= end
        assert not text[low : span.start].strip()
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        assert "\n" not in text[span.start : span.end]
        low = span.end
    assert not text[low:end].strip()


@given(st.text(alphabet="ab, #\n", min_size=500, max_size=4_000))
def test_long_runs_are_covered_too(text: str) -> None:
    found = sentences(text, 0, len(text), "nb")
    words = "".join("".join(text[span.start : span.end].split()) for span in found)
    assert words == "".join(text.split())
