"""Patterns are registered whole with a date that stands, and scored against the codings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.domain.asked import Asked
from qualcode.domain.finding import Verdict
from qualcode.domain.pattern import Expected, Prediction
from qualcode.errors import NotFound, QualcodeError
from qualcode.services import asking, history, patterns
from qualcode.services.study import Study
from tests.services.wharf import empty_wharf, put, wharf

HEAD = "pattern,text,case,expected,source\n"
FEAR = (
    f"{HEAD}fear,Fear is in A and not in C,A,present,risk-fear\n"
    "fear,,C,absent,risk-fear\n"
    "rival,,B,present,learning\n"
)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    with empty_wharf(tmp_path) as study:
        yield study


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "patterns.csv"
    path.write_text(FEAR, encoding="utf-8")
    return path


def test_patterns_are_read_back_in_order_with_who_registered_them(study: Study, file: Path) -> None:
    assert patterns.register(study, file) == ["fear", "rival"]
    fear, rival = patterns.listing(study)
    assert (fear.text, fear.coder) == ({"nb": "Fear is in A and not in C"}, study.coder)
    assert fear.predictions == (
        Prediction("A", Expected.PRESENT, "risk-fear"),
        Prediction("C", Expected.ABSENT, "risk-fear"),
    )
    assert (rival.id, rival.text) == ("rival", {})


def test_registered_before_the_first_coding_is_said_and_after_it_too(study: Study, file: Path) -> None:
    patterns.register(study, file)
    put(study, "d1", "Vi var redde for å feile.", "risk-fear")
    late = file.with_name("late.csv")
    late.write_text(f"{HEAD}late,,A,present,learning\n", encoding="utf-8")
    patterns.register(study, late)
    assert [(item.score.pattern.id, item.before_coding) for item in patterns.scored(study)] == [
        ("fear", True),
        ("rival", True),
        ("late", False),
    ]


def test_scores_follow_the_codings_and_who_was_asked(tmp_path: Path, file: Path) -> None:
    with wharf(tmp_path) as study:
        patterns.register(study, file)
        fear, rival = (item.score for item in patterns.scored(study))
        assert [item.verdict for item in fear.outcomes] == [Verdict.LITERAL, Verdict.OPEN]
        assert [item.verdict for item in rival.outcomes] == [Verdict.OPEN]
        asking.note(study, "per", ["learning"], Asked.ASKED)
        (_, rival) = (item.score for item in patterns.scored(study))
        assert [item.verdict for item in rival.outcomes] == [Verdict.NOT_REPLICATED]


def test_a_registered_pattern_is_not_registered_again(study: Study, file: Path) -> None:
    patterns.register(study, file)
    with pytest.raises(QualcodeError, match="registered already"):
        patterns.register(study, file)
    assert len(patterns.listing(study)) == 2


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ("x,,A,present,risk-feer", r"line 3: There is no code 'risk-feer'"),
        ("x,,Z,present,risk", r"line 3: There is no case 'Z'"),
        ("x,,A,,risk", r"line 3: It is not said what is expected"),
        ("x,,A,perhaps,risk", r"line 3: 'perhaps'"),
        ("x y,,A,present,risk", r"line 3"),
    ],
)
def test_one_wrong_row_registers_nothing(study: Study, file: Path, rows: str, message: str) -> None:
    file.write_text(f"{HEAD}fear,,A,present,risk\n{rows}\n", encoding="utf-8")
    with pytest.raises(QualcodeError, match=message):
        patterns.register(study, file)
    assert patterns.listing(study) == []


def test_a_relation_needs_type_and_target(study: Study, file: Path) -> None:
    file.write_text("pattern,case,expected,source,type\nx,A,present,risk,causes\n", encoding="utf-8")
    with pytest.raises(QualcodeError, match="line 2: A relation needs type and target"):
        patterns.register(study, file)


def test_a_removed_pattern_comes_back_with_its_date(study: Study, file: Path) -> None:
    patterns.register(study, file)
    before = patterns.listing(study)
    patterns.remove(study, "fear")
    assert [item.id for item in patterns.listing(study)] == ["rival"]
    with pytest.raises(NotFound, match="no pattern 'fear'"):
        patterns.remove(study, "fear")
    history.undo(study)
    assert patterns.listing(study) == before


def test_a_study_without_patterns_scores_none(study: Study) -> None:
    assert patterns.scored(study) == []
