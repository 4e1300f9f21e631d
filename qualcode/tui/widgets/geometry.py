"""How the width of the transcript is shared among number, speaker, text, lanes and labels."""

from __future__ import annotations

from dataclasses import dataclass

MEASURE = 84
"""The longest line of text, in cells: longer ones are hard to read back to the beginning of."""
MAX_LANES = 6
_LEAST_TEXT = 16


@dataclass(frozen=True, slots=True)
class Geometry:
    """Widths in cells. A row is: number, state, speaker, bar, text, lanes, labels."""

    width: int
    number: int
    speaker: int
    text: int
    lanes: int
    labels: int

    @property
    def gutter(self) -> int:
        """Cells before the text: number, state, blank, speaker, blank, bar, blank."""
        return self.number + 1 + 1 + self.speaker + 1 + 1 + 1

    @classmethod
    def fit(cls, width: int, *, turns: int, speaker: int) -> Geometry:
        """Share `width` cells for a document of so many turns and its longest speaker label.

        The number of lanes depends on the width alone: a coding never makes the text wrap anew.
        """
        if width < 84:
            speaker, lanes, labels = min(speaker, 3), 3, 15
        elif width < 104:
            speaker, lanes, labels = min(speaker, 8), 4, 19
        else:
            speaker, lanes, labels = min(speaker, 12), MAX_LANES, 26
        number = len(str(max(1, turns)))
        gutter = number + speaker + 5
        text = max(_LEAST_TEXT, min(MEASURE, width - gutter - 1 - lanes - 1 - labels))
        return cls(width, number, speaker, text, lanes, max(0, width - gutter - 1 - text - lanes - 1))
