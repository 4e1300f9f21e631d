from __future__ import annotations

import pytest

from qualcode.domain.codebook import Code, Codebook
from qualcode.nlp.terms import Source, TermIndex, in_order, pool, terms_of


def met(keyword: str, sentence: str, *others: str) -> list[tuple[str, ...]]:
    """The words of `sentence` that `keyword` meets, in a codebook that has the keywords `others` as well."""
    code = Code("c", None, {}, keywords={"nb": (keyword, *others)})
    words = sentence.split()
    terms = terms_of(codebook(code), ("nb", "nn"))
    found = TermIndex(terms).matches(words)
    return [tuple(words[place] for place in match.places) for match in found if match.term == 0]


def codebook(*codes: Code) -> Codebook:
    return Codebook("test", "1", ("nb", "en"), codes)


@pytest.mark.parametrize(
    ("keyword", "sentence", "words"),
    [
        ("risik*", "risiko og risikabelt uten restrisiko", ["risiko", "risikabelt"]),
        ("*risiko", "restrisiko er risiko men risikoen teller", ["restrisiko", "risiko"]),
        ("modig", "modig er ikke modige", ["modig"]),
        ("start-up*", "start-upene", ["start-upene"]),
    ],
)
def test_a_star_says_where_a_keyword_may_go_on_and_a_plain_one_is_the_whole_word(
    keyword: str, sentence: str, words: list[str]
) -> None:
    assert met(keyword, sentence, "noe*") == [(word,) for word in words]


def test_without_any_star_in_the_codebook_plain_keywords_bend() -> None:
    assert met("modig", "modig modige overmodige") == [("modig",), ("modige",), ("overmodige",)]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("de delte kostnadene", ("delte", "kostnadene")),
        ("delte alle store kostnader", ("delte", "kostnader")),
        ("delte alle de store kostnadene", None),
        ("kostnadene ble delte", None),
        ("delte vi delte nesten alle kostnader", ("delte", "kostnader")),
    ],
)
def test_a_phrase_is_its_words_in_order_with_two_between_at_most(
    sentence: str, words: tuple[str, ...] | None
) -> None:
    assert met("delte kostnad*", sentence) == ([words] if words else [])


def test_three_words_keep_the_gap_between_each_pair() -> None:
    assert in_order([[0], [3], [6]]) == (0, 3, 6)
    assert in_order([[0], [4], [6]]) == ()
    assert in_order([[0, 2], [4], [5]]) == (2, 4, 5)
    assert in_order([[1], [1]]) == ()


def test_norwegian_is_one_pool_and_any_other_language_its_own() -> None:
    assert pool("nn-NO") == pool("nb") == pool("no") == ("nb", "nn")
    assert pool("en-GB") == ("en",)


def test_names_and_definitions_give_their_words_but_not_the_function_words() -> None:
    code = Code("c", None, {"nb": "Tillit og mot"}, definition={"nb": "Å stole på de andre."})
    assert [(term.source, term.words) for term in terms_of(codebook(code), ("nb", "nn"))] == [
        (Source.NAME, ("tillit",)),
        (Source.DEFINITION, ("stole",)),
    ]


def test_a_word_that_bokmål_and_nynorsk_share_is_one_term() -> None:
    code = Code("c", None, {"nb": "Frist", "nn": "Frist"}, keywords={"nb": ("frist*",), "nn": ("frist*",)})
    assert len(terms_of(codebook(code), ("nb", "nn"))) == 2


def test_a_code_without_words_in_the_language_lends_the_others() -> None:
    english = Code("e", None, {"en": "Trust"})
    both = Code("b", None, {"en": "Courage", "nb": "Motstand"})
    assert [term.words for term in terms_of(codebook(english, both), ("nb", "nn"))] == [("trust",), ("motstand",)]


def test_families_that_are_not_assignable_and_retired_codes_give_no_terms() -> None:
    family = Code("f", None, {"nb": "Barriere"}, assignable=False)
    retired = Code("r", "f", {"nb": "Frist"}, retired=True)
    assert terms_of(codebook(family, retired), ("nb", "nn")) == []


@pytest.mark.parametrize("keyword", ["", "*", " ** ", "!?", "* *"])
def test_a_keyword_without_letters_meets_nothing(keyword: str) -> None:
    assert met(keyword, "hva som helst") == []


def test_a_function_word_of_the_text_is_no_form_of_another_word() -> None:
    assert met("helse", "helst helsen") == [("helsen",)]
