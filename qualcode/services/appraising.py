"""What the evidence of findings comes to now: strength, verdicts by case, open hits, changes since ready."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from qualcode.domain.agreement import Turn, alpha_by_turn, turn_of
from qualcode.domain.coding import CodedSegment
from qualcode.domain.evidence import Strength, Thresholds, Weighed, strength
from qualcode.domain.facts import Facts
from qualcode.domain.finding import (
    REALISATION,
    CaseResult,
    Evidence,
    Finding,
    FindingState,
    Ground,
    Role,
    Verdict,
    case_result,
    coders_at,
    verdict,
    weigh,
)
from qualcode.domain.people import InformantKind
from qualcode.domain.query_matching import matcher_of_all
from qualcode.domain.relation import PlacedRelation, Stance
from qualcode.errors import Message, QualcodeError
from qualcode.services import evidence_settings, queries, relations
from qualcode.services.fields import facts_of
from qualcode.services.study import Study
from qualcode.store import codings, findings, judged
from qualcode.store.findings import FindingRow, LinkRow, Search


@dataclass(frozen=True, slots=True)
class Since:
    """What became of the evidence since the finding was made ready; all zero for a draft."""

    added: int = 0
    changed: int = 0
    """Links with another role, and codings or relations that were changed."""
    removed: int = 0

    @property
    def any(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True, slots=True)
class Appraised:
    """A finding with all that follows from its evidence as it is now."""

    row_id: int
    finding: Finding
    weighed: Weighed
    strength: Strength
    cases: Mapping[str, tuple[CaseResult, Verdict]]
    """Every case of the study, in its order."""
    search: Search | None
    """The latest search for negative cases."""
    hits: tuple[CodedSegment, ...]
    """What that search finds now, without what is evidence, alone or as the end of a relation."""
    unseen: tuple[CodedSegment, ...]
    """Those of the hits that nobody has looked at."""
    search_fault: Message | None
    """Why that search cannot be run any more: a code or a saved query it names is gone."""
    since: Since
    coders: frozenset[str]
    """Those who have judged a turn of the evidence."""

    @property
    def stale(self) -> bool:
        """True for a ready finding that may not hold any more: its evidence changed, or new hits wait."""
        is_ready = self.finding.state is FindingState.READY
        waits = bool(self.unseen) or self.search_fault is not None
        return is_ready and (self.since.any or self.finding.out_of_sight > 0 or waits)


def appraise(study: Study) -> list[Appraised]:
    """All findings in the order they were made."""
    return _appraised(study, None)


def appraise_one(study: Study, uid: str) -> Appraised:
    """One finding, by its uid or the unambiguous start of it. Raises NotFound."""
    with study.store.read() as connection:
        row_id = findings.row_of(connection, uid).id
    return _appraised(study, row_id)[0]


def _appraised(study: Study, row_id: int | None) -> list[Appraised]:
    with study.store.read() as connection:
        rows = findings.listing(connection, row_id)
        links = findings.links(connection, row_id)
        latest = {search.finding_id: search for search in findings.searches(connection, row_id)}
        looked = findings.looked_at(connection, row_id)
        unlinked = {
            row.id: findings.unlinked_since(connection, row.id, row.updated_at)
            for row in rows
            if row.state is FindingState.READY
        }
    if not rows:
        return []
    basis = _Basis(study)
    found: list[Appraised] = []
    for row in rows:
        finding = basis.finding(row, [link for link in links if link.finding_id == row.id])
        search, seen = latest.get(row.id), looked.get(row.id, set())
        found.append(basis.appraised(row.id, finding, search, seen, unlinked.get(row.id, 0)))
    return found


def relation_weigher(study: Study) -> Callable[[Iterable[PlacedRelation]], Strength]:
    """A function that says how strong the claim is which these relations make: those that state it, and those that
    contradict it. Reads the study once."""
    basis = _Basis(study)

    def weighed(items: Iterable[PlacedRelation]) -> Strength:
        return basis.weighed([_as_evidence(item) for item in items])[1]

    return weighed


def _as_evidence(item: PlacedRelation) -> Evidence:
    made = item.relation
    role = Role.SUPPORTS if made.stance is Stance.STATES else Role.CONTRADICTS
    return Evidence(made.uid, role, None, item, made.created_at, made.updated_at)


class _Basis:
    """One reading of the study, that all its findings are appraised from."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self._facts: Facts = facts_of(study)
        with study.store.read() as connection:
            self._segments = codings.segments(connection)
            passed = judged.passed_turns(connection)
        self._counting = [segment for segment in self._segments if segment.counts]
        self._among = queries.among(study, lambda: self._counting)
        self._by_uid = {segment.coding.uid: segment for segment in self._segments}
        self._by_code: dict[str, list[CodedSegment]] = {}
        for segment in self._counting:
            self._by_code.setdefault(segment.coding.code or "", []).append(segment)
        self._seen: dict[Turn, set[str]] = {}
        for turn, coder in (*passed, *((turn_of(item), item.coding.coder) for item in self._segments)):
            self._seen.setdefault(turn, set()).add(coder)
        self._alphas: dict[str, Fraction | None] = {}
        settings = study.settings()
        self._thresholds: Thresholds = evidence_settings.thresholds(settings)
        self._side_attribute = str(settings.get(evidence_settings.SIDE_ATTRIBUTE) or "")

    @cached_property
    def _relations(self) -> dict[str, PlacedRelation]:
        return {item.relation.uid: item for item in relations.listing(self._study, segments=self._segments)}

    def finding(self, row: FindingRow, links: Sequence[LinkRow]) -> Finding:
        evidence = [self._evidence(link) for link in links]
        in_sight = tuple(item for item in evidence if item is not None)
        return Finding(
            row.uid,
            row.claim,
            row.question,
            row.state,
            row.coder,
            row.created_at,
            row.updated_at,
            in_sight,
            len(evidence) - len(in_sight),
        )

    def _evidence(self, link: LinkRow) -> Evidence | None:
        """None where the coding or relation is out of sight."""
        coding = self._by_uid.get(link.coding) if link.coding else None
        related = self._relations.get(link.relation) if link.relation else None
        if coding is None and related is None:
            return None
        return Evidence(link.uid, link.role, coding, related, link.created_at, link.updated_at)

    def appraised(
        self, row_id: int, finding: Finding, search: Search | None, seen: set[str], unlinked: int
    ) -> Appraised:
        hits, fault = self._hits(finding, search)
        weighed, strong = self.weighed(finding.evidence)
        counted = [item for item in finding.evidence if item.counts and item.role is not Role.NUANCES]
        results = {case.id: case_result(finding.evidence, case.id) for case in self._facts.population.cases}
        return Appraised(
            row_id,
            finding,
            weighed,
            strong,
            {case: (result, verdict(result)) for case, result in results.items()},
            search,
            hits,
            tuple(segment for segment in hits if segment.coding.uid not in seen),
            fault,
            _since(finding, unlinked),
            frozenset(coders_at(counted, self._seen)),
        )

    def _hits(self, finding: Finding, search: Search | None) -> tuple[tuple[CodedSegment, ...], Message | None]:
        """What a search finds now, and why it cannot be run where it cannot."""
        if search is None:
            return (), None
        try:
            asked = queries.read(self._study, self._facts, search.conditions)
        except QualcodeError as error:
            return (), error.message
        chosen = matcher_of_all(asked, self._among)
        known = {segment.coding.uid for item in finding.evidence for segment in item.segments}
        found = (segment for segment in self._counting if segment.coding.uid not in known)
        return tuple(filter(chosen, found)), None

    def weighed(self, evidence: Iterable[Evidence]) -> tuple[Weighed, Strength]:
        """What the evidence comes to, and how strong that is by the study's thresholds."""
        found = tuple(evidence)
        weighed = weigh(found, self._ground(found))
        return weighed, strength(weighed, self._thresholds)

    def _ground(self, evidence: Iterable[Evidence]) -> Ground:
        codes = {segment.coding.code for item in evidence for segment in item.segments}
        return Ground(
            sides=self._sides,
            documents=self._documents,
            seen=self._seen,
            alphas={code: self._alpha(code) for code in codes if code},
            value_codes=self._value_codes,
        )

    def _alpha(self, code: str) -> Fraction | None:
        if code not in self._alphas:
            self._alphas[code] = alpha_by_turn(code, self._by_code.get(code, ()), self._seen)
        return self._alphas[code]

    @cached_property
    def _sides(self) -> Mapping[str, Sequence[str]]:
        if not self._side_attribute:
            return {}
        return self._facts.field(f"informant.{self._side_attribute}").held

    @cached_property
    def _documents(self) -> frozenset[str]:
        informants = self._facts.population.informants
        return frozenset(item.id for item in informants if item.kind is InformantKind.DOCUMENT)

    @cached_property
    def _value_codes(self) -> frozenset[str]:
        codebook = self._study.codebook
        families = {family for item in codebook.qualifiers if item.id == REALISATION for family in item.applies_to}
        return frozenset(code.id for code in codebook.codes if codebook.family(code.id) in families)


def _since(finding: Finding, unlinked: int) -> Since:
    if finding.state is not FindingState.READY:
        return Since()
    ready_at = finding.updated_at
    added = sum(item.created_at > ready_at for item in finding.evidence)
    changed = sum(item.created_at <= ready_at < item.changed_at for item in finding.evidence)
    return Since(added, changed, unlinked)
