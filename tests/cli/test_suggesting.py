from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qualcode.services import coding, documents, suggesting
from qualcode.services.study import open_study
from tests.conftest import Cli, Outcome
from tests.services.suggesting_samples import choir

Ask = Callable[..., Outcome]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The choir study's folder."""
    choir(tmp_path).close()
    return tmp_path / "choir"


@pytest.fixture
def ask(cli: Cli, folder: Path) -> Ask:
    """`ask("list")` is `qualcode suggest list` in the choir study, by anna."""

    def call(*arguments: str, coder: str = "anna") -> Outcome:
        return cli("--study", folder, "--coder", coder, "suggest", *arguments)

    return call


def numbers(ask: Ask) -> dict[tuple[str, str], str]:
    """Document and code of what is open -> its number."""
    return {(row["document"], row["code_id"]): str(row["suggestion_id"]) for row in listed(ask)}


def listed(ask: Ask, *arguments: str, coder: str = "anna") -> list[dict[str, Any]]:
    return json.loads(ask("list", *arguments, "--format", "json", coder=coder).stdout)


def test_suggest_runs_over_all_documents_and_counts_what_is_open(ask: Ask) -> None:
    outcome = ask()
    assert outcome.exit_code == 0
    assert [line.split() for line in outcome.stdout.splitlines() if "-" not in line] == [
        ["Document", "Suggested", "Open"], ["alto", "3", "3"], ["bass", "2", "2"], ["note", "1", "1"],
    ]  # fmt: skip
    assert outcome.stderr.splitlines() == [
        "3 documents read: 6 suggestions.",
        "`qualcode suggest list DOC` lists what is open for anna.",
    ]
    (tally,) = json.loads(ask("report", "--format", "json").stdout)
    assert (tally["shown"], tally["open"]) == (0, 6)
    assert json.loads(ask("--format", "json").stdout)[1] == {"document": "bass", "suggestions": 2, "open": 2}


def test_the_order_of_what_is_only_counted_is_wrong_usage(ask: Ask) -> None:
    outcome = ask("--by-score")
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert "--by-score goes with documents, or with `suggest list`." in outcome.stderr


def test_suggest_prints_what_is_open_in_the_documents_named(ask: Ask) -> None:
    outcome = ask("alto", "bass", "note")
    assert outcome.exit_code == 0
    header, _line, first, *others = outcome.stdout.splitlines()
    assert header.split() == ["Document", "Turn", "No.", "Rank", "Code", "Reason", "Words"]
    assert first.split("  ")[0] == "alto"
    assert " ".join(first.split()) == "alto 2 1 1 Øving øver (keyword) Vi øver hver tirsdag."
    assert len(others) == 5
    assert outcome.stderr.splitlines() == [
        "3 documents read: 6 suggestions. Those open for anna:",
        "Decide with `qualcode suggest decide NUMBER accept`, `correct`, `reject` or `skip`.",
    ]


def test_documents_and_options_go_to_the_run(ask: Ask) -> None:
    outcome = ask("bass", "--by-score", "--suggester", "lexicon", "--format", "csv")
    assert [(row["document"], row["code_id"]) for row in csv.DictReader(io.StringIO(outcome.stdout))] == [
        ("bass", "rehearsal"), ("bass", "money"),
    ]  # fmt: skip
    assert outcome.stderr == "1 document read: 2 suggestions. Those open for anna:\n"
    assert ask("--by-score", "bass", "--format=csv").stdout.count("\n") == 3


def test_a_program_gets_every_field_and_whole_words(ask: Ask) -> None:
    ask()
    _, row = listed(ask, "bass")
    assert 0 < row.pop("score") < 1
    assert row == {
        "suggestion_id": 5,
        "document": "bass",
        "turn": 2,
        "start": 52,
        "end": 106,
        "text": "Men øvingene er for lange, og så øver vi på det samme.",
        "code_id": "rehearsal",
        "code": "Øving",
        "rank": 1,
        "confidence": None,
        "reason": "øver (keyword); øvingene (name)",
        "suggester": "lexicon",
        "suggester_version": "1",
    }


def test_a_document_called_like_a_command_is_reached_by_run(ask: Ask, folder: Path) -> None:
    with open_study(folder, coder="anna") as study:
        documents.rename(study, "note", "list")
    assert ask("list").stderr.startswith("Nothing is open.")
    assert "1 document read: 1 suggestion." in ask("run", "list").stderr
    assert [row["document"] for row in listed(ask, "list")] == ["list"]


def test_an_unknown_document_or_suggester_is_one_line(ask: Ask) -> None:
    for arguments in (["alt"], ["list", "alt"]):
        outcome = ask(*arguments)
        assert (outcome.exit_code, outcome.stdout) == (1, "")
        assert outcome.stderr == "Error: There is no document 'alt'. Did you mean alto?\n"
    assert ask("--suggester", "x").stderr == "Error: There is no suggester 'x'. There are: lexicon.\n"


def test_nobody_named_is_said_before_anything_is_run(cli: Cli, folder: Path) -> None:
    assert "Nobody is named" in cli("--study", folder, "suggest").stderr
    with open_study(folder, coder="anna") as study:
        assert suggesting.open_suggestions(study) == []


def test_accepting_says_what_was_coded_and_undo_opens_it_again(ask: Ask, cli: Cli, folder: Path) -> None:
    ask()
    number = numbers(ask)["alto", "money"]
    outcome = ask("decide", number, "accept")
    with open_study(folder, coder="anna") as study:
        (segment,) = coding.everything(study)
    place = f"{segment.coding.span.start}-{segment.coding.span.end}"
    assert (outcome.exit_code, outcome.stdout.splitlines()) == (0, [
        f"{segment.coding.uid[:8]}  Kontingent on alto {place}: «Kontingenten er for høy.»",
        "          tone -1 (by default); informant kari; no case",
    ])  # fmt: skip
    assert ("alto", "money") not in numbers(ask)
    again = ask("decide", number, "reject")
    assert (again.exit_code, again.stdout) == (1, "")
    assert again.stderr.startswith(f"Error: Suggestion {number} is decided already: accepted.")
    assert cli("--study", folder, "--coder", "anna", "undo").exit_code == 0
    assert numbers(ask)["alto", "money"] == number


def test_a_qualifier_of_the_codebook_is_an_option(ask: Ask, folder: Path) -> None:
    ask()
    open_numbers = numbers(ask)
    assert ask("decide", open_numbers["alto", "money"], "accept", "--tone", "1").stdout.endswith(
        "  tone 1; informant kari; no case\n"
    )
    assert ask("decide", open_numbers["bass", "money"], "accept", "--tone=-").stdout.endswith(
        "\n          informant ola; no case\n"
    )
    with open_study(folder, coder="anna") as study:
        assert [item.coding.qualifiers for item in coding.everything(study)] == [{"tone": "1"}, {}]


def test_correcting_takes_another_code_or_span(ask: Ask, folder: Path) -> None:
    ask()
    open_numbers = numbers(ask)
    ask("decide", open_numbers["alto", "money"], "correct", "--code", "travel")
    ask("decide", open_numbers["note", "rehearsal"], "correct", "--span", "0", "10", "--tone", "0")
    with open_study(folder, coder="anna") as study:
        made = [item.coding for item in coding.everything(study)]
    assert [(item.document, item.code, item.anchor.exact, dict(item.qualifiers)) for item in made] == [
        ("alto", "travel", "Kontingenten er for høy.", {}),
        ("note", "rehearsal", "Koret øver", {"tone": "0"}),
    ]  # fmt: skip


def test_rejecting_and_skipping_say_what_follows(ask: Ask) -> None:
    ask()
    open_numbers = numbers(ask)
    rejected, skipped = open_numbers["alto", "money"], open_numbers["bass", "money"]
    assert ask("decide", rejected, "reject").stdout == "Rejected: it is not offered to you again.\n"
    assert ask("decide", skipped, "skip").stdout == "Skipped: it stays open.\n"
    assert set(open_numbers.values()) - set(numbers(ask).values()) == {rejected}


@pytest.mark.parametrize("arguments", [
    ["1", "accept", "--code", "money"],
    ["1", "skip", "--span", "1", "2"],
    ["1", "reject", "--tone", "1"],
    ["1", "accept", "--tune", "1"],
    ["1", "maybe"],
    ["one", "accept"],
])  # fmt: skip
def test_what_does_not_go_together_is_wrong_usage(ask: Ask, arguments: list[str]) -> None:
    ask()
    outcome = ask("decide", *arguments)
    assert (outcome.exit_code, outcome.stdout) == (2, "")
    assert len(numbers(ask)) == 6


def test_accepting_what_is_coded_already_says_so(ask: Ask, folder: Path) -> None:
    ask()
    number = numbers(ask)["note", "rehearsal"]
    with open_study(folder, coder="anna") as study:
        coding.add(study, "note", suggesting.get(study, int(number)).span, "rehearsal")
    outcome = ask("decide", number, "accept")
    assert outcome.exit_code == 0
    assert outcome.stderr.startswith("That coding was there already and is as it was;")


def test_a_list_counts_as_shown_and_the_report_says_what_became_of_it(ask: Ask) -> None:
    ask("bass")
    ask("decide", numbers(ask)["bass", "money"], "accept")
    ask("list")
    assert ask("report").stdout.splitlines()[-1].split() == ["lexicon", "2", "1", "0", "0", "0", "1"]
    ask()
    ask("list")
    report = json.loads(ask("report", "--format", "json").stdout)
    assert report == [{
        "suggester": "lexicon", "shown": 6, "accepted": 1, "corrected": 0, "rejected": 0, "skipped": 0, "open": 5,
    }]  # fmt: skip


def test_another_coder_sees_what_the_first_has_decided(ask: Ask) -> None:
    ask()
    ask("decide", numbers(ask)["alto", "money"], "reject")
    assert ("alto", "money") in {(row["document"], row["code_id"]) for row in listed(ask, coder="bjorn")}


def test_help_shows_the_commands_and_the_documents(ask: Ask) -> None:
    outcome = ask("--help")
    assert outcome.exit_code == 0
    assert "suggest [OPTIONS] [DOC]... | COMMAND [ARGS]..." in outcome.stdout
    assert "decide  Decide on a suggestion by its number." in outcome.stdout
