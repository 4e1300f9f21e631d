"""Relating two codings: the source is marked, the target gone to, a digit says how they hang together."""

from __future__ import annotations

from qualcode.domain.coding import CodedSegment
from qualcode.domain.relation import PlacedRelation
from qualcode.domain.span import Span
from qualcode.domain.transcript import turn_at
from qualcode.errors import NotFound
from qualcode.i18n import _
from qualcode.services import coding, relations
from qualcode.tui.messages import NothingToClear
from qualcode.tui.relation_words import CLAIM, STANCE, SWAP, Draft, in_a_line
from qualcode.tui.screens.going import Going


class Relating(Going):
    """The marked source is kept by the desk: it survives opening another document, on whichever screen."""

    _draft: Draft | None = None

    def action_relate(self) -> None:
        """Mark the current coding as the source; with one marked, relate that to the current coding."""
        segment = self.current
        if segment is None:
            return
        source = self.desk.relating_from
        if segment.coding.code is None:
            self.status.say(_("A quotation takes no relations: e gives it a code first."))
        elif source is None:
            self.desk.relating_from = segment
            self.show_standing()
            said = _("From {code}: go to the other coding and press l there; Esc gives it up.")
            self.status.say(said.format(code=self.wording.name(segment.coding.code)))
        elif source.coding.uid == segment.coding.uid:
            self.status.say(_("This is the source itself: go to the other coding; Esc gives it up."))
        else:
            self._ask_type(source.coding.uid, segment.coding.uid)

    def action_relate_latest(self) -> None:
        """The two codings made last in this turn, the older one as the source."""
        here = turn_at(self.opened.text.turns, self.place.offset)
        number = here.number if here else None
        pair = relations.latest_pair(self.opened.segments.values(), self.study.coder, number)
        if pair is None:
            self.status.say(_("It takes two codings of yours in this turn."))
        else:
            self._ask_type(*(end.coding.uid for end in pair))

    def on_nothing_to_clear(self, _event: NothingToClear) -> None:
        if self.desk.relating_from is not None:
            self._give_up_source()

    def _give_up_source(self) -> None:
        self.desk.relating_from = None
        self.show_standing()

    # The strip

    def _ask_type(self, source: str, target: str) -> None:
        with self.told():
            self.catch_up()
            try:
                ends = coding.get(self.study, source), coding.get(self.study, target)
            except NotFound:
                self._give_up_source()
                raise
            unplaced = next((end for end in ends if not end.coding.placed), None)
            if unplaced is not None:
                self._give_up_source()
                said = _("{code} has lost its place in the text and cannot be related now.")
                self.status.say(said.format(code=self.wording.name(unplaced.coding.code)), bad=True)
                return
            self._show_draft(self._fitting(*ends))

    def _fitting(self, source: CodedSegment, target: CodedSegment) -> Draft | None:
        """With the ends swapped where a type fits only so; None, and said, where none fits at all."""
        straight = Draft(source, target)
        if straight.types(self.wording):
            return straight
        swapped = straight.changed(SWAP)
        if swapped.types(self.wording):
            self.status.say(_("Only this way round is there a type that fits."))
            return swapped
        names = [self.wording.name(end.coding.code) for end in (source, target)]
        said = _("The codebook has no type of relation between {source} and {target}.")
        self.status.say(said.format(source=names[0], target=names[1]))
        return None

    def _show_draft(self, draft: Draft | None) -> None:
        self._draft = draft
        if draft is not None:
            self.strip.ask("relation", draft.choices(self.wording), stays=True)

    def chosen_relation(self, key: str, type: str) -> None:
        """A digit relates and closes the strip; the other keys change what it shows."""
        draft = self._draft
        if draft is None:
            return
        if key in (STANCE, CLAIM, SWAP):
            self._show_draft(draft.changed(key))
            return
        self.close_strip()
        with self.told():
            made, is_new = relations.relate(
                self.study,
                draft.source.coding.uid,
                type,
                draft.target.coding.uid,
                quote=self._marked_quote(draft),
                stance=draft.stance,
                claimed_by=draft.claimed_by,
            )
            self._tell_made(made, is_new)

    def _marked_quote(self, draft: Draft) -> tuple[str, Span] | None:
        """What is marked, unless it is an end: its words stay marked when they are coded, and are half the link."""
        selection = self.transcript.cursor.selection
        ends = [(end.coding.document, end.coding.span) for end in (draft.source, draft.target)]
        if selection is None or (self.opened.id, selection) in ends:
            return None
        return self.opened.id, selection

    def _tell_made(self, made: PlacedRelation, is_new: bool) -> None:
        self.wrote()
        self.opened.add_relation(made)
        self.transcript.end_marking()
        self._give_up_source()
        said = _("Related: {relation}") if is_new else _("That is related so already: {relation}")
        self.status.say(said.format(relation=in_a_line(self.wording, made)))
