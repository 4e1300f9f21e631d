"""The relations of a document or study as rows, as a drawing, and one of them in full."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rich.cells import cell_len
from rich.text import Text

from qualcode import i18n
from qualcode.domain.inert import inert, inert_block
from qualcode.domain.relation import PlacedRelation
from qualcode.domain.relation_graph import Link, joined_codes, links
from qualcode.i18n import _, ngettext
from qualcode.services import documents, memos, people, relations
from qualcode.services.study import Study
from qualcode.tui.relation_words import arrow, drawn, in_a_line, in_sight
from qualcode.tui.widgets.table import Column, TableRow
from qualcode.tui.wording import Wording

Pair = tuple[str, str]
"""The codes of source and target."""
_QUOTES = 8
"""Under a line of the drawing: the list behind it has them all."""


class RelationViews:
    """`found` by uid and `links` by the ids of their rows, of `document` where one is named and of `pair` alone."""

    def __init__(self, study: Study, document: str, pair: Pair | None) -> None:
        self._study = study
        self.wording = Wording(study.codebook, i18n.language(), {})
        self.titles = {item.id: item.title or item.id for item in documents.listing(study)}
        self._cases = {item.id: item.title or item.id for item in people.cases(study)}
        self._informants = {item.id: item.title or item.id for item in people.informants(study)}
        everything = relations.of_document(study, document) if document else relations.listing(study)
        chosen = [item for item in in_sight(study, everything) if pair in (None, self._codes(item))]
        self.found = {item.relation.uid: item for item in chosen}
        self.links = {_link_id(link.source, link.type, link.target): link for link in links(study.codebook, chosen)}
        self._behind: dict[str, list[PlacedRelation]] = {}
        for item in chosen:
            source, target = self._codes(item)
            self._behind.setdefault(_link_id(source, item.relation.type, target), []).append(item)

    # As a list

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Source"), share=4),
            Column("", 1),
            Column(_("Target"), share=4),
            Column(_("Case"), share=3),
            Column(_("Informant"), 12, above=110),
            Column(_("Quote"), share=4, above=90),
        )

    def rows(self) -> Iterator[TableRow]:
        """By type, then case, then source as in the codebook."""
        known = [kind.id for kind in self._study.codebook.relation_types]
        others = sorted({item.relation.type for item in self.found.values()}.difference(known))
        in_order = sorted(self.found.values(), key=self._rank())
        for type in (*known, *others):
            rows = [self._row(item) for item in in_order if item.relation.type == type]
            if rows:
                yield TableRow("", (f"{self.wording.relation(type)} ({len(rows)})", "", "", "", "", ""))
                yield from rows

    def _rank(self) -> Callable[[PlacedRelation], tuple[int, int, str, int]]:
        codes = self._study.codebook.order
        cases = {case: place for place, case in enumerate(self._cases)}

        def rank(item: PlacedRelation) -> tuple[int, int, str, int]:
            case = cases.get(item.case or "", len(cases))
            code = codes.get(item.source.coding.code or "", len(codes))
            return case, code, item.relation.document, item.relation.span.start

        return rank

    def _row(self, item: PlacedRelation) -> TableRow:
        cells = (
            self.wording.name(item.source.coding.code),
            arrow(self.wording, item),
            self.wording.name(item.target.coding.code),
            self._cases.get(item.case or "", item.case or ""),
            self._informants.get(item.informant or "", item.speaker),
            " ".join(item.relation.anchor.exact.split()),
        )
        return TableRow(item.relation.uid, cells)

    # As a drawing

    def drawing_columns(self) -> Sequence[Column]:
        return Column(_("Source"), share=1), Column("", self._widest()), Column(_("Target"), share=1)

    def drawing(self) -> Iterator[TableRow]:
        """A row for each link; a code stands once, beside the first of its links."""
        widest, before = self._widest(), ""
        for id, link in self.links.items():
            source = "" if link.source == before else self.wording.name(link.source)
            before = link.source
            yield TableRow(id, (source, drawn(self.wording, link, widest), self.wording.name(link.target)))

    def _widest(self) -> int:
        return max((cell_len(drawn(self.wording, link)) for link in self.links.values()), default=1)

    # In full

    def relation_card(self, item: PlacedRelation, faint: str) -> Text:
        made = item.relation
        where = (
            self.titles.get(made.document, made.document),
            item.speaker,
            _("turn {number}").format(number=item.turn) if item.turn else "",
            made.coder if made.coder != self._study.coder else "",
        )
        text = Text().append(inert(in_a_line(self.wording, item)), "bold")
        text.append(f"\n{inert(' · '.join(filter(None, where)))}", faint)
        text.append(f"\n“{inert(' '.join(made.anchor.exact.split()))}”")
        for memo in memos.of_target(self._study, f"relation:{made.uid}"):
            text.append(f"\n* {inert_block(memo.text)}")
        return text

    def link_card(self, link: Link, faint: str) -> Text:
        """Who stands behind the count: one person may have said it five times."""
        behind = self._behind[_link_id(link.source, link.type, link.target)]
        informants = len({item.informant for item in behind if item.informant})
        cases = len({item.case for item in behind if item.case})
        counted = [
            ngettext("{n} relation", "{n} relations", link.count).format(n=link.count),
            ngettext("{n} contradicts", "{n} contradict", link.against).format(n=link.against) * bool(link.against),
            ngettext("{n} informant", "{n} informants", informants).format(n=informants),
            ngettext("{n} case", "{n} cases", cases).format(n=cases),
        ]
        names = self.wording.name(link.source), self.wording.relation(link.type), self.wording.name(link.target)
        text = Text().append(inert(" – ".join(names)), "bold")
        text.append(f"\n{' · '.join(filter(None, counted))}", faint)
        for item in behind[:_QUOTES]:
            text.append(f"\n“{inert(' '.join(item.relation.anchor.exact.split()))}”")
            text.append(f" {inert(item.speaker)}", faint)
        return text

    def _codes(self, item: PlacedRelation) -> Pair:
        return joined_codes(self._study.codebook, item)


def _link_id(source: str, type: str, target: str) -> str:
    """Unlike any uid: joined by what no id has in it."""
    return "|".join((source, type, target))
