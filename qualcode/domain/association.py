"""How strongly two codes go together: coefficients of a 2 x 2 table, None where undefined (METHODS section 6)."""

from __future__ import annotations

from dataclasses import dataclass
from math import log2, sqrt

SKEW = 5
"""Beyond this ratio of frequencies c hides that most of the rarer code is with the commoner one (METHODS 6)."""


@dataclass(frozen=True, slots=True)
class Joint:
    """Frequencies of A and B over `units` units, and the coefficients that follow; None is undefined, never 0.

    Where places meet repeatedly, `n12` may exceed `n1` or `n2` (one long A over three short B). The coefficients
    assume separate units, so all are undefined there; the counts stand.
    """

    n1: int
    n2: int
    n12: int
    units: int

    @property
    def repeated(self) -> bool:
        """True where pairs of places outnumber the places of A or B."""
        return self.n12 > min(self.n1, self.n2)

    @property
    def skewed(self) -> bool:
        """True where one is more than five times as frequent as the other: read `overlap` beside `jaccard`."""
        return 0 < min(self.n1, self.n2) * SKEW < max(self.n1, self.n2)

    @property
    def jaccard(self) -> float | None:
        """c, the coefficient of ATLAS.ti: n12 / (n1 + n2 - n12)."""
        return self._ratio(self.n12, self.n1 + self.n2 - self.n12)

    @property
    def dice(self) -> float | None:
        return self._ratio(2 * self.n12, self.n1 + self.n2)

    @property
    def overlap(self) -> float | None:
        """The share of the rarer one that is with the other."""
        return self._ratio(self.n12, min(self.n1, self.n2))

    @property
    def b_given_a(self) -> float | None:
        return self._ratio(self.n12, self.n1)

    @property
    def a_given_b(self) -> float | None:
        return self._ratio(self.n12, self.n2)

    @property
    def lift(self) -> float | None:
        return self._ratio(self.n12 * self.units, self.n1 * self.n2)

    @property
    def pmi(self) -> float | None:
        """Bits; undefined where they never meet."""
        return log2(self.lift) if self.lift else None

    @property
    def npmi(self) -> float | None:
        """PMI / -log2(n12 / N), -1 to 1; undefined where they never or always meet."""
        if self.pmi is None or self.n12 == self.units:
            return None
        return self.pmi / -log2(self.n12 / self.units)

    @property
    def phi(self) -> float | None:
        """The correlation of the 2 x 2 table; undefined where one is in every unit or in none."""
        neither = self.units - self.n1 - self.n2 + self.n12
        margins = self.n1 * self.n2 * (self.units - self.n1) * (self.units - self.n2)
        if self.repeated or neither < 0 or margins <= 0:
            return None
        return (self.n12 * self.units - self.n1 * self.n2) / sqrt(margins)

    def _ratio(self, part: int, whole: int) -> float | None:
        return part / whole if whole > 0 and not self.repeated else None
