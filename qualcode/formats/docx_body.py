"""The words of a Word document's body: paragraphs and tables, as a reader of the accepted document sees them.

An own walk over the XML, since the libraries tried change the words: python-docx drops tracked insertions, table
cells and content controls; mammoth joins words at line breaks; docx2python writes tab stops as tabs before the
label, hyperlinks as HTML, and moved text twice. Inserted and moved-to text is kept, deleted and moved-from text
is not, and all that stands outside the running text is counted instead of read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING

from qualcode.errors import N_, BadInput
from qualcode.formats.archive import Archive

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MAX_DEPTH = 256
_DOCUMENT = "word/document.xml"
_OFF = frozenset({"0", "false", "off"})

_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_NOT_READ = frozenset(
    {
        *("del", "moveFrom", "drawing", "pict", "object", "AlternateContent", "rt"),
        *("pPr", "rPr", "sdtPr", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr", "instrText", "delText", "fldData"),
    }
)
_COUNTED = {
    "del": "deletions",
    "footnoteReference": "footnotes",
    "endnoteReference": "endnotes",
    "commentReference": "comments",
    "txbxContent": "text boxes",
    "blip": "images",
    "imagedata": "images",
    "sym": "symbols",
    "altChunk": "embedded",
    "numPr": "list numbers",
}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`bold` is the length of the bold beginning of `text`, in code points."""

    text: str
    bold: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a cell's paragraphs are joined by LF."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class Body:
    """The document in order. `left_out` counts by kind what was not read (keys of `docx.LOSSES`)."""

    blocks: list[Paragraph | Table] = field(default_factory=list[Paragraph | Table])
    left_out: Counter[str] = field(default_factory=Counter[str])


def body_of(archive: Archive) -> Body:
    """The body of the document in `archive`.

    Raises BadInput for XML that is damaged, too deep or has a DOCTYPE, whose entities could read other files.
    """
    walk = _Walk()
    for event, element, depth in _events(archive, _main_part(archive)):
        if depth > _MAX_DEPTH:
            raise BadInput(N_("{file}: the document is nested too deeply."), file=archive.name)
        walk.start(element) if event == "start" else walk.end(element)
    left_out = walk.body.left_out
    left_out["headers"] = sum(1 for part in archive.members if _is_margin(part) and _has_words(archive, part))
    return walk.body


def _main_part(archive: Archive) -> str:
    """The name of the document's part; Word usually, but not always, calls it word/document.xml."""
    if "_rels/.rels" in archive:
        for event, element, _ in _events(archive, "_rels/.rels"):
            if event == "end" and element.get("Type", "").endswith("/officeDocument"):
                return element.get("Target", _DOCUMENT).lstrip("/")
    return _DOCUMENT


def _events(archive: Archive, part: str) -> Iterator[tuple[str, Element, int]]:
    """Start and end of every element with its depth, elements emptied once they have ended."""
    from xml.etree.ElementTree import ParseError

    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    depth = 0
    try:
        for event, element in iterparse(BytesIO(archive.read(part)), events=("start", "end"), forbid_dtd=True):
            depth += 1 if event == "start" else -1
            yield event, element, depth
            if event == "end":
                element.clear()
    except DefusedXmlException:
        raise BadInput(
            N_("{file}: refused, since {part} has a DOCTYPE or entities, which no Word document needs."),
            hint=N_("Open it in Word and save it again, if you trust it."),
            file=archive.name,
            part=part,
        ) from None
    except ParseError as error:
        raise BadInput(
            N_("{file}: {part} is damaged: {reason}."),
            hint=N_("Open it in Word and save it again."),
            file=archive.name,
            part=part,
            reason=str(error),
        ) from None


def _is_margin(part: str) -> bool:
    return part.startswith(("word/header", "word/footer")) and part.endswith(".xml")


def _has_words(archive: Archive, part: str) -> bool:
    return any(
        event == "end" and _local(element) == "t" and (element.text or "").strip()
        for event, element, _ in _events(archive, part)
    )


def _local(element: Element) -> str:
    """The tag without its namespace: transitional and strict documents differ in nothing else."""
    return element.tag.rpartition("}")[2]


def _is_bold(element: Element) -> bool:
    value = next((value for key, value in element.items() if key.rpartition("}")[2] == "val"), "1")
    return value not in _OFF


class _Walk:
    """State of the walk: the open paragraph, the open table, and how deep inside something not read."""

    def __init__(self) -> None:
        self.body = Body()
        self._pieces: list[tuple[str, bool]] = []
        self._bold = False
        self._tables = 0
        self._rows: list[list[list[str]]] = []
        self._unread: list[str] = []

    def start(self, element: Element) -> None:
        tag = _local(element)
        # Word writes a shape twice: for itself, and as a fallback for older programs.
        if tag in _COUNTED and "Fallback" not in self._unread and not (tag == "del" and self._unread):
            self.body.left_out[_COUNTED[tag]] += 1
        if self._unread or tag in _NOT_READ:
            if tag == "b" and self._unread == ["rPr"]:
                self._bold = _is_bold(element)
            self._unread.append(tag)
        elif tag == "r":
            self._bold = False
        elif tag in _SIGNS:
            self._pieces.append((_SIGNS[tag], self._bold))
        elif tag in {"tbl", "tr", "tc"}:
            self._open_table_part(tag)

    def end(self, element: Element) -> None:
        tag = _local(element)
        if self._unread:
            self._unread.pop()
        elif tag == "t" and element.text:
            self._pieces.append((element.text, self._bold))
        elif tag == "p":
            self._close_paragraph()
        elif tag == "tbl":
            self._tables -= 1
            if not self._tables:
                rows = tuple(tuple("\n".join(cell) for cell in row) for row in self._rows)
                self.body.blocks.append(Table(rows))

    def _open_table_part(self, tag: str) -> None:
        """A table inside a cell is read as lines of that cell."""
        if tag == "tbl":
            self._tables += 1
            if self._tables == 1:
                self._rows = []
        elif self._tables == 1 and tag == "tr":
            self._rows.append([])
        elif self._tables == 1 and self._rows:
            self._rows[-1].append([])

    def _close_paragraph(self) -> None:
        text = "".join(piece for piece, _ in self._pieces)
        bold = 0
        for piece, is_bold in self._pieces:
            if not is_bold:
                break
            bold += len(piece)
        self._pieces = []
        if self._tables and self._rows and self._rows[-1]:
            self._rows[-1][-1].append(text)
        else:
            self.body.blocks.append(Paragraph(text, bold))
