"""Whatever two coders do, undo and redo in whatever order, the study is what a plain model of it says."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import select
from sqlalchemy.engine import make_url

from qualcode.domain.span import Span
from qualcode.errors import Conflict, NotFound
from qualcode.services import coding, history, memos
from qualcode.services.study import Study
from qualcode.settings import StudyFile
from qualcode.store import checks
from qualcode.store.rows import as_state
from qualcode.store.schema.study import change
from qualcode.store.study_store import create, open_store
from tests.conftest import postgresql_database
from tests.store.samples import add_document, content, furnish, ticking

CODERS = st.sampled_from(["ada", "bo"])
SPANS = st.sampled_from([Span(25, 38), Span(25, 30), Span(40, 56)])
CODES = st.sampled_from(["fear", "haste", "old-goods", None])
CASES = st.sampled_from([None, "north", "south"])
PLACES = st.integers(0, 9)

Coded = tuple[int, int, str | None, str | None, tuple[str, ...]]
"""Start, end, code, own case, memos."""


@dataclass
class Work:
    """What one coder has done: the codings by uid now, and the states that undo and redo lead to."""

    now: dict[str, Coded] = field(default_factory=dict[str, Coded])
    past: list[dict[str, Coded]] = field(default_factory=list[dict[str, Coded]])
    future: list[dict[str, Coded]] = field(default_factory=list[dict[str, Coded]])

    def change(self, now: Mapping[str, Coded]) -> None:
        if now != self.now:
            self.past.append(self.now)
            self.future.clear()
            self.now = dict(now)


class Histories(RuleBasedStateMachine):
    """Each coder works in a document of their own, so that nobody's undo is refused for the other's sake."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.study = self._open()
        self.work = {"ada": Work(), "bo": Work()}
        self.empty = content(self.study)

    def _open(self) -> Study:
        return Study(open_store(self.address), folder=None, file=StudyFile(), coder=None)

    def _pick(self, coder: str, place: int) -> str | None:
        uids = list(self.work[coder].now)
        return uids[place % len(uids)] if uids else None

    @rule(coder=CODERS, span=SPANS, code=CODES, case=CASES)
    def add(self, coder: str, span: Span, code: str | None, case: str | None) -> None:
        self.study.act_as(coder)
        added = coding.add(self.study, f"of-{coder}", span, code, case=case)
        same = [uid for uid, item in self.work[coder].now.items() if item[:4] == (span.start, span.end, code, case)]
        assert (added.is_new, [added.segment.coding.uid]) == (not same, same or [added.segment.coding.uid])
        if added.is_new:
            new = {added.segment.coding.uid: (span.start, span.end, code, case, ())}
            self.work[coder].change(self.work[coder].now | new)

    @rule(coder=CODERS, place=PLACES, code=CODES)
    def edit(self, coder: str, place: int, code: str | None) -> None:
        uid = self._pick(coder, place)
        if uid is None:
            return
        self.study.act_as(coder)
        work = self.work[coder]
        start, end, _, case, texts = work.now[uid]
        twin = any(other != uid and item[:4] == (start, end, code, case) for other, item in work.now.items())
        try:
            coding.edit(self.study, uid, code=code)
        except Conflict:
            assert twin
        else:
            assert not twin
            work.change(work.now | {uid: (start, end, code, case, texts)})

    @rule(coder=CODERS, places=st.sets(PLACES, min_size=1, max_size=3))
    def remove(self, coder: str, places: set[int]) -> None:
        uids = {uid for place in places if (uid := self._pick(coder, place))}
        if uids:
            self.study.act_as(coder)
            coding.remove(self.study, sorted(uids))
            self.work[coder].change({uid: it for uid, it in self.work[coder].now.items() if uid not in uids})

    @rule(coder=CODERS, place=PLACES, text=st.sampled_from(["En tanke", "Æ, ø og å 😀"]))
    def write_memo(self, coder: str, place: int, text: str) -> None:
        uid = self._pick(coder, place)
        if uid is not None:
            self.study.act_as(coder)
            memos.add(self.study, uid, text)
            start, end, code, case, texts = self.work[coder].now[uid]
            self.work[coder].change(self.work[coder].now | {uid: (start, end, code, case, (*texts, text))})

    @rule(coder=CODERS)
    def undo(self, coder: str) -> None:
        self.study.act_as(coder)
        work = self.work[coder]
        if work.past:
            history.undo(self.study)
            work.future.append(work.now)
            work.now = work.past.pop()
        else:
            with pytest.raises(NotFound):
                history.undo(self.study)

    @rule(coder=CODERS)
    def redo(self, coder: str) -> None:
        self.study.act_as(coder)
        work = self.work[coder]
        if work.future:
            history.redo(self.study)
            work.past.append(work.now)
            work.now = work.future.pop()
        else:
            with pytest.raises(NotFound):
                history.redo(self.study)

    @precondition(lambda self: self.work["ada"].past)
    @rule()
    def restart(self) -> None:
        self.study.close()
        self.study = self._open()

    @invariant()
    def the_study_is_what_the_model_says(self) -> None:
        assert self._stored() == {f"of-{coder}": work.now for coder, work in self.work.items()}

    def _stored(self) -> dict[str, dict[str, Coded]]:
        written: dict[str, list[str]] = {}
        for memo in memos.everything(self.study):
            written.setdefault(memo.target_uid, []).append(memo.text)
        found: dict[str, dict[str, Coded]] = {"of-ada": {}, "of-bo": {}}
        for segment in coding.everything(self.study):
            item = segment.coding
            texts = tuple(written.pop(item.uid, ()))
            found[item.document][item.uid] = (item.span.start, item.span.end, item.code, item.case, texts)
        assert not written, "memos on codings that are gone"
        return found

    def teardown(self) -> None:
        with self.study.store.read() as connection:
            assert checks.unlike_history(connection) == []
            assert checks.twins(connection) == checks.broken_keys(connection) == []
            for table in checks.recorded_tables():
                rows = connection.execute(select(table).order_by(table.c.id)).mappings()
                assert [as_state(table, row) for row in rows] == _replayed(connection, table.name)
        for coder, work in self.work.items():
            self.study.act_as(coder)
            for _ in work.past:
                history.undo(self.study)
        assert content(self.study) == self.empty
        self.study.close()


def _replayed(connection: Any, table: str) -> list[dict[str, Any]]:
    """The rows of a table as its changes, one after the other, leave them."""
    rows: dict[int, dict[str, Any] | None] = {}
    for row in connection.execute(select(change).where(change.c.table == table).order_by(change.c.id)):
        # An imported document is there from the start, and its import makes it present.
        assert rows.get(row.row_id) in (row.before, None)
        rows[row.row_id] = row.after
    return [row for _, row in sorted(rows.items()) if row is not None]


def prepare(address: str) -> None:
    store = create(address, language="nb", clock=ticking())
    with Study(store, folder=None, file=StudyFile(), coder=None) as study:
        furnish(study)
        for coder in ("ada", "bo"):
            study.act_as(coder)
            add_document(study, f"of-{coder}", cases=("north", "south"), undoable=False)


def run(machine: Callable[[], Histories], *, examples: int) -> None:
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    chosen = settings(max_examples=examples, stateful_step_count=25, suppress_health_check=slow)
    # The annotation asks for the class, the function for anything that makes a machine.
    run_state_machine_as_test(cast("type[Histories]", machine), settings=chosen)


def test_histories_of_two_coders_on_sqlite(tmp_path: Path) -> None:
    prepare(f"sqlite:///{tmp_path / 'template.db'}")
    numbers = itertools.count()

    def machine() -> Histories:
        return Histories(f"sqlite:///{shutil.copy(tmp_path / 'template.db', tmp_path / f'{next(numbers)}.db')}")

    run(machine, examples=20)


def test_histories_of_two_coders_on_postgresql(postgresql_url: str) -> None:
    prepare(postgresql_url)
    template = str(make_url(postgresql_url).database)
    with ExitStack() as databases:
        run(lambda: Histories(databases.enter_context(postgresql_database(template))), examples=4)
