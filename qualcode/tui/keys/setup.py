"""Settings, the list of all actions, coders, and files that come in."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.tui.keys.action import GOING, Action

SETTINGS = (Action("list_keys", ("K",), N_("all actions with their ids and keys"), "settings", GOING, N_("keys")),)
ALL_KEYS = (
    Action("copy", ("y",), N_("copy its line for the configuration"), "allkeys", GOING, N_("copy its line")),
)
ACTIONS = (*SETTINGS, *ALL_KEYS)
