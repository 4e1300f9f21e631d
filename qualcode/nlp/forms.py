"""Which words of a text are forms of a given word: inflections everywhere, compounds in the Scandinavian languages.

The rules are a Snowball stem, short tables of endings, and the boundaries of longer words; there is no dictionary.
Where a mistake is likely they ask for more:

* A stem under five letters says too little (`krav` opens *kravle*, `tid` *tidlig*): the word then meets itself with
  an ending of its class, and nothing else.
* What stands before a word in a compound has three letters or more and is no particle: *bestiller|kompetanse* is a
  kind of competence, *sam|arbeid* is not a kind of work.
* What stands after it has three letters or more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Hit(IntEnum):
    """How a word of a text meets a word of the codebook; the higher, the surer."""

    COMPOUND = 1
    INFLECTED = 2
    WHOLE = 3


SHORTEST_CORE = 5
"""Letters that a stem needs to count by itself, and a word to be looked for inside longer ones."""
SHORTEST_PART = 3
"""Letters of the rest of a longer word."""


@dataclass(frozen=True, slots=True)
class _Endings:
    """What may follow a word, by its last letter."""

    consonant: tuple[str, ...]
    final_e: tuple[str, ...]
    vowel: tuple[str, ...]
    cut: tuple[str, ...]
    """After a word without its final e or a."""
    definite: tuple[str, ...]
    """After a word without its final er or ar, if that is a plural (priser, prisene). No others: it may as well be
    one who does something (bruker), whose bare stem and infinitive (bruk, bruke) mean something else."""
    doubled: str
    """Final consonants that are written twice before an ending: program, programmet."""


def _endings(consonant: str, final_e: str, cut: str, definite: str, doubled: str, vowel: str = "") -> _Endings:
    after = tuple(consonant.split())
    return _Endings(
        consonant=after,
        final_e=tuple(final_e.split()),
        vowel=(*after, *vowel.split()),
        cut=(*after, *cut.split()),
        definite=tuple(definite.split()),
        doubled=doubled,
    )


_NORWEGIAN = _endings(
    "a ane anes ar as en ens ene enes er ers et ets s",
    final_e="d n ns ne nes r rs s t",
    cut="d de t te",
    definite="a ane anes en ens ene enes",
    doubled="m",
)
_DANISH = _endings(
    "en ens ene enes er ers erne ernes et ets s",
    final_e="d n ns ne nes r rs s t",
    cut="d de ede t te",
    definite="en ens erne ernes",
    doubled="gklmnpst",
)
_SWEDISH = _endings(
    "ar arna arnas en ens er erna ernas et ets s",
    final_e="n ns r rna s t",
    cut="a ade ades an ans as at de or orna ornas t te",
    definite="en ens arna arnas erna ernas",
    doubled="mn",
    vowel="n na ns r rna t ts",
)
_SCANDINAVIAN = {"nb": _NORWEGIAN, "nn": _NORWEGIAN, "da": _DANISH, "sv": _SWEDISH}
_STEMMERS = {"nb": "norwegian", "nn": "norwegian", "da": "danish", "sv": "swedish", "en": "english"}
_VOWELS = frozenset("aeiouyæøåäöé")
_DEFINITE_PLURAL = ("ene", "ane", "erne", "arna", "erna", "orna")
_PARTICLES = frozenset(
    {"for", "fram", "frem", "från", "före", "gjen", "hen", "ind", "inn", "inne", "med", "ned", "ner", "opp", "sam"}
    | {"sammen", "saman", "samman", "til", "till", "upp", "van", "ved"}
)
"""First parts that make another word of the one they precede (opp|læring, inn|føring): no compound there."""


def stem(word: str, language: str) -> str:
    """The Snowball stem of a lower-case `word`; the word itself in a language that has no stemmer here."""
    return _stem(word, _STEMMERS[language]) if language in _STEMMERS else word


@cache
def _stem(word: str, algorithm: str) -> str:
    import snowballstemmer

    untyped: Any = snowballstemmer
    return str(untyped.stemmer(algorithm).stemWord(word))


class FormIndex(Generic[T]):
    """Items found by the forms of a word. Words are added once; each word of a text is then looked up.

    One index is one language (a primary tag). A look-up reads some thirty dictionary entries, however many words
    were added.
    """

    def __init__(self, language: str) -> None:
        self.language = language
        self._endings = _SCANDINAVIAN.get(language)
        self._whole: dict[str, list[T]] = {}
        self._inflected: dict[str, list[T]] = {}
        self._stems: dict[str, list[T]] = {}
        self._modifiers: dict[str, list[T]] = {}
        self._heads: dict[str, list[T]] = {}

    def add(self, word: str, item: T) -> None:
        """Let `item` be found by the forms of the lower-case `word`."""
        _note(self._whole, [word], item)
        root = stem(word, self.language)
        if self._endings is None or len(root) >= SHORTEST_CORE:
            _note(self._stems, [root], item)
        if self._endings is None:
            return
        forms = _forms(word, root, self._endings)
        _note(self._inflected, forms, item)
        _note(self._modifiers, {part for part in (word, root) if len(part) >= SHORTEST_CORE}, item)
        if len(word) >= SHORTEST_CORE:
            _note(self._heads, forms, item)

    def find(self, word: str) -> Iterator[tuple[T, Hit]]:
        """The items that the lower-case `word` of a text is a form of; one may come several times."""
        yield from ((item, Hit.WHOLE) for item in self._whole.get(word, ()))
        yield from ((item, Hit.INFLECTED) for item in self._inflected.get(word, ()))
        yield from ((item, Hit.INFLECTED) for item in self._stems.get(stem(word, self.language), ()))
        if "-" in word:
            yield from ((item, Hit.COMPOUND) for part in word.split("-") for item, _ in self.find(part))
        elif self._endings is not None:
            yield from ((item, Hit.COMPOUND) for item in self._in_compound(word))

    def _in_compound(self, word: str) -> Iterator[T]:
        for cut in range(SHORTEST_CORE, len(word) - SHORTEST_PART + 1):
            yield from self._modifiers.get(word[:cut], ())
        for cut in range(SHORTEST_PART, len(word) - SHORTEST_CORE + 1):
            if word[cut:] in self._heads and _may_modify(word[:cut]):
                yield from self._heads[word[cut:]]


def _note(table: dict[str, list[T]], keys: Iterable[str], item: T) -> None:
    for key in keys:
        table.setdefault(key, []).append(item)


def _may_modify(part: str) -> bool:
    """True where the first part of a longer word can be a word of its own, linking s or e included."""
    return part not in _PARTICLES and not _VOWELS.isdisjoint(part)


def _forms(word: str, root: str, endings: _Endings) -> set[str]:
    """`word` and its inflected forms."""
    if word[-1] == "e":
        own = endings.final_e
    elif word[-1] in _VOWELS:
        own = endings.vowel
    else:
        own = endings.consonant
    forms = {word, *(word + ending for ending in own)}
    if own is endings.consonant and len(word) >= SHORTEST_CORE:
        forms.update((word + "e", word + "t"))
    if word.endswith("er"):
        forms.update(word + ending for ending in ("e", "ne", "nes"))
    if word.endswith(("er", "ar")) and len(word) > SHORTEST_PART + 1:
        forms.update(word[:-2] + ending for ending in endings.definite)
    if word[-1] in "ea" and len(word) > SHORTEST_PART:
        forms.update(word[:-1] + ending for ending in endings.cut)
    for base in _changed_bases(word, root, endings):
        forms.update(base + ending for ending in endings.consonant)
    return forms


def _changed_bases(word: str, root: str, endings: _Endings) -> Iterator[str]:
    """What endings are put on where it is not the word as it stands."""
    before, last = word[-2:-1], word[-1]
    if last in endings.doubled and before in _VOWELS:
        yield word + last
    if word.endswith(("el", "er")) and len(word) > SHORTEST_CORE - 1 and word[-3] not in _VOWELS:
        shortened = word[:-2]
        yield (shortened[:-1] if shortened[-1] == shortened[-2] else shortened) + last
    if word.endswith(_DEFINITE_PLURAL) and len(root) >= SHORTEST_PART:
        yield root
