"""Findings: the gate to ready, what makes them stale, and what comes back by undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.domain.codebook import Entity
from qualcode.domain.evidence import Level
from qualcode.domain.finding import FindingState, Role
from qualcode.errors import BadInput, Conflict, NotFound, QualcodeError
from qualcode.services import appraising, codebooks, coding, documents, findings, history, memos, people, queries
from qualcode.services.study import Study
from tests.services.wharf import put, wharf

CLAIM = "Fear makes the wharf dear."


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with wharf(tmp_path) as study:
        yield study


def uid_of(study: Study, words: str, coder: str = "anna") -> str:
    found = [
        item.coding.uid
        for item in coding.everything(study, coder=coder)
        if item.coding.anchor.exact.startswith(words)
    ]
    assert len(found) == 1
    return found[0]


def written(study: Study) -> str:
    """A claim that Kari supports in A by `risk-fear` and `risk`, and Per contradicts in B."""
    uid = findings.add(study, f"  {CLAIM}\n")
    findings.link(study, uid, Role.SUPPORTS, [uid_of(study, "Vi var redde"), uid_of(study, "Derfor")])
    findings.link(study, uid, Role.CONTRADICTS, [uid_of(study, "I B delte")])
    return uid


def made_ready(study: Study) -> str:
    uid = written(study)
    findings.search(study, uid)
    findings.look_at(study, uid)
    findings.make_ready(study, uid)
    return uid


def state(study: Study, uid: str) -> tuple[FindingState, bool]:
    found = appraising.appraise_one(study, uid)
    return found.finding.state, found.stale


READY, STALE = (FindingState.READY, False), (FindingState.READY, True)


def test_a_claim_is_a_draft_with_its_evidence_in_one_line(study: Study) -> None:
    found = appraising.appraise_one(study, written(study))
    assert (found.finding.claim, found.finding.state, found.finding.coder) == (CLAIM, "draft", "anna")
    assert (found.weighed.informants, found.weighed.against, found.strength.level) == (1, 1, Level.ANECDOTAL)


def test_what_is_linked_already_changes_its_role_and_is_no_second_link(study: Study) -> None:
    uid, fear = written(study), uid_of(study, "Vi var redde")
    assert findings.link(study, uid, Role.SUPPORTS, [fear]) == 0
    assert findings.link(study, uid, Role.NUANCES, [fear, fear]) == 1
    roles = [item.role for item in appraising.appraise_one(study, uid).finding.evidence]
    assert roles == [Role.NUANCES, Role.SUPPORTS, Role.CONTRADICTS]


def test_one_unknown_id_links_nothing(study: Study) -> None:
    uid = written(study)
    with pytest.raises(NotFound, match="no coding or relation 'nowhere-at-all'"):
        findings.link(study, uid, Role.SUPPORTS, [uid_of(study, "Så lærte vi"), "nowhere-at-all"])
    assert len(appraising.appraise_one(study, uid).finding.evidence) == 3


def test_a_finding_is_not_ready_without_evidence_search_and_a_look_at_every_hit(study: Study) -> None:
    empty = findings.add(study, "Nothing.")
    with pytest.raises(Conflict, match="no evidence"):
        findings.make_ready(study, empty)
    uid = written(study)
    with pytest.raises(Conflict, match="Nobody has looked for negative cases"):
        findings.make_ready(study, uid)
    hits = findings.search(study, uid).unseen
    assert [item.coding.anchor.exact for item in hits] == ["Vi var redde for å feile.", "Vi tok hele risikoen i A."]
    findings.look_at(study, uid, [hits[0].coding.uid[:8]])
    with pytest.raises(Conflict, match="negative cases, 1 were not looked at"):
        findings.make_ready(study, uid)
    findings.look_at(study, uid, [hits[1].coding.uid])
    assert findings.make_ready(study, uid).level is Level.ANECDOTAL
    assert state(study, uid) == READY


def test_a_hit_that_is_linked_need_not_be_looked_at(study: Study) -> None:
    uid = written(study)
    for item in findings.search(study, uid).unseen:
        findings.link(study, uid, Role.CONTRADICTS, [item.coding.uid])
    findings.make_ready(study, uid)
    assert state(study, uid) == READY


def test_a_search_of_ones_own_says_what_it_looks_for_and_the_same_again_is_one(study: Study) -> None:
    uid = written(study)
    found = findings.search(study, uid, ["valence=1"])
    assert [item.coding.anchor.exact for item in found.unseen] == ["Så lærte vi av leverandøren."]
    findings.search(study, uid, ["valence=1"])
    findings.search(study, uid)
    assert [search.conditions for search in findings.searches(study, uid)] == [("valence=1",)]


def test_a_condition_that_cannot_be_understood_leaves_no_search(study: Study) -> None:
    uid = written(study)
    with pytest.raises(BadInput):
        findings.search(study, uid, ["nonsense=1"])
    assert findings.searches(study, uid) == []


def test_a_coding_that_is_no_hit_cannot_be_looked_at(study: Study) -> None:
    uid = written(study)
    with pytest.raises(Conflict, match="Nobody has looked"):
        findings.look_at(study, uid)
    findings.search(study, uid)
    with pytest.raises(BadInput, match="no hit"):
        findings.look_at(study, uid, [uid_of(study, "Så lærte vi")])


def test_new_evidence_makes_it_stale_until_it_is_made_ready_again(study: Study) -> None:
    uid = made_ready(study)
    findings.link(study, uid, Role.NUANCES, [uid_of(study, "Så lærte vi")])
    assert state(study, uid) == STALE
    assert appraising.appraise_one(study, uid).since == appraising.Since(added=1)
    findings.make_ready(study, uid)
    assert state(study, uid) == READY


def test_a_changed_role_and_a_changed_coding_make_it_stale_and_undo_takes_that_back(study: Study) -> None:
    uid, fear = made_ready(study), uid_of(study, "Vi var redde")
    findings.link(study, uid, Role.CONTRADICTS, [fear])
    assert appraising.appraise_one(study, uid).since == appraising.Since(changed=1)
    history.undo(study)
    assert state(study, uid) == READY
    coding.edit(study, fear, qualifiers={"valence": "0"})
    assert appraising.appraise_one(study, uid).since == appraising.Since(changed=1)
    history.undo(study)
    assert state(study, uid) == READY


def test_evidence_taken_out_or_deleted_makes_it_stale_and_undo_takes_that_back(study: Study) -> None:
    uid, fear = made_ready(study), uid_of(study, "Vi var redde")
    findings.unlink(study, uid, [fear])
    assert appraising.appraise_one(study, uid).since == appraising.Since(removed=1)
    history.undo(study)
    assert state(study, uid) == READY
    assert coding.dependents(study, [fear]).evidence == 1
    coding.remove(study, [fear])
    assert appraising.appraise_one(study, uid).since == appraising.Since(removed=1)
    history.undo(study)
    assert state(study, uid) == READY


def test_evidence_taken_out_before_it_was_ready_or_put_in_and_out_since_is_no_change(study: Study) -> None:
    uid = written(study)
    findings.unlink(study, uid, [uid_of(study, "Derfor")])
    findings.search(study, uid)
    findings.look_at(study, uid)
    findings.make_ready(study, uid)
    learned = uid_of(study, "Så lærte vi")
    findings.link(study, uid, Role.NUANCES, [learned])
    findings.unlink(study, uid, [learned])
    assert state(study, uid) == READY


def test_a_new_coding_that_the_search_would_find_makes_it_stale(study: Study) -> None:
    uid = made_ready(study)
    put(study, "d3", "<b>Aldri</b>", "risk")
    found = appraising.appraise_one(study, uid)
    assert (found.stale, [item.coding.anchor.exact for item in found.unseen]) == (True, ["<b>Aldri</b>"])


def test_a_removed_document_takes_its_evidence_out_of_sight(study: Study) -> None:
    uid = made_ready(study)
    documents.remove(study, "d2")
    found = appraising.appraise_one(study, uid)
    assert (found.stale, found.finding.out_of_sight, found.weighed.against) == (True, 1, 0)
    with pytest.raises(Conflict, match="out of sight"):
        findings.make_ready(study, uid)


def test_another_claim_is_a_draft_again_and_the_same_claim_is_not(study: Study) -> None:
    uid = made_ready(study)
    assert not findings.edit(study, uid, claim=CLAIM)
    assert state(study, uid) == READY
    assert findings.edit(study, uid, claim="Fear does not.")
    assert state(study, uid) == (FindingState.DRAFT, False)
    history.undo(study)
    assert state(study, uid) == READY


def test_a_finding_can_be_called_a_draft_again(study: Study) -> None:
    uid = made_ready(study)
    assert findings.make_draft(study, uid)
    assert not findings.make_draft(study, uid)
    assert state(study, uid) == (FindingState.DRAFT, False)


def test_a_removed_finding_comes_back_with_links_search_and_memos(study: Study) -> None:
    uid = made_ready(study)
    memos.add(study, f"finding:{uid[:8]}", "Is it so?")
    findings.remove(study, uid)
    assert appraising.appraise(study) == []
    with pytest.raises(NotFound, match="no finding"):
        findings.get(study, uid)
    history.undo(study)
    assert state(study, uid) == READY
    assert [memo.text for memo in memos.of_target(study, f"finding:{uid}")] == ["Is it so?"]


def test_undo_passes_over_searches_and_looks(study: Study) -> None:
    uid = written(study)
    findings.search(study, uid)
    findings.look_at(study, uid)
    history.undo(study)
    found = appraising.appraise_one(study, uid)
    assert (found.weighed.against, found.search is not None) == (0, True)
    assert [item.coding.anchor.exact for item in found.unseen] == ["I B delte vi   den\nmed kommunen."]


@pytest.mark.parametrize("claim", ["", "  \n "])
def test_an_empty_claim_is_refused(study: Study, claim: str) -> None:
    with pytest.raises(BadInput, match="empty"):
        findings.add(study, claim)


def test_an_unknown_question_is_refused(study: Study) -> None:
    with pytest.raises(NotFound, match="research question 'P1'"):
        findings.add(study, CLAIM, question="P1")


def test_a_turn_that_another_coder_has_passed_is_seen_by_two(study: Study) -> None:
    uid = findings.add(study, "He took the risk.")
    findings.link(study, uid, Role.SUPPORTS, [uid_of(study, "Derfor")])
    assert appraising.appraise_one(study, uid).coders == {"anna", "bjørn"}
    alone = findings.add(study, "It got better.")
    findings.link(study, alone, Role.SUPPORTS, [uid_of(study, "Så lærte vi")])
    assert appraising.appraise_one(study, alone).weighed.single_coder


def test_an_informant_who_is_a_document_is_one_and_alone_at_most_weak(study: Study) -> None:
    people.edit(study, Entity.INFORMANT, "kari", {"kind": "document"})
    uid = findings.add(study, CLAIM)
    findings.link(study, uid, Role.SUPPORTS, [uid_of(study, "Vi var redde"), uid_of(study, "Derfor")])
    assert appraising.appraise_one(study, uid).weighed.only_documents


def test_two_linked_codings_that_become_one_change_their_role_together(study: Study) -> None:
    lone = put(study, "d1", "Derfor ble den dyr. =SUM(A1) sa sjefen.", "risk-fear").coding.uid
    twin = next(
        item.coding.uid
        for item in coding.everything(study)
        if item.coding.code == "risk" and item.coding.anchor.exact.startswith("Derfor")
    )
    uid = findings.add(study, CLAIM)
    findings.link(study, uid, Role.SUPPORTS, [lone, twin])
    codebooks.merge(study, "risk-fear", "risk")
    assert findings.link(study, uid, Role.CONTRADICTS, [twin]) == 1
    found = appraising.appraise_one(study, uid)
    assert [item.role for item in found.finding.evidence] == [Role.CONTRADICTS, Role.CONTRADICTS]
    assert found.weighed.against == 1
    assert findings.unlink(study, uid, [twin]) == 1
    assert appraising.appraise_one(study, uid).finding.evidence == ()


def test_a_search_that_names_what_is_gone_is_told_and_the_finding_stale(study: Study) -> None:
    uid = written(study)
    queries.save(study, "odd", "valence=1")
    findings.search(study, uid, ["@odd"])
    findings.look_at(study, uid)
    findings.make_ready(study, uid)
    queries.remove(study, "odd")
    found = appraising.appraise_one(study, uid)
    assert (found.stale, found.unseen, found.search_fault is not None) == (True, (), True)
    with pytest.raises(Conflict, match="cannot be run any more"):
        findings.make_ready(study, uid)
    with pytest.raises(QualcodeError):
        findings.search(study, uid)
    assert findings.search(study, uid, ["valence=1"]).search_fault is None


def test_a_study_without_findings_has_none(study: Study) -> None:
    assert appraising.appraise(study) == []


def test_the_history_names_the_claim_and_a_coding_s_own_history_tells_that_it_was_linked(study: Study) -> None:
    uid = written(study)
    linked = history.listing(study)[0]
    (told,) = history.changes(study, linked.operation.id)
    assert str(told.subject) == f"evidence of finding {uid}"
    (made,) = history.changes(study, history.listing(study)[2].operation.id)
    assert str(made.subject) == f"finding «{CLAIM}»"
    ours = history.of_coding(study, uid_of(study, "I B delte"))
    assert linked.operation.id in {entry.operation.id for entry in ours}
