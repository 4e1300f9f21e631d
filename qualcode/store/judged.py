"""Which coders have judged which turns: they have coded in them, or passed them."""

from __future__ import annotations

from sqlalchemy import Connection, select

from qualcode.domain.agreement import Turn
from qualcode.store.schema.documents import TurnState, document, document_version, turn, turn_mark
from qualcode.store.schema.study import coder


def passed_turns(connection: Connection) -> list[tuple[Turn, str]]:
    """The turns that were marked as coded or passed, each with the coder; opening a turn is no judgement.

    Marks on the newest version of each document alone: the numbers of other versions are of other turns.
    """
    query = (
        select(
            document.c.key, turn.c.number, coder.c.name, document.c.id, document_version.c.number.label("version")
        )
        .select_from(turn_mark)
        .join(turn, turn.c.id == turn_mark.c.turn_id)
        .join(document_version, document_version.c.id == turn.c.document_version_id)
        .join(document, document.c.id == document_version.c.document_id)
        .join(coder, coder.c.id == turn_mark.c.coder_id)
        .where(turn_mark.c.state.in_([TurnState.CODED, TurnState.PASSED]), document.c.removed_at.is_(None))
    )
    rows = connection.execute(query).all()
    newest: dict[int, int] = {}
    for row in connection.execute(select(document_version.c.document_id, document_version.c.number)):
        newest[row.document_id] = max(row.number, newest.get(row.document_id, 0))
    return [((row.key, row.number), row.name) for row in rows if newest[row.id] == row.version]
