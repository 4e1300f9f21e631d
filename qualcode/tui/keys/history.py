"""The history: whose, and taking back several steps."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.tui.keys.action import GOING, IN_HAND, Action

ACTIONS = (
    Action(
        "undo_to",
        ("z",),
        N_("take back all of yours from here on, after asking"),
        "history",
        IN_HAND,
        N_("undo to here"),
    ),
    Action("own", ("f",), N_("only what is yours, or everybody's"), "history", GOING, N_("own/all")),
    Action("turn(1)", ("J",), N_("read on in the card"), "history", GOING),
    Action("turn(-1)", ("K",), N_("read back in the card"), "history", GOING),
)
