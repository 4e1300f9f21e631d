from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.domain.sentences import sentences
from qualcode.domain.span import Span
from qualcode.nlp import pipelines

TEXT = "Kari: Ja, det var ca. 3 møter. Leverandøren kom 4. mai!\n\nOg så … ble det stille."


@pytest.mark.parametrize("language", ["nb", "nn", "en", "da", "sv"])
def test_each_language_of_the_study_has_a_tokenizer_of_its_own(language: str) -> None:
    assert pipelines.pipeline(language).lang == language


@pytest.mark.parametrize(
    ("tag", "lang"), [("nb-NO", "nb"), ("no", "nb"), ("EN_gb", "en"), ("zz", "xx"), ("../nb", "xx"), ("", "xx")]
)
def test_a_tag_is_read_by_its_first_part_and_the_unknown_gets_the_pipeline_for_any_language(
    tag: str, lang: str
) -> None:
    assert pipelines.pipeline(tag).lang == lang


def test_a_pipeline_is_made_once() -> None:
    assert pipelines.pipeline("nn") is pipelines.pipeline("nn-NO")


def test_sentences_are_read_within_a_turn_with_offsets_into_the_whole_text() -> None:
    body = Span(TEXT.index("Ja,"), len(TEXT))
    read = list(pipelines.read(TEXT, body, "nb"))
    assert [one.span for one in read] == sentences(TEXT, body.start, body.end, "nb")
    assert TEXT[read[1].span.start : read[1].span.end] == "Leverandøren kom 4. mai!"
    assert read[1].words == ("leverandøren", "kom", "4", "mai")


@given(st.text(alphabet='aBå .!?…\n\t\x85\u2028"»–-([1😀', max_size=80), st.sampled_from(["nb", "en", "sv"]))
@settings(max_examples=150, deadline=None)
def test_any_text_is_cut_where_the_domain_cuts_it(text: str, language: str) -> None:
    if text:
        read = [one.span for one in pipelines.read(text, Span(0, len(text)), language)]
        assert read == sentences(text, 0, len(text), language)


def test_blank_text_has_no_sentences() -> None:
    assert list(pipelines.read(" \n ", Span(0, 3), "nb")) == []


@given(st.text(alphabet='aBå .!?…\n\t\x85\u2028"»–-([1😀', max_size=80), st.sampled_from(["nb", "en", "xx"]))
@settings(max_examples=150, deadline=None)
def test_a_text_read_in_pieces_has_the_words_of_one_read_at_once(text: str, language: str) -> None:
    if text:
        at_once = list(pipelines.read(text, Span(0, len(text)), language))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(pipelines, "_PIECE", 10)
            assert list(pipelines.read(text, Span(0, len(text)), language)) == at_once
        words = [word for sentence in at_once for word in sentence.words]
        assert words == list(pipelines.words_of(text, language))


def test_a_text_longer_than_spacy_likes_is_read() -> None:
    text = "Ja. " * 260_000
    assert sum(1 for _ in pipelines.read(text, Span(0, len(text)), "nb")) == 260_000


@pytest.mark.parametrize("language", ["nb", "en", "sv", "xx"])
def test_hyphens_hold_a_word_together_and_dashes_do_not(language: str) -> None:
    assert pipelines.words_of("Win-win: start-up–selskap (klima- nå)", language) == (
        "win-win",
        "start-up",
        "selskap",
        "klima",
        "nå",
    )


def test_importing_the_layer_loads_neither_spacy_nor_the_stemmer() -> None:
    code = (
        "import sys, qualcode.nlp.lexicon, qualcode.nlp.suggesters as s; s.load('lexicon');"
        "print(sorted({'spacy', 'snowballstemmer', 'numpy'} & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
