"""An import on the screen: its rows and cards before the files come in, and the report afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.text import Text

from qualcode.domain.inert import inert
from qualcode.domain.people import Speaker, SpeakerRole
from qualcode.domain.placing import WHOLE_DOCUMENT
from qualcode.errors import Message
from qualcode.i18n import _, ngettext
from qualcode.services.importing import FileReport, Outcome, Preview
from qualcode.tui.import_draft import Draft
from qualcode.tui.widgets.table import Column, TableRow

_SAMPLES = 3
"""So many of a speaker's turns are shown to tell who it is."""
_SAMPLE = 300
"""Characters of one of them."""


def columns() -> Sequence[Column]:
    return (
        Column(_("File and speakers"), share=4),
        Column(_("Document"), share=2, above=100),
        Column(_("Words"), 7, right=True, above=70),
        Column(_("Turns"), 6, right=True),
        Column(_("Case / who"), share=3),
        Column("", 16),
    )


def draft_rows(draft: Draft) -> Iterator[TableRow]:
    """A row for each file, and under it one for each of its speakers."""
    for number, (path, item) in enumerate(draft.previews.items()):
        is_out = path in draft.left_out
        words, turns = _counts(item)
        cases = ", ".join(draft.cases(path))
        cells = (path.name, item.document, words, turns, cases, _state(item, is_out))
        yield TableRow(str(number), cells, faint=is_out)
        if not is_out:
            for place, label in enumerate(draft.labels(path)):
                name = f"    {label or _('the whole document')}"
                who = in_words(draft.speaker(path, label))
                yield TableRow(f"{number}.{place}", (name, "", "", _turns_of(item, label), who, ""))


def _counts(item: Preview) -> tuple[str, str]:
    return (str(len(item.imported.text.split())), str(len(item.imported.turns))) if item.imported else ("", "")


def _turns_of(item: Preview, label: str) -> str:
    turns = item.imported.turns if item.imported else ()
    return str(sum(turn.speaker == label for turn in turns) or "")


def _state(item: Preview, is_out: bool) -> str:
    if is_out:
        return _("left out")
    if item.outcome is not Outcome.IMPORTED:
        return outcome_in_words(item.outcome)
    said = len(item.imported.warnings) + len(item.imported.losses) if item.imported else 0
    return ngettext("{n} remark", "{n} remarks", said).format(n=said) if said else ""


def in_words(speaker: Speaker | None) -> str:
    """Whom a label stands for."""
    if speaker is None:
        return "–"
    if speaker.role is SpeakerRole.INTERVIEWER:
        return _("interviewer")
    return speaker.informant or _("nobody that counts")


def outcome_in_words(outcome: Outcome) -> str:
    return {
        Outcome.IMPORTED: _("imported"),
        Outcome.KNOWN: _("known already"),
        Outcome.RESTORED: _("is back"),
        Outcome.REFUSED: _("REFUSED"),
        Outcome.SKIPPED: _("left out"),
    }[outcome]


def file_card(item: Preview, faint: str) -> Text:
    """A file that was read: what is to be known of it before it comes in."""
    text = Text().append(inert(str(item.path)), "bold")
    if item.refusal is not None:
        return text.append("\n" + inert(item.refusal.render(_)))
    if item.imported is not None:
        read = item.imported
        facts = [item.path.suffix.lstrip(".").upper(), read.encoding]
        facts += [read.metadata[key] for key in ("title", "date", "language") if read.metadata.get(key)]
        text.append("\n" + inert(" · ".join(facts)), faint)
        _remarks(text, (*read.warnings, *read.losses))
        if item.cases:
            text.append("\n" + _("The file itself says its case."), faint)
    return text


def speaker_card(draft: Draft, item: Preview, label: str, faint: str) -> Text:
    """A speaker: whom they stand for, and some of what they say."""
    name = label or _("the whole document")
    text = Text().append(inert(name), "bold").append(f"  {inert(in_words(draft.speaker(item.path, label)))}")
    if not draft.open_for_speaker(item.path, label):
        text.append("\n" + _("The file itself says who this is."), faint)
    for words in _samples(item, label):
        text.append("\n" + inert(words), faint)
    return text


def _samples(item: Preview, label: str) -> Sequence[str]:
    read = item.imported
    if read is None:
        return ()
    if label == WHOLE_DOCUMENT:
        return (" ".join(read.text[:_SAMPLE].split()),)
    spoken = [turn for turn in read.turns if turn.speaker == label][:_SAMPLES]
    return [
        " ".join(read.text[turn.body_start : min(turn.end, turn.body_start + _SAMPLE)].split()) for turn in spoken
    ]


# Afterwards


def report_rows(reports: Sequence[FileReport], here: set[str]) -> Iterator[TableRow]:
    """A row for each file; `here` are the documents that are in the study now."""
    for number, report in enumerate(reports):
        gone = report.document and report.document not in here
        outcome = _("taken back") if gone else outcome_in_words(report.outcome)
        words, turns = (str(report.words), str(report.turns)) if report.words else ("", "")
        who = ", ".join(dict.fromkeys(item.informant for item in report.speakers if item.informant))
        faint = report.outcome is Outcome.SKIPPED or bool(gone)
        yield TableRow(str(number), (report.path.name, report.document, words, turns, who, outcome), faint=faint)


def report_card(report: FileReport, faint: str) -> Text:
    text = Text().append(inert(str(report.path)), "bold").append(f"  {outcome_in_words(report.outcome)}")
    if report.reason is not None:
        text.append("\n" + inert(report.reason.render(_)))
    _remarks(text, (*report.warnings, *report.losses))
    if report.added:
        text.append("\n" + inert(_("New in the study: {ids}").format(ids=", ".join(report.added))), faint)
    if report.unmapped and report.words:
        nobody = ", ".join(label or _("the whole document") for label in report.unmapped)
        text.append(
            "\n" + inert(_("Nobody yet, so that no informant is counted: {labels}").format(labels=nobody)), faint
        )
    return text


def _remarks(text: Text, remarks: Sequence[Message]) -> None:
    for remark in remarks:
        text.append("\n" + inert(remark.render(_)))


def summary(reports: Sequence[FileReport]) -> str:
    """How many came in, were known, and were refused."""
    counts = Counter(report.outcome for report in reports)
    came, known, refused = counts[Outcome.IMPORTED], counts[Outcome.KNOWN], counts[Outcome.REFUSED]
    came += counts[Outcome.RESTORED]
    parts = [ngettext("{n} document imported", "{n} documents imported", came).format(n=came)]
    if known:
        parts.append(ngettext("{n} known already", "{n} known already", known).format(n=known))
    if refused:
        parts.append(ngettext("{n} file refused", "{n} files refused", refused).format(n=refused))
    return ", ".join(parts) + "."
