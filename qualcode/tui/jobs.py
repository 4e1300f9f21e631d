"""Long work beside the desk: in a thread, on its own connection, told step by step, cancelled in between."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event

from textual.app import App
from textual.worker import get_current_worker

from qualcode.domain.progress import Report, Step
from qualcode.errors import N_, Cancelled, QualcodeError
from qualcode.services.study import Study, open_study
from qualcode.tui.messages import JobEnded, JobStep

_PAUSE_S = 0.1
"""Between two steps that are shown: more often tells nobody more."""

_BROKE_OFF = N_("The job broke off: {reason}. What it had stored stays.")

Work = Callable[[Study, Report], object]
"""Is given the study on a connection of its own; what it returns goes to the one who started the job."""


class JobFailed(QualcodeError):
    """A fault in the program, met by a job: the desk lives on and tells it."""


Stop = Callable[[], None]
"""Ends a job between two of its steps."""


def run(app: App[None], study: Study, work: Work) -> Stop:
    """Do `work` in a thread; the app hears JobStep and, once, JobEnded, also of a job stopped before it began."""
    location, coder = study.folder or study.store.address, study.coder
    # Not the worker's own `cancel`: one whose thread has not begun would never run, and so never say that it ended.
    stopped = Event()

    def job() -> None:
        report = _reporter(app, stopped)
        try:
            with open_study(location, coder=coder) as own:
                app.post_message(JobEnded(work(own, report)))
        except QualcodeError as error:
            app.post_message(JobEnded(error=error))
        except Exception as fault:  # noqa: BLE001 - a fault in a job must not take the desk with it
            app.post_message(JobEnded(error=JobFailed(_BROKE_OFF, reason=repr(fault))))

    app.run_worker(job, thread=True, group="jobs", exit_on_error=False)
    return stopped.set


def _reporter(app: App[None], stopped: Event) -> Report:
    worker, shown_at = get_current_worker(), 0.0

    def report(step: Step) -> None:
        nonlocal shown_at
        if stopped.is_set() or worker.is_cancelled:
            raise Cancelled
        if time.monotonic() - shown_at >= _PAUSE_S or step.done == step.total:
            shown_at = time.monotonic()
            app.post_message(JobStep(step))

    return report
