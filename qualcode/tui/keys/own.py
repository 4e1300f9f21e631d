"""The coder's own keys, from `[keys]` of their configuration: checked before any is used.

[keys]
"coding.pick" = "ctrl+k"
"transcript.row(1)" = ["j", "n"]
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from qualcode.errors import N_, Message
from qualcode.tui.keys import ACTIONS, TOGETHER
from qualcode.tui.keys.action import Action

_BY_ID = {action.id: action for action in ACTIONS}
_NAMES = {
    ".": "full_stop", ",": "comma", "+": "plus", "-": "minus", "=": "equals_sign", "/": "slash",
    "?": "question_mark", "(": "left_parenthesis", ")": "right_parenthesis",
    "{": "left_curly_bracket", "}": "right_curly_bracket",
    ":": "colon", ";": "semicolon", "<": "less_than_sign", ">": "greater_than_sign", "!": "exclamation_mark",
    "'": "apostrophe", '"': "quotation_mark", "*": "asterisk", "#": "number_sign", "&": "ampersand", " ": "space",
    "§": "section_sign",
}  # fmt: skip
"""A character -> what the terminal library calls its key."""
_TYPED = {name: character for character, name in _NAMES.items()}


def line_for(action: Action, keys: Sequence[str]) -> str:
    """The line of the configuration that gives an action these keys."""
    typed = [_TYPED.get(key, key) for key in keys]
    return f"{json.dumps(action.id)} = {json.dumps(typed, ensure_ascii=False)}"


def checked(wanted: Mapping[str, Sequence[str]]) -> tuple[dict[str, tuple[str, ...]], list[Message]]:
    """Action id -> its keys, of those that can be used, and why the others cannot.

    All of an action's keys are replaced. Where a key would then have two actions that listen at once, the key that
    the coder asked for last is refused with its action.
    """
    used: dict[str, tuple[str, ...]] = {}
    problems: list[Message] = []
    for name, keys in wanted.items():
        named = tuple(_NAMES.get(key, key) for key in keys if key)
        if name not in _BY_ID:
            problems.append(Message(N_("No action is called {name!r}."), {"name": name}))
        elif not named:
            problems.append(Message(N_("{name} has no key left."), {"name": name}))
        else:
            used[name] = named
    for name in reversed(list(used)):
        other = _clash(name, used)
        if other:
            keys = " ".join(used.pop(name))
            problems.append(
                Message(N_("{name}: {keys} is taken by {other}."), {"name": name, "keys": keys, "other": other})
            )
    return used, problems


def _clash(name: str, used: Mapping[str, tuple[str, ...]]) -> str:
    """The id of another action that listens beside this one and has one of its keys; empty where there is none."""
    action, keys = _BY_ID[name], set(used[name])
    beside = {where for parts in TOGETHER.values() if action.where in parts for where in parts}
    for other in ACTIONS:
        if other.id != name and other.where in beside and keys & set(used.get(other.id, other.keys)):
            return other.id
    return ""
