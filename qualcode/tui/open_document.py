"""One document as the acting coder has it open: its text, all coders' codings, what is offered, memos, turns done.

Read from the services as a whole (`reload`), then kept up to date by the screen with what each write returned.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from qualcode.domain.coding import CodedSegment
from qualcode.domain.relation import PlacedRelation
from qualcode.domain.span import Span
from qualcode.domain.suggestion import Suggestion
from qualcode.domain.transcript import Turn
from qualcode.services import blinding, coding, documents, marking, memos, relations, suggesting
from qualcode.services.memos import Memo
from qualcode.services.selecting import Matcher
from qualcode.services.study import Study
from qualcode.tui.relation_words import in_sight
from qualcode.tui.view import DocumentView, Painted, TurnView
from qualcode.tui.wording import Wording

UNSAVED = "!"
"""The sign of a coding that is not stored yet."""


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A coding that could not be stored yet."""

    span: Span
    code: str
    qualifiers: dict[str, str]

    @property
    def id(self) -> str:
        """No uid and no suggestion is called so."""
        return f"unsaved-{self.span.start}-{self.span.end}-{self.code}"

    @property
    def painted(self) -> Painted:
        return Painted(self.id, self.span, self.code, own=False, sign=UNSAVED)


class OpenDocument:
    """`segments` by uid; `offered` and `unsaved` by the id that is painted, which is no uid. Raises NotFound."""

    def __init__(self, study: Study, document: str) -> None:
        self.study = study
        self.id = document
        self.segments: dict[str, CodedSegment] = {}
        self.offered: dict[str, Suggestion] = {}
        self.unsaved: dict[str, Unsaved] = {}
        self._chosen: Matcher | None = None
        self.reload()

    def reload(self) -> None:
        """Read anew what others, undo or a run of suggestions may have changed. Raises NotFound."""
        study = self.study
        self.text = study.text(self.id)
        self.listed = documents.get(study, self.id)
        self.asking = marking.asking_labels(documents.speakers(study, self.id).values())
        self.hidden = blinding.hidden_turns(study, self.id)
        found = blinding.shown(study, self.id, coding.of_document(study, self.id))
        self.segments = {item.coding.uid: item for item in found if item.coding.version == self.text.version}
        self.reload_offered()
        self.passed = marking.passed_turns(study, self.id)
        self._relations: dict[str, dict[str, PlacedRelation]] = {}
        for item in in_sight(study, relations.of_document(study, self.id, segments=self.segments.values())):
            self.add_relation(item)
        self._memos: dict[str, list[Memo]] = {}
        for memo in memos.everything(study):
            if memo.target_uid in self.segments:
                self._memos.setdefault(memo.target_uid, []).append(memo)

    def relations(self, uid: str) -> Collection[PlacedRelation]:
        """Those of a coding, to it or from it, the ends named as they are coded now."""
        return [self._with_ends(item) for item in self._relations.get(uid, {}).values()]

    def add_relation(self, item: PlacedRelation) -> None:
        for end in (item.relation.source, item.relation.target):
            self._relations.setdefault(end, {})[item.relation.uid] = item

    def drop_relations(self, uid: str) -> None:
        """The coding they rested on is removed."""
        for relation, item in self._relations.pop(uid, {}).items():
            for end in (item.relation.source, item.relation.target):
                self._relations.get(end, {}).pop(relation, None)

    def _with_ends(self, item: PlacedRelation) -> PlacedRelation:
        segments = self.segments
        source, target = segments.get(item.relation.source), segments.get(item.relation.target)
        return replace(item, source=source or item.source, target=target or item.target)

    def reload_offered(self) -> None:
        """What is open for this coder depends on the codings."""
        self.offered = {painted_id(item): item for item in suggesting.open_suggestions(self.study, self.id)}

    def reload_offered_within(self, span: Span) -> None:
        """The same for what touches one stretch of the text."""
        before = [key for key, item in self.offered.items() if item.span.overlaps(span)]
        for key in before:
            del self.offered[key]
        for item in suggesting.open_suggestions(self.study, self.id, within=span):
            self.offered[painted_id(item)] = item

    def memos(self, uid: str) -> list[Memo]:
        """The memos on a coding, in order of time."""
        return self._memos.get(uid, [])

    def reload_memos(self, uid: str) -> None:
        self._memos[uid] = memos.of_target(self.study, uid)

    def is_own(self, uid: str) -> bool:
        segment = self.segments.get(uid)
        return segment is not None and segment.coding.coder == self.study.coder

    def show_only(self, chosen: Matcher | None) -> None:
        """Paint the codings that are chosen; None: all."""
        self._chosen = chosen

    @property
    def is_narrowed(self) -> bool:
        return self._chosen is not None

    @property
    def shown(self) -> Collection[str]:
        """The uids of the codings that are painted."""
        if self._chosen is None:
            return self.segments
        return [uid for uid, segment in self.segments.items() if self._chosen(segment)]

    def is_chosen(self, segment: CodedSegment) -> bool:
        return self._chosen is None or self._chosen(segment)

    def painted(self, wording: Wording) -> dict[str, Painted]:
        """All that is painted, by id."""
        shown = {uid: self.painted_coding(uid, wording) for uid in self.shown}
        shown |= {key: kept.painted for key, kept in self.unsaved.items()}
        return shown | {key: _painted_suggestion(key, item) for key, item in self.offered.items()}

    def painted_coding(self, uid: str, wording: Wording) -> Painted:
        made = self.segments[uid].coding
        return Painted(
            uid,
            made.span,
            made.code,
            own=self.is_own(uid),
            sign=wording.sign(made.qualifiers),
            lacking=bool(wording.lacking(made.code, made.qualifiers)),
            memo=bool(self.memos(uid)),
        )

    def view(self, wording: Wording) -> DocumentView:
        states = self.turn_states()
        turns = (TurnView(turn, self.is_asking(turn), states.get(turn.number, "")) for turn in self.text.turns)
        painted = tuple(self.painted(wording).values())
        return DocumentView(self.id, self.listed.title, self.text.text, self.text.language, tuple(turns), painted)

    def turn_states(self) -> Mapping[int, str]:
        """Number of a turn -> "coded" or "passed", of the turns this coder is done with."""
        own = [item.coding.span for uid, item in self.segments.items() if self.is_own(uid)]
        coded = marking.coded_turns(self.text.turns, own)
        return dict.fromkeys(self.passed, "passed") | dict.fromkeys(coded, "coded")

    def painted_suggestion(self, key: str) -> Painted:
        return _painted_suggestion(key, self.offered[key])

    def is_asking(self, turn: Turn) -> bool:
        return turn.speaker in self.asking

    def words(self, span: Span) -> str:
        return self.text.text[span.start : span.end]


def painted_id(suggestion: Suggestion) -> str:
    return f"s{suggestion.id}"


def _painted_suggestion(key: str, item: Suggestion) -> Painted:
    return Painted(key, item.span, item.code, suggestion=True)
