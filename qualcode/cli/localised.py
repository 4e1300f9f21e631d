"""click in the researcher's language.

Help texts are message ids, translated when shown: a module is loaded once, the language may change. click's own
texts go through the process-wide gettext domain, which is pointed at qualcode's catalogue.
"""

from __future__ import annotations

import gettext
import os
from copy import copy
from pathlib import Path
from typing import Any

import click

from qualcode import i18n
from qualcode.errors import N_
from qualcode.i18n import _, ngettext

CLICK_TEXTS = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("Show this message and exit."),
    N_("Show the version and exit."),
    N_("default: {default}"),
    N_("required"),
    N_("Error: {message}"),
    N_("Try '{command} {option}' for help."),
    N_("No such command {name!r}."),
    N_("No such option {name!r}."),
    ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", 1),
    N_("Missing command."),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing parameter"),
    ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})", 1),
    N_("Option {name!r} does not take a value."),
    ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("{value!r} is not a valid {number_type}."),
    N_("{value} is not in the range {range}."),
    ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}.", 1),
    N_("{name} {filename!r} does not exist."),
    N_("{name} {filename!r} is a directory."),
    N_("{name} {filename!r} is a file."),
    N_("{name} {filename!r} is not readable."),
    N_("Do you want to continue?"),
)
"""Copies of click's message ids, here so that they come into the catalogue."""


def speak(language: str) -> None:
    """Show everything from now on in `language`, click's texts too.

    click asks gettext, and gettext asks the environment: there is no other way to tell it the language.
    """
    i18n.set_language(language)
    gettext.bindtextdomain("qualcode", Path(i18n.__file__).parent / "locale")
    gettext.textdomain("qualcode")
    os.environ["LANGUAGE"] = language


class Command(click.Command):
    """A command whose help texts are message ids."""

    def get_help_option_names(self, ctx: click.Context) -> list[str]:
        """On every command, asked for below its group or alone: click keeps the help option it made first."""
        return ["-h", "--help"]

    def get_short_help_str(self, limit: int = 45) -> str:
        """The first line of the help, whole: it is written to fit."""
        return _shown(self.help).strip().split("\n", 1)[0]

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help, translated, then wrapped by click."""
        translated = copy(self)
        translated.help = _shown(self.help)
        click.Command.format_help_text(translated, ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options with their translated helps."""
        records = [_record(param, ctx) for param in self.get_params(ctx) if isinstance(param, click.Option)]
        with formatter.section(_("Options")):
            formatter.write_dl([record for record in records if record])


class Group(Command, click.Group):
    """A command with commands below it, all with message ids for helps."""

    command_class = Command
    group_class = type

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, then the commands."""
        Command.format_options(self, ctx, formatter)
        self.format_commands(ctx, formatter)


def _record(option: click.Option, ctx: click.Context) -> tuple[str, str] | None:
    translated: Any = copy(option)
    translated.help = _shown(option.help)
    return translated.get_help_record(ctx)


def _shown(help_text: str | None) -> str:
    """Translated; nothing stays nothing, where gettext would answer with the head of its catalogue."""
    return _(help_text) if help_text else ""
