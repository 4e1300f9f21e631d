"""Which codings: of a document, a code with its subtree, a coder, a case, an informant."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.domain.codebook import Entity
from qualcode.domain.coding import CodedSegment
from qualcode.services import coding, documents, people
from qualcode.services.study import Study


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
    unplaced: bool = False
    """Only those that were not found with certainty in the newest version, instead of the placed ones."""


def select(study: Study, selection: Selection) -> list[CodedSegment]:
    """The codings in order of document and place. Raises NotFound for an id the study does not have."""
    if selection.document is not None:
        documents.text_of(study, selection.document)
    if selection.case is not None:
        people.require(study, Entity.CASE, selection.case)
    if selection.informant is not None:
        people.require(study, Entity.INFORMANT, selection.informant)
    codes = _codes(study, selection.code)
    return [
        segment
        for segment in coding.everything(study, coder=selection.coder, placed=not selection.unplaced)
        if selection.document in (None, segment.coding.document)
        and selection.case in (None, segment.case)
        and selection.informant in (None, segment.informant)
        and (codes is None or segment.coding.code in codes)
    ]


def _codes(study: Study, code: str | None) -> set[str] | None:
    if code is None:
        return None
    codebook = study.codebook
    study.code_id(code)
    return set(codebook.subtree(code))
