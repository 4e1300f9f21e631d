"""What can go wrong, said in one line.

    QualcodeError
    ├── NotFound          an id or name that the study, codebook or disk does not have
    ├── BadInput          a file, value or span that cannot be taken as it is
    │   └── BadQuery      a query that cannot be understood, with the place in it
    ├── Conflict          the action would overwrite or contradict what is stored
    │   └── UndoConflict  a row has changed since the operation that is to be undone
    ├── StudyUnavailable  the database cannot be opened, read or written now
    ├── TransitionNeeded  the database has another schema version than this program
    └── Cancelled         the researcher stopped a long job

Messages are English templates with `{named}` places. They are raised with their parameters and translated only
at the edge (command line, desk), so that a script can rely on the class and a reader on the words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "extract, translate later"
    """Mark a template for the message catalogue without translating it here."""
    return text


def _as_is(text: str) -> str:
    return text


@dataclass(frozen=True)
class Message:
    """A template and its parameters: a warning, a loss, a reason. Rendered in the reader's language at the edge."""

    template: str
    params: dict[str, Any] = field(default_factory=dict[str, Any])

    def render(self, translate: Callable[[str], str] = _as_is) -> str:
        """The message in the language of `translate`; a parameter that is itself a Message is rendered too."""
        params = {
            name: value.render(translate) if isinstance(value, Message) else value
            for name, value in self.params.items()
        }
        return translate(self.template).format(**params)

    def __str__(self) -> str:
        return self.render()


class QualcodeError(Exception):
    """Base of all errors that a user can do something about: what happened, and what to do next.

    `message` says what and where; `hint` (may be empty) says what to do. The parameters fill both templates.
    """

    exit_code = 1

    def __init__(self, template: str, *, hint: str = "", **params: Any) -> None:
        self.message = Message(template, params)
        self.hint = Message(hint, params)
        super().__init__(template)

    def render(self, translate: Callable[[str], str] = _as_is) -> str:
        """One line: the message, then the hint where there is one."""
        parts = [self.message.render(translate)]
        if self.hint.template:
            parts.append(self.hint.render(translate))
        return " ".join(parts)

    def __str__(self) -> str:
        return self.render()


class NotFound(QualcodeError):
    """An id, name or file that does not exist."""


class BadInput(QualcodeError):
    """A file, value or span that cannot be taken as it is."""


class BadQuery(BadInput):
    """A query that cannot be understood: `text` as written, `place` the character (from 1) where it fails."""

    def __init__(self, text: str, place: int, reason: QualcodeError) -> None:
        told = {**reason.hint.params, "text": text, "place": place, "reason": reason.message}
        super().__init__(N_("{text!r}, character {place}: {reason}"), hint=reason.hint.template, **told)
        self.text = text
        self.place = place


class Conflict(QualcodeError):
    """The action would overwrite or contradict what is stored."""


class UndoConflict(Conflict):
    """A row has changed since the operation that is to be undone; nothing was changed."""


class StudyUnavailable(QualcodeError):
    """The database cannot be opened, read or written now (missing, locked, full, read-only)."""


class TransitionNeeded(QualcodeError):
    """The database was made by another version of the program and is left untouched."""


class Cancelled(QualcodeError):
    """A long job was stopped by the researcher; what had been committed stays."""

    def __init__(self) -> None:
        super().__init__(N_("Stopped."))
