"""One thing with its fields, `key=value` arguments, and ids as a screen shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from qualcode.cli.output import emit
from qualcode.domain.tabular import Cell, Table
from qualcode.errors import Message
from qualcode.i18n import _

_SHOWN_ID = 8
"""Characters of a uid on a screen: enough to name it on the command line again."""


def emit_record(record: Mapping[str, Cell], format: str, output: Path | None) -> None:
    """One row for programs; for people its fields one below the other, empty ones left out."""
    if format == "table":
        rows = [(name, cell) for name, cell in record.items() if cell not in (None, "", ())]
        table = Table(("field", "value"), rows, labels=(_("Field"), _("Value")))
    else:
        table = Table(tuple(record), [tuple(record.values())], free_text=frozenset(record))
    emit(table, format, output, whole=("value",))


def short_id(uid: str, format: str = "table") -> str:
    """A uid as it stands in `format`: its start in a table, whole for programs."""
    return uid[:_SHOWN_ID] if format == "table" else uid


def moment(when: datetime, format: str = "table") -> Cell:
    """A time as it stands in `format`: to the minute in a table, both in UTC."""
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M}Z" if format == "table" else when


def rendered(message: Message, format: str = "table") -> str:
    """A message as it stands in `format`: in the screen language in a table, in English for programs."""
    return message.render(_) if format == "table" else str(message)


def assignments(arguments: Sequence[str]) -> dict[str, str]:
    """`key=value` arguments as a mapping. Wrong usage where one has no `=`."""
    found: dict[str, str] = {}
    for argument in arguments:
        key, equals, value = argument.partition("=")
        if not equals or not key:
            raise click.UsageError(_("{argument!r} is not of the form key=value.").format(argument=argument))
        found[key.strip()] = value
    return found
