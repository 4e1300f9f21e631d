"""One open document as the transcript shows it: blocks, wrap, lanes, labels, and the view of each row."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from rich.cells import cell_len

from qualcode.domain.inert import inert
from qualcode.domain.span import Span
from qualcode.tui.text.blocks import blocks_of
from qualcode.tui.text.cursor import Cursor, Walk
from qualcode.tui.text.lanes import Lanes, Placed
from qualcode.tui.text.names import short_names
from qualcode.tui.text.units import Units
from qualcode.tui.text.wrap import Row, Wrap
from qualcode.tui.view import DocumentView
from qualcode.tui.widgets.geometry import Geometry
from qualcode.tui.widgets.painter import RowView

_KEPT_LABELS = 1000
_NO_LABELS: Sequence[Placed] = ()


class Page:
    """Changed only by the transcript that shows it; `fit` must be called before rows are asked for."""

    def __init__(self, document: DocumentView, width: int = 80) -> None:
        self.document = document
        self.blocks = blocks_of(document.text, [view.turn for view in document.turns])
        self.units = Units(document.text, self.blocks, document.language)
        self.lanes = Lanes(self.blocks, document.painted)
        self.longest_speaker = max((cell_len(inert(view.turn.speaker)) for view in document.turns), default=0)
        self.states = [view.state for view in document.turns]
        self._is_answer = [not view.asking and view.turn.body is not None for view in document.turns]
        self.answers = sum(self._is_answer)
        self.done = sum(
            is_answer and bool(state) for is_answer, state in zip(self._is_answer, self.states, strict=True)
        )
        """How many of the `answers`, turns with words of an informant, are coded or passed."""
        self.hits: list[Span] = []
        self.current: str | None = None
        self.visited: str | None = None
        self.source: str | None = None
        self._lane_limit = 1
        self._labels: dict[int, dict[int, list[Placed]]] = {}
        self._speakers = {}
        # A million words are not wrapped twice: this is the width that `fit` will be told.
        self._wrap_at(Geometry.fit(width, turns=len(document.turns), speaker=self.longest_speaker).text)

    def _wrap_at(self, width: int) -> None:
        self.wrap = Wrap(self.document.text, self.blocks, width)
        self.walk = Walk(self.units, self.wrap)

    def fit(self, geometry: Geometry) -> None:
        """Wrap and shorten for these widths."""
        if geometry.text != self.wrap.width:
            self._wrap_at(geometry.text)
        self._lane_limit = geometry.lanes
        self._labels.clear()
        speakers = (view.turn.speaker for view in self.document.turns)
        self._speakers = short_names(speakers, geometry.speaker)

    def put_state(self, index: int, state: str) -> None:
        """The turn with this index is coded or passed now, or not any more."""
        if self._is_answer[index]:
            self.done += bool(state) - bool(self.states[index])
        self.states[index] = state

    def forget_labels(self, start: int, end: int) -> range:
        """Labels in these blocks are laid out anew; returns the rows to repaint."""
        if not self.blocks:
            return range(0)
        first, last = self.wrap.block_at(start), self.wrap.block_at(max(start, end - 1))
        for index in range(first, last + 1):
            self._labels.pop(index, None)
        return range(self.wrap.rows_of_block(first)[0], self.wrap.rows_of_block(last)[-1] + 1)

    def row_view(self, number: int, cursor: Cursor, *, focused: bool) -> RowView | None:
        """What decides how row `number` looks; None behind the last row."""
        if number >= len(self.wrap):
            return None
        row = self.wrap.row(number)
        block = self.blocks[row.block]
        turn = self.document.turns[block.turn] if block.turn is not None else None
        on_row = number == self.wrap.row_of(cursor.offset)
        return RowView(
            row=row,
            text=self.document.text,
            end=self.wrap.shown_end(row),
            narrow=block.narrow,
            number=str(turn.turn.number) if turn else "",
            speaker=self._speakers.get(turn.turn.speaker, "") if turn else "",
            state=self.states[block.turn] if block.turn is not None else "",
            asking=turn.asking if turn else False,
            placed=self._on(row),
            labels=self._labels_of(row.block).get(number, _NO_LABELS),
            hits=self._hits_on(row),
            selection=cursor.selection,
            cursor=self.units.word_at(cursor.offset) if focused and self._near(row, cursor) else None,
            on_row=on_row,
            current=self.current,
            source=self.source,
            visited=self.visited,
        )

    def _near(self, row: Row, cursor: Cursor) -> bool:
        return row.block == self.wrap.block_at(cursor.offset)

    def _on(self, row: Row) -> Sequence[Placed]:
        if row.spacer:
            gap = row.reach_end
            return [placed for placed in self.lanes.between(gap, gap + 1) if placed.start < gap]
        return self.lanes.between(row.reach_start, max(row.reach_end, row.reach_start + 1))

    def _hits_on(self, row: Row) -> Sequence[Span]:
        at = max(0, bisect_left(self.hits, row.start, key=lambda hit: hit.start) - 1)
        found: list[Span] = []
        while at < len(self.hits) and self.hits[at].start < row.end:
            if self.hits[at].end > row.start:
                found.append(self.hits[at])
            at += 1
        return found

    def _labels_of(self, block: int) -> dict[int, list[Placed]]:
        """Row -> the names on it. Each stands where its coding begins, or on the next row that is free."""
        found = self._labels.get(block)
        if found is None:
            if len(self._labels) > _KEPT_LABELS:
                self._labels.clear()
            found = self._labels[block] = self._lay_labels(self.wrap.rows_of_block(block))
        return found

    def _lay_labels(self, rows: range) -> dict[int, list[Placed]]:
        first, last = self.wrap.row(rows[0]), self.wrap.row(rows[-1])
        begin: dict[int, list[Placed]] = {}
        for placed in self.lanes.between(first.reach_start, max(last.reach_end, first.reach_start + 1)):
            if placed.start >= first.reach_start and placed.lane < self._lane_limit:
                begin.setdefault(self.wrap.row_of(placed.start), []).append(placed)
        laid: dict[int, list[Placed]] = {}
        waiting: list[Placed] = []
        for row in rows:
            waiting.extend(begin.get(row, ()))
            if waiting:
                laid[row] = [waiting.pop(0)]
        if waiting:
            laid[rows[-1]].extend(waiting)
        return laid
