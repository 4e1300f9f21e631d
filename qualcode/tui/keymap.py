"""Bindings, the hint line, the help screen and the reference of keys, all made from the data in `keys`.

So none can promise a key that another does not have. A letter does everything: modified arrows and control keys do
not arrive from every terminal.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding, BindingType

from qualcode.i18n import _
from qualcode.tui.keys import ACTIONS, GO, TOGETHER
from qualcode.tui.keys.action import Action, Go

_DECIDING_CALLS = ("accept", "reject", "skip")

_SHOWN = {
    "full_stop": ".", "plus": "+", "minus": "-", "equals_sign": "=", "slash": "/", "question_mark": "?",
    "left_parenthesis": "(", "right_parenthesis": ")", "left_curly_bracket": "{", "right_curly_bracket": "}",
    "down": "↓", "up": "↑", "left": "←", "right": "→", "escape": "Esc", "enter": "Enter", "tab": "Tab",
    "backspace": "Backspace", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End",
    "ctrl+r": "Ctrl-R", "f1": "F1", "f2": "F2", "f3": "F3", "colon": ":",
}  # fmt: skip


_own: dict[str, tuple[str, ...]] = {}


def use(own: Mapping[str, tuple[str, ...]]) -> None:
    """Show these keys for the actions so called from now on; there is one keyboard, so one set of keys."""
    global _own
    _own = dict(own)


def keys_of(action: Action) -> tuple[str, ...]:
    """The coder's own keys for an action, else those it comes with."""
    return _own.get(action.id, action.keys)


def is_own(action: Action) -> bool:
    return action.id in _own


def own_count() -> int:
    """For how many actions the coder has keys of their own."""
    return len(_own)


def shown(key: str) -> str:
    """A key as it is written on the screen."""
    if key.startswith("shift+"):
        return "⇧" + shown(key.removeprefix("shift+"))
    return {**_SHOWN, "space": _("space")}.get(key, key)


def goes_from(context: str) -> list[Go]:
    """Where `g` leads from a screen: a list offers what its own name stands by and what all lists do."""
    kinds = {context} if context in ("home", "coding") else {context, "listing"}
    return [go for go in GO if kinds & set(go.where)]


def bindings(where: str) -> list[BindingType]:
    """The bindings of one widget or screen."""
    return [
        Binding(",".join(action.keys), action.call, action.label, show=False, id=action.id)
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
    return [(shown(keys_of(action)[0]), _(action.hint)) for action in actions]


def help_sections(context: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """`(heading, [(keys, words)])` for the help screen of a context. The nine digits are one line."""
    sections: dict[str, list[tuple[str, str]]] = {}
    for where in TOGETHER[context]:
        for action in (one for one in ACTIONS if one.where == where):
            lines = sections.setdefault(action.group, [])
            keys = " ".join(shown(key) for key in keys_of(action))
            if action.call.startswith("favour"):
                keys = "1–9"
            if (keys, _(action.label)) not in lines:
                lines.append((keys, _(action.label)))
    return [(_(group), lines) for group, lines in sections.items()]
