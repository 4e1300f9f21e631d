"""Findings: claims for a research question, with codings and relations that support, contradict or nuance them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from qualcode.domain.agreement import Seen, Turn, turn_of
from qualcode.domain.coding import CodedSegment
from qualcode.domain.evidence import Weighed
from qualcode.domain.relation import PlacedRelation

REALISATION = "realisation"
"""The qualifier that says whether value came."""
EXPECTED = "expected"


class FindingState(StrEnum):
    DRAFT = "draft"
    READY = "ready"
    """Somebody looked for what speaks against it, and looked at what was found."""


class Role(StrEnum):
    """What a piece of evidence does to a claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"
    NUANCES = "nuances"


class CaseResult(StrEnum):
    """What the evidence of one case says of a claim."""

    SUPPORTED = "supported"
    CONTRADICTED = "contradicted"
    MIXED = "mixed"
    SILENT = "silent"


class Verdict(StrEnum):
    """Whether a case repeats a result (after Yin)."""

    LITERAL = "literal"
    """The same result, expected and found."""
    CONTRAST = "contrast"
    """Another result, for a reason that was predicted."""
    NOT_REPLICATED = "not-replicated"
    OPEN = "open"
    """The case says nothing of it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A coding or a relation, and what it does to the claim. Exactly one of the two is there."""

    uid: str
    role: Role
    coding: CodedSegment | None
    relation: PlacedRelation | None
    created_at: datetime
    updated_at: datetime

    @property
    def segments(self) -> tuple[CodedSegment, ...]:
        """The coding, or both ends of the relation."""
        if self.relation is not None:
            return self.relation.source, self.relation.target
        return (self.coding,) if self.coding is not None else ()

    @property
    def counts(self) -> bool:
        """True where every coding in it does."""
        return all(segment.counts for segment in self.segments)

    @property
    def informant(self) -> str | None:
        held = self.relation or self.coding
        return held.informant if held else None

    @property
    def case(self) -> str | None:
        held = self.relation or self.coding
        return held.case if held else None

    @property
    def turns(self) -> frozenset[Turn]:
        """Where it is said: the turn of the coding, or of the relation's quote and both ends."""
        ends = frozenset(turn_of(segment) for segment in self.segments)
        if self.relation is None:
            return ends
        return ends | {(self.relation.relation.document, self.relation.turn)}

    @property
    def changed_at(self) -> datetime:
        """When the link, the relation or a coding in it was last changed."""
        times = [self.updated_at, *(segment.coding.updated_at for segment in self.segments)]
        if self.relation is not None:
            times.append(self.relation.relation.updated_at)
        return max(times)


@dataclass(frozen=True, slots=True)
class Finding:
    """`evidence` that is out of sight (unplaced, or in a removed document) is only counted."""

    uid: str
    claim: str
    question: str | None
    state: FindingState
    coder: str
    created_at: datetime
    updated_at: datetime
    """When the claim was written or its state set: a finding is not touched otherwise."""
    evidence: tuple[Evidence, ...] = ()
    out_of_sight: int = 0

    def of(self, role: Role) -> tuple[Evidence, ...]:
        """The evidence of one role, in the order it is read."""
        return tuple(item for item in self.evidence if item.role is role)


@dataclass(frozen=True, slots=True)
class Ground:
    """What weighing needs to know of the study besides the evidence."""

    sides: Mapping[str, Sequence[str]]
    """Informant -> the sides he is on; empty where the study knows none."""
    documents: frozenset[str]
    """The informants who are a document's author."""
    seen: Seen
    alphas: Mapping[str, Fraction | None]
    """Code -> alpha by turn."""
    value_codes: frozenset[str]
    """The codes that are asked whether the value came."""


def weigh(evidence: Iterable[Evidence], ground: Ground) -> Weighed:
    """What the evidence comes to by the rule; only what counts is taken, and nuances count on neither side."""
    counted = [item for item in evidence if item.counts and item.role is not Role.NUANCES]
    pro = [item for item in counted if item.role is Role.SUPPORTS]
    contra = [item for item in counted if item.role is Role.CONTRADICTS]
    informants = _informants(pro)
    alphas = [ground.alphas.get(segment.coding.code or "") for item in counted for segment in item.segments]
    defined = [alpha for alpha in alphas if alpha is not None]
    return Weighed(
        # A case without an informant has nobody who speaks for the claim there.
        cases=len({item.case for item in pro if item.case and item.informant}),
        informants=len(informants),
        sides=frozenset(side for informant in informants for side in ground.sides.get(informant, ())),
        against=len(_informants(contra)),
        clash=_clash(pro, contra, ground),
        single_coder=len(coders_at(counted, ground.seen)) == 1,
        alpha=min(defined, default=None),
        only_documents=bool(informants) and informants <= ground.documents,
        only_expected=_only_expected(pro, ground.value_codes),
    )


def coders_at(evidence: Iterable[Evidence], seen: Seen) -> set[str]:
    """The coders who have judged one of the turns of this evidence."""
    return {coder for item in evidence for turn in item.turns for coder in seen.get(turn, ())}


def _informants(evidence: Iterable[Evidence]) -> set[str]:
    return {item.informant for item in evidence if item.informant is not None}


def _clash(pro: Iterable[Evidence], contra: Sequence[Evidence], ground: Ground) -> bool:
    """True where within one case one side supports and another contradicts."""
    against: dict[str, set[str]] = {}
    for item in contra:
        if item.case is not None and item.informant is not None:
            against.setdefault(item.case, set()).update(ground.sides.get(item.informant, ()))
    return any(
        against.get(item.case or "", set()) - {side}
        for item in pro
        for side in ground.sides.get(item.informant or "", ())
    )


def _only_expected(pro: Sequence[Evidence], value_codes: frozenset[str]) -> bool:
    """True where each support is of value, some of it expected and none of it said to be anything else."""
    said: set[str] = set()
    for item in pro:
        values = [segment.coding for segment in item.segments if segment.coding.code in value_codes]
        if not values:
            return False
        said.update(coding.qualifiers[REALISATION] for coding in values if REALISATION in coding.qualifiers)
    return said == {EXPECTED}


def case_result(evidence: Iterable[Evidence], case: str) -> CaseResult:
    """What the evidence that counts says of the claim in one case."""
    roles = {item.role for item in evidence if item.counts and item.case == case}
    match Role.SUPPORTS in roles, Role.CONTRADICTS in roles:
        case (True, True):
            return CaseResult.MIXED
        case (True, False):
            return CaseResult.SUPPORTED
        case (False, True):
            return CaseResult.CONTRADICTED
        case _:
            return CaseResult.SILENT


def verdict(result: CaseResult, *, expected: bool = True) -> Verdict:
    """Whether a case replicates; `expected` False where it was predicted that the case would differ.

    A case that speaks both ways does neither.
    """
    if result is CaseResult.SILENT:
        return Verdict.OPEN
    if expected:
        return Verdict.LITERAL if result is CaseResult.SUPPORTED else Verdict.NOT_REPLICATED
    return Verdict.CONTRAST if result is CaseResult.CONTRADICTED else Verdict.NOT_REPLICATED
