"""`codebook`: showing, checking, importing, exporting and comparing it, and changing its codes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.codebook_split import split
from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.exporting import export_codebook
from qualcode.cli.localised import Group
from qualcode.cli.output import emit, note, output_options, say
from qualcode.cli.themes import themes_command as themes_command
from qualcode.domain.tabular import Table
from qualcode.errors import N_, Message
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.domain.codebook import Code, Codebook

_INDENT = "  "
_TEXT_OPTIONS = ("definition", "include", "exclude")

in_language = click.option("--lang", "language", metavar="TAG", help=N_("Of the texts; else the study's language."))


@click.group("codebook", cls=Group, help=N_("Show, check, change and share the codebook."))
def codebook_command() -> None:
    """The codebook."""


@codebook_command.command("show", help=N_("The tree of codes, with how often each is used; or one code in full."))
@click.argument("code", required=False)
@in_language
@click.option("--retired", is_flag=True, help=N_("Retired codes too."))
@output_options
@pass_invocation
def show(
    invocation: Invocation, code: str | None, language: str | None, retired: bool, format: str, output: Path | None
) -> None:
    """The tree, or one code."""
    from qualcode.services import coding

    study = invocation.open_study()
    codebook = study.codebook
    tag = language or study.language
    counts = coding.counts_by_code(study)
    if code is not None:
        study.code_id(code)
        emit(_one(codebook, codebook[code], counts), format, output, whole=("value",))
        return
    shown = [item for item in _in_tree_order(codebook) if retired or not item.retired]
    emit(_tree(codebook, shown, tag, counts, format), format, output)


@codebook_command.command("check", help=N_("Look for mistakes in a codebook file, with their lines."))
@click.argument("file", metavar="FILE|ID")
def check(file: str) -> int:
    """Exit 1 where the file has errors."""
    from qualcode.services import codebooks

    path = codebooks.find(file)
    problems = codebooks.check_file(path)
    for problem in problems:
        told = {"error": _("error"), "warning": _("warning")}[problem.severity.value]
        say(f"{path.name}:{problem.line}:{problem.column}: {told}: {problem.message.render(_)}")
    errors = sum(problem.severity.value == "error" for problem in problems)
    warnings = len(problems) - errors
    note(_("Errors: {errors}. Warnings: {warnings}.").format(errors=errors, warnings=warnings))
    return 1 if errors else 0


@codebook_command.command("import", help=N_("Make the study's codebook that of a file, or of a shipped one."))
@click.argument("file", metavar="FILE|ID")
@pass_invocation
def import_(invocation: Invocation, file: str) -> None:
    """Import over what is there."""
    from qualcode.services import codebooks

    study = invocation.open_study()
    result = codebooks.import_file(study, codebooks.find(file))
    say(_("Differences to what was: {count}.").format(count=len(result.differences)))
    if result.kept:
        told = _("Kept though the file no longer has them, codes as retired ones: {ids}.")
        note(told.format(ids=", ".join(result.kept)))


codebook_command.add_command(export_codebook, "export")
codebook_command.add_command(split)


@codebook_command.command("diff", help=N_("What a file would change in the study's codebook."))
@click.argument("file", metavar="FILE|ID")
@output_options
@pass_invocation
def diff(invocation: Invocation, file: str, format: str, output: Path | None) -> None:
    """Compare with a file."""
    from qualcode.domain.codebook_diff import differences
    from qualcode.services import codebooks

    study = invocation.open_study()
    wanted, _sha256 = codebooks.read_file(codebooks.find(file))
    rows = [
        (item.change.value, item.part, item.id, item.field, item.before, item.after)
        for item in differences(study.codebook, wanted)
    ]
    labels = (_("Change"), _("Part"), _("Id"), _("Field"), _("Before"), _("After"))
    headers = ("change", "part", "id", "field", "before", "after")
    table = Table(headers, rows, labels=labels, free_text=frozenset({"before", "after"}))
    emit(table, format, output, whole=("before", "after"))


@codebook_command.command("add", help=N_("A new code under a parent; without a parent a new family."))
@click.argument("code")
@click.argument("name")
@click.option("--parent", metavar="CODE", help=N_("The code it stands under."))
@click.option("--definition", metavar="TEXT", help=N_("What it means."))
@click.option("--inductive", is_flag=True, help=N_("It comes from the data, not from theory."))
@in_language
@pass_invocation
def add(
    invocation: Invocation,
    code: str,
    name: str,
    parent: str | None,
    definition: str | None,
    inductive: bool,
    language: str | None,
) -> None:
    """Add a code; names that are near are said."""
    from qualcode.domain import codebook_edit
    from qualcode.domain.codebook import Code, Origin
    from qualcode.services import codebooks

    study = invocation.open_study()
    tag = language or study.language
    near = codebooks.near_names(study.codebook, name)
    new = Code(
        id=code,
        parent=parent,
        names={tag: name},
        definition={tag: definition} if definition else {},
        origin=Origin.INDUCTIVE if inductive else Origin.DEDUCTIVE,
        assignable=parent is not None or study.codebook.families_assignable,
    )
    if parent is not None:
        study.code_id(parent)
    summary = Message(N_("Code {code} added"), {"code": code})
    codebooks.change(study, summary, lambda codebook: codebook_edit.add(codebook, new))
    if near:
        note(_("Near in name: {codes}.").format(codes=", ".join(item.id for item in near)))
    say(_("{code} is added.").format(code=code))


@codebook_command.command("edit", help=N_("Change the texts, keywords or colour of a code; an empty text clears."))
@click.argument("code")
@click.option("--name", metavar="TEXT", help=N_("Its name."))
@click.option("--definition", metavar="TEXT", help=N_("What it means."))
@click.option("--include", metavar="TEXT", help=N_("What belongs to it."))
@click.option("--exclude", metavar="TEXT", help=N_("What does not belong to it."))
@click.option(
    "--keyword", "keywords", multiple=True, metavar="WORD", help=N_("A keyword; all given replace the old.")
)
@click.option("--color", metavar="#RRGGBB", help=N_("Its colour; `none` gives it back to its family's shades."))
@in_language
@pass_invocation
def edit(
    invocation: Invocation,
    code: str,
    name: str | None,
    keywords: tuple[str, ...],
    color: str | None,
    language: str | None,
    **texts: str | None,
) -> None:
    """Change what is given of one code, as one operation."""
    from qualcode.domain import codebook_edit
    from qualcode.domain.codebook_edit import ListPart, TextPart
    from qualcode.services import codebooks

    study = invocation.open_study()
    study.code_id(code)
    tag = language or study.language

    def edited(codebook: Codebook) -> Codebook:
        if name is not None:
            codebook = codebook_edit.rename(codebook, code, tag, name)
        for part in _TEXT_OPTIONS:
            text = texts[part]
            if text is not None:
                codebook = codebook_edit.set_text(codebook, code, TextPart(part), tag, text)
        if keywords:
            codebook = codebook_edit.set_list(codebook, code, ListPart.KEYWORDS, tag, keywords)
        if color is not None:
            codebook = codebook_edit.recolor(codebook, code, None if color == "none" else color)
        return codebook

    codebooks.change(study, Message(N_("Code {code} changed"), {"code": code}), edited)
    say(_("{code} is changed.").format(code=code))


@codebook_command.command("move", help=N_("Put a code, and all below it, under another parent."))
@click.argument("code")
@click.argument("parent", metavar="PARENT|none")
@pass_invocation
def move(invocation: Invocation, code: str, parent: str) -> None:
    """Move a code in the tree."""
    from qualcode.domain import codebook_edit
    from qualcode.services import codebooks

    study = invocation.open_study()
    target = None if parent == "none" else parent
    for named in filter(None, (code, target)):
        study.code_id(named)
    summary = Message(N_("Code {code} moved under {parent}"), {"code": code, "parent": parent})
    codebooks.change(study, summary, lambda codebook: codebook_edit.move(codebook, code, target))
    say(_("{code} is moved.").format(code=code))


@codebook_command.command("retire", help=N_("Take a code out of use; what is coded with it stays and counts."))
@click.argument("code")
@pass_invocation
def retire(invocation: Invocation, code: str) -> None:
    """Retire a code."""
    from qualcode.domain import codebook_edit
    from qualcode.services import codebooks

    study = invocation.open_study()
    study.code_id(code)
    summary = Message(N_("Code {code} retired"), {"code": code})
    codebooks.change(study, summary, lambda codebook: codebook_edit.retire(codebook, code))
    say(_("{code} is retired.").format(code=code))


@codebook_command.command("merge", help=N_("Move the codings of one code to another, and retire it."))
@click.argument("code")
@click.argument("into", metavar="INTO")
@pass_invocation
def merge(invocation: Invocation, code: str, into: str) -> None:
    """Merge two codes."""
    from qualcode.services import codebooks

    study = invocation.open_study()
    for named in (code, into):
        study.code_id(named)
    moved = codebooks.merge(study, code, into)
    told = _("Codings moved to {into}: {count}, the same as one there: {collapsed}; {code} is retired.")
    say(told.format(count=moved.codings, into=into, collapsed=moved.collapsed, code=code))


def _in_tree_order(codebook: Codebook) -> list[Code]:
    return [codebook[code] for family in codebook.children(None) for code in codebook.subtree(family.id)]


def _tree(codebook: Codebook, shown: list[Code], tag: str, counts: dict[str, int], format: str) -> Table:
    indented = format == "table"
    rows = [
        (
            _INDENT * (codebook.level(code.id) - 1) + code.id if indented else code.id,
            code.name(tag) + (f" ({_('retired')})" if code.retired and indented else ""),
            code.parent,
            codebook.level(code.id),
            code.retired,
            counts.get(code.id, 0),
        )
        for code in shown
    ]
    headers = ("code", "name", "parent", "level", "retired", "codings")
    if not indented:
        return Table(headers, rows, free_text=frozenset({"name"}))
    labels = (_("Code"), _("Name"), _("Codings"))
    title = f"{codebook.id} {codebook.version}"
    return Table(("code_id", "name", "codings"), [(row[0], row[1], row[5]) for row in rows], title, labels)


def _one(codebook: Codebook, code: Code, counts: dict[str, int]) -> Table:
    rows: list[tuple[str, str]] = [
        ("id", code.id),
        ("path", " > ".join(step.id for step in codebook.path(code.id))),
        ("codings", str(counts.get(code.id, 0))),
        ("origin", code.origin.value),
    ]
    parts = {
        "name": code.names,
        "definition": code.definition,
        "include": code.include,
        "exclude": code.exclude,
    }
    rows += [(f"{part}.{tag}", text) for part, texts in parts.items() for tag, text in texts.items()]
    for part, lists in (("example", code.examples), ("keywords", code.keywords)):
        rows += [(f"{part}.{tag}", " | ".join(items)) for tag, items in lists.items()]
    return Table(("field", "value"), rows, labels=(_("Field"), _("Value")), free_text=frozenset({"value"}))
