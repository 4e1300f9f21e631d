"""The first suggester: the codebook's own words, found in the sentences of the informants.

Each code's terms (`qualcode.nlp.terms`) that meet a sentence add `weight x ln(1 + N / (1 + df))`, where N is the
number of sentences in the study's texts and df of those that the term meets; the score is `1 - exp(-S / 8)`. It
ranks and is no probability, so there is no confidence.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qualcode.domain.codebook import Codebook
from qualcode.domain.coding import Coding
from qualcode.domain.inert import inert
from qualcode.domain.span import Span
from qualcode.domain.suggestion import Decision, Proposal, SourceText
from qualcode.errors import N_, Message
from qualcode.nlp.pipelines import Sentence, read
from qualcode.nlp.terms import Match, Source, Term, TermIndex, pool, terms_of

MOST_PER_SENTENCE = 3
MOST_SHOWN = 6
SATURATION = 8.0

_REASONS: dict[tuple[Source, ...], str] = {
    (Source.KEYWORD,): N_("{keyword} (keyword)"),
    (Source.NAME,): N_("{name} (name)"),
    (Source.DEFINITION,): N_("{definition} (definition)"),
    (Source.KEYWORD, Source.NAME): N_("{keyword} (keyword); {name} (name)"),
    (Source.KEYWORD, Source.DEFINITION): N_("{keyword} (keyword); {definition} (definition)"),
    (Source.NAME, Source.DEFINITION): N_("{name} (name); {definition} (definition)"),
    (Source.KEYWORD, Source.NAME, Source.DEFINITION): N_(
        "{keyword} (keyword); {name} (name); {definition} (definition)"
    ),
}
"""The words first: in a narrow column the end is cut."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """The sentences of one text, by turn: the only turn of a text without turns is the text."""

    source: SourceText
    turns: tuple[tuple[Sentence, ...], ...]


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What speaks for a code in one sentence: the matches that count, the most telling first, and their score."""

    code: str
    score: float
    matches: tuple[Match, ...]
    telling: bool
    """Something else than words of the definition and parts of the name."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A code to suggest for one sentence or, once neighbours are joined, for several."""

    code: str
    span: Span
    score: float
    evidence: tuple[tuple[Source, str], ...]
    """Where in the codebook, and which words of the text; the most telling first."""


class LexiconSuggester:
    """Suggests codes by the words of the codebook alone; needs nothing coded.

    `learn` takes the study's texts, so that a run over one document weighs words as a run over all does; what was
    coded and decided is not used. Without it, words are weighed over the texts that `suggest` is given.
    """

    id = "lexicon"
    version = "1"

    def __init__(self) -> None:
        self._learned: tuple[_Reading, ...] = ()

    def learn(self, texts: Iterable[SourceText], codings: Sequence[Coding], decisions: Sequence[Decision]) -> None:
        self._learned = tuple(_read(text) for text in texts)

    def suggest(self, codebook: Codebook, texts: Iterable[SourceText]) -> Iterator[Proposal]:
        """Proposals in the order of the texts, then of the sentences, then the best first."""
        learned = {reading.source.document: reading for reading in self._learned}
        given: list[_Reading] = []
        for text in texts:
            known = learned.pop(text.document, None)
            given.append(known if known is not None and known.source == text else _read(text))
        scorers: dict[tuple[str, ...], _Scorer] = {}
        for reading in (*given, *learned.values()):
            languages = pool(reading.source.language)
            if languages not in scorers:
                scorers[languages] = _Scorer(codebook, languages)
            scorers[languages].count(reading)
        for reading in given:
            yield from scorers[pool(reading.source.language)].proposals(reading)


def _read(source: SourceText) -> _Reading:
    whole = Span(0, len(source.text)) if source.text and not source.turns else None
    spans = [turn.body for turn in source.spoken] if source.turns else [whole]
    return _Reading(source, tuple(tuple(_sentences(source, span)) for span in spans if span is not None))


def _sentences(source: SourceText, span: Span) -> Iterator[Sentence]:
    for sentence in read(source.text, span, source.language):
        source.still_reading()
        yield sentence


class _Scorer:
    """Finds and weighs the terms of one pool of languages; all texts are counted before any is scored."""

    def __init__(self, codebook: Codebook, languages: Sequence[str]) -> None:
        self._order = codebook.order
        self._terms: Sequence[Term] = terms_of(codebook, languages)
        self._index = TermIndex(self._terms)
        self._ancestors = {term.code: [code.id for code in codebook.path(term.code)[:-1]] for term in self._terms}
        self._with_keywords = {term.code for term in self._terms if term.source is Source.KEYWORD}
        self._sentences = 0
        self._met: Counter[int] = Counter()

    def count(self, reading: _Reading) -> None:
        for turn in reading.turns:
            self._sentences += len(turn)
            for sentence in turn:
                self._met.update({match.term for match in self._index.matches(sentence.words)})

    def proposals(self, reading: _Reading) -> Iterator[Proposal]:
        values = self._values()
        for turn in reading.turns:
            joined = _join(self._best(sentence, values) for sentence in turn)
            for found in sorted(joined, key=lambda one: (one.span.start, -one.score, self._order[one.code])):
                yield Proposal(
                    reading.source.document, found.span, found.code, found.score, _reason(found.evidence)
                )

    def _values(self) -> list[float]:
        """What a whole hit of each term adds."""
        return [
            term.weight * math.log(1 + self._sentences / (1 + self._met[number]))
            for number, term in enumerate(self._terms)
        ]

    def _best(self, sentence: Sentence, values: Sequence[float]) -> list[_Found]:
        """The codes to suggest for a sentence, the best first."""
        by_code: dict[str, list[Match]] = {}
        for match in self._index.matches(sentence.words):
            by_code.setdefault(self._terms[match.term].code, []).append(match)
        weighed = [self._weigh(code, matches, sentence, values) for code, matches in by_code.items()]
        chosen = self._without_parents([one for one in weighed if self._says_enough(one)])
        chosen.sort(key=lambda one: (-one.score, self._order[one.code]))
        return [self._found(one, sentence) for one in chosen[:MOST_PER_SENTENCE]]

    def _weigh(self, code: str, matches: Sequence[Match], sentence: Sentence, values: Sequence[float]) -> _Weighed:
        """The score of a code; each term and each word of the text counts once, for the most it can."""
        counted: list[Match] = []
        used: set[int | str] = set()
        total = 0.0
        for match in sorted(matches, key=lambda one: (-values[one.term] * one.factor, one.term, one.places)):
            parts = {match.term, *(sentence.words[place] for place in match.places)}
            if used.isdisjoint(parts):
                used |= parts
                counted.append(match)
                total += values[match.term] * match.factor
        telling = any(self._terms[match.term].telling for match in counted)
        return _Weighed(code, round(1 - math.exp(-total / SATURATION), 6), tuple(counted), telling)

    def _says_enough(self, weighed: _Weighed) -> bool:
        """False for one untelling word, where the code has keywords that say better what to look for."""
        return weighed.telling or len(weighed.matches) > 1 or weighed.code not in self._with_keywords

    def _without_parents(self, weighed: Sequence[_Weighed]) -> list[_Weighed]:
        """All but the codes that have one below them met by something at least as telling.

        A word of a child's definition does not silence a keyword or the name of its parent.
        """
        above = {parent for one in weighed for parent in self._ancestors[one.code]}
        above_telling = {parent for one in weighed if one.telling for parent in self._ancestors[one.code]}
        return [one for one in weighed if one.code not in (above_telling if one.telling else above)]

    def _found(self, weighed: _Weighed, sentence: Sentence) -> _Found:
        evidence = tuple(
            (self._terms[match.term].source, _shown(sentence.words, match.places)) for match in weighed.matches
        )
        return _Found(weighed.code, sentence.span, weighed.score, evidence)


def _join(sentences: Iterable[Sequence[_Found]]) -> list[_Found]:
    """Neighbouring sentences with one code as one: the score of the best, the evidence of all."""
    done: list[_Found] = []
    running: dict[str, _Found] = {}
    for found in sentences:
        now: dict[str, _Found] = {}
        for one in found:
            before = running.pop(one.code, None)
            now[one.code] = _joined(before, one) if before else one
        done.extend(running.values())
        running = now
    return [*done, *running.values()]


def _joined(first: _Found, second: _Found) -> _Found:
    best, other = (first, second) if first.score >= second.score else (second, first)
    return _Found(
        first.code,
        Span(first.span.start, second.span.end),
        best.score,
        (*best.evidence, *other.evidence),
    )


def _shown(words: Sequence[str], places: Sequence[int]) -> str:
    """The words of a match, with an ellipsis where others stand between them."""
    shown = words[places[0]]
    for before, place in pairwise(places):
        shown += f" {words[place]}" if place == before + 1 else f" … {words[place]}"
    return inert(shown)


def _reason(evidence: Sequence[tuple[Source, str]]) -> Message:
    """The most telling words, before the part of the codebook they come from."""
    shown: dict[Source, list[str]] = {}
    for source, words in list(dict.fromkeys(evidence))[:MOST_SHOWN]:
        shown.setdefault(source, []).append(words)
    sources = tuple(source for source in Source if source in shown)
    return Message(_REASONS[sources], {source.value: ", ".join(shown[source]) for source in sources})
