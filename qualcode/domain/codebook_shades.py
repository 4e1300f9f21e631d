"""The colour of every code: its own, else a shade of its family's.

A family without a colour takes one from the palette of Okabe and Ito, whose eight colours stay apart for people
with any common colour blindness. Shades are the family's hue at six lightnesses, each of which stands out from a
black and from a white background (contrast at least 3:1, WCAG 2.2, success criterion 1.4.11).
"""

from __future__ import annotations

from qualcode.domain.codebook import Codebook

OKABE_ITO = ("#E69F00", "#56B4E9", "#009E73", "#F0E442", "#0072B2", "#D55E00", "#CC79A7", "#777777")
"""The eighth, black, is grey here: black on a dark screen is nothing."""
_LUMINANCES = (0.20, 0.13, 0.27, 0.165, 0.235, 0.11)
"""Neighbours in the tree are far apart. 3:1 on white needs at most 0.30, 3:1 on black at least 0.10."""
_STEPS = 24

Rgb = tuple[float, float, float]


def shade(codebook: Codebook, code_id: str) -> str:
    """The code's colour as #RRGGBB. Raises NotFound.

    The shade goes by the code's place below its family, so that it changes only where codes before it come or go.
    """
    own = codebook[code_id].color
    if own is not None:
        return own.upper()
    path = codebook.path(code_id)
    family = path[0]
    base = family.color or OKABE_ITO[_place_of_family(codebook, family.id) % len(OKABE_ITO)]
    if len(path) == 1:
        return base
    place = codebook.subtree(family.id).index(code_id) - 1
    return _at_luminance(base, _LUMINANCES[place % len(_LUMINANCES)])


def _place_of_family(codebook: Codebook, family: str) -> int:
    return [code.id for code in codebook.children(None)].index(family)


def luminance(color: str) -> float:
    """Relative luminance of #RRGGBB, 0 for black to 1 for white (WCAG 2.2)."""
    red, green, blue = (_linear(channel) for channel in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(color: str) -> Rgb:
    red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _at_luminance(color: str, wanted: float) -> str:
    """The colour mixed with white or black until it is as light as wanted; the hue stays."""
    lighter = luminance(color) < wanted
    end = 1.0 if lighter else 0.0
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        reached = luminance(_mixed(color, end, middle))
        too_far = reached > wanted if lighter else reached < wanted
        low, high = (low, middle) if too_far else (middle, high)
    return _mixed(color, end, low)


def _mixed(color: str, end: float, share: float) -> str:
    mixed = (round(255 * (channel + (end - channel) * share)) for channel in _channels(color))
    return "#" + "".join(f"{channel:02X}" for channel in mixed)
