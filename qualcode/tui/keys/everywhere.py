"""What every screen can do, and where `g` leads."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.tui.keys.action import GOING, Action, Go

ACTIONS = (
    Action("undo", ("u",), N_("undo"), "app", GOING, N_("undo")),
    Action("redo", ("U", "ctrl+r"), N_("redo"), "app", GOING),
    Action("go", ("g",), N_("go to: one more letter"), "app", GOING, N_("go")),
    Action("palette", ("colon", "ctrl+p"), N_("find an action, a document or a code by its words"), "app", GOING),
    Action("language", ("f2",), N_("norsk/English"), "app", GOING),
    Action("theme", ("f3",), N_("next theme"), "app", GOING),
    Action("help", ("question_mark", "f1"), N_("help"), "app", GOING, N_("help")),
    Action("leave", ("Q",), N_("quit; everything is stored"), "app", GOING, N_("quit")),
)

_ALL = ("home", "coding", "listing")
GO = (
    Go("h", N_("home"), ("coding", "listing")),
    Go("t", N_("text"), ("home", "coding")),
    Go("b", N_("codebook"), _ALL, "qualcode.tui.screens.codebook:CodebookScreen"),
    Go("B", N_("codebook with its texts"), _ALL, "qualcode.tui.screens.codebook:CodebookScreen"),
    Go("p", N_("cases and informants"), _ALL, "qualcode.tui.screens.people:PeopleScreen"),
    Go("i", N_("inspector"), ("coding",)),
    Go("q", N_("quotes of the code"), ("coding",)),
    Go("s", N_("suggest anew"), ("home", "coding")),
    Go("l", N_("suggestions as a list"), _ALL, "qualcode.tui.screens.offers:OffersScreen"),
    Go("/", N_("find in the whole study"), _ALL, "qualcode.tui.screens.find:FindScreen"),
    Go("m", N_("matrix"), _ALL, "qualcode.tui.screens.matrix:MatrixScreen"),
    Go("w", N_("summaries in the framework grid"), _ALL, "qualcode.tui.screens.grid:GridScreen"),
    Go("r", N_("relations"), _ALL, "qualcode.tui.screens.relations:RelationsScreen"),
    Go("f", N_("findings"), _ALL, "qualcode.tui.screens.findings:FindingsScreen"),
    Go("u", N_("history"), _ALL, "qualcode.tui.screens.history:HistoryScreen"),
    Go("k", N_("all memos"), _ALL, "qualcode.tui.screens.memos:MemosScreen"),
    Go("c", N_("coders"), _ALL, "qualcode.tui.screens.coders:CodersScreen"),
    Go("a", N_("import files"), _ALL, "qualcode.tui.screens.files:FilesScreen"),
    Go("o", N_("settings"), _ALL, "qualcode.tui.screens.settings:SettingsScreen"),
    Go("x", N_("stop the job"), _ALL),
)
"""The letters after `g`, in the order they are offered."""
