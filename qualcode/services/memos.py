"""Memos on anything: codings, documents, codes, cases, informants, and the study itself (the research diary)."""

from __future__ import annotations

from qualcode.errors import N_, BadInput
from qualcode.services.study import Study
from qualcode.store import memos
from qualcode.store.memos import Memo


def add(study: Study, target: str, text: str) -> Memo:
    """Write a memo on `target`: a coding's uid, `study`, or kind:id such as `document:a1` or `code:barrier-risk`.

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
