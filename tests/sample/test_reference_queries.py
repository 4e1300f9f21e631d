"""Queries on the sample study choose what a script importing only `csv` and `collections` chooses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.domain.codebook import Theme
from qualcode.domain.codebook_themes import set_theme
from qualcode.domain.coding import CodedSegment
from qualcode.errors import Message
from qualcode.services import codebooks, queries, synthesis
from qualcode.services.study import Study
from tests.sample import plain_queries
from tests.sample.plain_queries import Key
from tests.sample.study import TRANSCRIPTS, build

ROWS = plain_queries.rows_of(str(TRANSCRIPTS))


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    with build(tmp_path_factory.mktemp("sample") / "study") as study:
        yield study


def key(segment: CodedSegment) -> Key:
    coding = segment.coding
    return coding.coder, coding.document, str(segment.turn), coding.anchor.exact, coding.code or ""


def chosen(study: Study, query: str) -> Counter[Key]:
    return Counter(map(key, synthesis.gather(study, [query]).segments))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("code=barrier with code=interaction-trust", plain_queries.near(ROWS, "barrier", "interaction-trust", 0)),
        ("code=barrier within 2 turns of code=svc", plain_queries.near(ROWS, "barrier", "svc", 2)),
        ("code=interaction without code=barrier", plain_queries.without(ROWS, "interaction", "barrier")),
        (
            "code=interaction not within 0 turns of code=barrier",
            plain_queries.without(ROWS, "interaction", "barrier"),
        ),
        ("code=dampening within 4 turns after code=barrier", plain_queries.after(ROWS, "dampening", "barrier", 4)),
        (
            "(coder=anna and code=interaction) overlaps (coder=bjorn and code=interaction) and code=interaction",
            plain_queries.by_both_coders(ROWS, "interaction"),
        ),
    ],
)
def test_a_query_chooses_what_the_plain_script_does(study: Study, query: str, expected: Counter[Key]) -> None:
    assert expected, "a query that chooses nothing tests nothing"
    assert chosen(study, query) == expected


def test_one_changed_reference_row_is_seen(study: Study) -> None:
    moved = [dict(row) for row in ROWS]
    once = next(row for row in moved if plain_queries.is_of(row, "interaction-trust"))
    once["code_id"] = "model-facilitator"
    assert chosen(study, "code=interaction-trust") != Counter(
        plain_queries.key(row) for row in moved if plain_queries.is_of(row, "interaction-trust")
    )


def test_a_theme_that_is_a_saved_query_counts_what_the_same_filter_chooses(study: Study) -> None:
    expected = plain_queries.near(ROWS, "barrier", "interaction", 0)
    queries.save(study, "between", "code=barrier with code=interaction")
    between = Theme("theme-between", {"nb": "Mellom"}, query="between")
    codebooks.change(study, Message("x"), lambda codebook: set_theme(codebook, between))
    (total,) = synthesis.matrix(study, "document", "theme-between").matrix.column_totals
    assert Counter(map(key, total.codings)) == expected
    assert chosen(study, "@between") == expected


def test_the_plain_script_imports_nothing_but_csv_and_collections() -> None:
    source = Path(plain_queries.__file__).read_text(encoding="utf-8")
    imports = [line for line in source.splitlines() if line.startswith(("import ", "from "))]
    assert imports == ["import csv", "from collections import Counter"]
