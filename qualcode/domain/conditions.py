"""Conditions: what one field of a coding must say. The leaves of a query (see `query`).

An empty value is "not said". A condition on `code` takes the code's whole subtree, unless it is exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualcode.domain.codebook import Codebook
from qualcode.domain.facts import Facts, Field
from qualcode.domain.near import nearest
from qualcode.errors import N_, BadInput

OR = "|"
"""Between several values of a condition, of which one must be met."""
_BARE = re.compile(r"[^\s()|&\"]+")
_LISTED = 20
"""Values that an error lists; more would hide the near ones."""


class Sign(StrEnum):
    """Between field and values. ALONE takes a code without its subtree; the last two look for words."""

    IS = "="
    IS_NOT = "!="
    ALONE = "=="
    HAS = "~"
    HAS_NOT = "!~"


@dataclass(frozen=True)
class Condition:
    """`values` as written, `accepted` with the subtrees of codes; the empty text among them is "not said".

    For words that are looked for, `accepted` has them folded: capital letters do not count.
    """

    field: Field
    values: tuple[str, ...]
    accepted: frozenset[str]
    sign: Sign = Sign.IS

    def holds(self, found: Sequence[str]) -> bool:
        """True where these values of the field meet the condition."""
        if self.sign is Sign.HAS or self.sign is Sign.HAS_NOT:
            texts = [text.casefold() for text in found]
            return any(words in text for words in self.accepted for text in texts) is (self.sign is Sign.HAS)
        met = not self.accepted.isdisjoint(found) if found else "" in self.accepted
        return met is not (self.sign is Sign.IS_NOT)

    def __str__(self) -> str:
        return f"{self.field.id}{self.sign}{OR.join(map(_quoted, self.values))}"


def condition_on(
    facts: Facts, field: Field, values: tuple[str, ...], sign: Sign = Sign.IS, *, exact: bool = False
) -> Condition:
    """The condition on `field` with these values; `exact` takes codes without their subtrees, whatever the sign.

    Raises BadInput for a value that the field cannot have.
    """
    if sign in (Sign.HAS, Sign.HAS_NOT):
        return Condition(field, values, frozenset(value.casefold() for value in values), sign)
    for value in values:
        check_value(field, value)
    is_alone = exact or sign is Sign.ALONE
    if field.id != "code":
        return Condition(field, values, frozenset(values), Sign.IS if sign is Sign.ALONE else sign)
    accepted = frozenset(values) if is_alone else _with_subtrees(facts.codebook, values)
    return Condition(field, values, accepted, Sign.ALONE if is_alone and sign is Sign.IS else sign)


def check_value(field: Field, value: str) -> None:
    """Raises BadInput, with what was probably meant, for a value the field cannot have; it may always be empty."""
    known = [choice.id for choice in field.choices or ()]
    if field.choices is None or not value or value in known:
        return
    near = nearest(value, known, at_most=3)
    shown = ", ".join(known[:_LISTED]) + (" …" if len(known) > _LISTED else "")
    hint = N_("It has none yet.")
    if known:
        hint = N_("Did you mean {near}? It has {known}.") if near else N_("It has {known}.")
    raise BadInput(
        N_("{field} has no value {value!r}."),
        hint=hint,
        field=field.id,
        value=value,
        near=", ".join(near),
        known=shown,
    )


def _with_subtrees(codebook: Codebook, values: Iterable[str]) -> frozenset[str]:
    return frozenset(node for value in values for node in (codebook.subtree(value) if value else ("",)))


def _quoted(value: str) -> str:
    """As it can be read again: between quotation marks where it is more than one plain word."""
    if not value or _BARE.fullmatch(value):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
