"""Which codings: of a document, a code with its subtree, a coder, a case, a speaker, a value, or chosen by queries.

One selection serves the lists of the command line and the filter of the desk.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields

from qualcode.domain import qualifying
from qualcode.domain.codebook import Codebook, Entity
from qualcode.domain.coding import CodedSegment
from qualcode.domain.query_matching import Matcher, matcher_of_all
from qualcode.errors import N_, BadInput
from qualcode.services import blinding, coding, documents, people, queries
from qualcode.services.fields import facts_of
from qualcode.services.study import Study
from qualcode.store import lookup, memos
from qualcode.store.schema.coding import coding as coding_table


@dataclass(frozen=True, slots=True)
class Selection:
    """What a coding must be to be chosen; None asks for nothing."""

    document: str | None = None
    code: str | None = None
    """With everything below it; a family's codings are those of its codes."""
    coder: str | None = None
    case: str | None = None
    """The coding's case by rule 1: its own, else the document's only one."""
    informant: str | None = None
    speaker: str | None = None
    """The label of the turn that holds most of the coding."""
    qualifiers: Mapping[str, str] = field(default_factory=dict[str, str])
    """Qualifier -> the value it must have; empty: must not be said."""
    memo_only: bool = False
    lacking_only: bool = False
    """Only those without a qualifier that the codebook requires."""
    unplaced: bool = False
    """Only those that were not found with certainty in the newest version, instead of the placed ones."""
    where: tuple[str, ...] = ()
    """Queries (see `domain.query`), all of which must choose it."""

    @property
    def conditions(self) -> tuple[str, ...]:
        """What is asked, each as `field=value`, a switch's name or a query; empty where all are chosen."""
        asked: list[str] = []
        for item in fields(self):
            value = getattr(self, item.name)
            if isinstance(value, Mapping):
                asked += [f"{name}={chosen}" for name, chosen in self.qualifiers.items()]
            elif isinstance(value, tuple):
                asked += self.where
            elif value is True:
                asked.append(item.name)
            elif value not in (None, False):
                asked.append(f"{item.name}={value}")
        return tuple(asked)


def select(study: Study, selection: Selection) -> list[CodedSegment]:
    """The codings in order of document and place. Raises as `matcher`."""
    placed = not selection.unplaced
    chosen = _matcher(study, selection, lambda: coding.everything(study, placed=placed))
    return list(filter(chosen, coding.everything(study, coder=selection.coder, placed=placed)))


def select_shown(study: Study, selection: Selection) -> list[CodedSegment]:
    """As `select`, without what must stay hidden from the coder who acts (blind-first reading)."""
    chosen = matcher(study, selection)
    return [segment for segment in _shown(study, placed=not selection.unplaced) if chosen(segment)]


def matcher(study: Study, selection: Selection) -> Matcher:
    """A function that says whether a segment is chosen; who has a memo is read once, here.

    Queries look for other codings among those that the coder who acts may see.

    Raises NotFound for an id the study does not have, BadInput for a qualifier or value the codebook does not have,
    BadQuery for a query that cannot be understood.
    """
    return _matcher(study, selection, lambda: _shown(study, placed=not selection.unplaced))


def _shown(study: Study, *, placed: bool) -> list[CodedSegment]:
    hidden = {segment.coding.uid for segment in blinding.hidden_codings(study)}
    return [segment for segment in coding.everything(study, placed=placed) if segment.coding.uid not in hidden]


def _matcher(study: Study, selection: Selection, others: Callable[[], Iterable[CodedSegment]]) -> Matcher:
    if selection.document is not None:
        documents.text_of(study, selection.document)
    if selection.case is not None:
        people.require(study, Entity.CASE, selection.case)
    if selection.informant is not None:
        people.require(study, Entity.INFORMANT, selection.informant)
    with study.store.read() as connection:
        if selection.coder is not None:
            lookup.row_id(connection, lookup.CODER, selection.coder)
        memoed = set(memos.texts_by_target(connection, coding_table)) if selection.memo_only else None
    codebook = study.codebook
    codes = _codes(study, selection.code)
    qualifiers = {name: _value(codebook, name, value) for name, value in selection.qualifiers.items()}
    asked = queries.read(study, facts_of(study), selection.where) if selection.where else ()
    asked_for = matcher_of_all(asked, queries.among(study, others))

    def chosen(segment: CodedSegment) -> bool:
        made = segment.coding
        return (
            selection.document in (None, made.document)
            and selection.coder in (None, made.coder)
            and selection.case in (None, segment.case)
            and selection.informant in (None, segment.informant)
            and selection.speaker in (None, segment.speaker)
            and (codes is None or made.code in codes)
            and all(made.qualifiers.get(name, "") == value for name, value in qualifiers.items())
            and (memoed is None or made.uid in memoed)
            and (not selection.lacking_only or bool(qualifying.missing(codebook, made.code, made.qualifiers)))
            and made.placed is not selection.unplaced
            and asked_for(segment)
        )

    return chosen


def _codes(study: Study, code: str | None) -> Collection[str] | None:
    if code is None:
        return None
    codebook = study.codebook
    study.code_id(code)
    return set(codebook.subtree(code))


def _value(codebook: Codebook, name: str, value: str) -> str:
    found = next((item for item in codebook.qualifiers if item.id == name), None)
    if found is None:
        raise BadInput(
            N_("The codebook has no qualifier {qualifier!r}."),
            hint=N_("It has: {known}."),
            qualifier=name,
            known=", ".join(item.id for item in codebook.qualifiers),
        )
    return qualifying.valid_value(codebook, found, value) if value else ""
