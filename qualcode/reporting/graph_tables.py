"""A graph of relations and its loops as tables: ids and counts for programs, names for people."""

from __future__ import annotations

from qualcode.domain.relation_graph import Edge, Hint
from qualcode.domain.relation_loops import Loop
from qualcode.domain.small_n import resting_on_one
from qualcode.domain.tabular import Cell, Table
from qualcode.i18n import _
from qualcode.reporting.check_tables import resting, resting_pairs
from qualcode.reporting.graph_view import ARROW, CONTRADICTED, SIGNS, Graphed, loop_kind

CO_OCCURRENCE = "co-occurrence"
"""Stands as the type of a hint: it is no relation, nobody states it."""


def edges_table(graphed: Graphed) -> Table:
    """A row for each edge, then one for each hint. Several ids in a cell are joined by `|`.

    `rests_on` and `rests_cases` go together: the informant, and the case in which nobody else states it.
    """
    return Table(
        headers=(
            *("source", "source_label", "type", "target", "target_label", "sign", "directed"),
            *("informants", "cases", "relations", "contradicting_informants", "contradicting_cases"),
            *("contradicting_relations", "claimed_by", "informant_ids", "case_ids"),
            *("contradicting_informant_ids", "contradicting_case_ids", "rests_on", "rests_cases", "relation_ids"),
        ),
        rows=[*(_edge(graphed, edge) for edge in graphed.graph.edges), *(_hint(graphed, h) for h in graphed.hints)],
        title=graphed.heading.title,
        free_text=frozenset({"source_label", "target_label"}),
    )


def _edge(graphed: Graphed, edge: Edge) -> list[Cell]:
    stated, denied = edge.stated, edge.denied
    return [
        *(edge.source, graphed.label(edge.source), edge.type, edge.target, graphed.label(edge.target)),
        *(edge.sign, edge.directed, len(stated.informants), len(stated.cases), stated.relations),
        *(len(denied.informants), len(denied.cases), denied.relations),
        *(tuple(edge.claimed_by), stated.informants, stated.cases, denied.informants, denied.cases),
        *(*resting_pairs(resting_on_one(stated.by_case)), edge.uids),
    ]


def _hint(graphed: Graphed, hint: Hint) -> list[Cell]:
    return [
        *(hint.first, graphed.label(hint.first), CO_OCCURRENCE, hint.second, graphed.label(hint.second)),
        *(None, False, hint.informants, None, None, None, None, None, (), (), (), (), (), (), (), ()),
    ]


def readable_edges_table(graphed: Graphed) -> Table:
    """As `edges_table`, for a screen: names instead of ids."""
    edges = [
        (
            graphed.label(edge.source),
            graphed.type_label(edge.type),
            graphed.label(edge.target),
            SIGNS[edge.sign],
            len(edge.stated.informants),
            len(edge.stated.cases),
            len(edge.denied.informants) if edge.denied.relations else None,
            resting(resting_on_one(edge.stated.by_case)),
        )
        for edge in graphed.graph.edges
    ]
    together = _("(coded together)")
    hints = [
        (
            graphed.label(hint.first),
            together,
            graphed.label(hint.second),
            "",
            hint.informants,
            None,
            None,
            "",
        )
        for hint in graphed.hints
    ]
    return Table(
        headers=("source", "type", "target_label", "sign", "informants", "cases", "contradicting", "rests_on"),
        rows=[*edges, *hints],
        title=graphed.heading.title,
        labels=(
            *(_("Source"), _("Relation"), _("Target"), "", _("Informants"), _("Cases"), CONTRADICTED),
            _("Rests on"),
        ),
        numeric=frozenset({"informants", "cases", "contradicting"}),
    )


def loops_table(graphed: Graphed) -> Table:
    """A row for each loop, the shortest first: ids; `sign` is NaN where it is undefined."""
    return Table(
        headers=(
            *("codes", "labels", "length", "sign", "cases", "informants", "weakest_step_informants"),
            "contradicting_informants",
        ),
        rows=[_loop(graphed, loop) for loop in graphed.loops.found],
        title=graphed.heading.title,
        free_text=frozenset({"labels"}),
    )


def _loop(graphed: Graphed, loop: Loop) -> list[Cell]:
    return [
        loop.codes,
        tuple(graphed.label(code) for code in loop.codes),
        len(loop.codes),
        float("nan") if loop.sign is None else loop.sign,
        loop.cases,
        loop.informants,
        loop.weakest,
        loop.denied_by,
    ]


def readable_loops_table(graphed: Graphed) -> Table:
    """As `loops_table`, for a screen."""
    rows = [
        (
            f" {ARROW} ".join(graphed.label(code) for code in (*loop.codes, loop.codes[0])),
            loop_kind(loop),
            graphed.case_titles(loop.cases),
            ", ".join(loop.informants),
            loop.weakest,
            len(loop.denied_by) or None,
        )
        for loop in graphed.loops.found
    ]
    return Table(
        headers=("loop", "kind", "whole_in", "stated_by", "weakest", "contradicting"),
        rows=rows,
        title=graphed.heading.title,
        labels=(_("Loop"), _("Kind"), _("Whole in"), _("Stated by"), _("Weakest step"), CONTRADICTED),
        numeric=frozenset({"weakest", "contradicting"}),
    )
