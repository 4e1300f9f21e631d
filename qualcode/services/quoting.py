"""Codings as quotes on a list: their words with what is written on them, as the coder who acts may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qualcode.domain.coding import CodedSegment
from qualcode.domain.rendering import Rendering
from qualcode.services import blinding
from qualcode.services.memos import Memo
from qualcode.services.study import Study
from qualcode.store import codings, memos, quotes


@dataclass(frozen=True, slots=True)
class Quoted:
    """A coding with its renderings for publication and its memos, each in order of time."""

    segment: CodedSegment
    renderings: tuple[Rendering, ...]
    memos: tuple[Memo, ...]


def quoted(study: Study, uids: Sequence[str]) -> list[Quoted]:
    """The codings called `uids`, in that order, placed or not.

    Left out are those that are gone meanwhile and those that must stay hidden from the coder who acts.
    """
    hidden = {item.coding.uid for item in blinding.hidden_codings(study)}
    wanted = [uid for uid in dict.fromkeys(uids) if uid not in hidden]
    with study.store.read() as connection:
        segments = codings.segments_by_uid(connection, wanted)
        written = memos.listing(connection, wanted)
        rendered = quotes.listing(connection)
    of_memo: dict[str, list[Memo]] = {}
    for memo in written:
        of_memo.setdefault(memo.target_uid, []).append(memo)
    of_rendering: dict[str, list[Rendering]] = {}
    for rendering in rendered:
        of_rendering.setdefault(rendering.coding, []).append(rendering)
    return [
        Quoted(segments[uid], tuple(of_rendering.get(uid, ())), tuple(of_memo.get(uid, ())))
        for uid in wanted
        if uid in segments
    ]


def uids_with(study: Study, code: str) -> list[str]:
    """The placed codings of a code and of those below it, by document and place. Raises NotFound."""
    study.code_id(code)
    ids = [study.code_id(one) or 0 for one in study.codebook.subtree(code)]
    with study.store.read() as connection:
        return codings.uids_with_codes(connection, ids)
