from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.cli.conftest import FIRST, SECOND
from tests.conftest import Cli

WORDS = "Innkjøp visste ingenting."
START = FIRST.index(WORDS)
END = START + len(WORDS)
PLACE = ("first", str(START), str(END))
CODE = "barrier-competence-supplier"


def rows(cli: Cli, *arguments: str) -> list[dict[str, Any]]:
    return json.loads(cli(*arguments, "--format", "json").stdout)


def only(cli: Cli) -> dict[str, Any]:
    found = rows(cli, "codings")
    assert len(found) == 1
    return found[0]


def test_a_coding_takes_the_codebook_s_defaults_and_says_so(interviews: Path, cli: Cli) -> None:
    done = cli("code", *PLACE, CODE)
    stored = only(cli)
    assert (stored["text"], stored["valence"], stored["about_actor"]) == (WORDS, "-1", "actor-supplier")
    assert (stored["case"], stored["informant"], stored["speaker"], stored["turn"]) == ("north", "kari", "Kari", 2)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == (
        f"{stored['coding_id'][:8]}  Leverandørens kompetanse on first {START}-{END}: «{WORDS}»\n"
        "          valence -1 (by default), about_actor actor-supplier (by default); informant kari; case north\n"
    )


@pytest.mark.parametrize(
    "options",
    [
        ["--valence", "1", "--about-actor", "actor-buyer"],
        ["--valence=1", "--about_actor=actor-buyer"],
        ["--qualifier", "valence=1", "--qualifier", "about_actor=actor-buyer"],
    ],
)
def test_qualifiers_of_the_codebook_are_options(options: list[str], interviews: Path, cli: Cli) -> None:
    assert cli("code", *options, *PLACE, CODE).exit_code == 0
    assert (only(cli)["valence"], only(cli)["about_actor"]) == ("1", "actor-buyer")


def test_a_negative_value_is_a_value_and_a_hyphen_says_nothing(interviews: Path, cli: Cli) -> None:
    cli("code", *PLACE, CODE, "--valence", "-1", "--about-actor", "-")
    assert (only(cli)["valence"], only(cli)["about_actor"]) == ("-1", "")


def test_without_defaults_nothing_is_said(interviews: Path, cli: Cli) -> None:
    done = cli(
        "code", *PLACE, "interaction-learning", "--no-defaults", "--about-pair", "actor-end-user+actor-buyer"
    )
    assert done.stderr == "Not said yet: valence\n"
    assert (only(cli)["valence"], only(cli)["about_pair"]) == ("", "actor-buyer+actor-end-user")


def test_another_codebook_brings_other_options(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cli("init", tmp_path / "ward", "--codebook", "night-handover", "--coder", "Kari")
    monkeypatch.chdir(tmp_path / "ward")
    monkeypatch.setenv("QUALCODE_CODER", "Kari")
    (tmp_path / "ward" / "a.txt").write_text(FIRST, encoding="utf-8")
    cli("import", "a.txt")
    assert cli("code", "a", "31", "40", "medicine", "--harm", "near-miss", "--ground", "seen").exit_code == 0
    assert (only(cli)["harm"], only(cli)["ground"]) == ("near-miss", "seen")
    refused = cli("code", "a", "31", "40", "mood", "--valence", "1")
    assert (refused.exit_code, refused.stderr.splitlines()[-1]) == (2, "Error: No such option '--valence'.")


def test_a_quotation_has_no_code_and_keeps_its_memo(interviews: Path, cli: Cli) -> None:
    done = cli("code", *PLACE, "-", "--memo", "godt sagt")
    assert done.stdout.splitlines()[0].split("  ", 1)[1].startswith("Quotation on first ")
    assert only(cli)["code_id"] is None
    assert [row["text"] for row in rows(cli, "memo", "list", only(cli)["coding_id"])] == ["godt sagt"]


def test_the_same_coding_again_changes_nothing_and_says_so(interviews: Path, cli: Cli) -> None:
    cli("code", *PLACE, CODE)
    before = only(cli)
    again = cli("code", *PLACE, CODE, "--valence", "1")
    assert again.exit_code == 0
    assert again.stderr == (
        "That coding was there already, and what was said of it stands; "
        f"`codings edit {before['coding_id'][:8]}` changes it.\n"
    )
    assert only(cli) == before


def test_a_memo_with_the_same_coding_again_is_kept_once(interviews: Path, cli: Cli) -> None:
    cli("code", *PLACE, CODE)
    told = [cli("code", *PLACE, CODE, "--memo", "godt sagt").stderr.splitlines()[-1] for _ in range(2)]
    assert told == ["The memo is added to it.", "It has that memo already."]
    assert [row["text"] for row in rows(cli, "memo")] == ["godt sagt"]


@pytest.mark.parametrize(
    ("arguments", "exit_code", "line"),
    [
        (["frist", "0", "5", CODE], 1, "There is no document 'frist'. Did you mean first?"),
        (
            [*PLACE, "barrier-competence-suplier"],
            1,
            f"There is no code 'barrier-competence-suplier'. Did you mean {CODE}?",
        ),
        (
            ["first", "0", "5000", CODE],
            1,
            f"The span 0-5000 ends outside the text, which has {len(FIRST)} characters. "
            "Offsets count code points from 0; the end is exclusive.",
        ),
        (
            ["first", "5", "5", CODE],
            1,
            "The span 5-5 is empty or negative. Give a start of 0 or more and an end beyond it.",
        ),
        (["first", "fem", "6", CODE], 2, "Invalid value for 'START': 'fem' is not a valid integer."),
        ([*PLACE, CODE, "--case", "nort"], 1, "There is no case 'nort'. Did you mean north?"),
        ([*PLACE, CODE, "--valence", "2"], 1, "valence has no value '2'. One of -1, 0, 1."),
        (
            [*PLACE, CODE, "--realisation", "realised"],
            1,
            f"realisation does not apply to {CODE}. It applies to the families value.",
        ),
        ([*PLACE, CODE, "--valens", "1"], 2, "No such option '--valens'. Did you mean '--valence'?"),
        ([*PLACE, CODE, "--meno", "x"], 2, "No such option '--meno'. Did you mean '--memo'?"),
        ([*PLACE, CODE, "--valence"], 2, "Option '--valence' requires an argument."),
        ([*PLACE, CODE, "--qualifier", "valence"], 2, "'valence' is not of the form key=value."),
        (
            [*PLACE, CODE, "--qualifier", "valens=1"],
            1,
            "The codebook has no qualifier 'valens'. It has: valence, about_actor, about_pair, phase, realisation, "
            "certainty, quotable.",
        ),
    ],
)
def test_what_cannot_be_coded_is_one_line_and_changes_nothing(
    arguments: list[str], exit_code: int, line: str, interviews: Path, cli: Cli
) -> None:
    refused = cli("code", *arguments)
    assert (refused.exit_code, refused.stdout) == (exit_code, "")
    assert refused.stderr.splitlines()[-1] == f"Error: {line}"
    assert rows(cli, "codings") == []


def test_a_family_is_refused_with_its_codes(interviews: Path, cli: Cli) -> None:
    refused = cli("code", *PLACE, "barrier")
    assert refused.exit_code == 1
    assert refused.stderr.startswith(
        "Error: barrier is a family and cannot be put on a span. Choose one of its codes: barrier-competence, "
    )


def several(cli: Cli) -> None:
    cli("coders", "add", "Bo")
    cli("code", *PLACE, CODE)
    cli("code", "first", "0", "10", "barrier-risk", "--case", "south")
    cli("code", "second", "19", "30", "interaction-learning")
    cli("--coder", "Bo", "code", "second", "19", "30", "interaction-learning")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (
            [],
            [("first", "barrier-risk"), ("first", CODE), *[("second", "interaction-learning")] * 2],
        ),
        (["--document", "first"], [("first", "barrier-risk"), ("first", CODE)]),
        (["--code", "barrier"], [("first", "barrier-risk"), ("first", CODE)]),
        (["--code", "barrier-competence"], [("first", CODE)]),
        (["--coder", "Bo"], [("second", "interaction-learning")]),
        (["--case", "north"], [("first", CODE)]),
        (["--case", "south", "--document", "first"], [("first", "barrier-risk")]),
        (["--informant", "kari"], [("first", CODE)]),
        (["--unplaced"], []),
    ],
)
def test_codings_are_filtered(
    filters: list[str], expected: list[tuple[str, str]], interviews: Path, cli: Cli
) -> None:
    several(cli)
    assert [(row["document"], row["code_id"]) for row in rows(cli, "codings", *filters)] == expected
    assert cli("codings", "list", *filters).stdout == cli("codings", *filters).stdout


@pytest.mark.parametrize("name", ["document", "code", "coder", "case", "informant"])
def test_a_filter_for_what_is_not_there_is_an_error_not_an_empty_list(
    name: str, interviews: Path, cli: Cli
) -> None:
    refused = cli("codings", f"--{name}", "zzz")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr.startswith(f"Error: There is no {name} 'zzz'. ")


def test_ids_are_short_on_a_screen_and_whole_for_programs(interviews: Path, cli: Cli) -> None:
    cli("code", *PLACE, CODE)
    uid = only(cli)["coding_id"]
    assert len(uid) == 36
    assert cli("codings").stdout.splitlines()[2].split()[0] == uid[:8]
    assert cli("codings", "--format", "csv").stdout.splitlines()[1].startswith(uid + ",")


def test_a_coding_is_edited_by_the_start_of_its_id(interviews: Path, cli: Cli) -> None:
    cli("code", *PLACE, CODE)
    uid = only(cli)["coding_id"]
    done = cli(
        "codings",
        "edit",
        uid[:8],
        "--valence",
        "1",
        "--about-actor",
        "-",
        "--case",
        "south",
        "--status",
        "disputed",
    )
    assert done.stdout.splitlines()[1] == "          valence 1; informant kari; case south; disputed"
    edited = only(cli)
    assert (edited["valence"], edited["about_actor"], edited["case"], edited["status"]) == (
        "1",
        "",
        "south",
        "disputed",
    )
    cli("codings", "edit", uid, "--span", "0", "10", "--code", "barrier-risk", "--case", "-")
    moved = only(cli)
    assert (moved["text"], moved["code_id"], moved["case"]) == (FIRST[:10], "barrier-risk", "north")
    for _time in range(2):
        cli("undo")
    assert (only(cli)["text"], only(cli)["valence"], only(cli)["case"]) == (WORDS, "-1", "north")


@pytest.mark.parametrize(
    ("arguments", "exit_code", "line"),
    [
        ([], 2, "Say what to change."),
        (["--code", "barrier-rsk"], 1, "There is no code 'barrier-rsk'. Did you mean barrier-risk?"),
        (
            ["--span", "9", "9"],
            1,
            "The span 9-9 is empty or negative. Give a start of 0 or more and an end beyond it.",
        ),
        (["--valence", "7"], 1, "valence has no value '7'. One of -1, 0, 1."),
        (["--case", "x"], 1, "There is no case 'x'. `qualcode cases list` shows the cases."),
    ],
)
def test_a_wrong_edit_is_one_line_and_changes_nothing(
    arguments: list[str], exit_code: int, line: str, interviews: Path, cli: Cli
) -> None:
    cli("code", *PLACE, CODE)
    before = only(cli)
    refused = cli("codings", "edit", before["coding_id"], *arguments)
    assert (refused.exit_code, refused.stdout) == (exit_code, "")
    assert refused.stderr.splitlines()[-1] == f"Error: {line}"
    assert only(cli) == before


def test_an_edit_that_would_double_another_coding_is_refused(interviews: Path, cli: Cli) -> None:
    cli("code", *PLACE, CODE)
    cli("code", *PLACE, "barrier-risk")
    first, second = (row["coding_id"] for row in rows(cli, "codings"))
    code = rows(cli, "codings")[0]["code_id"]
    refused = cli("codings", "edit", second, "--code", code)
    assert refused.exit_code == 1
    assert refused.stderr == f"Error: That coding exists already ({first[:8]}). Remove one of the two.\n"


def test_removing_says_first_what_goes_with_it_and_undo_brings_all_back(interviews: Path, cli: Cli) -> None:
    cli("code", *PLACE, CODE, "--memo", "en")
    cli("code", "first", str(START), str(END + 5), "dampening-ambition", "--memo", "to")
    before = rows(cli, "codings")
    one, other = (row["coding_id"] for row in before)
    assert cli("relate", one, "causes", other).exit_code == 0
    removed = cli("codings", "remove", one[:8], one, other)
    assert removed.stderr == "1 relation goes with it.\n2 memos go with it.\n"
    assert removed.stdout == "2 codings are removed.\n"
    assert rows(cli, "codings") == []
    assert cli("undo").stdout == "Taken back: 2 codings removed\n"
    assert rows(cli, "codings") == before
    assert [row["text"] for row in rows(cli, "memo")] == ["en", "to"]


def test_one_unknown_id_removes_nothing(interviews: Path, cli: Cli) -> None:
    cli("code", *PLACE, CODE)
    refused = cli("codings", "remove", only(cli)["coding_id"], "00000000")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == (
        "Error: There is no coding '00000000', or several begin so. `qualcode codings` lists them with their ids.\n"
    )
    assert only(cli)["text"] == WORDS


def test_memos_stand_on_anything_in_order_of_time(interviews: Path, cli: Cli) -> None:
    cli("code", *PLACE, CODE)
    uid = only(cli)["coding_id"]
    targets = ["study", "document:first", "code:barrier", "case:north", "informant:kari", uid]
    for target in targets:
        assert cli("memo", "add", target, f"om {target}").exit_code == 0
    assert [(row["target"], row["text"]) for row in rows(cli, "memo")] == [(t, f"om {t}") for t in targets]
    assert [row["text"] for row in rows(cli, "memo", "list", "case:north")] == ["om case:north"]
    assert cli("memo", "list", uid[:8]).stdout.splitlines()[2].split()[-3:] == [uid[:8], "om", uid]


@pytest.mark.parametrize(
    ("target", "text", "line"),
    [
        ("study", " ", "The memo is empty. Give its text."),
        ("case:nort", "x", "There is no case 'nort'. Did you mean north?"),
        (
            "person:kari",
            "x",
            "'person:kari' names nothing a memo can be on. A coding's id, `study`, or one of document, code, case, "
            "informant, organisation, theme, relation, finding with an id, as in `document:a1`.",
        ),
    ],
)
def test_a_memo_on_nothing_is_one_line(target: str, text: str, line: str, interviews: Path, cli: Cli) -> None:
    refused = cli("memo", "add", target, text)
    assert (refused.exit_code, refused.stdout, refused.stderr) == (1, "", f"Error: {line}\n")
    assert rows(cli, "memo") == []


def test_a_coding_made_in_one_process_is_there_in_the_next(
    interviews: Path, run_cli: Callable[..., CompletedProcess[str]]
) -> None:
    span = (str(SECOND.index("Vi lærte")), str(SECOND.index(" av dem")))
    made = run_cli("code", "second", *span, "interaction-learning", cwd=interviews)
    assert made.returncode == 0, made.stderr
    seen = run_cli("codings", "--format", "csv", cwd=interviews)
    assert (seen.returncode, seen.stderr) == (0, "")
    assert "Vi lærte,interaction-learning," in seen.stdout


def test_a_code_is_split_by_the_codings_that_go_to_the_new_one(interviews: Path, cli: Cli) -> None:
    cli("code", *PLACE, CODE)
    uid = only(cli)["coding_id"]
    done = cli("codebook", "split", CODE, "supplier-silence", "Silence", uid[:8], "--definition", "Says nothing")
    assert (done.exit_code, done.stdout) == (0, f"Codings moved from {CODE} to supplier-silence: 1.\n")
    assert only(cli)["code_id"] == "supplier-silence"
    shown = rows(cli, "codebook", "show", "supplier-silence")
    assert {row["field"]: row["value"] for row in shown}["definition.nb"] == "Says nothing"
    assert cli("codebook", "split", CODE, "another", "Another", uid[:8]).exit_code == 1
