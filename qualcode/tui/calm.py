"""Garbage collection between key presses.

One full collection over a loaded desk takes 34 to 115 ms (measured) and was what the slowest keys waited for. What
is loaded is moved out of the collector's sight, and full collections are left to moments without keys: of its own
accord the collector makes none (see the package).
"""

from __future__ import annotations

import gc
import time
from typing import Any

from textual.app import App

_IDLE_S = 1.5
_LOOK_EVERY_S = 2.0
_YOUNG_ROUNDS = 10
"""Middle-generation rounds after which an idle moment is used for a full collection."""
_MOST_UNSETTLED = 4
"""Whoever leafs through documents without a pause keeps no more of those left in memory."""


class Calm:
    """One for each app: call `loaded` when a study or document has been loaded, `touched` at each key."""

    def __init__(self, app: App[Any]) -> None:
        self._last = time.monotonic()
        self._unsettled = 0
        self._timer = app.set_interval(_LOOK_EVERY_S, lambda: self.collect(time.monotonic()))

    def loaded(self) -> None:
        """Settle at the next moment without keys: before the first frame it would hold up what is to be read."""
        self._unsettled += 1
        if self._unsettled > _MOST_UNSETTLED:
            self.settle()

    def settle(self) -> None:
        """Collect once and freeze what is left."""
        self._unsettled = 0
        # What was frozen before is the document left by now: it would stay in memory as long as the desk runs.
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def touched(self) -> None:
        self._last = time.monotonic()

    def collect(self, now: float) -> None:
        """What is due `now`, a time of the monotonic clock; nothing while keys come."""
        if now - self._last <= _IDLE_S:
            return
        if self._unsettled:
            self.settle()
        elif gc.get_count()[1] > _YOUNG_ROUNDS:
            gc.collect()
