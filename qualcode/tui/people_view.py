"""Cases, informants, organisations and unmapped speakers as rows and cards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualcode import i18n
from qualcode.domain.codebook import Attribute, Codebook, Entity, in_language
from qualcode.domain.facts import attribute_values
from qualcode.domain.people import Case, Informant, InformantKind, Organisation
from qualcode.i18n import _, ngettext
from qualcode.services import membership, people
from qualcode.services.membership import Membership, Unmapped
from qualcode.services.study import Study
from qualcode.tui.widgets.labelled import CardPart, CardView
from qualcode.tui.widgets.table import Column, TableRow

SPEAKERS = "speakers"
VIEWS = (Entity.CASE.value, Entity.INFORMANT.value, Entity.ORGANISATION.value, SPEAKERS)
Thing = Case | Informant | Organisation


@dataclass(frozen=True, slots=True)
class Gathered:
    """All of it, as it was read."""

    codebook: Codebook
    things: dict[str, dict[str, Thing]]
    """By view and id."""
    belongs: Membership
    unmapped: dict[str, Unmapped]
    """By the id of its row."""


def gathered(study: Study) -> Gathered:
    lists: tuple[Sequence[Thing], ...] = (
        people.cases(study),
        people.informants(study),
        people.organisations(study),
    )
    return Gathered(
        study.codebook,
        {view: {thing.id: thing for thing in things} for view, things in zip(VIEWS, lists, strict=False)},
        membership.membership(study),
        {f"{one.document}\t{one.label}": one for one in membership.unmapped(study)},
    )


def view_name(view: str) -> str:
    return {
        Entity.CASE.value: _("Cases"),
        Entity.INFORMANT.value: _("Informants"),
        Entity.ORGANISATION.value: _("Organisations"),
        SPEAKERS: _("Speakers who are nobody yet"),
    }[view]


def counts(all_: Gathered) -> tuple[str, ...]:
    """How many there are of each, in the order of the views."""
    cases, informants, organisations = (len(all_.things[view]) for view in VIEWS[:3])
    labels = len(all_.unmapped)
    nobody = ngettext("{n} speaker is nobody yet", "{n} speakers are nobody yet", labels).format(n=labels)
    return (
        ngettext("{n} case", "{n} cases", cases).format(n=cases),
        ngettext("{n} informant", "{n} informants", informants).format(n=informants),
        ngettext("{n} organisation", "{n} organisations", organisations).format(n=organisations),
        *((nobody,) if labels else ()),
    )


def columns(all_: Gathered, view: str) -> Sequence[Column]:
    """Titles have a column where there are any."""
    name = Column(_("Id"), share=1)
    title = (Column(_("Title"), share=2, above=40),) if _has_titles(all_, view) else ()
    documents, informants = Column(_("Documents"), 10, right=True), Column(_("Informants"), 11, right=True)
    return {
        Entity.CASE.value: (name, *title, documents, informants),
        Entity.INFORMANT.value: (
            name,
            *title,
            Column(_("Kind"), 9, above=76),
            Column(_("Organisation"), share=1, above=60),
            documents,
        ),
        Entity.ORGANISATION.value: (name, *title, informants),
        SPEAKERS: (
            Column(_("Speaker"), share=1),
            Column(_("Document"), share=2),
            Column(_("Turns"), 7, right=True),
        ),
    }[view]


def rows(all_: Gathered, view: str) -> Sequence[TableRow]:
    if view == SPEAKERS:
        return [
            TableRow(row, (speaker_name(one), one.document, str(one.turns or "·")))
            for row, one in all_.unmapped.items()
        ]
    titled = _has_titles(all_, view)
    return [TableRow(thing.id, tuple(_cells(all_, thing, titled))) for thing in all_.things[view].values()]


def _has_titles(all_: Gathered, view: str) -> bool:
    return any(thing.title for thing in all_.things.get(view, {}).values())


def _cells(all_: Gathered, thing: Thing, titled: bool) -> Iterator[str]:
    belongs = all_.belongs
    yield thing.id
    if titled:
        yield thing.title
    if isinstance(thing, Case):
        yield _number(belongs.documents_of_cases.get(thing.id))
        yield _number(belongs.informants_of_cases.get(thing.id))
    elif isinstance(thing, Informant):
        yield kind_name(thing.kind)
        yield thing.organisation or ""
        yield _number(belongs.documents_of_informants.get(thing.id))
    else:
        yield _number(belongs.informants_of_organisations.get(thing.id))


def _number(found: Sequence[str] | None) -> str:
    return str(len(found)) if found else "·"


def kind_name(kind: InformantKind) -> str:
    return {InformantKind.PERSON: _("person"), InformantKind.DOCUMENT: _("document")}[kind]


def speaker_name(one: Unmapped) -> str:
    return one.label or _("the whole document")


def card(all_: Gathered, view: str, row: str) -> CardView:
    """The card of a row; what to do where there is none."""
    thing = all_.things.get(view, {}).get(row)
    if thing is not None:
        facts = (thing.id,) if thing.title else ()
        return CardView(thing.title or thing.id, facts, parts=tuple(_parts(all_, Entity(view), thing)))
    if row in all_.unmapped:
        one = all_.unmapped[row]
        turns = ngettext("{n} turn", "{n} turns", one.turns).format(n=one.turns)
        return CardView(speaker_name(one), (f"{one.document} · {turns}", _("s says who this is.")))
    none = _("Every speaker is somebody.") if view == SPEAKERS else _("None yet: n adds one.")
    return CardView(none)


def _parts(all_: Gathered, entity: Entity, thing: Thing) -> Iterator[CardPart]:
    belongs = all_.belongs
    if isinstance(thing, Informant):
        yield CardPart(_("Kind"), (kind_name(thing.kind),))
        yield CardPart(_("Organisation"), (named(all_, thing.organisation or ""),))
        yield _listed(_("Documents"), belongs.documents_of_informants.get(thing.id))
    elif isinstance(thing, Case):
        yield _listed(_("Documents"), belongs.documents_of_cases.get(thing.id))
        yield _listed(_("Informants"), belongs.informants_of_cases.get(thing.id))
    else:
        yield _listed(_("Informants"), belongs.informants_of_organisations.get(thing.id))
    for attribute in all_.codebook.attributes_of(entity):
        values = attribute_values(all_.codebook, attribute, thing.attributes)
        words = ", ".join(value_name(all_, attribute, value) for value in values)
        lacking = _("? (required)") if attribute.required and not attribute.derived else ""
        yield CardPart(attribute_name(attribute), (words or lacking,))


def _listed(label: str, found: Sequence[str] | None) -> CardPart:
    return CardPart(label, (", ".join(found or ()),))


def attribute_name(attribute: Attribute) -> str:
    return in_language(attribute.label, i18n.language(), attribute.id)


def value_name(all_: Gathered, attribute: Attribute, value: str) -> str:
    """A value in words."""
    if attribute.type.startswith("ref("):
        return named(all_, value)
    if attribute.type == "bool":
        return _("yes") if value == "true" else _("no")
    labels = {one.id: in_language(one.label, i18n.language(), one.id) for one in attribute.values}
    sides = {side.id: in_language(side.names, i18n.language(), side.id) for side in all_.codebook.sides}
    return {**(sides if attribute.derived else {}), **labels}.get(value, value)


def named(all_: Gathered, organisation: str) -> str:
    thing = all_.things[Entity.ORGANISATION.value].get(organisation)
    return thing.title or thing.id if thing is not None else organisation
