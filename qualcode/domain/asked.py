"""Who was asked about what: without it, nothing coded may mean silence or a question that was never put.

A statement on a code holds for its subtree unless another is made lower down; one on a theme holds for the theme.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from qualcode.domain.codebook import Codebook


class Asked(StrEnum):
    ASKED = "asked"
    NOT_ASKED = "not-asked"


class Reason(StrEnum):
    """Why nothing is coded in a cell. It is never "absent"."""

    NOT_ASKED = "not-asked"
    SILENT = "asked-and-silent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Statement:
    """What was noted of one informant and one code or theme."""

    informant: str
    about: str
    asked: Asked


Statements = Mapping[str, Mapping[str, Asked]]
"""Informant -> code or theme -> what was noted."""


def by_informant(statements: Iterable[Statement]) -> Statements:
    """The statements for look-up."""
    found: dict[str, dict[str, Asked]] = {}
    for statement in statements:
        found.setdefault(statement.informant, {})[statement.about] = statement.asked
    return found


class Answers:
    """What is known of one informant: every code with the statement nearest above it."""

    def __init__(self, codebook: Codebook, said: Mapping[str, Asked]) -> None:
        self._codebook = codebook
        self._themes = {about: asked for about, asked in said.items() if about not in codebook}
        self._by_code: dict[str, Asked | None] = {}
        for family in codebook.children(None):
            for code in codebook.subtree(family.id):
                above = codebook[code].parent
                self._by_code[code] = said.get(code) or (self._by_code[above] if above is not None else None)

    def about(self, column: str, codes: Collection[str]) -> Asked | None:
        """Whether the informant was asked about a column that holds `codes`; None: not known.

        Of several codes one that was asked about is enough, since the informant could speak to it; "not asked"
        needs all of them, and says nothing where one is not known.
        """
        if column in self._themes:
            return self._themes[column]
        nodes = [self._codebook[code] for code in codes]
        usable = [node.id for node in nodes if node.assignable and not node.retired]
        each = {self._by_code[code] for code in usable or codes}
        if Asked.ASKED in each:
            return Asked.ASKED
        return Asked.NOT_ASKED if each == {Asked.NOT_ASKED} else None


def reason_of(answers: Iterable[Asked | None]) -> Reason:
    """Why a row is empty, from its informants: one who was asked and said nothing makes it silence."""
    found = set(answers)
    if Asked.ASKED in found:
        return Reason.SILENT
    return Reason.NOT_ASKED if found == {Asked.NOT_ASKED} else Reason.UNKNOWN
