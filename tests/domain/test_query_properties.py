"""The bisections against the definition: every coding with every other; and what is written, read again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.coding import CodedSegment
from qualcode.domain.conditions import Condition
from qualcode.domain.query import (
    Either,
    Named,
    Not,
    Position,
    Positioned,
    PositionKind,
    Query,
    Together,
    verdict,
    written,
)
from qualcode.domain.query_matching import matcher
from qualcode.domain.span import Span
from qualcode.errors import BadQuery
from tests.domain.query_samples import among, asked, turns_of_seven
from tests.reporting.samples import segment

CONDITIONS = [
    asked(text)
    for text in (
        "code=risk",
        "code=value",
        "case=A",
        "case!=A",
        "coder=anna",
        "informant=",
        "memo~said",
        "side=supply",
    )
]

SAVED = {"it": "code=risk", "round": "@round"}
PIECES = [
    *(
        " ",
        "(",
        ")",
        "|",
        "&",
        '"',
        "\\",
        "=",
        "!=",
        "==",
        "~",
        "!~",
        "@",
        "@it",
        "@round",
        "@gone",
        " not ",
        " and ",
    ),
    *(
        " or ",
        " with ",
        " without ",
        " within 2 turns of ",
        " within ",
        " after ",
        " overlaps ",
        "case",
        "code=risk",
    ),
    *(
        "case=A",
        "speaker=K",
        "speaker=K (x)",
        "memo~said",
        "side=supply|demand",
        "phase=before",
        "size=x y",
        "wihtin",
    ),
]


@st.composite
def codings(draw: st.DrawFn) -> list[CodedSegment]:
    segments: list[CodedSegment] = []
    for number in range(draw(st.integers(0, 12))):
        start = draw(st.integers(0, 40))
        segments.append(
            segment(
                "noted" if number == 0 else f"u{number}",
                code=draw(st.sampled_from(["risk", "risk-supplier", "value", None])),
                document=draw(st.sampled_from(["d1", "d1", "d2", "bare"])),
                version=draw(st.sampled_from([1, 1, 2])),
                start=start,
                end=start + draw(st.integers(1, 20)),
                coder=draw(st.sampled_from(["anna", "bjorn"])),
                case=draw(st.sampled_from(["A", "B", None])),
                informant=draw(st.sampled_from(["I1", "I2", None])),
                placed=draw(st.sampled_from([True, True, True, False])),
            )
        )
    return segments


@st.composite
def positions(draw: st.DrawFn) -> Position:
    kind = draw(st.sampled_from(PositionKind))
    turns = st.integers(0, 3)
    if kind is PositionKind.NEAR:
        return Position(kind, draw(turns))
    return Position(kind, draw(turns | st.none()) if kind in (PositionKind.AFTER, PositionKind.BEFORE) else None)


def joined(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Not, inner),
        st.builds(Together, several),
        st.builds(Either, several),
        st.builds(Positioned, inner, positions(), inner, st.booleans()),
    )


queries: st.SearchStrategy[Query] = st.recursive(st.sampled_from(CONDITIONS), joined, max_leaves=5)


def gap(one: CodedSegment, other: CodedSegment) -> int | None:
    """How many turns lie from one to the other; None where one of them is in no turn."""
    gaps = [abs(a - b) for a in turns_of_seven(one) for b in turns_of_seven(other)]
    return min(gaps, default=None)


def encloses(larger: Span, smaller: Span) -> bool:
    return larger.start <= smaller.start and smaller.end <= larger.end and larger != smaller


def stands(one: CodedSegment, other: CodedSegment, position: Position) -> bool:
    a, b, apart = one.coding.span, other.coding.span, gap(one, other)
    near = position.turns is None or (apart is not None and apart <= position.turns)
    match position.kind:
        case PositionKind.WITH:
            return apart == 0
        case PositionKind.NEAR:
            return near
        case PositionKind.OVERLAPS:
            return a.overlaps(b)
        case PositionKind.ENCLOSES:
            return encloses(a, b)
        case PositionKind.INSIDE:
            return encloses(b, a)
        case PositionKind.AFTER:
            return b.end <= a.start and near
        case PositionKind.BEFORE:
            return a.end <= b.start and near


def needs_turns(position: Position) -> bool:
    return position.kind is PositionKind.WITH or position.turns is not None


def by_definition(query: Query, one: CodedSegment, everything: list[CodedSegment]) -> bool:
    match query:
        case Condition(field):
            return query.holds(field.read(one))
        case Named(_, named):
            return by_definition(named, one, everything)
        case Not(part):
            return not by_definition(part, one, everything)
        case Together(parts):
            return all(by_definition(part, one, everything) for part in parts)
        case Either(parts):
            return any(by_definition(part, one, everything) for part in parts)
        case Positioned(chosen, position, partner, negated):
            if not one.coding.placed or (needs_turns(position) and not turns_of_seven(one)):
                return False
            others = [
                other
                for other in everything
                if other.coding.uid != one.coding.uid
                and other.coding.placed
                and other.place[:2] == one.place[:2]
                and by_definition(partner, other, everything)
            ]
            found = any(stands(one, other, position) for other in others)
            return by_definition(chosen, one, everything) and found is not negated


@given(codings(), queries)
def test_a_query_chooses_what_its_definition_does(segments: list[CodedSegment], query: Query) -> None:
    chooses = matcher(query, among(*segments))
    found = [one.coding.uid for one in segments if chooses(one)]
    assert found == [one.coding.uid for one in segments if by_definition(query, one, segments)]


@given(codings(), queries)
def test_what_is_written_of_a_query_chooses_the_same(segments: list[CodedSegment], query: Query) -> None:
    again = asked(written(query))
    chooses, chooses_again = matcher(query, among(*segments)), matcher(again, among(*segments))
    assert [chooses(one) for one in segments] == [chooses_again(one) for one in segments]
    assert written(again) == written(asked(written(again)))


@given(codings(), queries, st.sampled_from(["code", "case", "coder", "informant"]))
def test_a_verdict_is_never_against_what_a_query_chooses(
    segments: list[CodedSegment], query: Query, name: str
) -> None:
    chooses = matcher(query, among(*segments))
    for one in segments:
        told = verdict(query, lambda field, one=one: field.read(one) if field.id == name else None)
        assert told in (None, chooses(one))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("code=risk overlaps code=value", ["a"]),
        ("code=value overlaps code=risk", ["b"]),
        ("code=risk encloses code=value", ["a"]),
        ("code=value inside code=risk", ["b"]),
        ("code=risk with code=value", ["a"]),
        ("code=risk without code=value", ["c"]),
        ("code=risk within 1 turn of case=B", ["c"]),
        ("code=risk not within 1 turn of case=B", ["a"]),
        ("code=risk after code=value", ["c"]),
        ("code=risk before case=B", ["a", "c"]),
        ("code=risk within 1 turns before case=B", ["c"]),
        ("case=B within 3 turns after code=risk", ["d"]),
        ("case=B not within 0 turns after code=risk", ["d"]),
        ("code=risk with code=risk", []),
        ("code=risk and not code=risk overlaps code=value", ["c"]),
        ("case=B after (code=risk after code=value)", ["d"]),
        ("code=old with code=risk", []),
        ("code=old without code=risk", []),
        ("code=old not overlaps code=risk", ["e"]),
    ],
)
def test_what_stands_where(text: str, expected: list[str]) -> None:
    """Turns of seven characters: a and b in turn 0, c in 2, d in 3; e in a document without turns."""
    segments = [
        segment("a", code="risk", start=0, end=7),
        segment("b", code="value", start=2, end=5),
        segment("c", code="risk", start=14, end=18),
        segment("d", code=None, case="B", start=21, end=25),
        segment("e", code="old", document="bare", start=0, end=7),
    ]
    chooses = matcher(asked(text), among(*segments))
    assert [one.coding.uid for one in segments if chooses(one)] == expected


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=14).map("".join))
def test_any_text_is_a_query_or_refused_at_a_place_in_it(text: str) -> None:
    try:
        query = asked(text, SAVED)
    except BadQuery as refused:
        assert 1 <= refused.place <= len(text) + 1
        assert refused.text == text
        assert refused.message.params["reason"].render()
        return
    assert written(asked(written(query), SAVED)) == written(query)
