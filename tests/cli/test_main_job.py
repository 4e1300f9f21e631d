"""The whole job on the shipped sample as a researcher does it, every step a process of its own.

A process of its own forgets everything: what a later step sees was stored. No step reaches the network (the guard
of the test run holds in sub-processes too). What the program counts is counted here a second time from its files.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.conftest import REPOSITORY
from tests.sample import plain_matrices

Process = Callable[..., CompletedProcess[str]]

TRUST = "interaction-trust"
MINE = "Innkjøp visste ikke om det før det lå en sak på bordet"


@dataclass
class Desk:
    """A folder with a copy of the sample's files and the study `work` in it; anna acts."""

    folder: Path
    process: Process

    def run(self, *arguments: str, exit_code: int = 0) -> CompletedProcess[str]:
        """One command on the study, from the folder of the sample."""
        done = self.process(
            *arguments, cwd=self.folder, env={"QUALCODE_CODER": "anna", "QUALCODE_STUDY": str(self.folder / "work")}
        )
        assert done.returncode == exit_code, (arguments, done.stdout[-500:], done.stderr)
        return done

    def said(self, *arguments: str) -> str:
        """The last line a command says, wherever it says it."""
        done = self.run(*arguments)
        return (done.stdout + done.stderr).splitlines()[-1]

    def rows(self, *arguments: str) -> list[dict[str, Any]]:
        """What a command that reads answers as JSON."""
        return json.loads(self.run(*arguments, "--format", "json").stdout)

    def segments(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.run("export", "segments", "-o", "-").stdout)))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the study of all tests here is kept once the first of them has built it."""
    return tmp_path_factory.mktemp("shelf")


@pytest.fixture
def desk(shelf: Path, tmp_path: Path, run_cli: Process) -> Desk:
    """A study made from the sample's files by commands alone."""
    kept = shelf / "sample"
    if not kept.exists():
        for part in ("transcripts", "codebooks"):
            shutil.copytree(REPOSITORY / part, shelf / "building" / part)
        _build(Desk(shelf / "building", run_cli))
        (shelf / "building").rename(kept)
    shutil.copytree(kept, tmp_path / "sample")
    return Desk(tmp_path / "sample", run_cli)


def _build(desk: Desk) -> None:
    made = desk.run("init", "work", "--codebook", "codebooks/ioa-svc.yaml")
    assert "72 codes; the coder is anna." in made.stdout
    for table, size in (("organisations", 9), ("cases", 3), ("informants", 12)):
        told = f"{table}.csv: {size} described, {size} of them new."
        assert desk.said(table, "import", f"transcripts/{table}.csv") == told
    assert desk.said("import", "transcripts") == "12 documents imported."
    told = desk.said("codings", "import", "transcripts/reference_codings.csv", "--new-coders")
    assert told == "596 codings stored, 0 known already."
    assert desk.said("relations", "import", "transcripts/reference_relations.csv") == "207 new, 0 known already."


def words_of(transcript: Path) -> str:
    """A transcript's text from offset 0: what follows its front matter."""
    return transcript.read_text(encoding="utf-8").split("\n---\n", 1)[1].lstrip("\n")


def test_every_coding_stands_where_its_words_stand(desk: Desk) -> None:
    texts = {row["id"]: desk.run("documents", "show", row["id"], "--text").stdout for row in desk.rows("documents")}
    assert len(texts) == 12
    for document, text in texts.items():
        assert text.lstrip("\n") == words_of(desk.folder / "transcripts" / f"{document}.md")
    segments = desk.segments()
    assert len(segments) == 596
    assert [
        row for row in segments if texts[row["document"]][int(row["start"]) : int(row["end"])] != row["text"]
    ] == []
    reference = plain_matrices.rows_of(str(desk.folder / "transcripts" / "reference_codings.csv"))
    known = (
        "coder",
        "document",
        "informant",
        "speaker",
        "turn",
        "text",
        "code_id",
        "valence",
        "phase",
        "about_pair",
    )
    assert sorted([row[name] for name in known] for row in segments) == sorted(
        [row[name] for name in known] for row in reference
    )


def test_importing_all_of_it_again_adds_nothing(desk: Desk) -> None:
    before = desk.segments()
    assert desk.said("import", "transcripts") == "0 documents imported, 12 known already."
    told = desk.said("codings", "import", "transcripts/reference_codings.csv")
    assert told == "0 codings stored, 596 known already."
    assert desk.said("relations", "import", "transcripts/reference_relations.csv") == "0 new, 207 known already."
    assert desk.segments() == before
    causes = [row for row in desk.rows("relations") if row["type"] == "causes"]
    assert desk.rows("relations", "--type", "causes") == causes
    assert desk.rows("relations", "list", "--type", "causes") == causes
    assert 0 < len(causes) < len(desk.rows("relations")) == 207


def test_the_matrix_counts_what_a_reader_of_the_files_counts_and_its_page_holds_the_quotes(desk: Desk) -> None:
    codings = plain_matrices.rows_of(str(desk.folder / "transcripts" / "reference_codings.csv"))
    codebook = str(desk.folder / "codebooks" / "ioa-svc.yaml")
    counted = plain_matrices.matrix(
        str(desk.folder / "transcripts"), codebook, codings, "case", "family", "informants"
    )
    desk.run("matrix", "-o", "matrix.csv")
    with (desk.folder / "matrix.csv").open(encoding="utf-8", newline="") as file:
        rows = [[row[0], *row[2:]] for row in csv.reader(file)]
    assert rows[0][1:] == counted[0][1:]
    assert sorted(rows[1:]) == sorted(counted[1:])
    barriers = [int(row[rows[0].index("barrier")]) for row in rows[1:]]
    assert barriers[-1] == sum(barriers[:-1]) - 2, "marit speaks of all three cases and counts once in all"

    desk.run("matrix", "-o", "matrix.html")
    page = (desk.folder / "matrix.html").read_text(encoding="utf-8")
    assert "vi visste ikke hva vi fikk lov til å spørre leverandøren om engang" in page
    assert "Andre runde (oppdiktet)" in page
    assert "<script src" not in page
    assert "<link" not in page


def test_codes_on_the_same_words_are_paired_once_however_many_coders(desk: Desk) -> None:
    holders: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in desk.segments():
        if row["status"] == "accepted" and row["code_id"]:
            holders[row["document"], row["start"], row["end"]].add(row["family"])
    pairs = {
        (row["first"], row["second"]): row["n12"]
        for row in desk.rows("cooccurrence", "--unit", "span", "--columns", "family")
    }
    assert pairs["interaction", "method"] == sum({"interaction", "method"} <= held for held in holders.values()) > 0
    assert ("interaction", "model") not in pairs
    assert not any({"interaction", "model"} <= held for held in holders.values())


def test_search_finds_every_place_and_what_is_coded_there(desk: Desk) -> None:
    hits = desk.rows("search", "tillit")
    places = sum(words_of(path).casefold().count("tillit") for path in desk.folder.glob("transcripts/*-*.md"))
    assert len(hits) == places == 8
    assert {hit["text"].casefold() for hit in hits} == {"tillit"}
    assert any(TRUST in hit["codes"] for hit in hits)


def test_a_coding_with_its_memo_is_undone_and_done_again_by_later_processes(desk: Desk) -> None:
    document = "oppdiktet-a1-behovseier"
    start = desk.run("documents", "show", document, "--text").stdout.index(MINE)
    span = (str(start), str(start + len(MINE)))
    before = desk.segments()
    told = desk.run("code", document, *span, TRUST, "--valence", "-1", "--memo", "Is this distrust?").stdout
    assert f"«{MINE}»" in told.replace("\n", " ")
    assert "valence -1; informant solveig; case nattlys" in told
    (mine,) = [row for row in desk.segments() if row["coding_id"] not in {row["coding_id"] for row in before}]
    assert (mine["text"], mine["turn"], mine["memo"], mine["origin"], mine["coder"]) == (
        MINE,
        "6",
        "Is this distrust?",
        "manual",
        "anna",
    )
    assert desk.said("memo", "add", "study", "First day") == "The memo on study is kept."
    assert [row["text"] for row in desk.rows("memo", "list", "study")] == ["First day"]
    assert desk.said("undo") == "Taken back: Memo on study"
    assert desk.said("undo").startswith(f"Taken back: {TRUST} put on {document} ")
    assert desk.segments() == before
    assert desk.said("redo").startswith(f"Done again: {TRUST} put on {document} ")
    assert [row for row in desk.segments() if row["coding_id"] == mine["coding_id"]] == [mine]
    states = {row["verb"]: row["state"] for row in desk.rows("history")[:5]}
    assert (states["memo"], states["code"]) == ("undone", "done")


def test_a_suggestion_becomes_a_coding_when_it_is_accepted_and_not_before(desk: Desk) -> None:
    before = desk.segments()
    desk.run("suggest")
    assert desk.segments() == before
    first, second, *_ = open_ones = desk.rows("suggest", "list")
    assert first["reason"]
    desk.run("suggest", "decide", str(first["suggestion_id"]), "accept")
    desk.run("suggest", "decide", str(second["suggestion_id"]), "reject")
    (accepted,) = [row for row in desk.segments() if row["origin"] == "suggestion"]
    wanted = [str(first[name]) for name in ("document", "turn", "start", "end", "text", "code_id")]
    assert [accepted[name] for name in ("document", "turn", "start", "end", "text", "code_id")] == wanted
    assert len(desk.rows("suggest", "list")) == len(open_ones) - 2
    desk.run("undo")
    desk.run("undo")
    assert desk.segments() == before
    assert [row["suggestion_id"] for row in desk.rows("suggest", "list")] == [
        row["suggestion_id"] for row in open_ones
    ]


def test_what_a_backup_holds_comes_back_and_the_doctor_finds_nothing_damaged(desk: Desk) -> None:
    before = desk.segments()
    assert desk.run("backup", "copy.db").stdout == "copy.db: 12 documents and 596 codings, checked.\n"
    desk.run(
        "codings", "remove", *[row["coding_id"] for row in before if row["document"].startswith("oppdiktet-c4")]
    )
    assert len(desk.segments()) < 596
    desk.run("restore", "copy.db")
    assert desk.segments() == before
    examined = desk.run("doctor", "--format", "json")
    assert examined.stderr == "Nothing is damaged.\n"
    counts = {(row["check"], row["count"]) for row in json.loads(examined.stdout)}
    counted = [row for row in before if row["status"] == "accepted" and row["code_id"]]
    without_an_informant = sum(not row["informant"] for row in counted)
    assert ("informant", without_an_informant) in counts


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "exports").iterdir()}


def test_the_demo_leaves_its_tables_and_keeps_what_somebody_has_coded_there(
    run_cli: Process, tmp_path: Path
) -> None:
    first = run_cli("demo", "sample")
    assert (first.returncode, first.stderr) == (0, "")
    folder = tmp_path / "sample"
    written = tables(folder)
    assert sorted(written) == ["relations.csv", "segments.csv", "themes-by-case.csv", "themes-by-case.html"]
    for name in written:
        assert f"sample/exports/{name}" in first.stdout
    assert len(written["segments.csv"].splitlines()) == 597
    assert b"theme-risk" in written["themes-by-case.csv"].splitlines()[0]
    assert b"<html" in written["themes-by-case.html"]

    mine = run_cli("--coder", "anna", "code", "oppdiktet-c4-vaktmester", "400", "420", TRUST, cwd=folder)
    assert mine.returncode == 0, mine.stderr
    again = run_cli("demo", "sample")
    assert (again.returncode, again.stderr) == (0, "")
    before, after = (set(data.splitlines()) for data in (written["segments.csv"], tables(folder)["segments.csv"]))
    assert before < after
    assert len(after - before) == 1
    assert tables(folder)["relations.csv"] == written["relations.csv"]


def test_the_demo_is_not_mixed_into_somebodys_study(run_cli: Process, tmp_path: Path) -> None:
    assert run_cli("init", "own", "--coder", "Kari").returncode == 0
    before = {path: path.read_bytes() for path in (tmp_path / "own").rglob("*") if path.is_file()}
    refused = run_cli("demo", "own")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"Error: {tmp_path}/own is a study of its own; the sample study is not mixed into it. "
        "Choose another folder: `qualcode demo DIR`.\n"
    )
    assert {path: path.read_bytes() for path in (tmp_path / "own").rglob("*") if path.is_file()} == before
