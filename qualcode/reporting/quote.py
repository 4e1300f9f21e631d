"""Quotes: what a number opens, ready to be printed. The services look them up; reports only lay them out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from qualcode.domain.coding import CodedSegment


@dataclass(frozen=True, slots=True)
class Quote:
    """The words under one coding, and where they stand. Texts are as stored: writers make them inert."""

    uid: str
    """Of the coding."""
    text: str
    document: str
    turn: int | None
    speaker: str
    informant: str | None
    case: str | None
    coder: str
    code_path: tuple[str, ...]
    """The names from the family down to the code."""
    valence: int | None = None
    language: str = ""
    """BCP-47, of the document; tells a screen reader how to pronounce the quote."""


Quotes = Mapping[str, Quote]
"""By coding uid. A missing uid is a quote held back (privacy class, not quotable): only its place is printed."""


@dataclass(frozen=True, slots=True)
class QuotedPlace:
    """One place with all its codings: two coders on one place are one quote, so it is printed once."""

    segments: tuple[CodedSegment, ...]
    quotes: tuple[Quote | None, ...]
    """One per segment."""

    @property
    def text(self) -> str | None:
        """None where the words are held back. One coding that holds them back is enough."""
        known = [quote for quote in self.quotes if quote is not None]
        return known[0].text if len(known) == len(self.quotes) else None

    @property
    def language(self) -> str:
        return next((quote.language for quote in self.quotes if quote is not None), "")


def quoted_places(segments: Iterable[CodedSegment], quotes: Quotes) -> list[QuotedPlace]:
    """The places of `segments`, which are in stable order, each with its codings and quotes."""
    places: list[QuotedPlace] = []
    for _, same in groupby(segments, lambda segment: segment.place):
        here = tuple(same)
        places.append(QuotedPlace(here, tuple(quotes.get(segment.coding.uid) for segment in here)))
    return places
