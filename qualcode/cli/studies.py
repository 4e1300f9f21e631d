"""`init` and `study`: making a study, and its title, language and settings."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode import settings as files
from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.localised import Command, Group
from qualcode.cli.output import emit, note, output_options, say
from qualcode.cli.records import moment
from qualcode.domain.tabular import Cell, Table
from qualcode.errors import N_, BadInput
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.domain.codebook import Codebook
    from qualcode.services.study import Study

NO_CODEBOOK = "none"


@click.command(
    "init",
    cls=Command,
    help=N_(
        "Make a new study in a folder.\n\n"
        "The folder gets a database, a `study.toml`, and room for codebooks, transcripts and exports."
    ),
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--codebook",
    default="ioa-svc",
    metavar="ID|FILE|none",
    help=N_("The codebook: one that comes with the program, a file, or none. Default: ioa-svc."),
)
@click.option("--coder", metavar="NAME", help=N_("The first coder; else QUALCODE_CODER, else your login name."))
@click.option("--language", default="nb", metavar="TAG", help=N_("The language of the interviews. Default: nb."))
@click.option("--title", default="", metavar="TEXT", help=N_("The title; else the name of the folder."))
@click.option("--database", default="study.db", metavar="URL", help=N_("A PostgreSQL address, for a team."))
@pass_invocation
def init_command(
    invocation: Invocation, folder: Path, codebook: str, coder: str | None, language: str, title: str, database: str
) -> None:
    """Make a study."""
    from qualcode.services.keys import check_language
    from qualcode.services.study import create_study

    check_language(language)
    name = coder or invocation.coder or _usual_name()
    book, sha256 = _codebook(codebook)
    study = create_study(
        folder,
        coder=name,
        codebook=book,
        codebook_sha256=sha256,
        language=language,
        title=title,
        database=database,
    )
    with study:
        say(_("The study {title} is made in {folder}.").format(title=study.title, folder=folder))
        say(_about_codebook(study))
    if name != _usual_name():
        hint = _("You act as {coder} with `--coder`, or from now on with `coder = {quoted}` in {file}.")
        note(hint.format(coder=name, quoted=f'"{name}"', file=files.user_file()))
    note(_("Next: `cd {folder}`, then `qualcode import` your transcripts.").format(folder=folder))


def _usual_name() -> str:
    """Who acts where nobody is named on the command line."""
    configured = os.environ.get("QUALCODE_CODER") or files.read_user_settings().coder
    if configured:
        return configured
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise BadInput(N_("Nobody is named as the first coder."), hint=N_("Give `--coder NAME`.")) from None


def _codebook(name: str) -> tuple[Codebook | None, str]:
    """The codebook asked for and the sha256 of its file."""
    from qualcode.services import codebooks

    if name == NO_CODEBOOK:
        return None, ""
    return codebooks.read_file(codebooks.find(name))


def _about_codebook(study: Study) -> str:
    book = study.codebook
    if not book.codes:
        return _("It has no codebook yet; the coder is {coder}.").format(coder=study.coder)
    line = _("Codebook {id} {version} with {count} codes; the coder is {coder}.")
    return line.format(id=book.id, version=book.version, count=len(book.codes), coder=study.coder)


@click.group("study", cls=Group, help=N_("Show or change the settings of the study."))
def study_command() -> None:
    """The settings of the study."""


@study_command.command("show", help=N_("Show the study, its settings, and when each was last changed."))
@output_options
@pass_invocation
def show(invocation: Invocation, format: str, output: Path | None) -> None:
    """Title, language, place and settings."""
    from qualcode.services import evidence_settings, settings

    study = invocation.open_study()
    rows: list[tuple[Cell, ...]] = [(key, value, None, None) for key, value in _facts(study).items()]
    rows += [
        (item.key, settings.shown(item.value), moment(item.changed_at, format), item.coder)
        for item in settings.listing(study)
    ]
    rows += [(key, value, None, None) for key, value in evidence_settings.unset(study.settings()).items()]
    headers = ("key", "value", "changed_at", "coder")
    labels = (_("Setting"), _("Value"), _("Last changed"), _("By"))
    table = Table(headers, rows, labels=labels, free_text=frozenset({"value", "coder"}))
    emit(table, format, output, whole=("value",))


def _facts(study: Study) -> dict[str, str]:
    book = study.codebook
    return {
        "title": study.title,
        "language": study.language,
        "uid": study.uid,
        "folder": str(study.folder or ""),
        "database": study.store.where,
        "codebook": f"{book.id} {book.version}".strip(),
    }


@study_command.command(
    "set",
    help=N_(
        "Set the title, the language, or a setting.\n\n"
        "VALUE is a text, a number, true or false, or several joined by commas. `study show` lists the settings."
    ),
)
@click.argument("key")
@click.argument("value")
@pass_invocation
def set_setting(invocation: Invocation, key: str, value: str) -> None:
    """Change one setting."""
    from qualcode.services import settings

    stored = settings.put(invocation.open_study(), key, value)
    say(_("{key} is now {value}.").format(key=key, value=settings.shown(stored)))


@study_command.command(
    "upgrade",
    help=N_(
        "Bring the study to the schema of this version of qualcode.\n\n"
        "Needed on PostgreSQL alone, after a backup: a study in a file is backed up and upgraded when it is opened."
    ),
)
@pass_invocation
def upgrade(invocation: Invocation) -> None:
    """Upgrade the database."""
    from qualcode.services import safety

    where = safety.upgrade(invocation.study)
    say(_("The study {where} has the schema of this version.").format(where=where))
