"""View data: what a screen gives to its widgets. Frozen, complete, and without a service behind it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from qualcode.domain.span import Span
from qualcode.domain.transcript import Turn


@dataclass(frozen=True, slots=True)
class CodeView:
    """A code as shown. `level` is 1 for a family; `colour` #RRGGBB; `key` its favourite digit or empty."""

    id: str
    name: str
    colour: str
    level: int = 1
    parent: str | None = None
    assignable: bool = True
    key: str = ""
    definition: str = ""
    include: str = ""
    exclude: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True)
class PinnedFinding:
    """The finding that `F` links to, with its claim as it was last read."""

    uid: str
    claim: str


@dataclass(frozen=True, slots=True)
class Painted:
    """A coding or a suggestion in the transcript.

    `id` is unique among both kinds. `code` is None for a quotation. `sign` stands after the name (`−1`, `+1`);
    `lacking` is true while a required qualifier is empty. `own` is false for another coder's coding.
    """

    id: str
    span: Span
    code: str | None
    suggestion: bool = False
    own: bool = True
    sign: str = ""
    lacking: bool = False
    memo: bool = False


@dataclass(frozen=True, slots=True)
class TurnView:
    """A turn as shown: `asking` dims an interviewer's words, `state` is empty, "coded" or "passed"."""

    turn: Turn
    asking: bool = False
    state: str = ""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A document as the transcript shows it. `language` is BCP-47 and chooses the sentence rules."""

    id: str
    title: str
    text: str
    language: str
    turns: tuple[TurnView, ...] = ()
    painted: tuple[Painted, ...] = ()


@dataclass(frozen=True, slots=True)
class CardLine:
    """One coding or suggestion in the inspector; `detail` is its qualifiers, or the reason of a suggestion."""

    painted: Painted
    detail: str = ""
    by: str = ""
    certainty: str = ""
    """A calibrated confidence ("82 %"), else the rank ("1st")."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What the inspector shows: the place, its words, and all that lies on it."""

    place: str
    words: str
    lines: tuple[CardLine, ...] = ()
    current: str | None = None
    """The id of the coding that editing keys act on."""
    visited: str | None = None
    """The id of the suggestion that deciding keys act on."""
    memos: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    """What the current coding is related to, a line each."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One key of the strip: what it is called, the heading it stands under, and the value it gives."""

    key: str
    label: str
    value: str
    heading: str = ""
    chosen: bool = False
    colour: str = ""
    """#RRGGBB of a patch before the words, for choices of colour."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document on the home screen; `turns` are those of informants."""

    id: str
    title: str
    informants: str = ""
    words: int = 0
    turns: int = 0
    turns_done: int = 0
    codings: int = 0
    suggestions: int = 0


@dataclass(frozen=True, slots=True)
class CaseGroup:
    """The documents of one case, or of one set of cases; the title is empty for those without."""

    title: str
    documents: tuple[DocumentRow, ...]


class Left(StrEnum):
    """What may be left to do in a study."""

    LACKING = "lacking"
    WITHOUT_CASE = "without-case"
    UNMAPPED = "unmapped"
    UNDEFINED = "undefined"


@dataclass(frozen=True, slots=True)
class ToDo:
    """One line of what is left: how many, of what."""

    what: Left
    count: int
    label: str


@dataclass(frozen=True, slots=True)
class HomeView:
    study: str
    coder: str
    codebook: str
    privacy: str = ""
    groups: tuple[CaseGroup, ...] = ()
    to_do: tuple[ToDo, ...] = ()
    last: str = ""
    """The id of the document worked on last."""
