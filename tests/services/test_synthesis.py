from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from qualcode.domain.codebook import Codebook, Entity, Theme
from qualcode.domain.coding import CodingStatus
from qualcode.domain.matrix import CellKind
from qualcode.errors import BadInput, NotFound
from qualcode.reporting.cells import cell_value
from qualcode.services import coding, documents, importing, people, synthesis
from qualcode.services.study import Study, create_study
from tests.services.wharf import codebook, empty_wharf, put, wharf


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """For reading only."""
    with wharf(tmp_path_factory.mktemp("shared")) as opened:
        yield opened


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Study]:
    """For tests that change it."""
    with wharf(tmp_path) as opened:
        yield opened


@pytest.fixture
def uncoded(tmp_path: Path) -> Iterator[Study]:
    with empty_wharf(tmp_path) as opened:
        yield opened


Numbers = list[list[object]]


def numbers(compared: synthesis.Compared) -> Numbers:
    """Per row its id and its cells; None where nothing is coded."""
    matrix = compared.matrix
    return [
        [row.id, *(cell_value(cell, compared.kind, {}) for cell in cells)]
        for row, cells in zip(matrix.rows, matrix.cells, strict=True)
    ]


def test_cases_stand_in_the_order_of_the_study_also_one_with_nothing(study: Study) -> None:
    compared = synthesis.matrix(study, "case", "family")
    assert numbers(compared) == [["A", 2, 1], ["B", 1, None], ["C", None, None]]
    assert [row.label for row in compared.matrix.rows] == ["Kai A", "=Kai B", "Kai C"]


def test_what_has_no_case_is_counted_beside_the_table(study: Study) -> None:
    """d3 is of no case; Bjørn put a code on d2, which is of two, and named none."""
    matrix = synthesis.matrix(study, "case", "family").matrix
    assert matrix.total.counts.codings == 6
    beside = [len(cell.codings) for cell in (matrix.without_row, matrix.without_case, matrix.without_informant)]
    assert beside == [2, 2, 1]


def test_two_coders_on_one_place_are_one_segment(study: Study) -> None:
    segments = synthesis.matrix(study, "case", "risk-fear", kind=CellKind.SEGMENTS)
    assert numbers(segments) == [["A", 1], ["B", None], ["C", None]]
    assert len(segments.matrix.cells[0][0].codings) == 2
    assert segments.matrix.coders == ("anna", "bjørn")


def test_valence_is_the_mean_over_coders_then_places_then_informants(study: Study) -> None:
    """Kari: (-1 and 0) and -1; Per: -1 and +1."""
    compared = synthesis.matrix(study, "side", "barrier", kind=CellKind.VALENCE)
    assert numbers(compared) == [["demand", Fraction(-3, 4)], ["supply", 0]]


def test_a_passage_on_two_cases_is_in_the_case_its_coding_names(study: Study) -> None:
    compared = synthesis.matrix(study, "case", "risk", where=["informant=per"], kind=CellKind.SEGMENTS)
    assert numbers(compared) == [["A", 1], ["B", 1], ["C", None]]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("informant", ["kari", "per", "nora"]),
        ("document", ["d1", "d2", "d3"]),
        ("side", ["demand", "supply"]),
        ("sector", ["roads", "sea"]),
        ("case.value-nok", ["900", "1200"]),
        ("organisation", ["yard"]),
        ("coder", ["anna", "bjørn"]),
        ("valence", ["-1", "0", "1"]),
        ("family", ["barrier", "value"]),
        ("code", ["risk", "risk-fear", "learning"]),
        ("speaker", ["Kari", "Ola", "Per"]),
        ("status", ["accepted"]),
    ],
)
def test_any_field_may_be_the_rows(study: Study, rows: str, expected: list[str]) -> None:
    assert [row.id for row in synthesis.matrix(study, rows, "family").matrix.rows] == expected


def test_a_row_of_a_code_holds_its_subtree_unless_exact(study: Study) -> None:
    def of_rows(exact: bool) -> Numbers:
        return numbers(synthesis.matrix(study, "code", "barrier,value", kind=CellKind.SEGMENTS, exact=exact))

    assert [row[0] for row in of_rows(exact=True)] == ["risk", "risk-fear", "learning"]
    assert of_rows(exact=False) == [["risk", 4, None], ["risk-fear", 1, None], ["learning", None, 3]]


def test_columns_are_codes_with_their_subtrees_or_alone(study: Study) -> None:
    whole = synthesis.matrix(study, "case", "code", kind=CellKind.SEGMENTS)
    assert [column.id for column in whole.matrix.columns] == ["risk", "risk-fear", "learning"]
    assert numbers(whole)[0] == ["A", 3, 1, 1]
    alone = synthesis.matrix(study, "case", "risk,learning", kind=CellKind.SEGMENTS, exact=True)
    assert numbers(alone)[0] == ["A", 2, 1]


def test_a_theme_counts_its_retired_code_too(study: Study) -> None:
    """A code may be retired after it was used."""
    compared = synthesis.matrix(study, "case", "theme", kind=CellKind.SEGMENTS)
    assert [column.label for column in compared.matrix.columns] == ["Begge", "Slitt"]
    assert numbers(compared)[0] == ["A", 4, 1]
    assert compared.matrix.columns[1].codes == {"old", "learning"}


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (["coder=bjørn"], [["A", 1, None], ["B", None, None], ["C", None, None]]),
        (["valence=-1"], [["A", 2, None], ["B", None, None], ["C", None, None]]),
        (["valence=-1", "side=supply"], [["A", 1, None], ["B", None, None], ["C", None, None]]),
        (["case!=A"], [["B", 1, None], ["C", None, None]]),
        (["sector=sea"], [["A", 2, 1], ["C", None, None]]),
        (["sector="], []),
    ],
)
def test_conditions_choose_codings_and_the_rows_they_are_about(
    study: Study, where: list[str], expected: Numbers
) -> None:
    assert numbers(synthesis.matrix(study, "case", "family", where=where)) == expected


def test_people_who_were_not_heard_on_a_case_have_no_row_when_it_is_asked_for(study: Study) -> None:
    assert numbers(synthesis.matrix(study, "informant", "risk", where=["case=B"])) == [["per", 1]]
    assert numbers(synthesis.matrix(study, "document", "risk", where=["case=B"])) == [["d2", 1]]


def test_columns_that_a_condition_rules_out_are_not_called_unmentioned(study: Study) -> None:
    matrix = synthesis.matrix(study, "case", "code", where=["code=risk"]).matrix
    assert [column.id for column in matrix.columns] == ["risk", "risk-fear"]
    assert [column.id for column in synthesis.matrix(study, where=["family=value"]).matrix.columns] == ["value"]


def test_one_coder_s_work_alone(study: Study) -> None:
    compared = synthesis.matrix(study, "case", "risk-fear", kind=CellKind.VALENCE, work_of="bjørn")
    assert numbers(compared)[0] == ["A", 0]
    assert (compared.matrix.coders, compared.heading.filter) == (("bjørn",), "coder=bjørn")
    with pytest.raises(NotFound, match="no coder 'bjorn'"):
        synthesis.matrix(study, work_of="bjorn")


def test_transposed_the_codes_stand_down_the_page(study: Study) -> None:
    compared = synthesis.matrix(study, "case", "family", transpose=True)
    assert numbers(compared) == [["barrier", 2, 1, None], ["value", 1, None, None]]
    assert compared.heading.title == "Families × case"


def test_a_removed_document_counts_nowhere_and_has_no_row(own: Study) -> None:
    documents.remove(own, "d1")
    assert numbers(synthesis.matrix(own, "document", "family")) == [["d2", 1, 1], ["d3", None, 0]]


def test_disputed_codings_and_quotations_count_nowhere(own: Study) -> None:
    before = synthesis.matrix(own, "document", "family", kind=CellKind.SEGMENTS)
    assert numbers(before)[0] == ["d1", 2, 1]
    (learning,) = before.matrix.cells[0][1].codings
    coding.edit(own, learning.coding.uid, status=CodingStatus.DISPUTED)
    assert numbers(synthesis.matrix(own, "document", "family", kind=CellKind.SEGMENTS))[0] == ["d1", 2, None]


def test_nothing_coded_is_a_table_of_nothing(uncoded: Study) -> None:
    compared = synthesis.matrix(uncoded, "case", "family")
    assert numbers(compared) == [["A", None, None], ["B", None, None], ["C", None, None]]
    assert (compared.matrix.total.counts.codings, compared.quotes) == (0, {})
    assert synthesis.meetings(uncoded, "turn", "code").result.units == 0


def test_one_case_and_one_code_make_a_table_of_one_cell(uncoded: Study) -> None:
    people.remove(uncoded, Entity.CASE, "B")
    people.remove(uncoded, Entity.CASE, "C")
    put(uncoded, "d1", "Vi var redde", "risk")
    assert numbers(synthesis.matrix(uncoded, "case", "risk")) == [["A", 1]]


def test_a_study_without_a_codebook_says_so(tmp_path: Path) -> None:
    with (
        create_study(tmp_path / "bare", coder="anna") as study,
        pytest.raises(NotFound, match="The codebook has none of these: family"),
    ):
        synthesis.matrix(study)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"rows_by": "sied"}, "There is no field 'sied'. Did you mean"),
        ({"columns_by": "lerning"}, "no family, code or theme 'lerning'. Did you mean learning"),
        ({"columns_by": " , "}, "No columns are named."),
        ({"where": ["valence=2"]}, "'valence=2', character 9: valence has no value '2'. It has -1, 0, 1."),
    ],
)
def test_what_is_not_there_is_said(study: Study, options: dict[str, str], said: str) -> None:
    with pytest.raises((BadInput, NotFound)) as refused:
        synthesis.matrix(study, **options)  # pyright: ignore[reportArgumentType] - each case gives what it needs
    assert said in str(refused.value)


def test_a_theme_whose_query_cannot_be_understood_is_refused_rather_than_shown_empty(tmp_path: Path) -> None:
    asking: Codebook = replace(codebook(), themes=(Theme("asked", {}, query="code=rsik"),))
    with (
        create_study(tmp_path / "asking", coder="anna", codebook=asking) as study,
        pytest.raises(BadInput) as refused,
    ):
        synthesis.matrix(study, "case", "theme")
    assert str(refused.value).startswith(
        "The theme 'asked' cannot be asked: 'code=rsik', character 6: code has no value 'rsik'. Did you mean risk"
    )


def test_quotes_carry_their_place_and_those_not_to_be_quoted_are_held_back(study: Study) -> None:
    compared = synthesis.matrix(study, "case", "family")
    fear = compared.matrix.cells[0][0].codings[0]
    quote = compared.quotes[fear.coding.uid]
    assert (quote.text, quote.turn, quote.speaker, quote.informant, quote.case, quote.language) == (
        "Vi var redde for å feile.", 2, "Kari", "kari", "A", "nb",
    )  # fmt: skip
    assert quote.code_path == ("Barriere", "Risiko", "Frykt")
    (held,) = compared.matrix.cells[0][1].codings
    assert held.coding.uid not in compared.quotes
    assert {segment.coding.uid for segment in compared.matrix.without_row.codings} <= compared.quotes.keys()


def test_the_heading_says_study_filter_and_privacy_class(study: Study) -> None:
    heading = synthesis.matrix(study, "side", "theme", where=["case=A|B", "code==risk"]).heading
    assert heading.study == "Kaia <script>x</script>"
    assert heading.title == "Side × themes"
    assert (heading.filter, heading.privacy) == ("case=A|B & code==risk", "red")


@pytest.mark.parametrize(
    ("unit", "expected", "units"),
    [
        ("span", 0, 7),
        ("overlap", 1, 7),
        ("sentence", 1, 11),
        ("turn", 1, 8),
        ("near:0", 2, 7),
        ("near:2", 4, 7),
        ("document", 2, 3),
        ("informant", 2, 2),
    ],
)
def test_codes_meet_in_units(study: Study, unit: str, expected: int, units: int) -> None:
    """d1: fear and risk in turn 2, learning in turn 4. d2: learning on one risk and beside another, all one turn.

    By place, and pairs of places: the pairs within two turns are those of d2 and, in d1, learning with either.
    """
    result = synthesis.meetings(study, unit, "risk,learning").result
    (pair,) = result.pairs
    assert (pair.joint.n12, result.units) == (expected, units)


def test_places_outside_all_turns_are_in_no_turn(uncoded: Study, tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("Et notat om risiko. Og læring.\n", encoding="utf-8")
    importing.import_files(uncoded, [tmp_path / "note.txt"])
    put(uncoded, "note", "risiko", "risk")
    put(uncoded, "note", "Et notat om risiko.", "learning")
    by_turn = synthesis.meetings(uncoded, "turn", "risk,learning").result
    assert (by_turn.without_unit, by_turn.pairs[0].joint.n12) == (2, 0)
    by_sentence = synthesis.meetings(uncoded, "sentence", "risk,learning").result
    assert (by_sentence.without_unit, by_sentence.pairs[0].joint.n12, by_sentence.units) == (0, 1, 2)
