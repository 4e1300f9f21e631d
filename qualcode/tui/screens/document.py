"""An open document on the coding screen: where the coder stands in it, and what is said about that place."""

from __future__ import annotations

from dataclasses import replace

from textual.timer import Timer

from qualcode import i18n
from qualcode.domain.span import Span
from qualcode.domain.suggestion import ranks
from qualcode.domain.transcript import turns_of
from qualcode.i18n import _, ngettext
from qualcode.services import coding, history, marking
from qualcode.tui.home_view import privacy
from qualcode.tui.keymap import hints
from qualcode.tui.messages import CursorMoved
from qualcode.tui.open_document import OpenDocument
from qualcode.tui.relation_words import from_one_end
from qualcode.tui.screens.layout import CodingLayout
from qualcode.tui.state import DeskState
from qualcode.tui.text.lanes import Placed
from qualcode.tui.view import CardLine, Passage
from qualcode.tui.widgets.status import Heading, Standing
from qualcode.tui.wording import Wording

_KEEP_PLACE_S = 2.0
"""After the last move: a killed terminal loses no more than that."""


class DocumentScreen(CodingLayout):
    """`open` shows a document; `stand` moves; `place` is the one record of where the coder is."""

    def __init__(self, opened: OpenDocument, place: int, coding: str = "") -> None:
        super().__init__()
        self.opened = opened
        self._coding = coding
        self.place = DeskState(document=opened.id, offset=place)
        self.wording = Wording(opened.study.codebook, i18n.language(), {})
        self._revision = 0
        self._kept = -1
        self._timer: Timer | None = None

    def on_mount(self) -> None:
        self.call_after_refresh(self.open, self.opened, self.place.offset, self._coding)

    def open(self, opened: OpenDocument, offset: int, coding: str = "") -> None:
        """Show another document, or the same one in a new version; the coding called `coding` is current there."""
        study = self.study
        self.opened = opened
        self._revision = history.revision(study)
        self._privacy = privacy(study)
        self.recent = marking.recent_codes(study)
        last = self.place.last_code or next(iter(self.recent), None)
        self.place = DeskState(document=opened.id, last_code=last, back=self.place.back)
        self._kept = offset
        self._speak()
        self.narrow(opened)
        self.transcript.open(opened.view(self.wording), self.wording.codes, offset)
        self.density.recount()
        # Known at once: the cursor's own message says nothing new at the beginning of a document.
        at = self.transcript.cursor.offset
        self.place = replace(self.place.moved(at, None), current=self.innermost(at))
        if opened.is_own(coding):
            self.place = replace(self.place, current=coding, pinned=True)
        self.show_heading()
        self.show_standing()
        self.return_keyboard()

    def go(self, opened: OpenDocument, offset: int, coding: str = "") -> None:
        """Open a document from this one, which Backspace comes back to."""
        if not self.may_leave():
            return
        self.remember()
        self.place = self.place.left()
        self.open(opened, offset, coding)

    def narrow(self, opened: OpenDocument) -> None:
        """Leave out of a document what the screen does not show."""

    def filter_words(self) -> str:
        """What is shown, in words; empty where it is everything."""
        return ""

    @property
    def is_read(self) -> bool:
        """False until the document is shown for the first time."""
        return self._revision > 0

    # Where the coder stands

    def on_cursor_moved(self, event: CursorMoved) -> None:
        if (event.offset, event.selection) == (self.place.offset, self.place.selection):
            return
        self._moved(event.offset, event.selection)

    def stand(self, offset: int) -> None:
        """Move the cursor; what it stands on is current at once."""
        self.transcript.stand(offset)
        self._moved(self.transcript.cursor.offset, None)

    def _moved(self, offset: int, selection: Span | None) -> None:
        self.place = self.place.moved(offset, selection)
        target, lanes = self.transcript.target, self.transcript.page.lanes
        visited = lanes.get(self.place.visited) if self.place.visited else None
        if visited and not (target and target.overlaps(visited.painted.span)):
            self.place = replace(self.place, visited=None)
        current = lanes.get(self.place.current) if self.place.current else None
        if not (current and self.place.pinned and target and target.overlaps(current.painted.span)):
            self.place = replace(self.place, current=self.innermost(offset), pinned=False)
        self.show_standing()
        if self._timer is not None:
            self._timer.reset()
        else:
            self._timer = self.set_timer(_KEEP_PLACE_S, self.remember)

    def remember(self) -> None:
        """Keep the place for the next time."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.place.offset != self._kept:
            self._kept = self.place.offset
            with self.told():
                marking.remember_place(self.study, self.opened.id, self.place.offset)

    def innermost(self, offset: int) -> str | None:
        own = [placed for placed in self.transcript.page.lanes.between(offset, offset + 1) if self.editable(placed)]
        return min(own, key=lambda placed: len(placed.painted.span)).painted.id if own else None

    def editable(self, placed: Placed) -> bool:
        """Nobody edits another coder's codings here: each keeps their own undo."""
        return placed.painted.own and not placed.painted.suggestion

    def own_here(self) -> list[str]:
        """The uids of this coder's codings on the target, in text order."""
        target = self.transcript.target
        found = self.transcript.page.lanes.between(target.start, target.end) if target else []
        return [placed.painted.id for placed in found if self.editable(placed)]

    # Showing it

    def show_standing(self) -> None:
        """Pointers, inspector and status line."""
        place, target, source = self.place, self.transcript.target, self.desk.relating_from
        marked = source.coding.uid if source else None
        self.transcript.point_at(current=place.current, visited=place.visited, source=marked)
        self.show_hints()
        self.inspector.show(self._passage(target) if target else Passage("", ""))
        words = len(self.opened.words(target).split()) if target else 0
        self.status.show(
            Standing(
                unit=_("selection") if place.selection else _("sentence") if target else "",
                marked=place.selection is not None,
                size=ngettext("{n} word", "{n} words", words).format(n=words) if target else "",
                current=self._pointed(),
                privacy=self._privacy,
                source=self.wording.name(source.coding.code) if source else "",
            )
        )

    def show_hints(self) -> None:
        self.status.hint(hints(self.writing or self.context, deciding=self.place.visited is not None))

    def show_heading(self) -> None:
        """The line above: what there is in this document."""
        opened, page = self.opened, self.transcript.page
        codings, offered = len(opened.segments), len(opened.offered)
        hidden = len(opened.hidden)
        blind = ngettext("blind first: {n} turn hidden", "blind first: {n} turns hidden", hidden).format(n=hidden)
        kept = (self.filter_words(), blind if hidden else "", *self.desk.pinned_facts())
        facts = [
            ngettext("{n} coding", "{n} codings", codings).format(n=codings),
            _("{done} of {turns} turns done").format(done=page.done, turns=page.answers) if page.answers else "",
            ngettext("{n} suggestion", "{n} suggestions", offered).format(n=offered) if offered else "",
            ", ".join(opened.listed.cases),
        ]
        title = opened.listed.title or opened.id
        self.top.show(Heading(title, tuple(filter(None, facts)), self.study.coder, tuple(filter(None, kept))))

    def count_codes(self) -> None:
        """The tree with its counts, of the whole study."""
        self.codebook_pane.show(self.wording.listed, coding.counts_by_code(self.study))

    def _speak(self) -> None:
        """Names of codes in the screen language, everywhere but in the transcript."""
        favourites = marking.favourites(self.study)
        self.wording = Wording(self.study.codebook, i18n.language(), favourites)
        self.inspector.show_codes(self.wording.codes)
        self.count_codes()

    def codes_changed(self) -> None:
        """The codebook is another one now: names, colours, tree."""
        self._speak()
        self.transcript.show_codes(self.wording.codes)

    def respeak(self) -> None:
        super().respeak()
        self.codes_changed()
        self.show_heading()
        self.show_standing()

    def _pointed(self) -> str:
        """What keys would act on: the visited suggestion, else the current coding."""
        offered = self.opened.offered.get(self.place.visited or "")
        if offered is not None:
            return f"◌ {self.wording.name(offered.code)} · {offered.reason.render(_)}"
        segment = self.opened.segments.get(self.place.current or "")
        if segment is None:
            return ""
        return self.wording.summary(segment.coding.code, segment.coding.qualifiers)

    def _passage(self, target: Span) -> Passage:
        turns = turns_of(self.opened.text.turns, target)
        where = [turns[0].speaker, _("turn {number}").format(number=turns[0].number)] if turns else [self.opened.id]
        found = self.transcript.page.lanes.between(target.start, target.end)
        current = self.place.current
        elsewhere = self.transcript.page.lanes.get(current) if current else None
        if elsewhere is not None and elsewhere not in found:
            found = [elsewhere, *found]
        return Passage(
            " · ".join(filter(None, where)),
            self.opened.words(target),
            tuple(self._card(placed) for placed in found),
            current,
            self.place.visited,
            tuple(memo.text for memo in self.opened.memos(current)) if current else (),
            self._related(current) if current else (),
        )

    def _related(self, uid: str) -> tuple[str, ...]:
        return tuple(from_one_end(self.wording, item, uid) for item in self.opened.relations(uid))

    def _card(self, placed: Placed) -> CardLine:
        painted = placed.painted
        if painted.suggestion:
            offered, rank = self.opened.offered[painted.id], self._rank(placed)
            certainty = f"{offered.confidence:.0%}" if offered.confidence is not None else _("no. {rank}")
            return CardLine(painted, offered.reason.render(_), certainty=certainty.format(rank=rank))
        if painted.id in self.opened.unsaved:
            return CardLine(painted, _("not stored yet: it is tried again"))
        made = self.opened.segments[painted.id].coding
        by = "" if painted.own else made.coder
        return CardLine(painted, self.wording.detail(made.code, made.qualifiers), by)

    def _rank(self, placed: Placed) -> int:
        """Among the suggestions on the same words."""
        offered = self.opened.offered
        beside = self.transcript.page.lanes.between(placed.start, placed.end)
        here = [offered[one.painted.id] for one in beside if one.painted.id in offered]
        return ranks(here)[offered[placed.painted.id].id]
