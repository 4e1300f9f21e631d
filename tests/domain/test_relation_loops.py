"""Loops of relations: which there are, in what order, their sign, and who and which case has them whole."""

from __future__ import annotations

from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.relation_graph import Edge, RelationGraph, Support
from qualcode.domain.relation_loops import Loop, find_loops

NOBODY = Support(0, (), {})


def edge(
    source: str,
    target: str,
    informants: str = "k",
    *,
    type: str = "causes",
    sign: int = 1,
    cases: str = "A",
    against: str = "",
    directed: bool = True,
) -> Edge:
    """Each letter is an id."""
    stated = Support(len(informants), tuple(informants), {case: tuple(informants) for case in cases if informants})
    return Edge(source, type, target, sign, directed, stated, Support(len(against), tuple(against), {}), (), ())


def graph(*edges: Edge) -> RelationGraph:
    codes = sorted({code for edge in edges for code in (edge.source, edge.target)})
    return RelationGraph(tuple(codes), edges, len(edges), (), 0, 0)


def codes_of(made: RelationGraph, longest: int = 6) -> list[str]:
    return ["".join(loop.codes) for loop in find_loops(made, longest).found]


def test_a_loop_begins_at_its_first_code_and_says_who_and_which_case_has_it_whole() -> None:
    made = graph(
        edge("b", "c", "kp", cases="AB"),
        edge("c", "a", "kpo", cases="A", against="m"),
        edge("a", "b", "k", cases="A"),
    )
    assert find_loops(made).found == (
        Loop(("a", "b", "c"), 1, cases=("A",), informants=("k",), weakest=1, denied_by=("m",)),
    )


def test_a_loop_pieced_together_from_cases_is_whole_in_none() -> None:
    (loop,) = find_loops(graph(edge("a", "b", "k", cases="A"), edge("b", "a", "p", cases="B"))).found
    assert (loop.cases, loop.informants, loop.weakest) == ((), (), 1)


def test_an_odd_number_of_minuses_balances_and_an_even_number_reinforces() -> None:
    balancing = graph(edge("a", "b", sign=-1), edge("b", "a"))
    reinforcing = graph(edge("a", "b", sign=-1), edge("b", "a", sign=-1))
    assert [loop.sign for loop in find_loops(balancing).found] == [-1]
    assert [loop.sign for loop in find_loops(reinforcing).found] == [1]


def test_a_step_with_both_signs_leaves_the_sign_undefined_and_two_types_of_one_sign_do_not() -> None:
    back = edge("b", "a", "kp")
    both = graph(edge("a", "b", "k"), edge("a", "b", "p", type="mitigates", sign=-1), back)
    alike = graph(edge("a", "b", "k"), edge("a", "b", "p", type="reinforces"), back)
    assert [(loop.sign, loop.weakest) for loop in find_loops(both).found] == [(None, 2)]
    assert [(loop.sign, loop.informants) for loop in find_loops(alike).found] == [(1, ("k", "p"))]


def test_what_is_contradicted_alone_or_has_no_sign_or_no_direction_is_no_step() -> None:
    back = edge("b", "a")
    assert codes_of(graph(edge("a", "b", "", against="m"), back)) == []
    assert codes_of(graph(edge("a", "b", type="precedes", sign=0), back)) == []
    assert codes_of(graph(edge("a", "b", type="tension", directed=False), back)) == []
    assert codes_of(graph(edge("a", "b", "k", against="m"), back)) == ["ab"]


def test_a_code_may_lead_to_itself_and_the_shortest_loops_come_first() -> None:
    made = graph(edge("c", "a"), edge("a", "b"), edge("b", "c"), edge("c", "b"), edge("c", "c"))
    assert codes_of(made) == ["c", "bc", "abc"]
    assert codes_of(made, longest=2) == ["c", "bc"]


def test_beyond_the_most_that_are_listed_it_says_that_there_are_more() -> None:
    codes = "abcdefghijklmnopqrst"
    dense = graph(*(edge(one, other) for one in codes for other in codes if one != other))
    listed = find_loops(dense, most=200)
    assert (len(listed.found), listed.complete) == (200, False)
    assert {len(loop.codes) for loop in listed.found} == {2, 3}
    assert find_loops(graph(edge("a", "b"), edge("b", "a")), most=1).complete


@given(st.sets(st.tuples(st.sampled_from("abcde"), st.sampled_from("abcde"))), st.integers(1, 5))
def test_the_loops_are_those_that_trying_all_orders_finds(steps: set[tuple[str, str]], longest: int) -> None:
    tried = [
        "".join(codes)
        for length in range(1, longest + 1)
        for codes in permutations("abcde", length)
        if codes[0] == min(codes) and all(step in steps for step in pairwise((*codes, codes[0])))
    ]
    assert codes_of(graph(*(edge(*step) for step in steps)), longest) == tried
