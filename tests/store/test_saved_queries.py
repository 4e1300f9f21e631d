"""Saved queries on both databases."""

from __future__ import annotations

import pytest

from qualcode.domain.changes import ChangeKind
from qualcode.errors import BadInput, BadQuery, Conflict, NotFound
from qualcode.services import coding, history, queries, synthesis
from qualcode.services.selecting import Selection, select
from qualcode.services.study import Study
from tests.store.samples import FEAR, HASTE, OLD, add_document, content, put


def named(study: Study) -> dict[str, str]:
    return {item.name: item.text for item in queries.listing(study)}


def test_a_query_is_saved_replaced_and_removed_and_undo_goes_back_through_all(study: Study) -> None:
    states = [content(study)]
    assert queries.save(study, "haste", "code=haste")
    states.append(content(study))
    assert queries.save(study, "haste", "code=haste|fear")
    states.append(content(study))
    assert not queries.save(study, "haste", "code=haste|fear")
    assert content(study) == states[-1]
    (kept,) = queries.listing(study)
    assert (kept.name, kept.text, kept.coder) == ("haste", "code=haste|fear", "ada")
    queries.remove(study, "haste")
    assert content(study)["saved_query"] == []
    for state in reversed(states):
        history.undo(study)
        assert content(study) == state


def test_the_history_says_which_query(study: Study) -> None:
    queries.save(study, "haste", "code=haste")
    queries.save(study, "haste", "code=fear")
    latest = history.listing(study)[0]
    assert str(latest.operation.summary) == "Query haste saved"
    (changed,) = history.changes(study, latest.operation.id)
    assert (str(changed.subject), changed.kind) == ("query haste", ChangeKind.CHANGED)
    assert [(field.field, field.before, field.after) for field in changed.fields] == [
        ("query", "code=haste", "code=fear")
    ]


def test_names_stand_in_one_order_on_every_database(study: Study) -> None:
    for name in ("b", "a-b", "B", "ab", "a"):
        queries.save(study, name, "code=fear")
    assert list(named(study)) == ["B", "a", "a-b", "ab", "b"]


def test_positions_are_found_among_turns_and_characters(study: Study) -> None:
    add_document(study, "one")
    add_document(study, "two")
    fear = put(study, "one", FEAR, "fear", memo="Said twice.")
    haste = put(study, "one", HASTE, "haste")
    old = put(study, "one", OLD, "old-goods")
    alone = put(study, "two", FEAR, "fear")

    def found(query: str) -> list[str]:
        return [segment.coding.uid for segment in select(study, Selection(where=(query,)))]

    assert found("code=fear with code=haste") == [fear]
    assert found("code=fear without code=haste") == [alone]
    assert found("code=old-goods after code=haste") == [old]
    assert found("code=old-goods within 1 turn of code=haste") == []
    assert found("code=old-goods within 2 turns after code=haste") == [old]
    assert found("code=haste before code=old-goods and not memo~said") == [haste]
    assert found("memo~SAID TWICE or code=haste") == [fear, haste]
    queries.save(study, "beside", "code=fear with code=haste")
    assert found("code=fear and not @beside") == [alone]
    coding.remove(study, [haste])
    assert found("@beside") == []


def test_the_matrix_counts_what_a_saved_query_chooses(study: Study) -> None:
    add_document(study, "one")
    put(study, "one", FEAR, "fear")
    put(study, "one", HASTE, "haste")
    add_document(study, "two")
    put(study, "two", FEAR, "fear")
    queries.save(study, "beside", "code=fear with code=haste")
    asked = synthesis.gather(study, ["@beside"])
    assert [segment.coding.document for segment in asked.segments] == ["one"]
    assert asked.heading("x").filter == "@beside; @beside: code=fear with code=haste"


def test_what_cannot_be_saved_or_removed_is_said(study: Study) -> None:
    with pytest.raises(BadInput, match="name 'a b' cannot be used"):
        queries.save(study, "a b", "code=fear")
    with pytest.raises(BadQuery, match="code has no value 'faer'"):
        queries.save(study, "fear", "code=faer")
    with pytest.raises(BadQuery, match="character 14: The saved query 'round' asks for itself"):
        queries.save(study, "round", "code=fear or @round")
    queries.save(study, "low", "code=fear")
    queries.save(study, "high", "@low or code=haste")
    with pytest.raises(BadQuery, match="'low' asks for itself"):
        queries.save(study, "low", "@high")
    with pytest.raises(Conflict, match="'low' is asked for by @high"):
        queries.remove(study, "low")
    with pytest.raises(NotFound, match="no saved query 'lwo'"):
        queries.remove(study, "lwo")
    assert named(study) == {"high": "@low or code=haste", "low": "code=fear"}
