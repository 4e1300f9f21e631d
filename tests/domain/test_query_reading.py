"""Queries from their text: what they mean, what is refused and where."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from qualcode.domain.query import (
    Either,
    Named,
    Not,
    Position,
    Positioned,
    PositionKind,
    Together,
    explained,
    written,
    written_together,
)
from qualcode.domain.query_matching import matcher_of_all
from qualcode.domain.query_reading import named_or_read
from qualcode.errors import BadQuery
from tests.domain.query_samples import FACTS, NOBODY, among, asked, said
from tests.reporting.samples import segment


def meets(*texts: str, exact: bool = False, **facts: str | None) -> bool:
    given = {"code": "risk-supplier", **facts}
    one = segment("a", **given)  # pyright: ignore[reportArgumentType] - text for texts
    return matcher_of_all([asked(text, exact=exact) for text in texts], among(one))(one)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["case=A"], True),
        (["case=B"], False),
        (["case=B|A"], True),
        (["case=B | A"], True),
        (["case!=A"], False),
        (["case!=B"], True),
        (["case="], False),
        (["case!="], True),
        ([" case = A "], True),
        (["case==A"], True),
        (["side=supply"], True),
        (["side=supply", "coder=bjorn"], False),
        (["informant.trade!=buyer"], False),
        (["code=risk"], True),
        (["code=barrier"], True),
        (["code==risk"], False),
        (["code==risk-supplier"], True),
        (["code!=risk"], False),
        (["family=value|barrier"], True),
        ([], True),
    ],
)
def test_conditions_hold_together(texts: Sequence[str], expected: bool) -> None:
    assert meets(*texts) is expected


def test_codes_are_taken_alone_where_all_is_exact() -> None:
    assert not meets("code=risk", exact=True)
    assert meets("code=risk", exact=True, code="risk")
    assert meets("code!=risk", exact=True)


def test_an_empty_value_is_what_is_not_said() -> None:
    assert meets("case=", case=None)
    assert meets("case=B|", case=None)
    assert meets("case!=A", case=None)
    assert not meets("case!=", case=None)
    assert meets("case= and code=risk", case=None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("case=A and code=risk", True),
        ("case=A & code=value", False),
        ("case=B or code=risk", True),
        ("not case=A", False),
        ("not case=B and code=risk", True),
        ("case=A or case=A and case=B", True),
        ("(case=A or case=A) and case=B", False),
        ("not (case=B or code=value)", True),
        ("NOT case=B AND (code=risk Or case=B)", True),
        ("not not case=A", True),
    ],
)
def test_and_binds_more_than_or_and_not_more_than_and(text: str, expected: bool) -> None:
    assert meets(text) is expected


def test_a_query_is_what_it_says() -> None:
    with_, after = Position(PositionKind.WITH), Position(PositionKind.AFTER, 2)
    one, two, three = asked("case=A"), asked("code=risk"), asked("case=B")
    assert asked("case=A with code=risk") == Positioned(one, with_, two)
    assert asked("case=A without code=risk") == Positioned(one, with_, two, negated=True)
    assert asked("case=A not within 2 turns after code=risk") == Positioned(one, after, two, negated=True)
    assert asked("case=A or not code=risk with case=B") == Either((one, Not(Positioned(two, with_, three))))
    assert asked("case=A and code=risk and case=B") == Together((one, two, three))
    assert asked("case=A with code=risk with case=B") == Positioned(Positioned(one, with_, two), with_, three)
    assert asked("@it", {"it": "case=A"}) == Named("it", one)


@pytest.mark.parametrize(
    ("text", "speaker", "expected"),
    [
        ("speaker=Kari Nordmann", "Kari Nordmann", True),
        ("speaker=Kari and Ola", "Kari and Ola", True),
        ("speaker=Kari (leder)", "Kari (leder)", True),
        ("(speaker=Kari (leder))", "Kari (leder)", True),
        ("speaker=Kari :)", "Kari :)", True),
        ("speaker=A & B", "A & B", True),
        ("speaker=Kari and Ola and case=A", "Kari and Ola", True),
        ("speaker=Kari and case=B", "Kari", False),
        ("speaker=Kari without case=B", "Kari", True),
        ("speaker=K|L", "L", True),
        ('speaker="Kari and case=A"', "Kari and case=A", True),
        (r'speaker="say \"K\" \\"', r'say "K" \ '.strip(), True),
        ("speaker~kari", "Ola og Kari", True),
        ("speaker!~kari", "Ola og Kari", False),
        ("speaker~per|ola", "Ola og Kari", True),
    ],
)
def test_any_text_may_be_a_value_up_to_a_joining_word_that_a_condition_follows(
    text: str, speaker: str, expected: bool
) -> None:
    assert meets(text, speaker=speaker) is expected


def test_a_joining_word_may_be_a_value_of_a_field() -> None:
    one = said(segment("a"), "", phase="before")
    for text in ("phase=before", "phase=before before phase=after", "coder=Bo and Siri and case=A"):
        asked(text)
    assert matcher_of_all([asked("phase=before and case=A")], among(one))(one)
    assert asked("phase= and case=A") == Together((asked("phase="), asked("case=A")))


def test_words_are_looked_for_in_what_was_said_and_noted() -> None:
    noted, bare = said(segment("noted"), "Vi stolte på Dem"), segment("b")
    for text, expected in (
        ("text~STOLTE PÅ", True),
        ("text~vi and memo~said", True),
        ("memo~ask|nothing", True),
        ("memo~nothing", False),
        ("memo!~nothing", True),
        ("memo=", False),
        ("memo!=", True),
        ('memo~"ask again"', True),
        ("(memo~ask again)", True),
    ):
        assert matcher_of_all([asked(text)], among(noted))(noted) is expected, text
    assert [matcher_of_all([asked(text)], among(bare))(bare) for text in ("memo=", "memo!=", "memo!~x")] == [
        True,
        False,
        True,
    ]


def test_what_is_said_of_nothing_is_not_said() -> None:
    assert matcher_of_all([asked("case= and code= and speaker= and informant=")], among(NOBODY))(NOBODY)


@pytest.mark.parametrize(
    "text",
    [
        "informant.side=demand|supply",
        "code==risk",
        "case!=",
        "code=risk without code=value",
        "code=risk within 2 turns of (code=value or case=A)",
        "code=risk within 1 turns before code=value not overlaps case=A",
        "not (code=risk with case=A)",
        "not code=risk and (case=A or case=B)",
        "not (case=A or case=B)",
        '(speaker="K (x)" or memo~"a b") encloses not_this'.replace("not_this", "code=risk"),
        "code=risk inside (code=value after case=A)",
        "@it and case=A",
    ],
)
def test_a_query_reads_as_it_may_be_written_again(text: str) -> None:
    saved = {"it": "code=risk or case=B"}
    query = asked(text, saved)
    assert asked(written(query), saved) == query
    assert written(asked(written(query), saved)) == written(query)


def test_queries_that_hold_together_read_as_one() -> None:
    both = written_together([asked("case=A or case=B"), asked("code==risk"), asked('speaker="Kari and Ola"')])
    assert both == '(case=A or case=B) & code==risk & speaker="Kari and Ola"'
    assert written(asked(both)) == '(case=A or case=B) and code==risk and speaker="Kari and Ola"'


def test_over_a_table_saved_queries_are_explained() -> None:
    saved = {"it": "code=risk or @low", "low": "case=A"}
    queries = [asked("side=demand"), asked("not @it with @low", saved)]
    assert explained(queries) == ("informant.side=demand & not @it with @low; @it: code=risk or @low; @low: case=A")
    assert explained([]) == ""


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("", 1, "The query is empty. Write FIELD=VALUE"),
        ("   ", 4, "The query is empty."),
        ("case", 1, "'case' is no condition. Did you mean case=VALUE?"),
        ("risk with code=value", 1, "'risk' is no condition. Did you mean code=risk"),
        ("case=A and trsut", 12, "'trsut' is no condition. Did you mean @trust?"),
        ("case=A and xyzzy", 12, "'xyzzy' is no condition. Write FIELD=VALUE; the fields are case, document,"),
        ("stauts=a", 1, "There is no field 'stauts'. Did you mean status?"),
        ("case=A and sid=demand", 12, "There is no field 'sid'. Did you mean informant.side?"),
        ("case=A|Q", 8, "case has no value 'Q'. It has A, B."),
        (
            "not (side=suply)",
            11,
            "informant.side has no value 'suply'. Did you mean supply? It has demand, supply.",
        ),
        ("code=riks", 6, "code has no value 'riks'. Did you mean risk"),
        ("case=A and", 11, "The query ends where a condition must follow."),
        ("case=A with", 12, "The query ends where a condition must follow."),
        ("(case=A", 1, "This parenthesis is not closed. Write the `)`."),
        ("case=A)", 7, "This parenthesis was never opened."),
        ("(case=A))", 9, "This parenthesis was never opened. Leave it out."),
        ("()", 2, "')' is no condition."),
        ('speaker="Kari', 9, "This quotation mark is not closed."),
        ("case=A code=risk", 8, "'code=risk' cannot stand here. Between conditions stand and, or, not,"),
        ("case=A wihtin 2 turns of code=risk", 8, "'wihtin' cannot stand here. Did you mean within?"),
        ("speaker=Kari wihtin 2 turns of code=risk", 14, "'wihtin' cannot stand here. Did you mean within?"),
        ("speaker=Kari code=risk", 14, "'code=risk' cannot stand here. Between conditions"),
        ("memo~fear overlap code=risk", 11, "'overlap' cannot stand here. Did you mean overlaps?"),
        ("memo~fear and worry", 15, "'worry' is no condition."),
        ("case=A within 2 code=risk", 8, "Here `within` is not all. Write `within 2 turns of`"),
        ("case=A not within turns of code=risk", 8, "Here `within` is not all."),
        ("memo~", 5, "It is not said which words to look for."),
        ("memo~a|", 5, "It is not said which words to look for."),
        ("case=A and @trst", 12, "There is no saved query 'trst'. Did you mean trust?"),
        ("@", 1, "There is no saved query ''. `qualcode query list` lists them."),
        ("case=A or @old", 11, "'code=gone', character 6: code has no value 'gone'. It has"),
        ("@round", 1, "'case=A or @about', character 11: '@round', character 1: The saved query 'round' asks for"),
    ],
)
def test_a_wrong_query_says_where_and_what_was_probably_meant(text: str, place: int, said: str) -> None:
    saved = {"trust": "code=value", "old": "code=gone", "round": "case=A or @about", "about": "@round"}
    with pytest.raises(BadQuery) as refused:
        asked(text, saved)
    assert str(refused.value).startswith(f"{text!r}, character {place}: {said}")
    assert (refused.value.text, refused.value.place) == (text, place)


@pytest.mark.parametrize(
    "text", ["(" * 3000 + "case=A", "not " * 3000 + "case=A", "case=A" + " with case=A" * 3000]
)
def test_a_query_too_deep_is_refused_before_the_stack_ends(text: str) -> None:
    with pytest.raises(BadQuery, match="too deep from here on"):
        asked(text)


def test_saved_queries_too_deep_are_refused() -> None:
    saved = {f"q{number}": f"@q{number + 1}" for number in range(100)} | {"q100": "case=A"}
    with pytest.raises(BadQuery, match="too deep from here on"):
        asked("@q0", saved)
    assert written(asked("@q90", saved)) == "@q90"


def test_a_long_list_of_alternatives_is_no_depth() -> None:
    assert meets(" or ".join(["case=B"] * 3000 + ["case=A"]))


def test_the_name_of_a_saved_query_stands_for_it() -> None:
    assert named_or_read(FACTS, "it", {"it": "case=A"}) == Named("it", asked("case=A"))
    assert named_or_read(FACTS, "case=A", {"it": "case=A"}) == asked("case=A")
