"""The segments CSV is a contract: its columns, its words, and that it comes back in as it went out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.span import Span, occurrences
from qualcode.domain.tabular import unguarded
from qualcode.errors import BadInput
from qualcode.reporting.csv_table import EXCEL_NB, table_csv
from qualcode.services import coding, coding_import, exporting, history, memos, people, relation_import, relations
from qualcode.services.study import Study
from tests.services.small_study import build

FIXED = (
    "coding_id,document,case,informant,speaker,turn,start,end,text,code_id,code,code_path,family,valence,about_actor,"
    "about_pair,phase,realisation,certainty,quotable,status,memo,coder,origin,confidence,created_at,updated_at"
)
CHANGING = ("coding_id", "created_at", "updated_at")


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with build(tmp_path / "study") as study:
        yield study


def exported(study: Study, *where: str) -> bytes:
    return table_csv(exporting.segments_table(study, where))


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode(), newline="")))


def words(study: Study, document: str, quote: str, nth: int = 0) -> Span:
    return occurrences(study.text(document).text, quote)[nth]


def code_a_few(study: Study) -> None:
    coding.add(
        study, "first", words(study, "first", "Cafe\u0301en var stengt 😀"), "joy", qualifiers={"valence": "-1"}
    )
    coding.add(study, "first", words(study, "first", "=Det var «fint»."), "joy", memo="+ et minus\n\nto linjer")
    coding.add(study, "first", words(study, "first", "Ja.", 1), "fear", qualifiers={"weather": "storm"})
    coding.add(study, "first", words(study, "first", "Ja.", 2), "fear")
    coding.add(study, "first", words(study, "first", "Båten lakk 🌊🌊"), "boat")
    coding.add(study, "first", words(study, "first", "redd"), None, memo="et sitat uten kode")
    coding.add(study, "two-cases", words(study, "two-cases", "I nord blåste det."), "fear", case="north")
    coding.add(study, "two-cases", words(study, "two-cases", "I sør var det stille."), "joy", case="south")
    study.act_as("bjørn")
    coding.add(study, "two-cases", words(study, "two-cases", "I sør var det stille."), "joy")
    study.act_as("anna")


def test_the_columns_are_those_of_the_contract_in_its_order(study: Study) -> None:
    header = exported(study).decode().splitlines()[0]
    assert header == FIXED + ",qualifier.weather"


def test_every_exported_span_reads_back_as_its_text(study: Study) -> None:
    code_a_few(study)
    found = rows(exported(study))
    assert len(found) == 9
    for row in found:
        text = study.text(row["document"]).text
        assert unguarded(row["text"]) == text[int(row["start"]) : int(row["end"])]


@given(data=st.data())
def test_any_span_of_a_difficult_text_reads_back(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    with build(tmp_path_factory.mktemp("any") / "study") as study:
        text = study.text("first").text
        start = data.draw(st.integers(0, len(text) - 1))
        end = data.draw(st.integers(start + 1, len(text)))
        coding.add(study, "first", Span(start, end), "joy")
        (row,) = rows(exported(study))
        assert unguarded(row["text"]) == text[start:end]
        assert (int(row["start"]), int(row["end"])) == (start, end)


def test_formulas_are_guarded_in_free_text_and_numbers_left_alone(study: Study) -> None:
    code_a_few(study)
    found = {row["text"]: row for row in rows(exported(study))}
    assert found["'=Det var «fint»."]["memo"] == "'+ et minus\n\nto linjer"
    assert {row["code"] for row in found.values()} >= {"'=Fear", "Glede", "Boat, small"}
    assert found["Cafe\u0301en var stengt 😀"]["valence"] == "-1"


def test_a_coder_called_like_a_formula_is_guarded_and_comes_back_in(study: Study, tmp_path: Path) -> None:
    people.add_coder(study, "=cmd")
    study.act_as("=cmd")
    coding.add(study, "first", words(study, "first", "redd"), "fear")
    assert [row["coder"] for row in rows(exported(study))] == ["'=cmd"]
    file = tmp_path / "out.csv"
    file.write_bytes(exported(study))
    with build(tmp_path / "other") as other:
        coding_import.import_codings(other, file, new_coders=True)
        assert [item.coding.coder for item in coding.of_document(other, "first")] == ["=cmd"]


def test_case_informant_turn_and_speaker_follow_the_rules(study: Study) -> None:
    code_a_few(study)
    found = rows(exported(study))
    by_text = {(row["text"], row["turn"], row["coder"]): row for row in found}
    nord = by_text["I nord blåste det.", "2", "anna"]
    assert (nord["case"], nord["informant"], nord["speaker"]) == ("north", "bo", "Bo")
    nobody = by_text["I sør var det stille.", "2", "bjørn"]
    assert nobody["case"] == ""
    asked = by_text["Ja.", "3", "anna"]
    assert (asked["speaker"], asked["informant"]) == ("I", "")
    said = by_text["Ja.", "4", "anna"]
    assert (said["case"], said["informant"]) == ("north", "åse")


def test_export_import_export_differs_only_in_ids_and_dates(study: Study, tmp_path: Path) -> None:
    code_a_few(study)
    first = rows(exported(study))
    file = tmp_path / "out.csv"
    file.write_bytes(exported(study))
    with build(tmp_path / "other") as other:
        result = coding_import.import_codings(other, file)
        assert (result.new, result.known, result.missing, result.unplaced) == (9, 0, [], [])
        second = rows(exported(other))
    assert [{key: value for key, value in row.items() if key not in CHANGING} for row in second] == [
        {key: value for key, value in row.items() if key not in CHANGING} for row in first
    ]
    assert [row["coding_id"] for row in second] == [row["coding_id"] for row in first]


def test_the_norwegian_excel_dialect_comes_back_in_too(study: Study, tmp_path: Path) -> None:
    code_a_few(study)
    content = table_csv(exporting.segments_table(study), EXCEL_NB)
    assert content.startswith(b"\xef\xbb\xbfcoding_id;document;")
    file = tmp_path / "excel.csv"
    file.write_bytes(content)
    with build(tmp_path / "other") as other:
        assert coding_import.import_codings(other, file).new == 9


def test_the_same_study_gives_the_same_bytes(study: Study) -> None:
    code_a_few(study)
    assert exported(study) == exported(study)


def test_conditions_choose_rows_whatever_their_status(study: Study) -> None:
    code_a_few(study)
    uid = rows(exported(study, "code=boat"))[0]["coding_id"]
    coding.edit(study, uid, status=coding.CodingStatus.DISPUTED)
    assert [row["coding_id"] for row in rows(exported(study, "code=boat"))] == [uid]
    assert {row["code_id"] for row in rows(exported(study, "code=feeling"))} == {"joy", "fear"}


def test_a_condition_nobody_understands_is_refused_before_anything_is_written(study: Study) -> None:
    with pytest.raises(BadInput, match="no field"):
        exporting.segments_table(study, ["weather_of_the_day=rain"])


def test_relations_come_back_in_by_the_places_of_their_ends(study: Study, tmp_path: Path) -> None:
    code_a_few(study)
    boat, fear = (
        rows(exported(study, f"code={code}", "document=first"))[0]["coding_id"] for code in ("boat", "fear")
    )
    relations.relate(study, boat, "scares", fear, stance=relations.Stance.CONTRADICTS)
    relations.relate(study, fear, "with", boat)
    codings_file, relations_file = tmp_path / "codings.csv", tmp_path / "relations.csv"
    codings_file.write_bytes(exported(study))
    content = table_csv(exporting.relations_table(study))
    kept = rows(content)
    relations_file.write_bytes(content)
    with build(tmp_path / "other") as other:
        coding_import.import_codings(other, codings_file)
        result = relation_import.import_relations(other, relations_file)
        assert (result.new, result.known, result.listed) == (2, 0, [])
        again = rows(table_csv(exporting.relations_table(other)))
        assert relation_import.import_relations(other, relations_file).known == 2
    changing = ("created_at", "updated_at")
    assert [{key: row[key] for key in row if key not in changing} for row in again] == [
        {key: row[key] for key in row if key not in changing} for row in kept
    ]


def test_relations_of_a_raw_file_keep_their_apostrophe(study: Study, tmp_path: Path) -> None:
    code_a_few(study)
    boat, fear = (
        rows(exported(study, f"code={code}", "document=first"))[0]["coding_id"] for code in ("boat", "fear")
    )
    file = tmp_path / "relations.csv"
    file.write_text(f"type,document,source_id,target_id,memo\nscares,first,{boat},{fear},'=A1\n", encoding="utf-8")
    for raw, kept in ((True, "'=A1"), (False, "=A1")):
        relation_import.import_relations(study, file, raw=raw)
        assert memos.everything(study)[-1].text == kept
        history.undo(study)


def test_an_import_is_one_operation_taken_back_at_once(study: Study, tmp_path: Path) -> None:
    code_a_few(study)
    file = tmp_path / "out.csv"
    file.write_bytes(exported(study))
    with build(tmp_path / "other") as other:
        coding_import.import_codings(other, file)
        history.undo(other)
        assert rows(exported(other)) == []
        history.redo(other)
        assert len(rows(exported(other))) == 9
