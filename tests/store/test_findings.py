"""Findings on both databases: links, searches and the gap that a removed link leaves."""

from __future__ import annotations

import pytest

from qualcode.domain.finding import FindingState, Role
from qualcode.errors import NotFound
from qualcode.services import blinding, history, marking, relations
from qualcode.services.study import Study
from qualcode.store import codings, findings, judged
from tests.store.samples import FEAR, HASTE, OLD, add_document, content, put


def written(study: Study) -> tuple[int, str, str, str]:
    """Row id and uid of a finding, uids of the coding that supports it and the relation that contradicts it."""
    add_document(study, "a")
    fear, old = put(study, "a", FEAR, "fear"), put(study, "a", OLD, "old-goods")
    related = relations.relate(study, fear, "leads-to", old)[0].relation.uid
    with study.write("finding", "written") as unit:
        uid = findings.add(unit, "Fear buys old.", None)
        row_id = findings.row_of(unit.connection, uid).id
    with study.write("finding", "linked") as unit:
        assert findings.link(unit, row_id, Role.SUPPORTS, fear[:8])
        assert findings.link(unit, row_id, Role.CONTRADICTS, related)
    return row_id, uid, fear, related


def test_a_finding_and_its_links_are_read_back(study: Study) -> None:
    row_id, uid, fear, related = written(study)
    with study.store.read() as connection:
        (row,) = findings.listing(connection)
        links = findings.links(connection, row_id)
    assert (row.uid, row.claim, row.question, row.state, row.coder) == (
        uid,
        "Fear buys old.",
        None,
        FindingState.DRAFT,
        "ada",
    )
    assert [(link.role, link.coding, link.relation) for link in links] == [
        (Role.SUPPORTS, fear, None),
        (Role.CONTRADICTS, None, related),
    ]


def test_linking_again_changes_the_role_of_the_one_link(study: Study) -> None:
    row_id, _, fear, related = written(study)
    with study.write("finding", "linked") as unit:
        assert not findings.link(unit, row_id, Role.SUPPORTS, fear)
        assert findings.link(unit, row_id, Role.NUANCES, related)
        assert [link.role for link in findings.links(unit.connection)] == [Role.SUPPORTS, Role.NUANCES]


def test_an_unknown_start_of_an_id_links_nothing(study: Study) -> None:
    row_id, _, fear, _ = written(study)
    before = content(study)
    with pytest.raises(NotFound), study.write("finding", "linked") as unit:
        findings.link(unit, row_id, Role.NUANCES, fear)
        findings.link(unit, row_id, Role.NUANCES, "00000000")
    assert content(study) == before


def test_a_removed_finding_takes_all_that_is_its_own_and_comes_back_with_it(study: Study) -> None:
    row_id, uid, fear, _ = written(study)
    with study.write("finding", "searched", undoable=False) as unit:
        findings.add_search(unit, row_id, ["code=fear", "case=north"])
        assert findings.look_at(unit, row_id, [fear]) == 1
    before = content(study)
    with study.write("finding", "removed") as unit:
        findings.remove(unit, row_id)
    gone = content(study)
    assert [gone[name] for name in ("finding", "evidence", "negative_search", "negative_hit")] == [[], [], [], []]
    assert gone["coding"] == before["coding"]
    history.undo(study)
    assert content(study) == before
    with study.store.read() as connection:
        assert findings.row_of(connection, uid).id == row_id


def test_a_search_keeps_its_conditions_and_what_was_looked_at_once(study: Study) -> None:
    row_id, _, fear, _ = written(study)
    with study.write("finding", "searched", undoable=False) as unit:
        findings.add_search(unit, row_id, ["code=fear", "case=north"])
        findings.look_at(unit, row_id, [fear])
        findings.add_search(unit, row_id, ["code=fear"])
        assert findings.look_at(unit, row_id, [fear]) == 0
    with study.store.read() as connection:
        assert [item.conditions for item in findings.searches(connection)] == [
            ("code=fear", "case=north"),
            ("code=fear",),
        ]
        assert findings.looked_at(connection) == {row_id: {fear}}


def test_a_link_that_went_since_a_moment_is_remembered_and_one_that_came_and_went_is_not(study: Study) -> None:
    row_id, _, fear, related = written(study)
    haste = put(study, "a", HASTE, "haste")
    with study.write("finding", "unlinked") as unit:
        findings.unlink(unit, row_id, related)
    with study.write("finding", "ready") as unit:
        findings.make_ready(unit, row_id)
        moment = unit.at
    with study.write("finding", "linked") as unit:
        findings.link(unit, row_id, Role.SUPPORTS, haste)
    with study.write("finding", "unlinked") as unit:
        assert findings.unlink(unit, row_id, haste)
        assert not findings.unlink(unit, row_id, haste)
    with study.store.read() as connection:
        assert findings.unlinked_since(connection, row_id, moment) == 0
    with study.write("codings", "removed") as unit:
        codings.remove(unit, [codings.row_of(unit.connection, fear).id])
    with study.store.read() as connection:
        assert findings.unlinked_since(connection, row_id, moment) == 1
    history.undo(study)
    with study.store.read() as connection:
        assert findings.unlinked_since(connection, row_id, moment) == 0


def test_passed_turns_are_judged_and_opened_ones_are_not(study: Study) -> None:
    add_document(study, "a")
    marking.pass_turn(study, "a", 2)
    study.act_as("bo")
    blinding.set_blind(study, "a", True)
    blinding.reveal(study, "a", 4)
    with study.store.read() as connection:
        assert judged.passed_turns(connection) == [(("a", 2), "ada")]
