from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.sentences import sentences
from qualcode.domain.suggestion import Proposal, SourceText
from qualcode.domain.transcript import Turn
from qualcode.nlp.lexicon import LexiconSuggester

FAMILY = Code("barrier", None, {"nb": "Barriere", "en": "Barrier"}, assignable=False)
TRUST = Code(
    "trust",
    "barrier",
    {"nb": "Tillit", "nn": "Tillit", "en": "Trust"},
    definition={"nb": "Partene stoler på hverandre.", "en": "The parties rely on each other."},
    keywords={"nb": ("stol* på", "mistillit*"), "nn": ("lit* på",), "en": ("rely on", "distrust*")},
)
SKILL = Code("skill", "barrier", {"nb": "Kompetanse", "en": "Skill"}, keywords={"nb": ("*kompetanse", "kunnskap*")})
BUYING = Code("buying", "skill", {"nb": "Innkjøpsfag"}, keywords={"nb": ("innkjøpskompetanse*", "anbudsfag*")})
TIME = Code("time", "barrier", {"nb": "Tidsnød"}, keywords={"nb": ("frist*", "hastverk*"), "nn": ("hastverk*",)})
OLD = Code("old", "barrier", {"nb": "Frister"}, keywords={"nb": ("frist*",)}, retired=True)
BOOK = Codebook("test", "1", ("nb", "nn", "en"), (FAMILY, TRUST, SKILL, BUYING, TIME, OLD))


def interview(document: str, *lines: str, language: str = "nb") -> SourceText:
    """A transcript of `label: words` lines; the label I is the interviewer's."""
    text, turns = "", list[Turn]()
    for number, line in enumerate(lines, start=1):
        label = line.split(": ", 1)[0]
        start = len(text)
        turns.append(Turn(number, start, start + len(label) + 2, start + len(line), label))
        text += line + "\n\n"
    return SourceText(document, 1, text, language, turns, [turn for turn in turns if turn.speaker != "I"])


def suggest(*texts: SourceText, codebook: Codebook = BOOK) -> list[Proposal]:
    return list(LexiconSuggester().suggest(codebook, texts))


def codes(*lines: str, language: str = "nb") -> list[str]:
    return [proposal.code for proposal in suggest(interview("d", *lines, language=language))]


def words_of(proposal: Proposal) -> list[str]:
    return [
        word
        for part in proposal.reason.params.values()
        for shown in part.split(", ")
        for word in shown.split(" … ")
    ]


@pytest.mark.parametrize(
    ("language", "line", "expected"),
    [
        ("nb", "Vi satt på stolene.", []),
        ("nb", "Vi stoler ikke på dem.", ["trust"]),
        ("nb", "Det var mye mistillit.", ["trust"]),
        ("nb", "Tilliten forsvant.", ["trust"]),
        ("nb", "Tilfellet var et annet.", []),
        ("nb", "Fristene var korte.", ["time"]),
        ("nn", "Me kunne lite på dei, men lit på oss.", ["trust"]),
        ("nn", "Det var tillitsfullt.", ["trust"]),
        ("nn", "Alt var hastverksarbeid og fristane korte.", ["time"]),
        ("nn", "Me var fristilte.", ["time"]),
        ("nn", "Leiaren kom frå Lillehammer.", []),
        ("en", "We could rely wholly on them.", ["trust"]),
        ("en", "Rely on them? They were distrustful.", ["trust"]),
        ("en", "They trusted us.", ["trust"]),
        ("en", "It was a truss bridge.", []),
        ("en", "Frist is a word of Norwegian.", ["time"]),
        ("sv", "Det var hastverk.", ["time"]),
    ],
)
def test_a_line_gets_the_codes_whose_words_it_has(language: str, line: str, expected: list[str]) -> None:
    assert codes(f"A: {line}", language=language) == expected


def test_the_parent_is_silent_where_a_child_is_met_in_the_sentence() -> None:
    assert codes("A: Vi manglet innkjøpskompetanse.") == ["buying"]
    assert codes("A: Vi manglet fagkompetanse.") == ["skill"]
    assert codes("A: Vi manglet fagkompetanse. Og innkjøpskompetanse.") == ["skill", "buying"]


def test_nothing_is_suggested_on_the_interviewers_words() -> None:
    text = interview("d", "I: Hadde dere tillit til fristene?", "A: Ja, fristene var greie.")
    (proposal,) = suggest(text)
    assert (proposal.code, text.text[proposal.span.start : proposal.span.end]) == (
        "time",
        "Ja, fristene var greie.",
    )


def test_where_nobody_but_the_interviewer_speaks_nothing_is_suggested() -> None:
    assert codes("I: Hadde dere tillit til fristene?") == []


def test_a_text_without_turns_is_read_whole() -> None:
    note = SourceText("note", 1, "Overskrift\nFristen var for kort. Slutt.", "nb", (), ())
    (proposal,) = suggest(note)
    assert note.text[proposal.span.start : proposal.span.end] == "Fristen var for kort."


def test_families_and_retired_codes_are_never_suggested() -> None:
    found = codes("A: En barriere var fristene.", "A: Barrierer!", "A: Frister og fristbrudd.")
    assert found == ["time", "time"]


def test_neighbouring_sentences_with_one_code_are_one_suggestion_within_the_turn() -> None:
    text = interview("d", "A: Fristen kom. Fristen gikk. Så ble det stille. En frist til.", "A: Frist igjen.")
    assert [text.text[one.span.start : one.span.end] for one in suggest(text)] == [
        "Fristen kom. Fristen gikk.",
        "En frist til.",
        "Frist igjen.",
    ]


def test_a_sentence_gets_three_codes_at_most_the_best_ones() -> None:
    many = Codebook("m", "1", ("nb",), tuple(Code(f"c{n}", None, {"nb": f"Ord{n}"}) for n in range(5)))
    lines = interview("d", "A: Her er ord0 og ord1 og ord2 og ord3 og ord4.", "A: Ord0, ord1.", "A: Ord0 igjen.")
    first = [one for one in suggest(lines, codebook=many) if one.span.start == 3]
    assert [one.code for one in first] == ["c2", "c3", "c4"]


def test_the_score_follows_from_weights_and_rarity() -> None:
    text = interview("d", "A: Fristen var kort.", "A: Mer kunnskap!", "A: Takk.", "A: Kunnskapen.")
    scores = {one.code: one.score for one in suggest(text)}
    assert scores["time"] == round(1 - math.exp(-math.log(1 + 4 / 2) / 8), 6)
    assert scores["skill"] == round(1 - math.exp(-math.log(1 + 4 / 3) / 8), 6)
    assert all(one.confidence is None for one in suggest(text))


def test_a_compound_of_a_name_counts_less_than_the_name() -> None:
    whole, compound = (suggest(interview("d", f"A: {word}."))[0].score for word in ("Tilliten", "Tillitsbrudd"))
    assert compound < whole


def test_a_lone_definition_word_counts_only_for_a_code_without_keywords() -> None:
    with_keywords = Codebook("w", "1", ("nb",), (FAMILY, TRUST))
    bare = Code("bare", None, {"nb": "Tillit"}, definition=TRUST.definition)
    text = interview("d", "A: Alle partene møttes.")
    assert suggest(text, codebook=with_keywords) == []
    (proposal,) = suggest(text, codebook=Codebook("b", "1", ("nb",), (bare,)))
    assert str(proposal.reason) == "partene (definition)"


def test_a_lone_word_of_a_longer_name_counts_only_for_a_code_without_keywords() -> None:
    names = {"nb": "Bruker av bygget"}
    lone = interview("d", "A: De lengst oppe så bygget.")
    both = interview("d", "A: Brukerne så bygget.")
    bare = Codebook("b", "1", ("nb",), (Code("users", None, names),))
    with_keywords = Codebook("k", "1", ("nb",), (Code("users", None, names, keywords={"nb": ("beboer*",)}),))
    assert [str(one.reason) for one in suggest(lone, codebook=bare)] == ["bygget (name)"]
    assert suggest(lone, codebook=with_keywords) == []
    assert [str(one.reason) for one in suggest(both, codebook=with_keywords)] == ["brukerne, bygget (name)"]


def test_the_reason_names_the_words_and_where_they_come_from() -> None:
    (proposal,) = suggest(interview("d", "A: Vi stoler nesten blindt på dem, men tilliten til partene var tynn."))
    assert str(proposal.reason) == "stoler … på (keyword); tilliten (name); partene (definition)"


def test_the_shown_words_stand_in_the_span_and_without_them_the_score_is_lower() -> None:
    lines = (
        "A: Vi stoler nesten blindt på dem, og tilliten til partene var god. Mistillit kom senere.",
        "A: Kunnskapen om frister og anbudsfag var liten.",
    )
    for proposal in suggest(text := interview("d", *lines)):
        quote = text.text[proposal.span.start : proposal.span.end]
        assert words_of(proposal)
        bare = text.text
        for word in words_of(proposal):
            assert word in quote.lower()
            at = bare.lower().index(word, proposal.span.start)
            bare = bare[:at] + "x" * len(word) + bare[at + len(word) :]
        without = SourceText("d", 1, bare, "nb", text.turns, text.spoken)
        scores = [
            one.score for one in suggest(without) if one.code == proposal.code and one.span.overlaps(proposal.span)
        ]
        assert max(scores, default=0.0) < proposal.score


def test_the_same_study_gives_the_same_suggestions_in_the_same_order() -> None:
    texts = [
        interview("b", "A: Fristene og tilliten. Kunnskap!", "A: Hastverk. Mistillit til partene."),
        interview("a", "A: Me lit på dei. Hastverk.", language="nn"),
    ]
    first = suggest(*texts)
    assert first == suggest(*texts)
    assert [one.document for one in first] == sorted((one.document for one in first), reverse=True)
    assert [one.span.start for one in first if one.document == "b"] == sorted(
        one.span.start for one in first if one.document == "b"
    )


def test_one_document_is_weighed_over_the_study_that_was_learned() -> None:
    texts = [interview("a", "A: Fristen."), interview("b", "A: Tilliten.", "A: Fristen.")]
    of_the_study = [one for one in suggest(*texts) if one.document == "a"]
    suggester = LexiconSuggester()
    suggester.learn(texts, (), ())
    assert list(suggester.suggest(BOOK, texts[:1])) == of_the_study
    assert suggest(texts[0]) != of_the_study


def test_a_text_that_changed_after_learning_is_read_as_it_is_now() -> None:
    suggester = LexiconSuggester()
    suggester.learn([interview("a", "A: Fristen.")], (), ())
    found = list(suggester.suggest(BOOK, [interview("a", "A: Kunnskapen.")]))
    assert [one.code for one in found] == ["skill"]


def test_an_empty_study_and_an_empty_codebook_give_nothing() -> None:
    assert suggest() == []
    assert suggest(SourceText("d", 1, "", "nb", (), ())) == []
    assert suggest(interview("d", "A: Fristen."), codebook=Codebook("e", "1", ("nb",), ())) == []


LINE = st.lists(
    st.sampled_from(
        (
            "Fristen",
            "tilliten",
            "kunnskap.",
            "Ja!",
            "…",
            "Og\nså",
            "stoler",
            "på",
            "\x1b[2J",
            "😀",
            "«hastverk»",
            "{x}",
        )
    ),
    min_size=1,
    max_size=25,
).map(" ".join)


@given(st.lists(LINE.map("A: {}".format) | LINE.map("I: {}".format), max_size=6))
@settings(max_examples=60, deadline=None)
def test_every_span_lies_in_a_spoken_turn_and_keeps_sentence_bounds(lines: list[str]) -> None:
    text = interview("d", *lines)
    for proposal in suggest(text):
        (turn,) = (one for one in text.spoken if one.body and one.body.encloses(proposal.span))
        cut = sentences(text.text, turn.body_start, turn.end, "nb")
        assert proposal.span.start in {one.start for one in cut}
        assert proposal.span.end in {one.end for one in cut}
        assert "\n" not in str(proposal.reason)
        assert 0 < proposal.score < 1
