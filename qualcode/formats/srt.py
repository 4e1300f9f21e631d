"""SubRip: numbered cues with a time line, blank lines inside cues, a dot or a comma before the milliseconds."""

from __future__ import annotations

import re

from qualcode.domain.reading import Imported
from qualcode.errors import N_, Message
from qualcode.formats.cues import Cue, as_transcript, no_cues, plain, read_cues
from qualcode.formats.encoding import decode

_NUMBER = re.compile(r"\s*\d{1,9}\s*")


def read(content: bytes, *, name: str, encoding: str | None = None) -> Imported:
    """A `.srt` transcript. Raises BadInput without cues."""
    decoded = decode(content, name=name, encoding=encoding)
    found = read_cues(decoded.text, _NUMBER)
    cues = [Cue(timing, plain(words)) for timing, words in found]
    if not any(cue.words for cue in cues):
        raise no_cues(name, "SubRip")
    above = decoded.text.split("\n")[: cues[0].timing.line - 1]
    stray = [Message(N_("Words above the first cue are left out."))] * any(
        line.strip() and not _NUMBER.fullmatch(line) for line in above
    )
    return as_transcript(cues, decoded, stray)
