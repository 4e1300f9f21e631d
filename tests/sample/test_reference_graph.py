"""The sample study's graph is what its reference files and its answer key say, planted loop and all."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from qualcode.domain.relation_graph import types_within
from qualcode.reporting.graph_files import dot, graphml
from qualcode.reporting.graph_svg import graph_svg
from qualcode.reporting.graph_view import Graphed
from qualcode.services import relation_graphs, small_n
from qualcode.services.study import Study
from tests.conftest import REPOSITORY
from tests.sample import plain_graph
from tests.sample.study import TRANSCRIPTS, build

CASES = ("nattlys", "fjordbuss", "andrerunde")
Stances = dict[str, tuple[set[str], set[str]]]


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    with build(tmp_path_factory.mktemp("sample") / "study") as study:
        yield study


@pytest.fixture(scope="module")
def key() -> dict[str, Any]:
    return yaml.safe_load((TRANSCRIPTS / "answer_key.yaml").read_text(encoding="utf-8"))


def relations() -> list[dict[str, str]]:
    return plain_graph.rows_of(str(TRANSCRIPTS / "reference_relations.csv"))


def counted(of_relations: list[dict[str, str]], case: str | None) -> dict[tuple[str, ...], Stances]:
    """As the plain script counts; ends of undirected types in order of their ids."""
    codings = plain_graph.rows_of(str(TRANSCRIPTS / "reference_codings.csv"))
    undirected = {"tension-with", "interacts"}
    found = plain_graph.edges(str(TRANSCRIPTS), codings, of_relations, undirected)[case or ""]
    return {ordered(*edge, undirected=edge[1] in undirected): dict(said) for edge, said in found.items()}


def ordered(source: str, type: str, target: str, *, undirected: bool) -> tuple[str, ...]:
    return (min(source, target), type, max(source, target)) if undirected else (source, type, target)


def drawn(study: Study, case: str | None) -> dict[tuple[str, ...], Stances]:
    made: dict[tuple[str, ...], Stances] = {}
    for edge in relation_graphs.graph(study, case=case).graph.edges:
        stances = {"states": edge.stated, "contradicts": edge.denied}
        made[ordered(edge.source, edge.type, edge.target, undirected=not edge.directed)] = {
            name: (set(support.informants), set(support.cases))
            for name, support in stances.items()
            if support.relations
        }
    return made


def barriers(study: Study, case: str | None = None, together_in: str | None = None) -> Graphed:
    types = types_within(study.codebook, "barrier")
    return relation_graphs.graph(study, types=types, families=["barrier"], case=case, together_in=together_in)


@pytest.mark.parametrize("case", [None, *CASES])
def test_every_edge_equals_the_plain_count(study: Study, case: str | None) -> None:
    assert len(drawn(study, case)) > 20
    assert drawn(study, case) == counted(relations(), case)


def test_one_changed_reference_row_is_seen(study: Study) -> None:
    rows = relations()
    once = next(row for row in rows if row["relation_id"] == "r023")
    once["stance"] = "contradicts"
    assert drawn(study, "nattlys") != counted(rows, "nattlys")


def test_barriers_act_on_each_other_by_causes_and_reinforces(study: Study) -> None:
    assert types_within(study.codebook, "barrier") == ("causes", "reinforces")


@pytest.mark.parametrize("case", CASES)
def test_the_planted_loops_are_found_where_they_are_and_nowhere_else(
    study: Study, key: dict[str, Any], case: str
) -> None:
    expected = [frozenset(loop) for loop in key["loops"]["graphs"][case]["loops"]]
    found = barriers(study, case).loops
    assert [frozenset(loop.codes) for loop in found.found] == expected
    assert found.complete
    assert {loop.sign for loop in found.found} <= {1}


def test_the_planted_loop_runs_as_planted_and_one_person_tells_all_of_it(study: Study, key: dict[str, Any]) -> None:
    loop = barriers(study).loops.found[0]
    assert [*loop.codes, loop.codes[0]] == key["loops"]["chain"]
    assert (loop.sign, loop.cases, loop.informants, loop.weakest) == (1, ("nattlys",), ("solveig",), 2)
    assert loop.denied_by == ("berit", "gunnar", "ragnhild")


def test_the_strong_claim_has_the_informants_of_the_key(study: Study, key: dict[str, Any]) -> None:
    claim = next(claim for claim in key["claims"] if claim["id"] == "claim-strong")
    edge = next(edge for edge in barriers(study).graph.edges if edge.target == claim["pattern"]["target"])
    assert edge.source == claim["pattern"]["source"]
    assert list(edge.stated.informants) == claim["informants_for"]
    assert list(edge.stated.cases) == claim["cases"]
    assert list(edge.denied.informants) == claim["informants_against"]


def test_together_in_a_turn_is_a_hint_beside_the_relations(study: Study) -> None:
    hints = {(hint.first, hint.second): hint.informants for hint in barriers(study, "nattlys", "turn").hints}
    assert hints["barrier-competence-procurement", "barrier-risk-aversion"] == 3
    assert barriers(study, "nattlys").hints == ()


def test_the_talkative_informant_is_seen_beside_the_claim(study: Study, key: dict[str, Any]) -> None:
    talkative = key["talkative"]
    (checks,) = small_n.checks(study, columns_by=talkative["code_id"], work_of="anna").columns
    said = talkative["segments_anna"]
    assert checks.largest is not None
    assert checks.largest.informant == talkative["informant"]
    assert checks.largest.share * sum(said.values()) == said[talkative["informant"]]
    assert (checks.separates, checks.silent) == (True, ("fjordbuss",))


def test_equal_studies_give_equal_bytes_whatever_the_order_of_sets(study: Study) -> None:
    made = barriers(study, together_in="turn")
    expected = graph_svg(made) + dot(made) + graphml(made)
    script = f"""
import sys
from qualcode.reporting.graph_files import dot, graphml
from qualcode.reporting.graph_svg import graph_svg
from qualcode.services.study import open_study
from tests.sample.test_reference_graph import barriers
with open_study({str(study.folder)!r}, coder="anna") as study:
    made = barriers(study, together_in="turn")
sys.stdout.buffer.write(graph_svg(made) + dot(made) + graphml(made))
"""
    for seed, place in (("1", "C.UTF-8"), ("77", "nb_NO.UTF-8")):
        environment = {"PYTHONHASHSEED": seed, "LC_ALL": place, "TZ": "Asia/Tokyo", "PYTHONPATH": str(REPOSITORY)}
        run = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, check=False)
        assert (run.stderr, run.stdout == expected) == (b"", True)


def test_the_plain_script_imports_nothing_but_csv_and_collections() -> None:
    source = Path(plain_graph.__file__).read_text(encoding="utf-8")
    imports = [line for line in source.splitlines() if line.startswith(("import ", "from "))]
    assert imports == ["import csv", "from collections import defaultdict"]
