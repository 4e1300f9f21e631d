"""Names of codes that are hard to tell apart: the same words in one language, or a letter of difference.

All active codes are compared, wherever they stand in the tree: the picker shows them in one list, and a coder
takes the wrong one. A warning only. The measure is the number of letters to change (Levenshtein) in lower case: one
letter for names of 5 to 11 letters, two for longer ones. "Organisational anchoring" and "Inter-organisational
anchoring" are six apart and are let be; names that differ in a number are told apart by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qualcode.domain.codebook import Codebook
from qualcode.domain.codebook_check import MAX_CODES, Fault, warning
from qualcode.errors import N_

SHORTEST = 5
LONG = 12
LONGEST = 200
"""Longer names are not compared: it would take minutes, and they are no names."""


@dataclass(frozen=True, slots=True)
class _Name:
    index: int
    code: str
    words: str
    shown: str

    @property
    def allowed(self) -> int:
        if len(self.words) < SHORTEST:
            return 0
        return 1 if len(self.words) < LONG else 2


def alike_names(codebook: Codebook) -> Iterator[Fault]:
    """A warning at the later of two codes whose names are alike in a language."""
    if len(codebook.codes) > MAX_CODES:
        return
    languages = dict.fromkeys(tag for code in codebook.codes for tag in code.names)
    for language in languages:
        names = [
            _Name(index, code.id, " ".join(code.names[language].casefold().split()), code.names[language])
            for index, code in enumerate(codebook.codes)
            if not code.retired and 0 < len(code.names.get(language, "").strip()) <= LONGEST
        ]
        yield from _alike(language, names)


def _alike(language: str, names: list[_Name]) -> Iterator[Fault]:
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import extract_iter

    all_words = [name.words for name in names]
    for place, name in enumerate(names):
        earlier = all_words[:place]
        near = extract_iter(name.words, earlier, scorer=Levenshtein.distance, score_cutoff=name.allowed)
        for words, distance, at in near:
            other = names[int(at)]
            if distance <= other.allowed and _numbers(words) == _numbers(name.words) and other.code != name.code:
                yield warning(
                    ("codes", name.index, "name", language),
                    N_("The name {name!r} is hard to tell from {other!r} ({code})."),
                    name=name.shown,
                    other=other.shown,
                    code=other.code,
                )
                break


def _numbers(words: str) -> list[str]:
    return re.findall(r"\d+", words)
