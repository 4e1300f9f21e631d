"""Cases, organisations, informants and coders: listing, adding, describing, renaming, removing, importing a CSV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from qualcode.domain.codebook import Entity
from qualcode.domain.people import Case, Coder, Informant, InformantKind, Organisation, SpeakerRole
from qualcode.errors import N_, BadInput, Conflict
from qualcode.formats.csv_rows import read_csv
from qualcode.services import attributes
from qualcode.services.disk import content_of
from qualcode.services.keys import check_key
from qualcode.services.study import Study
from qualcode.store import attributes as stored_attributes
from qualcode.store import belonging, documents, lookup, people
from qualcode.store.unit import Unit

_FIELDS = {
    Entity.CASE: ("title",),
    Entity.ORGANISATION: ("title",),
    Entity.INFORMANT: ("title", "kind", "organisation"),
}
"""What can be set beside attributes."""
_SET = {
    Entity.CASE: N_("Case {key} described"),
    Entity.ORGANISATION: N_("Organisation {key} described"),
    Entity.INFORMANT: N_("Informant {key} described"),
}
_ADDED = {
    Entity.CASE: N_("Case {key} added"),
    Entity.ORGANISATION: N_("Organisation {key} added"),
    Entity.INFORMANT: N_("Informant {key} added"),
}
_RENAMED = {
    Entity.CASE: N_("Case {key} renamed to {to}"),
    Entity.ORGANISATION: N_("Organisation {key} renamed to {to}"),
    Entity.INFORMANT: N_("Informant {key} renamed to {to}"),
}
_REMOVED = {
    Entity.CASE: N_("Case {key} removed"),
    Entity.ORGANISATION: N_("Organisation {key} removed"),
    Entity.INFORMANT: N_("Informant {key} removed"),
}
_IMPORTED = {
    Entity.CASE: N_("{file}: {count} cases described"),
    Entity.ORGANISATION: N_("{file}: {count} organisations described"),
    Entity.INFORMANT: N_("{file}: {count} informants described"),
}


def cases(study: Study) -> list[Case]:
    with study.store.read() as connection:
        return people.cases(connection)


def organisations(study: Study) -> list[Organisation]:
    with study.store.read() as connection:
        return people.organisations(connection)


def informants(study: Study) -> list[Informant]:
    with study.store.read() as connection:
        return people.informants(connection)


def coders(study: Study) -> list[Coder]:
    with study.store.read() as connection:
        return people.coders(connection)


def require(study: Study, entity: Entity, key: str) -> None:
    """Raises NotFound, with a near match, where there is no such case, organisation or informant."""
    with study.store.read() as connection:
        lookup.row_id(connection, people.TABLES[entity], key)


def add(study: Study, entity: Entity, key: str, values: Mapping[str, str]) -> None:
    """Add a case, organisation or informant. Raises Conflict where it exists, BadInput, NotFound."""
    check_key(key)
    with study.write("people", _ADDED[entity], key=key) as unit:
        if key in lookup.keys(unit.connection, people.TABLES[entity]):
            raise Conflict(N_("{key!r} is there already."), hint=N_("Describe it with `set`."), key=key)
        put_in(unit, study, entity, key, values)


def edit(study: Study, entity: Entity, key: str, values: Mapping[str, str]) -> None:
    """Set fields and attributes of a case, organisation or informant. Raises NotFound, BadInput."""
    with study.write("people", _SET[entity], key=key) as unit:
        lookup.row_id(unit.connection, people.TABLES[entity], key)
        put_in(unit, study, entity, key, values)


def put_in(unit: Unit, study: Study, entity: Entity, key: str, values: Mapping[str, str]) -> None:
    """Add one or describe the one there is, inside a unit of work that may do more."""
    fields = {name: value for name, value in values.items() if name in _FIELDS[entity]}
    checked = attributes.checked(
        study.codebook,
        entity,
        {name: value for name, value in values.items() if name not in fields},
        fields=_FIELDS[entity],
    )
    organisation = fields.get("organisation", "")
    row_id = people.put(
        unit,
        entity,
        key,
        title="" if fields.get("title") == attributes.CLEAR else fields.get("title"),
        kind=_kind(fields["kind"]) if fields.get("kind") else None,
        organisation_key=organisation if organisation not in ("", attributes.CLEAR) else None,
        without_organisation=organisation == attributes.CLEAR,
    )
    stored_attributes.set_values(unit, entity, row_id, checked)


def _kind(text: str) -> InformantKind:
    try:
        return InformantKind(text)
    except ValueError:
        raise BadInput(N_("{kind!r} is no kind of informant."), hint=N_("person or document."), kind=text) from None


def rename(study: Study, entity: Entity, key: str, to: str) -> None:
    """Raises NotFound, Conflict where the new id is taken."""
    check_key(to)
    with study.write("people", _RENAMED[entity], key=key, to=to) as unit:
        people.rename(unit, entity, key, to)


def remove(study: Study, entity: Entity, key: str) -> None:
    """Remove with links and attribute values; codings with that own case lose it (rule 9). Undoable."""
    with study.write("people", _REMOVED[entity], key=key) as unit:
        people.remove(unit, entity, key)


def documents_of_informants(study: Study) -> dict[str, list[str]]:
    """Informant id -> the documents in which a label stands for the informant, in order of import."""
    found: dict[str, list[str]] = {}
    with study.store.read() as connection:
        keys = documents.keys_by_id(connection)
        by_document = belonging.speakers_by_document(connection)
    for document_id, speakers in by_document.items():
        for speaker in speakers:
            if speaker.role is SpeakerRole.INFORMANT and speaker.informant and document_id in keys:
                named = found.setdefault(speaker.informant, [])
                if keys[document_id] not in named:
                    named.append(keys[document_id])
    return found


def add_coder(study: Study, name: str) -> None:
    """A new coder; the first one may be added by nobody. Raises BadInput for an empty name."""
    if not name.strip():
        raise BadInput(N_("The name is empty."), hint=N_("Give the coder a name."))
    with study.write_unsigned("people", N_("Coder {name} added"), name=name) as unit:
        people.add_coder(unit, name)


def rename_coder(study: Study, name: str, to: str) -> None:
    with study.write("people", N_("Coder {name} renamed to {to}"), name=name, to=to) as unit:
        people.rename_coder(unit, name, to)


def remove_coder(study: Study, name: str) -> bool:
    """True where the coder has work and was therefore deactivated, not removed.

    Raises NotFound, and Conflict for who acts: the removal itself would be signed by nobody.
    """
    if name == study.coder:
        raise Conflict(
            N_("{name} is who acts now."), hint=N_("Let another coder do it: `--coder NAME`."), name=name
        )
    with study.write("people", N_("Coder {name} removed"), name=name) as unit:
        return people.remove_coder(unit, name)


@dataclass(frozen=True, slots=True)
class TableImported:
    rows: int
    new: int


def import_table(study: Study, entity: Entity, path: Path) -> TableImported:
    """Add and describe by a CSV whose first column is `id`. All rows or none.

    Raises BadInput with file and line: an unknown column, an unknown value, a row that does not fit.
    """
    table = read_csv(content_of(path), name=path.name)
    attributes.check_columns(study.codebook, entity, table.headers, name=path.name, fields=_FIELDS[entity])
    with study.store.read() as connection:
        known = set(lookup.keys(connection, people.TABLES[entity]))
    count = len(table.rows)
    with study.write("people", _IMPORTED[entity], file=path.name, count=count) as unit:
        for row in table.rows:
            with attributes.located(path.name, row.line):
                check_key(row["id"])
                put_in(unit, study, entity, row["id"], attributes.described(table, row))
    return TableImported(count, sum(row["id"] not in known for row in table.rows))
