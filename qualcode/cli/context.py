"""What every command is told: which study, which coder, and how to open it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from qualcode.services.study import Study

Desk = Callable[["Study", str | None], None]
"""Opens the desk on a study, and on one document where it is named; returns when it is left."""


@dataclass(frozen=True, slots=True)
class Invocation:
    """One call of the command line."""

    study: str | None
    """The folder or address given by `--study`; None: look around from the current folder."""
    coder: str | None
    lang: str
    """The screen language, "en" or "nb"."""
    desk: Desk | None = None
    """The desk, handed down by the entry point, since the command line must not know it."""

    def open_study(self) -> Study:
        """The study, closed when the command ends. Raises QualcodeError: no study, or no such coder."""
        from qualcode.services.study import open_study  # 0.3 s of SQLAlchemy, which `--help` does without

        study = open_study(self.study, coder=self.coder)
        click.get_current_context().call_on_close(study.close)
        return study


pass_invocation = click.make_pass_decorator(Invocation)
