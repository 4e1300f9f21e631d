"""A colour for each code: its own, else a shade of its family's.

Colour tells some six codes apart at most (measured under colour-vision deficiency), so it only ever repeats what
label and inspector say; shades of one family show kinship, not identity.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.color import Color

from qualcode.domain.codebook import Codebook

FAMILIES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#B5A300", "#9467BD")
"""For families without a colour of their own, in codebook order; after Okabe and Ito."""
_SHADES = (0.28, -0.22, 0.48, -0.38, 0.12)
_WHITE, _BLACK = Color(255, 255, 255), Color(0, 0, 0)


def colours_of(codebook: Codebook) -> Mapping[str, str]:
    """Code id -> #RRGGBB."""
    colours: dict[str, str] = {}
    for place, family in enumerate(codebook.children(None)):
        base = Color.parse(family.color or FAMILIES[place % len(FAMILIES)])
        for number, code_id in enumerate(codebook.subtree(family.id)):
            own = codebook[code_id].color
            shade = _SHADES[(number - 1) % len(_SHADES)] if number else 0.0
            colours[code_id] = own or _shaded(base, shade).hex6
    return colours


def _shaded(colour: Color, shade: float) -> Color:
    return colour.blend(_WHITE if shade > 0 else _BLACK, abs(shade), alpha=1.0)
