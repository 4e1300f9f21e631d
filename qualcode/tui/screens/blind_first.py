"""Reading blind first: suggestions and others' codings of a turn show themselves once this coder is done with it.

What somebody would code without them is what agreement between coders is counted on.
"""

from __future__ import annotations

from qualcode.domain.coding import CodedSegment
from qualcode.domain.transcript import turn_at, turns_of
from qualcode.i18n import _, ngettext
from qualcode.services import blinding, marking
from qualcode.tui.screens.going import Going


class BlindFirst(Going):
    """The first Enter passes a hidden turn and shows what was hidden; the second goes on."""

    def action_blind(self) -> None:
        with self.told():
            blind = not blinding.is_blind(self.study, self.opened.id)
            blinding.set_blind(self.study, self.opened.id, blind)
            self.reread_whole()
            self.status.say(
                _("Blind first: a turn that is done shows what it hides.") if blind else _("Read openly.")
            )

    def action_turn_done(self) -> None:
        here = turn_at(self.opened.text.turns, self.place.offset)
        if here is None or here.number not in self.opened.hidden or self.opened.is_asking(here):
            super().action_turn_done()
            return
        with self.told():
            marking.pass_turn(self.study, self.opened.id, here.number)
            self.reread_whole()
            found = self.transcript.page.lanes.between(here.body_start, here.end)
            offered = sum(placed.painted.suggestion for placed in found)
            said = ngettext("{n} suggestion was hidden here", "{n} suggestions were hidden here", offered)
            self.status.say(_("Passed: {what}. Enter goes on.").format(what=said.format(n=offered)))

    def show_coding(self, segment: CodedSegment) -> None:
        """One's own coding opens its turn, for good: what was seen stays seen, also when the coding is undone."""
        super().show_coding(segment)
        turns = turns_of(self.opened.text.turns, segment.coding.span)
        opened = [turn.number for turn in turns if turn.number in self.opened.hidden]
        for number in opened:
            blinding.reveal(self.study, self.opened.id, number)
        if opened:
            self.reread_whole()
