"""What stands with a study's own table: whose work it is, how a cell is read, and what it leaves out."""

from __future__ import annotations

from qualcode.domain.table_counting import RelationCell, StudyTable
from qualcode.domain.table_definition import Measure
from qualcode.i18n import _, ngettext
from qualcode.reporting.cells import counted
from qualcode.reporting.graph_view import CONTRADICTED
from qualcode.reporting.heading import Fact, Heading
from qualcode.reporting.study_tables import TOGETHER


def table_facts(table: StudyTable, heading: Heading) -> list[Fact]:
    """What stands with the table: whose work it is, how a cell is read, and what lies outside."""
    labels = {place.id: place.label for axis in table.row_axes for place in axis.places}
    kinds = {axis.axis.kind.of_relations for axis in table.column_axes}
    return [
        Fact(_("Study"), heading.study),
        Fact(_("Coders"), ", ".join(table.coders) or _("nobody has coded here")),
        Fact(_("Filter"), heading.filter or _("none")),
        Fact(_("Each cell"), _reading(table)),
        *(_of_codings(table) if False in kinds else ()),
        *([_of_relations(table.relations)] if True in kinds else ()),
        *(
            Fact(labels.get(place, place), _("shared") if holds else _("not shared"))
            for place, holds in table.shared.items()
        ),
    ]


def _of_codings(table: StudyTable) -> list[Fact]:
    inside, outside = table.inside.counts, table.outside.counts
    return [
        Fact(_("In all"), counted(inside)),
        Fact(_("Outside the table"), _codings(outside.codings)),
        Fact(_("Without a case"), _codings(inside.without_case + outside.without_case)),
        Fact(_("Without an informant"), _codings(inside.without_informant + outside.without_informant)),
    ]


def _codings(n: int) -> str:
    return ngettext("{n} coding", "{n} codings", n).format(n=n)


def _of_relations(cell: RelationCell) -> Fact:
    heard = {item.informant for item in cell.relations if item.informant is not None}
    told = _("{n}, of {informants} informants; {cases} without a case, {nobody} without an informant")
    return Fact(
        _("Relations"),
        told.format(
            n=len(cell.relations),
            informants=len(heard),
            cases=sum(item.case is None for item in cell.relations),
            nobody=sum(item.informant is None for item in cell.relations),
        ),
    )


def _reading(table: StudyTable) -> str:
    """How the parts of a cell are meant, in their order."""
    words = {
        Measure.INFORMANTS: _("informants"),
        Measure.CASES: _("cases"),
        Measure.SEGMENTS: _("segments"),
    }
    wanted = table.definition.cells
    parts: list[str] = []
    if any(not axis.axis.kind.of_relations for axis in table.column_axes):
        numbers = "/".join(word for measure, word in words.items() if measure in wanted)
        parts.append(numbers)
        extra = {
            Measure.ASKED: _("of those asked"),
            Measure.VALENCE: _("mean valence"),
            Measure.CODES: _("codes with their informants"),
        }
        parts += [word for measure, word in extra.items() if measure in wanted]
    if any(axis.axis.kind.of_relations for axis in table.column_axes):
        arrows = _("for relations (→ to, ← from): informants/cases, {mark} informants against")
        parts.append(arrows.format(mark=CONTRADICTED))
        if Measure.STRENGTH in wanted:
            parts.append(_("strength of evidence"))
        if Measure.TOGETHER in wanted:
            parts.append(_("({mark} informants in whose turns both codes stand, a hint)").format(mark=TOGETHER))
    return ", ".join(filter(None, parts))
