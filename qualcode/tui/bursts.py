"""Keys that come in one burst, each acting on what the one before has opened.

Textual puts a key into the queue of the widget that has the keyboard when the key arrives. Of a fast `g h`, or of
letters that a terminal multiplexer sends at once, the second would go to the text, since the strip that the first
opens has no keyboard yet. So a key that follows another closely, or that came while the desk was busy, waits until
the one before is through.
"""

from __future__ import annotations

import time
from collections import deque

from textual import events
from textual.app import App
from textual.message import Message

_CLOSE_S = 0.05
"""Faster than fingers; slower keys find everything settled and wait for nothing."""
_BEHIND_S = 0.02
"""A key that is handled so late was typed ahead: the one before may only just be handled too."""
_OVERDUE_S = 0.25
"""What was sent on its way up is lost when its widget goes meanwhile; then the next key goes all the same."""
_WAIT_S = 0.02
"""Between two looks whether a screen is there that was asked for."""
_ROUNDS = 2
"""From the widget up to the app: once behind the key, once behind what the key made the widget say."""


class Settled(Message):
    """Goes from the widget that has the keyboard up to the app, behind all that stands in the queues before it."""

    def __init__(self, number: int, rounds: int) -> None:
        super().__init__()
        self.number = number
        self.rounds = rounds


class KeysInOrder(App[None]):
    """An app whose keys are handled one after the other, however fast they come."""

    def __init__(self) -> None:
        super().__init__()
        self._held: deque[events.Key] = deque()
        self._last_key_at = float("-inf")
        self._sent = 0

    @property
    def takes_keys(self) -> bool:
        """False while what the last key asked for is still being brought to the screen."""
        return True

    async def on_event(self, event: events.Event) -> None:
        if not isinstance(event, events.Key) or event.is_forwarded:
            await super().on_event(event)
            return
        close = event.time - self._last_key_at < _CLOSE_S or time.monotonic() - event.time > _BEHIND_S
        self._last_key_at = event.time
        if self.takes_keys and not (self._held or close):
            await super().on_event(event)
            return
        self._held.append(event)
        if len(self._held) == 1:
            self._send(_ROUNDS)

    async def on_settled(self, event: Settled) -> None:
        if event.number == self._sent:
            await self._through(event.rounds - 1)

    async def _through(self, rounds: int) -> None:
        """The key before is through; with rounds left, what it made its widget say is waited for too."""
        if rounds:
            self._send(rounds)
        elif self._held and not self.takes_keys:
            self.set_timer(_WAIT_S, lambda: self._send(_ROUNDS))
        elif self._held:
            await super().on_event(self._held.popleft())
            if self._held:
                self._send(_ROUNDS)

    def _send(self, rounds: int) -> None:
        self._sent += 1
        number = self._sent
        (self.focused or self.screen).post_message(Settled(number, rounds))
        self.set_timer(_OVERDUE_S, lambda: self._overdue(number))

    async def _overdue(self, number: int) -> None:
        if number == self._sent and self._held:
            await self._through(0)
