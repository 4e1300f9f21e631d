"""What a comparison of few cases can bear: luck, one person's weight, and the order in which people were heard.

Sources: METHODS section 9 (luck); the rest follows its demand to show what one informant less would change. None is
undefined and never 0: with one case nothing can separate, with one informant nobody can be left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import comb, expm1, log1p
from random import Random

from qualcode.domain.coding import CodedSegment
from qualcode.domain.counting import Valence, mean_valence
from qualcode.domain.matrix import Matrix

_MOST_TERMS, _DRAWN = 1_100, 500
"""Terms of a sum that is still counted exactly; halves drawn where it is not."""


@dataclass(frozen=True, slots=True)
class Luck:
    """The chance that at least one of several coin-flip codes falls on the cases as a given outcome does."""

    exact: float
    exact_or_inverse: float
    """As the outcome, or everywhere the other way round: a researcher would be struck by either."""


@dataclass(frozen=True, slots=True)
class Concentration:
    """The informant with most segments, at a tie the first by id; their share of those with an informant."""

    informant: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class ColumnChecks:
    """How firmly one column's comparison stands. A row mentions the column if an informant speaks of it there."""

    column: str
    label: str
    mentioned: tuple[str, ...]
    silent: tuple[str, ...]
    informants: int
    rests_on: Mapping[str, tuple[str, ...]]
    """Informant -> the rows that would fall silent without them."""
    largest: Concentration | None
    after_half: Fraction | None
    valence: Fraction | None
    valence_without_one: tuple[Fraction, Fraction] | None
    """The lowest and highest mean valence when one informant is left out."""
    without_informant: int
    """Codings that nobody's words are behind: they bear nothing here."""

    @property
    def separates(self) -> bool:
        """True where some rows mention it and some do not."""
        return bool(self.mentioned and self.silent)


def luck(cases: int, codes: int) -> Luck | None:
    """1 - (1 - 2^-N)^m and, counting inverses too, 1 - (1 - 2^(1-N))^m, for N cases and m independent codes.

    None below two cases or without codes. Real codes are no coin flips: this warns, and tests nothing.
    """
    if cases < 2 or codes < 1:
        return None
    return Luck(_at_least_one(0.5**cases, codes), _at_least_one(0.5 ** (cases - 1), codes))


def _at_least_one(chance: float, times: int) -> float:
    """1 - (1 - chance)^times; the plain formula gives 0 for chances below 1e-16."""
    return -expm1(times * log1p(-chance))


def resting_on_one(rows: Mapping[str, Collection[str]]) -> dict[str, tuple[str, ...]]:
    """Leave one informant out: informant -> the rows that have nobody else, in the order of `rows`.

    `rows` are the informants of each row; a row without any rests on nobody.
    """
    found: dict[str, tuple[str, ...]] = {}
    for row, informants in rows.items():
        only = set(informants)
        if len(only) == 1:
            (informant,) = only
            found[informant] = (*found.get(informant, ()), row)
    return {informant: found[informant] for informant in sorted(found)}


def concentration(segments: Iterable[CodedSegment]) -> Concentration | None:
    """The weight of the most talkative informant in distinct segments; None where no segment has an informant."""
    places = {(item.informant, item.place) for item in segments if item.informant is not None and item.counts}
    if not places:
        return None
    counts = Counter(informant for informant, _ in places)
    most = max(sorted(counts), key=counts.__getitem__)
    return Concentration(most, Fraction(counts[most], len(places)))


def after_half(rows: Sequence[Collection[str]], heard: int) -> Fraction | None:
    """Had only half of the `heard` informants been interviewed: the chance that the same rows mention it.

    `rows` are the informants of each row that has any; half is rounded up. All orders count alike, so the share of
    orders is that of subsets of half the informants in which every row keeps one. None without such rows, or below
    two informants.

    Counted exactly, by inclusion and exclusion over the rows; of informants in one row only their number matters.
    Many rows that share many informants (codes, phases) would take for ever: there it is the share of 500 halves,
    drawn by lot and always the same.
    """
    if not rows or heard < 2 or not all(rows):
        return None
    half = (heard + 1) // 2
    times = Counter(informant for row in rows for informant in set(row))
    left_out: dict[tuple[frozenset[str], int], int] = {(frozenset(), 0): 1}
    for row in rows:
        shared = frozenset(informant for informant in row if times[informant] > 1)
        own = len(set(row) - shared)
        for (in_several, in_one), ways in list(left_out.items()):
            key = in_several | shared, in_one + own
            left_out[key] = left_out.get(key, 0) - ways
        if len(left_out) > _MOST_TERMS:
            return _of_drawn_halves(rows, heard)
    good = sum(ways * comb(heard - len(shared) - own, half) for (shared, own), ways in left_out.items())
    return Fraction(good, comb(heard, half))


def _of_drawn_halves(rows: Sequence[Collection[str]], heard: int) -> Fraction:
    number = {informant: index for index, informant in enumerate(sorted({id for row in rows for id in row}))}
    masks = [sum(1 << number[informant] for informant in set(row)) for row in rows]
    halves = _halves(heard)
    return Fraction(sum(all(half & mask for mask in masks) for half in halves), len(halves))


@lru_cache(maxsize=1)
def _halves(heard: int) -> tuple[int, ...]:
    """Halves of the numbers below `heard` as bits; kept, because each column of a table asks for the same."""
    lot = Random(0)  # noqa: S311 - not a secret: it must fall the same every time
    size = (heard + 1) // 2
    return tuple(sum(1 << number for number in lot.sample(range(heard), size)) for _ in range(_DRAWN))


def valence_without_one(valence: Valence) -> tuple[Fraction, Fraction] | None:
    """The lowest and highest mean when one informant is left out; None below two informants with a valence."""
    means = list(valence.per_informant.values())
    if len(means) < 2:
        return None
    total, others = sum(means, Fraction()), len(means) - 1
    return (total - max(means)) / others, (total - min(means)) / others


def check_columns(matrix: Matrix, heard: int) -> list[ColumnChecks]:
    """The checks of each column across the rows. `heard`: all informants, whether they mention it or not."""
    return [_checks(matrix, index, heard) for index in range(len(matrix.columns))]


def _checks(matrix: Matrix, index: int, heard: int) -> ColumnChecks:
    column, total = matrix.columns[index], matrix.column_totals[index]
    spoken = {
        row.id: {item.informant for item in cells[index].codings if item.informant is not None}
        for row, cells in zip(matrix.rows, matrix.cells, strict=True)
    }
    valence = mean_valence(total.codings)
    return ColumnChecks(
        column=column.id,
        label=column.label,
        mentioned=tuple(row for row, informants in spoken.items() if informants),
        silent=tuple(row for row, informants in spoken.items() if not informants),
        informants=total.counts.informants,
        rests_on=resting_on_one(spoken),
        largest=concentration(total.codings),
        after_half=after_half([informants for informants in spoken.values() if informants], heard),
        valence=valence.mean,
        valence_without_one=valence_without_one(valence),
        without_informant=total.counts.without_informant,
    )
