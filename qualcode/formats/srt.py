"""SubRip. The `srt` library keeps blank lines inside cues, empty cues, and a dot where a comma belongs."""

from __future__ import annotations

import re
from datetime import timedelta

from qualcode.domain.reading import Imported
from qualcode.errors import N_, Message
from qualcode.formats.cues import Cue, as_transcript, no_cues, numbered, plain
from qualcode.formats.encoding import decode

_UNNUMBERED = re.compile(r"^(?!\d+[ \t]*$)(.*)\n(?=[\d:,]+ -->)", re.MULTILINE)
_FIRST_CUE = re.compile(r"^(?:\d+[ \t]*\n)?[\d:,]+ -->", re.MULTILINE)


def read(content: bytes, *, name: str, encoding: str | None = None) -> Imported:
    """A `.srt` transcript. Raises BadInput without cues."""
    import srt

    decoded = decode(content, name=name, encoding=encoding)
    text, timings = numbered(decoded.text.strip(), mark=",")
    first = _FIRST_CUE.search(text)
    if not first:
        raise no_cues(name, "SubRip")
    # The library takes a cue for words of the one above where no number and no empty line part them.
    text = _UNNUMBERED.sub(r"\1\n\n", text[first.start() :])
    parsed = srt.parse(text)  # pyright: ignore[reportUnknownMemberType]
    cues = [
        Cue(timings[subtitle.start // timedelta(milliseconds=1) - 1], plain(subtitle.content))
        for subtitle in parsed
    ]
    if not any(cue.words for cue in cues):
        raise no_cues(name, "SubRip")
    before = Message(N_("Words before the first cue are left out."))
    return as_transcript(cues, timings, decoded, [before] * bool(first.start()))
