"""Three ways to find words in texts: a phrase, a regular expression, and near enough."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from qualcode.domain.span import Span
from qualcode.errors import N_, BadInput
from qualcode.services import expression_worker

TIME_S = 5.0
"""For one expression over all texts; 60 interviews take a hundredth of it."""
NEAR_ENOUGH = 80.0
"""Default rapidfuzz ratio (0 to 100) of a near hit: `innkjøper` finds `innkjøperen` (90), not `innkjøring` (74)."""

_MARKS = "\u0300-\u036f"
_WORD = re.compile(rf"[\w{_MARKS}]+(?:[-'’][\w{_MARKS}]+)*")
_CLASS = re.compile(r"\\.")
_SAME_LETTERS = 90.0
"""Words written as one or apart must agree this well, else one word of a phrase would pass for all of it."""
_PROMISING = 60.0
"""A word this near to one of the words sought may be part of a near hit; the rest are passed over."""


@dataclass(frozen=True, slots=True)
class Match:
    span: Span
    score: float | None = None
    """0 to 100, of a near match."""


def phrase(words: str, *, ignore_case: bool = True) -> re.Pattern[str]:
    """A pattern for exactly these words, whatever white space is between them. Linear in the text.

    å is never a: letters are told apart by their marks, whether a text has them as one character or as two.
    """
    parts = [_letters(part) for part in unicodedata.normalize("NFC", words).split()]
    if not parts:
        raise BadInput(N_("Nothing to search for."), hint=N_("Give a word or a phrase."))
    return re.compile(r"\s+".join(parts) + rf"(?![{_MARKS}])", re.IGNORECASE if ignore_case else 0)


def _letters(word: str) -> str:
    return "".join(
        re.escape(letter) if letter == apart else f"(?:{re.escape(letter)}|{re.escape(apart)})"
        for letter, apart in ((letter, unicodedata.normalize("NFD", letter)) for letter in word)
    )


def phrase_matches(texts: Sequence[str], words: str, *, ignore_case: bool) -> list[list[Match]]:
    """The places of the phrase in each text."""
    pattern = phrase(words, ignore_case=ignore_case)
    return [[Match(Span(*found.span())) for found in pattern.finditer(text)] for text in texts]


def ignores_case(expression: str) -> bool:
    """True for an expression without capitals, apart from classes such as `\\W`."""
    return not any(letter.isupper() for letter in _CLASS.sub("", expression))


def expression_matches(
    texts: Sequence[str], names: Sequence[str], expression: str, *, ignore_case: bool, time_s: float = TIME_S
) -> list[list[Match]]:
    """The places of a regular expression in each text; empty ones are none. `^` and `$` are ends of lines.

    Raises BadInput for an expression that is wrong or takes longer than `time_s`, with the name of the text.
    """
    if not expression:
        raise BadInput(N_("Nothing to search for."), hint=N_("Give a word or a phrase."))
    flags = re.MULTILINE | (re.IGNORECASE if ignore_case else 0)
    lines = [{"expression": expression, "flags": int(flags)}, *texts]
    process = subprocess.Popen(  # noqa: S603 - our own program; what the user wrote goes in by stdin
        [sys.executable, "-I", "-S", expression_worker.__file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with process:
        try:
            answered, _ = process.communicate("\n".join(map(json.dumps, lines)).encode(), timeout=time_s)
        except subprocess.TimeoutExpired:
            process.kill()
            answered, _ = process.communicate()
            raise _too_slow(expression, names[min(answered.count(b"\n"), len(names) - 1)]) from None
        except BaseException:
            process.kill()
            raise
    return _answers(answered, expression, names)


def _answers(answered: bytes, expression: str, names: Sequence[str]) -> list[list[Match]]:
    answers: list[Any] = [json.loads(line) for line in answered.splitlines()]
    if answers and "error" in answers[0]:
        raise _wrong(expression, answers[0]["error"], answers[0]["at"])
    if len(answers) < len(names):
        raise _too_slow(expression, names[len(answers)])  # it ran out of memory, and the system ended it
    return [[Match(Span(start, end)) for start, end in spans] for spans in answers]


def _wrong(expression: str, reason: str, at: int | None) -> BadInput:
    return BadInput(
        N_("The expression «{expression}» is wrong at character {place}: {reason}."),
        hint=N_("Without --regex, signs stand for themselves."),
        expression=expression,
        place=1 if at is None else at + 1,
        reason=reason,
    )


def _too_slow(expression: str, name: str) -> BadInput:
    return BadInput(
        N_("The expression «{expression}» takes too long in {document}."),
        hint=N_("Repetitions inside repetitions, such as (a+)+, do that; write it without."),
        expression=expression,
        document=name,
    )


def near_matches(texts: Sequence[str], words: str, *, least: float = NEAR_ENOUGH) -> list[list[Match]]:
    """The places that resemble the words: inflected, misspelt, or one word written as two. Case is ignored.

    `least` is a rapidfuzz ratio, 0 to 100. Of overlapping places only the nearest is given.
    """
    sought = [_plain(found[0]) for found in _WORD.finditer(words)]
    if not sought:
        raise BadInput(N_("Nothing to search for."), hint=N_("Give a word or a phrase."))
    tokens = [list(_WORD.finditer(text)) for text in texts]
    vocabulary = {found[0] for of_text in tokens for found in of_text}
    promising = _promising({word: _plain(word) for word in vocabulary}, sought)
    return [_apart(list(_near(of_text, promising, sought, least))) for of_text in tokens]


def _plain(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold()


def _promising(vocabulary: dict[str, str], sought: list[str]) -> dict[str, str]:
    """The words near one of those sought or two of them written as one, and beginnings of one written as two."""
    from rapidfuzz import fuzz, process

    joined = [first + second for first, second in pairwise(sought)]
    glued = "".join(sought)
    found = {key: word for key, word in vocabulary.items() if glued.startswith(word)}
    for word in (*sought, *joined):
        for _near_word, _score, key in process.extract(
            word, vocabulary, scorer=fuzz.ratio, score_cutoff=_PROMISING, limit=None
        ):
            found[key] = vocabulary[key]
    return found


def _near(
    tokens: list[re.Match[str]], promising: dict[str, str], sought: list[str], least: float
) -> Iterator[Match]:
    """Stretches of as many words as are sought, one fewer or one more, that begin with a promising word."""
    from rapidfuzz import fuzz

    phrase_sought, glued = " ".join(sought), "".join(sought)
    lengths = [length for length in (len(sought) - 1, len(sought), len(sought) + 1) if length > 0]
    for at, token in enumerate(tokens):
        if token[0] not in promising:
            continue
        for length in lengths:
            stretch = [_plain(found[0]) for found in tokens[at : at + length]]
            if len(stretch) < length:
                continue
            if length == len(sought):
                score = fuzz.ratio(" ".join(stretch), phrase_sought, score_cutoff=least)
            else:
                score = fuzz.ratio("".join(stretch), glued, score_cutoff=max(least, _SAME_LETTERS))
            if score:
                yield Match(Span(token.start(), tokens[at + length - 1].end()), score)


def _apart(matches: list[Match]) -> list[Match]:
    """The nearest first; what overlaps a nearer one goes."""
    kept: list[Match] = []
    for match in sorted(matches, key=lambda item: (-(item.score or 0.0), item.span)):
        at = bisect_left(kept, match.span, key=lambda item: item.span)
        if not any(match.span.overlaps(other.span) for other in kept[max(0, at - 1) : at + 1]):
            kept.insert(at, match)
    return kept
