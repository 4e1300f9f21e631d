"""Renderings of quotes hang on a coding, one for each kind and language."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.domain.rendering import RenderingKind
from qualcode.errors import BadInput, Conflict, NotFound
from qualcode.services import coding, documents, history, quotes
from qualcode.services.study import Study
from tests.services.furnished import furnished
from tests.store.samples import FEAR, HASTE, put


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return furnished(tmp_path / "study")


def test_a_quote_may_read_otherwise_in_each_kind_and_language(study: Study) -> None:
    uid = put(study, "one", FEAR, "fear")
    english = quotes.add(study, uid[:8], RenderingKind.TRANSLATION, "en", "  We did not dare ")
    short = quotes.add(study, uid, RenderingKind.TRIMMED, "nb", "turte ikke")
    assert (english.coding, english.kind, english.language, english.text, english.coder) == (
        uid,
        "translation",
        "en",
        "We did not dare",
        "ada",
    )
    assert quotes.of_coding(study, uid) == [english, short]
    summaries = [str(entry.operation.summary) for entry in history.listing(study, limit=2)]
    assert summaries == ["Quote of one trimmed (nb)", "Quote of one translated (en)"]


def test_a_second_of_the_same_kind_and_language_is_refused_and_named(study: Study) -> None:
    uid = put(study, "one", FEAR, "fear")
    english = quotes.add(study, uid, RenderingKind.TRANSLATION, "en", "We did not dare")
    with pytest.raises(Conflict, match="has a rendering of that kind in en already") as refused:
        quotes.add(study, uid, RenderingKind.TRANSLATION, "en", "Afraid")
    assert refused.value.message.params["uid"] == english.uid[:8]
    assert quotes.edit(study, english.uid[:8], "Afraid").text == "Afraid"
    history.undo(study)
    assert quotes.of_coding(study, uid) == [english]


def test_what_says_nothing_or_hangs_on_nothing_is_refused(study: Study) -> None:
    uid = put(study, "one", FEAR, "fear")
    with pytest.raises(BadInput, match="has no words"):
        quotes.add(study, uid, RenderingKind.PARAPHRASE, "nb", " ")
    with pytest.raises(BadInput, match="'b b' is no language"):
        quotes.add(study, uid, RenderingKind.PARAPHRASE, "b b", "redd")
    with pytest.raises(NotFound, match="no coding 'nosuch'"):
        quotes.add(study, "nosuch", RenderingKind.PARAPHRASE, "nb", "redd")
    with pytest.raises(NotFound, match="no rendering 'nosuch'"):
        quotes.remove(study, "nosuch")
    assert quotes.listing(study) == []


def test_renderings_are_listed_by_place_and_go_with_a_removed_document(study: Study) -> None:
    late, early = put(study, "one", HASTE, "haste"), put(study, "one", FEAR, "fear")
    other = put(study, "two", FEAR, "fear")
    second = quotes.add(study, late, RenderingKind.TRANSLATION, "en", "Short of time")
    first = quotes.add(study, early, RenderingKind.TRANSLATION, "en", "Afraid")
    third = quotes.add(study, other, RenderingKind.TRANSLATION, "en", "Afraid too")
    assert quotes.listing(study) == [first, second, third]
    assert quotes.listing(study, "two") == [third]
    documents.remove(study, "one")
    assert quotes.listing(study) == [third]


def test_a_rendering_goes_with_its_coding_and_comes_back_with_it(study: Study) -> None:
    uid = put(study, "one", FEAR, "fear")
    english = quotes.add(study, uid, RenderingKind.TRANSLATION, "en", "Afraid")
    coding.remove(study, [uid])
    assert quotes.listing(study) == []
    history.undo(study)
    assert quotes.listing(study) == [english]
    quotes.remove(study, english.uid)
    assert quotes.of_coding(study, uid) == []
