"""Deciding on suggestions: going from one to the next, accepting, correcting, rejecting, skipping."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from qualcode.domain.span import Span
from qualcode.domain.suggestion import Suggestion
from qualcode.errors import Conflict, NotFound
from qualcode.i18n import _
from qualcode.services import coding, suggesting
from qualcode.services.suggesting import Decided
from qualcode.tui.screens.editing import Editing
from qualcode.tui.text.lanes import Placed


class Deciding(Editing):
    """Keys act on the visited suggestion and on no other, also where several overlap; each moves on."""

    def action_visit(self, steps: int) -> None:
        self._visit(self._next(steps))

    def action_accept(self) -> None:
        self._decide(self._accepted, _("Accepted: {code}"))

    def action_reject(self) -> None:
        self._decide(lambda item: suggesting.reject(self.study, item.id), _("Rejected: {code}"))

    def action_skip(self) -> None:
        self._decide(lambda item: suggesting.skip(self.study, item.id), _("Left for later: {code}"))

    def correct(self, code: str) -> None:
        """Another code on the suggested words."""
        self._decide(lambda item: self._corrected(item, code, item.span), _("Corrected: {code}"))

    def correct_bounds(self, span: Span) -> None:
        """The suggested code on other words."""
        self._decide(lambda item: self._corrected(item, item.code, span), _("Corrected: {code}"))

    def _accepted(self, item: Suggestion) -> Decided:
        return suggesting.accept(self.study, item.id, self._proposed(item.span, item.code))

    def _corrected(self, item: Suggestion, code: str, span: Span) -> Decided:
        return suggesting.correct(self.study, item.id, code, span, self._proposed(span, code))

    def _proposed(self, span: Span, code: str) -> dict[str, str]:
        return coding.proposed_qualifiers(self.study, self.opened.id, span, code, segments=self.coded_about(span))

    def _decide(self, decide: Callable[[Suggestion], Decided], said: str) -> None:
        key = self.place.visited
        item = self.opened.offered.get(key or "")
        if key is None or item is None:
            self._visit_here()
            return
        following = self._next(1)
        with self.told():
            try:
                decided = decide(item)
            except (Conflict, NotFound):
                # Decided or coded in another window: what is open now has to be seen before the next key.
                self.reread()
                raise
            self._settle(key, decided)
            made = self.place.current if decided.segment else None
            self._visit(following if following and following.painted.id != key else None, current=made)
            code = decided.segment.coding.code if decided.segment else item.code
            self.status.say(said.format(code=self.wording.name(code)))

    def _settle(self, key: str, decided: Decided) -> None:
        """Show what a decision has changed."""
        self.wrote()
        if decided.decision.verdict != "skipped":
            self.drop_suggestion(key)
        if decided.segment is None:
            self.show_heading()
            return
        self.used(decided.segment.coding.code or "")
        self.show_coding(decided.segment)

    # Going from one to the next

    def _next(self, steps: int) -> Placed | None:
        """The next suggestion, from the beginning again after the last one; overlapping ones one by one."""
        lanes, here = self.transcript.page.lanes, self.place.visited or ""
        places = (lanes.following, lanes.preceding)[steps < 0]
        found = next((one for one in places(self.place.offset, here) if one.painted.suggestion), None)
        if found is None:
            end = 0 if steps > 0 else len(self.opened.text.text)
            found = next((one for one in places(end, "") if one.painted.suggestion), None)
        return found

    def _visit(self, placed: Placed | None, current: str | None = None) -> None:
        """Go to a suggestion; `current` is a coding that was just made and that editing keys still act on."""
        if placed is None or placed.painted.id not in self.opened.offered:
            self.place = replace(self.place, visited=None)
            self.show_standing()
            if not self.opened.offered:
                self.status.say(_("No suggestions are open here: g s makes new ones."))
            return
        self.place = self.place.left()
        self.stand(placed.painted.span.start)
        # Without one that was just made, none is current: a `d` at a suggestion must not delete what lies under it.
        self.place = replace(self.place, visited=placed.painted.id, current=current, pinned=current is not None)
        self.show_standing()
        with self.told():
            suggesting.record_shown(self.study, [self.opened.offered[placed.painted.id]])
            self.wrote()

    def _visit_here(self) -> None:
        """A deciding key without a visited suggestion shows what it would act on, and acts on nothing."""
        target = self.transcript.target
        here = self.transcript.page.lanes.between(target.start, target.end) if target else []
        offered = next((placed for placed in here if placed.painted.suggestion), None)
        if offered is not None:
            self._visit(offered)
        else:
            self.status.say(_("Go to a suggestion first: n."))
