"""The framework grid: its cells, and a summary that is written beside its quotes."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.tui.keys.action import COMPARING, GOING, IN_HAND, Action

FRAMEWORK = (
    Action("edit", ("e",), N_("write its summary beside its quotes"), "framework", IN_HAND, N_("write")),
    Action("step", ("s",), N_("the summary is checked, or a draft again"), "framework", IN_HAND, N_("checked")),
    Action("rows", ("v", "r"), N_("rows: cases or informants"), "framework", COMPARING, N_("rows")),
    Action("columns", ("c",), N_("columns: families, codes, themes"), "framework", COMPARING, N_("columns")),
    Action("turn(1)", ("J",), N_("read on in the card"), "framework", GOING),
    Action("turn(-1)", ("K",), N_("read back in the card"), "framework", GOING),
)
SUMMARISING = (
    Action("switch", ("tab",), N_("from the quotes to the summary, and back"), "summarising", GOING, N_("summary")),
)
ACTIONS = (*FRAMEWORK, *SUMMARISING)
