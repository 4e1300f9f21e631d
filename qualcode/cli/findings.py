"""`findings`: claims with their evidence, how strong they are, and the gate that a claim passes to be ready."""

from __future__ import annotations

from pathlib import Path

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.finding_rows import cases_table, evidence_table, findings_table, hits_table, record, word
from qualcode.cli.groups import ListingGroup
from qualcode.cli.output import emit, note, output_options, say
from qualcode.cli.records import emit_record, short_id
from qualcode.errors import N_
from qualcode.i18n import _, ngettext

ROLES = ("supports", "contradicts", "nuances")


@click.group(
    "findings", cls=ListingGroup, help=N_("Write claims, link their evidence, and see how strong they are.")
)
def findings_command() -> None:
    """The findings."""


@findings_command.command("list", help=N_("The findings with their strength."))
@click.option("--question", metavar="ID", help=N_("Only of this research question."))
@click.option(
    "--state", type=click.Choice(("draft", "ready", "stale")), help=N_("Only these; a stale one was ready once.")
)
@output_options
@pass_invocation
def list_(
    invocation: Invocation, question: str | None, state: str | None, format: str, output: Path | None
) -> None:
    """A row for each finding."""
    from qualcode.services import appraising

    found = [
        item
        for item in appraising.appraise(invocation.open_study())
        if question in (None, item.finding.question)
        and state in (None, "stale" if item.stale else item.finding.state)
    ]
    emit(findings_table(found, format), format, output, whole=("claim",))


@findings_command.command("add", help=N_("Write a claim, as a draft."))
@click.argument("claim")
@click.option("--question", metavar="ID", help=N_("The research question it answers."))
@pass_invocation
def add(invocation: Invocation, claim: str, question: str | None) -> None:
    """Store one finding."""
    from qualcode.services import findings

    uid = findings.add(invocation.open_study(), claim, question=question)
    say(_("Finding {id} is written, as a draft.").format(id=short_id(uid)))


@findings_command.command("edit", help=N_("Change claim or question; the finding is a draft again."))
@click.argument("finding")
@click.option("--claim", metavar="TEXT", help=N_("What it says from now on."))
@click.option("--question", metavar="ID", help=N_("Its research question; empty for none."))
@pass_invocation
def edit(invocation: Invocation, finding: str, claim: str | None, question: str | None) -> None:
    """Change one finding."""
    from qualcode.services import findings
    from qualcode.services.coding import KEEP

    if claim is None and question is None:
        raise click.UsageError(_("Nothing is to be changed: give --claim or --question."))
    changed = findings.edit(
        invocation.open_study(),
        finding,
        claim=KEEP if claim is None else claim,
        question=KEEP if question is None else question or None,
    )
    say(_("The finding is changed, and a draft.") if changed else _("The finding says that already."))


@findings_command.command("remove", help=N_("Remove a finding; its codings and relations stay."))
@click.argument("finding")
@pass_invocation
def remove(invocation: Invocation, finding: str) -> None:
    """Delete one finding."""
    from qualcode.services import findings

    study = invocation.open_study()
    old = findings.get(study, finding)
    findings.remove(study, finding)
    say(_("«{claim}» is removed. `qualcode undo` brings it back.").format(claim=old.claim))


@findings_command.command(
    "link",
    help=N_(
        "Let codings and relations support, contradict or nuance a finding.\n\n"
        "IDS are ids of codings and relations (eight characters do). What is linked already changes its role."
    ),
)
@click.argument("finding")
@click.argument("role", type=click.Choice(ROLES))
@click.argument("ids", nargs=-1, required=True)
@pass_invocation
def link(invocation: Invocation, finding: str, role: str, ids: tuple[str, ...]) -> None:
    """Link evidence."""
    from qualcode.domain.finding import Role
    from qualcode.services import appraising, findings

    study = invocation.open_study()
    made = findings.link(study, finding, Role(role), ids)
    told = ngettext("{n} link made or changed.", "{n} links made or changed.", made)
    level = word(appraising.appraise_one(study, finding).strength.level, "table")
    say(told.format(n=made) + " " + _("The finding is now: {level}.").format(level=level))


@findings_command.command("unlink", help=N_("Take codings and relations out of a finding."))
@click.argument("finding")
@click.argument("ids", nargs=-1, required=True)
@pass_invocation
def unlink(invocation: Invocation, finding: str, ids: tuple[str, ...]) -> None:
    """Unlink evidence."""
    from qualcode.services import appraising, findings

    study = invocation.open_study()
    gone = findings.unlink(study, finding, ids)
    told = ngettext("{n} link taken out.", "{n} links taken out.", gone)
    level = word(appraising.appraise_one(study, finding).strength.level, "table")
    say(told.format(n=gone) + " " + _("The finding is now: {level}.").format(level=level))


@findings_command.command(
    "check",
    help=N_(
        "Look for what may speak against a finding, and list what nobody has looked at.\n\n"
        "Hits are codings that are no evidence of it yet. Without --where: as the last time; the first time all "
        "with the codes of its evidence. Link what contradicts; say of the rest that it was looked at."
    ),
)
@click.argument("finding")
@click.option(
    "--where", multiple=True, metavar="CONDITION", help=N_("What to look for; may be given several times.")
)
@click.option(
    "--looked", multiple=True, metavar="ID", help=N_("This hit was looked at; may be given several times.")
)
@click.option("--all-looked", is_flag=True, help=N_("All hits there are now were looked at."))
@output_options
@pass_invocation
def check(
    invocation: Invocation,
    finding: str,
    where: tuple[str, ...],
    looked: tuple[str, ...],
    all_looked: bool,
    format: str,
    output: Path | None,
) -> None:
    """Search for negative cases."""
    from qualcode.services import findings

    study = invocation.open_study()
    now = findings.search(study, finding, where)
    if looked or all_looked:
        count = findings.look_at(study, finding, None if all_looked else looked)
        note(ngettext("{n} hit is looked at.", "{n} hits are looked at.", count).format(n=count))
        now = findings.search(study, finding)
    emit(hits_table(study, now.unseen, format), format, output)
    conditions = " & ".join(now.search.conditions) if now.search else ""
    told = ngettext(
        "{n} hit of {query} is to be looked at.", "{n} hits of {query} are to be looked at.", len(now.unseen)
    )
    note(told.format(n=len(now.unseen), query=conditions))


@findings_command.command(
    "ready",
    help=N_("Call a finding ready: its search for negative cases was run, and every hit looked at."),
)
@click.argument("finding")
@click.option("--draft", is_flag=True, help=N_("Call it a draft again."))
@pass_invocation
def ready(invocation: Invocation, finding: str, draft: bool) -> None:
    """Pass the gate, or go back."""
    from qualcode.services import findings

    study = invocation.open_study()
    if draft:
        changed = findings.make_draft(study, finding)
        say(_("The finding is a draft again.") if changed else _("The finding is a draft already."))
        return
    level = word(findings.make_ready(study, finding).level, "table")
    say(_("The finding is ready: {level}.").format(level=level))


@findings_command.command("show", help=N_("One finding: strength and why, its evidence, and what each case says."))
@click.argument("finding")
@click.option(
    "--part",
    type=click.Choice(("summary", "evidence", "cases")),
    help=N_("This alone; csv and json take the summary without it."),
)
@output_options
@pass_invocation
def show(invocation: Invocation, finding: str, part: str | None, format: str, output: Path | None) -> None:
    """One finding."""
    from qualcode.services import appraising, findings

    study = invocation.open_study()
    item = appraising.appraise_one(study, finding)
    wanted = part or ("summary" if format != "table" or output is not None else "all")
    if wanted in ("summary", "all"):
        emit_record(record(item, findings.searches(study, finding), format), format, output)
    for name, table in (("evidence", evidence_table(study, item, format)), ("cases", cases_table(item, format))):
        if wanted == "all":
            say("")
        if wanted in (name, "all"):
            emit(table, format, output, whole=("text",))
