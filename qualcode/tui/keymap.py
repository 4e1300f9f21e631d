"""Every action of the desk with its keys and its words, as data.

Bindings, the hint line and the help screen are all made from `ACTIONS`, so that none can promise a key that another
does not have. A letter does everything: modified arrows and control keys do not arrive from every terminal.
Keys that a later screen will take are listed in `RESERVED`.
"""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding, BindingType

from qualcode.errors import N_
from qualcode.i18n import _


@dataclass(frozen=True, slots=True)
class Action:
    """`call` is Textual's action string; `keys` its key names, the first one shown.

    `where` is the widget or screen that has the method; `group` the heading in the help; `hint` the short words of
    the hint line, empty for actions that are not hinted at.
    """

    call: str
    keys: tuple[str, ...]
    label: str
    where: str
    group: str
    hint: str = ""


READING, CODING, EDITING, DECIDING, GOING = (
    N_("Reading and marking"),
    N_("Coding the marked text or the sentence"),
    N_("Editing the current coding"),
    N_("Suggestions"),
    N_("Going about"),
)

_TRANSCRIPT = (
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
    Action("clear", ("escape",), N_("clear the selection"), "transcript", READING),
)
_CODING = (
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
    Action("visit(1)", ("n",), N_("next suggestion"), "coding", DECIDING, N_("suggestion")),
    Action("visit(-1)", ("N",), N_("previous suggestion"), "coding", DECIDING),
    Action("accept", ("a",), N_("accept"), "coding", DECIDING, N_("accept")),
    Action("reject", ("r",), N_("reject"), "coding", DECIDING, N_("reject")),
    Action("skip", ("z",), N_("skip"), "coding", DECIDING, N_("skip")),
    Action("turn_done", ("enter",), N_("turn done: on to the next not done"), "coding", GOING, N_("turn done")),
    Action("back", ("backspace",), N_("back where I came from"), "coding", GOING),
    Action("search", ("slash",), N_("search in the text"), "coding", GOING, N_("search")),
    Action("hit(1)", ("h",), N_("next hit"), "coding", GOING),
    Action("hit(-1)", ("H",), N_("previous hit"), "coding", GOING),
)
_PICKER = (
    Action("move(1)", ("down",), N_("row down"), "picker", CODING),
    Action("move(-1)", ("up",), N_("row up"), "picker", CODING),
    Action("take", ("enter",), N_("take this code"), "picker", CODING, N_("take")),
    Action("create", ("tab",), N_("new code of these words"), "picker", CODING, N_("new code")),
    Action("close", ("escape",), N_("close"), "picker", CODING, N_("close")),
)
_CODEBOOK = (
    Action("move(1)", ("j", "down"), N_("row down"), "codebook", GOING),
    Action("move(-1)", ("k", "up"), N_("row up"), "codebook", GOING),
    Action("fold(False)", ("l", "right"), N_("open"), "codebook", GOING),
    Action("fold(True)", ("h", "left"), N_("fold"), "codebook", GOING),
    Action("take", ("enter",), N_("code with it"), "codebook", CODING, N_("code with it")),
    *(
        Action(f"favour({digit})", (str(digit),), N_("give the code this digit"), "codebook", GOING)
        for digit in range(1, 10)
    ),
    Action("leave", ("escape",), N_("back to the text"), "codebook", GOING, N_("text")),
)
_HOME = (
    Action("move(1)", ("j", "down"), N_("row down"), "documents", GOING),
    Action("move(-1)", ("k", "up"), N_("row up"), "documents", GOING),
    Action("choose", ("enter",), N_("open"), "documents", GOING, N_("open")),
)
_EVERYWHERE = (
    Action("undo", ("u",), N_("undo"), "app", GOING, N_("undo")),
    Action("redo", ("U", "ctrl+r"), N_("redo"), "app", GOING),
    Action("go", ("g",), N_("go to: one more letter"), "app", GOING, N_("go")),
    Action("language", ("f2",), N_("norsk/English"), "app", GOING),
    Action("theme", ("f3",), N_("next theme"), "app", GOING),
    Action("help", ("question_mark", "f1"), N_("help"), "app", GOING, N_("help")),
    Action("leave", ("Q",), N_("quit; everything is stored"), "app", GOING, N_("quit")),
)
ACTIONS = (*_TRANSCRIPT, *_CODING, *_PICKER, *_CODEBOOK, *_HOME, *_EVERYWHERE)

GO = (
    ("h", N_("home"), ("coding",)),
    ("t", N_("text"), ("home", "coding")),
    ("b", N_("codebook"), ("coding",)),
    ("i", N_("inspector"), ("coding",)),
    ("s", N_("suggest anew"), ("home", "coding")),
    ("x", N_("stop the job"), ("home", "coding")),
)
"""The letters after `g`: key, words, on which screens."""

RESERVED = ("l", "L", "f", "F", "colon", "ctrl+p")
"""Relations, filter, findings, palette: their services come later."""

TOGETHER = {
    "coding": ("transcript", "coding", "app"),
    "picker": ("picker",),
    "codebook": ("codebook", "app"),
    "home": ("documents", "app"),
}
"""Which parts listen at once, the nearest first: within one of these a key has one action."""

_DECIDING_CALLS = ("accept", "reject", "skip")

_SHOWN = {
    "full_stop": ".", "plus": "+", "minus": "-", "equals_sign": "=", "slash": "/", "question_mark": "?",
    "left_parenthesis": "(", "right_parenthesis": ")", "left_curly_bracket": "{", "right_curly_bracket": "}",
    "down": "↓", "up": "↑", "left": "←", "right": "→", "escape": "Esc", "enter": "Enter", "tab": "Tab",
    "backspace": "Backspace", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End",
    "ctrl+r": "Ctrl-R", "f1": "F1", "f2": "F2", "f3": "F3", "colon": ":",
}  # fmt: skip


def shown(key: str) -> str:
    """A key as it is written on the screen."""
    if key.startswith("shift+"):
        return "⇧" + shown(key.removeprefix("shift+"))
    return {**_SHOWN, "space": _("space")}.get(key, key)


def bindings(where: str) -> list[BindingType]:
    """The bindings of one widget or screen."""
    return [
        Binding(",".join(action.keys), action.call, action.label, show=False)
        for action in ACTIONS
        if action.where == where
    ]


def hints(context: str, *, deciding: bool = False) -> list[tuple[str, str]]:
    """`(key, words)` for the hint line of a context: the help, which leads to all others, then the most useful.

    `deciding`: a suggestion is visited, so that the keys which decide on it come first; else they are left out.
    """
    actions = [action for where in TOGETHER[context] for action in ACTIONS if action.where == where and action.hint]
    if not deciding:
        actions = [action for action in actions if action.call not in _DECIDING_CALLS]
    actions.sort(
        key=lambda action: (action.call != "help", action.call not in _DECIDING_CALLS, action.where == "transcript")
    )
    return [(shown(action.keys[0]), _(action.hint)) for action in actions]


def help_sections(context: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """`(heading, [(keys, words)])` for the help screen of a context. The nine digits are one line."""
    sections: dict[str, list[tuple[str, str]]] = {}
    for where in TOGETHER[context]:
        for action in (one for one in ACTIONS if one.where == where):
            lines = sections.setdefault(action.group, [])
            keys = " ".join(shown(key) for key in action.keys)
            if action.call.startswith("favour"):
                keys = "1–9"
            if (keys, _(action.label)) not in lines:
                lines.append((keys, _(action.label)))
    return [(_(group), lines) for group, lines in sections.items()]
