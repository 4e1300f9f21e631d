"""Who was asked about what, noted by hand or from a CSV: it tells silence from a question that was not put."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from qualcode.domain.asked import Asked, Statement
from qualcode.domain.grid import CellKey
from qualcode.errors import N_
from qualcode.formats.csv_rows import read_csv
from qualcode.services import grid
from qualcode.services.attributes import CLEAR, located
from qualcode.services.cells import member
from qualcode.services.disk import content_of
from qualcode.services.fields import facts_of
from qualcode.services.study import Study
from qualcode.store import grid as store

_NEEDED = ("informant", "about", "asked")


def listing(study: Study, informant: str | None = None) -> list[Statement]:
    """What was noted, in order of informant and code; of one informant where named."""
    with study.store.read() as connection:
        found = store.statements(connection)
    return [statement for statement in found if informant in (None, statement.informant)]


def note(study: Study, informant: str, about: Sequence[str], asked: Asked | None) -> int:
    """Note whether an informant was asked about codes or themes, None for not known; how many notes changed.

    On a code it holds for all below it, unless another is made there. Raises NotFound.
    """
    ids = [grid.column_id(study, id) for id in about]
    with study.write("grid", N_("Noted what {informant} was asked about"), informant=informant) as unit:
        return sum(store.put_statement(unit, informant, id, asked) for id in ids)


def informants_of(study: Study, key: CellKey) -> list[str]:
    """The informants whose answers say why a cell is empty: those heard in its case, or its informant alone."""
    return sorted(grid.informants_by_row(key.kind, facts_of(study).population).get(key.row, ()))


def note_cell(study: Study, key: CellKey, asked: Asked | None) -> int:
    """Note of every informant of a cell whether they were asked about its column, as one operation.

    None for not known; how many notes changed. Raises NotFound.
    """
    about = grid.column_id(study, key.column)
    informants = informants_of(study, key)
    with study.write("grid", N_("Noted whether {row} was asked about {column}"), row=key.row, column=about) as unit:
        return sum(store.put_statement(unit, informant, about, asked) for informant in informants)


def import_notes(study: Study, path: Path) -> int:
    """Take the notes of a CSV with the columns informant, about, asked, as one operation; how many changed.

    A cell of `asked` holds asked or not-asked; `-` clears, an empty one leaves what is noted. Raises BadInput with
    file and line.
    """
    table = read_csv(content_of(path), name=path.name)
    table.require(*_NEEDED, name=path.name, hint=N_("Needed are informant, about and asked."))
    changed = 0
    with study.write("import", N_("Who was asked imported from {file}"), file=path.name) as unit:
        for row in table.rows:
            if not row["asked"]:
                continue
            with located(path.name, row.line):
                asked = None if row["asked"] == CLEAR else member(Asked, row["asked"], Asked.ASKED)
                about = grid.column_id(study, row["about"])
                changed += store.put_statement(unit, row["informant"], about, asked)
    return changed
