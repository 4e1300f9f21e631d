"""`backup`, `restore`, `doctor`: keeping the study safe."""

from __future__ import annotations

import re
from pathlib import Path

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.localised import Command
from qualcode.cli.output import emit, note, output_options, say
from qualcode.cli.records import rendered, short_id
from qualcode.domain.tabular import Table
from qualcode.errors import N_
from qualcode.i18n import _

_SHOWN_PLACES = 3
_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@click.command(
    "backup",
    cls=Command,
    help=N_(
        "Write a checked copy of the study.\n\n"
        "Into FILE, or into the folder backups/ of the study under the time it is made. Others may go on working."
    ),
)
@click.argument("file", type=click.Path(path_type=Path), required=False)
@pass_invocation
def backup_command(invocation: Invocation, file: Path | None) -> None:
    """Copy the study."""
    from qualcode.services import safety

    made = safety.backup(invocation.open_study(), file)
    counted = _("{file}: {documents} documents and {codings} codings, checked.")
    say(counted.format(file=made.file, documents=made.copy.documents, codings=made.copy.codings))
    if made.unlogged:
        note(_("The history does not tell of it: {reason}").format(reason=made.unlogged.message.render(_)))


@click.command(
    "restore",
    cls=Command,
    help=N_(
        "Bring a backup back.\n\n"
        "The study becomes what it was in FILE. What it is now is kept in the folder backups/ first."
    ),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help=N_("Also where FILE is a backup of another study."))
@pass_invocation
def restore_command(invocation: Invocation, file: Path, force: bool) -> None:
    """Bring a backup back."""
    from qualcode.services import safety

    restored = safety.restore(file, invocation.study, force=force)
    counted = _("The study is as it was at {time} (UTC): {documents} documents and {codings} codings.")
    copy = restored.copy
    say(counted.format(time=copy.changed_at, documents=copy.documents, codings=copy.codings))
    if restored.kept:
        note(_("What was here before is kept: {file}").format(file=restored.kept))


@click.command(
    "doctor",
    cls=Command,
    help=N_(
        "Check the study, and say what stands outside the counts.\n\n"
        "Ends with exit code 1 only where something is damaged. Nothing is changed."
    ),
)
@output_options
@pass_invocation
def doctor_command(invocation: Invocation, format: str, output: Path | None) -> int:
    """Examine the study; 1 where something is damaged."""
    from qualcode.services import doctor

    remarks = doctor.examine(invocation.open_study())
    rows = [
        (
            str(remark.severity),
            remark.check,
            remark.count or None,
            rendered(remark.message, format),
            _first(remark.places) if format == "table" else remark.places,
        )
        for remark in remarks
    ]
    labels = (_("Severity"), _("Check"), _("Count"), _("What"), _("Where"))
    table = Table(("severity", "check", "count", "message", "places"), rows, labels=labels)
    emit(table, format, output, whole=("message", "places"))
    if doctor.is_sound(remarks):
        note(_("Nothing is damaged."))
        return 0
    note(_("The study is damaged. `qualcode restore FILE` brings a backup back; the study is kept as it is too."))
    return 1


def _first(places: tuple[str, ...]) -> str:
    """The first few places, their uids as short as a screen shows them; programs get all of them in full."""
    more = len(places) - _SHOWN_PLACES
    shown = ", ".join(_UID.sub(lambda uid: short_id(uid[0]), place) for place in places[:_SHOWN_PLACES])
    return shown + (_(" and {count} more").format(count=more) if more > 0 else "")
