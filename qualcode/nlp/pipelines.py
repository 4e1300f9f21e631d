"""spaCy pipelines: a blank tokenizer per language and the sentence rules of the domain, loaded when first used.

The sentences are `qualcode.domain.sentences`, set on the tokens by a component of ours, so that the unit of a
suggestion is the unit that everything else in qualcode calls a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from qualcode.domain.sentences import sentences
from qualcode.domain.span import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

COMPONENT = "qualcode_sentences"
_UNLIMITED = 2**31 - 1
"""spaCy refuses texts over 1,000,000 characters for the sake of parsers, which a blank pipeline does not have."""
_DASHES = r"(?<=[^\W\d_])(?:[–—~/]|--+)(?=[^\W\d_])"
_START, _INSIDE = 1, 2**64 - 1
"""spaCy's marks for a token that begins a sentence and one that does not, as unsigned numbers."""


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
    doc = pipeline(language)(text[within.start : within.end])
    keys: list[int] = doc.to_array("ORTH").tolist()
    tokens = [_normalised(doc.vocab.strings[key]) for key in keys]
    for sentence in doc.sents:
        shown = sentence.text
        start = within.start + sentence.start_char + len(shown) - len(shown.lstrip())
        end = start + len(shown.strip())
        if start < end:
            yield Sentence(Span(start, end), tuple(filter(None, tokens[sentence.start : sentence.end])))


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

    _register()
    try:
        nlp = spacy.blank(tag)
    except ImportError:
        nlp = spacy.blank("xx")
    nlp.max_length = _UNLIMITED
    _cut_at_dashes_only(nlp)
    nlp.add_pipe(COMPONENT, config={"language": tag})
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


@cache
def _register() -> None:
    from spacy.language import Language

    def make(nlp: Language, name: str, language: str) -> Callable[[Doc], Doc]:
        return SentenceComponent(language)

    Language.factory(COMPONENT, default_config={"language": "nb"}, func=make)  # pyright: ignore[reportUnknownMemberType]


class SentenceComponent:
    """Marks the first token of each sentence of the domain; every later token is inside one."""

    def __init__(self, language: str) -> None:
        self.language = language

    def __call__(self, doc: Doc) -> Doc:
        text = doc.text
        if not text:
            return doc
        starts = {0} | {span.start for span in sentences(text, 0, len(text), self.language)}
        # As one array: setting `is_sent_start` token by token takes longer than all the rest of the reading.
        marks: Any = doc.to_array("SENT_START")
        for number, offset in enumerate(doc.to_array("IDX").tolist()):
            marks[number] = _START if offset in starts else _INSIDE
        doc.from_array(["SENT_START"], marks)
        return doc
