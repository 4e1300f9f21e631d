"""What one cell of a matrix shows: a number, quotes, a mean valence, or that the thing is not mentioned."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import nan

from qualcode.domain.coding import CodedSegment
from qualcode.domain.counting import Counts
from qualcode.domain.matrix import Cell, CellKind
from qualcode.errors import N_
from qualcode.i18n import _, ngettext
from qualcode.reporting.quote import QuotedPlace, Quotes, quoted_places

NOT_MENTIONED = "·"
"""Nothing is coded here. It is neither 0 nor "absent": nobody may have asked."""

Translate = Callable[[str], str]

Value = int | Fraction | float | str | None
"""None: not mentioned. Fraction: a valence. NaN: a valence that nobody said."""


def cell_value(cell: Cell, kind: CellKind, quotes: Quotes, say: Translate = _) -> Value:
    """What `cell` shows, words in the language of `say`. 0 informants: coded, but in nobody's words."""
    if cell.empty:
        return None
    match kind:
        case CellKind.INFORMANTS:
            return cell.counts.informants
        case CellKind.SEGMENTS:
            return cell.counts.segments
        case CellKind.CASES:
            return cell.counts.cases
        case CellKind.QUOTES:
            return "\n".join(quote_line(place, say) for place in quoted_places(cell.codings, quotes))
        case CellKind.VALENCE:
            mean = cell.valence.mean
            return nan if mean is None else mean


def cell_text(cell: Cell, kind: CellKind, quotes: Quotes | None = None) -> str:
    """`cell_value` for a screen, not yet made inert; `·` where nothing is coded."""
    return value_text(cell_value(cell, kind, quotes or {}))


def value_text(value: Value) -> str:
    """The value in the words of the screen language."""
    match value:
        case None:
            return NOT_MENTIONED
        case Fraction():
            return signed(value)
        case float():
            return _("undefined")
        case _:
            return str(value)


def total_kind(kind: CellKind) -> CellKind:
    """What totals show: a total of quotes would print every quote again, so it counts their places."""
    return CellKind.SEGMENTS if kind is CellKind.QUOTES else kind


def signed(value: Fraction) -> str:
    """Two decimals with a sign; plain 0.00 for what rounds to it, since -0.00 looks like a finding."""
    rounded = round(value, 2)
    return "0.00" if rounded == 0 else f"{float(rounded):+.2f}"


def kind_label(kind: CellKind) -> str:
    """The kind in the screen language, as in "each cell shows ..."."""
    return {
        CellKind.INFORMANTS: _("distinct informants"),
        CellKind.SEGMENTS: _("distinct segments"),
        CellKind.CASES: _("distinct cases"),
        CellKind.QUOTES: _("quotes"),
        CellKind.VALENCE: _("mean valence over informants, -1 to +1"),
    }[kind]


def quote_line(place: QuotedPlace, say: Translate = _) -> str:
    """One quote and its source on one line."""
    words = say(N_("(words held back)")) if place.text is None else f"“{one_line(place.text)}”"
    return f"{words} ({', '.join(source(place.segments[0], say))})"


def source(segment: CodedSegment, say: Translate = _) -> list[str]:
    """Where a segment stands: document, turn, informant, speaker label and case, as far as they are known."""
    parts = [segment.coding.document]
    if segment.turn is not None:
        parts.append(say(N_("turn {number}")).format(number=segment.turn))
    parts.append(say(N_("no informant")) if segment.informant is None else segment.informant)
    if segment.speaker and segment.speaker != segment.informant:
        parts.append(say(N_("labelled {speaker}")).format(speaker=segment.speaker))
    parts.append(say(N_("no case")) if segment.case is None else segment.case)
    return parts


def counted(counts: Counts) -> str:
    """Informants and segments in words."""
    return ", ".join(
        (
            ngettext("{n} informant", "{n} informants", counts.informants).format(n=counts.informants),
            ngettext("{n} segment", "{n} segments", counts.segments).format(n=counts.segments),
        )
    )


def one_line(text: str) -> str:
    """`text` with its line breaks as spaces: a quote may run over several turns."""
    return text.replace("\n", " ")
