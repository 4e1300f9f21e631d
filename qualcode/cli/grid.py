"""`grid`: the framework grid, summaries in words with their quotes; and `asked`: who was asked about what."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.localised import Group
from qualcode.cli.output import FORMATS, emit, format_of, in_format, note, output_options, say, to_file, write
from qualcode.domain.grid import RowKind, SummaryState
from qualcode.errors import N_
from qualcode.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualcode.domain.grid import GridCell
    from qualcode.services.grid import Charted
    from qualcode.services.study import Study

PAGES = ("md", "html")


@click.group("grid", cls=Group, help=N_("Write summaries of cases or informants across themes."))
def grid_command() -> None:
    """The framework grid."""


@grid_command.command("show", help=N_("The grid: summaries, their states, and why cells are empty."))
@click.option(
    "--rows",
    type=click.Choice([kind.value for kind in RowKind]),
    default=RowKind.CASE.value,
    show_default=True,
    help=N_("What stands down the side."),
)
@click.option(
    "--columns",
    default="family",
    show_default=True,
    metavar="family|code|theme|ID,ID...",
    help=N_("What stands across: families, codes, themes, or some of them by id."),
)
@to_file
@in_format(*FORMATS, *PAGES)
@pass_invocation
def show(invocation: Invocation, rows: str, columns: str, output: Path | None, format: str | None) -> None:
    """Print or write the grid."""
    study = invocation.open_study()
    print_grid(study, rows, columns, format_of(format, output, (*FORMATS, *PAGES)), output, transpose=False)


def print_grid(study: Study, rows: str, columns: str, format: str, output: Path | None, *, transpose: bool) -> None:
    """The grid in one of FORMATS or PAGES. Raises BadInput, NotFound as `services.grid.grid`."""
    from dataclasses import replace

    from qualcode.domain import grid as domain
    from qualcode.domain import matrix
    from qualcode.reporting.grid_tables import readable_grid_table
    from qualcode.services import grid

    charted = grid.grid(study, RowKind(rows), columns)
    if transpose:
        turned = replace(charted.compared, matrix=matrix.transposed(charted.compared.matrix))
        charted = grid.Charted(domain.transposed(charted.grid), turned)
    if format in PAGES:
        write(_page(charted, format), output)
    elif format == "table":
        title = charted.compared.heading.title
        emit(readable_grid_table(charted.grid, title=title), format, output, whole=("text",))
        _tell(charted, on_screen=output is None)
    else:
        _emit_cells(charted, format, output)


def _page(charted: Charted, format: str) -> bytes:
    from qualcode.reporting.grid_page import grid_html
    from qualcode.reporting.grid_tables import grid_markdown

    compared = charted.compared
    parts = (charted.grid, compared.matrix, compared.heading, compared.quotes)
    return grid_html(*parts) if format == "html" else grid_markdown(*parts).encode()


def _emit_cells(charted: Charted, format: str, output: Path | None) -> None:
    from qualcode.reporting.grid_tables import grid_table

    grid = charted.grid
    labels = {item.id: item.label for item in (*grid.columns, *grid.rows)}
    emit(grid_table([cell for cells in grid.cells for cell in cells], labels), format, output)


def _tell(charted: Charted, *, on_screen: bool) -> None:
    from qualcode.reporting.grid_tables import grid_facts, grid_notes

    tell = say if on_screen else note
    if on_screen:
        say("")
    for fact in grid_facts(charted.grid, charted.compared.matrix, charted.compared.heading)[1:]:
        tell(f"{fact.label}: {fact.text}")
    tell(grid_notes()[0])


@grid_command.command(
    "edit",
    help=N_(
        "Write the summary of a cell.\n\n"
        "ROW is a case or an informant (case:ID, informant:ID, or the id alone), COLUMN the id of a family, a code "
        "or a theme. Without TEXT your editor opens (VISUAL or EDITOR), with the quotes above. An empty TEXT takes "
        "the summary away."
    ),
)
@click.argument("row")
@click.argument("column")
@click.argument("text", required=False)
@pass_invocation
def edit(invocation: Invocation, row: str, column: str, text: str | None) -> None:
    """Save the words of one cell."""
    from qualcode.services import grid

    study = invocation.open_study()
    key = grid.key_of(study, row, column)
    if text is None and not _edited(study, grid.cell(study, key)):
        note(_("Left without saving; nothing was changed."))
        return
    now = grid.write(study, key, text) if text is not None else grid.cell(study, key)
    told = _("{cell} is saved.") if now.text else _("{cell} has no summary.")
    say(told.format(cell=key))


def _edited(study: Study, cell: GridCell) -> bool:
    """Whether the summary was saved in the researcher's editor; it rests on the quotes that stood above it."""
    from qualcode.services import blinding, editing, grid

    hidden = {segment.coding.uid for segment in blinding.hidden_codings(study)}
    seen = [uid for uid in cell.evidence.uids if uid not in hidden]

    def save(text: str) -> None:
        grid.write(study, cell.key, text, seen=seen, instead_of=cell.text)

    marker = _("Write the summary below this line, and leave the line as it is.")
    return editing.edit(cell.text, _quotes_above(cell, hidden), marker, save)


def _quotes_above(cell: GridCell, hidden: set[str]) -> Iterator[str]:
    from qualcode.cli.records import short_id
    from qualcode.reporting.cells import source
    from qualcode.reporting.grid_tables import state_text

    yield f"{cell.key} · {state_text(cell)}"
    came = set(cell.added)
    for segment in cell.evidence.codings:
        uid = segment.coding.uid
        if uid in hidden:
            continue
        mark = " +" if uid in came else ""
        yield ""
        yield f"[{short_id(uid)}]{mark} {', '.join(source(segment))} · {segment.coding.code}"
        yield segment.coding.anchor.exact
    if cell.removed:
        yield ""
        yield _("No longer in this cell: {ids}").format(ids=", ".join(short_id(uid) for uid in cell.removed))


@grid_command.command("state", help=N_("Say that the summary of a cell is a draft, or that you have checked it."))
@click.argument("row")
@click.argument("column")
@click.argument("state", type=click.Choice([SummaryState.DRAFTED.value, SummaryState.CHECKED.value]))
@pass_invocation
def state(invocation: Invocation, row: str, column: str, state: str) -> None:
    """Set the state of one cell."""
    from qualcode.reporting.grid_tables import state_text
    from qualcode.services import grid

    study = invocation.open_study()
    key = grid.key_of(study, row, column)
    say(f"{key}: {state_text(grid.set_state(study, key, SummaryState(state)))}")


@grid_command.command("import", help=N_("Take summaries from a CSV file, as `grid export` writes it."))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--raw", is_flag=True, help=N_("Take free text as it stands, without taking a formula guard off."))
@pass_invocation
def import_(invocation: Invocation, file: Path, raw: bool) -> None:
    """Store the summaries of a file, all or none."""
    from qualcode.services.grid_import import import_summaries

    study = invocation.open_study()
    result = import_summaries(study, file, raw=raw)
    told = _("Summaries written: {written}, cleared: {cleared}, as they were: {same}.")
    say(told.format(written=result.written, cleared=result.cleared, same=result.same))


@grid_command.command("export", help=N_("All written summaries, one a row, with what they rest on."))
@click.option("--format", type=click.Choice(["csv", "json"]), default="csv", help=N_("How to print."))
@to_file
@pass_invocation
def export(invocation: Invocation, format: str, output: Path | None) -> None:
    """Print or write every written cell."""
    from qualcode.reporting.grid_tables import grid_table
    from qualcode.services import grid

    study = invocation.open_study()
    emit(grid_table(*grid.written(study)), format, output)


@click.group("asked", cls=Group, help=N_("Note which informants were asked about what."))
def asked_command() -> None:
    """Who was asked."""


@asked_command.command("list", help=N_("What was noted: all, or of one informant."))
@click.option("--informant", metavar="ID", help=N_("Only of this informant."))
@output_options
@pass_invocation
def list_asked(invocation: Invocation, informant: str | None, format: str, output: Path | None) -> None:
    """A row for each note."""
    from qualcode.domain.tabular import Table
    from qualcode.services import asking

    study = invocation.open_study()
    rows = [(item.informant, item.about, item.asked) for item in asking.listing(study, informant)]
    emit(Table(_ASKED, rows, labels=(_("Informant"), _("About"), _("Asked"))), format, output)


_ASKED = ("informant", "about", "asked")


@asked_command.command(
    "set",
    help=N_(
        "Note whether an informant was asked about codes or themes.\n\n"
        "On a code it holds for all codes below it, unless another note is made there."
    ),
)
@click.argument("informant")
@click.argument("about", nargs=-1, required=True)
@click.argument("asked", type=click.Choice(["asked", "not-asked", "unknown"]))
@pass_invocation
def set_asked(invocation: Invocation, informant: str, about: tuple[str, ...], asked: str) -> None:
    """Make or take away notes."""
    from qualcode.domain.asked import Asked
    from qualcode.services import asking

    study = invocation.open_study()
    changed = asking.note(study, informant, about, None if asked == "unknown" else Asked(asked))
    say(_("Notes changed: {count}.").format(count=changed))


@asked_command.command("import", help=N_("Take notes from a CSV file with the columns informant, about, asked."))
@click.argument("file", type=click.Path(path_type=Path))
@pass_invocation
def import_asked(invocation: Invocation, file: Path) -> None:
    """Store the notes of a file, all or none."""
    from qualcode.services import asking

    say(_("Notes changed: {count}.").format(count=asking.import_notes(invocation.open_study(), file)))
