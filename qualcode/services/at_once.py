"""Many places in one operation, from a list that was looked through: what undo takes back whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from qualcode.domain import qualifying
from qualcode.domain.coding import CodingOrigin
from qualcode.domain.span import Span, anchor_of
from qualcode.domain.suggestion import Suggestion, Verdict
from qualcode.errors import N_, Message, QualcodeError
from qualcode.services import coding, suggesting
from qualcode.services.study import Study
from qualcode.store import codings, decisions
from qualcode.store.codings import NewCoding
from qualcode.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Coded:
    """The uids of the new codings in the order of their places, and how many were there already."""

    added: tuple[str, ...]
    known: int


def code_places(
    study: Study,
    places: Sequence[tuple[str, Span]],
    code: str,
    *,
    qualifiers: Mapping[str, str] | None = None,
    case: str | None = None,
) -> Coded:
    """Put `code` on every place (document, span in its newest text), such as the hits of a search.

    The codebook's defaults go with it; `qualifiers` change them, an empty value clears one. What the coder who acts
    has there already stays as it is. Raises NotFound, BadInput as `coding.add`, and then codes nothing.
    """
    codebook = study.codebook
    coding.check_assignable(codebook, code)
    said = qualifying.validated(codebook, code, qualifying.defaults(codebook, code) | dict(qualifiers or {}))
    texts = {document: study.text(document) for document in dict.fromkeys(document for document, _ in places)}
    with study.write("code", N_("Places coded with {code}: {count}"), code=code, count=len(places)) as unit:
        cases = {name: coding.own_case_id(unit, text.document_id, case) for name, text in texts.items()}
        wanted = [
            NewCoding(
                version_id=texts[document].version_id,
                span=span,
                anchor=anchor_of(texts[document].text, span),
                code_id=study.code_id(code),
                coder_id=study.coder_id,
                case_id=cases[document],
                qualifiers=said,
                uid=str(uuid4()),
            )
            for document, span in dict.fromkeys(places)
        ]
        known = codings.identities(unit.connection, {text.version_id for text in texts.values()})
        new = [item for item in wanted if item.identity not in known]
        unit.summary = Message(unit.summary.template, {"code": code, "count": len(new)})
        codings.add_many(unit, new)
    return Coded(tuple(str(item.uid) for item in new), len(places) - len(new))


@dataclass(frozen=True, slots=True)
class NotAccepted:
    """A suggestion that was passed over, and why."""

    suggestion_id: int
    reason: QualcodeError


@dataclass(frozen=True, slots=True)
class Accepted:
    """The uids of the codings of the suggestions that were accepted, in their order, and what was passed over."""

    codings: tuple[str, ...]
    passed_over: tuple[NotAccepted, ...]


def accept_suggestions(study: Study, suggestion_ids: Sequence[int]) -> Accepted:
    """Accept many suggestions as `suggesting.accept` does one; those that cannot be are passed over and listed."""
    with study.write("decide", N_("Suggestions accepted: {count}"), count=len(suggestion_ids)) as unit:
        taken: list[Suggestion] = []
        passed_over: list[NotAccepted] = []
        for suggestion_id in dict.fromkeys(suggestion_ids):
            try:
                item = suggesting.check_open(study, unit, suggestion_id)
                coding.check_assignable(study.codebook, item.code)
                taken.append(item)
            except QualcodeError as error:
                passed_over.append(NotAccepted(suggestion_id, error))
        unit.summary = Message(unit.summary.template, {"count": len(taken)})
        made = tuple(_accept(study, unit, item) for item in taken)
    return Accepted(made, tuple(passed_over))


def _accept(study: Study, unit: Unit, item: Suggestion) -> str:
    made, _is_new = coding.add_in(
        unit,
        study,
        study.text(item.document),
        item.span,
        item.code,
        qualifiers=qualifying.defaults(study.codebook, item.code),
        origin=CodingOrigin.SUGGESTION,
        confidence=item.confidence,
    )
    decisions.decide(unit, item.id, Verdict.ACCEPTED, made.uid)
    return made.uid
