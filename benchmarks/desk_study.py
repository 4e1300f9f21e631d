"""The study that desk.py opens: one long interview with its codings and suggestions, the same for the same seed."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from time import perf_counter

import workload

from qualcode.domain.span import Span
from qualcode.domain.suggestion import Proposal
from qualcode.errors import Message
from qualcode.services import codebooks, coding_import, importing, marking, people
from qualcode.services.study import Study, create_study
from qualcode.store import suggestions

WORDS, CODINGS, SUGGESTIONS = 100_000, 2_000, 500
FAVOURITE, FAVOURITE_CODE = "1", workload.code_ids()[0]


@dataclass(frozen=True)
class Made:
    """Where the study is, its document, and the document's text in a file of its own."""

    folder: Path
    document: str
    title: str
    text: Path


def make(folder: Path, *, scale: int = 1, seed: int = 1) -> Made:
    """Write the study into `folder`; `scale` multiplies words, codings and suggestions."""
    random = Random(seed)
    folder.mkdir(parents=True)
    interview = workload.transcript(random, 0, WORDS * scale)
    (folder / "interview.txt").write_text(interview.front_matter + interview.text, encoding="utf-8", newline="\n")
    (folder / "text.txt").write_text(interview.text, encoding="utf-8", newline="\n")
    (folder / "codebook.yaml").write_text(workload.codebook(random), encoding="utf-8", newline="\n")
    # The favourite lies nowhere yet: a press that changed nothing would be a press too fast.
    drawn = workload.codings(random, [interview], 2 * CODINGS * scale)
    codings = islice((row for row in drawn if row["code_id"] != FAVOURITE_CODE), CODINGS * scale)
    workload.write_csv(folder / "codings.csv", list(codings))
    first, *others = workload.CODERS
    codebook, sha256 = codebooks.read_file(folder / "codebook.yaml")
    with create_study(folder / "study", coder=first, codebook=codebook, codebook_sha256=sha256) as study:
        for other in others:
            people.add_coder(study, other)
        importing.import_files(study, [folder / "interview.txt"])
        coding_import.import_codings(study, folder / "codings.csv")
        _suggest(study, random, interview, SUGGESTIONS * scale)
        marking.put_favourite(study, FAVOURITE, FAVOURITE_CODE)
    return Made(folder / "study", interview.id, interview.title, folder / "text.txt")


def _suggest(study: Study, random: Random, interview: workload.Transcript, count: int) -> None:
    """Let so many sentences be suggested a code each, as a suggester would."""
    codes = workload.code_ids()
    found = [
        Proposal(interview.id, Span(item.start, item.end), random.choice(codes), random.random(), Message("Drawn"))
        for item in random.sample(interview.sentences, count)
    ]
    study.codebook  # noqa: B018 - the row ids of codes are those of the codebook last looked at
    with study.store.write("suggest", Message("Suggestions made"), undoable=False) as unit:
        suggestions.replace(
            unit,
            suggester="benchmark",
            version="1",
            version_ids={interview.id: study.text(interview.id).version_id},
            code_ids={item.code: study.code_id(item.code) or 0 for item in found},
            proposals=found,
        )


def commits_s(folder: Path, count: int) -> list[float]:
    """What a row written by plain sqlite3 takes until the disk has it, in seconds: no write can be faster."""
    taken: list[float] = []
    with closing(sqlite3.connect(folder / "commits.db", isolation_level=None)) as connection:
        connection.executescript("pragma journal_mode=wal; pragma synchronous=full; create table row (number)")
        for number in range(count):
            begun = perf_counter()
            connection.execute("insert into row values (?)", (number,))
            taken.append(perf_counter() - begun)
    return taken


def stored_codings(study: Path) -> int:
    """How many codings are on disk now."""
    with closing(sqlite3.connect(study / "study.db")) as connection:
        return connection.execute("select count(*) from coding").fetchone()[0]
