"""Long work beside the desk: in a thread, on its own connection, told step by step, cancelled in between."""

from __future__ import annotations

import time
from collections.abc import Sequence

from textual.app import App
from textual.worker import Worker, get_current_worker

from qualcode.domain.progress import Step
from qualcode.errors import Cancelled, QualcodeError
from qualcode.services import suggesting
from qualcode.services.study import Study, open_study
from qualcode.tui.messages import JobEnded, JobStep

_PAUSE_S = 0.1
"""Between two steps that are shown: more often tells nobody more."""


def suggest(app: App[None], study: Study, documents: Sequence[str] | None) -> Worker[None]:
    """Run the suggester over `documents` (None: all); the app hears JobStep and, once, JobEnded."""
    location, coder = study.folder or study.store.address, study.coder

    def run() -> None:
        shown_at = 0.0
        worker = get_current_worker()

        def report(step: Step) -> None:
            nonlocal shown_at
            if worker.is_cancelled:
                raise Cancelled
            if time.monotonic() - shown_at >= _PAUSE_S or step.done == step.total:
                shown_at = time.monotonic()
                app.post_message(JobStep(step))

        try:
            with open_study(location, coder=coder) as own:
                made = suggesting.run(own, documents, report=report)
            app.post_message(JobEnded(made.suggestions))
        except QualcodeError as error:
            app.post_message(JobEnded(error=error))

    return app.run_worker(run, thread=True, group="jobs", exit_on_error=False)
