"""Screens that are lists: home, and what `g` opens."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.tui.keys.action import GOING, Action, Words

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
ENTER = {
    "quotes": Words(N_("go to its place in the text"), N_("text")),
    "summarising": Words(N_("put its reference into the summary"), N_("put in")),
    "history": Words(N_("go to the first place it changed"), N_("place")),
    "book": Words(N_("the quotes of the code and of all below it"), N_("quotes")),
    "split": Words(N_("move what is marked to the new code"), N_("move marked")),
    "people": Words(N_("show or hide the card"), N_("card")),
    "relations": Words(N_("go to its quote in the text"), N_("text")),
    "drawing": Words(N_("list the relations of this line"), N_("list")),
    "findings": Words(N_("its evidence as quotes"), N_("evidence")),
    "evidence": Words(N_("go to its place in the text"), N_("text")),
    "hits": Words(N_("look at it in the text"), N_("text")),
    "memos": Words(N_("go to what it is on in the text"), N_("text")),
    "find": Words(N_("go to the hit in the text"), N_("text")),
    "offers": Words(N_("go to its place in the text"), N_("text")),
    "settings": Words(N_("change it"), N_("change")),
    "allkeys": Words(N_("copy its line for the configuration")),
    "files": Words(N_("open the folder, or read what is marked"), N_("go on")),
    "importing": Words(N_("bring the files in; afterwards, open one"), N_("import")),
    "coders": Words(N_("let this coder act from now on"), N_("act as")),
}
"""What Enter does on the row in hand, where that is not opening it."""
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
