"""Conditions on codings: `FIELD=VALUE`, `FIELD!=VALUE`, several values joined by `|`, all conditions together.

An empty value is "not said". A condition on `code` takes the code's whole subtree, `code==VALUE` the code alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from qualcode.domain.codebook import Codebook
from qualcode.domain.coding import CodedSegment
from qualcode.domain.facts import Facts, Field
from qualcode.domain.near import nearest
from qualcode.errors import N_, BadInput, Message, QualcodeError

_WRITTEN = re.compile(r"\s*(?P<field>[^=!\s]+)\s*(?P<sign>!=|==|=)(?P<values>.*)", re.DOTALL)
_OR = "|"
_LISTED = 20
"""Values that an error lists; more would hide the near ones."""


@dataclass(frozen=True)
class Condition:
    """`values` as written, `accepted` with the subtrees of codes; the empty text among them is "not said"."""

    field: Field
    values: tuple[str, ...]
    accepted: frozenset[str]
    negated: bool = False
    exact: bool = False

    def holds(self, found: Sequence[str]) -> bool:
        """True where these values of the field meet the condition."""
        met = any(value in self.accepted for value in found) if found else "" in self.accepted
        return met is not self.negated

    def __str__(self) -> str:
        sign = "!=" if self.negated else "==" if self.exact else "="
        return f"{self.field.id}{sign}{_OR.join(self.values)}"


def condition(facts: Facts, text: str, *, exact: bool = False) -> Condition:
    """The condition written as `text`; `exact` takes codes without their subtrees.

    Raises BadInput that says where in `text` it went wrong and which fields or values there are.
    """
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise BadInput(
            N_("The condition {text!r} has no field and value."),
            hint=N_("Write FIELD=VALUE, for example `{example}`; the fields are {known}."),
            text=text,
            example="case=A",
            known=", ".join(item.id for item in facts.fields),
        )
    try:
        field = facts.field(match["field"])
    except BadInput as error:
        raise _at(text, match.start("field"), error) from None
    values = tuple(value.strip() for value in match["values"].split(_OR))
    at = match.start("values")
    for value in values:
        if field.choices is not None and value and value not in {choice.id for choice in field.choices}:
            raise _at(text, text.index(value, at), _no_value(field, value))
        at += len(value)
    return condition_on(facts, field, values, negated=match["sign"] == "!=", exact=exact or match["sign"] == "==")


def condition_on(
    facts: Facts, field: Field, values: tuple[str, ...], *, negated: bool = False, exact: bool = False
) -> Condition:
    """The condition that `field` has one of these values."""
    of_code = field.id == "code"
    accepted = _with_subtrees(facts.codebook, values) if of_code and not exact else frozenset(values)
    return Condition(field, values, accepted, negated, exact and of_code)


def selector(conditions: Iterable[Condition]) -> Callable[[CodedSegment], bool]:
    """A function that says whether a segment meets all of `conditions`."""
    checks = [(item.field.read, item.holds) for item in conditions]
    return lambda segment: all(holds(read(segment)) for read, holds in checks)


def _with_subtrees(codebook: Codebook, values: Iterable[str]) -> frozenset[str]:
    return frozenset(node for value in values for node in (codebook.subtree(value) if value else ("",)))


def _no_value(field: Field, value: str) -> BadInput:
    known = [choice.id for choice in field.choices or ()]
    near = nearest(value, known, at_most=3)
    shown = ", ".join(known[:_LISTED]) + (" …" if len(known) > _LISTED else "")
    hint = N_("It has none yet.")
    if known:
        hint = N_("Did you mean {near}? It has {known}.") if near else N_("It has {known}.")
    return BadInput(
        N_("{field} has no value {value!r}."),
        hint=hint,
        field=field.id,
        value=value,
        near=", ".join(near),
        known=shown,
    )


def _at(text: str, offset: int, error: QualcodeError) -> BadInput:
    reason: Message = error.message
    return BadInput(
        N_("{text!r}, character {place}: {reason}"),
        hint=error.hint.template,
        **{**error.hint.params, "text": text, "place": offset + 1, "reason": reason},
    )
