"""`themes`: named sets of codes, the columns of a cross-case theme matrix."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.groups import ListingGroup
from qualcode.cli.output import emit, output_options, say
from qualcode.cli.records import emit_record
from qualcode.domain.codebook import Theme, in_language
from qualcode.domain.tabular import Table
from qualcode.errors import N_, Message, NotFound
from qualcode.i18n import _


@click.group("themes", cls=ListingGroup, help=N_("List and change themes: named sets of codes."))
def themes_command() -> None:
    """The themes."""


@themes_command.command("list", help=N_("The themes with their codes."))
@output_options
@pass_invocation
def list_(invocation: Invocation, format: str, output: Path | None) -> None:
    """All themes."""
    study = invocation.open_study()
    rows = [
        (theme.id, in_language(theme.names, study.language, theme.id), theme.codes, theme.query)
        for theme in study.codebook.themes
    ]
    labels = (_("Theme"), _("Name"), _("Codes"), _("Query"))
    emit(
        Table(("theme", "name", "codes", "query"), rows, labels=labels, free_text=frozenset({"name"})),
        format,
        output,
    )


@themes_command.command("show", help=N_("One theme."))
@click.argument("theme")
@output_options
@pass_invocation
def show(invocation: Invocation, theme: str, format: str, output: Path | None) -> None:
    """One theme with its names and codes."""
    study = invocation.open_study()
    found = _named(study.codebook.themes, theme)
    names = {f"name.{tag}": name for tag, name in found.names.items()}
    held = tuple(study.codebook.in_order(study.codebook.members(found)))
    emit_record(
        {"id": found.id, **names, "codes": found.codes, "holds": held, "query": found.query}, format, output
    )


@themes_command.command("set", help=N_("Make a theme, or give it other codes, a query or another name."))
@click.argument("theme")
@click.argument("codes", nargs=-1)
@click.option("--query", metavar="NAME|QUERY", help=N_("A query that chooses its codings, in place of codes."))
@click.option("--name", metavar="TEXT", help=N_("Its name."))
@click.option("--lang", "language", metavar="TAG", help=N_("Of the name; else the study's language."))
@pass_invocation
def set_(
    invocation: Invocation,
    theme: str,
    codes: tuple[str, ...],
    query: str | None,
    name: str | None,
    language: str | None,
) -> None:
    """Set a theme; what is not given stays."""
    from dataclasses import replace

    from qualcode.domain import codebook_themes
    from qualcode.services import codebooks, queries

    if codes and query is not None:
        raise click.UsageError(_("A theme has codes or a query, not both."))
    study = invocation.open_study()
    for code in codes:
        study.code_id(code)
    if query is not None:
        queries.check(study, query)
    tag = language or study.language
    known = {item.id: item for item in study.codebook.themes}
    wanted = known.get(theme) or Theme(theme, {tag: name or theme})
    if codes:
        wanted = replace(wanted, codes=codes, query=None)
    if query is not None:
        wanted = replace(wanted, codes=(), query=query)
    if name is not None:
        wanted = replace(wanted, names={**wanted.names, tag: name})
    summary = Message(N_("Theme {theme} set"), {"theme": theme})
    codebooks.change(study, summary, lambda codebook: codebook_themes.set_theme(codebook, wanted))
    say(_("{theme} is set.").format(theme=theme))


@themes_command.command("remove", help=N_("Remove a theme; its codes are not touched."))
@click.argument("theme")
@pass_invocation
def remove(invocation: Invocation, theme: str) -> None:
    """Remove a theme."""
    from qualcode.domain import codebook_themes
    from qualcode.services import codebooks

    study = invocation.open_study()
    summary = Message(N_("Theme {theme} removed"), {"theme": theme})
    codebooks.change(study, summary, lambda codebook: codebook_themes.remove_theme(codebook, theme))
    say(_("{theme} is removed. `qualcode undo` brings it back.").format(theme=theme))


def _named(themes: tuple[Theme, ...], theme: str) -> Theme:
    for item in themes:
        if item.id == theme:
            return item
    raise NotFound(N_("The codebook has no theme {id!r}."), hint=N_("`qualcode themes list` lists them."), id=theme)
