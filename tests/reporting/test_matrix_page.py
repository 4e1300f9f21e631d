from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from qualcode.domain.matrix import CellKind, Column, Matrix, Row, pivot
from qualcode.i18n import set_language
from qualcode.reporting.heading import Heading
from qualcode.reporting.matrix_page import matrix_html
from qualcode.reporting.quote import Quotes
from tests.reporting.samples import segment

VOID = {"meta", "br", "link", "img", "input", "hr"}


class Outline(HTMLParser):
    """Tags with their attributes and texts; fails on a tag that is closed out of turn."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[str] = []
        self.feed(content.decode())
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.texts.append((self._open[-1] if self._open else "", data))

    def values(self, attribute: str) -> list[str]:
        return [attrs[attribute] or "" for _, attrs in self.tags if attribute in attrs]

    def of(self, tag: str) -> list[str]:
        return [text for inside, text in self.texts if inside == tag]


@pytest.mark.parametrize("kind", CellKind)
def test_every_link_leads_somewhere_on_the_page(
    matrix: Matrix, heading: Heading, quotes: Quotes, kind: CellKind
) -> None:
    outline = Outline(matrix_html(matrix, kind, heading, quotes))
    ids = outline.values("id")
    assert len(ids) == len(set(ids))
    targets = outline.values("href")
    assert targets
    assert {target[1:] for target in targets} <= set(ids)
    assert all(target.startswith("#") for target in targets)


def test_a_number_opens_its_quotes_with_document_turn_and_informant(
    matrix: Matrix, heading: Heading, quotes: Quotes
) -> None:
    page = matrix_html(matrix, CellKind.INFORMANTS, heading, quotes).decode()
    assert '<a href="#cell-0-0" title="Ferry &lt;b&gt;, Risk: 2 informants, 2 segments">2</a>' in page
    section = page[page.index('<section class="cell" id="cell-0-0">') :]
    section = section[: section.index("</section>")]
    assert section.count("<blockquote") == 2
    assert "<p>d1 · turn 1 · I1 · labelled Kari · A</p>" in section
    assert "<p>Barrier › Risk (−1) · anna</p><p>Barrier › Risk (+1) · bjorn</p>" in section


def test_a_cell_without_codings_is_said_to_be_not_mentioned(matrix: Matrix, heading: Heading) -> None:
    page = matrix_html(matrix, CellKind.INFORMANTS, heading).decode()
    dot = '<span aria-hidden="true">·</span><span class="spoken">not mentioned</span></td>'
    assert page.count(dot) == 3
    assert 'id="cell-1-0"' not in page


def test_nothing_hostile_reaches_the_page(matrix: Matrix, heading: Heading, quotes: Quotes) -> None:
    for kind in CellKind:
        content = matrix_html(matrix, kind, heading, quotes)
        outline = Outline(content)
        assert any("<script>alert('x')</script>" in quote for quote in outline.of("blockquote"))
        assert {"script", "b", "i", "img", "link", "iframe"}.isdisjoint(tag for tag, _ in outline.tags)
        assert not re.search(rb"[\x00-\x08\x0b-\x1f\x7f]", content)
        assert "\u202e" not in content.decode()


def test_the_page_asks_for_nothing_outside_itself(matrix: Matrix, heading: Heading, quotes: Quotes) -> None:
    page = matrix_html(matrix, CellKind.INFORMANTS, heading, quotes).decode()
    assert not re.search(r"https?:|url\(|@import|src=", page)
    style = page[page.index("<style>") + 7 : page.index("</style>")]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"content=\"default-src 'none'; style-src 'sha256-{digest}'\"" in page
    assert ' style="' not in page


def test_words_held_back_are_nowhere_on_the_page(matrix: Matrix, heading: Heading, quotes: Quotes) -> None:
    known = {uid: quote for uid, quote in quotes.items() if uid != "a"}
    for kind in CellKind:
        page = matrix_html(matrix, kind, heading, known).decode()
        assert "alert" not in page
        assert "The words are held back." in page


def test_the_heading_says_study_coders_filter_privacy_and_what_is_left_out(
    matrix: Matrix, heading: Heading
) -> None:
    outline = Outline(matrix_html(matrix, CellKind.INFORMANTS, heading))
    assert outline.of("h1") == ["Barriers & cases"]
    assert outline.of("dt") == [
        *("Study", "Coders", "Filter", "Each cell", "In all"),
        *("Outside the table", "Without a case", "Without an informant"),
    ]
    assert outline.of("dd") == [
        *("Study <i>", "anna, bjorn", "side:demand", "distinct informants"),
        "2 informants, 3 segments, 1 case, 4 codings",
    ]
    assert "Privacy class: yellow (internal)" in outline.of("p")
    assert {"#no-row", "#no-case", "#no-informant"} <= set(outline.values("href"))


def test_headers_are_tied_to_their_rows_and_columns(matrix: Matrix, heading: Heading) -> None:
    outline = Outline(matrix_html(matrix, CellKind.INFORMANTS, heading))
    scopes = [attrs["scope"] for tag, attrs in outline.tags if tag == "th"]
    assert scopes == [*["colgroup"] * 2, *["col"] * 4, *["row"] * 3]
    assert outline.of("caption") == ["Barriers & cases. Each cell: distinct informants."]


def test_quotes_are_marked_with_their_language_and_the_page_with_the_screens(
    matrix: Matrix, heading: Heading, quotes: Quotes
) -> None:
    set_language("nb")
    page = matrix_html(matrix, CellKind.INFORMANTS, heading, quotes).decode()
    assert '<html lang="nb">' in page
    assert '<blockquote lang="nb">' in page


def test_a_column_total_opens_the_cells_of_its_column(matrix: Matrix, heading: Heading) -> None:
    page = matrix_html(matrix, CellKind.INFORMANTS, heading).decode()
    section = page[page.index('<section class="cell" id="column-0">') :]
    assert '<li><a href="#cell-0-0">Ferry &lt;b&gt;</a>: 2 informants, 2 segments</li>' in section


def test_valences_have_the_minus_of_print(matrix: Matrix, heading: Heading) -> None:
    assert ">−0.50</a>" in matrix_html(matrix, CellKind.VALENCE, heading).decode()


def test_a_study_without_codings_has_a_page_too(heading: Heading) -> None:
    empty = pivot([], [Row("A", "A")], lambda _: (), [Column("x", "X", frozenset("x"))])
    outline = Outline(matrix_html(empty, CellKind.INFORMANTS, heading))
    assert "nobody has coded here" in outline.of("dd")
    assert "#quotes" not in outline.values("href")


def test_many_columns_have_their_names_on_end(heading: Heading) -> None:
    columns = [Column(f"k{n}", f"K{n}", frozenset("x")) for n in range(10)]
    matrix = pivot([segment("a")], [Row("A", "A")], lambda _: ("A",), columns)
    assert b'<table class="many">' in matrix_html(matrix, CellKind.INFORMANTS, heading)
    fewer = pivot([segment("a")], [Row("A", "A")], lambda _: ("A",), columns[:9])
    assert b"<table>" in matrix_html(fewer, CellKind.INFORMANTS, heading)


def test_the_same_matrix_gives_the_same_bytes(matrix: Matrix, heading: Heading, quotes: Quotes) -> None:
    first, second = (matrix_html(matrix, CellKind.QUOTES, heading, quotes) for _ in range(2))
    assert first == second
