"""Findings: writing claims, linking evidence, searching for what speaks against them, and making them ready."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qualcode.domain.evidence import Strength
from qualcode.domain.finding import FindingState, Role
from qualcode.errors import N_, BadInput, Conflict
from qualcode.services import queries
from qualcode.services.appraising import Appraised, appraise_one
from qualcode.services.coding import KEEP
from qualcode.services.fields import facts_of
from qualcode.services.study import Study
from qualcode.store import findings
from qualcode.store.findings import Search

_SHOWN = 40
"""Characters of a claim in the history."""


def add(study: Study, claim: str, *, question: str | None = None) -> str:
    """Write a claim, as a draft; its uid. Raises BadInput for an empty claim, NotFound for an unknown question."""
    text = _claim(claim)
    with study.write("finding", N_("Finding «{claim}» written"), claim=_short(text)) as unit:
        return findings.add(unit, text, question)


def edit(study: Study, uid: str, *, claim: str = KEEP, question: str | None = KEEP) -> bool:
    """Change claim or question; the finding is a draft again. False where it said this already.

    Raises NotFound, BadInput.
    """
    old = get(study, uid)
    text = old.claim if claim is KEEP else _claim(claim)
    with study.write("finding", N_("Finding «{claim}» changed"), claim=_short(text)) as unit:
        return findings.edit(unit, old.id, text, old.question if question is KEEP else question)


def remove(study: Study, uid: str) -> None:
    """Delete a finding with its links and searches; codings and relations stay. Raises NotFound."""
    old = get(study, uid)
    with study.write("finding", N_("Finding «{claim}» removed"), claim=_short(old.claim)) as unit:
        findings.remove(unit, old.id)


def get(study: Study, uid: str) -> findings.FindingRow:
    """A finding without its evidence, by its uid or the unambiguous start of it. Raises NotFound."""
    with study.store.read() as connection:
        return findings.listing(connection, findings.row_of(connection, uid).id)[0]


def link(study: Study, uid: str, role: Role, held: Iterable[str]) -> int:
    """Let codings and relations (by uid) support, contradict or nuance a finding; how many links are new or other.

    What is linked already changes its role. Raises NotFound, and then none is linked.
    """
    old = get(study, uid)
    with study.write("finding", N_("Evidence of «{claim}» linked"), claim=_short(old.claim)) as unit:
        return sum(findings.link(unit, old.id, role, one) for one in dict.fromkeys(held))


def unlink(study: Study, uid: str, held: Iterable[str]) -> int:
    """Take codings and relations out of a finding; how many were in it. Raises NotFound."""
    old = get(study, uid)
    with study.write("finding", N_("Evidence of «{claim}» taken out"), claim=_short(old.claim)) as unit:
        return sum(findings.unlink(unit, old.id, one) for one in dict.fromkeys(held))


def search(study: Study, uid: str, where: Sequence[str] = ()) -> Appraised:
    """Look for negative cases: codings that meet the conditions and are no evidence of the finding.

    Without conditions, as in the latest search; in the first, all codings with the codes of its evidence. What is
    found is always as of now, so the same search again is not kept anew. That a search was run is not undone.

    Raises NotFound, BadInput (a condition that cannot be understood; no conditions and no evidence).
    """
    old = appraise_one(study, uid)
    asked = tuple(" ".join(text.split("\n")) for text in where) or (
        old.search.conditions if old.search else _conditions(old)
    )
    if old.search is not None and asked == old.search.conditions and old.search_fault is None:
        return old
    queries.read(study, facts_of(study), asked)  # what cannot be understood is refused before it is kept
    claim = _short(old.finding.claim)
    with study.write("finding", N_("Negative cases of «{claim}» looked for"), undoable=False, claim=claim) as unit:
        findings.add_search(unit, old.row_id, asked)
    return appraise_one(study, uid)


def _conditions(old: Appraised) -> tuple[str, ...]:
    """The first search of a finding that was given none."""
    codes = {segment.coding.code for item in old.finding.evidence for segment in item.segments}
    named = sorted(code for code in codes if code)
    if not named:
        raise BadInput(
            N_("The finding has no evidence yet, so its codes cannot be searched for."),
            hint=N_("Link its evidence first, or say with --where what to look for."),
        )
    return (f"code={'|'.join(named)}",)


def look_at(study: Study, uid: str, hits: Iterable[str] | None = None) -> int:
    """Say that these hits of the latest search (None: all there are now) were looked at; how many were not before.

    Raises NotFound, BadInput where no search was run, or for a coding that is no hit.
    """
    now = appraise_one(study, uid)
    if now.search is None:
        raise _unsearched()
    found = {segment.coding.uid for segment in now.hits}
    wanted = sorted(found) if hits is None else [_one_hit(hit, found) for hit in hits]
    claim = _short(now.finding.claim)
    with study.write("finding", N_("Negative cases of «{claim}» looked at"), undoable=False, claim=claim) as unit:
        return findings.look_at(unit, now.row_id, wanted)


def _one_hit(hit: str, found: Iterable[str]) -> str:
    whole = [uid for uid in found if uid.startswith(hit)]
    if len(whole) != 1:
        raise BadInput(
            N_("{uid} is no hit of the latest search."), hint=N_("`qualcode findings check` lists them."), uid=hit
        )
    return whole[0]


def make_ready(study: Study, uid: str) -> Strength:
    """Call a finding ready; how strong it is.

    Raises NotFound, and Conflict with what is missing: evidence, a search for negative cases, a look at its hits.
    """
    now = appraise_one(study, uid)
    if not now.finding.of(Role.SUPPORTS) and not now.finding.of(Role.CONTRADICTS):
        raise Conflict(N_("The finding has no evidence."), hint=N_("Link some with `qualcode findings link`."))
    if now.finding.out_of_sight:
        raise Conflict(
            N_("Evidence of the finding is out of sight: unplaced, or in a removed document ({count})."),
            hint=N_("`qualcode doctor` lists what is unplaced or removed."),
            count=now.finding.out_of_sight,
        )
    if now.search is None:
        raise _unsearched()
    if now.search_fault is not None:
        raise Conflict(
            N_("The search for negative cases cannot be run any more: {reason}"),
            hint=N_("Search for something else: `qualcode findings check --where`."),
            reason=now.search_fault,
        )
    if now.unseen:
        raise Conflict(
            N_("Of the hits of its search for negative cases, {count} were not looked at."),
            hint=N_("`qualcode findings check` lists them."),
            count=len(now.unseen),
        )
    with study.write("finding", N_("Finding «{claim}» ready"), claim=_short(now.finding.claim)) as unit:
        findings.make_ready(unit, now.row_id)
    return now.strength


def _unsearched() -> Conflict:
    return Conflict(
        N_("Nobody has looked for negative cases of the finding."),
        hint=N_("Run `qualcode findings check` first."),
    )


def make_draft(study: Study, uid: str) -> bool:
    """Call a finding a draft again; False where it is one. Raises NotFound."""
    old = get(study, uid)
    if old.state is FindingState.DRAFT:
        return False
    with study.write("finding", N_("Finding «{claim}» a draft again"), claim=_short(old.claim)) as unit:
        return findings.make_draft(unit, old.id)


def searches(study: Study, uid: str) -> list[Search]:
    """The searches for negative cases of a finding, the latest last. Raises NotFound."""
    with study.store.read() as connection:
        return findings.searches(connection, findings.row_of(connection, uid).id)


def _claim(text: str) -> str:
    claim = " ".join(text.split())
    if not claim:
        raise BadInput(N_("The claim is empty."), hint=N_("Write it in one sentence."))
    return claim


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1].rstrip() + "…"
