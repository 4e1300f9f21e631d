"""Screens that are lists: home, and what `g` opens."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.tui.keys.action import GOING, Action

DOCUMENTS = (
    Action("move(1)", ("j", "down"), N_("row down"), "documents", GOING),
    Action("move(-1)", ("k", "up"), N_("row up"), "documents", GOING),
    Action("choose", ("enter",), N_("open"), "documents", GOING, N_("open")),
)
TABLE = (
    Action("move(1)", ("j", "down"), N_("row down"), "table", GOING),
    Action("move(-1)", ("k", "up"), N_("row up"), "table", GOING),
    Action("page(1)", ("space", "pagedown"), N_("page down"), "table", GOING),
    Action("page(-1)", ("pageup",), N_("page up"), "table", GOING),
    Action("end(False)", ("home",), N_("first row"), "table", GOING),
    Action("end(True)", ("end",), N_("last row"), "table", GOING),
    Action("take", ("enter",), N_("open"), "table", GOING, N_("open")),
)
LISTING = (
    Action("leave_screen", ("backspace", "escape"), N_("back where I came from"), "listing", GOING, N_("back")),
)
HOME = (
    Action("find", ("slash",), N_("find in the whole study"), "home", GOING, N_("find")),
    *(
        Action(f"left({digit})", (str(digit),), N_("open what is left to do"), "home", GOING)
        for digit in range(1, 5)
    ),
)
ACTIONS = (*HOME, *DOCUMENTS, *TABLE, *LISTING)
