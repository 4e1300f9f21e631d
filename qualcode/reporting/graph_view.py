"""A graph of relations with the words around it: what its tables, files and drawings are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from qualcode.domain.codebook import Codebook, in_language
from qualcode.domain.codebook_shades import shade
from qualcode.domain.matrix import chosen_columns
from qualcode.domain.relation_graph import Edge, Hint, RelationGraph
from qualcode.domain.relation_loops import Loop, Loops
from qualcode.i18n import _, ngettext
from qualcode.reporting.heading import Heading, stamp

ARROW, BOTH_WAYS = "→", "–"
CONTRADICTED = "✗"
SIGNS = {1: "+", -1: "−", 0: ""}


@dataclass(frozen=True)
class Graphed:
    """`layout` are the codes of all cases together: a drawing keeps their places, so that cases can be compared."""

    graph: RelationGraph
    loops: Loops
    hints: tuple[Hint, ...]
    layout: tuple[str, ...]
    heading: Heading
    codebook: Codebook
    language: str
    cases: Mapping[str, str]
    """Case id -> its title."""

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The names of codes, told apart by their parent's where several have one name."""
        known = [code for code in self.layout if code in self.codebook]
        return {column.id: column.label for column in chosen_columns(self.codebook, known, self.language)}

    def label(self, code: str) -> str:
        return self.labels.get(code, code)

    def colour(self, code: str) -> str:
        return shade(self.codebook, code) if code in self.codebook else "#777777"

    @cached_property
    def types(self) -> Mapping[str, str]:
        """The names of the relation types."""
        kinds = self.codebook.relation_types
        return {kind.id: in_language(kind.names, self.language, kind.id) for kind in kinds}

    def type_label(self, type: str) -> str:
        return self.types.get(type, type)

    def case_titles(self, cases: tuple[str, ...]) -> str:
        return ", ".join(self.cases.get(case, case) for case in cases)

    @cached_property
    def looping(self) -> frozenset[tuple[str, str]]:
        """Source and target of each step of a loop."""
        steps = (step for loop in self.loops.found for step in zip(loop.codes, _turned(loop.codes), strict=True))
        return frozenset(steps)

    def loops_through(self, edge: Edge) -> bool:
        """True where the edge is a step of a listed loop."""
        is_step = edge.directed and edge.sign != 0 and not edge.only_denied
        return is_step and (edge.source, edge.target) in self.looping


def weight(edge: Edge) -> str:
    """Informants/cases behind an edge, and informants against it: `6/3 ✗1`."""
    against = f"{CONTRADICTED}{len(edge.denied.informants)}" if edge.denied.relations else ""
    stated = "" if edge.only_denied else f"{len(edge.stated.informants)}/{len(edge.stated.cases)}"
    return " ".join(filter(None, (stated, against)))


def edge_words(graphed: Graphed, edge: Edge) -> str:
    """An edge in one line: its ends, its type and its weight."""
    arrow = ARROW if edge.directed else BOTH_WAYS
    ends = f"{graphed.label(edge.source)} {arrow} {graphed.label(edge.target)}"
    return f"{ends}: {graphed.type_label(edge.type)}, {weight(edge)}"


def loop_words(graphed: Graphed, loop: Loop) -> str:
    """A loop in one line: its codes, its kind, the cases that have it whole, and who contradicts a step."""
    path = f" {ARROW} ".join(graphed.label(code) for code in (*loop.codes, loop.codes[0]))
    whole = graphed.case_titles(loop.cases) or _("in no case whole")
    weakest = ngettext("weakest step {n} informant", "weakest step {n} informants", loop.weakest)
    against = ngettext("{n} informant contradicts", "{n} informants contradict", len(loop.denied_by))
    parts = [path, loop_kind(loop), whole, weakest.format(n=loop.weakest)]
    return " · ".join([*parts, against.format(n=len(loop.denied_by))] if loop.denied_by else parts)


def loop_kind(loop: Loop) -> str:
    """Whether it feeds or checks itself, in the screen language."""
    return {1: _("reinforcing"), -1: _("balancing"), None: _("sign undefined")}[loop.sign]


def graph_facts(graphed: Graphed) -> list[str]:
    """Whose work it is, and what the graph counts and leaves out; said even where it is 0."""
    graph = graphed.graph
    lines = [
        _("Coders: {names}").format(names=", ".join(graph.coders) or _("nobody has related codings here")),
        _("Filter: {filter}").format(filter=graphed.heading.filter or _("none")),
        _("Relations: {n}; without a case: {cases}; without an informant: {informants}").format(
            n=graph.relations, cases=graph.without_case, informants=graph.without_informant
        ),
    ]
    if not graphed.loops.complete:
        lines.append(_("There are more loops than the {n} listed.").format(n=len(graphed.loops.found)))
    privacy = stamp(graphed.heading)
    return [*lines, privacy] if privacy else lines


def _turned(codes: tuple[str, ...]) -> tuple[str, ...]:
    return (*codes[1:], codes[0])
