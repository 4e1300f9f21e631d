"""A fault of the program: the desk is left with one line, and what it had on the screen is not printed."""

from __future__ import annotations

import os

from textual.app import App

from qualcode.errors import N_, QualcodeError


class DeskFault(QualcodeError):
    """The desk met a fault in qualcode and was left."""


class LeftOnFault(App[None]):
    """An app that keeps the exception nobody handled, for whoever ran it."""

    fault: Exception | None = None

    def _handle_exception(self, error: Exception) -> None:
        """Leave. Textual's own way prints the traceback with the values of variables: words of transcripts."""
        self.fault = self.fault or error
        self._return_code = 1
        if self._exception is None:
            # What a pilot raises again in the test that drives it.
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    def raise_fault(self) -> None:
        """Raise the fault there was: as it is under QUALCODE_DEBUG, else as one line without its words."""
        if self.fault is None:
            return
        if os.environ.get("QUALCODE_DEBUG"):
            raise self.fault
        raise DeskFault(
            N_("The desk had to close: a fault in qualcode ({kind}). Nothing that was stored is lost."),
            hint=N_("Run again with QUALCODE_DEBUG=1 for details."),
            kind=type(self.fault).__name__,
        )
