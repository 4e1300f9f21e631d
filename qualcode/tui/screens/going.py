"""Going about in a document: from turn to turn not done yet, back, and to what is searched for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace

from qualcode.domain.span import Span
from qualcode.domain.transcript import turn_at
from qualcode.i18n import _
from qualcode.services import marking
from qualcode.services.searching import Way
from qualcode.tui.messages import Closed, SearchChanged, SearchDone, SearchWidened
from qualcode.tui.open_document import OpenDocument
from qualcode.tui.screens.deciding import Deciding
from qualcode.tui.screens.find import FindScreen
from qualcode.tui.text.search import hits


class Going(Deciding):
    """None of these writes anything but `turn_done`, which passes a turn that has no coding."""

    _hits: tuple[Span, ...] = ()
    _searched_from = 0

    def action_turn_done(self) -> None:
        """Pass the turn unless it is coded, and go to the next that is neither, from the first again at the end."""
        opened, states = self.opened, self.transcript.page.states
        here = turn_at(opened.text.turns, self.place.offset)
        with self.told():
            if here is not None and not opened.is_asking(here) and not states[here.number - 1]:
                marking.pass_turn(self.study, opened.id, here.number)
                self.wrote()
                opened.passed.add(here.number)
                self.transcript.show_turn_state(here.number - 1, "passed")
                self.show_heading()
            at = sum(turn.start <= self.place.offset for turn in opened.text.turns)
            turns = (*opened.text.turns[at:], *opened.text.turns[:at])
            left = (turn for turn in turns if turn.body and not opened.is_asking(turn))
            following = next((turn for turn in left if not states[turn.number - 1]), None)
            if following is None:
                self.status.say(_("Every turn of this document is done."))
                return
            self.place = self.place.left()
            self.stand(following.body_start)

    def action_back(self) -> None:
        """The place last left; with none, the list that this document was opened from."""
        self.place, back = self.place.returned()
        if back is None and self.desk.opened_from_list:
            self.desk.leave_screen()
        elif back is None:
            self.status.say(_("There is nowhere to go back to."))
        elif back.document == self.opened.id:
            self.stand(back.offset)
        else:
            with self.told():
                self.remember()
                self.open(OpenDocument(self.study, back.document), back.offset)

    # Searching

    def action_search(self) -> None:
        self._searched_from = self.place.offset
        self.search.ask()

    def on_search_changed(self, event: SearchChanged) -> None:
        """Hits while one types: the first from where the search began."""
        self._hits = tuple(hits(self.opened.text.text, event.words, regex=event.regex))
        self.transcript.show_hits(self._hits)
        self.place = replace(self.place, search=event.words)
        if self._hits:
            self._show_hit(bisect_left(self._hits, self._searched_from, key=_start))
        else:
            self.stand(self._searched_from)
            self.status.say(_("no hit") if event.words else "")

    def on_search_done(self, _event: SearchDone) -> None:
        self.search.close()
        self.return_keyboard()

    def on_search_widened(self, event: SearchWidened) -> None:
        self.search.close()
        self.return_keyboard()
        self.desk.push_screen(FindScreen(event.words, Way.EXPRESSION if event.regex else Way.PHRASE))

    def on_closed(self, event: Closed) -> None:
        if event.name == "search":
            self._hits = ()
            self.transcript.show_hits(())
            self.search.close()
            self.stand(self._searched_from)
            self.return_keyboard()

    def action_hit(self, steps: int) -> None:
        if not self._hits:
            self.status.say(_("Nothing is searched for: / searches."))
            return
        at = self.place.offset
        later = bisect_right(self._hits, at, key=_start)
        earlier = bisect_left(self._hits, at, key=_start) - 1
        self.place = self.place.left()
        self._show_hit(later if steps > 0 else earlier)

    def _show_hit(self, index: int) -> None:
        """Stand on a hit; beyond the last comes the first."""
        index %= len(self._hits)
        self.stand(self._hits[index].start)
        self.status.say(_("hit {number} of {all}").format(number=index + 1, all=len(self._hits)))


def _start(item: Span) -> int:
    return item.start
