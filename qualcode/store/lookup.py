"""From the users' stable ids to row ids, with a near match in the error where an id is unknown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, Table, select

from qualcode.domain.near import nearest
from qualcode.errors import N_, NotFound
from qualcode.store.schema import codebook, documents, people, study, synthesis

_UNKNOWN = {
    "case": (N_("There is no case {key!r}."), N_("`qualcode cases list` shows the cases.")),
    "organisation": (
        N_("There is no organisation {key!r}."),
        N_("`qualcode organisations list` shows the organisations."),
    ),
    "informant": (N_("There is no informant {key!r}."), N_("`qualcode informants list` shows the informants.")),
    "document": (N_("There is no document {key!r}."), N_("`qualcode documents list` shows the documents.")),
    "code": (N_("There is no code {key!r}."), N_("`qualcode codebook show` lists the codes.")),
    "coder": (N_("There is no coder {key!r}."), N_("Add the coder with `qualcode coders add {key}`.")),
    "relation_type": (
        N_("There is no relation type {key!r}."),
        N_("The codebook's relation types: {known}."),
    ),
    "question": (N_("There is no research question {key!r}."), N_("The codebook's questions: {known}.")),
    "theme": (N_("There is no theme {key!r}."), N_("`qualcode themes list` shows the themes.")),
    "saved_query": (N_("There is no saved query {key!r}."), N_("`qualcode query list` lists them.")),
}
_MEANT = N_("Did you mean {near}?")
_SHORTEST_START = 8
_NOT_ONE = {
    "coding": (
        N_("There is no coding {uid!r}, or several begin so."),
        N_("`qualcode codings` lists them with their ids."),
    ),
    "relation": (N_("There is no relation {uid!r}, or several begin so."), N_("`qualcode relations` lists them.")),
    "quote_rendering": (
        N_("There is no rendering {uid!r}, or several begin so."),
        N_("`qualcode quotes list` shows them with their ids."),
    ),
    "finding": (
        N_("There is no finding {uid!r}, or several begin so."),
        N_("`qualcode findings list` shows them with their ids."),
    ),
}


def name_column(table: Table) -> str:
    """The column that holds the users' id: `name` of coders and saved queries, `key` of everything else."""
    return "name" if table in (study.coder, synthesis.saved_query) else "key"


def row_id(connection: Connection, table: Table, key: str) -> int:
    """The id of the row whose stable id is `key`. Raises NotFound; removed rows are not found."""
    query = select(table.c.id).where(table.c[name_column(table)] == key)
    if "removed_at" in table.c:
        query = query.where(table.c.removed_at.is_(None))
    found = connection.execute(query).scalar_one_or_none()
    if found is None:
        raise unknown(table.name, key, keys(connection, table))
    return found


def row_of(connection: Connection, table: Table, uid: str) -> Row[Any]:
    """The row of a coding, relation, rendering or finding, by its uid or the unambiguous start of it (8 or more).

    Raises NotFound.
    """
    query = select(table).where(table.c.uid == uid)
    if len(uid) >= _SHORTEST_START:
        query = select(table).where(table.c.uid.startswith(uid, autoescape=True))
    found = connection.execute(query.limit(2)).all()
    if len(found) != 1:
        template, hint = _NOT_ONE[table.name]
        raise NotFound(template, hint=hint, uid=uid)
    return found[0]


def keys(connection: Connection, table: Table) -> list[str]:
    """All stable ids of a table, removed rows left out, sorted."""
    column = table.c[name_column(table)]
    query = select(column).order_by(column)
    if "removed_at" in table.c:
        query = query.where(table.c.removed_at.is_(None))
    return list(connection.execute(query).scalars())


def keys_by_uid(connection: Connection, table: Table) -> dict[str, str]:
    """Uid -> stable id of all rows of a table, removed ones too."""
    return dict(connection.execute(select(table.c.uid, table.c[name_column(table)])).all())


def unknown(kind: str, key: str, known: Iterable[str]) -> NotFound:
    """The error for an id that is not among `known`."""
    choices = list(known)
    template, hint = _UNKNOWN[kind]
    near = nearest(key, choices)
    if near:
        return NotFound(template, hint=_MEANT, key=key, near=near[0])
    return NotFound(template, hint=hint, key=key, known=", ".join(choices))


CASE = people.case
ORGANISATION = people.organisation
INFORMANT = people.informant
DOCUMENT = documents.document
CODE = codebook.code
CODER = study.coder
RELATION_TYPE = codebook.relation_type
THEME = codebook.theme
SAVED_QUERY = synthesis.saved_query
