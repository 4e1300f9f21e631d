"""Keeping the screen true: painting what a write returned, and noticing what others have written."""

from __future__ import annotations

from dataclasses import replace

from qualcode.domain.coding import CodedSegment
from qualcode.domain.span import Span
from qualcode.domain.transcript import turns_of
from qualcode.i18n import _
from qualcode.services import history, noticing
from qualcode.services.noticing import Noticed
from qualcode.tui.screens.document import DocumentScreen


class Keeping(DocumentScreen):
    """`reread` brings the screen to what is stored, whoever changed it; after one write `show_coding` is enough."""

    def reread(self, *, follow: bool = False) -> None:
        """Show what is stored now; only what differs is painted anew. Raises QualcodeError."""
        noticed = noticing.since(self.study, self.opened.id, self._revision)
        known = self.opened.segments
        # A coding that is neither shown nor was is of another document, whose codes the tree counts too.
        if noticed is None or any(now is None and uid not in known for uid, now in noticed.segments.items()):
            self.reread_whole(follow=follow)
            return
        self._revision = noticed.revision
        changed = self._bring(noticed)
        self._settle_place(changed if follow else {})

    def _bring(self, noticed: Noticed) -> dict[str, Span]:
        """Put on the page what was noticed; what came, went or changed, by id in text order."""
        changed: dict[str, Span] = {}
        touched = list(noticed.decided)
        for uid, segment in noticed.segments.items():
            before = self.opened.segments.get(uid)
            touched += [item.coding.span for item in (before, segment) if item]
            if segment is None:
                changed[uid] = self._take_off(uid)
            elif segment != before:
                self._put_on(segment)
                changed[uid] = segment.coding.span
        changed |= self._offer(*touched)
        return dict(sorted(changed.items(), key=lambda item: item[1]))

    def reread_whole(self, *, follow: bool = False) -> None:
        """Read everything of the document anew. Raises QualcodeError."""
        before = self.opened.text.version
        self._revision = history.revision(self.study)
        self.opened.reload()
        if self.opened.text.version != before:
            self.open(self.opened, self.place.offset)
            return
        if self.study.codebook is not self.wording.codebook:
            self.codes_changed()
        else:
            self.count_codes()
        changed = self._repaint()
        states = self.opened.turn_states()
        for index, turn in enumerate(self.opened.text.turns):
            self._show_turn(index, states.get(turn.number, ""))
        self.density.recount()
        self._settle_place(changed if follow else {})

    def _settle_place(self, changed: dict[str, Span]) -> None:
        """Point at nothing that is gone, and go to what has changed."""
        if self.place.current not in self.opened.segments:
            self.place = replace(self.place, current=self.innermost(self.place.offset), pinned=False)
        if self.place.visited not in self.opened.offered:
            self.place = replace(self.place, visited=None)
        self._follow(changed)
        self.show_heading()
        self.show_standing()

    def show_offered(self, *spans: Span) -> None:
        """After a change there that may have opened a suggestion again. Raises QualcodeError."""
        self._offer(*spans)
        self.show_heading()

    def _offer(self, *spans: Span) -> dict[str, Span]:
        """Bring the suggestions on these words to what is open now; what came or went, by id."""
        if not spans:
            return {}
        reach = Span(min(span.start for span in spans), max(span.end for span in spans))
        lanes = self.transcript.page.lanes
        before = {
            placed.painted.id for placed in lanes.between(reach.start, reach.end) if placed.painted.suggestion
        }
        changed: dict[str, Span] = {}
        self.opened.reload_offered_within(reach)
        for key in before - self.opened.offered.keys():
            placed = lanes.get(key)
            if placed is not None:
                changed[key] = placed.painted.span
                self.transcript.remove(key)
        for key, item in self.opened.offered.items():
            if item.span.overlaps(reach) and key not in before:
                changed[key] = item.span
                self.transcript.add(self.opened.painted_suggestion(key))
        return changed

    def _repaint(self) -> dict[str, Span]:
        """Bring what is painted to what is wanted; what came, went or changed, by id in text order."""
        shown = {placed.painted.id: placed.painted for placed in self.transcript.page.lanes}
        wanted = self.opened.painted(self.wording)
        changed = [key for key in shown.keys() | wanted.keys() if shown.get(key) != wanted.get(key)]
        for key in changed:
            if key in wanted:
                self.transcript.add(wanted[key])
            else:
                self.transcript.remove(key)
        spans = {key: (wanted.get(key) or shown[key]).span for key in changed}
        return dict(sorted(spans.items(), key=lambda item: item[1]))

    def catch_up(self) -> None:
        """Reread where anybody else has changed the study since it was read. Raises QualcodeError."""
        if history.revision(self.study) != self._revision:
            self.reread()

    def wrote(self) -> None:
        """After one write of our own: if there was another one too, the next action rereads."""
        newest = history.revision(self.study)
        if newest <= self._revision + 1:
            self._revision = newest

    def is_unchanged(self, uid: str) -> bool:
        """Catch up; false, and said, where somebody else has changed this coding since it was shown."""
        before = self.opened.segments.get(uid)
        self.catch_up()
        if before is not None and self.opened.segments.get(uid) == before:
            return True
        said = _("That coding was changed elsewhere meanwhile; nothing was overwritten.")
        self.status.say(said, bad=True)
        return False

    def show_coding(self, segment: CodedSegment) -> None:
        """Paint a coding that was made or changed, and make it the current one."""
        self._put_on(segment)
        self.place = replace(self.place, current=segment.coding.uid, pinned=True)
        self.show_heading()
        self.show_standing()

    def drop_coding(self, uid: str) -> None:
        """Take a removed coding off the screen."""
        self._take_off(uid)
        self.place = replace(self.place, current=self.innermost(self.place.offset), pinned=False)
        self.show_heading()
        self.show_standing()

    def _put_on(self, segment: CodedSegment) -> None:
        uid = segment.coding.uid
        before = self.opened.segments.get(uid)
        self._uncount(uid)
        self.opened.segments[uid] = segment
        painted = self.opened.painted_coding(uid, self.wording)
        if not painted.own and not self.opened.is_chosen(segment):
            # One's own is shown when it is made, whatever the filter; another's coming in behind it is not.
            self.transcript.remove(uid)
            return
        self.transcript.add(painted)
        self.density.count(painted, 1)
        if painted.code:
            self.codebook_pane.count(painted.code, 1)
        for placed in self.transcript.page.lanes.between(painted.span.start, painted.span.end):
            same = placed.painted.span == painted.span and placed.painted.code == painted.code
            if placed.painted.suggestion and same and painted.own:
                self.drop_suggestion(placed.painted.id)
        if before is not None:
            self._show_turns(before.coding.span)
        self._show_turns(painted.span)

    def _take_off(self, uid: str) -> Span:
        self._uncount(uid)
        span = self.opened.segments.pop(uid).coding.span
        self.opened.drop_relations(uid)
        self.transcript.remove(uid)
        self._show_turns(span)
        return span

    def coded_about(self, span: Span) -> list[CodedSegment]:
        """All coders' codings in the turns of a span, also those that a filter hides."""
        turns = turns_of(self.opened.text.turns, span)
        start, end = (turns[0].start, turns[-1].end) if turns else (span.start, span.end)
        if self.opened.is_narrowed:
            return [one for one in self.opened.segments.values() if one.coding.span.overlaps(Span(start, end))]
        found = self.transcript.page.lanes.between(min(start, span.start), max(end, span.end))
        segments = self.opened.segments
        return [segments[one.painted.id] for one in found if one.painted.id in segments]

    def drop_suggestion(self, painted_id: str) -> None:
        """Take a suggestion off the screen that is no longer open."""
        self.opened.offered.pop(painted_id, None)
        self.transcript.remove(painted_id)

    def _uncount(self, uid: str) -> None:
        placed = self.transcript.page.lanes.get(uid)
        if placed is None:
            return
        self.density.count(placed.painted, -1)
        if placed.painted.code:
            self.codebook_pane.count(placed.painted.code, -1)

    def _show_turns(self, span: Span) -> None:
        """Whether the turns of a span are done; a coding on the label alone is none of the turn's words."""
        if self.opened.is_narrowed:
            states = self.opened.turn_states()
            for turn in turns_of(self.opened.text.turns, span):
                self._show_turn(turn.number - 1, states.get(turn.number, ""))
            return
        for turn in turns_of(self.opened.text.turns, span):
            inside = self.transcript.page.lanes.between(turn.body_start, turn.end)
            coded = any(self.editable(placed) for placed in inside)
            self._show_turn(turn.number - 1, "coded" if coded else "passed" * (turn.number in self.opened.passed))

    def _show_turn(self, index: int, state: str) -> None:
        if self.transcript.page.states[index] != state:
            self.transcript.show_turn_state(index, state)

    def _follow(self, changed: dict[str, Span]) -> None:
        """Go to what undo or redo has changed, so that the next key acts on it: a coding, else a suggestion."""
        if not changed:
            return
        own = next((key for key in changed if self.opened.is_own(key)), None)
        offered = next((key for key in changed if key in self.opened.offered), None)
        span = changed[own or offered or next(iter(changed))]
        target = self.transcript.target
        if target is None or not target.overlaps(span):
            self.stand(span.start)
        current = own or (None if offered else self.innermost(self.place.offset))
        self.place = replace(self.place, current=current, pinned=own is not None, visited=None if own else offered)
