"""Long work beside the desk: in a thread, on its own connection, told step by step, cancelled in between."""

from __future__ import annotations

import time
from collections.abc import Callable

from textual.app import App
from textual.worker import Worker, get_current_worker

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


def run(app: App[None], study: Study, work: Work) -> Worker[None]:
    """Do `work` in a thread; the app hears JobStep and, once, JobEnded."""
    location, coder = study.folder or study.store.address, study.coder

    def job() -> None:
        report = _reporter(app)
        try:
            with open_study(location, coder=coder) as own:
                app.post_message(JobEnded(work(own, report)))
        except QualcodeError as error:
            app.post_message(JobEnded(error=error))
        except Exception as fault:  # noqa: BLE001 - a fault in a job must not take the desk with it
            app.post_message(JobEnded(error=JobFailed(_BROKE_OFF, reason=repr(fault))))

    return app.run_worker(job, thread=True, group="jobs", exit_on_error=False)


def _reporter(app: App[None]) -> Report:
    worker, shown_at = get_current_worker(), 0.0

    def report(step: Step) -> None:
        nonlocal shown_at
        if worker.is_cancelled:
            raise Cancelled
        if time.monotonic() - shown_at >= _PAUSE_S or step.done == step.total:
            shown_at = time.monotonic()
            app.post_message(JobStep(step))

    return report
