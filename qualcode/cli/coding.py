"""`code`, `codings`, `memo`: putting codes on spans, and seeing, changing and removing what was put."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from qualcode.cli.coded import QUOTATION, complete_table, say_coding, screen_table
from qualcode.cli.coding_import import import_codings_command
from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.groups import ListingGroup
from qualcode.cli.output import emit, note, output_options, say
from qualcode.cli.qualifier_options import CLEAR, QualifiedCommand, asked_qualifiers
from qualcode.cli.records import moment, short_id
from qualcode.domain.tabular import Table
from qualcode.errors import N_
from qualcode.i18n import _, ngettext

F = TypeVar("F", bound=Callable[..., Any])


def qualifier_option(command: F) -> F:
    """The general form of a qualifier, beside the one named after it."""
    return click.option(
        "--qualifier",
        "pairs",
        multiple=True,
        metavar="ID=VALUE",
        help=N_("A qualifier of the codebook; `--ID VALUE` is the same, and the value - says nothing."),
    )(command)


@click.command(
    "code",
    cls=QualifiedCommand,
    help=N_(
        "Put a code on a span of a document.\n\n"
        "START and END count characters from 0 in the text of `documents show DOC --text`; END is exclusive. "
        "The code - makes a quotation. Qualifiers of the codebook are options: `--valence -1`."
    ),
)
@click.argument("document", metavar="DOC")
@click.argument("start", type=int)
@click.argument("end", type=int)
@click.argument("code", metavar="CODE|-")
@qualifier_option
@click.option("--case", metavar="ID", help=N_("The coding's own case, where the document has several."))
@click.option("--memo", default="", metavar="TEXT", help=N_("A memo on the coding."))
@click.option("--no-defaults", is_flag=True, help=N_("Without the qualifiers that the codebook proposes."))
@pass_invocation
def code_command(
    invocation: Invocation,
    document: str,
    start: int,
    end: int,
    code: str,
    pairs: tuple[str, ...],
    case: str | None,
    memo: str,
    no_defaults: bool,
) -> None:
    """Add one coding, and say what was added."""
    from qualcode.domain import qualifying
    from qualcode.domain.span import Span
    from qualcode.services import coding

    study = invocation.open_study()
    asked = asked_qualifiers(study.codebook, pairs)
    chosen = None if code == QUOTATION else code
    coding.check_assignable(study.codebook, chosen)
    proposed = qualifying.defaults(study.codebook, chosen) if chosen and not no_defaults else {}
    added = coding.add(study, document, Span(start, end), chosen, qualifiers=proposed | asked, case=case, memo=memo)
    by_default = proposed.keys() - asked.keys()
    say_coding(study, added.segment, proposed=by_default if added.is_new else ())
    if not added.is_new:
        hint = _("That coding was there already, and what was said of it stands; `codings edit {id}` changes it.")
        note(hint.format(id=short_id(added.segment.coding.uid)))
        if memo.strip():
            note(_("The memo is added to it.") if added.memo_is_new else _("It has that memo already."))
    missing = qualifying.missing(study.codebook, chosen, added.segment.coding.qualifiers)
    if missing:
        note(_("Not said yet: {qualifiers}").format(qualifiers=", ".join(missing)))


@click.group("codings", cls=ListingGroup, help=N_("List, change and remove codings."))
def codings_command() -> None:
    """The codings of the study."""


codings_command.add_command(import_codings_command, "import")


@codings_command.command("list", help=N_("List codings, in order of document and place."))
@click.option("--document", metavar="ID", help=N_("Of this document."))
@click.option("--code", metavar="ID", help=N_("Of this code and those below it."))
@click.option("--coder", metavar="NAME", help=N_("By this coder."))
@click.option("--case", metavar="ID", help=N_("In this case."))
@click.option("--informant", metavar="ID", help=N_("Of this informant's words."))
@click.option("--unplaced", is_flag=True, help=N_("Those whose words were not found with certainty."))
@click.option("--where", multiple=True, metavar="QUERY", help=N_("Only these, as in `matrix --where`."))
@output_options
@pass_invocation
def list_codings(
    invocation: Invocation,
    document: str | None,
    code: str | None,
    coder: str | None,
    case: str | None,
    informant: str | None,
    unplaced: bool,
    where: tuple[str, ...],
    format: str,
    output: Path | None,
) -> None:
    """A row for each coding."""
    from qualcode.services.selecting import Selection, select

    study = invocation.open_study()
    selection = Selection(
        document=document, code=code, coder=coder, case=case, informant=informant, unplaced=unplaced, where=where
    )
    segments = select(study, selection)
    emit(screen_table(segments) if format == "table" else complete_table(study, segments), format, output)
    if format == "table":
        note(ngettext("{n} coding.", "{n} codings.", len(segments)).format(n=len(segments)))


@codings_command.command(
    "edit",
    cls=QualifiedCommand,
    help=N_(
        "Change a coding: its code, its span, its case, its status, its qualifiers.\n\n"
        "ID may be the first eight characters. Qualifiers are options: `--valence 1`; the value - clears."
    ),
)
@click.argument("coding_id", metavar="ID")
@click.option("--code", metavar="CODE|-", help=N_("Another code; - makes it a quotation."))
@click.option("--span", type=(int, int), metavar="START END", help=N_("Another span of the same document."))
@click.option("--case", metavar="ID|-", help=N_("The coding's own case; - takes it away."))
@click.option("--status", type=click.Choice(["accepted", "disputed"]), help=N_("Only accepted codings count."))
@qualifier_option
@pass_invocation
def edit_coding(
    invocation: Invocation,
    coding_id: str,
    code: str | None,
    span: tuple[int, int] | None,
    case: str | None,
    status: str | None,
    pairs: tuple[str, ...],
) -> None:
    """Change what is given, leave the rest."""
    from qualcode.domain.coding import CodingStatus
    from qualcode.domain.span import Span
    from qualcode.services import coding

    study = invocation.open_study()
    asked = asked_qualifiers(study.codebook, pairs)
    changes: dict[str, Any] = {}
    if code is not None:
        changes["code"] = None if code == QUOTATION else code
    if span is not None:
        changes["span"] = Span(*span)
    if case is not None:
        changes["case"] = None if case == CLEAR else case
    if status is not None:
        changes["status"] = CodingStatus(status)
    if asked:
        changes["qualifiers"] = asked
    if not changes:
        raise click.UsageError(_("Say what to change."))
    say_coding(study, coding.edit(study, coding_id, **changes))


@codings_command.command(
    "remove", help=N_("Remove codings, having said what goes with them. `qualcode undo` brings all of it back.")
)
@click.argument("coding_ids", metavar="ID...", nargs=-1, required=True)
@pass_invocation
def remove_codings(invocation: Invocation, coding_ids: tuple[str, ...]) -> None:
    """Remove codings with what rests on them."""
    from qualcode.services import coding, memos

    study = invocation.open_study()
    uids = list(dict.fromkeys(coding.get(study, given).coding.uid for given in coding_ids))
    going = coding.dependents(study, uids)
    notes = sum(len(memos.of_target(study, uid)) for uid in uids)
    for count, told in (
        (going.relations, ngettext("{n} relation goes with it.", "{n} relations go with it.", going.relations)),
        (
            going.evidence,
            ngettext("{n} piece of evidence goes with it.", "{n} pieces of evidence go with it.", going.evidence),
        ),
        (notes, ngettext("{n} memo goes with it.", "{n} memos go with it.", notes)),
    ):
        if count:
            note(told.format(n=count))
    coding.remove(study, uids)
    done = ngettext("{n} coding is removed.", "{n} codings are removed.", len(uids))
    say(done.format(n=len(uids)))


@click.group("memo", cls=ListingGroup, help=N_("Write and list memos."))
def memo_command() -> None:
    """Memos on anything."""


@memo_command.command(
    "list",
    help=N_(
        "List memos in order of time: all, or those on TARGET.\n\n"
        "TARGET is a coding's id, `study` (the research diary), or kind:id, as in `document:a1`, `code:x`, "
        "`case:x`, `informant:x`, `organisation:x`, `theme:x`, `relation:x`."
    ),
)
@click.argument("target", required=False)
@output_options
@pass_invocation
def list_memos(invocation: Invocation, target: str | None, format: str, output: Path | None) -> None:
    """A row for each memo."""
    from qualcode.services import memos

    study = invocation.open_study()
    found = memos.of_target(study, target) if target else memos.everything(study)
    rows = [
        (
            moment(memo.created_at, format),
            memo.coder,
            _shown_target(memo.target_table, on, format),
            memo.text,
        )
        for memo, on in zip(found, memos.targets(study, found), strict=True)
    ]
    labels = (_("When"), _("Coder"), _("On"), _("Text"))
    table = Table(
        ("created_at", "coder", "target", "text"), rows, labels=labels, free_text=frozenset({"coder", "text"})
    )
    emit(table, format, output, whole=("text",))


def _shown_target(table: str, target: str, format: str) -> str:
    """What a memo is on, as `memo add` takes it; uids as short as the screen has them."""
    if table == "coding":
        return short_id(target, format)
    kind, _colon, uid = target.partition(":")
    return f"{kind}:{short_id(uid, format)}" if table == "relation" else target


@memo_command.command(
    "add",
    help=N_(
        "Write a memo.\n\n"
        "TARGET is a coding's id, `study` (the research diary), or kind:id, as in `document:a1`, `code:x`, "
        "`case:x`, `informant:x`, `organisation:x`, `theme:x`, `relation:x`."
    ),
)
@click.argument("target")
@click.argument("text")
@pass_invocation
def add_memo(invocation: Invocation, target: str, text: str) -> None:
    """Write one memo."""
    from qualcode.services import memos

    memos.add(invocation.open_study(), target, text)
    say(_("The memo on {target} is kept.").format(target=target))
