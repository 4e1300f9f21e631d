"""The arithmetic of legible colours: WCAG contrast, brackets lifted to it, tints thinned until text keeps it.

Raw codebook colours fall to a contrast of 1.3 on one of the two backgrounds, and three tints over each other to
3.1 (measured); nothing here is painted below `BRACKET` and `TEXT`.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.color import Color

BRACKET = 4.5
TEXT = 6.0
_WHITE, _BLACK = Color(255, 255, 255), Color(0, 0, 0)
_FURTHER_TINTS = 0.55
_THINNING = 0.15


def luminance(colour: Color) -> float:
    """WCAG 2.1 relative luminance, 0 to 1."""

    def linear(channel: int) -> float:
        value = channel / 255
        return value / 12.92 if value <= 0.03928 else ((value + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.r) + 0.7152 * linear(colour.g) + 0.0722 * linear(colour.b)


def contrast(one: Color, other: Color) -> float:
    """WCAG contrast ratio, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def legible(colour: Color, background: Color, ratio: float = BRACKET) -> Color:
    """`colour` moved towards white or black, hue kept, until it stands out from `background` by `ratio`."""
    pole = _WHITE if contrast(_WHITE, background) > contrast(_BLACK, background) else _BLACK
    for step in range(21):
        lifted = colour.blend(pole, step / 20, alpha=1.0)
        if contrast(lifted, background) >= ratio:
            return lifted
    return pole


def tinted(background: Color, text: Color, colours: Sequence[Color], strength: float) -> Color:
    """`background` with up to three colours laid on it, as thick as `text` on it stays readable."""
    tint = background
    for place, colour in enumerate(colours[:3]):
        tint = tint.blend(colour, strength if place == 0 else strength * _FURTHER_TINTS, alpha=1.0)
    for _ in range(40):
        if contrast(text, tint) >= TEXT:
            break
        tint = tint.blend(background, _THINNING, alpha=1.0)
    return tint
