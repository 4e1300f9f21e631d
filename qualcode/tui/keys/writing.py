"""What ends the writing of a line or a memo, or closes a strip: shown while letters are no keys of the desk."""

from __future__ import annotations

from qualcode.errors import N_

HINTS = {
    "line": (("enter", N_("done")), ("escape", N_("close"))),
    "search": (("enter", N_("stay here")), ("tab", N_("whole study")), ("escape", N_("back"))),
    "memo": (("escape", N_("keep")),),
    "summary": (("escape", N_("keep")), ("tab", N_("quotes"))),
    "strip": (("escape", N_("close")),),
}
"""By the `WRITING` of the widget that has the keyboard: keys and their words."""
