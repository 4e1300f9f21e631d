"""Word documents: the body as text, one paragraph per turn, with a list of what was left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qualcode.domain.reading import Imported
from qualcode.domain.turn_finding import (
    Head,
    Line,
    counting,
    head_at,
    looks_like_a_name,
    question_and_answer,
    time_alone,
)
from qualcode.errors import N_, BadInput, Message
from qualcode.formats.archive import Archive
from qualcode.formats.assembly import Block, assemble
from qualcode.formats.docx_body import Body, Paragraph, body_of
from qualcode.formats.docx_tables import turns_in_table
from qualcode.formats.encoding import refuse_oversized
from qualcode.formats.labels import about_doubtful

LOSSES: Mapping[str, str] = {
    "headers": N_("Page headers and footers left out: {count}."),
    "footnotes": N_("Footnotes left out: {count}."),
    "endnotes": N_("Endnotes left out: {count}."),
    "comments": N_("Comments left out: {count}."),
    "text boxes": N_("Text boxes left out: {count}."),
    "images": N_("Images left out: {count}."),
    "deletions": N_("Tracked deletions left out: {count}."),
    "symbols": N_("Symbols of a picture font left out: {count}."),
    "embedded": N_("Embedded documents left out: {count}."),
    "list numbers": N_("Automatic list numbers and bullets left out: {count}."),
}
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the body. `opens`: it begins a paragraph; `bold`: length of its bold beginning."""

    text: str
    opens: bool = True
    bold: int = 0


def read(content: bytes, *, name: str, encoding: str | None = None) -> Imported:
    """A `.docx` transcript; `encoding` has no meaning here. Raises BadInput for what Word would not write."""
    refuse_oversized(content, name)
    if content.startswith(_OLE):
        raise BadInput(
            N_("{file}: an old or password-protected Word document."),
            hint=N_("Save it in Word as .docx without a password."),
            file=name,
        )
    with Archive(content, name=name) as archive:
        body = body_of(archive)
    lines = list(_lines(body))
    heads, doubtful = _heads(lines)
    text, turns = assemble(_blocks(lines, heads))
    if not text:
        raise BadInput(N_("{file}: the document has no text."), hint=N_("Leave it out."), file=name)
    losses = tuple(Message(LOSSES[kind], {"count": body.left_out[kind]}) for kind in LOSSES if body.left_out[kind])
    return Imported(text, turns, warnings=tuple(about_doubtful(doubtful)), losses=losses)


def _lines(body: Body) -> Iterator[_Line | Block]:
    """Lines of paragraphs and of tables; rows of a table that names speakers as ready blocks."""
    for block in body.blocks:
        if isinstance(block, Paragraph):
            yield from _split(block.text, block.bold)
            continue
        ready = turns_in_table(block)
        if ready:
            yield from ready
        else:
            for row in block.rows:
                yield from _split("\t".join(cell.strip() for cell in row), 0)


def _split(text: str, bold: int) -> Iterator[_Line]:
    opens = True
    for line in text.split("\n"):
        if line.strip():
            yield _Line(line.rstrip(), opens, bold if opens else 0)
            opens = False


def _blocks(lines: Sequence[_Line | Block], heads: Mapping[int, Head]) -> Iterator[Block]:
    if heads or any(isinstance(line, Block) for line in lines):
        return _turns(lines, heads)
    return _paragraphs(lines)


def _heads(lines: Sequence[_Line | Block]) -> tuple[dict[int, Head], list[str]]:
    """The labels that count, by the index of their line, and names below the first of them that stand only once.

    A bold `Name:` before plain words counts at once.
    """
    possible = {
        index: head
        for index, line in enumerate(lines)
        if isinstance(line, _Line) and (head := head_at(line.text, 0, len(line.text)))
    }
    read = [
        Line(line.text, possible.get(index), line.opens)
        for index, line in enumerate(lines)
        if isinstance(line, _Line)
    ]
    accepted = {id(head) for head in question_and_answer(read) or counting(possible.values())}
    heads = {
        index: head for index, head in possible.items() if id(head) in accepted or _bold_label(lines[index], head)
    }
    first = min(heads, default=len(lines))
    below = [head.label for index, head in possible.items() if index > first and index not in heads]
    return heads, [label for label in dict.fromkeys(below) if looks_like_a_name(label)]


def _bold_label(line: _Line | Block, head: Head) -> bool:
    # The colon itself is often left plain; a line that is bold throughout is a heading.
    return isinstance(line, _Line) and head.stop - 1 <= line.bold < len(line.text)


def _turns(lines: Sequence[_Line | Block], heads: Mapping[int, Head]) -> Iterator[Block]:
    """Blocks by speaker. Lines above the first label stand alone; a time alone goes to the next turn."""
    speaker, words, start_ms, pending = "", list[str](), None, None
    for index, line in enumerate(lines):
        if isinstance(line, Block):
            yield Block("\n".join(words), speaker, start_ms)
            yield line
            speaker, words, start_ms = "", [], None
        elif head := heads.get(index):
            yield Block("\n".join(words), speaker, start_ms)
            start_ms = pending if head.start_ms is None else head.start_ms
            speaker, words, pending = head.label, [line.text[head.stop :].strip()], None
        elif (time := time_alone(line.text)) is not None:
            pending = time
        elif speaker or not line.opens:
            words.append(line.text)
        else:
            yield Block("\n".join(words))
            words = [line.text]
    yield Block("\n".join(words), speaker, start_ms)


def _paragraphs(lines: Sequence[_Line | Block]) -> Iterator[Block]:
    words: list[str] = []
    for line in lines:
        if isinstance(line, _Line):
            if line.opens:
                yield Block("\n".join(words))
                words = []
            words.append(line.text)
    yield Block("\n".join(words))
