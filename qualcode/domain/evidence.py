"""The evidence rule: how strong a claim is, from whom it is said by and against, and where.

Judgement for a study of few cases, made visible: every threshold is a setting of the study. Source: DOMAIN, 6.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from qualcode.errors import N_, Message


class Level(StrEnum):
    """From nothing said for a claim to strong."""

    NONE = "none"
    ANECDOTAL = "anecdotal"
    WEAK = "weak"
    MODERATE = "moderate"
    STRONG = "strong"


_ORDER = tuple(Level)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What each level asks for: least numbers, and the largest share of contradiction that it bears."""

    strong_cases: int = 3
    strong_informants: int = 5
    strong_sides: int = 2
    strong_contradicted: Fraction = Fraction(1, 5)
    moderate_cases: int = 2
    moderate_informants: int = 3
    moderate_sides: int = 2
    moderate_contradicted: Fraction = Fraction(1, 3)
    weak_informants: int = 2
    contested_above: Fraction = Fraction(1, 3)
    least_alpha: Fraction = Fraction(667, 1000)
    """Krippendorff's alpha below which a level is lost."""
    required_sides: frozenset[str] | None = None
    """The sides that must all be among those of a strong claim; None where the study knows no sides: then nothing
    is asked of sides at any level."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What the evidence for and against one claim comes to."""

    cases: int
    """K: cases with support."""
    informants: int
    """I: informants who support."""
    sides: frozenset[str]
    """D: the sides they are on."""
    against: int
    """X: informants who contradict. One who does both counts in both."""
    clash: bool = False
    """Within one case one side supports and another contradicts."""
    single_coder: bool = False
    """In the turns of the evidence only one coder has a coding or has passed a turn."""
    alpha: Fraction | None = None
    """The least alpha among the codes of the evidence; None where it is undefined for all."""
    only_documents: bool = False
    """All who support are documents, which are one informant each."""
    only_expected: bool = False
    """All support is of value that is expected, and none of value that came."""

    @property
    def contradicted(self) -> Fraction | None:
        """q, the share of contradiction: X / (I + X); None where nobody says anything."""
        heard = self.informants + self.against
        return Fraction(self.against, heard) if heard else None


@dataclass(frozen=True, slots=True)
class Strength:
    """A level, and what took it down from `reached`, the level that the numbers alone give."""

    level: Level
    reached: Level
    contested: bool
    expected: bool
    """Only expected value: to be labelled so wherever the level stands."""
    reasons: tuple[Message, ...] = ()


def strength(weighed: Weighed, thresholds: Thresholds | None = None) -> Strength:
    """The strength of a claim: the level its numbers reach, then what caps or lowers it, in the rule's order."""
    asked = thresholds or Thresholds()
    reached = level = _reached(weighed, asked)
    reasons: list[Message] = []
    contests = list(_contests(weighed, asked))
    if contests:
        level, reasons = _at_most(level, Level.WEAK), contests
    lowering = list(_lowering(weighed, asked))
    if lowering and level is not Level.NONE:
        level = _lowered(level)
        reasons += lowering
    if weighed.only_documents:
        level = _at_most(level, Level.WEAK)
        reasons.append(Message(N_("Only documents support it: at most weak.")))
    if weighed.only_expected:
        level = _at_most(level, Level.MODERATE)
        reasons.append(Message(N_("Only expected value is spoken of: at most moderate.")))
    return Strength(level, reached, bool(contests), weighed.only_expected, tuple(reasons))


def _reached(weighed: Weighed, asked: Thresholds) -> Level:
    sides, share = len(weighed.sides), weighed.contradicted
    knows_sides, required = asked.required_sides is not None, asked.required_sides or frozenset()
    if share is None or weighed.informants == 0:
        return Level.NONE
    if (
        weighed.cases >= asked.strong_cases
        and weighed.informants >= asked.strong_informants
        and (not knows_sides or (sides >= asked.strong_sides and required <= weighed.sides))
        and share <= asked.strong_contradicted
    ):
        return Level.STRONG
    if (
        weighed.cases >= asked.moderate_cases
        and weighed.informants >= asked.moderate_informants
        and (not knows_sides or sides >= asked.moderate_sides)
        and share <= asked.moderate_contradicted
    ):
        return Level.MODERATE
    return Level.WEAK if weighed.informants >= asked.weak_informants else Level.ANECDOTAL


def _contests(weighed: Weighed, asked: Thresholds) -> Iterator[Message]:
    """Why a claim is contested."""
    share = weighed.contradicted
    if share is not None and share > asked.contested_above:
        heard = weighed.informants + weighed.against
        yield Message(
            N_("Contested: {against} of {heard} informants contradict it: at most weak."),
            {"against": weighed.against, "heard": heard},
        )
    if weighed.clash:
        yield Message(N_("Contested: in one case one side supports it and another contradicts it: at most weak."))


def _lowering(weighed: Weighed, asked: Thresholds) -> Iterator[Message]:
    """Why a claim loses a level; it loses one, however many reasons there are."""
    if weighed.single_coder:
        yield Message(N_("Only one coder has worked on the turns of its evidence: a level lower."))
    if weighed.alpha is not None and weighed.alpha < asked.least_alpha:
        yield Message(
            N_("Krippendorff's alpha by turn is {alpha} for one of its codes, below {least}: a level lower."),
            {"alpha": f"{float(weighed.alpha):.3f}", "least": f"{float(asked.least_alpha):.3f}"},
        )


def _at_most(level: Level, cap: Level) -> Level:
    return min(level, cap, key=_ORDER.index)


def _lowered(level: Level) -> Level:
    """A level down; anecdotal stays what it is, since somebody did say it."""
    return level if level is Level.ANECDOTAL else _ORDER[_ORDER.index(level) - 1]
