"""A code is split, and how much codes are used is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.domain.codebook import Code
from qualcode.errors import BadInput, Conflict, NotFound
from qualcode.services import code_splitting, coding, history
from qualcode.services.code_usage import Usage, usage
from qualcode.services.study import Study
from tests.services.furnished import furnished
from tests.store.samples import FEAR, HASTE, OLD, codes_on, put

BLAME = Code("blame", "barrier", {"en": "Fear of blame"})


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return furnished(tmp_path / "study")


def test_chosen_codings_go_to_the_new_code_and_the_others_stay(study: Study) -> None:
    first = put(study, "one", FEAR, "fear", qualifiers={"certainty": "sure"}, memo="Whose fault?")
    put(study, "one", HASTE, "fear")
    study.act_as("bo")
    other = put(study, "one", FEAR, "fear")
    assert code_splitting.split(study, "fear", BLAME, [first[:8], other, first]) == 2
    assert codes_on(study, "one") == [
        (25, 38, "blame", "ada"),
        (25, 38, "blame", "bo"),
        (40, 56, "fear", "ada"),
    ]
    assert coding.get(study, first).coding.qualifiers == {"certainty": "sure"}
    assert [code.id for code in study.codebook.children("barrier")] == ["fear", "haste", "blame"]
    assert str(history.undo(study)) == "blame split off from fear"
    assert {code for *_place, code, _coder in codes_on(study, "one")} == {"fear"}
    assert "blame" not in study.codebook


def test_qualifiers_that_do_not_fit_the_new_family_go(study: Study) -> None:
    uid = put(study, "one", FEAR, "fear", qualifiers={"certainty": "sure"})
    code_splitting.split(study, "fear", Code("calm", "effect", {"en": "Calm"}), [uid])
    assert coding.get(study, uid).coding.qualifiers == {}


def test_a_split_that_cannot_be_done_changes_nothing(study: Study) -> None:
    fear, haste = put(study, "one", FEAR, "fear"), put(study, "one", HASTE, "haste")
    before = history.revision(study)
    with pytest.raises(BadInput, match=f"The coding {haste[:8]} is not of fear"):
        code_splitting.split(study, "fear", BLAME, [fear, haste])
    with pytest.raises(BadInput, match="No coding is chosen"):
        code_splitting.split(study, "fear", BLAME, [])
    with pytest.raises(Conflict, match="The id 'haste' is taken"):
        code_splitting.split(study, "fear", Code("haste", "barrier", {"en": "Haste"}), [fear])
    with pytest.raises(BadInput, match="would be a family"):
        code_splitting.split(study, "fear", Code("new", None, {"en": "New"}, assignable=False), [fear])
    with pytest.raises(NotFound, match="no coding 'nosuch'"):
        code_splitting.split(study, "fear", BLAME, ["nosuch"])
    assert history.revision(study) == before
    assert "blame" not in study.codebook


def test_use_is_counted_of_a_code_alone_and_with_all_below_it(study: Study) -> None:
    for document in ("one", "two"):
        put(study, document, FEAR, "fear")
    put(study, "one", HASTE, "haste")
    put(study, "one", OLD, None)
    counts = usage(study)
    assert set(counts) == {code.id for code in study.codebook.codes}
    assert (counts["fear"].own, counts["fear"].whole) == (Usage(2, 2, 1), Usage(2, 2, 1))
    assert (counts["barrier"].own, counts["barrier"].whole) == (Usage(), Usage(3, 2, 1))
    assert counts["nothing"].whole == Usage()
