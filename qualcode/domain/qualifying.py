"""Qualifiers of a coding: checking them against the codebook, its defaults, and what is still missing."""

from __future__ import annotations

from collections.abc import Mapping

from qualcode.domain.codebook import Codebook, Qualifier, QualifierType
from qualcode.errors import N_, BadInput

PAIR = "+"
"""Joins the two codes of a code-pair, in codebook order."""


def validated(codebook: Codebook, code_id: str | None, qualifiers: Mapping[str, str]) -> dict[str, str]:
    """The qualifiers in codebook order, empty ones left out, pairs put in order.

    Raises BadInput for an unknown qualifier, one that does not apply to the code's family, or an unknown value.
    """
    given = {key: value for key, value in qualifiers.items() if value != ""}
    if not given:
        return {}
    by_id = {qualifier.id: qualifier for qualifier in codebook.qualifiers}
    for key in given:
        if key not in by_id:
            raise BadInput(
                N_("The codebook has no qualifier {qualifier!r}."),
                hint=N_("It has: {known}."),
                qualifier=key,
                known=", ".join(by_id),
            )
    family = codebook.family(code_id) if code_id is not None else None
    for key in given:
        if family not in by_id[key].applies_to:
            raise BadInput(
                N_("{qualifier} does not apply to {code}."),
                hint=N_("It applies to the families {families}."),
                qualifier=key,
                code=code_id or N_("a quotation"),
                families=", ".join(by_id[key].applies_to),
            )
    return {
        qualifier.id: valid_value(codebook, qualifier, given[qualifier.id])
        for qualifier in codebook.qualifiers
        if qualifier.id in given
    }


def valid_value(codebook: Codebook, qualifier: Qualifier, value: str) -> str:
    """`value` as it is stored. Raises BadInput where the qualifier has no such value."""
    known = [item.id for item in qualifier.values]
    if qualifier.type is QualifierType.CODE_PAIR:
        known = known or [child.id for child in codebook.children(qualifier.family)]
        parts = value.split(PAIR)
        if len(parts) == 2 and parts[0] != parts[1] and all(part in known for part in parts):
            return PAIR.join(codebook.in_order(parts))
    elif value in known:
        return value
    raise BadInput(
        N_("{qualifier} has no value {value!r}."),
        hint=N_("Two of {known}, joined by +.")
        if qualifier.type is QualifierType.CODE_PAIR
        else N_("One of {known}."),
        qualifier=qualifier.id,
        value=value,
        known=", ".join(known),
    )


def defaults(codebook: Codebook, code_id: str) -> dict[str, str]:
    """What the codebook proposes for this code: by code where it names one, else by family. Nothing is guessed."""
    family = codebook.family(code_id)
    found: dict[str, str] = {}
    for qualifier in codebook.qualifiers_for(code_id):
        value = qualifier.default_by_code.get(code_id, qualifier.default.get(family))
        if value is not None:
            found[qualifier.id] = value
    return found


def carried_over(codebook: Codebook, code_id: str, previous: Mapping[str, str]) -> dict[str, str]:
    """Of the previous coding of the same family in the same turn, what the codebook lets carry over."""
    return {
        qualifier.id: previous[qualifier.id]
        for qualifier in codebook.qualifiers_for(code_id)
        if qualifier.carry_over and qualifier.id in previous
    }


def missing(codebook: Codebook, code_id: str | None, qualifiers: Mapping[str, str]) -> list[str]:
    """The ids of required qualifiers that are not said: listed, never a refusal."""
    if code_id is None:
        return []
    family = codebook.family(code_id)
    return [
        qualifier.id
        for qualifier in codebook.qualifiers
        if family in qualifier.required_for and qualifier.id not in qualifiers
    ]
