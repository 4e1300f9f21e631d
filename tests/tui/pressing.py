"""Keys sent to the desk as a terminal sends them, each handled before the next.

Textual's pilot waits after each key until the process is idle, on a busy machine most of a second. Here is waited
for what the key has set going, so that hundreds of keys take seconds.
"""

from __future__ import annotations

import time

from textual import events
from textual.pilot import Pilot

from qualcode.tui.app import Desk

_CHARACTERS = {
    "plus": "+", "minus": "-", "equals_sign": "=", "full_stop": ".", "slash": "/", "colon": ":", "space": " ",
    "question_mark": "?", "left_parenthesis": "(", "right_parenthesis": ")", "left_curly_bracket": "{",
    "right_curly_bracket": "}", "tilde": "~", "enter": "\r", "tab": "\t", "escape": "\x1b", "backspace": "\x7f",
}  # fmt: skip
_DEADLINE_S = 20.0
"""Only a fault reaches it."""
_KEYS = {character: key for key, character in _CHARACTERS.items() if character.isprintable()}


async def press(pilot: Pilot[None], app: Desk, *keys: str) -> None:
    """Press keys, given by the names Textual has for them or as the character that is typed."""
    for typed in keys:
        key = _KEYS.get(typed, typed)
        app.post_message(events.Key(key, typed if len(typed) == 1 else _CHARACTERS.get(key)))
        await settle(pilot, app)


async def settle(pilot: Pilot[None], app: Desk) -> None:
    """Until what was sent is handled, and what that has set going: nobody says anything for two rounds."""
    quiet, end = 0, time.monotonic() + _DEADLINE_S
    while quiet < 2:
        await pilot.pause(0)
        quiet = 0 if _speaking(app) else quiet + 1
        assert time.monotonic() < end, "the desk does not come to rest"


def _speaking(app: Desk) -> bool:
    """True while a key waits for its turn in a burst, or a message for the one it was sent to."""
    held = app._held  # pyright: ignore[reportPrivateUsage]
    return bool(held) or any(node.message_queue_size for node in (app, *app.screen.walk_children(with_self=True)))
