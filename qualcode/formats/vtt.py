"""WebVTT as Teams, Zoom, Whisper and Autotekst write it.

webvtt-py reads the blocks (notes, styles, regions, ids); voices are split here from the raw text, since the
library gives only the first voice of a cue and leaves `&amp;` as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualcode.domain.reading import Imported
from qualcode.errors import N_, BadInput, Message
from qualcode.formats.cues import Cue, Timing, as_transcript, no_cues, numbered, plain
from qualcode.formats.encoding import decode

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?\s+([^<>\n]*)>|</v>", re.IGNORECASE)

_SPECIAL = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")


def read(content: bytes, *, name: str, encoding: str | None = None) -> Imported:
    """A `.vtt` transcript. Raises BadInput without the WEBVTT line or without cues."""
    import webvtt
    from webvtt.errors import MalformedFileError

    decoded = decode(content, name=name, encoding=encoding)
    text, timings = numbered(decoded.text, mark=".")
    if not timings:
        raise no_cues(name, "WebVTT")
    text, strays = _with_strays(text)
    try:
        captions = webvtt.from_string(text).captions
    except MalformedFileError:
        raise BadInput(
            N_("{file}: the first line is not WEBVTT."),
            hint=N_("Is it SubRip? Then give it the ending .srt."),
            file=name,
        ) from None
    cues = [
        cue
        for caption in captions
        for cue in _voices(caption.raw_text, timings[caption.start_time.in_milliseconds() - 1])
    ]
    if not any(cue.words for cue in cues):
        raise no_cues(name, "WebVTT")
    return as_transcript(cues, timings, decoded, strays)


def _with_strays(text: str) -> tuple[str, list[Message]]:
    """Blocks of words without a time line joined to the cue above: the standard would drop them."""
    kept: list[str] = []
    strays = 0
    for block in re.split(r"\n{2,}", text):
        if kept and "-->" in kept[-1] and "-->" not in block and not _SPECIAL.match(block):
            kept[-1] += "\n" + block
            strays += bool(block.strip())
        else:
            kept.append(block)
    about = Message(N_("Blocks of words without times, joined to the cue above: {count}."), {"count": strays})
    return "\n\n".join(kept), [about] * bool(strays)


def _voices(raw: str, timing: Timing) -> Iterator[Cue]:
    """The stretches of one cue, each with the voice it stands in."""
    speaker, at = "", 0
    for tag in _VOICE.finditer(raw):
        yield Cue(timing, plain(raw[at : tag.start()]), speaker)
        speaker, at = plain(tag[1] or ""), tag.end()
    yield Cue(timing, plain(raw[at:]), speaker)
