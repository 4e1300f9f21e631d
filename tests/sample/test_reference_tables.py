"""The sample study's own tables equal what a plain script counts, and what was planted for them comes out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from qualcode.reporting.csv_table import table_csv
from qualcode.reporting.study_tables import study_table
from qualcode.services import patterns, tables
from qualcode.services.study import Study
from tests.sample import plain_graph, plain_tables
from tests.sample.study import CODEBOOK, TRANSCRIPTS, build

COUNTED = ("T1", "T2", "T3", "T4", "T5", "T6", "T7", "T9", "T10", "T11", "T12", "T13")
TWO_AXES_OF_CODINGS = ("T1", "T12")


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    with build(tmp_path_factory.mktemp("sample") / "study") as study:
        yield study


@pytest.fixture(scope="module")
def key() -> dict[str, Any]:
    return yaml.safe_load((TRANSCRIPTS / "answer_key.yaml").read_text(encoding="utf-8"))


def codings() -> list[dict[str, str]]:
    return plain_graph.rows_of(str(TRANSCRIPTS / "reference_codings.csv"))


def relations() -> list[dict[str, str]]:
    return plain_graph.rows_of(str(TRANSCRIPTS / "reference_relations.csv"))


def counted(
    coding_rows: list[dict[str, str]] | None = None, relation_rows: list[dict[str, str]] | None = None
) -> dict[str, plain_tables.Table]:
    return plain_tables.tables(
        str(TRANSCRIPTS), str(CODEBOOK), coding_rows or codings(), relation_rows or relations()
    )


def made(study: Study, name: str, **asked: Any) -> tables.Tabled:
    found = tables.make(study, name, **asked)
    assert isinstance(found, tables.Tabled)
    return found


def printed(study: Study, name: str, **asked: Any) -> list[dict[str, str]]:
    """The rows of the CSV."""
    found = made(study, name, **asked)
    content = table_csv(study_table(found.table, found.beside)).decode()
    return list(csv.DictReader(io.StringIO(content)))


def filled(study: Study, name: str) -> plain_tables.Table:
    """The cells of the CSV that are not empty, in the shape of the plain script."""
    found: plain_tables.Table = {}
    axes: list[str] = []
    for row in printed(study, name):
        if row["axis"] in ("gap", "shared"):
            continue
        axes += [] if row["axis"] in axes else [row["axis"]]
        if row["informants"] == "":
            continue
        place = tuple(value for header, value in row.items() if header.startswith("row."))
        if row["types"]:
            at = place, f"{row['axis']}:{row['types']}", row["column"], row["split"]
            found[at] = {
                "informants": ids(row["informant_ids"]),
                "cases": ids(row["case_ids"]),
                "against": ids(row["against_informant_ids"]),
            }
        else:
            number = f"{axes.index(row['axis'])}:" if name in TWO_AXES_OF_CODINGS else ""
            found[place, "codings", number + row["column"], ""] = {
                "informants": ids(row["informant_ids"]),
                "cases": ids(row["case_ids"]),
                "segments": int(row["segments"]),
                "valence": None if row["valence"] == "NaN" else round(float(row["valence"]), 4),
            }
    return found


def ids(cell: str) -> set[str]:
    return set(cell.split("|")) - {""}


@pytest.mark.parametrize("name", COUNTED)
def test_every_cell_equals_the_plain_count(study: Study, name: str) -> None:
    expected = counted()[name]
    assert len(expected) >= 1
    assert filled(study, name) == expected


ALTERED_CODING = {
    "T1": "barrier",
    "T2": "barrier",
    "T5": "interaction",
    "T10": "value",
    "T12": "model",
    "T13": "method",
}
ALTERED_RELATION = {
    "T3": ("barrier", "causes", "barrier"),
    "T4": ("barrier", "causes", "dampening"),
    "T6": ("barrier", "causes", "interaction"),
    "T7": ("interaction", "creates", "value"),
    "T9": ("svc", "mitigates", "barrier"),
    "T11": ("method", "realises", "svc"),
}


@pytest.mark.parametrize("name", ALTERED_CODING)
def test_one_changed_reference_coding_is_seen(study: Study, name: str) -> None:
    rows = codings()
    family = ALTERED_CODING[name]
    changed = next(row for row in rows if row["family"] == family and row["status"] == "accepted")
    assert changed["informant"] != "terje"
    changed["informant"] = "terje"
    assert filled(study, name) != counted(coding_rows=rows)[name]


@pytest.mark.parametrize("name", ALTERED_RELATION)
def test_one_changed_reference_relation_is_seen(study: Study, name: str) -> None:
    rows = relations()
    source, kind, target = ALTERED_RELATION[name]
    changed = next(
        row
        for row in rows
        if row["type"] == kind
        and row["source_code_id"].startswith(source)
        and row["target_code_id"].startswith(target)
    )
    changed["stance"] = "contradicts" if changed["stance"] == "states" else "states"
    assert filled(study, name) != counted(relation_rows=rows)[name]


def test_codes_that_stand_together_are_a_hint_beside_the_relations(study: Study) -> None:
    expected = plain_tables.together(str(TRANSCRIPTS), str(CODEBOOK), codings())
    found = {
        frozenset((row["row.code"], row["column"])): int(row["together"])
        for row in printed(study, "T3")
        if row["together"]
    }
    assert found == {pair: len(informants) for pair, informants in expected.items()}
    assert len(found) == 10


def test_a_row_of_every_code_stands_there_even_where_nothing_is_said(study: Study) -> None:
    rows = printed(study, "T9")
    principles = {row["row.code"] for row in rows}
    assert principles == {code.id for code in study.codebook.children("svc")}
    assert len(rows) == len(principles) * (len(study.codebook.children("barrier")) + 1)


def test_whose_barrier_it_is_comes_out_as_in_the_key(study: Study, key: dict[str, Any]) -> None:
    own: dict[tuple[str, str], list[str]] = {}
    others: dict[tuple[str, str], dict[str, list[str]]] = {}
    for row in printed(study, "T2"):
        if row["informants"] and row["column"] != "total":
            at, people = (row["row.about_actor"], row["column"]), row["informant_ids"].split("|")
            if row["row.own"] == "own":
                own[at] = people
            else:
                others.setdefault(at, {})[row["row.side"]] = people
    expected = {(item["about_actor"], item["barrier_group"]): item for item in key["T2"]["table"]}
    assert own.keys() | others.keys() == expected.keys()
    for at, item in expected.items():
        assert (own.get(at, []), others.get(at, {})) == (item["self_reported"], item["attributed"])
    planted = key["T2"]["planted"]
    assert (planted["about_actor"], planted["barrier_group"]) not in own


@pytest.mark.parametrize("number", range(6))
def test_the_dyads_have_the_scores_and_gaps_of_the_key(study: Study, key: dict[str, Any], number: int) -> None:
    dyad = key["T5"]["dyads"][number]
    work_of = dyad["coders"][0] if len(dyad["coders"]) == 1 else None
    case = "total" if dyad["case"] == "all" else dyad["case"]
    rows = [
        row
        for row in printed(study, "T5", work_of=work_of)
        if (row["row.about_pair"], row["row.case"]) == (dyad["pair"], case)
    ]
    valences = {row["column"]: float(row["valence"]) for row in rows if row["valence"]}
    segments = {row["column"]: row["segments"] for row in rows}
    assert valences.pop("total") == pytest.approx(dyad["score"], abs=5e-4)
    assert valences.pop("demand-supply") == pytest.approx(dyad["gap_demand_minus_supply"], abs=5e-4)
    assert valences == pytest.approx(dyad["sides"], abs=5e-4)
    assert segments["total"] == str(dyad["segments"])


def test_value_is_balanced_as_in_the_key(study: Study, key: dict[str, Any]) -> None:
    rows = printed(study, "T10")
    found = {
        (row["row.case"], row["row.code"], row["row.about_actor"], row["column"]): row["informant_ids"].split("|")
        for row in rows
        if row["axis"] == "realisation" and row["informants"]
    }
    parts = ("case", "code_id", "recipient", "realisation")
    assert found == {tuple(item[part] for part in parts): item["informants"] for item in key["T10"]["table"]}
    shared = {row["column"]: row["holds"] == "true" for row in rows if row["axis"] == "shared"}
    assert shared == {case: item["shared"] for case, item in key["T10"]["shared_value"].items()}


def test_the_strong_claim_stands_in_the_table_of_barriers(study: Study, key: dict[str, Any]) -> None:
    claim = next(claim for claim in key["claims"] if claim["id"] == "claim-strong")
    (row,) = (
        row
        for row in printed(study, "T3")
        if (row["row.code"], row["column"]) == (claim["pattern"]["source"], claim["pattern"]["target"])
    )
    assert row["informant_ids"].split("|") == claim["informants_for"]
    assert row["against_informant_ids"].split("|") == claim["informants_against"]
    assert row["case_ids"].split("|") == claim["cases"]


@pytest.mark.parametrize(
    ("name", "claim"),
    [
        ("T3", "claim-strong"),
        ("T3", "claim-replication"),
        ("T4", "claim-weak"),
        ("T4", "claim-refuted"),
        ("T7", "claim-anecdotal"),
    ],
)
def test_a_cell_is_as_strong_as_the_claim_of_the_key(
    study: Study, key: dict[str, Any], name: str, claim: str
) -> None:
    expected = next(item for item in key["claims"] if item["id"] == claim)
    ends = expected["pattern"]["source"], expected["pattern"]["target"]
    (row,) = (row for row in printed(study, name) if (row["row.code"], row["column"]) == ends)
    contested = "true" if expected["contested"] else "false"
    assert (row["strength"], row["contested"]) == (expected["level"], contested)


def test_a_registered_pattern_stands_in_the_table_of_replication(
    study: Study, key: dict[str, Any], tmp_path: Path
) -> None:
    pattern = key["T8"]["pattern"]
    lines = ["pattern,case,expected,source,type,target"]
    lines += [
        f"{pattern['id']},{case},present,{pattern['source']},{pattern['type']},{pattern['target']}"
        for case in key["T8"]["cases"]
    ]
    file = tmp_path / "patterns.csv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    patterns.register(study, file)
    found = tables.make(study, "T8")
    assert isinstance(found, tables.Patterned)
    (item,) = found.scores
    results = {outcome.prediction.case: str(outcome.result) for outcome in item.score.outcomes}
    assert results == key["T8"]["cases"]
    patterns.remove(study, pattern["id"])


def test_a_query_narrows_codings_and_relations_alike(study: Study) -> None:
    one = {row["case_ids"] for row in printed(study, "T3", where=["case=nattlys"]) if row["informants"]}
    assert one == {"nattlys"}
    heard = {row["informant_ids"] for row in printed(study, "T1", where=["informant=torgrim"]) if row["informants"]}
    assert heard == {"torgrim"}


def test_the_plain_script_imports_nothing_of_the_program() -> None:
    source = Path(plain_tables.__file__).read_text(encoding="utf-8")
    imports = [line for line in source.splitlines() if line.startswith(("import ", "from "))]
    assert imports == [
        "from collections import defaultdict",
        "from tests.sample import plain_graph, plain_matrices",
    ]
