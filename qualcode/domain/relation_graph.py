"""Relations between codings gathered into links between codes: what a graph is drawn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.domain.codebook import Codebook
from qualcode.domain.relation import PlacedRelation, Stance


@dataclass(frozen=True, slots=True)
class Link:
    """All relations of one type from one code to another; `against` of the `count` contradict it."""

    source: str
    type: str
    target: str
    count: int
    against: int = 0


def joined_codes(codebook: Codebook, item: PlacedRelation) -> tuple[str, str]:
    """The codes of source and target; of a type without direction in codebook order: each pair is one link."""
    source, target = item.source.coding.code or "", item.target.coding.code or ""
    undirected = any(kind.id == item.relation.type and not kind.directed for kind in codebook.relation_types)
    first, second = codebook.in_order((source, target)) if undirected else (source, target)
    return first, second


def links(codebook: Codebook, relations: Iterable[PlacedRelation]) -> list[Link]:
    """Codes with most going out first, under each its most frequent link first; ties in codebook order.

    Relations are counted, not informants: five by one person are five.
    """
    counts: Counter[tuple[str, str, str]] = Counter()
    against: Counter[tuple[str, str, str]] = Counter()
    outgoing: Counter[str] = Counter()
    for item in relations:
        source, target = joined_codes(codebook, item)
        key = source, item.relation.type, target
        counts[key] += 1
        against[key] += item.relation.stance is Stance.CONTRADICTS
        outgoing[source] += 1
    codes = codebook.order
    types = {kind.id: place for place, kind in enumerate(codebook.relation_types)}

    def rank(link: Link) -> tuple[int, ...]:
        own, other = codes.get(link.source, len(codes)), codes.get(link.target, len(codes))
        return -outgoing[link.source], own, -link.count, other, types.get(link.type, len(types))

    return sorted((Link(*key, count, against[key]) for key, count in counts.items()), key=rank)
