"""The codebook screen: the tree of codes and what changes it."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.tui.keys.action import CODEBOOK, GOING, Action

ACTIONS = (
    Action("fold", ("f",), N_("fold or open what lies under the code"), "book", GOING, N_("fold")),
    Action("read_on(1)", ("w",), N_("read on in the card"), "book", GOING),
    Action("read_on(-1)", ("W",), N_("back in the card"), "book", GOING),
    Action("show_retired", ("v",), N_("show or hide retired codes"), "book", GOING),
    Action("new_code", ("n",), N_("new code under this one"), "book", CODEBOOK, N_("new")),
    Action("new_family", ("N",), N_("new family"), "book", CODEBOOK),
    Action("rename", ("r",), N_("another name, in the screen language"), "book", CODEBOOK, N_("rename")),
    Action("edit_text", ("e",), N_("write a text: one more key says which"), "book", CODEBOOK, N_("edit")),
    Action("move", ("o",), N_("move: once here, once on the code it goes under"), "book", CODEBOOK, N_("move")),
    Action("reorder(1)", ("J",), N_("after the next one beside it"), "book", CODEBOOK),
    Action("reorder(-1)", ("K",), N_("before the one beside it"), "book", CODEBOOK),
    Action("merge", ("M",), N_("merge into another code"), "book", CODEBOOK, N_("merge")),
    Action("split", ("S",), N_("split: some of its codings go to a new code"), "book", CODEBOOK, N_("split")),
    Action("retire", ("x",), N_("retire, or bring back"), "book", CODEBOOK, N_("retire")),
    Action("colour", ("c",), N_("colour of the family"), "book", CODEBOOK),
)
