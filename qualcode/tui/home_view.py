"""What the home screen shows, gathered from the services: documents by case with progress, and what is left."""

from __future__ import annotations

from collections.abc import Mapping

from qualcode.domain.codebook import Codebook
from qualcode.domain.people import Document
from qualcode.i18n import _, ngettext
from qualcode.services import coding, documents, marking, people, suggesting
from qualcode.services.marking import Overview, Progress
from qualcode.services.study import Study
from qualcode.tui.view import CaseGroup, DocumentRow, HomeView, Left, ToDo

PRIVACY = "privacy.class"
"""The setting whose value stands on every screen, where the study has it."""


def home_view(study: Study) -> HomeView:
    """The study as the coder who acts finds it now. Raises StudyUnavailable."""
    overview = marking.overview(study)
    codebook = study.codebook
    return HomeView(
        study=study.title,
        coder=study.coder,
        codebook=" ".join((codebook.id, codebook.version)).strip(),
        privacy=privacy(study),
        groups=_groups(study, overview.progress),
        to_do=tuple(item for item in _to_do(overview, codebook) if item.count),
        last=marking.last_document(study) or "",
    )


def privacy(study: Study) -> str:
    """The study's privacy class as it is shown; empty where there is none."""
    return str(study.settings().get(PRIVACY) or "")


def _groups(study: Study, progress: Mapping[str, Progress]) -> tuple[CaseGroup, ...]:
    """One group for each case in their order, then for each set of several, last the documents without one."""
    titles = {case.id: case.title or case.id for case in people.cases(study)}
    order = {case: place for place, case in enumerate(titles)}
    codings = coding.counts_by_document(study)
    suggestions = suggesting.open_counts(study)
    informants = _informants(study)
    by_cases: dict[tuple[str, ...], list[DocumentRow]] = {}
    for document in documents.listing(study):
        row = _row(document, progress, codings, suggestions, informants)
        by_cases.setdefault(document.cases, []).append(row)
    ranked = sorted(by_cases, key=lambda cases: (not cases, len(cases), [order.get(case, 0) for case in cases]))
    named = len(ranked) > 1 or ranked != [()]
    return tuple(
        CaseGroup(
            " + ".join(titles.get(case, case) for case in cases) or (_("no case") if named else ""),
            tuple(by_cases[cases]),
        )
        for cases in ranked
    )


def _row(
    document: Document,
    progress: Mapping[str, Progress],
    codings: Mapping[str, int],
    suggestions: Mapping[str, int],
    informants: Mapping[str, str],
) -> DocumentRow:
    done = progress.get(document.id, Progress(0, 0))
    return DocumentRow(
        document.id,
        document.title,
        informants.get(document.id, ""),
        document.words,
        done.turns,
        done.done,
        codings.get(document.id, 0),
        suggestions.get(document.id, 0),
    )


def _informants(study: Study) -> dict[str, str]:
    """Document -> its informants, by comma."""
    found: dict[str, list[str]] = {}
    titles = {informant.id: informant.title or informant.id for informant in people.informants(study)}
    for informant, spoken in people.documents_of_informants(study).items():
        for document in spoken:
            found.setdefault(document, []).append(titles.get(informant, informant))
    return {document: ", ".join(names) for document, names in found.items()}


def undefined_codes(codebook: Codebook) -> list[str]:
    """The ids of the codes that can be put on a text but say nothing of when to."""
    return [
        code.id
        for code in codebook.codes
        if code.assignable and not code.retired and not any(code.definition.values())
    ]


def _to_do(overview: Overview, codebook: Codebook) -> tuple[ToDo, ...]:
    undefined = len(undefined_codes(codebook))
    return (
        ToDo(
            Left.LACKING,
            overview.lacking,
            ngettext(
                "of your codings lacks a required qualifier",
                "of your codings lack a required qualifier",
                overview.lacking,
            ),
        ),
        ToDo(
            Left.WITHOUT_CASE,
            overview.without_case,
            ngettext("coding is in no case", "codings are in no case", overview.without_case),
        ),
        ToDo(
            Left.UNMAPPED,
            overview.unmapped,
            ngettext("speaker label is nobody yet", "speaker labels are nobody yet", overview.unmapped),
        ),
        ToDo(Left.UNDEFINED, undefined, ngettext("code has no definition", "codes have no definition", undefined)),
    )
