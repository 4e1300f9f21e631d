"""Who belongs where, what is nobody's yet, and what goes with somebody who is removed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.domain.codebook import Entity
from qualcode.services import coding, documents, history, people
from qualcode.services.membership import Losses, Unmapped, losses, membership, unmapped
from qualcode.services.study import Study
from tests.tui.studies import AVERSION, FEAR, add_interview, span_of, study_in


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with study_in(tmp_path) as study:
        add_interview(study, tmp_path, id="tunnelen", cases="tunnel", body="Kari: Ja.\n\nPer: Nei.\n\nPer: Jo.\n")
        add_interview(study, tmp_path, id="note", cases="", body="Bare tekst, uten taler.\n")
        people.add(study, Entity.ORGANISATION, "kommunen", {})
        people.edit(study, Entity.INFORMANT, "ola", {"organisation": "kommunen"})
        coding.add(study, "gangbrua", span_of(study, FEAR), AVERSION)
        yield study


def test_members_come_through_documents_and_organisations(study: Study) -> None:
    found = membership(study)
    assert found.documents_of_cases == {"bru": ["gangbrua"], "tunnel": ["tunnelen"]}
    assert found.documents_of_informants == {"kari": ["gangbrua", "tunnelen"], "ola": ["gangbrua"]}
    assert found.informants_of_cases == {"bru": ["kari", "ola"], "tunnel": ["kari"]}
    assert found.informants_of_organisations == {"kommunen": ["ola"]}


def test_labels_are_nobody_until_they_are_mapped(study: Study) -> None:
    assert unmapped(study) == [Unmapped("tunnelen", "Per", 2), Unmapped("note", "", 0)]
    documents.map_speaker(study, "tunnelen", "Per", "per", new=True)
    documents.map_speaker(study, "note", "", "ola")
    assert unmapped(study) == []
    history.undo(study)
    history.undo(study)
    assert unmapped(study) == [Unmapped("tunnelen", "Per", 2), Unmapped("note", "", 0)]
    assert [informant.id for informant in people.informants(study)] == ["kari", "ola"]


def test_what_goes_with_a_removal_is_known_before(study: Study) -> None:
    assert losses(study, Entity.INFORMANT, "kari") == Losses(["gangbrua", "tunnelen"], [], 1)
    assert losses(study, Entity.CASE, "tunnel") == Losses(["tunnelen"], [], 0)
    assert losses(study, Entity.ORGANISATION, "kommunen") == Losses([], ["ola"], 0)
