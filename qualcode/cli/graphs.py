"""`graph`: the stated relations as a table, a drawing or a file for another program, and their loops."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.localised import Command, Group
from qualcode.cli.output import FORMATS, emit, format_of, in_format, note, say, to_file, write
from qualcode.errors import N_
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.reporting.graph_view import Graphed

DRAWINGS = ("svg", "dot", "graphml")
_BARRIERS = "barrier"
"""The family that `graph barriers` is about, unless `--family` names another: the shipped codebook's."""
F = TypeVar("F", bound=Callable[..., Any])


def _chosen(command: F) -> F:
    """The options that say which relations count."""
    case = click.option("--case", metavar="ID", help=N_("Only relations of this case; else all cases merged."))
    types = click.option(
        "--type", "types", multiple=True, metavar="TYPE", help=N_("Only of this type; may be given several times.")
    )
    work_of = click.option(
        "--coder", "--work-of", "work_of", metavar="NAME", help=N_("Only the relations of this coder.")
    )
    longest = click.option(
        "--longest",
        type=click.IntRange(min=1, max=12),
        default=6,
        show_default=True,
        metavar="N",
        help=N_("The most codes that a listed loop may have."),
    )
    return case(types(work_of(longest(to_file(command)))))


def _within(command: F) -> F:
    return click.option(
        "--family",
        "families",
        multiple=True,
        metavar="ID",
        help=N_("Only between codes of these families; may be given several times."),
    )(command)


def _drawn(command: F) -> F:
    """The options of what can be a drawing."""
    together = click.option(
        "--together",
        metavar="span|overlap|sentence|turn|near:K|document|informant",
        help=N_("Show, as a hint in grey, which codes stand together in this unit."),
    )
    return together(in_format(*FORMATS, *DRAWINGS)(command))


@click.group("graph", cls=Group, help=N_("Draw and list the stated relations, and their loops."))
def graph_command() -> None:
    """The graph of relations."""


@graph_command.command(
    "barriers",
    cls=Command,
    help=N_(
        "How barriers act on each other.\n\n"
        "The relations within one family by the types that lead from it to itself: directed, with a sign."
    ),
)
@_chosen
@click.option("--family", default=_BARRIERS, show_default=True, metavar="ID", help=N_("Within this family."))
@_drawn
@pass_invocation
def barriers(
    invocation: Invocation,
    case: str | None,
    types: tuple[str, ...],
    work_of: str | None,
    longest: int,
    output: Path | None,
    family: str,
    together: str | None,
    format: str | None,
) -> None:
    """The graph within one family."""
    from qualcode.domain.relation_graph import types_within
    from qualcode.services import relation_graphs

    study = invocation.open_study()
    graphed = relation_graphs.graph(
        study,
        types=types or types_within(study.codebook, family),
        families=[family],
        case=case,
        work_of=work_of,
        together_in=together,
        longest=longest,
    )
    _print(graphed, format_of(format, output, (*FORMATS, *DRAWINGS)), output)


@graph_command.command("relations", cls=Command, help=N_("All stated relations, or some of them."))
@_chosen
@_within
@_drawn
@pass_invocation
def relations(
    invocation: Invocation,
    case: str | None,
    types: tuple[str, ...],
    work_of: str | None,
    longest: int,
    output: Path | None,
    families: tuple[str, ...],
    together: str | None,
    format: str | None,
) -> None:
    """The graph of all relations."""
    from qualcode.services import relation_graphs

    graphed = relation_graphs.graph(
        invocation.open_study(),
        types=types or None,
        families=families or None,
        case=case,
        work_of=work_of,
        together_in=together,
        longest=longest,
    )
    _print(graphed, format_of(format, output, (*FORMATS, *DRAWINGS)), output)


@graph_command.command("loops", cls=Command, help=N_("Relations that lead back to where they began."))
@_chosen
@_within
@in_format(*FORMATS)
@pass_invocation
def loops(
    invocation: Invocation,
    case: str | None,
    types: tuple[str, ...],
    work_of: str | None,
    longest: int,
    output: Path | None,
    families: tuple[str, ...],
    format: str | None,
) -> None:
    """A row for each loop."""
    from qualcode.reporting.graph_tables import loops_table, readable_loops_table
    from qualcode.services import relation_graphs

    graphed = relation_graphs.graph(
        invocation.open_study(),
        types=types or None,
        families=families or None,
        case=case,
        work_of=work_of,
        longest=longest,
    )
    written = format_of(format, output, FORMATS)
    made = readable_loops_table if written == "table" else loops_table
    emit(made(graphed), written, output, whole={"loop"})
    tell = say if written == "table" and output is None else note
    _tell(graphed, tell, _("No loops of at most {n} codes.").format(n=longest) if not graphed.loops.found else "")


def _print(graphed: Graphed, format: str, output: Path | None) -> None:
    if format in DRAWINGS:
        write(_drawing(graphed, format), output)
        return
    from qualcode.reporting.graph_tables import edges_table, readable_edges_table
    from qualcode.reporting.graph_view import loop_words

    made = readable_edges_table if format == "table" else edges_table
    emit(made(graphed), format, output)
    tell = say if format == "table" and output is None else note
    _tell(graphed, tell, "" if graphed.graph.edges else _("No relations here."))
    if format == "table":
        for loop in graphed.loops.found:
            tell(_("Loop: {loop}").format(loop=loop_words(graphed, loop)))
    if graphed.hints:
        tell(_("Coded together is a hint and no relation: nobody says that the two are related."))


def _drawing(graphed: Graphed, format: str) -> bytes:
    if format == "svg":
        from qualcode.reporting.graph_svg import graph_svg

        return graph_svg(graphed)
    from qualcode.reporting.graph_files import dot, graphml

    return dot(graphed) if format == "dot" else graphml(graphed)


def _tell(graphed: Graphed, tell: Callable[[str], None], nothing: str) -> None:
    """What the graph rests on: under a table on the screen, else on stderr, out of the data's way."""
    from qualcode.reporting.graph_view import graph_facts

    if tell is say:
        say("")
    for line in (nothing, *graph_facts(graphed)):
        if line:
            tell(line)
