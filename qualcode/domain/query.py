"""Queries: which codings are meant, by conditions joined by and, or, not, and by where other codings stand.

A query chooses codings. `A with B` chooses those of A that stand with one of B; B itself is not chosen by it.
`query_reading` makes a query from its text, `query_matching` finds what it chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualcode.domain.conditions import Condition
from qualcode.domain.facts import Field


class PositionKind(StrEnum):
    """How a chosen coding stands to another one of the same text."""

    WITH = "with"
    """They touch one turn."""
    NEAR = "of"
    """At most so many turns apart."""
    AFTER = "after"
    """It begins where the other has ended, or later."""
    BEFORE = "before"
    OVERLAPS = "overlaps"
    """At least one character is in both."""
    ENCLOSES = "encloses"
    """The other lies in it and is smaller."""
    INSIDE = "inside"


@dataclass(frozen=True, slots=True)
class Position:
    """`turns`: how many turns apart at most; said of NEAR, perhaps of AFTER and BEFORE, None of the others."""

    kind: PositionKind
    turns: int | None = None

    def __str__(self) -> str:
        return self.kind.value if self.turns is None else f"within {self.turns} turns {self.kind.value}"


@dataclass(frozen=True, slots=True)
class Not:
    part: Query


@dataclass(frozen=True, slots=True)
class Together:
    """All of the parts must hold."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of the parts must hold."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Positioned:
    """Those of `chosen` that stand so to another coding, one of `partner`; `negated`: that stand so to none."""

    chosen: Query
    position: Position
    partner: Query
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A saved query, by its name."""

    name: str
    query: Query


Query = Condition | Not | Together | Either | Positioned | Named

NAMED = "@"
"""Before the name of a saved query."""
_EITHER, _TOGETHER, _NOT, _POSITIONED, _LEAF = range(5)
"""From what binds least to what binds most."""


def written(query: Query, within: int = _EITHER) -> str:
    """The query as it can be read again; in parentheses where what it stands `within` binds more."""
    match query:
        case Condition():
            return str(query)
        case Named(name):
            return NAMED + name
        case Not(part):
            own, text = _NOT, f"not {written(part, _NOT)}"
        case Together(parts):
            own, text = _TOGETHER, " and ".join(written(part, _NOT) for part in parts)
        case Either(parts):
            own, text = _EITHER, " or ".join(written(part, _TOGETHER) for part in parts)
        case Positioned(chosen, position, partner, negated):
            own = _POSITIONED
            text = f"{written(chosen, _POSITIONED)} {_said(position, negated)} {written(partner, _LEAF)}"
    return f"({text})" if own < within else text


def written_together(queries: Iterable[Query]) -> str:
    """Queries that must all hold, as one that can be read again."""
    return " & ".join(written(query, _TOGETHER) for query in queries)


def explained(queries: Sequence[Query]) -> str:
    """As `written_together`, then what each saved query in them asks: its name may stand for another later."""
    named = named_in(Together(tuple(queries)))
    return "; ".join(
        [written_together(queries), *(f"{NAMED}{name}: {written(one)}" for name, one in named.items())]
    )


def _said(position: Position, negated: bool) -> str:
    if not negated:
        return str(position)
    return "without" if position.kind is PositionKind.WITH else f"not {position}"


Known = Callable[[Field], Sequence[str] | None]
"""The values of a field where they are known of all codings that are asked about; None where they are not."""


def verdict(query: Query, known: Known) -> bool | None:
    """True if the query holds for every coding of which that is `known`, False if for none, None if for some."""
    match query:
        case Condition(field):
            values = known(field)
            return None if values is None else query.holds(values)
        case Named(_, named):
            return verdict(named, known)
        case Not(part):
            found = verdict(part, known)
            return None if found is None else not found
        case Together(parts):
            verdicts = {verdict(part, known) for part in parts}
            return False if False in verdicts else None if None in verdicts else True
        case Either(parts):
            verdicts = {verdict(part, known) for part in parts}
            return True if True in verdicts else None if None in verdicts else False
        case Positioned(chosen):
            return False if verdict(chosen, known) is False else None


def named_in(query: Query) -> dict[str, Query]:
    """Name -> query of the saved queries that a query asks for, also by way of others, in the order of reading."""
    match query:
        case Condition():
            return {}
        case Named(name, named):
            return {name: named} | named_in(named)
        case Not(part):
            return named_in(part)
        case Together(parts) | Either(parts):
            return {name: named for part in parts for name, named in named_in(part).items()}
        case Positioned(chosen, _, partner):
            return named_in(chosen) | named_in(partner)
