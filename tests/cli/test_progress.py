from __future__ import annotations

import pytest

from qualcode.cli.progress import reporter, throttled
from qualcode.domain.progress import Step, track
from qualcode.errors import Cancelled, Message

READING = Message("Reading")


def test_a_burst_of_steps_is_drawn_once_and_the_last_step_always() -> None:
    drawn: list[int] = []
    report = throttled(lambda step: drawn.append(step.done), pause_s=60)
    assert list(track(range(200), READING, report)) == list(range(200))
    assert drawn == [0, 200]


def test_without_a_pause_each_step_is_drawn() -> None:
    drawn: list[int] = []
    list(track(range(3), READING, throttled(lambda step: drawn.append(step.done), pause_s=0)))
    assert drawn == [0, 1, 2, 3]


def test_ctrl_c_becomes_cancelled() -> None:
    with pytest.raises(Cancelled), reporter() as report:
        report(Step(READING, 0, 1))
        raise KeyboardInterrupt


def test_a_pipe_gets_no_progress(capfd: pytest.CaptureFixture[str]) -> None:
    with reporter() as report:
        report(Step(READING, 1, 2))
    assert capfd.readouterr() == ("", "")
