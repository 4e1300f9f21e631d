"""Word documents made for the tests: python-docx for the frame, raw XML for what it cannot write."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

NAMESPACES = nsdecls("w", "r", "wp", "a") + (
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(content)}</w:p>"


def table(rows: Iterable[Sequence[str]]) -> str:
    def cell(text: str) -> str:
        return f"<w:tc>{''.join(paragraph(run(line)) for line in text.split('|'))}</w:tc>"

    return "<w:tbl>" + "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows) + "</w:tbl>"


def document(*blocks: str, header: str = "") -> bytes:
    """A document whose body is `blocks`, each the XML of a paragraph, table or content control."""
    made: Any = docx.Document()
    for block in blocks:
        end = next(index for index, sign in enumerate(block) if sign in " />")
        element = parse_xml(f"{block[:end]} {NAMESPACES}{block[end:]}")
        made.element.body.insert_element_before(element, "w:sectPr")
    if header:
        made.sections[0].header.paragraphs[0].text = header
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def with_part(content: bytes, part: str, replaced: bytes) -> bytes:
    """The zip with one part replaced."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, replaced if name == part else old.read(name))
    return stream.getvalue()
