"""WebVTT as Teams, Zoom, Whisper and Autotekst write it: voices in `<v Name>`, names before a colon, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.domain.reading import Imported
from qualcode.errors import N_, BadInput
from qualcode.formats.cues import Cue, Timing, as_transcript, no_cues, plain, read_cues
from qualcode.formats.encoding import decode

_NAME = re.compile(r".*\S.*")
_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^<>\n]*)>|</v>", re.IGNORECASE)
_BLANK = re.compile(r"\n(?:[ \t]*\n)+")
_NOT_WORDS = re.compile(r"\n*(?:NOTE|STYLE|REGION)(?:\s|$)")


def read(content: bytes, *, name: str, encoding: str | None = None) -> Imported:
    """A `.vtt` transcript. Raises BadInput without the WEBVTT line or without cues."""
    decoded = decode(content, name=name, encoding=encoding)
    if not decoded.text.startswith("WEBVTT"):
        raise BadInput(
            N_("{file}: the first line is not WEBVTT."),
            hint=N_("Is it SubRip? Then give it the ending .srt."),
            file=name,
        )
    cues = [cue for timing, raw in read_cues(decoded.text, _NAME) for cue in _voices(_without_notes(raw), timing)]
    if not any(cue.words for cue in cues):
        raise no_cues(name, "WebVTT")
    return as_transcript(cues, decoded)


def _without_notes(raw: str) -> str:
    """The words of a cue up to the next. Words after a blank line belong to it; notes and styles do not."""
    words, *more = _BLANK.split(raw)
    return "\n".join([words, *(block for block in more if not _NOT_WORDS.match(block))])


def _voices(raw: str, timing: Timing) -> Iterator[Cue]:
    """The stretches of one cue, each with the voice it stands in."""
    speaker, at = "", 0
    for tag in _VOICE.finditer(raw):
        yield Cue(timing, plain(raw[at : tag.start()]), speaker)
        speaker, at = plain(tag[1] or ""), tag.end()
    yield Cue(timing, plain(raw[at:]), speaker)
