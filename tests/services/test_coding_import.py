"""Codings from a CSV: quotes are placed with certainty, listed, or refused; nothing is skipped in silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import BadInput, NotFound
from qualcode.services import coding, coding_import
from qualcode.services.coding_import import CodingsImported
from qualcode.services.study import Study
from tests.services.small_study import build


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with build(tmp_path / "study") as study:
        yield study


def imported(study: Study, content: str, *, new_coders: bool = False, raw: bool = False) -> CodingsImported:
    assert study.folder is not None
    file = study.folder / "codings.csv"
    file.write_text(content, encoding="utf-8")
    return coding_import.import_codings(study, file, new_coders=new_coders, raw=raw)


def spans(study: Study, document: str = "first") -> list[tuple[int, int, str | None]]:
    found = coding.of_document(study, document)
    return [(item.coding.span.start, item.coding.span.end, item.coding.code) for item in found]


def test_a_turn_chooses_among_repeated_quotes(study: Study) -> None:
    result = imported(study, "document,turn,text,code_id\nfirst,4,Ja.,joy\n")
    assert result.new == 1
    (segment,) = coding.of_document(study, "first")
    assert (segment.turn, segment.speaker, segment.coding.anchor.exact) == (4, "Åse", "Ja.")


def test_offsets_choose_among_repeated_quotes(study: Study) -> None:
    text = study.text("first").text
    third = text.rindex("Ja.")
    imported(study, f"document,start,end,text,code_id\nfirst,{third},{third + 3},Ja.,joy\n")
    assert spans(study) == [(third, third + 3, "joy")]


def test_a_quote_in_several_places_is_stored_unplaced_and_listed(study: Study) -> None:
    result = imported(study, "document,text,code_id\nfirst,Ja.,joy\n")
    assert [(row.line, row.places) for row in result.unplaced] == [(2, 3)]
    assert coding.of_document(study, "first") == []
    (waiting,) = coding.everything(study, placed=False)
    assert not waiting.counts


def test_unplaced_rows_again_change_nothing(study: Study) -> None:
    twice = "document,text,code_id\nfirst,Ja.,joy\nfirst,Ja.,joy\n"
    assert imported(study, twice).new == 2
    again = imported(study, twice)
    assert (again.new, again.known, len(coding.everything(study, placed=False))) == (0, 2, 2)
    more = imported(study, twice + "first,Ja.,joy\n")
    assert (more.new, more.known) == (1, 2)


def test_a_quote_that_is_not_there_is_listed_and_not_stored(study: Study) -> None:
    result = imported(study, "document,text,code_id\nfirst,Noe helt annet ble sagt her.,joy\n")
    assert [row.line for row in result.missing] == [2]
    assert (result.new, coding.everything(study), coding.everything(study, placed=False)) == (0, [], [])


def test_a_quote_with_a_slip_is_placed_nearly_and_says_how_near(study: Study) -> None:
    result = imported(study, "document,text,code_id\nfirst,Båten lak 🌊🌊 og jeg ble redd,fear\n")
    (near,) = result.nearly
    assert 90 <= near.ratio < 100
    (segment,) = coding.of_document(study, "first")
    assert segment.coding.anchor.exact == "Båten lakk 🌊🌊, og jeg ble redd"


def test_ordinary_spaces_stand_for_no_break_spaces(study: Study) -> None:
    imported(study, "document,text,code_id\nfirst,Hvordan var turen,joy\n")
    (segment,) = coding.of_document(study, "first")
    assert segment.coding.anchor.exact == "Hvordan\u00a0var turen"


def test_a_code_may_be_named_in_any_language(study: Study) -> None:
    imported(study, 'document,text,code\nfirst,redd,glede\nfirst,lakk,"Boat, small"\n')
    assert [code for _, _, code in spans(study)] == ["boat", "joy"]


def test_the_same_rows_again_change_nothing(study: Study) -> None:
    content = "document,text,code_id,memo\nfirst,redd,fear,en gang\nfirst,redd,fear,\n"
    assert (imported(study, content).new, imported(study, content).known) == (1, 2)


def test_without_a_coder_column_the_acting_coder_and_the_origin_import_stand(study: Study) -> None:
    imported(study, "document,text,code_id\nfirst,redd,fear\n")
    (segment,) = coding.of_document(study, "first")
    assert (segment.coding.coder, segment.coding.origin.value) == ("anna", "import")


def test_new_coders_come_in_only_when_asked_for(study: Study) -> None:
    content = "coder,document,text,code_id\nbeate,first,redd,fear\n"
    with pytest.raises(BadInput, match=r"codings\.csv, line 2: There is no coder 'beate'"):
        imported(study, content)
    assert imported(study, content, new_coders=True).new == 1
    assert coding.of_document(study, "first")[0].coding.coder == "beate"


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("nowhere,redd,fear,,,,,", "There is no document 'nowhere'"),
        ("first,redd,fera,,,,,", "There is no code 'fera'. Did you mean fear?"),
        ("first,redd,feeling,,,,,", "feeling is a family"),
        ("first,redd,fear,2,,,,", "valence has no value '2'"),
        ("first,redd,boat,1,,,,", "valence does not apply to boat"),
        ("first,redd,fear,,perhaps,,,", "'perhaps' is not known here. One of accepted, disputed."),
        ("first,redd,fear,,,1.5,,", "confidence is '1.5', not a number from 0 to 1"),
        ("first,redd,fear,,,,nine,", "turn is 'nine', not a whole number"),
        ("first,redd,fear,,,,9,", "first has no turn 9"),
        ("first,redd,fear,,,,,west", "There is no case 'west'"),
        ("first,,fear,,,,,", "The text is empty"),
    ],
)
def test_a_wrong_value_refuses_the_file_and_stores_nothing(study: Study, row: str, told: str) -> None:
    header = "document,text,code_id,valence,status,confidence,turn,case\n"
    with pytest.raises((BadInput, NotFound)) as refused:
        imported(study, header + "first,lakk,boat,,,,,\n" + row + "\n")
    assert str(refused.value).startswith("codings.csv, line 3: ")
    assert told in str(refused.value)
    assert coding.everything(study) == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("text,code_id\nredd,fear\n", "the column document is missing"),
        ("document,text\nfirst,redd\n", "the column code_id is missing"),
        ("document,text,text,code\nfirst,redd,redd,joy\n", "the column 'text' stands twice"),
        ("document,text,code_id\nfirst,redd\n", "line 2: 2 cells where the header has 3"),
        ('document,text,code_id\nfirst,"redd,fear\n', "not CSV"),
    ],
)
def test_a_table_that_does_not_hold_together_is_refused(study: Study, content: str, told: str) -> None:
    with pytest.raises(BadInput) as refused:
        imported(study, content)
    assert told in str(refused.value)


def test_one_apostrophe_is_taken_off_unless_the_file_is_raw(study: Study) -> None:
    content = "document,text,code_id\nfirst,'=Det var «fint».,joy\n"
    assert imported(study, content, raw=True).nearly[0].text == "'=Det var «fint»."
    assert imported(study, content).nearly == []
    assert coding.of_document(study, "first")[0].coding.anchor.exact == "=Det var «fint»."


def test_a_quotation_has_no_code_and_counts_nowhere(study: Study) -> None:
    imported(study, "document,text,code_id\nfirst,redd,\n")
    (segment,) = coding.of_document(study, "first")
    assert segment.coding.code is None
    assert not segment.counts


def test_own_case_equal_to_the_documents_only_case_is_stored_empty(study: Study) -> None:
    imported(study, "document,text,code_id,case\nfirst,redd,fear,north\n")
    (segment,) = coding.of_document(study, "first")
    assert (segment.coding.case, segment.case) == (None, "north")
