"""Relations between codings: adding, changing, removing, and reading them with their ends and places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from qualcode.domain.codebook import Codebook, RelationType
from qualcode.domain.coding import CodedSegment
from qualcode.domain.placing import placed_relation, quote_of_ends
from qualcode.domain.relation import Claimant, PlacedRelation, Relation, Stance
from qualcode.domain.span import Span, anchor_of
from qualcode.errors import N_, BadInput, Conflict, NotFound
from qualcode.services import coding
from qualcode.services.coding import KEEP
from qualcode.services.study import Study
from qualcode.store import codings, documents, lookup, relations
from qualcode.store.documents import Connection, VersionText
from qualcode.store.relations import NewRelation
from qualcode.store.unit import Unit


def relate(
    study: Study,
    source: str,
    type: str,
    target: str,
    *,
    quote: tuple[str, Span] | None = None,
    case: str | None = None,
    stance: Stance = Stance.STATES,
    claimed_by: Claimant = Claimant.INFORMANT,
) -> tuple[PlacedRelation, bool]:
    """Join two codings (by uid) by a relation type; the relation, and whether it is new.

    `quote` is a document and a span in it; without one: the smallest stretch over both ends within one turn, else
    the target's span. Raises NotFound, BadInput where the type does not fit the ends' families.
    """
    ends = coding.get(study, source), coding.get(study, target)
    document, span = quote or default_quote(study, *ends)
    text = study.text(document)
    kind = fitting_type(study.codebook, type, *ends)
    with study.write("relate", N_("{type} related in {document}"), type=type, document=document) as unit:
        uid, is_new = relate_in(
            unit, study, kind, ends, text, span, case=case, stance=stance, claimed_by=claimed_by
        )
    return get(study, uid), is_new


def relate_in(
    unit: Unit,
    study: Study,
    kind: RelationType,
    ends: tuple[CodedSegment, CodedSegment],
    text: VersionText,
    span: Span,
    *,
    case: str | None,
    stance: Stance,
    claimed_by: Claimant,
    coder_id: int | None = None,
    uid: str | None = None,
) -> tuple[str, bool]:
    """As `relate`, inside a unit of work that does more; the uid, and whether it is new."""
    uids = [end.coding.uid for end in ends]
    if not kind.directed:
        uids.sort()
    connection = unit.connection
    new = NewRelation(
        type_id=lookup.row_id(connection, lookup.RELATION_TYPE, kind.id),
        source_id=codings.row_of(connection, uids[0]).id,
        target_id=codings.row_of(connection, uids[1]).id,
        version_id=text.version_id,
        span=span,
        anchor=anchor_of(text.text, span),
        stance=stance,
        claimed_by=claimed_by,
        coder_id=coder_id or study.coder_id,
        case_id=coding.own_case_id(unit, text.document_id, case),
        uid=uid,
    )
    known = relations.find(connection, new)
    if known is not None:
        return known, False
    relations.add(unit, new)
    return str(relations.find(connection, new)), True


def types_between(codebook: Codebook, source_code: str, target_code: str) -> list[RelationType]:
    """The types that may join a coding with the one code to one with the other, in codebook order.

    Raises NotFound for an unknown code.
    """
    source, target = codebook.family(source_code), codebook.family(target_code)
    return [kind for kind in codebook.relation_types if kind.fits(source, target)]


def latest_pair(
    segments: Iterable[CodedSegment], coder: str, turn: int | None
) -> tuple[CodedSegment, CodedSegment] | None:
    """The two codings that `coder` made last in a turn (None: in no turn), the older first; None where fewer.

    Quotations cannot be related, so they are passed over.
    """
    made = [
        item
        for item in segments
        if item.coding.coder == coder and item.turn == turn and item.coding.code is not None
    ]
    if len(made) < 2:
        return None
    older, newer = sorted(made, key=lambda item: item.coding.created_at)[-2:]
    return older, newer


def fitting_type(codebook: Codebook, type: str, source: CodedSegment, target: CodedSegment) -> RelationType:
    """The relation type. Raises NotFound, BadInput for ends it does not fit or a coding related to itself."""
    by_id = {kind.id: kind for kind in codebook.relation_types}
    if type not in by_id:
        raise lookup.unknown("relation_type", type, by_id)
    if source.coding.uid == target.coding.uid:
        raise BadInput(N_("A coding cannot be related to itself."), hint=N_("Name two codings."))
    families = [codebook.family(end.coding.code) if end.coding.code else "" for end in (source, target)]
    if not all(families):
        raise BadInput(N_("A quotation without a code cannot be related."), hint=N_("Give it a code first."))
    if not by_id[type].fits(*families):
        raise BadInput(
            N_("{type} does not join {source} to {target}."),
            hint=N_("It joins {domain} to {range}."),
            type=type,
            source=families[0],
            target=families[1],
            domain=", ".join(by_id[type].domain),
            range=", ".join(by_id[type].range),
        )
    return by_id[type]


def edit(
    study: Study,
    uid: str,
    *,
    type: str = KEEP,
    stance: Stance = KEEP,
    claimed_by: Claimant = KEEP,
    swap: bool = False,
) -> PlacedRelation:
    """Change a relation; `swap` lets source and target change places (nothing where the type has no direction).

    Raises NotFound, BadInput where the type does not fit the ends' families, Conflict where it would become
    the same as another relation.
    """
    old = get(study, uid)
    ends = (old.target, old.source) if swap else (old.source, old.target)
    kind = fitting_type(study.codebook, old.relation.type if type is KEEP else type, *ends)
    uids = [end.coding.uid for end in ends]
    if not kind.directed:
        uids.sort()
    with study.write(
        "relate", N_("{type} changed in {document}"), type=kind.id, document=old.relation.document
    ) as unit:
        connection = unit.connection
        row = relations.row_of(connection, old.relation.uid)
        values: dict[str, Any] = {
            "type_id": lookup.row_id(connection, lookup.RELATION_TYPE, kind.id),
            "stance": old.relation.stance if stance is KEEP else stance,
            "claimed_by": old.relation.claimed_by if claimed_by is KEEP else claimed_by,
        }
        source_id, target_id = (codings.row_of(connection, end).id for end in uids)
        claim = replace(NewRelation.of_row(row, source_id=source_id, target_id=target_id), **values)
        _refuse_twin(unit, row.uid, claim)
        relations.change(unit, row.id, claim)
    return get(study, old.relation.uid)


def _refuse_twin(unit: Unit, uid: str, claim: NewRelation) -> None:
    twin = relations.find(unit.connection, claim)
    if twin not in (None, uid):
        raise Conflict(N_("That relation exists already ({uid})."), hint=N_("Remove one of the two."), uid=twin[:8])


def remove(study: Study, uid: str) -> None:
    """Delete a relation with its evidence links. Raises NotFound."""
    with study.write("relate", N_("Relation removed")) as unit:
        relations.remove(unit, uid)


def get(study: Study, uid: str) -> PlacedRelation:
    """One relation with its ends, by its uid or the unambiguous start of it. Raises NotFound."""
    with study.store.read() as connection:
        whole = relations.row_of(connection, uid).uid
        found = _with_ends(study, connection, relations.listing(connection, uid=whole), {})
    if not found:
        raise NotFound(
            N_("Relation {uid} is out of sight: its quote or an end is unplaced or in a removed document."),
            hint=N_("`qualcode doctor` lists what is unplaced or removed."),
            uid=whole[:8],
        )
    return found[0]


def of_document(
    study: Study, document: str, *, segments: Iterable[CodedSegment] | None = None
) -> list[PlacedRelation]:
    """The placed relations whose quote or an end lies in a document, in order of their quotes. Raises NotFound.

    `segments` where the caller has the document's codings at hand already.
    """
    with study.store.read() as connection:
        lookup.row_id(connection, lookup.DOCUMENT, document)
        found = relations.listing(connection, document_key=document)
        if not found:
            return []
        known = codings.segments(connection, document_key=document) if segments is None else segments
        return _with_ends(study, connection, found, {item.coding.uid: item for item in known})


def _with_ends(
    study: Study, connection: Connection, found: Sequence[Relation], known: Mapping[str, CodedSegment]
) -> list[PlacedRelation]:
    """These relations with their ends, of which those outside `known` are read one by one."""
    needed = dict.fromkeys(uid for relation in found for uid in (relation.source, relation.target))
    by_uid = dict(known) | {uid: coding.get(study, uid) for uid in needed if uid not in known}
    by_uid = {uid: end for uid, end in by_uid.items() if end.coding.placed}
    places = documents.places(connection, {relation.document for relation in found})
    return [_placed(relation, by_uid, places) for relation in found if _complete(relation, by_uid)]


def listing(study: Study, *, segments: Sequence[CodedSegment] | None = None) -> list[PlacedRelation]:
    """All placed relations with their ends; `segments` where the caller has all codings at hand already."""
    with study.store.read() as connection:
        found = relations.listing(connection)
        if not found:
            return []
        by_uid = {item.coding.uid: item for item in segments or codings.segments(connection)}
        places = documents.places(connection, {relation.document for relation in found})
    return [_placed(relation, by_uid, places) for relation in found if _complete(relation, by_uid)]


def _complete(relation: Relation, by_uid: Mapping[str, CodedSegment]) -> bool:
    """An unplaced end counts nowhere, and takes its relation along."""
    return relation.source in by_uid and relation.target in by_uid


def _placed(
    relation: Relation, by_uid: Mapping[str, CodedSegment], places: Mapping[str, documents.Place]
) -> PlacedRelation:
    place = places[relation.document]
    source, target = by_uid[relation.source], by_uid[relation.target]
    return placed_relation(relation, source, target, place.turns[relation.version], place.speakers, place.cases)


def default_quote(study: Study, source: CodedSegment, target: CodedSegment) -> tuple[str, Span]:
    """Document and span of a relation's quote where none is given."""
    document = target.coding.document
    same = source.coding.document == document and source.coding.version == target.coding.version
    turns = study.text(document).turns
    return document, quote_of_ends(source.coding.span, target.coding.span, turns, same_document=same)
