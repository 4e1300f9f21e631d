"""The words a codebook gives a suggester, and an inverted index that finds them in a sentence.

A term is one keyword, or one word of a code's name or definition. Keywords follow the codebook's rule: `x*` is a
word that starts with x, `*x` one that ends with x, a plain word the whole word; several words in order, at most two
other words between each pair. Where no keyword of the codebook has a `*`, its author has not said how words may
end: plain keywords then meet their inflections and compounds as well, like names and definitions always do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualcode.domain.codebook import Code, Codebook
from qualcode.nlp.forms import FormIndex, Hit
from qualcode.nlp.pipelines import primary, words_of
from qualcode.nlp.stopwords import STOP_WORDS

NORWEGIAN = ("nb", "nn")
LONGEST_GAP = 2
"""Words that may stand between two neighbours of a phrase."""
SHORTEST_WORD = 3
"""Letters of a word of a name or definition that is taken up."""

PHRASE_WEIGHT = 1.2
COMPOUND_WEIGHT = 0.7


class Source(StrEnum):
    """Where in the codebook a term stands."""

    KEYWORD = "keyword"
    NAME = "name"
    DEFINITION = "definition"


WEIGHTS = {Source.KEYWORD: 1.0, Source.NAME: 1.0, Source.DEFINITION: 0.4}


@dataclass(frozen=True, slots=True)
class Term:
    """Words of `code`, normalised, still with the `*` of a keyword."""

    code: str
    source: Source
    language: str
    words: tuple[str, ...]
    partial: bool = False
    """One of several words of a name, which say together what each alone does not: the *end* of *End user*."""

    @property
    def telling(self) -> bool:
        """True where a single hit is worth a suggestion: a keyword, or a name that is this word."""
        return self.source is not Source.DEFINITION and not self.partial

    @property
    def weight(self) -> float:
        return WEIGHTS[self.source] * (PHRASE_WEIGHT if len(self.words) > 1 else 1.0)


@dataclass(frozen=True, slots=True)
class Match:
    """A term met in a sentence: at which of its words, and how surely (a factor up to 1)."""

    term: int
    places: tuple[int, ...]
    factor: float


Slot = tuple[int, int]
"""A term by its number, and which of its words."""


def pool(language: str) -> tuple[str, ...]:
    """The languages whose words are looked for in a text in `language`: bokmål and nynorsk together."""
    tag = primary(language)
    return NORWEGIAN if tag in NORWEGIAN else (tag,)


def terms_of(codebook: Codebook, languages: Sequence[str]) -> list[Term]:
    """The terms of the codes that may be suggested, in codebook order, each once.

    A code with no words in `languages` lends all it has: better a match in another language than a code that is
    never offered.
    """
    found: dict[Term, None] = {}
    for code in codebook.codes:
        if code.assignable and not code.retired:
            own = list(_terms(code, languages))
            found.update(dict.fromkeys(own or _terms(code, None)))
    return list(found)


def _terms(code: Code, languages: Sequence[str] | None) -> Iterator[Term]:
    def chosen(tag: str) -> bool:
        return languages is None or primary(tag) in languages

    for tag, keywords in code.keywords.items():
        if chosen(tag):
            for keyword in keywords:
                if words := _keyword_words(keyword, tag):
                    yield Term(code.id, Source.KEYWORD, _rules(tag), words)
    for source, texts in ((Source.NAME, code.names), (Source.DEFINITION, code.definition)):
        for tag, text in texts.items():
            if chosen(tag):
                words = content_words(text, primary(tag))
                partial = source is Source.NAME and len(words) > 1
                for word in words:
                    yield Term(code.id, source, _rules(tag), (word,), partial)


def _rules(tag: str) -> str:
    """The language whose forms a term has: one for bokmål and nynorsk, so that a word in both is one term."""
    return pool(tag)[0]


def _keyword_words(keyword: str, language: str) -> tuple[str, ...]:
    words: list[str] = []
    for part in keyword.split():
        if cut := words_of(part.strip("*"), language):
            words.extend(cut)
            words[-len(cut)] = "*" * part.startswith("*") + words[-len(cut)]
            words[-1] += "*" * part.endswith("*")
    return tuple(words)


def content_words(text: str, language: str) -> list[str]:
    """The words of a name or definition that say something, normalised, each once."""
    stop = STOP_WORDS.get(language, frozenset())
    words = dict.fromkeys(words_of(text, language))
    return [word for word in words if len(word) >= SHORTEST_WORD and word not in stop]


class TermIndex:
    """Finds terms in the words of a sentence. The slots of a word form are worked out once."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = terms
        self._starts: dict[str, list[Slot]] = {}
        self._ends: dict[str, list[Slot]] = {}
        self._whole: dict[str, list[Slot]] = {}
        self._bending: dict[str, FormIndex[Slot]] = {}
        self._known: dict[str, tuple[tuple[Slot, Hit], ...]] = {}
        literal = any(word != word.strip("*") for term in terms for word in term.words)
        for number, term in enumerate(terms):
            for place, word in enumerate(term.words):
                self._add(word, (number, place), term, literal)

    def _add(self, word: str, slot: Slot, term: Term, literal: bool) -> None:
        core = word.strip("*")
        if word.endswith("*"):
            self._starts.setdefault(core, []).append(slot)
        if word.startswith("*"):
            self._ends.setdefault(core, []).append(slot)
        if word != core:
            return
        if literal and term.source is Source.KEYWORD:
            self._whole.setdefault(core, []).append(slot)
        else:
            self._bending.setdefault(term.language, FormIndex(term.language)).add(core, slot)

    def slots(self, word: str) -> tuple[tuple[Slot, Hit], ...]:
        """What the normalised `word` may stand for, with the surest way it does, in the order of the terms."""
        if word not in self._known:
            found: dict[Slot, Hit] = {}
            for slot, hit in self._find(word):
                found[slot] = max(hit, found.get(slot, hit))
            self._known[word] = tuple(sorted(found.items()))
        return self._known[word]

    def _find(self, word: str) -> Iterator[tuple[Slot, Hit]]:
        yield from ((slot, Hit.WHOLE) for slot in self._whole.get(word, ()))
        for cut in range(1, len(word) + 1):
            yield from ((slot, Hit.WHOLE) for slot in self._starts.get(word[:cut], ()))
            yield from ((slot, Hit.WHOLE) for slot in self._ends.get(word[-cut:], ()))
        for language, index in self._bending.items():
            forms = index.find(word)
            if word in STOP_WORDS.get(language, ()):
                forms = ((slot, hit) for slot, hit in forms if hit is Hit.WHOLE)
            yield from forms

    def matches(self, words: Sequence[str]) -> list[Match]:
        """The terms met in the words of a sentence; a term of one word once for each word that it meets."""
        found: list[Match] = []
        phrases: dict[int, list[list[int]]] = {}
        for place, word in enumerate(words):
            for (number, part), hit in self.slots(word):
                length = len(self._terms[number].words)
                if length == 1:
                    found.append(Match(number, (place,), COMPOUND_WEIGHT if hit is Hit.COMPOUND else 1.0))
                elif hit is not Hit.COMPOUND and (part == 0 or number in phrases):
                    phrases.setdefault(number, [[] for _ in range(length)])[part].append(place)
        for number, parts in phrases.items():
            if all(parts) and (places := in_order(parts)):
                found.append(Match(number, places, 1.0))
        return found


def in_order(parts: Iterable[Sequence[int]]) -> tuple[int, ...]:
    """One place from each of `parts`, each beyond the one before by at most LONGEST_GAP places; empty if none fit.

    Of several ways the first is taken for each place that the last part can have, and of those the earliest.
    """
    chains: dict[int, tuple[int, ...]] | None = None
    for places in parts:
        if chains is None:
            chains = {place: (place,) for place in places}
            continue
        reached: dict[int, tuple[int, ...]] = {}
        for place in places:
            for before in range(place - LONGEST_GAP - 1, place):
                if before in chains and place not in reached:
                    reached[place] = (*chains[before], place)
        chains = reached
    return next(iter(chains.values()), ()) if chains else ()
