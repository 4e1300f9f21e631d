from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from tests.cli.conftest import FIRST, SECOND
from tests.conftest import Cli

TEXTS = {"first": FIRST, "second": SECOND}


def coded(cli: Cli, document: str, words: str, code: str) -> str:
    start = TEXTS[document].index(words)
    done = cli("code", document, str(start), str(start + len(words)), code)
    assert done.exit_code == 0, done.stderr
    return done.stdout[:8]


@pytest.fixture
def related(interviews: Path, cli: Cli) -> dict[str, str]:
    """Kari (north): no competence causes fear, fear causes no anchoring, and so back. Ola (south) denies the first.

    The ids of the codings by their codes.
    """
    ids = {
        "lack": coded(cli, "first", "Innkjøp visste ingenting.", "barrier-competence-procurement"),
        "fear": coded(cli, "first", "Så turte vi ikke mer", "barrier-risk-aversion"),
        "adrift": coded(cli, "first", "Ingen eide saken.", "barrier-anchoring-management"),
        "learnt": coded(cli, "second", "Vi lærte av dem", "barrier-competence-procurement"),
        "bold": coded(cli, "second", "Vi spurte dem.", "barrier-risk-aversion"),
    }
    for source, target, *options in (
        ("lack", "fear"),
        ("fear", "adrift"),
        ("adrift", "lack"),
        ("learnt", "bold", "--contradicts"),
    ):
        assert cli("relate", ids[source], "causes", ids[target], *options).exit_code == 0
    return ids


def test_barriers_are_listed_with_their_loops_below(related: dict[str, str], cli: Cli) -> None:
    outcome = cli("graph", "barriers")
    assert outcome.exit_code == 0
    first = " ".join(outcome.stdout.splitlines()[4].split())
    assert first == "Innkjøps- og metodekompetanse forårsaker Risikoaversjon og frykt for feil + 1 1 1 kari (north)"
    assert "Filter: type=causes|reinforces & family=barrier\n" in outcome.stdout
    assert "Relations: 4; without a case: 0; without an informant: 0\n" in outcome.stdout
    (loop,) = [line for line in outcome.stdout.splitlines() if line.startswith("Loop: ")]
    assert loop.endswith(" · reinforcing · north · weakest step 1 informant · 1 informant contradicts")


def test_a_case_has_its_own_graph(related: dict[str, str], cli: Cli) -> None:
    rows = json.loads(cli("graph", "relations", "--case", "south", "--format", "json").stdout)
    assert [(row["source"], row["informants"], row["contradicting_informant_ids"]) for row in rows] == [
        ("barrier-competence-procurement", 0, ["ola"])
    ]


def test_a_family_whose_codes_do_not_act_on_each_other_has_no_edges(interviews: Path, cli: Cli) -> None:
    ids = [coded(cli, "first", "Innkjøp", "actor-buyer"), coded(cli, "first", "Ingen", "actor-leadership")]
    assert cli("relate", ids[0], "precedes", ids[1]).exit_code == 0
    assert "No relations here.\n" in cli("graph", "barriers", "--family", "actor").stdout
    assert "Relations: 1; " in cli("graph", "relations", "--family", "actor").stdout


def test_loops_are_a_table_of_their_own(related: dict[str, str], cli: Cli) -> None:
    rows = list(csv.DictReader(io.StringIO(cli("graph", "loops", "--format", "csv").stdout, newline="")))
    assert [(row["codes"], row["sign"], row["cases"], row["informants"]) for row in rows] == [
        (
            "barrier-competence-procurement|barrier-risk-aversion|barrier-anchoring-management",
            "1",
            "north",
            "kari",
        )
    ]
    short = cli("graph", "loops", "--longest", "2")
    assert "No loops of at most 2 codes.\n" in short.stdout


@pytest.mark.parametrize("ending", ["svg", "graphml", "dot", "csv", "json"])
def test_the_ending_of_the_file_says_what_is_written(
    related: dict[str, str], cli: Cli, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"graph.{ending}"
    assert cli("graph", "barriers", "--together", "document", "-o", file).exit_code == 0
    content = file.read_text(encoding="utf-8")
    starts = {"svg": "<svg ", "graphml": "<?xml ", "dot": 'digraph "Relations" {', "csv": "source,", "json": "[\n"}
    assert content.startswith(starts[ending])
    assert (
        cli("graph", "barriers", "--together", "document", "--format", ending).stdout.replace("\r", "") == content
    )


def test_together_is_marked_as_a_hint(related: dict[str, str], cli: Cli) -> None:
    told = cli("graph", "barriers", "--together", "document").stdout
    assert "(coded together)" in told
    assert told.endswith("Coded together is a hint and no relation: nobody says that the two are related.\n")


def test_a_relation_goes_with_its_coding(related: dict[str, str], cli: Cli) -> None:
    assert cli("codings", "remove", related["adrift"]).exit_code == 0
    told = cli("graph", "barriers").stdout
    assert "Relations: 2; " in told
    assert "Loop" not in told


def test_without_relations_it_says_so_and_draws_so(home: Path, cli: Cli, tmp_path: Path) -> None:
    told = cli("graph", "barriers")
    assert (told.exit_code, told.stderr) == (0, "")
    assert "No relations here.\nCoders: nobody has related codings here\n" in told.stdout
    assert cli("graph", "relations", "--together", "turn", "-o", tmp_path / "none.svg").exit_code == 0
    assert fromstring((tmp_path / "none.svg").read_bytes()).get("role") == "img"
    assert cli("graph", "loops", "--format", "json").stdout == "[]\n"


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (["barriers", "--family", "barier"], "The codebook has no family 'barier'. Did you mean barrier?"),
        (["relations", "--family", "barrier-risk"], "The codebook has no family 'barrier-risk'."),
        (["relations", "--type", "cause"], "Did you mean causes?"),
        (["relations", "--case", "nrth"], "Did you mean north?"),
        (["loops", "--coder", "Ana"], "Did you mean Anna?"),
        (["relations", "--together", "page"], "page"),
    ],
)
def test_what_the_study_does_not_have_is_refused_in_a_line(
    related: dict[str, str], cli: Cli, options: list[str], line: str
) -> None:
    outcome = cli("graph", *options)
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert line in outcome.stderr
    assert outcome.stderr.count("\n") == 1
