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
    (Source.KEYWORD,): N_("Keyword: {keyword}"),
    (Source.NAME,): N_("Name of the code: {name}"),
    (Source.DEFINITION,): N_("Definition: {definition}"),
    (Source.KEYWORD, Source.NAME): N_("Keyword: {keyword}. Name of the code: {name}"),
    (Source.KEYWORD, Source.DEFINITION): N_("Keyword: {keyword}. Definition: {definition}"),
    (Source.NAME, Source.DEFINITION): N_("Name of the code: {name}. Definition: {definition}"),
    (Source.KEYWORD, Source.NAME, Source.DEFINITION): N_(
        "Keyword: {keyword}. Name of the code: {name}. Definition: {definition}"
    ),
}


@dataclass(frozen=True, slots=True)
class _Reading:
    """The sentences of one text, by turn: the only turn of a text without turns is the text."""

    source: SourceText
    turns: tuple[tuple[Sentence, ...], ...]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What speaks for a code: words of the text, and where in the codebook they stand."""

    source: Source
    words: str


@dataclass(frozen=True, slots=True)
class _Found:
    """A code found in one sentence or, once neighbours are joined, in several."""

    code: str
    span: Span
    score: float
    evidence: tuple[_Evidence, ...]
    """What adds most first."""


class LexiconSuggester:
    """Suggests codes by the words of the codebook alone; needs nothing coded.

    `learn` takes the study's texts, so that a run over one document weighs words as a run over all does; what was
    coded and decided is not used. Without it, words are weighed over the texts that `suggest` is given.
    """

    id = "lexicon"
    version = "1"

    def __init__(self) -> None:
        self._learned: tuple[_Reading, ...] = ()

    def learn(self, texts: Sequence[SourceText], codings: Sequence[Coding], decisions: Sequence[Decision]) -> None:
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
    return _Reading(
        source, tuple(tuple(read(source.text, span, source.language)) for span in spans if span is not None)
    )


class _Scorer:
    """Finds and weighs the terms of one pool of languages; all texts are counted before any is scored."""

    def __init__(self, codebook: Codebook, languages: Sequence[str]) -> None:
        self._codebook = codebook
        self._terms: Sequence[Term] = terms_of(codebook, languages)
        self._index = TermIndex(self._terms)
        self._ancestors = {term.code: {code.id for code in codebook.path(term.code)[:-1]} for term in self._terms}
        self._sentences = 0
        self._met: Counter[int] = Counter()

    def count(self, reading: _Reading) -> None:
        for turn in reading.turns:
            self._sentences += len(turn)
            for sentence in turn:
                self._met.update({match.term for match in self._index.matches(sentence.words)})

    def proposals(self, reading: _Reading) -> Iterator[Proposal]:
        for turn in reading.turns:
            joined = _join(self._best(sentence) for sentence in turn)
            for found in sorted(joined, key=self._place):
                score = round(found.score, 6)
                yield Proposal(reading.source.document, found.span, found.code, score, _reason(found.evidence))

    def _place(self, found: _Found) -> tuple[int, float, int]:
        return found.span.start, -found.score, self._codebook.order[found.code]

    def _best(self, sentence: Sentence) -> list[_Found]:
        """The codes to suggest for a sentence, the best first."""
        by_code: dict[str, list[Match]] = {}
        for match in self._index.matches(sentence.words):
            by_code.setdefault(self._terms[match.term].code, []).append(match)
        found = [self._weigh(code, matches, sentence) for code, matches in by_code.items()]
        chosen = [one for one in found if not self._better_below(one, found)]
        return sorted(chosen, key=self._place)[:MOST_PER_SENTENCE]

    def _weigh(self, code: str, matches: Iterable[Match], sentence: Sentence) -> _Found:
        """The score of a code; each term and each word of the text counts once, for the most it can."""
        valued = sorted((-self._value(match), match.term, match.places) for match in matches)
        evidence: list[_Evidence] = []
        used: set[int | str] = set()
        total = 0.0
        for value, number, places in valued:
            words = [sentence.words[place] for place in places]
            if used.isdisjoint((number, *words)):
                used.update((number, *words))
                evidence.append(_Evidence(self._terms[number].source, _shown(words, places)))
                total -= value
        return _Found(code, sentence.span, 1 - math.exp(-total / SATURATION), tuple(evidence))

    def _value(self, match: Match) -> float:
        rarity = math.log(1 + self._sentences / (1 + self._met[match.term]))
        return self._terms[match.term].weight * match.factor * rarity

    def _better_below(self, parent: _Found, found: Iterable[_Found]) -> bool:
        """True where a code under `parent` met the sentence by something at least as telling.

        A word of a child's definition does not silence a keyword or the name of its parent.
        """
        return any(
            parent.code in self._ancestors[child.code] and (_telling(child) or not _telling(parent))
            for child in found
        )


def _telling(found: _Found) -> bool:
    return any(one.source is not Source.DEFINITION for one in found.evidence)


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
    shown = words[0]
    for word, place, before in zip(words[1:], places[1:], places[:-1], strict=True):
        shown += f" {word}" if place == before + 1 else f" … {word}"
    return inert(shown)


def _reason(evidence: Sequence[_Evidence]) -> Message:
    """The words that add most, after the part of the codebook they come from."""
    shown: dict[Source, list[str]] = {}
    for one in list(dict.fromkeys(evidence))[:MOST_SHOWN]:
        shown.setdefault(one.source, []).append(one.words)
    sources = tuple(source for source in Source if source in shown)
    return Message(_REASONS[sources], {source.value: ", ".join(shown[source]) for source in sources})
