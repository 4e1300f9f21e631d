"""Warnings about speaker labels: the report of an import is where a researcher sees a speaker missing."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from qualcode.domain.reading import Imported
from qualcode.domain.turn_finding import look_for_turns, same_label
from qualcode.errors import N_, Message

_LISTED = 5


def with_labels(imported: Imported, labels: Collection[str]) -> Imported:
    """`imported` with the turns of `labels` too, which the user says are speakers; the text stays as it is.

    Left as it is where the turns have their ends from the file: cues say themselves who speaks.
    """
    heard = {same_label(label) for label in imported.speakers}
    unheard = [label for label in labels if same_label(label) not in heard]
    if not unheard or any(turn.end_ms is not None for turn in imported.turns):
        return imported
    before = look_for_turns(imported.text, imported.speakers)
    found = look_for_turns(imported.text, (*imported.speakers, *unheard))
    if len(found.turns) <= len(imported.turns):
        return imported
    stale = about_doubtful(before.doubtful)
    kept = tuple(warning for warning in imported.warnings if warning not in stale)
    return replace(imported, turns=found.turns, warnings=(*kept, *about_doubtful(found.doubtful)))


def about_doubtful(labels: Sequence[str]) -> list[Message]:
    """For labels that look like names but stand only once, so that their words went to the speaker above."""
    template = N_("Read as words of the speaker above, since they stand once: {labels}.")
    return [Message(template, {"labels": _some(labels)})] * bool(labels)


def about_silent(labels: Sequence[str]) -> list[Message]:
    """For labels of the front matter that the text does not have: often a slip of the pen."""
    template = N_("The front matter names speakers that never speak: {labels}.")
    return [Message(template, {"labels": _some(labels)})] * bool(labels)


def _some(labels: Sequence[str]) -> str:
    return ", ".join(labels[:_LISTED]) + (", ..." if len(labels) > _LISTED else "")
