"""What became of each imported file: a table on stdout, and what the researcher should know on stderr."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from qualcode.cli.output import note
from qualcode.domain.placing import WHOLE_DOCUMENT
from qualcode.domain.tabular import Cell, Table
from qualcode.domain.turn_finding import same_label
from qualcode.errors import Message
from qualcode.i18n import _, ngettext
from qualcode.services.importing import FileReport, Outcome, Preview

_NAMED = 5
"""How many files or documents a remark names."""


def report_table(reports: Sequence[FileReport], folders: Sequence[Path]) -> Table:
    """For people: files by their names below the imported `folders`; skipped ones and reasons are on stderr."""
    outcomes = {
        Outcome.IMPORTED: _("imported"),
        Outcome.KNOWN: _("known already"),
        Outcome.RESTORED: _("is back"),
        Outcome.REFUSED: _("REFUSED"),
    }
    rows = [
        (_below(report.path, folders), outcomes[report.outcome], *_facts(report))
        for report in reports
        if report.outcome in outcomes
    ]
    labels = (_("File"), _("Outcome"), _("Document"), _("Words"), _("Turns"), _("Informants"), _("Unmapped"))
    return Table(("file", "outcome", "document", "words", "turns", "informants", "unmapped"), rows, labels=labels)


def complete_table(reports: Sequence[FileReport]) -> Table:
    """For programs: a row for every file met, with the reason where it was refused or skipped."""
    headers = ("file", "outcome", "document", "words", "turns", "informants", "unmapped", "reason")
    rows = [
        (
            str(report.path),
            report.outcome,
            *_facts(report),
            report.reason.render(_) if report.reason else "",
        )
        for report in reports
    ]
    return Table(headers, rows, free_text=frozenset({"file", "unmapped", "reason"}))


def _facts(report: FileReport) -> tuple[Cell, ...]:
    informants = tuple(dict.fromkeys(item.informant for item in report.speakers if item.informant))
    words, turns = (report.words, report.turns) if report.words else (None, None)
    return report.document, words, turns, informants, report.unmapped


def _below(path: Path, folders: Sequence[Path]) -> str:
    for folder in folders:
        if path != folder and path.is_relative_to(folder):
            return str(path.relative_to(folder))
    return path.name


def remark(reports: Sequence[FileReport], labels: Iterable[str]) -> None:
    """Refusals, warnings, losses, and what to see to before coding. `labels` are those the user named."""
    for report in reports:
        if report.outcome is Outcome.REFUSED and report.reason is not None:
            note(_("Refused: {reason}").format(reason=_named(report.path, report.reason.render(_))))
        if report.outcome is Outcome.RESTORED:
            note(_("{document} had been removed and is back as it was.").format(document=report.document))
    _remark_on_reading(
        (report.path, message) for report in reports for message in (*report.warnings, *report.losses)
    )
    skipped = [report.path.name for report in reports if report.outcome is Outcome.SKIPPED]
    if skipped:
        note(_("Not read, no transcripts by their names: {files}").format(files=", ".join(skipped)))
    added = list(dict.fromkeys(key for report in reports for key in report.added))
    if added:
        note(_("New in the study: {ids}").format(ids=", ".join(added)))
    _remark_on_speakers(reports, labels)
    _remark_counts(reports)


def _remark_on_reading(found: Iterable[tuple[Path, Message]]) -> None:
    """Warnings and losses; what is said of many files is said once, with their names."""
    files: dict[str, list[str]] = {}
    for path, message in found:
        files.setdefault(message.render(_), []).append(path.name)
    for text, names in files.items():
        note(_("Warning: {files}: {message}").format(files=_some(names), message=text))


def _some(names: Sequence[str]) -> str:
    """The names, the first few of them where they are many."""
    shown = ", ".join(names[:_NAMED])
    more = len(names) - _NAMED
    return (
        shown
        if more <= 0
        else ngettext("{names} and {n} more", "{names} and {n} more", more).format(names=shown, n=more)
    )


def _named(path: Path, text: str) -> str:
    """`text` with the file's name before it, unless it has the name already."""
    return text if path.name in text else f"{path.name}: {text}"


def _remark_on_speakers(reports: Sequence[FileReport], labels: Iterable[str]) -> None:
    read = [report for report in reports if report.words]
    whole = [report.document for report in read if report.unmapped == (WHOLE_DOCUMENT,)]
    if whole:
        hint = _('No speakers found in {documents}: `qualcode speakers map DOC "" INFORMANT` maps all of it.')
        note(hint.format(documents=_some(whole)))
    if any(report.unmapped and report.document not in whole for report in read):
        note(_("Unmapped labels count no informant: `qualcode speakers map DOC LABEL INFORMANT`."))
    met = {same_label(speaker.label) for report in read for speaker in report.speakers}
    unmet = [label for label in labels if same_label(label) not in met]
    if read and unmet:
        note(_("Warning: no file has the label {labels}.").format(labels=", ".join(unmet)))


def _remark_counts(reports: Sequence[FileReport]) -> None:
    counts = Counter(report.outcome for report in reports)
    imported, known, refused = counts[Outcome.IMPORTED], counts[Outcome.KNOWN], counts[Outcome.REFUSED]
    parts = [ngettext("{n} document imported", "{n} documents imported", imported).format(n=imported)]
    if known:
        parts.append(ngettext("{n} known already", "{n} known already", known).format(n=known))
    if refused:
        parts.append(ngettext("{n} file refused", "{n} files refused", refused).format(n=refused))
    note(", ".join(parts) + ".")


def preview_table(previews: Sequence[Preview]) -> Table:
    """What would be read; refused files are on stderr."""
    rows: list[tuple[Cell, ...]] = []
    for item in previews:
        if item.imported is not None:
            read, metadata = item.imported, item.imported.metadata
            counts = (len(read.text.split()), len(read.turns))
            cases = tuple(metadata.get("cases", ()))
            rows.append((item.path.name, item.document, metadata.get("title", ""), cases, *counts, read.speakers))
    headers = ("file", "document", "title", "cases", "words", "turns", "speakers")
    labels = (_("File"), _("Document"), _("Title"), _("Cases"), _("Words"), _("Turns"), _("Labels"))
    return Table(headers, rows, labels=labels, free_text=frozenset({"file", "title", "speakers"}))


def remark_on_preview(previews: Sequence[Preview]) -> None:
    """Refusals, warnings and losses, and that nothing is stored."""
    for item in previews:
        if item.refusal is not None:
            note(_("Refused: {reason}").format(reason=_named(item.path, item.refusal.render(_))))
    _remark_on_reading(
        (item.path, message)
        for item in previews
        if item.imported is not None
        for message in (*item.imported.warnings, *item.imported.losses)
    )
    note(_("Nothing is stored."))
