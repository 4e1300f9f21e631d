"""Lists that are looked through and then acted on as a whole: hits of a search, suggestions."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.tui.keys.action import CODING, DECIDING, GOING, Action

REVIEW = (
    Action("mark", ("m", "insert"), N_("mark or unmark the row"), "review", CODING, N_("mark")),
    Action("mark_all", ("M",), N_("mark all rows, or none"), "review", CODING, N_("all")),
)
FIND = (
    Action("ask", ("slash",), N_("find other words"), "find", GOING, N_("find")),
    Action("way", ("w",), N_("find as words, as an expression, or nearly so"), "find", GOING, N_("way")),
    Action("code_marked", ("c",), N_("put a code on every marked hit"), "find", CODING, N_("code marked")),
)
OFFERS = (
    Action("accept_marked", ("a",), N_("accept every marked suggestion"), "offers", DECIDING, N_("accept marked")),
    Action("widen", ("f",), N_("this document or the whole study"), "offers", GOING, N_("document/study")),
)
ACTIONS = (*REVIEW, *FIND, *OFFERS)
