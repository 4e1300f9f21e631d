"""Registering patterns before coding, and holding them against the codings afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qualcode.domain.asked import Answers, Asked, by_informant
from qualcode.domain.codebook import Codebook
from qualcode.domain.facts import Population
from qualcode.domain.pattern import Expected, Material, Pattern, Prediction, Score, score
from qualcode.errors import N_, BadInput, Conflict
from qualcode.formats.csv_rows import CsvRow, read_csv
from qualcode.services import relations
from qualcode.services.attributes import located
from qualcode.services.cells import member
from qualcode.services.disk import content_of
from qualcode.services.fields import facts_of
from qualcode.services.keys import check_key
from qualcode.services.study import Study
from qualcode.store import codings, grid, lookup
from qualcode.store import patterns as store

_NEEDED = ("pattern", "case", "expected", "source")


@dataclass(frozen=True, slots=True)
class Dated:
    """A pattern with its score, and whether it was registered before the first coding of the study."""

    score: Score
    before_coding: bool


def register(study: Study, path: Path) -> list[str]:
    """Register the patterns of a CSV, a prediction a row, as one operation; their ids.

    Columns: pattern, case, expected (present, absent, more, less), source; and for a relation type and target; text
    says in words what is predicted. Nothing is stored where a row is wrong.

    Raises BadInput with file and line, Conflict for a pattern that is registered: its date is to stand.
    """
    table = read_csv(content_of(path), name=path.name)
    table.require(*_NEEDED, name=path.name, hint=N_("Needed are pattern, case, expected and source."))
    known = {pattern.id for pattern in listing(study)}
    texts: dict[str, str] = {}
    predictions: dict[str, list[Prediction]] = {}
    for row in table.rows:
        with located(path.name, row.line):
            key = row["pattern"]
            if key in known:
                raise Conflict(
                    N_("The pattern {key} is registered already, and its date is to stand."),
                    hint=N_("Give the new one another id, or remove the old one."),
                    key=key,
                )
            check_key(key)
            made = predictions.setdefault(key, [])
            made.append(_prediction(study, row))
            texts[key] = texts.get(key) or (row["text"] if "text" in table.headers else "")
    with study.write("pattern", N_("Patterns registered from {file}"), file=path.name) as unit:
        for key, made in predictions.items():
            store.add(unit, key, {study.language: texts[key]} if texts[key] else {}, made)
    return list(predictions)


def _prediction(study: Study, row: CsvRow) -> Prediction:
    """The prediction of a row. Raises BadInput, NotFound."""
    if not row["expected"]:
        raise BadInput(
            N_("It is not said what is expected."), hint=N_("One of {known}."), known=", ".join(Expected)
        )
    expected = member(Expected, row["expected"], Expected.PRESENT)
    type, target = row["type"] or None, row["target"] or None
    if (type is None) is not (target is None):
        raise BadInput(N_("A relation needs type and target."), hint=N_("Give both, or neither for a code alone."))
    with study.store.read() as connection:
        lookup.row_id(connection, lookup.CASE, row["case"])
        lookup.row_id(connection, lookup.CODE, row["source"])
        if type is not None and target is not None:
            lookup.row_id(connection, lookup.RELATION_TYPE, type)
            lookup.row_id(connection, lookup.CODE, target)
    return Prediction(row["case"], expected, row["source"], type, target)


def listing(study: Study) -> list[Pattern]:
    """The registered patterns, in the order they were registered."""
    with study.store.read() as connection:
        return store.listing(connection)


def remove(study: Study, key: str) -> None:
    """Delete a pattern; the history remembers it. Raises NotFound."""
    with study.write("pattern", N_("Pattern {key} removed"), key=key) as unit:
        store.remove(unit, key)


def scored(study: Study) -> list[Dated]:
    """Every pattern, held against the codings and relations as they are now."""
    found = listing(study)
    if not found:
        return []
    facts = facts_of(study)
    with study.store.read() as connection:
        segments = codings.segments(connection)
        answers = by_informant(grid.statements(connection))
        first: datetime | None = store.first_coding_at(connection)
    material = Material(
        study.codebook,
        segments,
        relations.listing(study, segments=segments),
        _asked(
            facts.codebook,
            facts.population,
            {key: Answers(facts.codebook, said) for key, said in answers.items()},
            {item.source for pattern in found for item in pattern.predictions},
        ),
    )
    return [Dated(score(pattern, material), first is None or pattern.registered_at < first) for pattern in found]


def _asked(
    codebook: Codebook, population: Population, answers: dict[str, Answers], codes: set[str]
) -> dict[str, set[str]]:
    """Case -> those of `codes` that an informant of one of its documents was asked about."""
    found: dict[str, set[str]] = {}
    for document in population.documents:
        for informant in population.voices.get(document.id, ()):
            if informant not in answers:
                continue
            heard = {
                code for code in codes if answers[informant].about(code, codebook.subtree(code)) is Asked.ASKED
            }
            for case in document.cases:
                found.setdefault(case, set()).update(heard)
    return found
