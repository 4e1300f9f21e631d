"""The graph of the relations stated in a study, per case or merged, with its loops and with hints."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

from qualcode.domain.codebook import Entity
from qualcode.domain.near import nearest
from qualcode.domain.relation_graph import Hint, RelationGraph, relation_graph
from qualcode.domain.relation_loops import LONGEST, find_loops
from qualcode.errors import N_, NotFound
from qualcode.i18n import _
from qualcode.reporting.graph_view import Graphed
from qualcode.reporting.heading import Heading
from qualcode.services import people, relations, synthesis
from qualcode.services.study import Study
from qualcode.store import lookup


def graph(
    study: Study,
    *,
    types: Collection[str] | None = None,
    families: Sequence[str] | None = None,
    case: str | None = None,
    work_of: str | None = None,
    together_in: str | None = None,
    longest: int = LONGEST,
    language: str | None = None,
) -> Graphed:
    """The relations of these `types` within `families` (None: all), of one case or of all cases merged.

    `work_of`: only relations made by this coder. `together_in`: a unit of co-occurrence, whose pairs are added as
    hints. Raises NotFound (type, family, case, coder), BadInput (unit).
    """
    codebook, language = study.codebook, language or study.language
    _require(study, types or (), families or (), case, work_of)
    found = [item for item in relations.listing(study) if work_of in (None, item.relation.coder)]
    draw = partial(relation_graph, codebook, found, types=types, families=families)
    merged = draw()
    made = merged if case is None else draw(case=case)
    titles = {item.id: item.title or item.id for item in people.cases(study)}
    title = _("Relations") if case is None else _("Relations: {case}").format(case=titles[case])
    conditions = {
        "type": types,
        "family": families,
        "case": None if case is None else [case],
        "coder": None if work_of is None else [work_of],
    }
    words = (f"{name}={'|'.join(values)}" for name, values in conditions.items() if values is not None)
    privacy = str(study.settings().get("privacy.class") or "")
    return Graphed(
        graph=made,
        loops=find_loops(made, longest),
        hints=_hints(study, made, together_in, case, work_of),
        layout=merged.codes,
        heading=Heading(study.title, title, filter=" & ".join(words), privacy=privacy),
        codebook=codebook,
        language=language,
        cases=titles,
    )


def _require(
    study: Study, types: Collection[str], families: Sequence[str], case: str | None, work_of: str | None
) -> None:
    codebook = study.codebook
    kinds = [kind.id for kind in codebook.relation_types]
    for type in types:
        if type not in kinds:
            raise lookup.unknown("relation_type", type, kinds)
    known = [code.id for code in codebook.children(None)]
    for family in families:
        if family not in known:
            near = nearest(family, known)
            raise NotFound(
                N_("The codebook has no family {id!r}."),
                hint=N_("Did you mean {near}?") if near else N_("It has: {known}."),
                id=family,
                near="".join(near),
                known=", ".join(known),
            )
    if case is not None:
        people.require(study, Entity.CASE, case)
    if work_of is not None:
        with study.store.read() as connection:
            lookup.row_id(connection, lookup.CODER, work_of)


def _hints(
    study: Study, graph: RelationGraph, unit: str | None, case: str | None, work_of: str | None
) -> tuple[Hint, ...]:
    """The pairs of codes of the graph that stand together, in codebook order."""
    if unit is None or not graph.codes:
        return ()
    where = [] if case is None else [f"case={case}"]
    met = synthesis.meetings(study, unit, ",".join(graph.codes), where=where, exact=True, work_of=work_of)
    return tuple(
        Hint(pair.first.id, pair.second.id, pair.informants, pair.joint.n12)
        for pair in met.result.pairs
        if pair.joint.n12
    )
