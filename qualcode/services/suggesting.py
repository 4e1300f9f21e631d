"""Suggestions: running a suggester over the documents, reading what is open, and deciding.

A suggester never decides: codings come only from a coder's decision. Suggestions are outside the history, decisions
inside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from qualcode.domain import qualifying
from qualcode.domain.coding import CodedSegment, CodingOrigin
from qualcode.domain.progress import Report, Step, silent, track
from qualcode.domain.span import Span
from qualcode.domain.suggestion import Decision, Proposal, Suggester, Suggestion, Verdict
from qualcode.errors import N_, BadInput, Conflict, Message
from qualcode.nlp import suggesters
from qualcode.services import blinding, coding, spoken
from qualcode.services.spoken import Source
from qualcode.services.study import Study
from qualcode.store import decisions as stored_decisions
from qualcode.store import lookup, suggestions
from qualcode.store.unit import Unit

_VERDICTS = {
    Verdict.ACCEPTED: N_("accepted"),
    Verdict.CORRECTED: N_("corrected"),
    Verdict.REJECTED: N_("rejected"),
}


@dataclass(frozen=True, slots=True)
class RunReport:
    """What one run left: `documents` are those it read, in order of import."""

    suggester: str
    version: str
    documents: tuple[str, ...]
    by_document: Mapping[str, int]
    """Document -> how many suggestions; those without any are missing."""

    @property
    def suggestions(self) -> int:
        return sum(self.by_document.values())


def run(
    study: Study, documents: Sequence[str] | None = None, *, suggester: str = "lexicon", report: Report = silent
) -> RunReport:
    """Let a suggester read documents (None: all) and replace what it suggested on them before.

    It weighs words over all documents, so that a run over some gives them what a run over all does. Cancelled, it
    leaves all as it was. Raises NotFound (suggester, document), BadInput (no code to suggest; a faulty suggester).
    """
    engine = suggesters.load(suggester)
    codebook = study.codebook
    if not any(code.assignable and not code.retired for code in codebook.codes):
        raise BadInput(
            N_("The codebook has no code that could be suggested."),
            hint=N_("`qualcode codebook import FILE` brings one in."),
        )
    everything = spoken.sources(study)
    wanted = spoken.chosen(everything, documents)
    _teach(study, engine, everything, report)
    found = engine.suggest(codebook, [source.text for source in wanted.values()])
    proposals = list(_watched(found, list(wanted), report))
    for proposal in proposals:
        spoken.check_proposal(proposal, wanted, codebook, suggester)
    with study.store.write("suggest", Message(N_("Suggestions made")), undoable=False) as unit:
        suggestions.replace(
            unit,
            suggester=suggester,
            version=engine.version,
            version_ids={document: source.version_id for document, source in wanted.items()},
            code_ids={item.code: study.code_id(item.code) or 0 for item in proposals},
            proposals=proposals,
        )
    return RunReport(suggester, engine.version, tuple(wanted), Counter(item.document for item in proposals))


def _teach(study: Study, engine: Suggester, everything: Mapping[str, Source], report: Report) -> None:
    with study.store.read() as connection:
        decided = stored_decisions.decisions(connection)
    coded = [segment.coding for segment in coding.everything(study)]
    label, total = Message(N_("Reading")), len(everything)
    texts = [
        replace(source.text, still_reading=partial(report, Step(label, done, total)))
        for done, source in enumerate(everything.values())
    ]
    engine.learn(track(texts, label, report), coded, decided)


def _watched(proposals: Iterable[Proposal], documents: Sequence[str], report: Report) -> Iterator[Proposal]:
    """The proposals, reporting at each how many documents are done: a run can be cancelled in a long one too."""
    label, seen = Message(N_("Suggesting")), set[str]()
    for proposal in proposals:
        seen.add(proposal.document)
        report(Step(label, len(seen) - 1, len(documents)))
        yield proposal
    report(Step(label, len(documents), len(documents)))


def open_suggestions(
    study: Study, document: str | None = None, *, by_score: bool = False, within: Span | None = None
) -> list[Suggestion]:
    """What is open for the coder who acts, of one document or of all, in text order.

    Nothing in turns that must stay hidden from this coder. `by_score`: within each document the best first.
    `within`: only those that touch this stretch of the document. Raises NotFound.
    """
    with study.store.read() as connection:
        if document is not None:
            lookup.row_id(connection, lookup.DOCUMENT, document)
        found = _shown(study, suggestions.open_for(connection, study.coder_id, document, within=within))
    if by_score:
        order = {item.document: place for place, item in reversed(list(enumerate(found)))}
        found.sort(key=lambda item: (order[item.document], -item.score))
    return found


def open_counts(study: Study) -> dict[str, int]:
    """Document -> how many suggestions are open for the coder who acts, those in hidden turns left out."""
    with study.store.read() as connection:
        found = suggestions.open_for(connection, study.coder_id)
    return dict(Counter(item.document for item in _shown(study, found)))


def _shown(study: Study, found: list[Suggestion]) -> list[Suggestion]:
    """Of open suggestions those outside turns that must stay hidden from the coder who acts."""
    hidden = blinding.hidden_by_document(study)
    if not any(hidden.values()):
        return found
    turns = {document: study.text(document).turns for document in hidden}
    return [
        item
        for item in found
        if not blinding.touches(turns.get(item.document, ()), item.span, hidden.get(item.document, ()))
    ]


def record_shown(study: Study, offered: Iterable[Suggestion]) -> int:
    """Remember that the coder who acts was shown these; how many are new. What is known already costs one read."""
    ids = [item.id for item in offered]
    with study.store.read() as connection:
        if not stored_decisions.not_shown(connection, ids, study.coder_id):
            return 0
    with study.write("show", N_("{count} suggestions shown"), undoable=False, count=len(ids)) as unit:
        return stored_decisions.show(unit, ids, study.coder_id)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, and the coding it led to, if any; `is_new` where that coding was not there before."""

    decision: Decision
    segment: CodedSegment | None = None
    is_new: bool = False


def get(study: Study, suggestion_id: int) -> Suggestion:
    """A suggestion by its number, open or decided. Raises NotFound, as for one of an earlier run."""
    with study.store.read() as connection:
        return suggestions.get(connection, suggestion_id)


def accept(study: Study, suggestion_id: int, qualifiers: Mapping[str, str] | None = None) -> Decided:
    """Put the suggested code on the suggested span; coding and decision are one operation.

    The codebook's defaults go with it; `qualifiers` change them, an empty value clears one. Raises NotFound,
    Conflict (decided already, the text has changed), BadInput (the code is retired, qualifiers).
    """
    item = get(study, suggestion_id)
    template = N_("Suggestion accepted: {code} on {document} {start}-{end}")
    return _code(study, item, Verdict.ACCEPTED, template, item.code, item.span, qualifiers or {})


def correct(
    study: Study,
    suggestion_id: int,
    code: str | None = None,
    span: Span | None = None,
    qualifiers: Mapping[str, str] | None = None,
) -> Decided:
    """Put another code than the suggested one, or on another span. Otherwise as `accept`.

    The coding keeps the suggestion's confidence, as one that came from it. Raises BadInput where nothing differs.
    """
    item = get(study, suggestion_id)
    chosen_code, chosen_span = code or item.code, span or item.span
    if (chosen_code, chosen_span) == (item.code, item.span):
        raise BadInput(
            N_("Suggestion {id} is not corrected by what it says itself."),
            hint=N_("Give another code or span, or accept it."),
            id=suggestion_id,
        )
    template = N_("Suggestion corrected: {code} on {document} {start}-{end}")
    return _code(study, item, Verdict.CORRECTED, template, chosen_code, chosen_span, qualifiers or {})


def reject(study: Study, suggestion_id: int) -> Decided:
    """Say that the suggestion is wrong. Raises NotFound, Conflict."""
    item = get(study, suggestion_id)
    template = N_("Suggestion rejected: {code} on {document} {start}-{end}")
    with _deciding(study, item, template, item.code, item.span) as unit:
        return Decided(stored_decisions.decide(unit, item.id, Verdict.REJECTED, None))


def skip(study: Study, suggestion_id: int) -> Decided:
    """Leave the suggestion for later: it stays open. Raises NotFound, Conflict."""
    item = get(study, suggestion_id)
    template = N_("Suggestion skipped: {code} on {document} {start}-{end}")
    with _deciding(study, item, template, item.code, item.span) as unit:
        return Decided(stored_decisions.decide(unit, item.id, Verdict.SKIPPED, None))


def _code(
    study: Study,
    item: Suggestion,
    verdict: Verdict,
    template: str,
    code: str,
    span: Span,
    qualifiers: Mapping[str, str],
) -> Decided:
    coding.check_assignable(study.codebook, code)
    with _deciding(study, item, template, code, span) as unit:
        made, is_new = coding.add_in(
            unit,
            study,
            study.text(item.document),
            span,
            code,
            qualifiers=qualifying.defaults(study.codebook, code) | dict(qualifiers),
            origin=CodingOrigin.SUGGESTION,
            confidence=item.confidence,
        )
        decision = stored_decisions.decide(unit, item.id, verdict, made.uid)
    return Decided(decision, coding.get(study, made.uid), is_new)


@contextmanager
def _deciding(study: Study, item: Suggestion, template: str, code: str, span: Span) -> Generator[Unit]:
    """One operation on a suggestion that is checked to be still there, open and on the newest text."""
    place: dict[str, Any] = {"document": item.document, "start": span.start, "end": span.end}
    with study.write("decide", template, code=code, **place) as unit:
        check_open(study, unit, item.id)
        yield unit


def check_open(study: Study, unit: Unit, suggestion_id: int) -> Suggestion:
    """The suggestion, still there, not decided by the coder who acts and on the newest text.

    Raises NotFound, Conflict.
    """
    item = suggestions.get(unit.connection, suggestion_id)
    if item.version != study.text(item.document).version:
        raise Conflict(
            N_("{document} has changed since suggestion {id} was made."),
            hint=N_("Run `qualcode suggest {document}` again."),
            document=item.document,
            id=item.id,
        )
    before = stored_decisions.verdict_on(unit.connection, item.id, study.coder_id)
    if before is not None:
        raise Conflict(
            N_("Suggestion {id} is decided already: {verdict}."),
            hint=N_("`qualcode undo` takes back your latest operation; a coding is changed by itself."),
            id=item.id,
            verdict=Message(_VERDICTS[before]),
        )
    return item


def decisions(study: Study, document: str | None = None) -> list[Decision]:
    """All coders' decisions in order of time. Raises NotFound."""
    with study.store.read() as connection:
        if document is not None:
            lookup.row_id(connection, lookup.DOCUMENT, document)
        return stored_decisions.decisions(connection, document)


@dataclass(frozen=True, slots=True)
class Tally:
    """What the coder who acts did with one suggester's suggestions, in all its runs.

    A place counts for what was decided last; what was skipped is open still, if the last run offers it.
    """

    suggester: str
    shown: int
    accepted: int
    corrected: int
    rejected: int
    skipped: int
    open: int


def summary(study: Study) -> list[Tally]:
    """One row for each suggester that has suggested something to this coder, by id."""
    with study.store.read() as connection:
        shown = stored_decisions.shown_counts(connection, study.coder_id)
        all_decisions = stored_decisions.decisions(connection)
        still_open = Counter(item.suggester for item in suggestions.open_for(connection, study.coder_id))
    last = {
        (item.suggester, item.document, item.version, item.span, item.code): item.verdict
        for item in all_decisions
        if item.coder == study.coder
    }
    verdicts = Counter((suggester, verdict) for (suggester, *_), verdict in last.items())
    names = sorted({*shown, *still_open, *(suggester for suggester, _ in verdicts)})
    return [
        Tally(
            name,
            shown.get(name, 0),
            verdicts[name, Verdict.ACCEPTED],
            verdicts[name, Verdict.CORRECTED],
            verdicts[name, Verdict.REJECTED],
            verdicts[name, Verdict.SKIPPED],
            still_open[name],
        )
        for name in names
    ]
