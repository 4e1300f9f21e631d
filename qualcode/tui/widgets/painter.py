"""One row of the transcript as a strip: a pure function of what is on the row.

A row reads: number, state and speaker of the turn, a bar, the text with codings tinted and suggestions underlined,
brackets in lanes, and the names of what begins here. Colour is never alone: a coding has its bracket and name, a
suggestion its italics and question mark, the selection its place in the status line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from qualcode.domain.inert import inert
from qualcode.domain.span import Span
from qualcode.i18n import _
from qualcode.tui.text.cells import graphemes
from qualcode.tui.text.lanes import Placed
from qualcode.tui.text.names import fitted
from qualcode.tui.text.wrap import Row
from qualcode.tui.widgets.geometry import Geometry
from qualcode.tui.widgets.palette import Look, Palette

STATES = {"coded": "✓", "passed": "–"}


@dataclass(frozen=True, slots=True)
class RowView:
    """All that decides how one row looks. `end` is where its visible text ends; `narrow` as in a block."""

    row: Row
    text: str
    end: int
    narrow: bool
    number: str = ""
    speaker: str = ""
    state: str = ""
    asking: bool = False
    placed: Sequence[Placed] = ()
    labels: Sequence[Placed] = ()
    hits: Sequence[Span] = ()
    selection: Span | None = None
    cursor: Span | None = None
    on_row: bool = False
    current: str | None = None
    """The id of the coding that editing keys act on."""
    visited: str | None = None
    """The id of the suggestion that deciding keys act on."""
    source: str | None = None
    """The id of the coding marked as the source of a relation."""


def paint(view: RowView, palette: Palette, geometry: Geometry) -> Strip:
    """The finished row, exactly `geometry.width` cells wide."""
    segments = [*_gutter(view, palette, geometry), *_text(view, palette, geometry)]
    blank = palette.on(palette.base, view.on_row)
    segments.append(Segment(" ", blank))
    shown, more = _in_lanes(view, geometry)
    segments += _brackets(view, shown, palette, geometry)
    segments += _labels(view, more, palette, geometry)
    return Strip(segments).adjust_cell_length(geometry.width, blank)


def _gutter(view: RowView, palette: Palette, geometry: Geometry) -> Iterator[Segment]:
    style = palette.on(palette.gutter, view.on_row)
    if view.row.first:
        yield Segment(f"{view.number:>{geometry.number}}", style)
        yield Segment(STATES.get(view.state, " ") + " ", palette.on(palette.done, view.on_row))
        who = palette.on(palette.asker if view.asking else palette.speaker, view.on_row)
        blanks = " " * max(0, geometry.speaker - cell_len(view.speaker))
        yield Segment(f"{blanks}{view.speaker} ", who)
    else:
        yield Segment(" " * (geometry.gutter - 2), style)
    yield Segment(
        "▎" if view.on_row else "▏", palette.on(palette.speaker if view.on_row else palette.gutter, view.on_row)
    )
    yield Segment(" ", style)


def _text(view: RowView, palette: Palette, geometry: Geometry) -> Iterator[Segment]:
    used = 0
    for glyphs, cells, style in _pieces(view, palette):
        yield Segment(glyphs, style)
        used += cells
    if used < geometry.text:
        yield Segment(" " * (geometry.text - used), palette.on(palette.base, view.on_row))


def _pieces(view: RowView, palette: Palette) -> Iterator[tuple[str, int, Style]]:
    """The text cut wherever its look changes: glyphs, their cells, their style."""
    start, end = view.row.start, view.end
    if start >= end:
        return
    cuts = sorted(_cuts(view, start, end))
    if view.narrow:
        for first, last in pairwise(cuts):
            yield view.text[first:last], last - first, palette.text(_look(view, first))
        return
    edge, style = 0, palette.base
    for first, _last, cells, glyph in graphemes(view.text, start, end):
        if edge < len(cuts) and first >= cuts[edge]:
            style = palette.text(_look(view, first))
            while edge < len(cuts) and first >= cuts[edge]:
                edge += 1
        yield glyph, cells, style


def _cuts(view: RowView, start: int, end: int) -> set[int]:
    cuts = {start, end}
    edges = [(placed.start, placed.end) for placed in view.placed]
    edges += [(span.start, span.end) for span in (*view.hits, view.selection, view.cursor) if span]
    for edge in edges:
        cuts.update(offset for offset in edge if start < offset < end)
    return cuts


def _look(view: RowView, at: int) -> Look:
    here = [placed for placed in view.placed if placed.start <= at < placed.end]
    here.sort(key=lambda placed: placed.end - placed.start)
    return Look(
        codes=tuple(placed.painted.code for placed in here if not placed.painted.suggestion),
        suggested=tuple(placed.painted.code for placed in here if placed.painted.suggestion),
        asking=view.asking,
        hit=any(span.start <= at < span.end for span in view.hits),
        selected=view.selection is not None and view.selection.start <= at < view.selection.end,
        cursor=view.cursor is not None and view.cursor.start <= at < view.cursor.end,
        on_row=view.on_row,
        visited=any(placed.painted.id == view.visited for placed in here),
    )


def _in_lanes(view: RowView, geometry: Geometry) -> tuple[list[Placed], int]:
    """What has a lane on this screen, and how many more begin here that have none."""
    shown = [placed for placed in view.placed if placed.lane < geometry.lanes]
    beyond = [placed for placed in view.placed if placed.lane >= geometry.lanes and _begins(placed, view)]
    return shown, len(beyond)


def _brackets(view: RowView, shown: list[Placed], palette: Palette, geometry: Geometry) -> Iterator[Segment]:
    lanes = {placed.lane: placed for placed in shown}
    for lane in range(geometry.lanes):
        placed = lanes.get(lane)
        if placed is None:
            yield Segment(" ", palette.on(palette.base, view.on_row))
        else:
            yield Segment(_glyph(placed, view), _bracket_style(placed, view, palette))


def _begins(placed: Placed, view: RowView) -> bool:
    return not view.row.spacer and placed.start >= view.row.reach_start


def _glyph(placed: Placed, view: RowView) -> str:
    begins = _begins(placed, view)
    ends = not view.row.spacer and placed.end <= view.row.reach_end
    if begins and ends:
        return "◌" if placed.painted.suggestion else "◖"
    if begins or ends:
        return "╮" if begins else "╯"
    return "┊" if placed.painted.suggestion else "│"


def _bracket_style(placed: Placed, view: RowView, palette: Palette) -> Style:
    painted = placed.painted
    strong = painted.id in (view.current, view.visited, view.source)
    return palette.bracket(painted.code, painted.suggestion, painted.own, view.on_row, strong)


def _labels(view: RowView, more: int, palette: Palette, geometry: Geometry) -> Iterator[Segment]:
    """The names, one after another in what is left of the row; what has no room is counted."""
    blank = palette.on(palette.base, view.on_row)
    room = geometry.labels
    hidden = more
    for index, placed in enumerate(view.labels):
        name, marks = _label(placed, view, palette)
        least = min(cell_len(name), 6) + cell_len(marks)
        if room < least + 2:
            hidden += len(view.labels) - index
            break
        shown = fitted(name, min(room - 1 - cell_len(marks), cell_len(name))).rstrip() + marks
        yield Segment(" ", blank)
        yield Segment(shown, _bracket_style(placed, view, palette))
        room -= cell_len(shown) + 1
    count = f" (+{hidden})"  # in brackets, because a bare +1 is a valence
    if hidden and room >= len(count):
        yield Segment(count, palette.on(palette.gutter, view.on_row))


def _label(placed: Placed, view: RowView, palette: Palette) -> tuple[str, str]:
    """`▸ Risk aversion` and ` −1 ? *`: pointer and name, which may be cut, and the marks, which are kept."""
    painted = placed.painted
    code = palette.codes.get(painted.code) if painted.code else None
    name = inert(code.name if code else painted.code or _("quotation"))
    pointer = "▸ " if painted.id in (view.current, view.visited) else "→ " * (painted.id == view.source)
    if painted.suggestion:
        return pointer + name, "?"
    marks = " ".join(mark for mark in (painted.sign, "?" * painted.lacking, "*" * painted.memo) if mark)
    return pointer + name, f" {marks}" if marks else ""
