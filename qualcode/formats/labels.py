"""Warnings about speaker labels: the report of an import is where a researcher sees a speaker missing."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.errors import N_, Message

_LISTED = 5


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
