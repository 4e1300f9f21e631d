"""Quotes: what can be done with one that is in hand."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.tui.keys.action import GOING, IN_HAND, Action

ACTIONS = (
    Action(
        "render",
        ("p",),
        N_("how it may read in a report: translated, reworded, trimmed"),
        "quotes",
        IN_HAND,
        N_("for publication"),
    ),
    Action("copy", ("y",), N_("copy it with its source"), "quotes", IN_HAND, N_("copy")),
    Action("turn(1)", ("J",), N_("read on in the card"), "quotes", GOING),
    Action("turn(-1)", ("K",), N_("read back in the card"), "quotes", GOING),
)
