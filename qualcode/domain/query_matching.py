"""What a query chooses: a function from a coding to yes or no, made once and asked of each coding."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from qualcode.domain.coding import CodedSegment
from qualcode.domain.conditions import Condition
from qualcode.domain.cooccurrence import UnitsOf
from qualcode.domain.query import Either, Named, Not, Positioned, Query, Together
from qualcode.domain.query_positions import standing

Matcher = Callable[[CodedSegment], bool]


@dataclass(frozen=True, slots=True)
class Among:
    """The codings that partners are looked for among, asked for only by a query that speaks of positions."""

    segments: Callable[[], Iterable[CodedSegment]]
    turns_of: UnitsOf
    """The numbers of the turns a coding touches, ascending and without gaps; none where it has no turns."""


def matcher(query: Query, among: Among) -> Matcher:
    """A function that says whether the query chooses a coding."""
    match query:
        case Condition(field):
            read, holds = field.read, query.holds
            return lambda segment: holds(read(segment))
        case Named(_, named):
            return matcher(named, among)
        case Not(part):
            matches = matcher(part, among)
            return lambda segment: not matches(segment)
        case Together(parts):
            return matcher_of_all(parts, among)
        case Either(parts):
            alternatives = [matcher(part, among) for part in parts]
            return lambda segment: any(matches(segment) for matches in alternatives)
        case Positioned():
            return _positioned(query, among)


def matcher_of_all(queries: Iterable[Query], among: Among) -> Matcher:
    """A function that says whether all of the queries choose a coding."""
    every = [matcher(query, among) for query in queries]
    return lambda segment: all(matches(segment) for matches in every)


def _positioned(query: Positioned, among: Among) -> Matcher:
    chosen, is_partner = matcher(query.chosen, among), matcher(query.partner, among)
    stands = standing(query.position, filter(is_partner, among.segments()), among.turns_of)
    wanted = not query.negated
    return lambda segment: chosen(segment) and stands(segment) is wanted
