"""The code picker and the codebook pane."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.tui.keys.action import CODING, GOING, Action

PICKER = (
    Action("move(1)", ("down",), N_("row down"), "picker", CODING),
    Action("move(-1)", ("up",), N_("row up"), "picker", CODING),
    Action("take", ("enter",), N_("take this code"), "picker", CODING, N_("take")),
    Action("create", ("tab",), N_("new code of these words"), "picker", CODING, N_("new code")),
    Action("close", ("escape",), N_("close"), "picker", CODING, N_("close")),
)
CODEBOOK = (
    Action("move(1)", ("j", "down"), N_("row down"), "codebook", GOING),
    Action("move(-1)", ("k", "up"), N_("row up"), "codebook", GOING),
    Action("fold(False)", ("l", "right"), N_("open"), "codebook", GOING),
    Action("fold(True)", ("h", "left"), N_("fold"), "codebook", GOING),
    Action("take", ("enter",), N_("code with it"), "codebook", CODING, N_("code with it")),
    *(
        Action(f"favour({digit})", (str(digit),), N_("give the code this digit"), "codebook", GOING)
        for digit in range(1, 10)
    ),
    Action("leave", ("escape",), N_("back to the text"), "codebook", GOING, N_("text")),
)
ACTIONS = (*PICKER, *CODEBOOK)
