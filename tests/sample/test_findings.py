"""The claims planted in the sample study have the strength that its answer key says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qualcode.domain.agreement import alpha_by_turn, turn_of
from qualcode.domain.evidence import Level
from qualcode.domain.finding import CaseResult, Role, Verdict
from qualcode.services import appraising, coding, findings, history, patterns, settings
from qualcode.services.appraising import Appraised
from qualcode.services.study import Study
from qualcode.store import settings as stored_settings
from tests.sample.claims import answer_key, enter
from tests.sample.study import build

KEY: dict[str, dict[str, Any]] = {claim["id"]: claim for claim in answer_key()["claims"]}
Entered = tuple[Study, dict[str, str]]


@pytest.fixture(scope="module")
def entered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Entered]:
    with build(tmp_path_factory.mktemp("sample") / "study") as study:
        yield study, enter(study)


@pytest.fixture(scope="module")
def appraised(entered: Entered) -> dict[str, Appraised]:
    study, uids = entered
    return dict(zip(uids, appraising.appraise(study), strict=True))


@pytest.mark.parametrize("id", KEY)
def test_a_claim_has_the_strength_of_the_answer_key(appraised: dict[str, Appraised], id: str) -> None:
    found, key = appraised[id], KEY[id]
    weighed = found.weighed
    assert (weighed.cases, weighed.informants, weighed.against) == (key["K"], key["I"], key["X"])
    assert sorted(weighed.sides) == key["sides"]
    assert str(weighed.contradicted) == key["q"].removesuffix("/1")
    assert (found.strength.level, found.strength.reached) == (key["level"], key["level_before_caps"])
    assert (weighed.clash, weighed.only_expected) == (key["side_conflict_within_a_case"], key["only_expected"])


@pytest.mark.parametrize("id", sorted(set(KEY) - {"claim-refuted"}))
def test_a_claim_is_contested_as_the_answer_key_says(appraised: dict[str, Appraised], id: str) -> None:
    assert appraised[id].strength.contested is KEY[id]["contested"]


def test_a_claim_with_nothing_for_it_is_refuted(appraised: dict[str, Appraised]) -> None:
    """All who speak of it contradict it, which is more than a third, whatever the key calls it."""
    refuted = appraised["claim-refuted"]
    assert (refuted.strength.level, refuted.strength.contested, refuted.weighed.against) == (Level.NONE, True, 2)


def test_claims_of_each_strength_are_there(appraised: dict[str, Appraised]) -> None:
    assert {item.strength.level for item in appraised.values()} == set(Level)


def test_the_expected_only_claim_is_capped_and_labelled(appraised: dict[str, Appraised]) -> None:
    strength = appraised["claim-only-expected"].strength
    assert (strength.reached, strength.level, strength.expected) == (Level.STRONG, Level.MODERATE, True)


def test_the_planted_contradiction_lowers_its_finding(entered: Entered) -> None:
    study, uids = entered
    uid = uids["claim-contested"]
    against = [
        item.relation.relation.uid
        for item in appraising.appraise_one(study, uid).finding.of(Role.CONTRADICTS)
        if item.relation is not None
    ]
    findings.unlink(study, uid, against)
    assert appraising.appraise_one(study, uid).strength.level is Level.MODERATE
    history.undo(study)
    assert appraising.appraise_one(study, uid).strength.level is Level.WEAK


@pytest.mark.parametrize("id", KEY)
def test_alpha_of_the_codes_is_that_of_turns_both_coders_have_coded(entered: Entered, id: str) -> None:
    study, _ = entered
    segments = coding.everything(study)
    seen: dict[tuple[str, int | None], set[str]] = {}
    for segment in segments:
        seen.setdefault(turn_of(segment), set()).add(segment.coding.coder)
    for code, alphas in KEY[id]["alpha_per_turn"].items():
        alpha = alpha_by_turn(code, segments, seen)
        assert alpha is not None
        assert round(float(alpha), 3) == alphas["turns coded by both"]


def test_a_code_the_coders_do_not_agree_on_and_a_single_coder_are_said(appraised: dict[str, Appraised]) -> None:
    reasons = [str(reason) for reason in appraised["claim-anecdotal"].strength.reasons]
    assert reasons == [
        "Only one coder has worked on the turns of its evidence: a level lower.",
        "Krippendorff's alpha by turn is 0.659 for one of its codes, below 0.667: a level lower.",
    ]


def test_the_replication_that_fails_is_seen_in_its_case(appraised: dict[str, Appraised]) -> None:
    assert appraised["claim-replication"].cases == {
        "nattlys": (CaseResult.SUPPORTED, Verdict.LITERAL),
        "fjordbuss": (CaseResult.SUPPORTED, Verdict.LITERAL),
        "andrerunde": (CaseResult.CONTRADICTED, Verdict.NOT_REPLICATED),
    }


def test_a_stricter_threshold_lowers_the_strong_claim(entered: Entered) -> None:
    study, uids = entered
    settings.put(study, "evidence.strong_informants", "7")
    assert appraising.appraise_one(study, uids["claim-strong"]).strength.level is Level.MODERATE
    history.undo(study)
    assert appraising.appraise_one(study, uids["claim-strong"]).strength.level is Level.STRONG


def test_without_a_side_attribute_the_rule_of_sides_is_off(entered: Entered) -> None:
    study, uids = entered
    with study.write("settings", "Sides forgotten") as unit:
        stored_settings.put(unit, settings.SIDE_ATTRIBUTE, None)
    found = appraising.appraise_one(study, uids["claim-contested"])
    assert (found.weighed.sides, found.weighed.clash) == (frozenset(), False)
    history.undo(study)


def test_the_registered_pattern_fails_in_its_case_and_its_rival_does_worse(
    entered: Entered, tmp_path: Path
) -> None:
    study, _ = entered
    planted = answer_key()["T8"]
    pattern, cases = planted["pattern"], planted["cases"]
    ends = f"{pattern['source']},{pattern['type']},{pattern['target']}"
    rows = [f"{pattern['id']},{case},present,{ends}" for case in cases]
    rows += [f"rival,{case},absent,{ends}" for case in cases]
    file = tmp_path / "patterns.csv"
    file.write_text("\n".join(["pattern,case,expected,source,type,target", *rows]), encoding="utf-8")
    patterns.register(study, file)
    found, rival = (item.score for item in patterns.scored(study))
    assert {item.prediction.case: item.result.value for item in found.outcomes} == cases
    failed = [item.prediction.case for item in found.outcomes if item.verdict is Verdict.NOT_REPLICATED]
    assert failed == [planted["fails_in"]]
    assert ((found.hits, found.with_data), (rival.hits, rival.with_data)) == ((2, 3), (1, 3))
    assert [item.verdict for item in rival.outcomes if item.prediction.case == planted["fails_in"]] == [
        Verdict.CONTRAST
    ]
