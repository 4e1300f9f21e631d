"""Relations on both databases: changed as one row, read by document, and taken back."""

from __future__ import annotations

import pytest

from qualcode.domain.relation import Claimant, Stance
from qualcode.errors import Conflict
from qualcode.services import history, relations
from qualcode.services.study import Study
from tests.store.samples import FEAR, HASTE, OLD, add_document, content, put


@pytest.fixture
def study(study: Study) -> Study:
    add_document(study, "one")
    add_document(study, "two")
    return study


def test_a_relation_is_changed_in_place_and_undo_and_redo_bring_back_every_row(study: Study) -> None:
    haste, fear = put(study, "one", HASTE, "haste"), put(study, "one", FEAR, "fear")
    made, _ = relations.relate(study, haste, "leads-to", fear)
    before = content(study)
    relations.edit(study, made.relation.uid, stance=Stance.CONTRADICTS, claimed_by=Claimant.ANALYST, swap=True)
    after = content(study)
    assert [row["source_id"] for row in after["relation"]] == [row["target_id"] for row in before["relation"]]
    history.undo(study)
    assert content(study) == before
    history.redo(study)
    assert content(study) == after


def test_a_claim_made_twice_is_refused(study: Study) -> None:
    haste, fear = put(study, "one", HASTE, "haste"), put(study, "one", FEAR, "fear")
    relations.relate(study, haste, "leads-to", fear, quote=("one", FEAR))
    back, _ = relations.relate(study, fear, "leads-to", haste, quote=("one", FEAR))
    with pytest.raises(Conflict):
        relations.edit(study, back.relation.uid, swap=True)


def test_the_relations_of_a_document_are_those_that_touch_it(study: Study) -> None:
    haste, fear = put(study, "one", HASTE, "haste"), put(study, "one", FEAR, "fear")
    old, later = put(study, "two", OLD, "old-goods"), put(study, "two", FEAR, "fear")
    within, _ = relations.relate(study, haste, "leads-to", fear)
    across, _ = relations.relate(study, fear, "leads-to", old)
    other, _ = relations.relate(study, later, "leads-to", old)
    assert relations.of_document(study, "one") == [within, across]
    assert relations.of_document(study, "two") == [across, other]
