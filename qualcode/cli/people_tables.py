"""Cases, informants and organisations as tables: a short one for people, the importable one for programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qualcode.domain.codebook import Entity
from qualcode.domain.people import Case, Informant, Organisation
from qualcode.domain.tabular import Cell, Table
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.services.study import Study

Thing = Case | Informant | Organisation


def importable(study: Study, entity: Entity) -> Table:
    """Fields and attributes in codebook order: what `import` takes again."""
    from qualcode.services.attributes import settable

    attributes = settable(study.codebook, entity)
    fields = ("id", "title", "kind", "organisation") if entity is Entity.INFORMANT else ("id", "title")
    rows = [
        (*_fields(item).values(), *(item.attributes.get(name, ()) for name in attributes))
        for item in _things(study, entity)
    ]
    texts = {item.id for item in study.codebook.attributes_of(entity) if item.type == "text"}
    return Table((*fields, *attributes), rows, free_text=frozenset({"title", *texts}))


def summary(study: Study, entity: Entity) -> Table:
    """Ids, fields, and where they occur (a case: in how many documents), narrow enough for a screen."""
    place = _place_name(entity)
    labels = {
        "id": _("Id"),
        "title": _("Title"),
        "kind": _("Kind"),
        "organisation": _("Organisation"),
        "documents": _("Documents"),
        "informants": _("Informants"),
    }
    places = _places(study, entity)

    def where(key: str) -> Cell:
        found = tuple(places.get(key, ()))
        return len(found) if entity is Entity.CASE else found

    records = [_fields(item) | {place: where(item.id)} for item in _things(study, entity)]
    headers = (
        ("id", "title", "kind", "organisation", place) if entity is Entity.INFORMANT else ("id", "title", place)
    )
    rows = [tuple(record.values()) for record in records]
    return Table(headers, rows, labels=tuple(labels[header] for header in headers))


def record(study: Study, entity: Entity, key: str) -> Mapping[str, Cell]:
    """All that is known of one, attributes without a value too. Raises NotFound."""
    from qualcode.services import people
    from qualcode.services.attributes import settable

    people.require(study, entity, key)
    item = next(thing for thing in _things(study, entity) if thing.id == key)
    places = tuple(_places(study, entity).get(key, ()))
    attributes = {name: item.attributes.get(name, ()) for name in settable(study.codebook, entity)}
    return {**_fields(item), **attributes, _place_name(entity): places}


def _things(study: Study, entity: Entity) -> Sequence[Thing]:
    from qualcode.services import people

    if entity is Entity.CASE:
        return people.cases(study)
    return people.informants(study) if entity is Entity.INFORMANT else people.organisations(study)


def _fields(item: Thing) -> dict[str, Cell]:
    fields: dict[str, Cell] = {"id": item.id, "title": item.title}
    if isinstance(item, Informant):
        fields |= {"kind": item.kind, "organisation": item.organisation}
    return fields


def _place_name(entity: Entity) -> str:
    return "informants" if entity is Entity.ORGANISATION else "documents"


def _places(study: Study, entity: Entity) -> Mapping[str, Sequence[str]]:
    """Id -> the documents of a case or informant, the informants of an organisation."""
    from qualcode.services import documents, people

    if entity is Entity.INFORMANT:
        return people.documents_of_informants(study)
    pairs = (
        [(case, document.id) for document in documents.listing(study) for case in document.cases]
        if entity is Entity.CASE
        else [(item.organisation, item.id) for item in people.informants(study) if item.organisation]
    )
    found: dict[str, list[str]] = {}
    for key, place in pairs:
        found.setdefault(key, []).append(place)
    return found
