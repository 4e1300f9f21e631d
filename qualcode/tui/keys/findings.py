"""Findings: what can be done with one in hand, with its evidence, and with what may speak against it."""

from __future__ import annotations

from qualcode.errors import N_
from qualcode.tui.keys.action import GOING, IN_HAND, Action

FINDINGS = (
    Action("new", ("n",), N_("new finding"), "findings", IN_HAND, N_("new")),
    Action("edit", ("e",), N_("change its claim"), "findings", IN_HAND, N_("edit")),
    Action("question", ("w",), N_("its research question"), "findings", IN_HAND),
    Action("remove", ("d",), N_("remove it"), "findings", IN_HAND, N_("remove")),
    Action("pin", ("p",), N_("pin it, so that F on a coding links there"), "findings", IN_HAND, N_("pin")),
    Action("against", ("c",), N_("look for negative cases"), "findings", IN_HAND, N_("negative cases")),
    Action(
        "against_where",
        ("C",),
        N_("look for negative cases by other conditions"),
        "findings",
        IN_HAND,
    ),
    Action("ready", ("r",), N_("ready, or a draft again"), "findings", IN_HAND, N_("ready")),
    Action("turn(1)", ("J",), N_("read on in the card"), "findings", GOING),
    Action("turn(-1)", ("K",), N_("read back in the card"), "findings", GOING),
)
BEARING = (
    Action("role(1)", ("plus", "equals_sign"), N_("it supports the finding"), "bearing", IN_HAND, N_("supports")),
    Action("role(-1)", ("minus",), N_("it contradicts the finding"), "bearing", IN_HAND, N_("contradicts")),
    Action("role(0)", ("tilde",), N_("it nuances the finding"), "bearing", IN_HAND, N_("nuances")),
    Action("turn(1)", ("J",), N_("read on in the card"), "bearing", GOING),
    Action("turn(-1)", ("K",), N_("read back in the card"), "bearing", GOING),
    Action("unlink", ("x",), N_("take it out; the coding stays"), "evidence", IN_HAND, N_("take out")),
    Action("looked", ("v",), N_("it was looked at"), "hits", IN_HAND, N_("looked at")),
)
LINKING = (Action("evidence", ("F",), N_("evidence of a finding: one more key"), "quotes", IN_HAND, N_("finding")),)
ACTIONS = (*FINDINGS, *BEARING, *LINKING)
