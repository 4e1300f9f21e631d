"""The own case of a coding when cases come and go (DESIGN section 4, rules 1 and 9)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from qualcode.errors import N_, Conflict
from qualcode.store.schema.coding import coding
from qualcode.store.schema.documents import document_case, document_version
from qualcode.store.unit import Unit


def clear(unit: Unit, case_id: int) -> None:
    """Take this own case from the codings that have it. Raises Conflict where two would become the same coding."""
    losing = coding.c.case_id == case_id
    twins = unit.connection.execute(select(coding.c.uid).where(losing, _has_twin_without_case())).scalars().all()
    if twins:
        raise Conflict(
            N_("Codings that stand a second time without this case and would then be there twice: {count}."),
            hint=N_("Remove one of each two first: {uids}."),
            count=len(twins),
            uids=", ".join(uid[:8] for uid in twins),
        )
    for row_id in unit.connection.execute(select(coding.c.id).where(losing)).scalars().all():
        unit.update(coding, row_id, case_id=None)


def settle(unit: Unit, document_id: int) -> None:
    """Store an own case that is the document's only one as empty.

    Where that would make two codings the same, both stay: `doctor` lists them.
    """
    cases = select(document_case.c.case_id).where(document_case.c.document_id == document_id)
    found = unit.connection.execute(cases).scalars().all()
    if len(found) != 1:
        return
    query = (
        select(coding.c.id)
        .join(document_version, document_version.c.id == coding.c.document_version_id)
        .where(
            document_version.c.document_id == document_id, coding.c.case_id == found[0], ~_has_twin_without_case()
        )
    )
    for row_id in unit.connection.execute(query).scalars().all():
        unit.update(coding, row_id, case_id=None)


def documents_of(connection: Connection, case_id: int) -> list[int]:
    """The row ids of the documents that belong to a case."""
    query = select(document_case.c.document_id).where(document_case.c.case_id == case_id)
    return list(connection.execute(query).scalars())


def _has_twin_without_case() -> Any:
    twin = coding.alias("twin")
    same = ("document_version_id", "start", "end", "coder_id", "round")
    return (
        select(twin.c.id)
        .where(
            *(twin.c[name] == coding.c[name] for name in same),
            twin.c.code_id.is_not_distinct_from(coding.c.code_id),
            twin.c.case_id.is_(None),
            twin.c.placed,
            coding.c.placed,
        )
        .exists()
    )
