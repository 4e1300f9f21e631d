"""`codebook split`: a new code that takes over chosen codings of another."""

from __future__ import annotations

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.localised import Command
from qualcode.cli.output import say
from qualcode.errors import N_
from qualcode.i18n import _


@click.command(
    "split",
    cls=Command,
    help=N_(
        "Split a code: a new code takes over chosen codings of it.\n\n"
        "CODINGS are ids from `codings list --code CODE`. The new code stands beside the old one."
    ),
)
@click.argument("code")
@click.argument("new")
@click.argument("name")
@click.argument("codings", nargs=-1, required=True)
@click.option("--parent", metavar="CODE", help=N_("The code it stands under; else the parent of CODE."))
@click.option("--definition", metavar="TEXT", help=N_("What it means."))
@click.option("--lang", "language", metavar="TAG", help=N_("Of the texts; else the study's language."))
@pass_invocation
def split(
    invocation: Invocation,
    code: str,
    new: str,
    name: str,
    codings: tuple[str, ...],
    parent: str | None,
    definition: str | None,
    language: str | None,
) -> None:
    """Split a code."""
    from qualcode.domain.codebook import Code, Origin
    from qualcode.services import code_splitting

    study = invocation.open_study()
    study.code_id(code)
    above = parent or study.codebook[code].parent
    if above is not None:
        study.code_id(above)
    tag = language or study.language
    made = Code(
        id=new,
        parent=above,
        names={tag: name},
        definition={tag: definition} if definition else {},
        origin=Origin.INDUCTIVE,
        assignable=above is not None or study.codebook.families_assignable,
    )
    count = code_splitting.split(study, code, made, codings)
    say(_("Codings moved from {code} to {new}: {count}.").format(count=count, code=code, new=new))
