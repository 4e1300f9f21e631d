"""Summaries from a CSV with the columns of `grid export`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from qualcode.domain.grid import CellKey, GridCell, RowKind, Summary, SummaryState
from qualcode.errors import N_, BadInput
from qualcode.formats.csv_rows import CsvRow, CsvTable, read_csv
from qualcode.services import grid
from qualcode.services.attributes import CLEAR, located
from qualcode.services.cells import member
from qualcode.services.disk import content_of
from qualcode.services.study import Study
from qualcode.store import grid as store
from qualcode.store.unit import Unit

_NEEDED = ("row", "column", "text")


@dataclass(frozen=True, slots=True)
class SummariesImported:
    """How many cells were written or changed, cleared, and left as they were."""

    written: int
    cleared: int
    same: int


def import_summaries(study: Study, path: Path, *, raw: bool = False) -> SummariesImported:
    """Take the summaries of a CSV, as one operation: all or none.

    Needed are `row`, `column` and `text`; `row_kind` tells a case from an informant. An empty text leaves a cell as
    it is, `-` clears it. `coding_ids`, where it is there, says what the words rest on, so that a text that was
    written before later codings comes in stale; else they rest on the codings in the cell now. `state`,
    `checked_by` and `checked_at` are kept.

    Raises BadInput with file and line: an unknown row, column, state or coder.
    """
    table = read_csv(content_of(path), name=path.name, raw=raw)
    table.require(*_NEEDED, name=path.name, hint=N_("Needed are row, column and text."))
    keys = {row.line: _key(study, row, path.name) for row in table.rows if row["text"]}
    present, _labels = grid.cells_of(study, keys.values())
    counts = {"written": 0, "cleared": 0, "same": 0}
    with study.write("import", N_("Summaries imported from {file}"), file=path.name) as unit:
        for row in table.rows:
            if row.line in keys:
                with located(path.name, row.line):
                    counts[_store(unit, study, table, row, present[keys[row.line]])] += 1
    return SummariesImported(**counts)


def _key(study: Study, row: CsvRow, name: str) -> CellKey:
    with located(name, row.line):
        kind = member(RowKind, row["row_kind"], RowKind.CASE) if row["row_kind"] else None
        return grid.key_of(study, f"{kind}:{row['row']}" if kind else row["row"], row["column"])


def _store(unit: Unit, study: Study, table: CsvTable, row: CsvRow, now: GridCell) -> str:
    if row["text"] == CLEAR:
        return "cleared" if store.clear_summary(unit, now.key) else "same"
    text = grid.storable(row.verbatim("text"))
    has_codings = "coding_ids" in table.headers
    rests_on = [uid for uid in row["coding_ids"].split("|") if uid] if has_codings else now.evidence.uids
    checked_by, checked_at = _check(study, row, text, now.summary) or ("", None)
    is_new = store.put_summary(
        unit,
        now.key,
        text,
        SummaryState.CHECKED if checked_by else SummaryState.DRAFTED,
        rests_on,
        checked_by=checked_by,
        checked_at=(checked_at or unit.at) if checked_by else None,
    )
    return "written" if is_new else "same"


def _check(study: Study, row: CsvRow, text: str, known: Summary | None) -> tuple[str, datetime | None] | None:
    """Who vouches for the words, and when (None: now). None for a draft, and where the words were changed in the
    file under a check that was made of others."""
    if member(SummaryState, row["state"], SummaryState.DRAFTED) is not SummaryState.CHECKED:
        return None
    at = _moment(row["checked_at"])
    if known is not None and known.text != text and known.checked_at is not None and known.checked_at == at:
        return None
    return row.verbatim("checked_by").strip() or study.coder, at


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is not None:
            return moment
    except ValueError:
        pass
    raise BadInput(N_("{value!r} is not a time."), hint=N_("Write it as in 2026-03-01T09:30:00Z."), value=text)
