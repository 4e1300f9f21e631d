"""spaCy pipelines: a blank tokenizer per language, loaded when first used, for the sentences of the domain.

The sentences are `qualcode.domain.sentences`, so that the unit of a suggestion is the unit that everything else in
qualcode calls a sentence. Tokens are made for some of them at a time: those of a whole long text take gigabytes.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from qualcode.domain.sentences import sentences
from qualcode.domain.span import Span

if TYPE_CHECKING:
    from spacy.language import Language

_PIECE = 100_000
"""Characters after which a piece of whole sentences is tokenized; spaCy refuses texts over 1,000,000."""
_DASHES = r"(?<=[^\W\d_])(?:[–—~/]|--+)(?=[^\W\d_])"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's place in the document and its words: lower-case, in order, without punctuation."""

    span: Span
    words: tuple[str, ...]


def primary(language: str) -> str:
    """The first subtag of a BCP-47 tag, lower-case; `no` is nb; "xx" for what is no tag of a language."""
    tag = language.replace("_", "-").split("-")[0].lower()
    if tag == "no":
        return "nb"
    return tag if tag.isascii() and tag.isalpha() and 2 <= len(tag) <= 3 else "xx"


def pipeline(language: str) -> Language:
    """The pipeline for texts in `language`; for a language that spaCy cannot tokenize here, the one for any."""
    return _load(primary(language))


def read(text: str, within: Span, language: str) -> Iterator[Sentence]:
    """The sentences of `text[within]`, in order, with offsets into `text`; none where it is blank."""
    nlp = pipeline(language)
    for piece in _pieces(sentences(text, within.start, within.end, language)):
        start = piece[0].start
        doc = nlp.make_doc(text[start : piece[-1].end])
        keys: list[int] = doc.to_array("ORTH").tolist()
        tokens = [_normalised(doc.vocab.strings[key]) for key in keys]
        offsets: list[int] = doc.to_array("IDX").tolist()
        low = 0
        for span in piece:
            high = bisect_left(offsets, span.end - start, low)
            yield Sentence(span, tuple(filter(None, tokens[low:high])))
            low = high


def _pieces(spans: Sequence[Span]) -> Iterator[Sequence[Span]]:
    """`spans` in order, as many together as begin within _PIECE characters. Sentences end at white space, where
    tokens end too, so that a cut between them changes no token."""
    low = 0
    while low < len(spans):
        high = bisect_left(spans, spans[low].start + _PIECE, low + 1, key=lambda span: span.start)
        yield spans[low:high]
        low = high


def words_of(text: str, language: str) -> tuple[str, ...]:
    """The words of a keyword, name or definition, cut and normalised as those of a sentence are."""
    normal = (_normalised(token.text) for token in pipeline(language).make_doc(text))
    return tuple(filter(None, normal))


@cache
def _normalised(word: str) -> str:
    """`word` in lower case without the marks at its edges; empty where no letter or digit is left."""
    low, high = 0, len(word)
    while low < high and not word[low].isalnum():
        low += 1
    while high > low and not word[high - 1].isalnum():
        high -= 1
    return word[low:high].lower()


@cache
def _load(tag: str) -> Language:
    import spacy

    try:
        nlp = spacy.blank(tag)
    except ImportError:
        nlp = spacy.blank("xx")
    _cut_at_dashes_only(nlp)
    return nlp


def _cut_at_dashes_only(nlp: Any) -> None:
    """`start-up` is one token in every language, `well—yes` and `need/wish` three.

    English alone cuts at hyphens, so that no keyword with one would be met there; Norwegian alone keeps dashes.
    """
    from spacy import util
    from spacy.lang import char_classes

    classes: Any = char_classes
    compiler: Any = util
    infixes = [rule for rule in nlp.Defaults.infixes or () if classes.HYPHENS not in rule]
    nlp.tokenizer.infix_finditer = compiler.compile_infix_regex([*infixes, _DASHES]).finditer
