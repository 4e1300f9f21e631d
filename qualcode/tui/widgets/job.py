"""The line of a long job: what it is, how far, and how it is stopped. Coding goes on meanwhile."""

from __future__ import annotations

from rich.text import Text
from textual.widgets import Static

from qualcode.domain.inert import inert
from qualcode.domain.progress import Step
from qualcode.i18n import _
from qualcode.tui.themes import faint
from qualcode.tui.widgets.documents import bar

_BAR = 20


class JobLine(Static):
    """Hidden while nothing runs."""

    DEFAULT_CSS = """
    JobLine { display: none; height: 1; background: $panel; color: $foreground; padding: 0 1; }
    JobLine.-running { display: block; }
    """

    def show(self, step: Step | None) -> None:
        """How far the job is; None: it has ended."""
        self.set_class(step is not None, "-running")
        if step is None:
            return
        text = Text(no_wrap=True, overflow="crop")
        text.append(f"{inert(step.label.render(_))}  ")
        text.append(bar(step.done, step.total, _BAR), self.app.theme_variables.get("accent", ""))
        text.append(f"  {step.done}/{step.total}   ")
        text.append("g x", "bold")
        text.append(f" {_('stop')}", faint(self))
        self.update(text, layout=False)
