"""What subtitle formats share: time lines, markup in cues, and cues joined to turns.

Consecutive cues of one speaker are one turn, from the start of the first to the end of the last. A cue without a
name goes on with the speaker before it. Where no cue names anybody, each cue is a paragraph and there are no turns.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from operator import attrgetter

from qualcode.domain.reading import Imported
from qualcode.domain.turn_finding import Head, Line, counting, head_at, looks_like_a_name, question_and_answer
from qualcode.errors import N_, BadInput, Message
from qualcode.formats.assembly import Block, assemble
from qualcode.formats.encoding import Decoded

_CLOCK = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,:](\d{1,9}))?"
_TIMING = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}(?=\s|$)")
_BROKEN = re.compile(r"\s*\d[\d:.,]*[^\s]*\s*-->")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,31});")
_TAG = re.compile(r"</?(?:c|i|b|u|s|v|font|lang|ruby|rt)(?:[.\s][^<>]*)?>|<\d[\d:.]*>|\{\\an?\d\}", re.IGNORECASE)
_LINE = re.compile(r"[ \t]*\n\s*+(?![-–—])")
"""A line break inside a cue is layout, unless a dash shows that another person answers."""


@dataclass(frozen=True, slots=True)
class Timing:
    """The time line of a cue. `number` counts cues from 1; without readable times both are None."""

    number: int
    line: int
    start_ms: int | None
    end_ms: int | None


@dataclass(frozen=True, slots=True)
class Cue:
    """Words of one voice of a cue; a cue with several voices gives several."""

    timing: Timing
    words: str
    speaker: str = ""


def read_cues(text: str, named_by: re.Pattern[str]) -> list[tuple[Timing, str]]:
    """Every time line of `text` with the raw words that follow it, blank lines and all.

    A line that matches `named_by` right above a time line is the cue's name and no words. Nothing else is dropped:
    a broken time line keeps its words (the libraries tried lose them) and has a `Timing` without times.
    """
    lines = text.split("\n")
    timings = [timing for index, line in enumerate(lines) if "-->" in line and (timing := _timing(line, index + 1))]
    timings = [replace(timing, number=number) for number, timing in enumerate(timings, start=1)]
    return [
        (timing, "\n".join(lines[timing.line : following.line - 1 - _is_name(lines, following, named_by)]))
        for timing, following in pairwise([*timings, Timing(0, len(lines) + 1, None, None)])
    ]


def _timing(line: str, number: int) -> Timing | None:
    match = _TIMING.match(line)
    if match:
        return Timing(0, number, _ms(match.groups()[:4]), _ms(match.groups()[4:8]))
    return Timing(0, number, None, None) if _BROKEN.match(line) else None


def _is_name(lines: Sequence[str], timing: Timing, named_by: re.Pattern[str]) -> bool:
    """True where the line above the time line names the cue: a number anywhere, another name after a blank line."""
    above = timing.line - 2
    if timing.line > len(lines) or above < 0 or "-->" in lines[above] or not named_by.fullmatch(lines[above]):
        return False
    return lines[above].strip().isdigit() or above == 0 or not lines[above - 1].strip()


def _ms(groups: Sequence[str | None]) -> int:
    hours, minutes, seconds = (int(group or 0) for group in groups[:3])
    fraction = (groups[3] or "")[:3].ljust(3, "0")
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int(fraction)


def plain(words: str) -> str:
    """The words of a cue without tags, character references resolved, on one line per voice."""
    words = _TAG.sub("", words)
    words = _REFERENCE.sub(lambda match: html.unescape(match[0]), words)
    return _LINE.sub(" ", words.strip())


def no_cues(name: str, kind: str) -> BadInput:
    return BadInput(
        N_("{file}: there are no cues with times in this {kind} file."),
        hint=N_("Export it again, or import the words as .txt."),
        file=name,
        kind=kind,
    )


def as_transcript(cues: Sequence[Cue], decoded: Decoded, about_words: Sequence[Message] = ()) -> Imported:
    """Text and turns of the cues, with warnings for times that are missing or run backwards."""
    timings = list(dict.fromkeys(cue.timing for cue in cues))
    named = _with_speakers([cue for cue in cues if cue.words or cue.speaker])
    blocks = list(_joined(named) if any(cue.speaker for cue in named) else _apart(named))
    text, turns = assemble(blocks)
    warnings = [*decoded.warnings, *about_words, *_about_times(timings)]
    if not turns:
        warnings.append(Message(N_("No speakers are named: each cue is a paragraph, and there are no turns.")))
    return Imported(text, turns, {}, decoded.encoding, decoded.newline, tuple(warnings))


def _with_speakers(cues: Sequence[Cue]) -> list[Cue]:
    """Labels at the start of cues moved to their speaker, where they count as such."""
    heads = [None if cue.speaker else head_at(cue.words, 0, len(cue.words)) for cue in cues]
    candidates = [head for head in heads if head]
    said = [Line(cue.words, head) for cue, head in zip(cues, heads, strict=True)]
    accepted = {id(head) for head in question_and_answer(said) or counting(candidates)}
    accepted |= {id(head) for head in candidates if " " in head.label and looks_like_a_name(head.label)}
    return [
        _labelled(cue, head) if head and id(head) in accepted else cue
        for cue, head in zip(cues, heads, strict=True)
    ]


def _labelled(cue: Cue, head: Head) -> Cue:
    return replace(cue, speaker=head.label, words=cue.words[head.stop :].strip())


def _with_carried_speaker(cues: Iterable[Cue]) -> Iterator[Cue]:
    speaker = ""
    for cue in cues:
        speaker = cue.speaker or speaker
        yield replace(cue, speaker=speaker)


def _joined(cues: Sequence[Cue]) -> Iterator[Block]:
    for speaker, same in groupby(_with_carried_speaker(cues), key=attrgetter("speaker")):
        run = list(same)
        starts = [cue.timing.start_ms for cue in run if cue.timing.start_ms is not None]
        ends = [cue.timing.end_ms for cue in run if cue.timing.end_ms is not None]
        words = " ".join(cue.words for cue in run if cue.words)
        yield Block(words, speaker, starts[0] if starts else None, ends[-1] if ends else None)


def _apart(cues: Sequence[Cue]) -> Iterator[Block]:
    return (Block(cue.words) for cue in cues)


def _about_times(timings: Sequence[Timing]) -> list[Message]:
    broken = [timing for timing in timings if timing.start_ms is None]
    timed = [(t, t.start_ms, t.end_ms) for t in timings if t.start_ms is not None and t.end_ms is not None]
    backwards = [t for t, start_ms, end_ms in timed if end_ms < start_ms]
    early = [t for (_, before, _), (t, start_ms, _) in pairwise(timed) if start_ms < before]
    about = (
        (N_("Cues without readable times: {count}, the first is cue {cue} on line {line}."), broken),
        (N_("Cues that end before they start: {count}, the first is cue {cue} on line {line}."), backwards),
        (N_("Cues that start before the one above: {count}, the first is cue {cue} on line {line}."), early),
    )
    return [
        Message(template, {"count": len(cues), "cue": cues[0].number, "line": cues[0].line})
        for template, cues in about
        if cues
    ]
