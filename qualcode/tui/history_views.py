"""Entries of the history as rows of a list, and what one changed as a card."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from qualcode.domain.changes import Changed, ChangeKind
from qualcode.domain.inert import inert
from qualcode.i18n import _, ngettext
from qualcode.services.history import Entry
from qualcode.tui.widgets.table import Column, TableRow

SHOWN_CHANGES = 40
"""Rows of the study that a card names; an import has thousands."""


def columns(entries: Sequence[Entry]) -> Sequence[Column]:
    """As wide as these entries need: what was done has the rest."""
    coder = max(map(cell_len, (_("Coder"), *(inert(entry.operation.coder) for entry in entries))))
    states = max((cell_len(_state(entry)) for entry in entries), default=0)
    return (
        Column(_("What"), share=1),
        *((Column("", width=states),) if states else ()),
        Column(_("Coder"), width=min(12, coder)),
        Column(_("When"), width=10, above=100),
        Column("", width=5),
    )


def rows(entries: Sequence[Entry]) -> Sequence[TableRow]:
    """What was done in the screen language, whether it is taken back, the coder, and when in local time."""
    with_states = any(map(_state, entries))
    return [_row(entry, with_states) for entry in entries]


def _row(entry: Entry, with_state: bool) -> TableRow:
    operation = entry.operation
    at = operation.at.astimezone()
    state = (_state(entry),) if with_state else ()
    cells = (what(entry), *state, operation.coder, f"{at:%Y-%m-%d}", f"{at:%H:%M}")
    return TableRow(str(operation.id), cells, faint=entry.undone or entry.is_reversal or not operation.undoable)


def what(entry: Entry) -> str:
    """The entry in words; an undo or redo by what it took back or did again."""
    said = entry.operation.summary.render(_)
    if not entry.is_reversal:
        return said
    template = _("Taken back: {what}") if entry.takes_back else _("Done again: {what}")
    return template.format(what=said)


def card(entry: Entry, changes: Sequence[Changed], faint: str) -> Text:
    """What the entry changed; `changes` are at most one more than `SHOWN_CHANGES`."""
    operation = entry.operation
    text = Text()
    text.append(inert(what(entry)), "bold")
    text.append(f"  {inert(operation.coder)} · {operation.at.astimezone():%Y-%m-%d %H:%M}", faint)
    kinds = {ChangeKind.ADDED: "+", ChangeKind.CHANGED: "~", ChangeKind.REMOVED: "−"}
    for change in changes[:SHOWN_CHANGES]:
        text.append(f"\n{kinds[change.kind]} ", "bold")
        text.append(inert(change.subject.render(_)))
        for field in change.fields:
            text.append(
                f"\n    {inert(field.field)}: {inert(field.before) or '·'} → {inert(field.after) or '·'}", faint
            )
    if len(changes) > SHOWN_CHANGES:
        text.append("\n…", faint)
    elif not changes:
        text.append(f"\n{_('It changed no row that is listed.')}", faint)
    return text


def taken_back(n: int) -> str:
    return ngettext("{n} operation taken back", "{n} operations taken back", n).format(n=n)


def _state(entry: Entry) -> str:
    if entry.undone:
        return _("taken back")
    return "" if entry.operation.undoable or entry.is_reversal else _("stays")
