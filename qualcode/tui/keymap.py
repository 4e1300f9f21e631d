"""Bindings, the hint line, the help screen and the reference of keys, all made from the data in `keys`.

So none can promise a key that another does not have. A letter does everything: modified arrows and control keys do
not arrive from every terminal.
"""

from __future__ import annotations

from collections.abc import Mapping

from textual.binding import Binding, BindingType

from qualcode.i18n import _
from qualcode.tui.keys import ACTIONS, GO, LEADS_TO, TOGETHER
from qualcode.tui.keys.action import Action, Go, Words
from qualcode.tui.keys.lists import ENTER
from qualcode.tui.keys.writing import HINTS

_DECIDING_CALLS = ("accept", "reject", "skip")

_SHARED = ("app", "listing", "table", "marks", "grid", "documents")
"""Parts of the desk whose keys do the same wherever they are."""

_SHOWN = {
    "full_stop": ".", "plus": "+", "minus": "-", "equals_sign": "=", "slash": "/", "question_mark": "?",
    "left_parenthesis": "(", "right_parenthesis": ")", "left_curly_bracket": "{", "right_curly_bracket": "}",
    "down": "↓", "up": "↑", "left": "←", "right": "→", "escape": "Esc", "enter": "Enter", "tab": "Tab",
    "backspace": "Backspace", "pagedown": "PgDn", "pageup": "PgUp", "home": "Home", "end": "End",
    "ctrl+r": "Ctrl-R", "ctrl+p": "Ctrl-P", "insert": "Ins", "f1": "F1", "f2": "F2", "f3": "F3", "colon": ":",
    "tilde": "~",
}  # fmt: skip


_own: dict[str, tuple[str, ...]] = {}


def use(own: Mapping[str, tuple[str, ...]]) -> None:
    """Show these keys for the actions so called from now on; there is one keyboard, so one set of keys."""
    global _own
    _own = dict(own)


def keys_of(action: Action) -> tuple[str, ...]:
    """The coder's own keys for an action, else those it comes with."""
    return _own.get(action.id, action.keys)


def words_of(action: Action, context: str) -> Words:
    """Its label and hint on a screen; Enter is called what it does there."""
    own = ENTER.get(context) if action.call == "take" and action.where in ("table", "marks") else None
    return own or Words(action.label, action.hint)


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
    While something is written, `context` is what it is written in.
    """
    if context in HINTS:
        return [(shown(key), _(words)) for key, words in HINTS[context]]
    actions = [
        action
        for where in TOGETHER[context]
        for action in ACTIONS
        if action.where == where and words_of(action, context).hint
    ]
    if not deciding:
        actions = [action for action in actions if action.call not in _DECIDING_CALLS]
    actions.sort(
        key=lambda action: (action.call != "help", action.call not in _DECIDING_CALLS, action.where == "transcript")
    )
    return [(shown(keys_of(action)[0]), _(words_of(action, context).hint)) for action in actions]


def help_sections(context: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """`(heading, [(keys, words)])` for the help screen of a context. Digits that do the same are one line."""
    sections: dict[str, list[tuple[str, str]]] = {}
    for where in TOGETHER[context]:
        for action in (one for one in ACTIONS if one.where == where):
            lines = sections.setdefault(action.group, [])
            keys = _digits(action) or " ".join(shown(key) for key in keys_of(action))
            line = keys, _(words_of(action, context).label)
            if line not in lines:
                lines.append(line)
    return [(_(group), lines) for group, lines in sections.items()]


def help_elsewhere(context: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """`(heading, [(keys, words)])` for each other screen that `g` leads to: what it alone does."""
    sections: list[tuple[str, list[tuple[str, str]]]] = []
    for go in GO:
        for place in LEADS_TO.get(go.key, ()):
            parts = [where for where in TOGETHER[place] if where not in (*TOGETHER[context], *_SHARED)]
            actions = [action for where in parts for action in ACTIONS if action.where == where]
            lines = [(_digits(one) or shown(keys_of(one)[0]), _(words_of(one, place).label)) for one in actions]
            sections.append((f"g {go.key} · {_(go.label)}", list(dict.fromkeys(lines))))
    return [section for section in sections if section[1]]


def _digits(action: Action) -> str:
    """`1–9` for an action that each of several digits does; empty for another."""
    if action.call[-3:] not in ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"):
        return ""
    same = [one for one in ACTIONS if (one.where, one.call[:-3]) == (action.where, action.call[:-3])]
    digits = [key for one in same for key in keys_of(one) if key.isdigit()]
    return f"{digits[0]}–{digits[-1]}" if len(digits) > 1 else ""
