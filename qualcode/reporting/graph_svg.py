"""The drawing of a graph of relations: one SVG, no script, no font, nothing fetched.

Codes stand on a circle in codebook order, at the same place in every case, so that drawings of two cases can be
held beside each other. Nothing is said by colour alone: minus is dashed, what is only contradicted is dotted, steps
of loops are thick, co-occurrence is thin and grey. Coordinates are rounded: equal studies give equal bytes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import atan2, cos, degrees, hypot, pi, sin
from textwrap import wrap

from qualcode.domain.relation_graph import Edge, Hint
from qualcode.i18n import _, language
from qualcode.reporting.graph_view import CONTRADICTED, SIGNS, Graphed, edge_words, graph_facts, loop_words, weight
from qualcode.reporting.page import text

Point = tuple[float, float]

INK, FAINT, HINT, LOOP = "#333333", "#767676", "#bbbbbb", "#b34700"
_NODE = 9.0
_SPACING = 34.0
"""Pixels of circle for each code: two lines of its name."""
_SMALLEST = 190.0
_BESIDE, _ABOVE = 230.0, 96.0
"""Room for names left and right, for the title above and names below."""
_CROWDED = 12
"""More codes than this, and names side by side at the top would cover each other: all names stand radially."""
_MOST_NUMBERS = 40
"""More edges than this, and their numbers would hide the lines: they are read by pointing at a line."""
_NAME_CHARACTERS, _LONGEST_NAME, _LINE_CHARACTERS = 26, 32, 96
_LINE = 17.0


def graph_svg(graphed: Graphed) -> bytes:
    """The drawing with its title above, and below it what marks mean, the loops, and what is left out."""
    drawing = _Drawing(graphed)
    below = [*_notes(graphed), *(f"↻ {loop_words(graphed, loop)}" for loop in graphed.loops.found)]
    lines = [line for words in below for line in wrap(words, _LINE_CHARACTERS, subsequent_indent="  ")]
    top = 2 * drawing.centre[1]
    width, height = 2 * (drawing.radius + _BESIDE), top + _LINE * (len(lines) + 1)
    title = f"{graphed.heading.title} · {graphed.heading.study}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(width)} {_n(height)}" width="{_n(width)}" '
        f'height="{_n(height)}" role="img" lang="{language()}" '
        f'font-family="sans-serif" font-size="13" fill="{INK}">',
        f"<title>{text(title)}</title>",
        f'<rect width="{_n(width)}" height="{_n(height)}" fill="#ffffff"/>',
        f'<text x="16" y="28" font-size="17" font-weight="bold">{text(title)}</text>',
        *drawing.parts(),
        *(
            f'<text x="16" y="{_n(top + _LINE * row)}" font-size="12" xml:space="preserve">{text(line)}</text>'
            for row, line in enumerate(lines)
        ),
        "</svg>",
    ]
    return ("\n".join(parts) + "\n").encode()


def _notes(graphed: Graphed) -> list[str]:
    if not graphed.graph.edges:
        return [_("No relations here."), *graph_facts(graphed)]
    marks = _("On a line: informants/cases who state it; {mark} informants who contradict it.")
    lines = _("Dashed: with a minus sign. Dotted: only contradicted. Thick: in a loop.")
    hints = [_("Thin and grey: coded together only. Nobody says they are related.")] * bool(graphed.hints)
    pointed = [_("Point at a line to read its numbers.")] * (len(graphed.graph.edges) > _MOST_NUMBERS)
    return [marks.format(mark=CONTRADICTED), *pointed, lines, *hints, *graph_facts(graphed)]


@dataclass(frozen=True)
class _Drawing:
    graphed: Graphed

    @cached_property
    def radius(self) -> float:
        """Pixels, from the centre to the codes."""
        return max(_SMALLEST, len(self.graphed.layout) * _SPACING / (2 * pi))

    @property
    def crowded(self) -> bool:
        return len(self.graphed.layout) > _CROWDED

    @cached_property
    def centre(self) -> Point:
        return self.radius + _BESIDE, self.radius + (_BESIDE if self.crowded else _ABOVE)

    @cached_property
    def places(self) -> Mapping[str, Point]:
        """Code -> its place, clockwise from the top."""
        (x, y), layout = self.centre, self.graphed.layout
        angles = {code: 2 * pi * index / len(layout) for index, code in enumerate(layout)}
        return {c: (x + self.radius * sin(angle), y - self.radius * cos(angle)) for c, angle in angles.items()}

    def parts(self) -> Iterator[str]:
        """Hints below edges, edges below codes."""
        joined = {frozenset((edge.source, edge.target)) for edge in self.graphed.graph.edges}
        for hint in self.graphed.hints:
            if frozenset((hint.first, hint.second)) not in joined:
                yield self._hint(hint)
        beside: Counter[tuple[str, str]] = Counter()
        for edge in self.graphed.graph.edges:
            yield from self._edge(edge, beside[edge.source, edge.target])
            beside[edge.source, edge.target] += 1
        for code in self.graphed.layout:
            yield from self._code(code)

    def _hint(self, hint: Hint) -> str:
        (x1, y1), (x2, y2) = self.places[hint.first], self.places[hint.second]
        return f'<line x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}" stroke="{HINT}" stroke-width="0.8"/>'

    def _edge(self, edge: Edge, beside: int) -> Iterator[str]:
        """`beside`: how many edges between the same codes are drawn already; each bends further."""
        start, bend, end = self._curve(edge.source, edge.target, beside)
        in_loop = self.graphed.loops_through(edge)
        colour = LOOP if in_loop else FAINT if edge.only_denied else INK
        thickness = 2.8 if in_loop else min(1.0 + 0.25 * len(edge.stated.informants), 2.2)
        dashes = "1.5 4" if edge.only_denied else "7 4" if edge.sign < 0 else ""
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        yield f"<g><title>{text(edge_words(self.graphed, edge))}</title>"
        yield (
            f'<path d="M{_at(start)} Q{_at(bend)} {_at(end)}" fill="none" stroke="{colour}" '
            f'stroke-width="{_n(thickness)}"{dashed}/>'
        )
        if edge.directed:
            yield _arrowhead(bend, end, colour)
        if len(self.graphed.graph.edges) <= _MOST_NUMBERS:
            place = _along(start, bend, end, min(0.42 + 0.16 * beside, 0.9))
            yield _weight(place, f"{SIGNS[edge.sign]} {weight(edge)}".strip(), colour)
        yield "</g>"

    def _curve(self, source: str, target: str, beside: int) -> tuple[Point, Point, Point]:
        """Start, bend and end. It bends to the centre, and to its right, so that there and back lie apart."""
        start, end = self.places[source], self.places[target]
        if source == target:
            return self._outside(start, beside)
        (x1, y1), (x2, y2), (cx, cy) = start, end, self.centre
        middle = (x1 + x2) / 2, (y1 + y2) / 2
        length = hypot(x2 - x1, y2 - y1)
        aside = (24 + 26 * beside) / length
        bend = (
            middle[0] + 0.3 * (cx - middle[0]) - (y2 - y1) * aside,
            middle[1] + 0.3 * (cy - middle[1]) + (x2 - x1) * aside,
        )
        return _towards(start, bend, _NODE + 2), bend, _towards(end, bend, _NODE + 4)

    def _outside(self, place: Point, beside: int) -> tuple[Point, Point, Point]:
        """A code that leads to itself: a bow on the inner side, where no name stands."""
        (x, y), (cx, cy) = place, self.centre
        inward = (cx - x) / self.radius, (cy - y) / self.radius
        depth = 90 + 40 * beside
        bend = x + inward[0] * depth, y + inward[1] * depth
        left = bend[0] - inward[1] * 46, bend[1] + inward[0] * 46
        right = bend[0] + inward[1] * 46, bend[1] - inward[0] * 46
        return _towards(place, left, _NODE + 2), bend, _towards(place, right, _NODE + 4)

    def _code(self, code: str) -> Iterator[str]:
        """A code that this case does not have stays as an empty ring: its place says which one is missing."""
        (x, y), (cx, cy) = self.places[code], self.centre
        is_here = code in self.graphed.graph.codes
        fill, stroke = (self.graphed.colour(code), INK) if is_here else ("#ffffff", HINT)
        yield f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(_NODE)}" fill="{fill}" stroke="{stroke}"/>'
        outward = (x - cx) / self.radius, (y - cy) / self.radius
        named = _radial_name if self.crowded else _level_name
        yield from named((x, y), outward, self.graphed.label(code), INK if is_here else FAINT)


def _level_name(place: Point, outward: Point, words: str, colour: str) -> Iterator[str]:
    """A name in up to a few level lines, outside the circle."""
    (x, y), (across, down) = place, outward
    anchor = "middle" if abs(across) < 0.12 else "start" if across > 0 else "end"
    lines = wrap(words, _NAME_CHARACTERS)
    left = x + across * (_NODE + 8)
    first = y + down * (_NODE + 10) + 4.5 - (len(lines) - 1) * 7.5 * (1 - down)
    for row, line in enumerate(lines):
        yield (
            f'<text x="{_n(left)}" y="{_n(first + 15 * row)}" text-anchor="{anchor}" fill="{colour}">'
            f"{text(line)}</text>"
        )


def _radial_name(place: Point, outward: Point, words: str, colour: str) -> Iterator[str]:
    """A name in one line away from the centre, never upside down."""
    x, y = (at + along * (_NODE + 6) for at, along in zip(place, outward, strict=True))
    angle = degrees(atan2(outward[1], outward[0]))
    on_left = abs(angle) > 90.05  # straight up or down may come out a hair to either side
    fitting = words if len(words) <= _LONGEST_NAME else f"{words[: _LONGEST_NAME - 1]}…"
    turned, anchor = (angle + 180, "end") if on_left else (angle, "start")
    yield (
        f'<text x="{_n(x)}" y="{_n(y)}" dy="4" text-anchor="{anchor}" fill="{colour}" '
        f'transform="rotate({_n(turned)} {_n(x)} {_n(y)})">{text(fitting)}</text>'
    )


def _weight(place: Point, words: str, colour: str) -> str:
    x, y = place
    width = 7.0 * len(words) + 6
    return (
        f'<rect x="{_n(x - width / 2)}" y="{_n(y - 8)}" width="{_n(width)}" height="16" rx="3" fill="#ffffff" '
        f'fill-opacity="0.88"/><text x="{_n(x)}" y="{_n(y + 4)}" font-size="11" text-anchor="middle" '
        f'fill="{colour}">{text(words)}</text>'
    )


def _arrowhead(bend: Point, end: Point, colour: str) -> str:
    tip = _towards(end, bend, -4)
    back = _towards(end, bend, 8)
    across, down = (tip[0] - back[0]) / 12, (tip[1] - back[1]) / 12
    left = back[0] - down * 4.5, back[1] + across * 4.5
    right = back[0] + down * 4.5, back[1] - across * 4.5
    return f'<path d="M{_at(tip)} L{_at(left)} L{_at(right)} Z" fill="{colour}"/>'


def _towards(start: Point, end: Point, pixels: float) -> Point:
    """The point that lies `pixels` from `start` on the way to `end`."""
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    return start[0] + (end[0] - start[0]) * pixels / length, start[1] + (end[1] - start[1]) * pixels / length


def _along(start: Point, bend: Point, end: Point, share: float) -> Point:
    """The point of a quadratic curve after this share of it."""
    rest = 1 - share
    return (
        rest * rest * start[0] + 2 * rest * share * bend[0] + share * share * end[0],
        rest * rest * start[1] + 2 * rest * share * bend[1] + share * share * end[1],
    )


def _at(point: Point) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _n(number: float) -> str:
    """One decimal; never `-0.0`, which depends on the last bit."""
    return f"{round(number, 1) + 0.0:.1f}"
