"""The tables of a codebook file: what is told of one that is wrong, and that a sound one comes back as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from qualcode.domain.codebook_diff import differences
from qualcode.domain.table_definition import AxisKind, Level, Measure, TableKind, definitions
from qualcode.formats.codebook_writer import write_codebook
from qualcode.formats.codebook_yaml import check_codebook, read_codebook

HEAD = """\
codebook: {id: x, version: v1, languages: [nb]}
questions:
  - {id: Q1, text: {nb: Hva?}}
sides:
  - {id: demand, name: {nb: etterspørsel}}
  - {id: supply, name: {nb: tilbud}}
code_sides: {buyer: demand, seller: supply}
attributes:
  informant:
    - {id: role, type: text}
    - id: side
      type: enum
      values: [{id: demand}, {id: supply}]
qualifiers:
  - id: about
    label: {nb: Om}
    type: code
    family: actor
    values: [{id: buyer, key: b}, {id: seller, key: s}]
    applies_to: [lack]
  - id: gain
    label: {nb: Gevinst}
    values: [{id: expected, key: e}, {id: realised, key: r}]
    applies_to: [lack]
codes:
  - {id: actor, name: {nb: Aktør}}
  - {id: buyer, parent: actor, name: {nb: Innkjøper}}
  - {id: seller, parent: actor, name: {nb: Selger}}
  - {id: lack, name: {nb: Mangel}}
  - {id: skill, parent: lack, name: {nb: Kompetanse}}
relation_types:
  - {id: causes, name: {nb: forårsaker}, sign: 1}
"""
SOUND = """\
tables:
  - id: T1
    name: {nb: Mangler}
    questions: [Q1]
    where: family=lack and about!=seller
    rows:
      - {codes: [lack], level: leaf, total: true}
      - {own: about}
    columns:
      - {field: side, total: true}
      - {target: [lack], level: all, types: [causes], split: gain}
    cells: [informants, valence, strength]
    gap: [demand, supply]
    shared: {within: case, groups: [skill, lack], field: gain, value: realised, apart: about}
    note: {nb: 'Les: fra rad til kolonne.'}

  - {id: T2, name: {nb: Mønstre}, kind: patterns}
"""
START = "tables:\n  - id: T1\n    name: {nb: A}\n"
ROWS = "    rows:\n      - {field: case}\n"
COLUMNS = "    columns:\n      - {codes: [lack]}\n"

ERRORS = {
    "an unknown code": (
        START + ROWS + "    columns:\n      - {codes: [lack]}\n      - codes:\n          - lakc # HERE\n",
        "There is no code 'lakc'.",
    ),
    "an unknown field": (
        START + "    rows:\n      - {codes: [lack]}\n      - {field: sied} # HERE\n" + COLUMNS,
        "There is no field 'sied'. Did you mean informant.side?",
    ),
    "an unknown qualifier to tell one's own side by": (
        START + "    rows:\n      - {own: abuot} # HERE\n" + COLUMNS,
        "There is no field 'abuot'. Did you mean about?",
    ),
    "a qualifier that names no actor": (
        START + "    rows:\n      - {own: gain} # HERE\n" + COLUMNS,
        "It needs a qualifier of type code, and `code_sides`.",
    ),
    "an unknown relation type": (
        START + ROWS + "    columns:\n      - {target: [lack], types: [causse]} # HERE\n",
        "There is no relation type 'causse'.",
    ),
    "relations of no type": (
        START + ROWS + "    columns:\n      - {target: [lack]} # HERE\n",
        "Relations need a list of `types`.",
    ),
    "relations down the side": (
        START + "    rows:\n      - {source: [lack], types: [causes]} # HERE\n" + COLUMNS,
        "Relations stand across: name them among the columns.",
    ),
    "an unknown key": (
        START + "    colums: [] # HERE\n" + ROWS + COLUMNS,
        "There is no key 'colums' here; 'columns'",
    ),
    "an axis that goes by two things": (
        START + "    rows:\n      - {field: case, codes: [lack]} # HERE\n" + COLUMNS,
        "It goes by exactly one of: field, own, codes, source, target.",
    ),
    "a key that means nothing there": (
        START + "    rows:\n      - field: case\n        level: leaf # HERE\n" + COLUMNS,
        "The key 'level' means nothing beside 'field'.",
    ),
    "a level that there is not": (
        START + ROWS + "    columns:\n      - {codes: [lack], level: leaves} # HERE\n",
        "This must be one of: each, below, leaf, all.",
    ),
    "rows by two sets of codes": (
        START + "    rows:\n      - {codes: [lack]}\n      - {codes: [actor]} # HERE\n" + COLUMNS,
        "The rows go by this already.",
    ),
    "no columns": (START.replace("T1", "T1 # HERE") + ROWS, "A table needs a list of 'columns'."),
    "an axis that is a word": (START + "    rows:\n      - case # HERE\n" + COLUMNS, "This must be a map of keys"),
    "a wrong query": (START + "    where: family=lakc # HERE\n" + ROWS + COLUMNS, "family has no value 'lakc'."),
    "an unknown measure": (
        START + ROWS + COLUMNS + "    cells: [people] # HERE\n",
        "This must be one of: informants",
    ),
    "a gap to what is no column": (
        START + ROWS + "    columns:\n      - {field: side}\n    gap: [demand, suply] # HERE\n",
        "No column has the value 'suply'.",
    ),
    "a shared result with a value that there is not": (
        START
        + ROWS
        + COLUMNS
        + "    shared: {within: case, groups: [lack, skill], field: gain, value: realized, apart: about} # HERE\n",
        "gain has no value 'realized'. Did you mean realised?",
    ),
    "a shared result that lacks a key": (
        START + ROWS + COLUMNS + "    shared: {within: case} # HERE\n",
        "These keys are missing: groups, field, value, apart.",
    ),
    "an unknown question": (
        START + "    questions: [Q9] # HERE\n" + ROWS + COLUMNS,
        "There is no question 'Q9'.",
    ),
    "a table of patterns with rows": (
        "tables:\n  - id: T1\n    name: {nb: A}\n    kind: patterns\n    rows: [{field: case}] # HERE\n",
        "A table of patterns has no 'rows'.",
    ),
    "two tables of one id": (
        "tables:\n"
        "  - {id: T1, name: {nb: A}, kind: patterns}\n"
        "  - {id: T1, name: {nb: B}, kind: patterns} # HERE\n",
        "The id 'T1' is used twice.",
    ),
    "a table without a name": ("tables:\n  - {id: T1, kind: patterns} # HERE\n", "The name is missing."),
}


@pytest.mark.parametrize(("part", "message"), ERRORS.values(), ids=ERRORS)
def test_a_fault_is_told_with_its_line(part: str, message: str) -> None:
    content = HEAD + part
    marked = next(number for number, line in enumerate(content.splitlines(), start=1) if "# HERE" in line)
    (problem,) = check_codebook(content.encode())
    assert problem.line == marked
    assert message in str(problem.message)


def test_a_sound_table_is_read_as_it_is_meant() -> None:
    codebook = read_codebook((HEAD + SOUND).encode(), name="x.yaml")
    counts, patterns = definitions(codebook)
    assert counts.kind is TableKind.COUNTS
    assert [(axis.kind, axis.of, axis.total) for axis in counts.rows] == [
        (AxisKind.CODES, ("lack",), True),
        (AxisKind.OWN, ("about",), False),
    ]
    assert (counts.columns[1].kind, counts.columns[1].level, counts.columns[1].types, counts.columns[1].split) == (
        AxisKind.TARGET,
        Level.ALL,
        ("causes",),
        "gain",
    )
    assert counts.cells == (Measure.INFORMANTS, Measure.VALENCE, Measure.STRENGTH)
    assert counts.gap == ("demand", "supply")
    assert counts.shared is not None
    assert counts.shared.groups == ("skill", "lack")
    assert (patterns.kind, patterns.rows) == (TableKind.PATTERNS, ())


def test_tables_are_written_as_they_were_read() -> None:
    codebook = read_codebook((HEAD + SOUND).encode(), name="x.yaml")
    written = write_codebook(codebook)
    assert read_codebook(written, name="x.yaml") == codebook
    assert "      - {target: [lack], level: all, types: [causes], split: gain}\n" in written.decode()


def turned(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {key: entry[key] for key in reversed(list(entry))}


def test_a_table_whose_keys_come_in_another_order_is_written_the_same() -> None:
    codebook = read_codebook((HEAD + SOUND).encode(), name="x.yaml")
    first = codebook.tables[0]
    other_first = turned(first) | {
        "columns": [turned(axis) for axis in first["columns"]],
        "shared": turned(first["shared"]),
    }
    other = replace(codebook, tables=(other_first, *codebook.tables[1:]))
    assert write_codebook(other) == write_codebook(codebook)


def test_a_changed_table_is_a_difference() -> None:
    old = read_codebook((HEAD + SOUND).encode(), name="x.yaml")
    new = replace(old, tables=({**old.tables[0], "cells": ["cases"]}, *old.tables[1:]))
    (found,) = differences(old, new)
    assert (found.part, found.field, found.before, found.after) == (
        "tables",
        "T1.cells",
        "informants|valence|strength",
        "cases",
    )


def test_tables_are_judged_when_all_they_may_name_is_right() -> None:
    """A tree that leads back into itself has no families; to look one up would never end."""
    circle = HEAD.replace("{id: lack, name", "{id: lack, parent: skill, name")
    problems = check_codebook((circle + SOUND).encode())
    assert [str(problem.message) for problem in problems if "under itself" in str(problem.message)]
    assert not [problem for problem in problems if problem.line > len(circle.splitlines())]
