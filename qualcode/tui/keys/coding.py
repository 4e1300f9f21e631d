"""Coding, editing, deciding and going about in a transcript."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.tui.keys.action import CODING, DECIDING, EDITING, GOING, Action

ACTIONS = (
    Action("pick", ("c",), N_("choose a code"), "coding", CODING, N_("code")),
    Action("repeat", ("full_stop",), N_("the last code again"), "coding", CODING, N_("repeat")),
    *(
        Action(f"favourite({digit})", (str(digit),), N_("favourite code"), "coding", CODING)
        for digit in range(1, 10)
    ),
    Action("in_vivo", ("i",), N_("new code from the words themselves"), "coding", CODING),
    Action("step", ("tab",), N_("next coding here becomes the current one"), "coding", EDITING),
    Action("valence(1)", ("plus", "equals_sign"), N_("valence +1"), "coding", EDITING),
    Action("valence(-1)", ("minus",), N_("valence −1"), "coding", EDITING),
    Action("valence(0)", ("0",), N_("valence 0"), "coding", EDITING),
    Action("qualify", ("q",), N_("qualifier: one more key"), "coding", EDITING, N_("qualify")),
    Action("recode", ("e",), N_("change its code; corrects a visited suggestion"), "coding", EDITING),
    Action("rebound", ("E",), N_("move its bounds to the selection"), "coding", EDITING),
    Action("delete", ("d",), N_("delete it"), "coding", EDITING, N_("delete")),
    Action("memo", ("m",), N_("memo"), "coding", EDITING, N_("memo")),
    Action("note", ("M",), N_("memo on something else: one more key"), "coding", EDITING),
    Action("relate", ("l",), N_("source of a relation; on another coding: relate the two"), "coding", EDITING),
    Action("relate_latest", ("L",), N_("relate the two latest codings of the turn"), "coding", EDITING),
    Action("evidence", ("F",), N_("evidence of a finding: one more key"), "coding", EDITING),
    Action("visit(1)", ("n",), N_("next suggestion"), "coding", DECIDING, N_("suggestion")),
    Action("visit(-1)", ("N",), N_("previous suggestion"), "coding", DECIDING),
    Action("accept", ("a",), N_("accept"), "coding", DECIDING, N_("accept")),
    Action("reject", ("r",), N_("reject"), "coding", DECIDING, N_("reject")),
    Action("skip", ("z",), N_("skip"), "coding", DECIDING, N_("skip")),
    Action("coding(1)", ("o",), N_("next coding"), "coding", GOING),
    Action("coding(-1)", ("O",), N_("previous coding"), "coding", GOING),
    Action("filter", ("f",), N_("show only some codings; ff shows all"), "coding", GOING, N_("filter")),
    Action("blind", ("y",), N_("read this document blind first, or openly"), "coding", DECIDING),
    Action("turn_done", ("enter",), N_("turn done: on to the next not done"), "coding", GOING, N_("turn done")),
    Action("back", ("backspace",), N_("back where I came from"), "coding", GOING),
    Action("search", ("slash",), N_("search in the text"), "coding", GOING, N_("search")),
    Action("hit(1)", ("h",), N_("next hit"), "coding", GOING),
    Action("hit(-1)", ("H",), N_("previous hit"), "coding", GOING),
)
