"""A graph of relations for other programs: GraphML (Gephi, yEd, R's igraph) and DOT (Graphviz)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from qualcode.domain.inert import inert
from qualcode.domain.relation_graph import Edge, Hint
from qualcode.domain.tabular import written
from qualcode.reporting.graph_tables import CO_OCCURRENCE
from qualcode.reporting.graph_view import SIGNS, Graphed, weight

GREY, INK = "#999999", "#333333"
Data = Mapping[str, str | int | bool]
_KINDS = {str: "string", int: "int", bool: "boolean"}


def graphml(graphed: Graphed) -> bytes:
    """Nodes with label, family and colour; edges with type, sign and counts, ids joined by `|`.

    Readers do not agree on graphs of both directed and undirected edges: all have a direction here, and `mutual`
    says where it means nothing.
    """
    graph = graphed.graph
    nodes = [(code, _node_data(graphed, code)) for code in graph.codes]
    edges = [(edge.source, edge.target, _edge_data(graphed, edge)) for edge in graph.edges]
    edges += [(hint.first, hint.second, _hint_data(hint)) for hint in graphed.hints]
    root = Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    _declare(root, "node", (data for _, data in nodes))
    _declare(root, "edge", (data for *_, data in edges))
    drawn = SubElement(root, "graph", edgedefault="directed")
    for code, data in nodes:
        _fill(SubElement(drawn, "node", id=code), "node", data)
    for number, (source, target, data) in enumerate(edges):
        _fill(SubElement(drawn, "edge", id=f"e{number}", source=source, target=target), "edge", data)
    indent(root)
    return tostring(root, encoding="utf-8", xml_declaration=True) + b"\n"


def _declare(root: Element, of: str, all_data: Iterable[Data]) -> None:
    """A key for each attribute, which GraphML wants before the graph."""
    kinds = {name: _KINDS[type(value)] for data in all_data for name, value in data.items()}
    for name, kind in kinds.items():
        SubElement(root, "key", {"id": f"{of}-{name}", "for": of, "attr.name": name, "attr.type": kind})


def _fill(element: Element, of: str, data: Data) -> None:
    for name, value in data.items():
        SubElement(element, "data", key=f"{of}-{name}").text = inert(written(value))


def _node_data(graphed: Graphed, code: str) -> Data:
    family = graphed.codebook.family(code) if code in graphed.codebook else ""
    return {"label": graphed.label(code), "family": family, "colour": graphed.colour(code)}


def _edge_data(graphed: Graphed, edge: Edge) -> Data:
    stated, denied = edge.stated, edge.denied
    return {
        "type": edge.type,
        "label": graphed.type_label(edge.type),
        "sign": edge.sign,
        "mutual": not edge.directed,
        "informants": len(stated.informants),
        "cases": len(stated.cases),
        "relations": stated.relations,
        "contradicting_informants": len(denied.informants),
        "contradicting_relations": denied.relations,
        "informant_ids": "|".join(stated.informants),
        "case_ids": "|".join(stated.cases),
        "loop": graphed.loops_through(edge),
    }


def _hint_data(hint: Hint) -> Data:
    return {"type": CO_OCCURRENCE, "sign": 0, "mutual": True, "informants": hint.informants, "loop": False}


def dot(graphed: Graphed) -> bytes:
    """Minus is dashed, what is only contradicted is dotted, steps of loops are bold, co-occurrence is grey."""
    lines = [
        f"digraph {_quoted(graphed.heading.title)} {{",
        "  graph [rankdir=LR]",
        '  node [shape=box, style=rounded, fontname="sans-serif"]',
        '  edge [fontname="sans-serif", fontsize=10]',
        *(f"  {_quoted(code)} [label={_quoted(graphed.label(code))}]" for code in graphed.graph.codes),
        *(_dot_edge(graphed, edge) for edge in graphed.graph.edges),
        *(
            f'  {_quoted(hint.first)} -> {_quoted(hint.second)} [dir=none, color="{GREY}", constraint=false]'
            for hint in graphed.hints
        ),
        "}",
    ]
    return ("\n".join(lines) + "\n").encode()


def _dot_edge(graphed: Graphed, edge: Edge) -> str:
    words = f"{graphed.type_label(edge.type)} {SIGNS[edge.sign]} {weight(edge)}"
    style = "dotted" if edge.only_denied else "dashed" if edge.sign < 0 else "solid"
    marks = [f"label={_quoted(' '.join(words.split()))}", f"style={style}", f'color="{INK}"']
    marks += [] if edge.directed else ["dir=none"]
    marks += ["penwidth=2.5"] if graphed.loops_through(edge) else []
    return f"  {_quoted(edge.source)} -> {_quoted(edge.target)} [{', '.join(marks)}]"


def _quoted(words: str) -> str:
    """A string of DOT: a backslash would begin an escape, a quotation mark would end it."""
    return '"' + inert(words).replace("\\", "\\\\").replace('"', '\\"') + '"'
