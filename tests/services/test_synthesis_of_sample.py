"""The shipped study, counted by qualcode and, apart from it, straight from the table of its codings."""

from __future__ import annotations

import csv
from collections.abc import Iterator

import pytest

from qualcode.domain.codebook import Entity
from qualcode.domain.cooccurrence import unit_named
from qualcode.domain.matrix import CellKind
from qualcode.formats.codebook_yaml import read_codebook
from qualcode.services import coding_import, importing, people, synthesis
from qualcode.services.study import Study, create_study
from tests.conftest import REPOSITORY

TRANSCRIPTS = REPOSITORY / "transcripts"
CASES = {"a": "nattlys", "b": "fjordbuss", "c": "andrerunde"}


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    book = read_codebook((REPOSITORY / "codebooks" / "ioa-svc.yaml").read_bytes(), name="ioa-svc.yaml")
    with create_study(tmp_path_factory.mktemp("sample") / "study", coder="anna", codebook=book) as opened:
        people.add_coder(opened, "bjorn")
        for entity in (Entity.ORGANISATION, Entity.CASE, Entity.INFORMANT):
            people.import_table(opened, entity, TRANSCRIPTS / f"{entity}s.csv")
        importing.import_files(opened, sorted(TRANSCRIPTS.glob("*-[abc][1-4]-*.md")))
        coding_import.import_codings(opened, TRANSCRIPTS / "reference_codings.csv")
        yield opened


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    """The accepted codings, with the case of their document where they name none; a4 speaks of all three."""
    with (TRANSCRIPTS / "reference_codings.csv").open(encoding="utf-8", newline="") as file:
        found = [row for row in csv.DictReader(file) if row["code_id"] and row["status"] == "accepted"]
    for row in found:
        interview = row["document"].split("-")[1]
        if not row["case"] and interview != "a4":
            row["case"] = CASES[interview[0]]
    return found


def counted(study: Study, rows_by: str, kind: CellKind) -> dict[tuple[str, str], int]:
    matrix = synthesis.matrix(study, rows_by, "family", kind=kind).matrix
    found: dict[tuple[str, str], int] = {}
    for row, cells in zip(matrix.rows, matrix.cells, strict=True):
        for column, cell in zip(matrix.columns, cells, strict=True):
            if not cell.empty:
                counts = cell.counts
                found[row.id, column.id] = counts.informants if kind is CellKind.INFORMANTS else counts.segments
    return found


def distinct(rows: list[dict[str, str]], by: str, what: tuple[str, ...]) -> dict[tuple[str, str], int]:
    """Distinct values of the columns `what` in each (`by`, family); a row without an informant names none."""
    seen: dict[tuple[str, str], set[tuple[str, ...]]] = {}
    for row in rows:
        if row[by]:
            values = seen.setdefault((row[by], row["family"]), set())
            if what != ("informant",) or row["informant"]:
                values.add(tuple(row[name] for name in what))
    return {key: len(values) for key, values in seen.items()}


def test_cases_by_families_count_informants_and_places_as_the_table_of_codings_does(
    study: Study, rows: list[dict[str, str]]
) -> None:
    assert counted(study, "case", CellKind.INFORMANTS) == distinct(rows, "case", ("informant",))
    assert counted(study, "case", CellKind.SEGMENTS) == distinct(rows, "case", ("document", "turn", "text"))


def test_phases_come_from_the_qualifier(study: Study, rows: list[dict[str, str]]) -> None:
    assert counted(study, "phase", CellKind.SEGMENTS) == distinct(rows, "phase", ("document", "turn", "text"))


def test_sides_come_from_the_actor_type_of_who_speaks(study: Study, rows: list[dict[str, str]]) -> None:
    with (TRANSCRIPTS / "informants.csv").open(encoding="utf-8", newline="") as file:
        actor = {row["id"]: row["actor-type"] for row in csv.DictReader(file)}
    sides = {row.actor_type: row.side or "" for row in study.codebook.actor_map}
    sided = [{**row, "side": sides[actor[row["informant"]]] if row["informant"] else ""} for row in rows]
    assert counted(study, "side", CellKind.INFORMANTS) == distinct(sided, "side", ("informant",))


def test_what_has_no_case_or_informant_is_said(study: Study, rows: list[dict[str, str]]) -> None:
    matrix = synthesis.matrix(study).matrix
    assert len(matrix.without_case.codings) == sum(not row["case"] for row in rows)
    assert len(matrix.without_informant.codings) == sum(not row["informant"] for row in rows)


def test_codes_meet_in_documents_as_the_table_of_codings_has_them(study: Study, rows: list[dict[str, str]]) -> None:
    result = synthesis.meetings(study, "document", "family").result
    assert result.unit == unit_named("document")
    having = {family: {row["document"] for row in rows if row["family"] == family} for family in ("barrier", "svc")}
    (pair,) = [item for item in result.pairs if {item.first.id, item.second.id} == having.keys()]
    assert pair.joint.n12 == len(having["barrier"] & having["svc"])
    assert {pair.joint.n1, pair.joint.n2} == {len(documents) for documents in having.values()}
