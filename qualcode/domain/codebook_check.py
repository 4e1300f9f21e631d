"""What is wrong with a codebook, and where: ids, texts, the tree. The whole is in `codebook_check_parts`.

Every fault has the path of its place in the documented format (`("codes", 3, "parent")`), so that a reader of files
can say the line and an editor can point at the field. Nothing here stops at the first fault, and nothing assumes
that the rest of the codebook is sound: a cycle of parents must not hang the check that finds it. All is linear in
the size of the codebook, since a file comes from anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from qualcode.domain.codebook import Code, Codebook, Texts
from qualcode.errors import N_, Message

MAX_LEVEL = 10
"""A family is level 1. Deeper trees cannot be read on a screen and are slips of the pen."""
MAX_ID = 100
MAX_CODES = 5000
"""No coder can know more, and names are compared pair by pair."""

Path = tuple[str | int, ...]

_ID = re.compile(r"[^\W_][\w.-]*")
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


class Severity(StrEnum):
    """An error keeps the codebook out; a warning is only said."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Fault:
    severity: Severity
    path: Path
    message: Message


Faults = Iterator[Fault]


def error(path: Path, template: str, **params: Any) -> Fault:
    return Fault(Severity.ERROR, path, Message(template, params))


def warning(path: Path, template: str, **params: Any) -> Fault:
    return Fault(Severity.WARNING, path, Message(template, params))


def is_id(text: str) -> bool:
    """True for an id that every export can carry: letters (æøå too), digits and - _ . after a letter or digit."""
    return len(text) <= MAX_ID and _ID.fullmatch(text) is not None


def is_color(text: str) -> bool:
    """True for #RRGGBB."""
    return _COLOR.fullmatch(text) is not None


def is_language(text: str) -> bool:
    """True for what has the form of a BCP-47 tag: nb, nn, en, pt-BR."""
    return _LANGUAGE.fullmatch(text) is not None


def id_faults(path: Path, ids: Sequence[str], *, signed: bool = False) -> Faults:
    """Missing, unfit and repeated ids of one list; `signed` allows a leading minus (the valence -1)."""
    first: dict[str, int] = {}
    for index, text in enumerate(ids):
        where = (*path, index, "id")
        if not text:
            yield error(where, N_("The id is missing."))
        elif not is_id(text.removeprefix("-") if signed else text):
            yield error(
                where,
                N_("The id {id!r} is unfit: letters, digits and - _ . only, no spaces, at most {most} characters."),
                id=text,
                most=MAX_ID,
            )
        elif text in first:
            yield error(where, N_("The id {id!r} is used twice."), id=text)
        first.setdefault(text, index)


def text_faults(codebook: Codebook, path: Path, texts: Iterable[str]) -> Faults:
    """Keys of a map of texts that are no language tags, or languages the header does not name."""
    for tag in texts:
        if not is_language(tag):
            yield error((*path, tag), N_("{tag!r} is not a language tag such as nb or en."), tag=tag)
        elif tag not in codebook.languages:
            yield warning(
                (*path, tag), N_("The language {tag!r} is not among the codebook's `languages`."), tag=tag
            )


def name_faults(codebook: Codebook, path: Path, names: Texts) -> Faults:
    """A name is missing or blank, or in an odd language."""
    if not names:
        yield error(path, N_("The name is missing."))
    for tag, name in names.items():
        if not name.strip():
            yield error((*path, tag), N_("The name is empty."))
    yield from text_faults(codebook, path, names)


def header_faults(codebook: Codebook) -> Faults:
    """The codebook's own id, version, languages and title."""
    if not is_id(codebook.id):
        yield error(("codebook", "id"), N_("The codebook needs an id of letters, digits and - _ . only."))
    if not codebook.version:
        yield error(("codebook", "version"), N_("The codebook needs a version."))
    if not codebook.languages:
        yield error(("codebook", "languages"), N_("The codebook needs at least one language."))
    for index, tag in enumerate(codebook.languages):
        if not is_language(tag):
            path = ("codebook", "languages", index)
            yield error(path, N_("{tag!r} is not a language tag such as nb or en."), tag=tag)
    yield from text_faults(codebook, ("codebook", "title"), codebook.title)


def code_faults(codebook: Codebook) -> Faults:
    """Everything about the codes: ids, texts, colours, sources, and the tree they form."""
    if len(codebook.codes) > MAX_CODES:
        template = N_("There are {number} codes; a codebook has {most} at most.")
        yield error(("codes",), template, number=len(codebook.codes), most=MAX_CODES)
    yield from id_faults(("codes",), [code.id for code in codebook.codes])
    questions = {question.id for question in codebook.questions}
    merges = {code.id: code.merged_into for code in codebook.codes}
    merged_into_itself = {member for circle in circles(merges) for member in circle}
    for index, code in enumerate(codebook.codes):
        path: Path = ("codes", index)
        yield from name_faults(codebook, (*path, "name"), code.names)
        for part, texts in (
            ("definition", code.definition),
            ("include", code.include),
            ("exclude", code.exclude),
            ("examples", code.examples),
            ("keywords", code.keywords),
        ):
            yield from text_faults(codebook, (*path, part), texts)
        if code.color is not None and not is_color(code.color):
            yield error((*path, "color"), N_("{color!r} is not a colour such as #0072B2."), color=code.color)
        yield from unknown((*path, "questions"), code.questions, questions, N_("There is no question {id!r}."))
        yield from _source_faults(codebook, path, code)
        if code.id in merged_into_itself:
            yield error((*path, "merged_into"), N_("The code {id!r} is merged into itself."), id=code.id)
        yield from _retirement_faults(codebook, path, code)
    yield from tree_faults(codebook)


def families_of(codebook: Codebook) -> set[str]:
    return {code.id for code in codebook.codes if code.parent is None}


def unknown(path: Path, ids: Iterable[str], known: Container[str], template: str) -> Faults:
    """An error for every one of `ids` (a list in the file) that is not `known`."""
    for index, text in enumerate(ids):
        if text not in known:
            yield error((*path, index), template, id=text)


def _source_faults(codebook: Codebook, path: Path, code: Code) -> Faults:
    for index, source in enumerate(code.sources):
        if codebook.source_keys and source not in codebook.source_keys:
            yield warning(
                (*path, "sources", index), N_("The source {id!r} is not among the `source_keys`."), id=source
            )


def _retirement_faults(codebook: Codebook, path: Path, code: Code) -> Faults:
    target = code.merged_into
    if target is not None:
        where = (*path, "merged_into")
        if target not in codebook:
            yield error(where, N_("There is no code {id!r}."), id=target)
        elif not code.retired:
            yield error(where, N_("A code that is merged into another must be retired."))
    parent = code.parent
    if not code.retired and parent is not None and parent in codebook and codebook[parent].retired:
        yield warning((*path, "parent"), N_("The code {id!r} is active under a retired parent."), id=code.id)


def tree_faults(codebook: Codebook) -> Faults:
    """Unknown parents, codes that lie under themselves (told at the first of each circle), and trees too deep."""
    levels = levels_of(codebook)
    parents = {code.id: code.parent for code in codebook.codes}
    first_of = {min(circle, key=codebook.order.__getitem__): circle for circle in circles(parents)}
    for index, code in enumerate(codebook.codes):
        where = ("codes", index, "parent")
        if code.parent is not None and code.parent not in codebook:
            yield error(where, N_("The parent {id!r} is not a code of this codebook."), id=code.parent)
        elif levels[code.id] > MAX_LEVEL:
            yield error(
                where,
                N_("The code lies on level {level}; {most} is the deepest."),
                level=levels[code.id],
                most=MAX_LEVEL,
            )
        elif circle := first_of.pop(code.id, None):
            at = circle.index(code.id)
            line = [*circle[at:], *circle[: at + 1]]
            yield error(where, N_("The code lies under itself: {circle}."), circle=" > ".join(line))


def circles(following: Mapping[str, str | None]) -> list[list[str]]:
    """The rings in a map from each id to the one it points at; every id is visited once."""
    found: list[list[str]] = []
    done: set[str] = set()
    for start in following:
        line: dict[str, None] = {}
        at: str | None = start
        while at is not None and at in following and at not in done and at not in line:
            line[at] = None
            at = following[at]
        if at in line:
            members = list(line)
            found.append(members[members.index(at) :])
        done.update(line)
    return found


def levels_of(codebook: Codebook) -> dict[str, int]:
    """Code id -> its level, 1 for a family; 0 where its line of parents never ends."""
    levels: dict[str, int] = {}
    for code in codebook.codes:
        line: dict[str, None] = {}
        at: str | None = code.id
        while at is not None and at in codebook and at not in levels and at not in line:
            line[at] = None
            at = codebook[at].parent
        endless = at is not None and (at in line or levels.get(at) == 0)
        level = 0 if endless or at is None else levels.get(at, 1)
        for member in reversed(line):
            level = 0 if endless else level + 1
            levels[member] = level
    return levels
