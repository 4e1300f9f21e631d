"""How findings and their evidence stand in tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from qualcode.cli.records import moment, rendered, short_id
from qualcode.domain.tabular import Cell, Table
from qualcode.errors import N_
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.domain.codebook import Codebook
    from qualcode.domain.coding import CodedSegment
    from qualcode.domain.finding import Evidence
    from qualcode.services.appraising import Appraised
    from qualcode.services.study import Study
    from qualcode.store.findings import Search

_WORDS = {
    "none": N_("none"),
    "anecdotal": N_("single statement"),
    "weak": N_("weak"),
    "moderate": N_("moderate"),
    "strong": N_("strong"),
    "draft": N_("draft"),
    "ready": N_("ready"),
    "stale": N_("stale"),
    "supports": N_("supports"),
    "contradicts": N_("contradicts"),
    "nuances": N_("nuances"),
    "supported": N_("supported"),
    "contradicted": N_("contradicted"),
    "mixed": N_("mixed"),
    "silent": N_("silent"),
    "literal": N_("literal"),
    "contrast": N_("contrast"),
    "not-replicated": N_("not replicated"),
    "open": N_("undecided"),
}
_FREE_TEXT = frozenset({"claim", "text", "coder"})


def word(id: str, format: str) -> str:
    """A level, state, role or verdict: in words of the screen language in a table, its id for programs."""
    return _(_WORDS[id]) if format == "table" else str(id)


def findings_table(found: Sequence[Appraised], format: str) -> Table:
    """A row for each finding."""
    headers = ("id", "question", "claim", "state", "strength", "label", "cases", "informants", "sides", "against")
    labels = (
        *(_("Id"), _("Question"), _("Claim"), _("State"), _("Strength"), _("Label")),
        *(_("Cases"), _("For"), _("Sides"), _("Against")),
    )
    rows = [
        (
            short_id(item.finding.uid, format),
            item.finding.question,
            item.finding.claim,
            word(_state(item), format),
            word(item.strength.level, format),
            label(item, format),
            item.weighed.cases,
            item.weighed.informants,
            len(item.weighed.sides),
            item.weighed.against,
        )
        for item in found
    ]
    return Table(headers, rows, labels=labels, free_text=_FREE_TEXT)


def label(item: Appraised, format: str) -> Cell:
    """What has to stand beside the level: contested, expected, refuted."""
    refuted = item.weighed.informants == 0 and item.weighed.against > 0
    said = {
        N_("refuted"): refuted,
        N_("contested"): item.strength.contested and not refuted,
        N_("expected"): item.strength.expected,
    }
    words = [text for text, holds in said.items() if holds]
    return ", ".join(map(_, words)) if format == "table" else tuple(words)


def _state(item: Appraised) -> str:
    return "stale" if item.stale else item.finding.state.value


def record(item: Appraised, searches: Sequence[Search], format: str) -> Mapping[str, Cell]:
    """All that is known of one finding, but its evidence one by one."""
    weighed, finding = item.weighed, item.finding
    share, alpha = weighed.contradicted, weighed.alpha
    is_ready = finding.state == "ready"
    return {
        "id": short_id(finding.uid, format),
        "claim": finding.claim,
        "question": finding.question,
        "state": word(_state(item), format),
        "strength": word(item.strength.level, format),
        "label": label(item, format),
        "without_caps": word(item.strength.reached, format),
        "reasons": tuple(rendered(reason, format) for reason in item.strength.reasons),
        "cases": _("{n} of {all}").format(n=weighed.cases, all=len(item.cases))
        if format == "table"
        else weighed.cases,
        "informants_for": weighed.informants,
        "informants_against": weighed.against,
        "share_against": "" if share is None else str(share),
        "sides": tuple(sorted(weighed.sides)),
        "coders": tuple(sorted(item.coders)),
        "least_alpha_by_turn": "" if alpha is None else f"{float(alpha):.3f}",
        "not_in_sight": finding.out_of_sight,
        "searches": tuple(" & ".join(search.conditions) for search in searches),
        "last_search": moment(item.search.run_at, format) if item.search else None,
        "hits_left": len(item.unseen) if item.search else None,
        "search_fault": rendered(item.search_fault, format) if item.search_fault else None,
        "added_since_ready": item.since.added if is_ready else None,
        "changed_since_ready": item.since.changed if is_ready else None,
        "removed_since_ready": item.since.removed if is_ready else None,
        "coder": finding.coder,
        "created": moment(finding.created_at, format),
        "changed": moment(finding.updated_at, format),
    }


def evidence_table(study: Study, item: Appraised, format: str) -> Table:
    """A row for each piece of evidence, those that support first."""
    codebook, language = study.codebook, study.language
    headers = ("id", "role", "kind", "case", "informant", "codes", "document", "turn", "coder", "counts", "text")
    labels = (
        *(_("Id"), _("Role"), _("Kind"), _("Case"), _("Informant"), _("Codes")),
        *(_("Document"), _("Turn"), _("Coder"), _("Counts"), _("Text")),
    )
    rows = [
        _evidence_row(codebook, language, evidence, format)
        for role in ("supports", "contradicts", "nuances")
        for evidence in item.finding.evidence
        if evidence.role == role
    ]
    title = _("Evidence")
    return Table(headers, rows, title=title, labels=labels, free_text=_FREE_TEXT)


def _evidence_row(codebook: Codebook, language: str, evidence: Evidence, format: str) -> tuple[Cell, ...]:
    related = evidence.relation
    held = related.relation if related is not None else evidence.segments[0].coding
    placed = related if related is not None else evidence.segments[0]
    codes = [segment.coding.code or "" for segment in evidence.segments]
    names = [codebook[code].name(language) if code else "" for code in codes]
    kind = N_("relation") if related is not None else N_("coding")
    return (
        short_id(held.uid, format),
        word(evidence.role, format),
        _(kind) if format == "table" else kind,
        evidence.case,
        evidence.informant,
        " → ".join(names) if format == "table" else tuple(codes),
        held.document,
        placed.turn,
        held.coder,
        (_("yes") if evidence.counts else _("no")) if format == "table" else evidence.counts,
        held.anchor.exact,
    )


def cases_table(item: Appraised, format: str) -> Table:
    """What each case of the study says of the claim."""
    labels = (_("Case"), _("Evidence"), _("Replication"))
    rows = [(case, word(result, format), word(verdict, format)) for case, (result, verdict) in item.cases.items()]
    return Table(("case", "evidence", "replication"), rows, title=_("By case"), labels=labels)


def hits_table(study: Study, hits: Sequence[CodedSegment], format: str) -> Table:
    """The hits of a search for negative cases."""
    codebook, language = study.codebook, study.language
    labels = (_("Coding"), _("Case"), _("Informant"), _("Code"), _("Valence"), _("Coder"), _("Text"))
    rows = [
        (
            short_id(item.coding.uid, format),
            item.case,
            item.informant,
            codebook[item.coding.code or ""].name(language) if format == "table" else item.coding.code,
            item.coding.qualifiers.get("valence"),
            item.coding.coder,
            item.coding.anchor.exact,
        )
        for item in hits
    ]
    headers = ("coding_id", "case", "informant", "code", "valence", "coder", "text")
    return Table(headers, rows, labels=labels, free_text=_FREE_TEXT)
