from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import BadInput, NotFound
from qualcode.services import documents
from qualcode.services.searching import Way, hits
from qualcode.services.study import Study
from tests.services.wharf import wharf


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """For reading only."""
    with wharf(tmp_path_factory.mktemp("shared")) as opened:
        yield opened


def test_a_hit_says_where_it_is_who_says_it_and_what_is_coded_there(study: Study) -> None:
    (hit,) = hits(study, "redde for å", context_chars=8)
    text = study.text("d1").text
    assert text[hit.span.start : hit.span.end] == hit.words == "redde for å"
    assert (hit.document, hit.version, hit.turn, hit.speaker, hit.informant) == ("d1", 1, 2, "Kari", "kari")
    assert (hit.before, hit.after) == (" Vi var ", " feile. ")
    assert (hit.codes, hit.score) == (("risk-fear",), None)


def test_codes_on_any_part_of_a_hit_are_named_in_codebook_order(study: Study) -> None:
    (hit,) = hits(study, "hele risikoen i A.")
    assert hit.codes == ("risk", "learning")
    assert [found.codes for found in hits(study, "året etter")] == [()]


def test_hits_come_in_order_of_documents_and_text(study: Study) -> None:
    assert [(hit.document, hit.words) for hit in hits(study, "vi")][:4] == [
        ("d1", "Vi"),
        ("d1", "vi"),
        ("d2", "Vi"),
        ("d2", "vi"),
    ]


def test_white_space_of_the_text_does_not_matter(study: Study) -> None:
    (hit,) = hits(study, "delte vi den med kommunen")
    assert hit.words == "delte vi   den\nmed kommunen"


def test_labels_are_not_searched(study: Study) -> None:
    assert hits(study, "Kari") == []
    assert hits(study, "Kari:", way=Way.EXPRESSION) == []


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        ({"in_documents": ["d1", "d3"]}, ["d1", "d1", "d3"]),
        ({"in_cases": ["B"]}, ["d2", "d2", "d2"]),
        ({"in_cases": ["C"]}, []),
        ({"by_speakers": ["Kari"]}, ["d1", "d1"]),
        ({"by_speakers": ["per", "Ola"]}, ["d2", "d2", "d3"]),
        ({"by_speakers": ["I"], "in_cases": ["B"]}, ["d2"]),
    ],
)
def test_a_search_may_keep_to_documents_cases_and_speakers(
    study: Study, where: dict[str, list[str]], expected: list[str]
) -> None:
    found = hits(study, r"\bvi\b|dere på", way=Way.EXPRESSION, **where)  # pyright: ignore[reportArgumentType]
    assert [hit.document for hit in found] == expected


def test_a_removed_document_is_not_searched(tmp_path: Path) -> None:
    with wharf(tmp_path) as study:
        documents.remove(study, "d1")
        assert {hit.document for hit in hits(study, "vi")} == {"d2", "d3"}


def test_near_hits_have_a_score(study: Study) -> None:
    (hit,) = hits(study, "leverandorene", way=Way.NEAR)
    assert hit.words == "leverandøren"
    assert hit.score == pytest.approx(88)


def test_case_matters_where_it_is_asked_for(study: Study) -> None:
    assert [hit.words for hit in hits(study, "Verdien", ignore_case=False)] == ["Verdien"]
    assert len(hits(study, "verdien")) == 2
    assert len(hits(study, "Verdien", way=Way.EXPRESSION)) == 1


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ({"in_documents": ["d9"]}, "There is no document 'd9'."),
        ({"in_cases": ["Q"]}, "There is no case 'Q'."),
        ({"by_speakers": ["Nils"]}, "Nobody called 'Nils' speaks there. There are I, Kari, Ola, Per, kari, per."),
    ],
)
def test_who_or_what_is_not_there_is_said(study: Study, where: dict[str, list[str]], said: str) -> None:
    with pytest.raises((NotFound, BadInput)) as refused:
        hits(study, "vi", **where)  # pyright: ignore[reportArgumentType] - each case gives what it needs
    assert str(refused.value).startswith(said)
