"""The thresholds of the evidence rule, which are settings of the study, and the sides it knows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from fractions import Fraction
from typing import Any

from qualcode.domain.evidence import Thresholds
from qualcode.errors import N_, BadInput

PREFIX = "evidence."
SIDE_ATTRIBUTE = "evidence.side_attribute"
REQUIRED_SIDES = "evidence.required_sides"

DESCRIPTIONS = {
    "evidence.strong_cases": N_("Strong: the least number of cases with support."),
    "evidence.strong_informants": N_("Strong: the least number of informants who support."),
    "evidence.strong_sides": N_("Strong: the least number of sides among them."),
    "evidence.strong_contradicted": N_("Strong: the largest share of informants who contradict."),
    "evidence.moderate_cases": N_("Moderate: the least number of cases with support."),
    "evidence.moderate_informants": N_("Moderate: the least number of informants who support."),
    "evidence.moderate_sides": N_("Moderate: the least number of sides among them."),
    "evidence.moderate_contradicted": N_("Moderate: the largest share of informants who contradict."),
    "evidence.weak_informants": N_("Weak: the least number of informants who support."),
    "evidence.contested_above": N_("Contested: when a larger share of informants contradicts."),
    "evidence.least_alpha": N_("The least agreement of coders on a code, by turn, that costs no level."),
}
"""The settings that hold thresholds, in the order of the rule."""

_STANDARD = Thresholds()


def unset(settings: Mapping[str, Any]) -> dict[str, str]:
    """The thresholds that a study never set, in the order of the rule, with what holds then."""
    return {key: _standard(key) for key in DESCRIPTIONS if key not in settings}


def _standard(key: str) -> str:
    """A threshold of the rule, as `parsed` takes it."""
    value = getattr(_STANDARD, key.removeprefix(PREFIX))
    decimal = f"{float(value):g}"
    return decimal if Fraction(decimal) == value else str(value)


def is_share(key: str) -> bool:
    """True for a threshold that is a share, False for a number of cases, informants or sides."""
    return isinstance(getattr(_STANDARD, key.removeprefix(PREFIX)), Fraction)


def parsed(key: str, text: str) -> int | str:
    """The value to store of a threshold: a whole number from 1, or a share as it was written (`1/5`, `0.2`, `0,2`).

    Raises BadInput.
    """
    plain = text.strip().replace(",", ".")
    try:
        value = Fraction(plain)
    except (ValueError, ZeroDivisionError):
        value = None
    if is_share(key):
        if value is None or not 0 <= value <= 1:
            raise BadInput(
                N_("{key} cannot be {value!r}."),
                hint=N_("A share from 0 to 1, such as 1/5 or 0.2."),
                key=key,
                value=text,
            )
        return plain
    if value is None or value.denominator != 1 or value < 1:
        raise BadInput(N_("{key} cannot be {value!r}."), hint=N_("A whole number from 1 up."), key=key, value=text)
    return int(value)


def thresholds(settings: Mapping[str, Any]) -> Thresholds:
    """The thresholds of a study from its settings; standard ones where they were never set.

    Without `evidence.side_attribute` nothing is asked of sides. Raises BadInput for a value that a codebook
    proposed and that is none.
    """
    values: dict[str, Any] = {}
    for item in fields(Thresholds):
        key = PREFIX + item.name
        if key in DESCRIPTIONS and key in settings:
            stored = parsed(key, str(settings[key]))
            values[item.name] = Fraction(stored) if is_share(key) else stored
    if settings.get(SIDE_ATTRIBUTE):
        values["required_sides"] = frozenset(settings.get(REQUIRED_SIDES) or ())
    return Thresholds(**values)
