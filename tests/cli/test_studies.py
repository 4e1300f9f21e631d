from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from qualcode.settings import UserSettings, write_user_settings
from tests.conftest import Cli

Process = Callable[..., CompletedProcess[str]]


def settings_of(cli: Cli) -> dict[str, object]:
    return {row["key"]: row["value"] for row in json.loads(cli("study", "show", "--format", "json").stdout)}


def test_init_makes_a_study_that_can_be_used_at_once(run_cli: Process, tmp_path: Path) -> None:
    made = run_cli("init", "desk", "--coder", "Kari", "--title", "Nattarbeid", "--language", "nn")
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith("The study Nattarbeid is made in desk.\nCodebook ioa-svc ")
    assert sorted(path.name for path in (tmp_path / "desk").iterdir()) == [
        "codebooks",
        "exports",
        "study.db",
        "study.toml",
        "transcripts",
    ]
    shown = run_cli("study", "show", "--format", "json", cwd=tmp_path / "desk" / "transcripts")
    facts = {row["key"]: row["value"] for row in json.loads(shown.stdout)}
    assert (facts["title"], facts["language"]) == ("Nattarbeid", "nn")
    assert facts["evidence.required_sides"] == "demand,supply"


def test_init_says_how_to_act_as_a_coder_who_is_not_the_usual_one(cli: Cli, tmp_path: Path) -> None:
    assert 'coder = "Kari"' in cli("init", tmp_path / "a", "--coder", "Kari").stderr
    write_user_settings(UserSettings(coder="Kari"))
    assert 'coder = "Kari"' not in cli("init", tmp_path / "b", "--coder", "Kari").stderr


@pytest.mark.parametrize("source", ["option", "command", "environment", "configuration"])
def test_the_first_coder_is_the_named_the_configured_or_who_is_logged_in(
    source: str, cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before: list[str] = []
    after: list[str] = []
    if source == "option":
        before = ["--coder", "Kari"]
    elif source == "command":
        after = ["--coder", "Kari"]
    elif source == "environment":
        monkeypatch.setenv("QUALCODE_CODER", "Kari")
    else:
        write_user_settings(UserSettings(coder="Kari"))
    cli(*before, "init", tmp_path / "study", *after)
    coders = cli("--study", tmp_path / "study", "coders", "--format", "csv").stdout
    assert coders == "coder,active\r\nKari,true\r\n"


def test_another_codebook_or_none_can_be_chosen(cli: Cli, tmp_path: Path) -> None:
    assert (
        "Codebook night-handover 0.3.0 with " in cli("init", tmp_path / "a", "--codebook", "night-handover").stdout
    )
    assert "It has no codebook yet" in cli("init", tmp_path / "b", "--codebook", "none").stdout


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (
            ["--codebook", "ioa"],
            "Error: There is no codebook 'ioa'. Give a file, or one of ioa-svc, night-handover.",
        ),
        (["--codebook", "lost.yaml"], "Error: There is no file lost.yaml. Check the name and the folder."),
        (["--language", "norsk_"], "Error: 'norsk_' is no language. Give its tag, such as nb, nn, en or en-GB."),
    ],
)
def test_a_study_that_cannot_be_made_is_one_line_and_no_folder(
    arguments: list[str], line: str, cli: Cli, tmp_path: Path
) -> None:
    refused = cli("init", tmp_path / "study", *arguments)
    assert (refused.exit_code, refused.stdout, refused.stderr) == (1, "", line + "\n")
    assert not (tmp_path / "study").exists()


def test_an_unreachable_database_leaves_no_folder(cli: Cli, tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    refused = cli("init", tmp_path / "study", "--database", "postgresql+psycopg://nobody@127.0.0.1:1/none")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.endswith("Check that the place exists and that you may read and write there.\n")
    assert not (tmp_path / "study").exists()


def test_a_study_is_never_made_over_another(home: Path, cli: Cli) -> None:
    before = (home / "study.db").read_bytes()
    refused = cli("init", home)
    assert (refused.exit_code, refused.stderr) == (
        1,
        f"Error: {home} is a study already. Choose another folder, or open it.\n",
    )
    assert (home / "study.db").read_bytes() == before


def test_what_was_in_the_folder_stays_where_no_study_can_be_made_in_it(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    sqlite3.connect(tmp_path / "study.db").close()
    (tmp_path / "study.db").write_bytes(b"not mine")
    assert cli("init", tmp_path).exit_code == 1
    assert (tmp_path / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "study.db").read_bytes() == b"not mine"


def test_outside_a_study_a_command_says_how_to_make_one(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    outcome = cli("documents")
    assert (outcome.exit_code, outcome.stdout) == (1, "")
    assert outcome.stderr == (
        f"Error: There is no study here or in a folder above {tmp_path}. "
        "Make one with `qualcode init DIR`, or name one with `--study DIR`.\n"
    )


@pytest.mark.parametrize(
    ("key", "value", "stored"),
    [
        ("title", "Tre anskaffelser", "Tre anskaffelser"),
        ("language", "en-GB", "en-GB"),
        ("approach", "codebook", "codebook"),
        ("evidence.required_sides", "supply", '["supply"]'),
        ("evidence.required_sides", "supply, demand", "supply,demand"),
        ("evidence.required_sides", '["user"]', '["user"]'),
    ],
)
def test_settings_are_set_shown_and_taken_back(key: str, value: str, stored: str, home: Path, cli: Cli) -> None:
    before = settings_of(cli)
    done = cli("study", "set", key, value)
    assert (done.exit_code, done.stdout) == (0, f"{key} is now {stored}.\n")
    assert settings_of(cli)[key] == stored
    assert cli("undo").stdout == f"Taken back: {key} set to {stored}\n"
    assert settings_of(cli) == before


def test_a_setting_says_who_changed_it(home: Path, cli: Cli) -> None:
    cli("study", "set", "approach", "reflexive")
    rows = {row["key"]: row for row in json.loads(cli("study", "show", "--format", "json").stdout)}
    assert rows["approach"]["coder"] == "Anna"
    assert rows["approach"]["changed_at"].endswith("Z")


@pytest.mark.parametrize(
    ("key", "value", "line"),
    [
        (
            "evidence.side_atribute",
            "side",
            "There is no setting 'evidence.side_atribute'. Did you mean evidence.side_attribute?",
        ),
        (
            "evidence.required_sides",
            "demand,suply",
            "evidence.required_sides cannot be 'suply'. One of demand, supply, intermediary, user.",
        ),
        ("approach", "loose", "approach cannot be 'loose'. One of reflexive, codebook, reliability."),
        ("approach", '{"a": 1}', '{"a": 1} is no value of a setting. Give a value, or several by comma.'),
    ],
)
def test_a_wrong_setting_is_one_line_and_changes_nothing(
    key: str, value: str, line: str, home: Path, cli: Cli
) -> None:
    before = settings_of(cli)
    refused = cli("study", "set", key, value)
    assert (refused.exit_code, refused.stdout, refused.stderr) == (1, "", f"Error: {line}\n")
    assert settings_of(cli) == before


def test_an_unknown_coder_is_refused_with_a_near_match(
    home: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = "Error: There is no coder 'Annna'. Did you mean Anna?\n"
    assert cli("--coder", "Annna", "cases").stderr == line
    monkeypatch.setitem(os.environ, "QUALCODE_CODER", "Annna")
    refused = cli("cases", "add", "north")
    assert (refused.exit_code, refused.stderr) == (1, line)
    assert cli("cases", "--format", "json").stdout == "[]\n"


def test_an_upgrade_of_a_study_that_needs_none_says_what_it_has(cli: Cli, tmp_path: Path) -> None:
    cli("init", tmp_path / "desk", "--coder", "Kari")
    upgraded = cli("--study", tmp_path / "desk", "study", "upgrade")
    assert (upgraded.exit_code, upgraded.stdout) == (
        0,
        f"The study {tmp_path / 'desk' / 'study.db'} has the schema of this version.\n",
    )
