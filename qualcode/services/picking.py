"""Which code is meant by a few letters, and making a new one of them, for the desk and for the command line.

The kinds of match come in a fixed order, and spelling distance is asked only where no other kind matches: alone it
puts Exhaustion above Under-staffing for `unst`, whose letters nobody types by mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum
from itertools import count
from pathlib import PurePath
from typing import TypeVar

from qualcode.domain import codebook_edit
from qualcode.domain.codebook import Code, Codebook, Origin
from qualcode.errors import N_, Message
from qualcode.services import codebooks
from qualcode.services.keys import slug
from qualcode.services.study import Study

_BREAKS = re.compile(r"[\s\-–/.,()«»]+")
_LEAST_TYPO_LETTERS = 4
_LEAST_LIKENESS = 75.0
_LONGEST_ID = 60


T = TypeVar("T")


class _Match(IntEnum):
    """Kinds of match, best first."""

    NAME_START = 0
    WORD_START = 1
    INITIALS = 2
    ALL_WORDS = 3
    KEYWORD = 4
    SUBSEQUENCE = 5
    TYPO = 6


def rank(codebook: Codebook, words: str, *, recent: Sequence[str] = (), language: str = "") -> list[Code]:
    """The codes that `words` may mean, best first: names in every language, ids and keywords are searched.

    Codes that cannot be put on a text (families, retired ones) are left out. `recent` are code ids, the one used
    last first; they decide between equal matches, and after them the shorter name, of which the letters say more.
    Where nothing is typed the recent ones stand first, then all others in codebook order. Of matches of one kind,
    those in `language`, the one on the screen, come first.
    """
    codes = [code for code in codebook.codes if code.assignable and not code.retired]
    used = {code_id: place for place, code_id in reversed(list(enumerate(recent)))}
    wanted = " ".join(words.casefold().split())

    def standing(code: Code) -> tuple[int, int, int]:
        length = len(code.name(language)) if wanted else 0
        return used.get(code.id, len(used)), length, codebook.order[code.id]

    if not wanted:
        return sorted(codes, key=standing)
    matches = {code.id: _match(code, wanted, language) for code in codes}
    found = [code for code in codes if matches[code.id] is not None]
    if not found:
        matches = {code.id: _typo(code, wanted) for code in codes}
        found = [code for code in codes if matches[code.id] is not None]
    return sorted(found, key=lambda code: (matches[code.id], standing(code)))


def fitting(named: Sequence[tuple[T, Sequence[str]]], words: str) -> list[T]:
    """The things that one of their names fits `words`, best first, by the same kinds of match but for typos.

    All of them, as they come, where no words are given.
    """
    wanted = " ".join(words.casefold().split())
    if not wanted:
        return [thing for thing, _names in named]
    found: list[tuple[tuple[int, float], int, int]] = []
    for place, (_thing, names) in enumerate(named):
        matches = [(kind, distance) for name in names for kind, distance in _in_name(name.casefold(), wanted)]
        if matches:
            found.append((min(matches), min(map(len, names)), place))
    return [named[place][0] for *_standing, place in sorted(found)]


def _match(code: Code, wanted: str, language: str) -> tuple[int, int, float] | None:
    """Kind, whether in another language, and distance of the best match; lower is better, None for no match."""
    shown = code.name(language).casefold()
    found = [(kind, name != shown, distance) for name in _names(code) for kind, distance in _in_name(name, wanted)]
    if any(keyword.startswith(wanted) for keyword in _keywords(code)):
        found.append((_Match.KEYWORD, False, 0.0))
    return min(found, default=None)


def _names(code: Code) -> list[str]:
    return [name.casefold() for name in (*code.names.values(), code.id)]


def _keywords(code: Code) -> Iterator[str]:
    return (word.strip("*").casefold() for words in code.keywords.values() for word in words)


def _in_name(name: str, wanted: str) -> Iterator[tuple[int, float]]:
    """The kind and distance of the match in one name; nothing where there is none."""
    parts = [part for part in _BREAKS.split(name) if part]
    starts = [match.start() for match in re.finditer(r"\w+", name)]
    asked = wanted.split()
    if name.startswith(wanted):
        yield _Match.NAME_START, 0.0
    elif any(name.startswith(wanted, at) for at in starts):
        yield _Match.WORD_START, 0.0
    elif "".join(part[0] for part in parts).startswith(wanted):
        yield _Match.INITIALS, 0.0
    elif len(asked) > 1 and all(any(part.startswith(word) for part in parts) for word in asked):
        yield _Match.ALL_WORDS, 0.0
    elif (distance := _spread(name, wanted.replace(" ", ""), set(starts))) is not None:
        yield _Match.SUBSEQUENCE, distance


def _spread(name: str, letters: str, starts: set[int]) -> float | None:
    """How far `letters` lie apart in `name`, in order; None where they do not all occur. Word starts count less.

    The first letter must begin a word: else nearly every short row of letters fits nearly every long name.
    """
    best: float | None = None
    for start in sorted(starts):
        if not name.startswith(letters[:1], start):
            continue
        distance, last = 0.0, start
        for letter in letters[1:]:
            at = name.find(letter, last + 1)
            if at < 0:
                break
            distance += 0.0 if at in starts else at - last - 1
            last = at
        else:
            best = distance if best is None else min(best, distance)
    return best


def _typo(code: Code, wanted: str) -> tuple[int, int, float] | None:
    """Likeness by spelling, for words that match in no other way."""
    if len(wanted) < _LEAST_TYPO_LETTERS:
        return None
    from rapidfuzz import fuzz

    likeness = max(fuzz.partial_ratio(wanted, name) for name in _names(code))
    return (_Match.TYPO, 0, -likeness) if likeness >= _LEAST_LIKENESS else None


def new_code(study: Study, name: str, parent: str | None, language: str) -> Code:
    """Make a code from the data: inductive, without a definition yet, the last under `parent`; None: a family.

    Raises BadInput for an empty name, NotFound (parent), Conflict where the tree would become too deep.
    """
    code = code_from_data(study.codebook, name, parent, language)
    summary = Message(N_("Code {code} added"), {"code": code.id})
    codebooks.change(study, summary, lambda before: codebook_edit.add(before, code))
    return code


def code_from_data(codebook: Codebook, name: str, parent: str | None, language: str) -> Code:
    """A code of that name with an id that is free, not in the codebook yet."""
    name = " ".join(name.split())
    return Code(
        _free_id(codebook, name),
        parent,
        {language: name} if name else {},
        origin=Origin.INDUCTIVE,
        assignable=parent is not None or codebook.families_assignable,
    )


def _free_id(codebook: Codebook, name: str) -> str:
    """The name as an id; with a number where that is taken."""
    wanted = slug(PurePath(name.replace("/", "-").replace(".", "-")))[:_LONGEST_ID]
    taken = {*(code.id for code in codebook.codes), *(theme.id for theme in codebook.themes)}
    numbered = (f"{wanted}-{number}" for number in count(2))
    return wanted if wanted not in taken else next(other for other in numbered if other not in taken)
