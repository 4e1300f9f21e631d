"""The pages of the documentation, and what stands in them: links, command lines, tables."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.conftest import REPOSITORY

_BESIDE_DOCS = ("README.md", "CHANGELOG.md", "transcripts/README.md")
PAGES = [*(REPOSITORY / name for name in _BESIDE_DOCS), *sorted((REPOSITORY / "docs").rglob("*.md"))]
HAND_WRITTEN = [page for page in PAGES if page.name not in ("commands.md", "keys.md")]
"""The two others are made from the program, and are held to it as a whole."""

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
_ENDS_A_COMMAND = {"|", ">", ";", "&&", "||"}
_SHELLS = ("sh", "console")


class Line(NamedTuple):
    """The words after `qualcode` on one command line of a page. `whole`: shown to be typed as it stands."""

    page: str
    words: tuple[str, ...]
    whole: bool


def links(page: Path) -> list[str]:
    """Where the links of a page point, code left out."""
    return _LINK.findall(_INLINE.sub("", _FENCE.sub("", page.read_text(encoding="utf-8"))))


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub gives the headings of a page."""
    headings = _HEADING.findall(_FENCE.sub("", page.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks in one language."""
    return [body for tag, body in _FENCE.findall(page.read_text(encoding="utf-8")) if tag == language]


def command_lines(page: Path) -> Iterator[Line]:
    """Every call of qualcode: lines of shell blocks, and the words between backquotes."""
    text, name = page.read_text(encoding="utf-8"), str(page.relative_to(REPOSITORY))
    for tag, body in _FENCE.findall(text):
        for line in body.splitlines() if tag in _SHELLS else ():
            if tag == "sh" or line.startswith("$ "):
                yield from _calls(name, line.removeprefix("$ "), whole=True)
    for code in _INLINE.findall(_FENCE.sub("", text)):
        yield from _calls(name, code, whole=False)


def _calls(page: str, line: str, *, whole: bool) -> Iterator[Line]:
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    try:
        words = list(lexer)
    except ValueError:  # prose between backquotes with one quotation mark
        return
    while words and re.fullmatch(r"[A-Z_]+=\S*", words[0]):
        del words[0]
    if not words or Path(words[0]).name != "qualcode":
        return
    end = next((at for at, word in enumerate(words) if word in _ENDS_A_COMMAND), len(words))
    yield Line(page, tuple(words[1:end]), whole)


def first_cells(page: Path, heading: str) -> list[str]:
    """The code in the first cell of each row of the tables under a heading, in order."""
    _, found, after = page.read_text(encoding="utf-8").partition(f"\n## {heading}\n")
    assert found, f"{page.name} has no heading {heading!r}"
    section = re.split(r"^## ", after, maxsplit=1, flags=re.MULTILINE)[0]
    return re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE)
