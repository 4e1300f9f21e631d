"""Finding who speaks in a text: labels at the start of a paragraph or line, and the turns they open.

A label is at most 40 characters before a colon and counts when it is known (`Intervjuer`, `P1`, a label of the
front matter), stands twice in the text, or is one of the two of a question and its answer; otherwise every
"Konklusjon:" would be a person. The text is never changed: turns are ranges in it. Every step is bounded per line,
so that a file of one huge line takes linear time.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qualcode.domain.transcript import Turn

LABEL_LENGTH = 40
_HEAD_LENGTH = 120
"""How far into a line a label with its times and marks can reach."""
_WORDS = 6
_TITLES = frozenset({"dr", "prof", "st", "mr", "mrs", "ms", "jr", "sr"})

_CLOSING = ' \t*_"”»)'
"""What may stand behind the mark that ends a sentence."""

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_LABEL = rf'[^\W\d_](?:[^:\n\t\[\]<>{{}}|"«»“”„?!;*=\\]{{0,{LABEL_LENGTH - 2}}}?[^:\s\[\]<>{{}}|"«»“”„?!;*=\\])?'

_COLON_HEAD = re.compile(
    rf"[ \t]*(?P<head>(?:[\[(]?(?P<before>{_TIME})[\])]?[ \t]*[-–]?[ \t]*)?"
    rf"(?P<mark>\*\*|__|\*)?(?P<bracket>\[)?(?P<label>{_LABEL})(?(bracket)\])"
    rf"(?:[ \t]*[\[(](?P<after>{_TIME})[\])])?[ \t]*(?P=mark)?"
    r":(?!//|[\\)]|(?<=\d:)\d)(?:(?P=mark))?)"
)
_TIMED_LINE = re.compile(
    rf"[ \t]*(?P<head>(?P<label>{_LABEL})(?:[ \t]{{2,}}|\t|[ \t]*(?=[\[(]))[\[(]?(?P<after>{_TIME})[\])]?)[ \t]*\Z"
)
_BRACKETED = re.compile(r"[ \t]*(?P<head>\[(?P<label>speaker[ _]?\d{1,3})\])[ \t]*", re.IGNORECASE)
_TIME_ALONE = re.compile(rf"[ \t]*[\[(]?({_TIME})[\])]?[ \t]*")
_NOT_SPEECH = re.compile(rf"[ \t]*(?:#{{1,6}}[ \t].*|[-*_]{{3,}}|[\[(]?{_TIME}[\])]?)[ \t]*")
"""A heading, a rule or a time on its own line: what stands between turns, nobody's words."""

_KNOWN = re.compile(
    r"(?:[irbpq]|int|inf|ip|resp|intervjuer|intervjuar|intervjuare|interviewer|informant|respondent|moderator"
    r"|ordstyrer|ordstyrar|facilitator|deltaker|deltakar|deltager|deltagare|participant|forsker|forskar|forskare"
    r"|researcher|speaker|unknown speaker|taler|talar|talare)(?:[ _-]?\d{1,3})?"
)


@dataclass(frozen=True, slots=True)
class Head:
    """A possible label at the start of a line: `[start, stop)` holds it with its colon, time and marks."""

    start: int
    stop: int
    label: str
    start_ms: int | None = None
    sure: bool = False
    """True for a name with its time: alone on a line (Otter, Teams) or the time first (Zoom's chat, MAXQDA)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, the possible label it begins with, and whether it opens a paragraph."""

    text: str
    head: Head | None
    opens: bool = True


@dataclass(frozen=True, slots=True)
class Found:
    """The turns, and the labels inside them that look like names but stand only once."""

    turns: tuple[Turn, ...]
    doubtful: tuple[str, ...]


def milliseconds(time: str) -> int:
    """`[H:]M:SS[.fff]` (a comma does too) in milliseconds."""
    clock, _, fraction = time.replace(",", ".").partition(".")
    seconds = 0
    for part in clock.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds * 1000 + int(fraction[:3].ljust(3, "0"))


def time_alone(line: str) -> int | None:
    """The time in milliseconds of a line that holds nothing else."""
    match = _TIME_ALONE.fullmatch(line)
    return milliseconds(match[1]) if match else None


def same_label(label: str) -> str:
    """The form in which labels are compared: case and inner white space do not tell speakers apart."""
    return " ".join(label.casefold().split())


def is_known(label: str, known: Collection[str] = ()) -> bool:
    """True for labels that need no second sighting; `known` holds `same_label` forms."""
    key = same_label(label)
    return key in known or _KNOWN.fullmatch(key) is not None


def looks_like_a_name(label: str) -> bool:
    """True for one to three words that all begin with a capital or a digit: `Kari Nordmann`, `Deltaker 3`."""
    words = label.split()
    return len(words) <= 3 and not any(word[0].islower() for word in words)


def head_at(text: str, start: int, stop: int) -> Head | None:
    """The possible label at the start of the line `[start, stop)` of `text`; whether it counts is not said."""
    reach = min(stop, start + _HEAD_LENGTH)
    if text.find(":", start, reach) >= 0:
        match = _COLON_HEAD.match(text, start, reach)
        if match and _may_be_a_label(match["label"]):
            timed = match["before"] is not None and looks_like_a_name(match["label"])
            return _head(match, match["before"] or match["after"], sure=timed)
        match = _TIMED_LINE.match(text, start, reach) if reach == stop else None
        if match and _may_be_a_label(match["label"]):
            return _head(match, match["after"], sure=True)
    match = _BRACKETED.match(text, start, reach)
    return _head(match, None, sure=False) if match else None


def _head(match: re.Match[str], time: str | None, *, sure: bool) -> Head:
    start, stop = match.span("head")
    return Head(start, stop, match["label"], milliseconds(time) if time else None, sure)


@lru_cache(maxsize=4096)
def _may_be_a_label(label: str) -> bool:
    if is_known(label):
        return True
    words = label.split()
    if len(words) > _WORDS or any(_ends_a_sentence(word) for word in words[:-1]):
        return False
    # "therapist" and "aal_uio_02" are labels; "og da sa han" is the beginning of a sentence.
    return not label[0].islower() or len(words) == 1


def _ends_a_sentence(word: str) -> bool:
    """True for `Ja.` in "Ja. Og poenget:", False for an initial or a title."""
    return len(word) > 2 and word.endswith(".") and word[:-1].casefold() not in _TITLES


def counting(heads: Iterable[Head], known: Collection[str] = ()) -> list[Head]:
    """The heads whose label is sure, known or seen twice; `known` in any spelling."""
    heads = list(heads)
    keys = {same_label(label) for label in known}
    spelled = Counter(head.label for head in heads)
    seen = Counter[str]()
    for label, count in spelled.items():
        seen[same_label(label)] += count
    enough = {label for label in spelled if seen[same_label(label)] > 1 or is_known(label, keys)}
    return [head for head in heads if head.sure or head.label in enough]


def question_and_answer(lines: Sequence[Line]) -> list[Head]:
    """The heads of a text that begins with a question in one paragraph and goes on with the answer; else none.

    In so short an interview nobody's label stands twice. Two labels alone are not enough: a note may hold "Sted:"
    and "Merk:". So there is a question mark between them, no third label, and hardly a paragraph without one.
    """
    spoken = [line for line in lines if not _NOT_SPEECH.fullmatch(line.text)]
    places = [place for place, line in enumerate(spoken) if line.head]
    heads = [line.head for line in spoken if line.head]
    if len({same_label(head.label) for head in heads}) != 2 or places[0] != 0:
        return []
    question = spoken[: places[1]]
    asked = question[-1].text.rstrip(_CLOSING).endswith("?") and not any(line.opens for line in question[1:])
    answered = same_label(heads[0].label) != same_label(heads[1].label)
    unlabelled = sum(line.opens and line.head is None for line in spoken)
    named = all(is_known(head.label) or looks_like_a_name(head.label) for head in heads)
    return heads if asked and answered and named and unlabelled <= len(heads) else []


def find_turns(text: str, known: Collection[str] = ()) -> tuple[Turn, ...]:
    """The turns of `text` in order; `known` are labels that count even if seen once (front matter)."""
    return look_for_turns(text, known).turns


def look_for_turns(text: str, known: Collection[str] = ()) -> Found:
    """As `find_turns`, with the labels that a researcher may want to declare."""
    lines = [Line(text[start:stop], head_at(text, start, stop), opens) for start, stop, opens in _lines(text)]
    heads = [line.head for line in lines if line.head]
    opening = [line.head for line in lines if line.head and line.opens]
    pair = question_and_answer(lines)
    chosen = pair or counting(heads, known)
    if chosen and not pair and not _one_turn_per_line(lines, chosen):
        chosen = counting(opening, known)
    turns = tuple(_turns(text, chosen))
    taken = {head.start for head in chosen}
    doubtful = dict.fromkeys(
        head.label
        for head in heads
        if turns and head.start > turns[0].start and head.start not in taken and looks_like_a_name(head.label)
    )
    return Found(turns, tuple(doubtful))


def _lines(text: str) -> Iterator[tuple[int, int, bool]]:
    """Start and end of every line that is not blank, and whether it opens a paragraph."""
    opens, start, length = True, 0, len(text)
    while start < length:
        stop = text.find("\n", start)
        stop = length if stop < 0 else stop
        blank = not text[start:stop].strip()
        if not blank:
            yield start, stop, opens
        opens, start = blank, stop + 1


def _one_turn_per_line(lines: Sequence[Line], chosen: Sequence[Head]) -> bool:
    """True where a label may stand at the start of any line, False where it must open a paragraph.

    In hard-wrapped paragraphs a wrapped line may begin with "Kari:" by accident; such hits are few beside the
    labels that open paragraphs and beside the many wrapped lines. A blank line forgotten between two turns is far
    more common, so in doubt the line decides: gluing two speakers together is the worse mistake.
    """
    taken = {head.start for head in chosen}
    inside = sum(1 for line in lines if not line.opens and line.head and line.head.start in taken)
    opening = len(chosen) - inside
    wrapped = sum(1 for line in lines if not line.opens) - inside
    return inside * 20 >= opening or wrapped < inside * 8


def _turns(text: str, heads: Sequence[Head]) -> Iterator[Turn]:
    for number, head in enumerate(heads, start=1):
        limit = heads[number].start if number < len(heads) else len(text)
        end = _end_of_words(text, head.stop, limit)
        words = text[head.stop : end]
        body_start = head.stop + len(words) - len(words.lstrip())
        start_ms = head.start_ms if head.start_ms is not None else _time_above(text, head.start)
        yield Turn(number, head.start, min(body_start, end), end, head.label, start_ms)


def _end_of_words(text: str, low: int, high: int) -> int:
    """The end of the last line of words in `[low, high)`; `low` where there is none."""
    while True:
        high = low + len(text[low:high].rstrip())
        line = text.rfind("\n", low, high) + 1
        if not line or not _NOT_SPEECH.fullmatch(text, line, high):
            return high
        high = line


def _time_above(text: str, start: int) -> int | None:
    """The time that stands alone on the line above, blank lines between."""
    above = text[max(0, start - _HEAD_LENGTH) : start].rstrip()
    return time_alone(above[above.rfind("\n") + 1 :])
