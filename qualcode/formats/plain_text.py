"""Plain text and Markdown: kept as read, but for newlines, the byte order mark and front matter."""

from __future__ import annotations

from collections.abc import Mapping

from qualcode.domain.reading import Imported
from qualcode.domain.turn_finding import look_for_turns, same_label
from qualcode.errors import N_, BadInput
from qualcode.formats import front_matter
from qualcode.formats.encoding import decode
from qualcode.formats.labels import about_doubtful, about_silent


def read(content: bytes, *, name: str, encoding: str | None = None) -> Imported:
    """A `.txt` or `.md` transcript. Raises BadInput for what cannot be read or has no text."""
    decoded = decode(content, name=name, encoding=encoding)
    front = front_matter.cut(decoded.text, name=name)
    if not front.text.strip():
        raise BadInput(N_("{file}: there is front matter but no text."), file=name)
    speakers: Mapping[str, str] = front.metadata.get("speakers", {})
    found = look_for_turns(front.text, known=speakers.keys())
    heard = {same_label(turn.speaker) for turn in found.turns}
    silent = [label for label in speakers if same_label(label) not in heard]
    return Imported(
        text=front.text,
        turns=found.turns,
        metadata=front.metadata,
        encoding=decoded.encoding,
        newline=decoded.newline,
        warnings=(*decoded.warnings, *front.warnings, *about_silent(silent), *about_doubtful(found.doubtful)),
    )
