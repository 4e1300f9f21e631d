"""`qualcode`: the commands, the options before them, and the one place where errors become a line and an exit code.

Exit 0: done. 1: could not, with one line why and what to do. 2: wrong usage. The table of commands is static: to
import all their modules for `--help` would cost half a second.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TextIO

import click

from qualcode import __version__, i18n
from qualcode.cli.context import Desk, Invocation
from qualcode.cli.localised import Group, speak
from qualcode.domain.inert import inert
from qualcode.errors import N_, BadInput, BadQuery, Cancelled, QualcodeError
from qualcode.i18n import _

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("demo", N_("Build the sample study, do the whole job on it, and say where to look.")),
    "init": ("studies", N_("Make a new study in a folder.")),
    "study": ("studies", N_("Show or change the settings of the study.")),
    "import": ("importing", N_("Read transcripts into the study.")),
    "speakers": ("importing", N_("Say which informant each speaker label is.")),
    "documents": ("documents", N_("List, show and correct documents.")),
    "cases": ("people", N_("List, add and describe cases.")),
    "informants": ("people", N_("List, add and describe informants.")),
    "organisations": ("people", N_("List, add and describe organisations.")),
    "coders": ("people", N_("List and add coders.")),
    "codebook": ("codebook", N_("Show, check, change and share the codebook.")),
    "themes": ("codebook", N_("List and change themes: named sets of codes.")),
    "open": ("desk", N_("Open the desk, where transcripts are read and coded.")),
    "serve": ("serving", N_("Open the desk in a browser on this machine.")),
    "read": ("reading", N_("Read and code a document line by line, for screen readers.")),
    "code": ("coding", N_("Put a code on a span of a document.")),
    "codings": ("coding", N_("List, change, remove and import codings.")),
    "relate": ("relations", N_("Link two codings by a type of relation.")),
    "relations": ("relations", N_("List and import relations.")),
    "memo": ("coding", N_("Write and list memos.")),
    "quotes": ("quotes", N_("Say how quotes may read in a report: translated, trimmed.")),
    "suggest": ("suggesting", N_("Suggest codes, and decide on suggestions.")),
    "search": ("searching", N_("Find words in the transcripts, with what stands around them.")),
    "query": ("queries", N_("Save, list and run queries over the codings.")),
    "matrix": ("synthesis", N_("Compare cases, informants or sides across codes.")),
    "table": ("tables", N_("Print the tables that the codebook defines.")),
    "grid": ("grid", N_("Write summaries of cases or informants across themes.")),
    "asked": ("grid", N_("Note which informants were asked about what.")),
    "cooccurrence": ("synthesis", N_("Count which codes stand together.")),
    "checks": ("small_n", N_("Show how firmly a comparison of few cases stands.")),
    "graph": ("graphs", N_("Draw and list the stated relations, and their loops.")),
    "findings": ("findings", N_("Write claims, link their evidence, and see how strong they are.")),
    "patterns": ("patterns", N_("Register what you expect of the cases, and score it later.")),
    "why": ("why", N_("Go from a quote to its numbers and findings, and back.")),
    "export": ("exporting", N_("Write codings, tables and the codebook to files.")),
    "history": ("history", N_("List what was done, when and by whom.")),
    "undo": ("history", N_("Take back the latest operation.")),
    "redo": ("history", N_("Do again what was taken back.")),
    "backup": ("safety", N_("Write a checked copy of the study.")),
    "restore": ("safety", N_("Bring a backup back.")),
    "doctor": ("safety", N_("Check the study, and say what stands outside the counts.")),
}
"""Command -> its module in `qualcode.cli` and its help in one line. Order: that of `--help`."""
_SHOWN_CHARACTERS = 74
"""Of a query that cannot be understood: what fits on a narrow screen."""


class Commands(Group):
    """The group that loads a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All commands, in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, from its module; None where there is no such command."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"qualcode.cli.{COMMANDS[cmd_name][0]}")
        return getattr(module, f"{cmd_name}_command")

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click's own, with near misses looked for among commands that are not loaded yet."""
        if args[0] in COMMANDS or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        raise click.NoSuchCommand(args[0], possibilities=COMMANDS, ctx=ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """From the static table."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(help_text)) for name, (_module, help_text) in COMMANDS.items()])


def _speak(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    if value:
        speak(value)
    return i18n.language()


@click.group(
    "qualcode",
    cls=Commands,
    invoke_without_command=True,
    help=N_(
        "Code interview transcripts and carry the codes to cross-case findings.\n\n"
        "Without a command, inside a study: the desk."
    ),
)
@click.option("--study", metavar="DIR|URL", help=N_("The study; else the one around the current folder."))
@click.option("--coder", metavar="NAME", help=N_("Who acts; else QUALCODE_CODER, else your configuration."))
@click.option(
    "--lang",
    type=click.Choice(i18n.LANGUAGES),
    is_eager=True,
    callback=_speak,
    help=N_("The language of the screen."),
)
@click.version_option(__version__, message="%(prog)s %(version)s", help=N_("Show the version and exit."))
@click.pass_context
def qualcode_group(ctx: click.Context, study: str | None, coder: str | None, lang: str) -> None:
    """The options before the command; without a command, the desk."""
    ctx.obj = Invocation(study=study, coder=coder, lang=lang, desk=ctx.obj)
    if ctx.invoked_subcommand is None:
        open_desk(ctx.obj)


def open_desk(invocation: Invocation, document: str | None = None) -> None:
    """Open the desk on the study of `invocation`, or on one document. Raises BadInput without a terminal.

    Under `qualcode serve` a page stands in for the terminal, by the driver that the environment names.
    """
    has_screen = (sys.stdin.isatty() and sys.stdout.isatty()) or "TEXTUAL_DRIVER" in os.environ
    if invocation.desk is None or not has_screen:
        raise BadInput(
            N_("The desk needs a terminal."), hint=N_("See `qualcode --help` for commands that do without.")
        )
    invocation.desk(invocation.open_study(), document)


def run(arguments: Sequence[str] | None = None, *, desk: Desk | None = None) -> int:
    """Run one command line (None: this process's) and return its exit code, which is what the command returns or 0.

    Nothing is raised but a fault under QUALCODE_DEBUG. The broad handler stands here and nowhere else on the
    command line: a traceback tells a researcher nothing.
    """
    speak(i18n.preferred(_configured_language()))
    try:
        code = qualcode_group.main(arguments, "qualcode", standalone_mode=False, obj=desk)
        sys.stdout.flush()
    except BrokenPipeError:
        return _reader_left()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)  # the help of a group, whole: no line of reason fits
        return error.exit_code
    except click.UsageError as error:
        return _wrong_usage(error)
    except (click.Abort, KeyboardInterrupt):
        return _refused(Cancelled())
    except QualcodeError as error:
        return _refused(error)
    except OSError as error:
        return _told(f"{error.filename or 'qualcode'}: {error.strerror or error}", error)
    except Exception as error:  # noqa: BLE001 - see above
        fault = _("This is a fault in qualcode; run again with QUALCODE_DEBUG=1 for details ({kind}).")
        return _told(fault.format(kind=type(error).__name__), error)
    return code if isinstance(code, int) else 0


def _configured_language() -> str | None:
    """QUALCODE_LANG, else the user's configuration; a configuration that cannot be read must not stop a command."""
    if "QUALCODE_LANG" in os.environ:
        return os.environ["QUALCODE_LANG"]
    from qualcode.settings import read_user_settings

    try:
        return read_user_settings().language
    except QualcodeError:
        return None


def _refused(error: QualcodeError) -> int:
    _told(error.render(_))
    if isinstance(error, BadQuery):
        _pointed(error)
    return error.exit_code


def _pointed(error: BadQuery) -> None:
    """The query with a caret under the place; of a long one the part around it."""
    from rich.cells import cell_len  # 12 ms, and wide characters counted right

    at = error.place - 1
    first = max(0, at - _SHOWN_CHARACTERS // 2)
    indent = "  …" if first else "  "
    click.echo(indent + inert(error.text[first : first + _SHOWN_CHARACTERS]), err=True)
    click.echo(" " * cell_len(indent + inert(error.text[first:at])) + "^", err=True)


def _told(text: str, cause: BaseException | None = None) -> int:
    if cause is not None and os.environ.get("QUALCODE_DEBUG"):
        raise cause
    click.echo(inert(_("Error: {message}").format(message=text)), err=True)
    return 1


def _wrong_usage(error: click.UsageError) -> int:
    if error.ctx:
        click.echo(error.ctx.get_usage(), err=True)
        hint = _("Try '{command} {option}' for help.")
        click.echo(hint.format(command=error.ctx.command_path, option="--help"), err=True)
    click.echo(inert(_("Error: {message}").format(message=error.format_message())), err=True)
    return error.exit_code


def _reader_left() -> int:
    """`| head` closed the pipe. Python would flush once more at exit and complain: let it flush into nothing."""
    null = os.open(os.devnull, os.O_WRONLY)
    stream: TextIO = sys.stdout
    os.dup2(null, stream.fileno())
    return 1
