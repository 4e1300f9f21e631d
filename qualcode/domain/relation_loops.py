"""Loops in a graph of relations: causes that come back to themselves, and whether they feed or check themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise
from math import prod

from qualcode.domain.relation_graph import Edge, RelationGraph

LONGEST = 6
"""Codes in a loop, unless told otherwise: longer ones are chains that nobody has in mind."""
MOST = 500
"""Loops in one answer. In a dense graph they are beyond counting, and a list that long is not read."""

Steps = Mapping[tuple[str, str], tuple[Edge, ...]]
"""Source and target -> the stated edges between them, of one or several types."""


@dataclass(frozen=True, slots=True)
class Loop:
    """`codes` in the direction of the relations, from the first in codebook order; the last leads to the first."""

    codes: tuple[str, ...]
    sign: int | None
    """1: reinforcing, it feeds itself; -1: balancing; None (undefined): a step is stated with both signs."""
    cases: tuple[str, ...]
    """Where every step is stated. Empty: pieced together from several cases, of which none has it whole."""
    informants: tuple[str, ...]
    """Who state every step themselves."""
    weakest: int
    """Informants behind the step with fewest."""
    denied_by: tuple[str, ...]
    """Informants who contradict a step."""


@dataclass(frozen=True, slots=True)
class Loops:
    """The shortest first. `complete` is False where there are more than are listed."""

    found: tuple[Loop, ...]
    complete: bool


def find_loops(graph: RelationGraph, longest: int = LONGEST, most: int = MOST) -> Loops:
    """All loops without a repeated code, of at most `longest` codes, made of stated, directed edges with a sign.

    An edge that is only contradicted is no step; one both stated and contradicted is.
    """
    steps = _steps(graph)
    place = {code: index for index, code in enumerate(graph.codes)}
    following: dict[str, list[str]] = {code: [] for code in graph.codes}
    for source, target in steps:
        following[source].append(target)
    for targets in following.values():
        targets.sort(key=place.__getitem__)
    found = list(islice(_cycles(graph.codes, following, place, longest), most + 1))
    return Loops(tuple(_loop(codes, steps) for codes in found[:most]), complete=len(found) <= most)


def _steps(graph: RelationGraph) -> Steps:
    steps: dict[tuple[str, str], tuple[Edge, ...]] = {}
    for edge in graph.edges:
        if edge.directed and edge.sign and not edge.only_denied:
            between = edge.source, edge.target
            steps[between] = (*steps.get(between, ()), edge)
    return steps


def _cycles(
    codes: Iterable[str], following: Mapping[str, list[str]], place: Mapping[str, int], longest: int
) -> Iterator[tuple[str, ...]]:
    """Each elementary cycle once, from its first code; by length, then by the order of the codes."""
    starts = [(start, _distances_to(start, following, place)) for start in codes]
    for length in range(1, min(longest, len(place)) + 1):
        for start, distances in starts:
            yield from _closed(start, length, following, distances)


def _distances_to(start: str, following: Mapping[str, list[str]], place: Mapping[str, int]) -> dict[str, int]:
    """Steps back to `start` from each code after it that can reach it: a walk elsewhere never closes."""
    before: dict[str, list[str]] = {}
    for source, targets in following.items():
        if place[source] >= place[start]:
            for target in targets:
                before.setdefault(target, []).append(source)
    distances = {start: 0}
    waiting = [start]
    for code in waiting:
        for earlier in before.get(code, ()):
            if earlier not in distances:
                distances[earlier] = distances[code] + 1
                waiting.append(earlier)
    return distances


def _closed(
    start: str, length: int, following: Mapping[str, list[str]], distances: Mapping[str, int]
) -> Iterator[tuple[str, ...]]:
    """The cycles of exactly `length` codes from `start`, by a walk that keeps to codes near enough to close."""

    def walk(path: list[str]) -> Iterator[tuple[str, ...]]:
        left = length - len(path)
        for target in following[path[-1]]:
            if left == 0 and target == start:
                yield tuple(path)
            elif left > 0 and target not in path and distances.get(target, length) <= left:
                yield from walk([*path, target])

    return walk([start])


def _loop(codes: tuple[str, ...], steps: Steps) -> Loop:
    edges = [steps[step] for step in pairwise((*codes, codes[0]))]
    informants = [_ids(edge.stated.informants for edge in between) for between in edges]
    signs = [{edge.sign for edge in between} for between in edges]
    return Loop(
        codes=codes,
        sign=prod(sign for (sign,) in signs) if all(len(of_step) == 1 for of_step in signs) else None,
        cases=tuple(sorted(set[str].intersection(*(_ids(e.stated.cases for e in between) for between in edges)))),
        informants=tuple(sorted(set[str].intersection(*informants))),
        weakest=min(map(len, informants)),
        denied_by=tuple(sorted(_ids(edge.denied.informants for between in edges for edge in between))),
    )


def _ids(groups: Iterable[tuple[str, ...]]) -> set[str]:
    return {id for group in groups for id in group}
