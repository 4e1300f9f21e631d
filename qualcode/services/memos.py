"""Memos on anything: codings, relations, documents, codes, themes, cases, people, organisations, the study itself.

Those on the study are the research diary.
"""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.errors import N_, BadInput
from qualcode.services.study import Study
from qualcode.store import lookup, memos
from qualcode.store.memos import Memo

_KEYED = (lookup.DOCUMENT, lookup.CODE, lookup.CASE, lookup.INFORMANT, lookup.ORGANISATION, lookup.THEME)


def add(study: Study, target: str, text: str) -> Memo:
    """Write a memo on `target`: a coding's uid, `study`, or kind:id such as `document:a1`, `code:barrier-risk`
    or `relation:` with its uid.

    Raises NotFound for an unknown target, BadInput for one of no kind or an empty text.
    """
    if not text.strip():
        raise BadInput(N_("The memo is empty."), hint=N_("Give its text."))
    with study.write("memo", N_("Memo on {target}"), target=target) as unit:
        table, uid = memos.target_of(unit.connection, target)
        memos.add(unit, table, uid, text)
    return of_target(study, target)[-1]


def edit(study: Study, uid: str, text: str) -> None:
    """Set a memo's text; an empty text deletes it."""
    with study.write("memo", N_("Memo changed")) as unit:
        memos.edit(unit, uid, text)


def of_target(study: Study, target: str) -> list[Memo]:
    """The memos on one target in order of time."""
    with study.store.read() as connection:
        _table, uid = memos.target_of(connection, target)
        return memos.listing(connection, [uid])


def everything(study: Study) -> list[Memo]:
    """All memos in order of time."""
    with study.store.read() as connection:
        return memos.listing(connection)


def targets(study: Study, found: Sequence[Memo]) -> list[str]:
    """What each memo is on, written as `add` takes it; a row without an id of its users as table:uid."""
    wanted = {memo.target_table for memo in found}
    with study.store.read() as connection:
        keys = {table.name: lookup.keys_by_uid(connection, table) for table in _KEYED if table.name in wanted}
    return [_target(memo, keys.get(memo.target_table, {})) for memo in found]


def _target(memo: Memo, keys: dict[str, str]) -> str:
    if memo.target_table == "study":
        return "study"
    if memo.target_table == "coding":
        return memo.target_uid
    return f"{memo.target_table}:{keys.get(memo.target_uid, memo.target_uid)}"
