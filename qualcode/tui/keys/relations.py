"""The screen of relations and the one of memos: what can be done with what is in hand."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.tui.keys.action import GOING, IN_HAND, Action

RELATIONS = (
    Action("remove", ("d",), N_("remove it"), "relation", IN_HAND, N_("remove")),
    Action(
        "stance", ("minus",), N_("the quote contradicts it, or states it"), "relation", IN_HAND, N_("contradicts")
    ),
    Action("claim", ("a",), N_("claimed by the analyst, or by the informant"), "relation", IN_HAND),
    Action("swap", ("s",), N_("swap its ends"), "relation", IN_HAND, N_("swap")),
    Action("memo", ("m",), N_("memo"), "relation", IN_HAND, N_("memo")),
    Action("view", ("v",), N_("as a list, or drawn as links"), "relations", GOING, N_("list or drawing")),
    Action("scope", ("f",), N_("of the whole study, or of one document"), "relations", GOING, N_("study")),
    Action("turn(1)", ("J",), N_("read on in the card"), "relations", GOING),
    Action("turn(-1)", ("K",), N_("read back in the card"), "relations", GOING),
)
MEMOS = (
    Action("new", ("n",), N_("new entry in the research diary"), "memos", IN_HAND, N_("diary")),
    Action("edit", ("e",), N_("go on with it; an empty one is removed"), "memos", IN_HAND, N_("edit")),
    Action("remove", ("d",), N_("remove it"), "memos", IN_HAND, N_("remove")),
    Action("turn(1)", ("J",), N_("read on in the card"), "memos", GOING),
    Action("turn(-1)", ("K",), N_("read back in the card"), "memos", GOING),
)
ACTIONS = (*RELATIONS, *MEMOS)
