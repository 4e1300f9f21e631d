"""Cases, informants, organisations, and speakers that are nobody yet."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.tui.keys.action import GOING, PEOPLE, Action

ACTIONS = (
    Action("switch", ("v",), N_("cases, informants, organisations, speakers"), "people", GOING, N_("view")),
    Action("read_on(1)", ("w",), N_("read on in the card"), "people", GOING),
    Action("read_on(-1)", ("W",), N_("back in the card"), "people", GOING),
    Action("map_speaker", ("s",), N_("say who a speaker is"), "people", PEOPLE, N_("who")),
    Action("describe", ("e",), N_("set an attribute: one more key says which"), "people", PEOPLE, N_("edit")),
    Action("add", ("n",), N_("add one"), "people", PEOPLE, N_("new")),
    Action("title", ("t",), N_("write the title"), "people", PEOPLE, N_("title")),
    Action("rename", ("r",), N_("give another id"), "people", PEOPLE, N_("rename")),
    Action("remove", ("d",), N_("remove, with what goes along"), "people", PEOPLE, N_("remove")),
)
