"""A table whose rows are marked with the space bar: the screen it stands on does the marking."""

from __future__ import annotations

from qualcode.tui.keymap import bindings
from qualcode.tui.widgets.table import Table


class MarkTable(Table, inherit_bindings=False):
    """A table that leaves the space bar to its screen, and pages by PgUp and PgDn alone."""

    BINDINGS = bindings("marks")
