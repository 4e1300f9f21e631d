"""What can be asked of a coding: one resolver from a coded segment to the values of a field.

Rows of matrices, filters and exports all read a coding through here, so that `informant.side` means the same
everywhere. A field describes the coding itself (code, coder, a qualifier) or what it belongs to: its case, its
document, its informant and that informant's organisation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

from qualcode.domain.codebook import (
    Attribute,
    Codebook,
    Entity,
    Qualifier,
    QualifierType,
    Texts,
    in_language,
)
from qualcode.domain.coding import CodedSegment, CodingOrigin, CodingStatus
from qualcode.domain.near import nearest
from qualcode.domain.people import Case, Coder, Document, Informant, Organisation
from qualcode.domain.qualifying import PAIR
from qualcode.errors import N_, BadInput

Read = Callable[[CodedSegment], tuple[str, ...]]
"""The values of a field for one segment; none where it is not said or not known."""
Held = Mapping[str, tuple[str, ...]]
"""Case, document or informant id -> its values of a field."""


class Subject(StrEnum):
    """What a field describes. A coding lies in a case, a document, and an informant's words."""

    CASE = "case"
    DOCUMENT = "document"
    INFORMANT = "informant"
    CODING = "coding"


_KEY_OF: dict[Subject, Callable[[CodedSegment], str | None]] = {
    Subject.CASE: lambda segment: segment.case,
    Subject.DOCUMENT: lambda segment: segment.coding.document,
    Subject.INFORMANT: lambda segment: segment.informant,
}

_NAMES: dict[str, Texts] = {
    "case": {"en": "case", "nb": "case"},
    "document": {"en": "document", "nb": "dokument"},
    "informant": {"en": "informant", "nb": "informant"},
    "speaker": {"en": "speaker", "nb": "taler"},
    "coder": {"en": "coder", "nb": "koder"},
    "code": {"en": "code", "nb": "kode"},
    "family": {"en": "family", "nb": "familie"},
    "organisation": {"en": "organisation", "nb": "organisasjon"},
    "status": {"en": "status", "nb": "status"},
    "origin": {"en": "origin", "nb": "opphav"},
    "text": {"en": "text", "nb": "tekst"},
    "memo": {"en": "memo", "nb": "notat"},
}
"""Texts of the study's language, like the codebook's own labels beside them; not of the screen's catalogue."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value a field may have."""

    id: str
    names: Texts = field(default_factory=dict[str, str])

    def label(self, language: str) -> str:
        return in_language(self.names, language, self.id)


@dataclass(frozen=True, slots=True)
class Field:
    """`choices` in the order of the study or codebook; None where any text may stand. `held` is empty for fields
    of the coding itself."""

    id: str
    names: Texts
    subject: Subject
    choices: tuple[Choice, ...] | None
    read: Read
    held: Held = field(default_factory=dict[str, tuple[str, ...]])
    numeric: bool = False
    """Values sort as numbers."""
    complete: bool = True
    """False where only a few of the choices are ever met (pairs of actors): a table shows those alone."""

    def label(self, language: str) -> str:
        return in_language(self.names, language, self.id)

    def in_order(self, values: Iterable[str]) -> list[str]:
        """Distinct values as the study or codebook has them, unknown last; without choices sorted."""
        distinct = set(values)
        if self.choices is None:
            return sorted(distinct, key=_by_size if self.numeric else None)
        order = {choice.id: place for place, choice in enumerate(self.choices)}
        return sorted(distinct, key=lambda value: (order.get(value, len(order)), value))

    def value_label(self, value: str, language: str) -> str:
        """The words for one value; the value itself where it has none."""
        return next((choice.label(language) for choice in self.choices or () if choice.id == value), value)


def _by_size(value: str) -> tuple[float, str]:
    try:
        return float(value), value
    except ValueError:
        return float("inf"), value


@dataclass(frozen=True)
class Population:
    """Whom and what the codings of a study can belong to, each in the order of the study."""

    cases: Sequence[Case] = ()
    documents: Sequence[Document] = ()
    informants: Sequence[Informant] = ()
    organisations: Sequence[Organisation] = ()
    coders: Sequence[Coder] = ()
    voices: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Document id -> the informants who speak in it."""
    memos: Callable[[], Mapping[str, Sequence[str]]] = dict[str, Sequence[str]]
    """Coding uid -> the texts of its memos. Called where a query asks for them: few do."""


class Facts:
    """The fields of one study and what they say of its codings."""

    def __init__(self, codebook: Codebook, population: Population) -> None:
        self.codebook = codebook
        self.population = population
        made = [
            *_of_places(population),
            *_of_codings(codebook, population),
            *(_qualifier_field(codebook, qualifier) for qualifier in codebook.qualifiers),
            *_attribute_fields(codebook, population),
        ]
        self._by_id = {item.id: item for item in made}
        self._texts = {item.id: item for item in _of_texts(population)}

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields: of the study first, then qualifiers and attributes in codebook order."""
        return tuple(self._by_id.values())

    def field(self, name: str) -> Field:
        """The field called `name`, or the one attribute whose last part it is (`side`, `sector`).

        Raises BadInput where there is none or there are several.
        """
        return self._found(name, self._by_id)

    def queried(self, name: str) -> Field:
        """As `field`, and `text` (the words coded) and `memo` too: they are looked into, not compared by."""
        return self._found(name, self._by_id | self._texts)

    def values(self, segment: CodedSegment, name: str) -> tuple[str, ...]:
        """What the field says of the segment. Raises BadInput for an unknown field."""
        return self.field(name).read(segment)

    def _found(self, name: str, known: Mapping[str, Field]) -> Field:
        if name in known:
            return known[name]
        ending = [item for item in known.values() if item.id.rpartition(".")[2] == name]
        if len(ending) == 1:
            return ending[0]
        if ending:
            raise BadInput(
                N_("The field {name!r} may be {known}."),
                hint=N_("Write it out."),
                name=name,
                known=", ".join(item.id for item in ending),
            )
        raise self._unknown(name, list(known))

    def _unknown(self, name: str, ids: Sequence[str]) -> BadInput:
        by_ending = {item.rpartition(".")[2]: item for item in ids}
        near = nearest(name, [*ids, *by_ending], at_most=3)
        found = list(dict.fromkeys(by_ending.get(item, item) for item in near))
        return BadInput(
            N_("There is no field {name!r}."),
            hint=N_("Did you mean {near}?") if found else N_("The fields are {known}."),
            name=name,
            near=", ".join(found),
            known=", ".join(ids),
        )


def _of_places(population: Population) -> list[Field]:
    """What a coding lies in: case, document, informant and the informant's organisation."""

    def own(name: str, subject: Subject, items: Sequence[Case | Document | Informant]) -> Field:
        return _held(name, _NAMES[name], subject, _titled(items), {item.id: (item.id,) for item in items})

    employed = {item.id: (item.organisation,) for item in population.informants if item.organisation}
    organisations = _titled(population.organisations)
    return [
        own("case", Subject.CASE, population.cases),
        own("document", Subject.DOCUMENT, population.documents),
        own("informant", Subject.INFORMANT, population.informants),
        _held("organisation", _NAMES["organisation"], Subject.INFORMANT, organisations, employed),
    ]


def _of_codings(codebook: Codebook, population: Population) -> list[Field]:
    families = {code.id: (codebook.family(code.id),) for code in codebook.codes}
    ordered = [codebook[node] for top in codebook.children(None) for node in codebook.subtree(top.id)]
    codes = tuple(Choice(code.id, code.names) for code in ordered)
    tops = tuple(Choice(code.id, code.names) for code in codebook.children(None))
    coders = tuple(Choice(coder.name) for coder in population.coders)
    statuses = tuple(Choice(status.value) for status in CodingStatus)
    origins = tuple(Choice(origin.value) for origin in CodingOrigin)

    def said(name: str, choices: tuple[Choice, ...] | None, read: Read, *, complete: bool = True) -> Field:
        return Field(name, _NAMES[name], Subject.CODING, choices, read, complete=complete)

    return [
        said("speaker", None, lambda segment: (segment.speaker,) if segment.speaker else ()),
        said("coder", coders, lambda segment: (segment.coding.coder,)),
        said("code", codes, lambda segment: (segment.coding.code,) if segment.coding.code else ()),
        said("family", tops, lambda segment: families.get(segment.coding.code or "", ())),
        said("status", statuses, lambda segment: (segment.coding.status.value,), complete=False),
        said("origin", origins, lambda segment: (segment.coding.origin.value,), complete=False),
    ]


def _of_texts(population: Population) -> list[Field]:
    """What was said, and what was noted of it."""

    def words(segment: CodedSegment) -> tuple[str, ...]:
        return (segment.coding.anchor.exact,)

    def notes(segment: CodedSegment) -> tuple[str, ...]:
        return tuple(population.memos().get(segment.coding.uid, ()))

    return [
        Field(name, _NAMES[name], Subject.CODING, None, read, complete=False)
        for name, read in (("text", words), ("memo", notes))
    ]


def _qualifier_field(codebook: Codebook, qualifier: Qualifier) -> Field:
    """Under its bare id, as on the command line; `qualifier.<id>`, as in exports, where that id is taken."""
    name = f"qualifier.{qualifier.id}" if qualifier.id in _NAMES else qualifier.id
    key = qualifier.id

    def read(segment: CodedSegment) -> tuple[str, ...]:
        value = segment.coding.qualifiers.get(key)
        return (value,) if value is not None else ()

    is_pair = qualifier.type is QualifierType.CODE_PAIR
    choices = tuple(_qualifier_choices(codebook, qualifier))
    return Field(name, qualifier.label, Subject.CODING, choices, read, complete=not is_pair)


def _qualifier_choices(codebook: Codebook, qualifier: Qualifier) -> Iterable[Choice]:
    if qualifier.type is QualifierType.ENUM:
        return [Choice(value.id, value.label) for value in qualifier.values]
    ids = [value.id for value in qualifier.values] or [code.id for code in codebook.children(qualifier.family)]
    codes = [codebook[code] for code in codebook.in_order(ids) if code in codebook]
    if qualifier.type is QualifierType.CODE:
        return [Choice(code.id, code.names) for code in codes]
    return [
        Choice(
            f"{first.id}{PAIR}{second.id}",
            {tag: f"{first.name(tag)} + {second.name(tag)}" for tag in codebook.languages},
        )
        for first, second in combinations(codes, 2)
    ]


def _attribute_fields(codebook: Codebook, population: Population) -> Iterable[Field]:
    organisations = _attributes(population.organisations)
    employers = {item.id: organisations.get(item.organisation or "", {}) for item in population.informants}
    owners: tuple[tuple[str, Entity, Subject, Mapping[str, Held]], ...] = (
        ("case", Entity.CASE, Subject.CASE, _attributes(population.cases)),
        ("document", Entity.DOCUMENT, Subject.DOCUMENT, _attributes(population.documents)),
        ("informant", Entity.INFORMANT, Subject.INFORMANT, _attributes(population.informants)),
        ("informant.organisation", Entity.ORGANISATION, Subject.INFORMANT, employers),
    )
    for prefix, entity, subject, attributes in owners:
        for attribute in codebook.attributes_of(entity):
            held = {owner: attribute_values(codebook, attribute, values) for owner, values in attributes.items()}
            choices = _attribute_choices(attribute, population)
            numeric = attribute.type == "number"
            yield _held(f"{prefix}.{attribute.id}", attribute.label, subject, choices, held, numeric=numeric)


def _attributes(items: Sequence[Case | Document | Informant | Organisation]) -> dict[str, Held]:
    return {item.id: item.attributes for item in items}


def attribute_values(codebook: Codebook, attribute: Attribute, entered: Held) -> tuple[str, ...]:
    """As entered; a derived attribute through the actor map, each side once."""
    if attribute.derived_from is None:
        return entered.get(attribute.id, ())
    side_of = {row.actor_type: row.side for row in codebook.actor_map}
    sides = (side_of.get(value) for value in entered.get(attribute.derived_from, ()))
    return tuple(dict.fromkeys(side for side in sides if side is not None))


def _attribute_choices(attribute: Attribute, population: Population) -> tuple[Choice, ...] | None:
    if attribute.type == "enum":
        return tuple(Choice(value.id, value.label) for value in attribute.values)
    if attribute.type == "bool":
        return (Choice("true"), Choice("false"))
    if attribute.type.startswith("ref("):
        return _titled(population.organisations)
    return None


def _titled(items: Sequence[Case | Document | Informant | Organisation]) -> tuple[Choice, ...]:
    """A title is the same in every language."""
    return tuple(Choice(item.id, {"und": item.title} if item.title else {}) for item in items)


def _held(
    name: str,
    names: Texts,
    subject: Subject,
    choices: tuple[Choice, ...] | None,
    held: Held,
    *,
    numeric: bool = False,
) -> Field:
    key_of = _KEY_OF[subject]
    return Field(name, names, subject, choices, lambda segment: held.get(key_of(segment) or "", ()), held, numeric)
