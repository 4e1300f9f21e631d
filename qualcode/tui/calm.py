"""Garbage collection between key presses.

One full collection over a loaded desk takes 34 to 115 ms (measured) and was what the slowest keys waited for. What
is loaded is moved out of the collector's sight, and full collections are left to moments without keys.
"""

from __future__ import annotations

import gc
import time
from typing import Any

from textual.app import App

_IDLE_S = 1.5
_LOOK_EVERY_S = 2.0
_THRESHOLDS = (700, 10, 100_000)
_YOUNG_ROUNDS = 10
"""Middle-generation rounds after which an idle moment is used for a full collection."""


class Calm:
    """One for each app: call `settle` when a study or document has been loaded, `touched` at each key."""

    def __init__(self, app: App[Any]) -> None:
        self._last = time.monotonic()
        self._timer = app.set_interval(_LOOK_EVERY_S, self._collect_when_idle)

    def settle(self) -> None:
        """Collect once and freeze what is left."""
        # What was frozen before is the document left by now: it would stay in memory as long as the desk runs.
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        gc.set_threshold(*_THRESHOLDS)

    def touched(self) -> None:
        self._last = time.monotonic()

    def _collect_when_idle(self) -> None:
        if time.monotonic() - self._last > _IDLE_S and gc.get_count()[1] > _YOUNG_ROUNDS:
            gc.collect()
