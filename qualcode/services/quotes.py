"""Quotes for publication: what may stand for a coding's words where they cannot stand as they are."""

from __future__ import annotations

from qualcode.domain.rendering import Rendering, RenderingKind
from qualcode.errors import N_, BadInput, Conflict
from qualcode.services.keys import check_language
from qualcode.services.study import Study
from qualcode.store import codings, lookup, quotes

_ADDED = {
    RenderingKind.TRANSLATION: N_("Quote of {document} translated ({language})"),
    RenderingKind.PARAPHRASE: N_("Quote of {document} paraphrased ({language})"),
    RenderingKind.TRIMMED: N_("Quote of {document} trimmed ({language})"),
}


def add(study: Study, coding: str, kind: RenderingKind, language: str, text: str) -> Rendering:
    """Say how the words of a coding (its uid, or the start of it) may read in a report.

    Raises NotFound, BadInput (no words, no language), Conflict where this coding has one of the kind and language.
    """
    text = _words(text)
    check_language(language)
    with study.store.read() as connection:
        whole = codings.row_of(connection, coding)
        document = codings.coding_of(connection, whole.uid).document
    with study.write("quote", _ADDED[kind], document=document, language=language) as unit:
        row = codings.row_of(unit.connection, whole.uid)
        for known in quotes.listing(unit.connection, coding_id=row.id):
            if (known.kind, known.language) == (kind, language):
                raise Conflict(
                    N_("The coding {coding} has a rendering of that kind in {language} already."),
                    hint=N_("Change {uid} instead."),
                    coding=row.uid[:8],
                    language=language,
                    uid=known.uid[:8],
                )
        uid = quotes.add(unit, row.id, kind, language, text)
        return quotes.get(unit.connection, uid)


def edit(study: Study, uid: str, text: str) -> Rendering:
    """Set the words of a rendering, by its uid or the start of it. Raises NotFound, BadInput (no words)."""
    text = _words(text)
    with study.write("quote", N_("Rendering of a quote changed")) as unit:
        quotes.edit(unit, uid, text)
        return quotes.get(unit.connection, uid)


def remove(study: Study, uid: str) -> None:
    """Delete a rendering, by its uid or the start of it. Raises NotFound."""
    with study.write("quote", N_("Rendering of a quote removed")) as unit:
        quotes.remove(unit, uid)


def of_coding(study: Study, coding: str) -> list[Rendering]:
    """The renderings of a coding's words in order of time. Raises NotFound."""
    with study.store.read() as connection:
        return quotes.listing(connection, coding_id=codings.row_of(connection, coding).id)


def listing(study: Study, document: str | None = None) -> list[Rendering]:
    """All renderings, or those of one document, in order of document and place. Raises NotFound."""
    with study.store.read() as connection:
        if document is not None:
            lookup.row_id(connection, lookup.DOCUMENT, document)
        return quotes.listing(connection, document_key=document)


def _words(text: str) -> str:
    if not text.strip():
        raise BadInput(N_("The rendering has no words."), hint=N_("Give its text, or remove it."))
    return text.strip()
