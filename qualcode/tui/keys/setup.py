"""Settings, the list of all actions, coders, and files that come in."""

from __future__ import annotations

from dataclasses import replace

from qualcode.errors import N_
from qualcode.tui.keys import lists
from qualcode.tui.keys.action import GOING, IN_HAND, PEOPLE, Action

MARKS = (
    *(
        replace(action, where="marks", keys=tuple(key for key in action.keys if key != "space"))
        for action in lists.TABLE
        if action.call != "take"
    ),
    Action("take", ("enter",), N_("go on with it"), "marks", GOING, N_("go on")),
)
SETTINGS = (Action("list_keys", ("K",), N_("all actions with their ids and keys"), "settings", GOING, N_("keys")),)
ALL_KEYS = (
    Action("copy", ("y",), N_("copy its line for the configuration"), "allkeys", GOING, N_("copy its line")),
)
FILES = (
    Action("mark", ("space",), N_("mark a file or a folder, or unmark it"), "files", IN_HAND, N_("mark")),
    Action("read", ("r",), N_("read what is marked, else what is in hand"), "files", IN_HAND, N_("read")),
    Action("path", ("o",), N_("write the path of a file or a folder"), "files", IN_HAND, N_("path")),
    Action("up", ("minus", "left"), N_("to the folder above"), "files", GOING, N_("up")),
)
IMPORTING = (
    Action(
        "mark", ("space",), N_("leave the file out, or take it in again"), "importing", IN_HAND, N_("leave out")
    ),
    Action("again", ("r",), N_("read the files again"), "importing", IN_HAND),
    Action("case(False)", ("c",), N_("the case of the file"), "importing", PEOPLE, N_("case")),
    Action("case(True)", ("C",), N_("the case of all the files"), "importing", PEOPLE),
    Action("speaker(False)", ("s",), N_("who the speaker is"), "importing", PEOPLE, N_("speaker")),
    Action("speaker(True)", ("S",), N_("who the speaker is in all the files"), "importing", PEOPLE),
    Action("turn(1)", ("J",), N_("read on in the card"), "importing", GOING),
    Action("turn(-1)", ("K",), N_("read back in the card"), "importing", GOING),
)
CODERS = (
    Action("show", ("space",), N_("show or hide their codings in transcripts"), "coders", IN_HAND, N_("show/hide")),
)
ACTIONS = (*MARKS, *SETTINGS, *ALL_KEYS, *FILES, *IMPORTING, *CODERS)
