"""What subtitle formats share: time lines, markup in cues, and cues joined to turns.

Consecutive cues of one speaker are one turn, from the start of the first to the end of the last. A cue without a
name goes on with the speaker before it. Where no cue names anybody, each cue is a paragraph and there are no turns.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from qualcode.domain.reading import Imported
from qualcode.domain.turn_finding import Head, counting, head_at, looks_like_a_name
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


def numbered(text: str, mark: str) -> tuple[str, list[Timing]]:
    """`text` with the number of each cue as its time (`00:00:00<mark>012` for cue 12), and the real times.

    Cue parsers drop a cue, with its words, for one bad digit in its times. Given numbers for times they drop
    nothing, and each cue finds its own `Timing` again; an arrow among the words is hidden from them.
    """
    lines = text.split("\n")
    timings: list[Timing] = []
    for index, line in enumerate(lines):
        if "-->" not in line:
            continue
        match = _TIMING.match(line)
        if match:
            start_ms, end_ms = _ms(match.groups()[:4]), _ms(match.groups()[4:8])
            timings.append(Timing(len(timings) + 1, index + 1, start_ms, end_ms))
        elif _BROKEN.match(line):
            timings.append(Timing(len(timings) + 1, index + 1, None, None))
        else:
            lines[index] = line.replace("-->", "--&gt;")
            continue
        number = _clock(len(timings), mark)
        lines[index] = f"{number} --> {number}"
    return "\n".join(lines), timings


def _ms(groups: Sequence[str | None]) -> int:
    hours, minutes, seconds = (int(group or 0) for group in groups[:3])
    fraction = (groups[3] or "")[:3].ljust(3, "0")
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + int(fraction)


def _clock(ms: int, mark: str) -> str:
    seconds, fraction = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{mark}{fraction:03}"


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


def as_transcript(
    cues: Iterable[Cue], timings: Sequence[Timing], decoded: Decoded, about_words: Sequence[Message] = ()
) -> Imported:
    """Text and turns of the cues, with warnings for times that are missing or run backwards."""
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
    accepted = {id(head) for head in counting(candidates)}
    accepted |= {id(head) for head in candidates if " " in head.label and looks_like_a_name(head.label)}
    return [
        _labelled(cue, head) if head and id(head) in accepted else cue
        for cue, head in zip(cues, heads, strict=True)
    ]


def _labelled(cue: Cue, head: Head) -> Cue:
    return replace(cue, speaker=head.label, words=cue.words[head.stop :].strip())


def _joined(cues: Sequence[Cue]) -> Iterator[Block]:
    open_block: Block | None = None
    for cue in cues:
        if open_block and cue.speaker in ("", open_block.speaker):
            open_block = replace(
                open_block,
                words=f"{open_block.words} {cue.words}".strip(),
                end_ms=cue.timing.end_ms if cue.timing.end_ms is not None else open_block.end_ms,
            )
            continue
        if open_block:
            yield open_block
        open_block = Block(cue.words, cue.speaker, cue.timing.start_ms, cue.timing.end_ms)
    if open_block:
        yield open_block


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
