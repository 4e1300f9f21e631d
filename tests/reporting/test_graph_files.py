"""Graphs of relations as drawings, files and tables: what stands in them, and that hostile names stay text."""

from __future__ import annotations

import re
from dataclasses import replace
from xml.etree.ElementTree import Element, fromstring

import pytest

from qualcode.domain.codebook import Code, Codebook, RelationType
from qualcode.domain.relation import Claimant
from qualcode.domain.relation_graph import Edge, Hint, RelationGraph, Support
from qualcode.domain.relation_loops import find_loops
from qualcode.reporting.csv_table import table_csv
from qualcode.reporting.graph_files import dot, graphml
from qualcode.reporting.graph_svg import graph_svg
from qualcode.reporting.graph_tables import edges_table, loops_table, readable_edges_table
from qualcode.reporting.graph_view import Graphed, edge_words, weight
from qualcode.reporting.heading import Heading

HOSTILE = '<script>x</script> & "y" \\'
SVG, GRAPHML = "{http://www.w3.org/2000/svg}", "{http://graphml.graphdrawing.org/xmlns}"
NOBODY = Support(0, (), {})
BOOK = Codebook(
    "book",
    "1",
    ("en",),
    (
        Code("fear", None, {"en": HOSTILE}),
        Code("delay", None, {"en": "Delay"}),
        Code("trust", None, {"en": "Trust"}),
        Code("money", None, {"en": "Money"}),
    ),
    relation_types=(
        RelationType("causes", {"en": "causes"}, sign=1),
        RelationType("lowers", {"en": "lowers"}, sign=-1),
        RelationType("tension", {"en": "in tension with"}, directed=False, sign=-1),
    ),
)


def support(informants: str, cases: str = "A") -> Support:
    return Support(len(informants), tuple(informants), {case: tuple(informants[:2]) for case in cases})


def edge(source: str, type: str, target: str, stated: Support, denied: Support = NOBODY) -> Edge:
    kind = next(kind for kind in BOOK.relation_types if kind.id == type)
    claimed_by = (Claimant.INFORMANT,) if stated.relations else ()
    return Edge(source, type, target, kind.sign, kind.directed, stated, denied, claimed_by, ("r1",))


EDGES = (
    edge("fear", "causes", "delay", support("kp", "AB"), support("m")),
    edge("delay", "lowers", "fear", support("k")),
    edge("delay", "causes", "trust", NOBODY, support("kp")),
    edge("delay", "tension", "trust", support("p")),
)


@pytest.fixture
def graphed() -> Graphed:
    """Three codes with four edges, of which two are a balancing loop; a fourth code is in another case alone."""
    graph = RelationGraph(("fear", "delay", "trust"), EDGES, 8, ("anna",), 1, 2)
    return Graphed(
        graph=graph,
        loops=find_loops(graph),
        hints=(Hint("fear", "trust", 2, 3), Hint("fear", "delay", 1, 1)),
        layout=("fear", "delay", "trust", "money"),
        heading=Heading("Study <b>", "Relations: A", filter="case=A", privacy="red"),
        codebook=BOOK,
        language="en",
        cases={"A": "Kai A"},
    )


def empty(graphed: Graphed) -> Graphed:
    graph = RelationGraph((), (), 0, (), 0, 0)
    return replace(graphed, graph=graph, loops=find_loops(graph), hints=(), layout=())


def texts(root: Element, tag: str) -> list[str]:
    return [item.text or "" for item in root.iter(f"{SVG}{tag}")]


def test_the_weight_of_an_edge_is_informants_cases_and_who_contradicts() -> None:
    assert [weight(item) for item in EDGES] == ["2/2 ✗1", "1/1", "✗2", "1/1"]


def test_a_drawing_shows_codes_edges_loops_and_what_is_left_out(graphed: Graphed) -> None:
    root = fromstring(graph_svg(graphed))
    words = texts(root, "text")
    assert [name in words for name in ("Delay", "Trust", "Money", "+ 2/2 ✗1", "− 1/1", "+ ✗2")] == [True] * 6
    assert "Relations: 8; without a case: 1; without an informant: 2" in words
    assert "Privacy class: red" in words
    assert any(line.startswith("↻ ") and "Delay" in line for line in words)
    assert [edge_words(graphed, item) for item in EDGES] == texts(root, "title")[1:]


def test_marks_do_without_colour(graphed: Graphed) -> None:
    lines = [
        item.attrib for item in fromstring(graph_svg(graphed)).iter(f"{SVG}path") if item.get("fill") == "none"
    ]
    assert [(line["stroke-width"], line.get("stroke-dasharray")) for line in lines] == [
        ("2.8", None),
        ("2.8", "7 4"),
        ("1.0", "1.5 4"),
        ("1.2", "7 4"),
    ]


def test_a_hint_is_grey_and_drawn_only_where_nobody_relates_the_two(graphed: Graphed) -> None:
    (line,) = fromstring(graph_svg(graphed)).iter(f"{SVG}line")
    assert line.get("stroke") == "#bbbbbb"


def test_a_code_keeps_its_place_in_a_case_that_does_not_have_it(graphed: Graphed) -> None:
    def places(made: Graphed) -> list[tuple[str | None, str | None]]:
        return [(item.get("cx"), item.get("cy")) for item in fromstring(graph_svg(made)).iter(f"{SVG}circle")]

    graph = replace(graphed.graph, codes=("fear", "delay"), edges=EDGES[:2])
    assert places(replace(graphed, graph=graph)) == places(graphed)
    assert len(places(graphed)) == 4


def test_names_are_text_and_nothing_is_fetched(graphed: Graphed) -> None:
    drawing = graph_svg(graphed).decode()
    root = fromstring(drawing)
    assert {item.tag.removeprefix(SVG) for item in root.iter()} == {
        *("svg", "title", "rect", "text", "g", "path", "line", "circle")
    }
    assert "<script" not in drawing
    assert re.findall(r"https?://[^\"]*", drawing) == ["http://www.w3.org/2000/svg"]
    assert "<script>x</script>" in " ".join(texts(root, "text"))


def test_many_names_stand_radially_and_never_upside_down(graphed: Graphed) -> None:
    codes = tuple(f"c{number}" for number in range(20))
    root = fromstring(graph_svg(replace(graphed, layout=(*graphed.layout, *codes))))
    turned = [item.get("transform", "") for item in root.iter(f"{SVG}text") if item.get("transform")]
    angles = [float(words.removeprefix("rotate(").split()[0]) % 360 for words in turned]
    assert len(angles) == 24
    assert all(angle <= 90.1 or angle >= 269.9 for angle in angles)


def test_an_empty_graph_is_a_drawing_that_says_so(graphed: Graphed) -> None:
    words = texts(fromstring(graph_svg(empty(graphed))), "text")
    assert words[1] == "No relations here."
    assert fromstring(graphml(empty(graphed))).find(f"{GRAPHML}graph") is not None
    assert dot(empty(graphed)).endswith(b"}\n")
    assert (edges_table(empty(graphed)).rows, loops_table(empty(graphed)).rows) == ([], [])


def test_graphml_declares_what_it_uses_and_carries_the_counts(graphed: Graphed) -> None:
    root = fromstring(graphml(graphed))
    declared = {key.get("id"): key.get("attr.type") for key in root.iter(f"{GRAPHML}key")}
    used = {data.get("key") for data in root.iter(f"{GRAPHML}data")}
    assert used == set(declared)
    assert (declared["edge-informants"], declared["edge-loop"], declared["node-label"]) == (
        "int",
        "boolean",
        "string",
    )
    edges = [(item.get("source"), item.get("target")) for item in root.iter(f"{GRAPHML}edge")]
    assert edges[:2] + edges[4:] == [("fear", "delay"), ("delay", "fear"), ("fear", "trust"), ("fear", "delay")]
    first = next(root.iter(f"{GRAPHML}edge"))
    values = {data.get("key"): data.text for data in first}
    assert (values["edge-informants"], values["edge-informant_ids"], values["edge-loop"]) == ("2", "k|p", "true")
    assert next(root.iter(f"{GRAPHML}data")).text == HOSTILE


def test_dot_quotes_names_and_tells_edges_apart(graphed: Graphed) -> None:
    lines = dot(graphed).decode().splitlines()
    assert '  "fear" [label="<script>x</script> & \\"y\\" \\\\"]' in lines
    edges = [line for line in lines if "->" in line]
    assert 'label="causes + 2/2 ✗1", style=solid' in edges[0]
    assert "style=dashed" in edges[1]
    assert "penwidth" in edges[1]
    assert "style=dotted" in edges[2]
    assert ["dir=none" in line for line in edges] == [False, False, False, True, True, True]


def test_tables_have_ids_for_programs_and_names_for_people(graphed: Graphed) -> None:
    rows = table_csv(edges_table(graphed)).decode().splitlines()
    assert rows[2].startswith('delay,Delay,lowers,fear,"<script>')
    assert rows[2].endswith(",-1,true,1,1,1,0,0,0,informant,k,A,,,k,A,r1")
    assert rows[5].endswith(",Trust,,false,2,,,,,,,,,,,,,")
    assert table_csv(loops_table(graphed)).decode().splitlines()[1].startswith("fear|delay,")
    assert readable_edges_table(graphed).rows[1][-1] == "k (A)"
    assert list(readable_edges_table(graphed).rows[2]) == ["Delay", "causes", "Trust", "+", 0, 0, 2, ""]


def test_a_loop_whose_sign_is_undefined_is_never_0(graphed: Graphed) -> None:
    graph = replace(graphed.graph, edges=(*EDGES, edge("fear", "lowers", "delay", support("k"))))
    made = replace(graphed, graph=graph, loops=find_loops(graph))
    header, row = table_csv(loops_table(made)).decode().splitlines()
    assert dict(zip(header.split(","), re.split(r",(?!_)", row), strict=False))["codes"] == "fear|delay"
    assert ",2,NaN,A,k,1,m" in row
