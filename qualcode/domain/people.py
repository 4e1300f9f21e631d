"""Cases, documents, informants, organisations and coders: who said what about which unit of comparison."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

Values = Mapping[str, tuple[str, ...]]
"""Attribute id -> its values as text, several where the attribute allows it."""


class InformantKind(StrEnum):
    PERSON = "person"
    DOCUMENT = "document"
    """A document's author counts as one informant (DOMAIN section 6, rule c)."""


class SpeakerRole(StrEnum):
    INFORMANT = "informant"
    INTERVIEWER = "interviewer"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Case:
    """A unit of cross-case comparison; here one procurement."""

    id: str
    title: str = ""
    attributes: Values = field(default_factory=dict[str, tuple[str, ...]])


@dataclass(frozen=True, slots=True)
class Organisation:
    id: str
    title: str = ""
    attributes: Values = field(default_factory=dict[str, tuple[str, ...]])


@dataclass(frozen=True, slots=True)
class Informant:
    """A source of statements under a pseudonym."""

    id: str
    title: str = ""
    kind: InformantKind = InformantKind.PERSON
    organisation: str | None = None
    attributes: Values = field(default_factory=dict[str, tuple[str, ...]])


@dataclass(frozen=True, slots=True)
class Speaker:
    """What a label of a document stands for. The label of a whole document without turns is empty."""

    label: str
    role: SpeakerRole = SpeakerRole.NONE
    informant: str | None = None


@dataclass(frozen=True, slots=True)
class Coder:
    name: str
    active: bool = True


@dataclass(frozen=True, slots=True)
class Document:
    """A transcript or other source as listed: its text is fetched apart."""

    id: str
    title: str
    date: str
    """ISO 8601, or empty."""
    language: str
    """BCP-47."""
    cases: tuple[str, ...]
    version: int
    words: int
    turns: int
    removed: bool = False
    attributes: Values = field(default_factory=dict[str, tuple[str, ...]])
