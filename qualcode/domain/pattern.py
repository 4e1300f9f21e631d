"""Patterns: what was predicted of each case before the data, and how it came out (after Yin)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from qualcode.domain.codebook import Codebook
from qualcode.domain.coding import CodedSegment
from qualcode.domain.finding import CaseResult, Verdict, verdict
from qualcode.domain.relation import PlacedRelation, Stance


class Expected(StrEnum):
    """What a case should show; more and less compare it with the other cases."""

    PRESENT = "present"
    ABSENT = "absent"
    MORE = "more"
    LESS = "less"


@dataclass(frozen=True, slots=True)
class Prediction:
    """Of one case: a code, or a relation of a type from one code to another; codes stand for their subtrees."""

    case: str
    expected: Expected
    source: str
    type: str | None = None
    target: str | None = None
    """Type and target are both there or both not."""


@dataclass(frozen=True, slots=True)
class Pattern:
    id: str
    text: Mapping[str, str]
    predictions: tuple[Prediction, ...]
    registered_at: datetime
    coder: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one prediction came out."""

    prediction: Prediction
    result: CaseResult
    """Supported: it is there (of more and less: more than elsewhere); contradicted: it is not."""
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Score:
    """How a pattern came out, case by case."""

    pattern: Pattern
    outcomes: tuple[Outcome, ...]

    @property
    def hits(self) -> int:
        return sum(item.verdict in (Verdict.LITERAL, Verdict.CONTRAST) for item in self.outcomes)

    @property
    def with_data(self) -> int:
        """Of these the hits are a share; the others are neither hit nor miss."""
        return sum(item.verdict is not Verdict.OPEN for item in self.outcomes)

    @property
    def share(self) -> Fraction | None:
        """Hits of the predictions with data; None where there are none."""
        return Fraction(self.hits, self.with_data) if self.with_data else None


@dataclass(frozen=True, slots=True)
class Material:
    """What patterns are held against. Codings and relations that do not count are passed over."""

    codebook: Codebook
    segments: Sequence[CodedSegment]
    relations: Sequence[PlacedRelation]
    asked: Mapping[str, Collection[str]]
    """Case -> the codes that somebody of it was asked about."""


def score(pattern: Pattern, material: Material) -> Score:
    """Hold a pattern against the material."""
    outcomes: list[Outcome] = []
    for prediction in pattern.predictions:
        compares = prediction.expected in (Expected.MORE, Expected.LESS)
        result = _compared(prediction, material) if compares else _found(prediction, material)
        as_elsewhere = prediction.expected in (Expected.PRESENT, Expected.MORE)
        outcomes.append(Outcome(prediction, result, verdict(result, expected=as_elsewhere)))
    return Score(pattern, tuple(outcomes))


def _found(prediction: Prediction, material: Material) -> CaseResult:
    """Whether it is there. What nobody speaks of is absent only where somebody was asked about the code."""
    if prediction.type is not None:
        stances = {
            item.relation.stance for item in _relations(prediction, material) if item.case == prediction.case
        }
        if len(stances) == len(Stance):
            return CaseResult.MIXED
        if stances:
            return CaseResult.SUPPORTED if Stance.STATES in stances else CaseResult.CONTRADICTED
        return CaseResult.SILENT
    if any(segment.case == prediction.case for segment in _codings(prediction, material)):
        return CaseResult.SUPPORTED
    was_asked = prediction.source in material.asked.get(prediction.case, ())
    return CaseResult.CONTRADICTED if was_asked else CaseResult.SILENT


def _compared(prediction: Prediction, material: Material) -> CaseResult:
    """Whether a larger share of the case's informants speak of it than on average in the other cases.

    Supported where it is larger, contradicted where smaller, mixed where equal; silent where the case, or every
    other, has no informant with a coding.
    """
    heard = _voices((item.case, item.informant) for item in material.segments if item.counts)
    if prediction.type is None:
        speaking = _voices((item.case, item.informant) for item in _codings(prediction, material))
    else:
        stated = (item for item in _relations(prediction, material) if item.relation.stance is Stance.STATES)
        speaking = _voices((item.case, item.informant) for item in stated)
    shares = {
        case: Fraction(len(speaking.get(case, set()) & informants), len(informants))
        for case, informants in heard.items()
    }
    others = [share for case, share in shares.items() if case != prediction.case]
    if prediction.case not in shares or not others:
        return CaseResult.SILENT
    above = shares[prediction.case] - sum(others, Fraction()) / len(others)
    if above == 0:
        return CaseResult.MIXED
    return CaseResult.SUPPORTED if above > 0 else CaseResult.CONTRADICTED


def _voices(said: Iterable[tuple[str | None, str | None]]) -> dict[str, set[str]]:
    """Case -> the informants who spoke in it."""
    found: dict[str, set[str]] = {}
    for case, informant in said:
        if case is not None and informant is not None:
            found.setdefault(case, set()).add(informant)
    return found


def _codings(prediction: Prediction, material: Material) -> list[CodedSegment]:
    nodes = _nodes(material.codebook, prediction.source)
    return [item for item in material.segments if item.counts and item.coding.code in nodes]


def _relations(prediction: Prediction, material: Material) -> list[PlacedRelation]:
    """The relations of that type between those codes; either way round where the type has no direction."""
    sources = _nodes(material.codebook, prediction.source)
    targets = _nodes(material.codebook, prediction.target or "")
    ways = [(sources, targets)]
    if any(kind.id == prediction.type and not kind.directed for kind in material.codebook.relation_types):
        ways.append((targets, sources))
    return [
        item
        for item in material.relations
        if item.relation.type == prediction.type
        and item.source.counts
        and item.target.counts
        and any(item.source.coding.code in one and item.target.coding.code in other for one, other in ways)
    ]


def _nodes(codebook: Codebook, code: str) -> frozenset[str]:
    """The code and all below it; of a code that was merged into another, that one's."""
    passed: set[str] = set()
    while code in codebook and (merged := codebook[code].merged_into) is not None and code not in passed:
        passed.add(code)
        code = merged
    return frozenset(codebook.subtree(code))
