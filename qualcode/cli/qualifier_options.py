"""The codebook's qualifiers as options: `--valence -1`, `--about-actor=actor-buyer`, `--qualifier phase=need`.

Which qualifiers there are is the codebook's to say, and the codebook is known only when the study is open. So long
options that the command does not know are set aside before click parses, and matched once it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

import click

from qualcode.cli.localised import Command
from qualcode.cli.records import assignments
from qualcode.domain.codebook import Codebook
from qualcode.i18n import _, ngettext

_SET_ASIDE = "qualcode.qualifiers"
_SetAside = tuple[str, str | None]
"""An option and the word after it; None at the end of the line."""
CLEAR = "-"
"""The value that says nothing of a qualifier, as in the CSV tables."""


class QualifiedCommand(Command):
    """A command that takes the codebook's qualifiers as options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click's own, without the options it does not know."""
        known = {
            name: 0 if param.is_flag or param.count else param.nargs
            for param in self.get_params(ctx)
            if isinstance(param, click.Option)
            for name in (*param.opts, *param.secondary_opts)
        }
        rest, ctx.meta[_SET_ASIDE] = _divided(args, known)
        return super().parse_args(ctx, rest)


def _divided(args: Sequence[str], known: dict[str, int]) -> tuple[list[str], list[_SetAside]]:
    """What click shall parse, and the unknown long options with their values."""
    rest: list[str] = []
    aside: list[_SetAside] = []
    words = iter(args)
    for word in words:
        name, equals, value = word.partition("=")
        if word == "--":
            rest += [word, *words]
        elif name in known:
            rest += [word, *(() if equals else islice(words, known[name]))]
        elif not name.startswith("--"):
            rest.append(word)
        elif equals:
            aside.append((name, value))
        else:
            aside.append((name, next(words, None)))
    return rest, aside


def asked_qualifiers(codebook: Codebook, pairs: Sequence[str]) -> dict[str, str]:
    """Qualifier id -> value of this command line; an empty value clears. `pairs` come from `--qualifier`.

    Wrong usage for an option that is no qualifier's; whether a value fits is for the service to say.
    """
    ctx = click.get_current_context()
    by_option = {_option(qualifier.id): qualifier.id for qualifier in codebook.qualifiers}
    found = assignments(pairs)
    aside: list[_SetAside] = ctx.meta[_SET_ASIDE]
    for name, value in aside:
        if _option(name) not in by_option:
            raise click.NoSuchOption(name, possibilities=[*_own_options(ctx), *by_option], ctx=ctx)
        if value is None:
            told = ngettext(
                "Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments.", 1
            )
            raise click.BadOptionUsage(name, told.format(name=name), ctx)
        found[by_option[_option(name)]] = value
    return {key: "" if value == CLEAR else value for key, value in found.items()}


def _option(name: str) -> str:
    return "--" + name.removeprefix("--").replace("_", "-")


def _own_options(ctx: click.Context) -> list[str]:
    return [name for param in ctx.command.params for name in param.opts if name.startswith("--")]


def qualifiers_said(codebook: Codebook, qualifiers: dict[str, str], proposed: Iterable[str] = ()) -> str:
    """The qualifiers in one line for a person; those in `proposed` came from the codebook's defaults."""
    by_default = set(proposed)
    order = {qualifier.id: place for place, qualifier in enumerate(codebook.qualifiers)}
    return ", ".join(
        _("{qualifier} {value} (by default)").format(qualifier=key, value=value)
        if key in by_default
        else f"{key} {value}"
        for key, value in sorted(qualifiers.items(), key=lambda item: order.get(item[0], len(order)))
    )
