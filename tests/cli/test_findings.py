from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Cli
from tests.services.wharf import wharf

CLAIM = "=Fear makes the wharf \x1b[31mdear."


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shared")
    wharf(folder).close()
    return folder / "wharf"


@pytest.fixture(autouse=True)
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A coded study of one's own, the current folder; anna acts."""
    shutil.copytree(made, tmp_path / "wharf")
    monkeypatch.setenv("QUALCODE_CODER", "anna")
    monkeypatch.chdir(tmp_path / "wharf")


def rows(cli: Cli, *arguments: str) -> list[dict[str, Any]]:
    outcome = cli(*arguments, "--format", "json")
    assert outcome.exit_code == 0, outcome.stderr
    return json.loads(outcome.stdout)


def coded(cli: Cli, words: str) -> str:
    """The id, as a table shows it, of anna's coding that begins so."""
    found = [item for item in rows(cli, "codings", "list") if item["text"].startswith(words)]
    return next(item["coding_id"][:8] for item in found if item["coder"] == "anna")


def written(cli: Cli) -> str:
    """A claim that Kari supports in A and Per contradicts in B."""
    assert cli("findings", "add", CLAIM).exit_code == 0
    (row,) = rows(cli, "findings", "list")
    finding = row["id"][:8]
    assert cli("findings", "link", finding, "supports", coded(cli, "Vi var redde")).exit_code == 0
    assert cli("findings", "link", finding, "contradicts", coded(cli, "I B delte")).exit_code == 0
    return finding


def test_a_claim_goes_from_draft_to_ready_through_its_search(cli: Cli) -> None:
    finding = written(cli)
    refused = cli("findings", "ready", finding)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == (
        "Error: Nobody has looked for negative cases of the finding. Run `qualcode findings check` first.\n"
    )
    hits = cli("findings", "check", finding)
    assert "Vi tok hele risikoen i A." in hits.stdout
    assert hits.stderr == "3 hits of code=risk|risk-fear are to be looked at.\n"
    looked = cli("findings", "check", finding, "--all-looked")
    assert looked.stderr == ("3 hits are looked at.\n0 hits of code=risk|risk-fear are to be looked at.\n")
    assert cli("findings", "ready", finding).stdout == "The finding is ready: single statement.\n"
    assert [item["state"] for item in rows(cli, "findings", "list")] == ["ready"]
    assert cli("codings", "remove", coded(cli, "Vi var redde")).stderr == "1 piece of evidence goes with it.\n"
    assert [item["state"] for item in rows(cli, "findings", "list", "--state", "stale")] == ["stale"]
    assert rows(cli, "findings", "list", "--state", "ready") == []


def test_the_list_says_strength_and_both_sides(cli: Cli) -> None:
    written(cli)
    (row,) = rows(cli, "findings", "list")
    assert (row["claim"], row["state"], row["strength"]) == (CLAIM, "draft", "anecdotal")
    assert (row["label"], row["cases"], row["informants"], row["against"]) == (["contested"], 1, 1, 1)


def test_control_characters_of_a_claim_do_not_reach_the_screen_and_formulas_are_guarded(cli: Cli) -> None:
    finding = written(cli)
    for arguments in (("list",), ("show", finding)):
        assert "\x1b" not in cli("findings", *arguments).stdout
    assert ",'=Fear makes" in cli("findings", "list", "--format", "csv").stdout


def test_a_finding_shows_why_it_is_as_strong_its_evidence_and_each_case(cli: Cli) -> None:
    finding = written(cli)
    shown = cli("findings", "show", finding).stdout
    assert "Contested: 1 of 2 informants contradict it: at most weak." in shown
    assert "share_against" in shown
    (summary,) = rows(cli, "findings", "show", finding)
    assert (summary["share_against"], summary["coders"], summary["last_search"]) == ("1/2", ["anna", "bjørn"], None)
    evidence = rows(cli, "findings", "show", finding, "--part", "evidence")
    assert [(item["role"], item["kind"], item["case"], item["informant"], item["codes"]) for item in evidence] == [
        ("supports", "coding", "A", "kari", ["risk-fear"]),
        ("contradicts", "coding", "B", "per", ["risk"]),
    ]
    cases = rows(cli, "findings", "show", finding, "--part", "cases")
    assert [(item["case"], item["evidence"], item["replication"]) for item in cases] == [
        ("A", "supported", "literal"),
        ("B", "contradicted", "not-replicated"),
        ("C", "silent", "open"),
    ]


def test_evidence_is_taken_out_and_a_claim_changed_and_removed_and_brought_back(cli: Cli) -> None:
    finding = written(cli)
    out = cli("findings", "unlink", finding, coded(cli, "I B delte"))
    assert out.stdout == "1 link taken out. The finding is now: single statement.\n"
    assert (
        cli("findings", "edit", finding, "--claim", "Fear is dear.").stdout
        == "The finding is changed, and a draft.\n"
    )
    assert cli("findings", "edit", finding, "--claim", "Fear is dear.").stdout == "The finding says that already.\n"
    assert cli("findings", "ready", finding, "--draft").stdout == "The finding is a draft already.\n"
    removed = cli("findings", "remove", finding)
    assert removed.stdout == "«Fear is dear.» is removed. `qualcode undo` brings it back.\n"
    assert rows(cli, "findings", "list") == []
    assert cli("undo").exit_code == 0
    assert [item["claim"] for item in rows(cli, "findings", "list")] == ["Fear is dear."]


def test_a_search_of_ones_own_and_single_hits(cli: Cli) -> None:
    finding = written(cli)
    (hit,) = rows(cli, "findings", "check", finding, "--where", "valence=1")
    assert hit["text"] == "Så lærte vi av leverandøren."
    assert rows(cli, "findings", "check", finding, "--looked", hit["coding_id"][:8]) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("add", ""), "The claim is empty. Write it in one sentence."),
        (("add", "x", "--question", "P1"), "There is no research question 'P1'. The codebook's questions: ."),
        (("show", "12345678"), "There is no finding '12345678', or several begin so."),
        (("check", "12345678"), "There is no finding '12345678', or several begin so."),
        (("remove", "1"), "There is no finding '1', or several begin so."),
    ],
)
def test_what_is_not_there_is_one_line(cli: Cli, arguments: tuple[str, ...], message: str) -> None:
    outcome = cli("findings", *arguments)
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert outcome.stderr.startswith(f"Error: {message}")
    assert outcome.stderr.count("\n") == 1


def test_nothing_to_change_is_wrong_usage(cli: Cli) -> None:
    assert cli("findings", "edit", written(cli)).exit_code == 2
