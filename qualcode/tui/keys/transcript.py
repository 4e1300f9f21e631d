"""Reading a transcript and marking a passage in it."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.tui.keys.action import READING, Action

ACTIONS = (
    Action("row(1)", ("j", "down"), N_("row down"), "transcript", READING),
    Action("row(-1)", ("k", "up"), N_("row up"), "transcript", READING),
    Action("word(1)", ("w", "right"), N_("next word"), "transcript", READING),
    Action("word(-1)", ("b", "left"), N_("previous word"), "transcript", READING),
    Action("sentence(1)", ("s", "right_parenthesis"), N_("next sentence"), "transcript", READING),
    Action("sentence(-1)", ("S", "left_parenthesis"), N_("previous sentence"), "transcript", READING),
    Action("turn(1)", ("t", "right_curly_bracket"), N_("next turn"), "transcript", READING),
    Action("turn(-1)", ("T", "left_curly_bracket"), N_("previous turn"), "transcript", READING),
    Action("page(1)", ("space", "pagedown"), N_("page down"), "transcript", READING),
    Action("page(-1)", ("pageup",), N_("page up"), "transcript", READING),
    Action("edge(False)", ("home",), N_("beginning of the document"), "transcript", READING),
    Action("edge(True)", ("end",), N_("end of the document"), "transcript", READING),
    Action("mark", ("v",), N_("mark from here; again ends it"), "transcript", READING, N_("mark")),
    Action("row(1, True)", ("J", "shift+down"), N_("extend by a row down"), "transcript", READING),
    Action("row(-1, True)", ("K", "shift+up"), N_("extend by a row up"), "transcript", READING),
    Action("word(1, True)", ("W", "shift+right"), N_("extend to the next word"), "transcript", READING),
    Action("word(-1, True)", ("B", "shift+left"), N_("extend to the previous word"), "transcript", READING),
    Action("grow", ("x",), N_("grow: word, sentence, turn"), "transcript", READING, N_("grow")),
    Action("shrink", ("X",), N_("shrink again"), "transcript", READING),
    Action("clear", ("escape",), N_("clear the selection, else a relation's source"), "transcript", READING),
)
