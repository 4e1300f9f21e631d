"""The transcript: reading, moving, marking. Read-only; what is coded on it is told to it by the screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from textual import events
from textual.geometry import Offset

from qualcode.domain.span import Span
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import CursorMoved, NothingToClear
from qualcode.tui.text.cursor import Cursor, Walk, differing
from qualcode.tui.view import CodeView, DocumentView, Painted
from qualcode.tui.widgets.page import Page
from qualcode.tui.widgets.sheet import Sheet

_CONTEXT_ROWS = 3


class TranscriptView(Sheet, can_focus=True):
    """`open` shows a document, `add` and `remove` change what is painted, `stand` moves the cursor."""

    BINDINGS = bindings("transcript")

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pressed: Span | None = None
        self._dragged = False
        self._seen_height = 0

    # What the screen tells it

    def open(self, document: DocumentView, codes: Mapping[str, CodeView], offset: int = 0) -> None:
        """Show `document` with the cursor at `offset`."""
        self.page = Page(document, self.size.width)
        self.cursor = Cursor()
        self.lay_out(self.size.width)
        self.show_codes(codes)
        self.stand(offset)

    def show_codes(self, codes: Mapping[str, CodeView]) -> None:
        """Names or colours of codes have changed (another language, an edited codebook)."""
        self.codes = codes
        self.restyle()

    def add(self, painted: Painted) -> None:
        """Paint one more coding or suggestion, or a changed one in its place."""
        before = self.page.lanes.get(painted.id)
        placed = self.page.lanes.add(painted)
        self.repaint_placed(*(one for one in (before, placed) if one))

    def remove(self, painted_id: str) -> None:
        """Take a coding or suggestion off the page."""
        placed = self.page.lanes.remove(painted_id)
        if placed:
            self.repaint_placed(placed)

    def point_at(
        self, *, current: str | None = None, visited: str | None = None, source: str | None = None
    ) -> None:
        """Which coding editing keys act on, which suggestion deciding keys act on, which is a relation's source."""
        page, pointed = self.page, (current, visited, source)
        before = page.current, page.visited, page.source
        page.current, page.visited, page.source = pointed
        changed = {id for pair in zip(before, pointed, strict=True) if pair[0] != pair[1] for id in pair}
        self.repaint_placed(*(one for one in map(self.page.lanes.get, filter(None, changed)) if one))

    def show_hits(self, hits: Iterable[Span]) -> None:
        """Mark what was searched for."""
        self.page.hits = list(hits)
        self.repaint_all()

    def show_turn_state(self, index: int, state: str) -> None:
        """The coder has coded or passed the turn with this index."""
        self.page.put_state(index, state)
        self.repaint(
            self.page.wrap.rows_of_block(self.page.wrap.block_at(self.page.document.turns[index].turn.start))
        )

    def stand(self, offset: int) -> None:
        """Put the cursor on `offset` and bring it into view."""
        self._go(self._walk.to(Cursor(), offset))

    def select(self, span: Span) -> None:
        """Select `span` and bring its beginning into view."""
        self._go(self._walk.select(Cursor(span.start), span))

    def end_marking(self) -> None:
        """What was marked has been used: it stays selected, but the next move begins anew."""
        self.cursor = replace(self.cursor, marking=False)

    def show_cursor(self) -> None:
        """Bring the cursor into view: the pane has another height."""
        self._keep_in_view(self.page.wrap.row_of(self.cursor.offset))
        self._place_terminal_cursor()

    @property
    def target(self) -> Span | None:
        """What a coding key acts on: the selection, else the sentence under the cursor."""
        return self._walk.target(self.cursor)

    @property
    def _walk(self) -> Walk:
        return self.page.walk

    # Keys

    def action_row(self, steps: int, extend: bool = False) -> None:
        self._go(self._walk.rows(self.cursor, steps, extend=extend))

    def action_word(self, steps: int, extend: bool = False) -> None:
        self._go(self._walk.words(self.cursor, steps, extend=extend))

    def action_sentence(self, steps: int, extend: bool = False) -> None:
        self._go(self._walk.sentences(self.cursor, steps, extend=extend))

    def action_turn(self, steps: int, extend: bool = False) -> None:
        self._go(self._walk.turns(self.cursor, steps, extend=extend))

    def action_page(self, steps: int, extend: bool = False) -> None:
        rows = max(1, self.size.height - 2) * steps
        self.scroll_to(y=max(0, self.scroll_offset.y + rows), animate=False, immediate=True)
        self._go(self._walk.rows(self.cursor, rows, extend=extend))

    def action_edge(self, end: bool) -> None:
        blocks = self.page.blocks
        if blocks:
            self._go(self._walk.to(self.cursor, blocks[-1].end - 1 if end else blocks[0].start))

    def action_mark(self) -> None:
        self._go(self._walk.mark(self.cursor))

    def action_grow(self) -> None:
        self._go(self._walk.grow(self.cursor))

    def action_shrink(self) -> None:
        self._go(self._walk.shrink(self.cursor))

    def action_clear(self) -> None:
        if self.cursor.selection is None and not self.cursor.marking:
            self.post_message(NothingToClear())
        self._go(self._walk.clear(self.cursor))

    def _go(self, cursor: Cursor) -> None:
        """The one way the cursor moves: repaint what changes, scroll, tell the screen."""
        before, self.cursor = self.cursor, cursor
        if not self.page.blocks:
            return
        row_of = self.page.wrap.row_of
        rows = {row_of(before.offset), row_of(cursor.offset)}
        for start, end in differing(before.selection, cursor.selection):
            rows.update(range(row_of(start), row_of(max(start, end - 1)) + 1))
        self._keep_in_view(row_of(cursor.offset))
        self.repaint(rows)
        self._place_terminal_cursor()
        self.post_message(CursorMoved(cursor.offset, cursor.selection))

    def _keep_in_view(self, row: int) -> None:
        top, height = int(self.scroll_offset.y), self.size.height
        margin = min(_CONTEXT_ROWS, height // 4)
        if top + margin <= row < top + height - margin:
            return
        wanted = row - margin if row < top + margin else row - height + 1 + margin
        if abs(wanted - top) > height:
            wanted = row - height // 3
        self.scroll_to(y=max(0, wanted), animate=False, immediate=True)

    def _place_terminal_cursor(self) -> None:
        """Put the terminal's own cursor on the word: screen readers and magnifiers follow that one."""
        word = self.page.units.word_at(self.cursor.offset)
        if word is None or not self.has_focus:
            return
        wrap = self.page.wrap
        x = self.geometry.gutter + wrap.column_of(word.start)
        y = wrap.row_of(word.start) - int(self.scroll_offset.y)
        self.app.cursor_position = Offset(self.content_region.x + x, self.content_region.y + y)

    # Mouse

    def _offset_under(self, event: events.MouseEvent) -> int:
        y = max(-2, min(event.y, self.size.height + 1))
        return self.page.wrap.offset_at(int(self.scroll_offset.y) + y, event.x - self.geometry.gutter)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        offset = self._offset_under(event)
        if event.shift:
            self._go(self._walk.to(self.cursor, offset, extend=True))
            return
        self._go(self._walk.to(Cursor(), offset))
        self._pressed, self._dragged = self.page.units.word_at(offset), False
        self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._pressed is None or not event.button:
            return
        offset = self._offset_under(event)
        if self._dragged or not self._pressed.start <= offset < self._pressed.end:
            self._dragged = True
            self._go(self._walk.to(self.cursor, offset, extend=True))

    def on_mouse_up(self, _event: events.MouseUp) -> None:
        self._pressed = None
        self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        if event.chain == 2 and (sentence := self.page.units.sentence_at(self.cursor.offset)):
            self._go(self._walk.select(self.cursor, sentence))
        elif event.chain == 3 and (turn := self.page.units.turn_at(self.cursor.offset)):
            self._go(self._walk.select(self.cursor, turn))

    def on_focus(self) -> None:
        self.repaint([self.page.wrap.row_of(self.cursor.offset)])
        self._place_terminal_cursor()

    def on_blur(self) -> None:
        self.repaint([self.page.wrap.row_of(self.cursor.offset)])

    def on_resize(self, event: events.Resize) -> None:
        top = int(self.scroll_offset.y)
        row = self.page.wrap.row_of(self.cursor.offset)
        was_seen = top <= row < top + max(1, self._seen_height)
        self._seen_height = event.size.height
        if event.size.width != self.geometry.width:
            self.lay_out(event.size.width)
        if was_seen:
            self.show_cursor()
