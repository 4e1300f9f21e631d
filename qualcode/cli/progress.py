"""Progress of long work on a terminal's stderr; silent in pipes and logs."""

from __future__ import annotations

import sys
import time
from collections.abc import Generator
from contextlib import contextmanager

from qualcode.domain.inert import inert
from qualcode.domain.progress import Report, Step, silent
from qualcode.errors import Cancelled
from qualcode.i18n import _

_PAUSE_S = 0.03
"""Between two drawings: 200 steps in a quarter of a second become 9 drawings, and look the same."""


@contextmanager
def reporter() -> Generator[Report]:
    """A callback for a service's `report`. Ctrl-C in the block becomes Cancelled, and the work is rolled back."""
    try:
        if not sys.stderr.isatty():
            yield silent
            return
        with _drawn() as report:
            yield report
    except KeyboardInterrupt:
        raise Cancelled from None


@contextmanager
def _drawn() -> Generator[Report]:
    from rich.console import Console  # with rich.progress 48 ms, only where something is drawn
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)

        def draw(step: Step) -> None:
            label = inert(step.label.render(_))
            progress.update(task, description=label, completed=step.done, total=step.total)

        yield throttled(draw)


def throttled(report: Report, pause_s: float = _PAUSE_S) -> Report:
    """`report`, called at most once in `pause_s` seconds, but always for the last step of a piece of work."""
    last_s = float("-inf")

    def report_now_and_then(step: Step) -> None:
        nonlocal last_s
        now_s = time.monotonic()
        if step.done == step.total or now_s - last_s >= pause_s:
            last_s = now_s
            report(step)

    return report_now_and_then
