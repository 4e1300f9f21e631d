"""Relations between codings gathered by code: links for a drawing, and a graph that counts informants and cases.

One relation is one statement by one coder. Two coders who wrote down the same statement, or one person who said it
five times, make several relations and one informant: the graph counts informants, never relations.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.domain.codebook import Codebook, RelationType
from qualcode.domain.relation import Claimant, PlacedRelation, Stance

LinkKey = tuple[str, str, str]
"""Source code, type, target code."""


@dataclass(frozen=True, slots=True)
class Link:
    """All relations of one type from one code to another; `against` of the `count` contradict it."""

    source: str
    type: str
    target: str
    count: int
    against: int = 0


@dataclass(frozen=True, slots=True)
class Support:
    """Who is behind one stance of an edge: distinct ids, sorted. `relations` is their number, coders apart."""

    relations: int
    informants: tuple[str, ...]
    by_case: Mapping[str, tuple[str, ...]]
    """Case -> the informants who speak of it there; none where only words of nobody's do."""
    without_informant: int = 0

    @property
    def cases(self) -> tuple[str, ...]:
        return tuple(self.by_case)


@dataclass(frozen=True, slots=True)
class Edge:
    """What is said of one type from one code to another. `sign` is 1, -1, or 0 where the type has none."""

    source: str
    type: str
    target: str
    sign: int
    directed: bool
    stated: Support
    denied: Support
    claimed_by: tuple[Claimant, ...]
    """Who states it: `analyst` alone means that nobody says it in so many words."""
    uids: tuple[str, ...]

    @property
    def only_denied(self) -> bool:
        """True where it is contradicted and nobody states it."""
        return not self.stated.relations


@dataclass(frozen=True, slots=True)
class Hint:
    """Two codes that stand together in a unit of text. Nobody has said that one has to do with the other."""

    first: str
    second: str
    informants: int
    places: int


@dataclass(frozen=True, slots=True)
class RelationGraph:
    """`codes` are the ends of at least one edge; codes and edges stand in codebook order.

    `without_case` and `without_informant` are numbers of relations; the former are in no graph of a case.
    """

    codes: tuple[str, ...]
    edges: tuple[Edge, ...]
    relations: int
    coders: tuple[str, ...]
    without_case: int
    without_informant: int


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
    outgoing: Counter[str] = Counter()
    found: list[Link] = []
    for key, items in _gathered(codebook, relations).items():
        outgoing[key[0]] += len(items)
        found.append(Link(*key, len(items), sum(item.relation.stance is Stance.CONTRADICTS for item in items)))
    codes = codebook.order
    types = {kind.id: place for place, kind in enumerate(codebook.relation_types)}

    def rank(link: Link) -> tuple[int, ...]:
        own, other = codes.get(link.source, len(codes)), codes.get(link.target, len(codes))
        return -outgoing[link.source], own, -link.count, other, types.get(link.type, len(types))

    return sorted(found, key=rank)


def relation_graph(
    codebook: Codebook,
    relations: Iterable[PlacedRelation],
    *,
    types: Collection[str] | None = None,
    families: Collection[str] | None = None,
    case: str | None = None,
) -> RelationGraph:
    """The graph of the relations that count: those of which both ends do (accepted, placed, first round).

    None takes all types; ends of any family; and all cases together (the merged graph). With `families`, both ends
    must lie in one of them.
    """
    chosen = [
        item
        for item in relations
        if item.source.counts
        and item.target.counts
        and (types is None or item.relation.type in types)
        and case in (None, item.case)
        and (families is None or all(_family(codebook, end) in families for end in joined_codes(codebook, item)))
    ]
    kinds = {kind.id: kind for kind in codebook.relation_types}
    gathered = _gathered(codebook, chosen)
    codes, order = codebook.order, {type: place for place, type in enumerate(kinds)}

    def rank(edge: Edge) -> tuple[int, str, int, str, int, str]:
        source, target = codes.get(edge.source, len(codes)), codes.get(edge.target, len(codes))
        return source, edge.source, target, edge.target, order.get(edge.type, len(order)), edge.type

    edges = sorted((_edge(key, kinds.get(key[1]), items) for key, items in gathered.items()), key=rank)
    ends = {code for edge in edges for code in (edge.source, edge.target)}
    return RelationGraph(
        codes=tuple(sorted(ends, key=lambda code: (codes.get(code, len(codes)), code))),
        edges=tuple(edges),
        relations=len(chosen),
        coders=tuple(sorted({item.relation.coder for item in chosen})),
        without_case=sum(item.case is None for item in chosen),
        without_informant=sum(item.informant is None for item in chosen),
    )


def types_within(codebook: Codebook, family: str) -> tuple[str, ...]:
    """The types by which codes of one family act on each other: directed, with a sign, from the family to itself.

    Order in time has no sign, so it is not among them: what comes first need not be a cause.
    """
    return tuple(
        kind.id for kind in codebook.relation_types if kind.directed and kind.sign and kind.fits(family, family)
    )


def _gathered(codebook: Codebook, relations: Iterable[PlacedRelation]) -> dict[LinkKey, list[PlacedRelation]]:
    found: dict[LinkKey, list[PlacedRelation]] = {}
    for item in relations:
        source, target = joined_codes(codebook, item)
        found.setdefault((source, item.relation.type, target), []).append(item)
    return found


def _family(codebook: Codebook, code: str) -> str:
    return codebook.family(code) if code in codebook else ""


def _edge(key: LinkKey, kind: RelationType | None, items: Sequence[PlacedRelation]) -> Edge:
    source, type, target = key
    by_stance = {stance: [item for item in items if item.relation.stance is stance] for stance in Stance}
    return Edge(
        source=source,
        type=type,
        target=target,
        sign=kind.sign if kind else 0,
        directed=kind.directed if kind else True,
        stated=support(by_stance[Stance.STATES]),
        denied=support(by_stance[Stance.CONTRADICTS]),
        claimed_by=tuple(sorted({item.relation.claimed_by for item in by_stance[Stance.STATES]})),
        uids=tuple(sorted(item.relation.uid for item in items)),
    )


def support(items: Sequence[PlacedRelation]) -> Support:
    """Who is behind relations of one stance."""
    cases = sorted({item.case for item in items if item.case is not None})
    return Support(
        relations=len(items),
        informants=_informants(items),
        by_case={case: _informants(item for item in items if item.case == case) for case in cases},
        without_informant=sum(item.informant is None for item in items),
    )


def _informants(items: Iterable[PlacedRelation]) -> tuple[str, ...]:
    return tuple(sorted({item.informant for item in items if item.informant is not None}))
