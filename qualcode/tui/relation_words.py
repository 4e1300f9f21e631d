"""Relations as they are shown: the strip in which one is made, and one in a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len

from qualcode.domain.codebook import RelationType
from qualcode.domain.coding import CodedSegment
from qualcode.domain.relation import Claimant, PlacedRelation, Stance
from qualcode.domain.relation_graph import Link
from qualcode.i18n import _
from qualcode.services import blinding, relations
from qualcode.services.study import Study
from qualcode.tui.view import Choice
from qualcode.tui.wording import Wording

STANCE, CLAIM, SWAP = "-", "a", "s"
"""The keys that change what is being related, in the strip and on the screen of relations alike."""
_DIGITS = "123456789"


@dataclass(frozen=True, slots=True)
class Draft:
    """A relation before its type is chosen."""

    source: CodedSegment
    target: CodedSegment
    stance: Stance = Stance.STATES
    claimed_by: Claimant = Claimant.INFORMANT

    def changed(self, key: str) -> Draft:
        """As it is after one of the keys STANCE, CLAIM and SWAP."""
        if key == STANCE:
            return replace(self, stance=other_stance(self.stance))
        if key == CLAIM:
            return replace(self, claimed_by=other_claimant(self.claimed_by))
        return replace(self, source=self.target, target=self.source)

    def types(self, wording: Wording) -> list[RelationType]:
        """Those that fit both ends, which have codes."""
        source, target = self.source.coding.code or "", self.target.coding.code or ""
        return relations.types_between(wording.codebook, source, target)

    def choices(self, wording: Wording) -> list[Choice]:
        """A digit for each type that fits, under the two ends; then what can be changed."""
        arrow = "↛" if self.stance is Stance.CONTRADICTS else "→"
        heading = f"{wording.name(self.source.coding.code)} {arrow} {wording.name(self.target.coding.code)}"
        if self.claimed_by is Claimant.ANALYST:
            heading += _(" (analyst)")
        fitting = [
            Choice(digit, wording.relation(kind.id), kind.id, heading)
            for digit, kind in zip(_DIGITS, self.types(wording), strict=False)
        ]
        return [
            *fitting,
            Choice(STANCE, _("contradicts"), "", heading, self.stance is Stance.CONTRADICTS),
            Choice(CLAIM, _("claimed by the analyst"), "", heading, self.claimed_by is Claimant.ANALYST),
            Choice(SWAP, _("swap the ends"), "", heading),
        ]


def other_stance(stance: Stance) -> Stance:
    return Stance.STATES if stance is Stance.CONTRADICTS else Stance.CONTRADICTS


def other_claimant(claimant: Claimant) -> Claimant:
    return Claimant.INFORMANT if claimant is Claimant.ANALYST else Claimant.ANALYST


def arrow(wording: Wording, item: PlacedRelation) -> str:
    """`→`, `↔` of a type without direction; struck through where the quote contradicts the link."""
    contradicts = item.relation.stance is Stance.CONTRADICTS
    if wording.is_directed(item.relation.type):
        return "↛" if contradicts else "→"
    return "↮" if contradicts else "↔"


def in_a_line(wording: Wording, item: PlacedRelation) -> str:
    """`Risk aversion → dampens → Trust`, with what is unusual about it."""
    sign = arrow(wording, item)
    ends = wording.name(item.source.coding.code), wording.name(item.target.coding.code)
    unusual = [
        _("contradicts") if item.relation.stance is Stance.CONTRADICTS else "",
        _("claimed by the analyst") if item.relation.claimed_by is Claimant.ANALYST else "",
    ]
    line = f"{ends[0]} {sign} {wording.relation(item.relation.type)} {sign} {ends[1]}"
    return " · ".join(filter(None, (line, *unusual)))


def from_one_end(wording: Wording, item: PlacedRelation, uid: str) -> str:
    """The relation as the inspector of the coding called `uid` shows it: `→ dampens Trust`, `← causes Delay`."""
    is_source = item.relation.source == uid
    end, other = (item.source, item.target) if is_source else (item.target, item.source)
    sign = arrow(wording, item)
    if not is_source:
        sign = {"→": "←", "↛": "↚"}.get(sign, sign)
    words = f"{sign} {wording.relation(item.relation.type)} {wording.name(other.coding.code)}"
    if item.relation.claimed_by is Claimant.ANALYST:
        words += _(" (analyst)")
    elsewhere = other.coding.document != end.coding.document
    return f"{words} · {other.coding.document}" if elsewhere else words


def drawn(wording: Wording, link: Link, width: int = 0) -> str:
    """The arrow between two codes, with type and count, drawn out to `width` cells: `──dampens (3)──▸`."""
    against = f", {link.against} ↛" if link.against else ""
    words = f"──{wording.relation(link.type)} ({link.count}{against})──"
    head = "▸" if wording.is_directed(link.type) else "─"
    return words + "─" * (width - cell_len(words) - 1) + head


def in_sight(study: Study, found: Iterable[PlacedRelation]) -> Sequence[PlacedRelation]:
    """Without those that join another coder's coding in a turn which this coder has still to read blind."""
    hidden = {item.coding.uid for item in blinding.hidden_codings(study)}
    return [item for item in found if not {item.relation.source, item.relation.target} & hidden]
