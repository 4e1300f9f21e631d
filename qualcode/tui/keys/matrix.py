"""The matrix: its cells, and what it compares."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.tui.keys.action import COMPARING, GOING, Action

GRID = (
    Action("move(1,0)", ("j", "down"), N_("row down"), "grid", GOING),
    Action("move(-1,0)", ("k", "up"), N_("row up"), "grid", GOING),
    Action("move(0,1)", ("l", "right"), N_("column to the right"), "grid", GOING),
    Action("move(0,-1)", ("h", "left"), N_("column to the left"), "grid", GOING),
    Action("page(1)", ("space", "pagedown"), N_("page down"), "grid", GOING),
    Action("page(-1)", ("pageup",), N_("page up"), "grid", GOING),
    Action("edge(False)", ("home",), N_("first column"), "grid", GOING),
    Action("edge(True)", ("end",), N_("last column"), "grid", GOING),
    Action("take", ("enter",), N_("the quotes of this cell"), "grid", GOING, N_("quotes")),
)
MATRIX = (
    Action(
        "cell", ("v",), N_("cells: informants, segments, cases, quotes, valence"), "matrix", COMPARING, N_("cells")
    ),
    Action("rows", ("r",), N_("rows: cases, informants, any attribute"), "matrix", COMPARING, N_("rows")),
    Action("columns", ("c",), N_("columns: families, codes, themes"), "matrix", COMPARING, N_("columns")),
    Action("filter", ("f",), N_("only codings with ..., such as side=buyer"), "matrix", COMPARING, N_("filter")),
    Action("transpose", ("o",), N_("rows for columns"), "matrix", COMPARING),
    Action("totals", ("t",), N_("with or without totals"), "matrix", COMPARING),
    Action("outside", ("n",), N_("the quotes that are outside the table"), "matrix", COMPARING),
    Action("write", ("w",), N_("write it to a file"), "matrix", COMPARING, N_("write")),
)
ACTIONS = (*GRID, *MATRIX)
