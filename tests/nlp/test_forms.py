from __future__ import annotations

import pytest

from qualcode.nlp.forms import FormIndex, Hit, stem


def hit(keyword: str, word: str, language: str) -> Hit | None:
    """The surest way in which `word` is a form of `keyword`."""
    index: FormIndex[str] = FormIndex(language)
    index.add(keyword, keyword)
    return max((how for _, how in index.find(word)), default=None)


INFLECTED = {
    "nb": {
        "tillit": "tilliten tillitens",
        "anbud": "anbudet anbudene anbuds",
        "gevinst": "gevinsten gevinster gevinstene",
        "møte": "møter møtet møtene møtte",
        "fag": "faget fagene",
        "program": "programmet programmer programmene",
        "regel": "reglene regler regelen",
        "middel": "midler midlene",
        "selger": "selgere selgerne selgeren",
        "kostnader": "kostnaden kostnadene",
        "planer": "planen planene",
        "modig": "modige",
    },
    "nn": {
        "teneste": "tenesta tenester tenestene",
        "leiar": "leiaren leiarar leiarane",
        "verksemd": "verksemda verksemder verksemdene",
        "krav": "krava kravet",
        "forsking": "forskinga",
        "samarbeide": "samarbeida samarbeider",
    },
    "da": {
        "udbud": "udbuddet udbuds",
        "butik": "butikken butikker butikkerne",
        "leverandør": "leverandøren leverandørerne",
    },
    "sv": {
        "upphandling": "upphandlingen upphandlingar upphandlingarna",
        "skola": "skolan skolor skolorna",
        "program": "programmet programmen",
    },
    "en": {"supplier": "suppliers", "negotiate": "negotiated negotiating", "policy": "policies"},
}
COMPOUNDS = {
    "nb": {
        "tillit": "tillitsbrudd tillitsfull",
        "anbud": "anbudsrunden minianbud",
        "gevinst": "gevinstplan kostnadsgevinsten tidsgevinster",
        "selger": "bilselgerne selgerrollen",
        "drift": "driftsbudsjett skoledriften drifts-budsjett",
        "kommune": "kommunestyret nabokommunene",
    },
    "nn": {"teneste": "tenestetilbod helsetenesta", "forsking": "forskingsmiljø grunnforskinga"},
    "sv": {"upphandling": "upphandlingsstöd direktupphandlingen"},
}
UNRELATED = {
    "nb": {
        "tillit": "tilfelle tilliggende",
        "fag": "fagott fagerlig mafag",
        "mål": "målestokk måltid formål",
        "arbeid": "samarbeid forarbeid",
        "føring": "innføring oppføring",
        "bruker": "bruk bruke brukt",
        "drift": "drit dritt adrift",
        "lag": "lage lagring anlag",
        "hav": "havn havari",
        "gevinst": "gevir vinst",
        "leder": "lede ledet kleder",
    },
    "nn": {"krav": "kravla akkurat", "leiar": "leiige leie", "tid": "tidleg alltid"},
    "en": {"supply": "supper", "procurement": "department", "contract": "subcontractor"},
    "sv": {"skola": "skold skolgård"},
}


def cases(table: dict[str, dict[str, str]]) -> list[tuple[str, str, str]]:
    return [(k, w, lang) for lang, words in table.items() for k, forms in words.items() for w in forms.split()]


@pytest.mark.parametrize(("keyword", "word", "language"), cases(INFLECTED))
def test_an_inflected_form_is_met(keyword: str, word: str, language: str) -> None:
    assert hit(keyword, word, language) is Hit.INFLECTED


@pytest.mark.parametrize(("keyword", "word", "language"), cases(COMPOUNDS))
def test_a_compound_is_met_as_one(keyword: str, word: str, language: str) -> None:
    assert hit(keyword, word, language) is Hit.COMPOUND


@pytest.mark.parametrize(("keyword", "word", "language"), cases(UNRELATED))
def test_a_word_that_only_looks_alike_is_not_met(keyword: str, word: str, language: str) -> None:
    assert hit(keyword, word, language) is None


@pytest.mark.parametrize("language", ["nb", "nn", "da", "sv", "en", "fi"])
def test_the_word_itself_is_the_surest_hit(language: str) -> None:
    assert hit("innkjøp", "innkjøp", language) is Hit.WHOLE


def test_a_language_without_a_stemmer_meets_whole_words_only() -> None:
    assert stem("hankinnat", "fi") == "hankinnat"
    assert hit("hankinta", "hankinnat", "fi") is None


def test_each_word_finds_the_items_it_belongs_to() -> None:
    index: FormIndex[int] = FormIndex("nb")
    index.add("kommune", 1)
    index.add("styre", 2)
    assert set(index.find("kommunestyrene")) == {(1, Hit.COMPOUND), (2, Hit.COMPOUND)}
    assert {item for item, _ in index.find("styret")} == {2}
