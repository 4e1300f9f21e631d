"""From bytes to text: which encoding, which newlines, and what may not be stored.

The order is fixed and never guesses between languages: byte order mark, UTF-16 seen by its NULs, strict UTF-8,
then Windows-1252 with a warning. An encoding given by the user overrides it. Newlines become LF; nothing else of
the text is changed.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from qualcode.errors import N_, BadInput, Message

MAX_BYTES = 200_000_000
"""A larger file is no transcript; reading it would fill the memory several times over."""

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32 first: its little-endian mark begins with that of UTF-16."""

_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "zip (.docx, .odt, .xlsx)"),
    (b"{\\rtf", "RTF"),
    (b"\xd0\xcf\x11\xe0", "Word 97 (.doc)"),
)
_SAMPLE = 65_536
_UNDEFINED_IN_CP1252 = b"\x81\x8d\x8f\x90\x9d"
_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_IN_UTF8 = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
"""C0 and C1 but for tab, line feed, VT, FF, CR and NEL, which are layout and left alone."""
_MOJIBAKE = re.compile("Ã[¥¸¦…˜†©¶¤]|â€")
_AS_CP1252 = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text with LF newlines and no byte order mark; `newline` is lf, crlf, cr or mixed."""

    text: str
    encoding: str
    newline: str
    warnings: tuple[Message, ...] = ()


def decode(content: bytes, *, name: str, encoding: str | None = None) -> Decoded:
    """The text of `content`.

    Raises BadInput, naming the file and the place, for a file that is empty, too large, binary, not in the
    encoding asked for, or that holds NUL or a lone surrogate, which no database can keep.
    """
    refuse_oversized(content, name)
    _refuse_foreign(content, name)
    text, used, warnings = _decoded(content, name, encoding)
    text = text.removeprefix("\ufeff")
    if not text or text.isspace():
        raise BadInput(N_("{file}: the file is empty."), hint=N_("Leave it out or export it again."), file=name)
    text, newline, bare = _with_lf(text)
    controls = _checked_controls(text, name)
    return Decoded(text, used, newline, (*warnings, *bare, *controls, *_suspicions(text, used)))


def line_of(text: str, offset: int) -> int:
    """The number, from 1, of the line that holds `offset`."""
    return text.count("\n", 0, offset) + 1


def refuse_oversized(content: bytes, name: str) -> None:
    """Raises BadInput for a file of more than MAX_BYTES."""
    if len(content) > MAX_BYTES:
        raise BadInput(
            N_("{file}: {size} MB is more than the {limit} MB a transcript may have."),
            hint=N_("Split it into several files."),
            file=name,
            size=len(content) // 1_000_000,
            limit=MAX_BYTES // 1_000_000,
        )


def _refuse_foreign(content: bytes, name: str) -> None:
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            raise BadInput(
                N_("{file}: this is a {kind} file under another name."),
                hint=N_("Give it its proper ending, or save it as .docx or .txt."),
                file=name,
                kind=kind,
            )


def _decoded(content: bytes, name: str, encoding: str | None) -> tuple[str, str, list[Message]]:
    if encoding is not None:
        return _as_asked(content, name, encoding), _canonical(encoding, name), []
    for mark, marked in _MARKS:
        if content.startswith(mark):
            return _strict(content[len(mark) :], marked, name, skipped=len(mark)), marked, []
    wide = _wide(content)
    if wide:
        return _strict(content, wide, name), wide, []
    try:
        return content.decode("utf-8"), "utf-8", []
    except UnicodeDecodeError:
        return _not_utf8(content, name)


def _canonical(encoding: str, name: str) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        raise BadInput(
            N_("{file}: there is no encoding {encoding!r}."),
            hint=N_("Common ones are utf-8, cp1252, latin-1, mac-roman and utf-16."),
            file=name,
            encoding=encoding,
        ) from None


def _as_asked(content: bytes, name: str, encoding: str) -> str:
    canonical = _canonical(encoding, name)
    try:
        return content.decode(canonical)
    except LookupError:  # hex, rot13 and their like turn bytes into bytes
        raise BadInput(N_("{file}: {encoding!r} is no text encoding."), file=name, encoding=encoding) from None
    except UnicodeError:
        return _strict(content, canonical, name)


def _strict(content: bytes, encoding: str, name: str, skipped: int = 0) -> str:
    """Decoded without replacing anything; lone surrogates pass here and are refused with their offset later."""
    try:
        return content.decode(encoding)
    except UnicodeError as error:
        if encoding.startswith("utf-") and _passes_with_surrogates(content, encoding):
            return content.decode(encoding, "surrogatepass")
        raise BadInput(
            N_("{file}: not {encoding}: byte {offset} cannot be read."),
            hint=N_("Leave out --encoding, or name another one."),
            file=name,
            encoding=encoding,
            offset=skipped + (error.start if isinstance(error, UnicodeDecodeError) else 0),
        ) from None


def _passes_with_surrogates(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding, "surrogatepass")
    except UnicodeError:
        return False
    return True


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark, seen by NULs at every other byte: such a file is valid UTF-8 too, full of NULs."""
    sample = content[:_SAMPLE]
    half = max(1, len(sample) // 2)
    even, odd = sample[0::2].count(0) / half, sample[1::2].count(0) / half
    if len(content) % 2 == 0 and max(even, odd) > 0.3 and min(even, odd) < 0.02:
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _not_utf8(content: bytes, name: str) -> tuple[str, str, list[Message]]:
    if _SURROGATE_IN_UTF8.search(content) and _passes_with_surrogates(content, "utf-8"):
        return content.decode("utf-8", "surrogatepass"), "utf-8", []
    patched = content.decode("utf-8", "surrogateescape")
    bad = len(content) - len(patched.encode("utf-8", "ignore"))
    ascii_bytes = len(content) - len(content.translate(None, bytes(range(0x80))))
    good = len(patched) - bad - ascii_bytes
    if good * 3 >= bad:
        first = _SURROGATE.search(patched)
        warning = Message(
            N_("Bytes that are not UTF-8, read as Windows-1252: {count}, the first on line {line}."),
            {"count": bad, "line": line_of(patched, first.start()) if first else 1},
        )
        return patched.translate(_AS_CP1252), "utf-8", [warning]
    warnings = [
        Message(N_("Not UTF-8: read as Windows-1252. If letters look wrong, import it again with --encoding."))
    ]
    lost = sum(content.count(byte) for byte in _UNDEFINED_IN_CP1252)
    if lost:
        warnings.append(
            Message(N_("Bytes without a meaning in Windows-1252, now U+FFFD: {count}."), {"count": lost})
        )
    return content.decode("cp1252", "replace"), "cp1252", warnings


def _with_lf(text: str) -> tuple[str, str, list[Message]]:
    pairs = text.count("\r\n")
    bare_cr, bare_lf = text.count("\r") - pairs, text.count("\n") - pairs
    kinds = [kind for kind, count in (("crlf", pairs), ("cr", bare_cr), ("lf", bare_lf)) if count]
    newline = "lf" if not kinds else kinds[0] if len(kinds) == 1 else "mixed"
    warnings = [
        Message(
            N_("Line ends of old Macs (bare CR): {count}. If letters look wrong, try --encoding mac-roman."),
            {"count": bare_cr},
        )
    ] * bool(bare_cr)
    if pairs or bare_cr:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text, newline, warnings


def _checked_controls(text: str, name: str) -> list[Message]:
    surrogate = _SURROGATE.search(text)
    if surrogate:
        raise _unstorable(N_("{file}: a lone surrogate at character {offset}, line {line}."), text, surrogate, name)
    first = _CONTROL.search(text)
    if not first:
        return []
    count = sum(1 for _ in _CONTROL.finditer(text))
    if count >= 5 and count * 50 > len(text):
        raise BadInput(
            N_("{file}: this is no text: {count} control characters among {length}."),
            hint=N_("Export the transcript as .docx, .txt, .vtt or .srt."),
            file=name,
            count=count,
            length=len(text),
        )
    nul = text.find("\0")
    if nul >= 0:
        place = re.compile("\0").search(text, nul)
        assert place is not None
        raise _unstorable(N_("{file}: NUL at character {offset}, line {line}."), text, place, name)
    return [
        Message(
            N_("Control characters: {count}, the first (U+{code}) on line {line}; kept, and shown as symbols."),
            {"count": count, "code": f"{ord(first[0]):04X}", "line": line_of(text, first.start())},
        )
    ]


def _unstorable(template: str, text: str, place: re.Match[str], name: str) -> BadInput:
    return BadInput(
        template,
        hint=N_("No database can keep it. Remove it, or name the right encoding with --encoding."),
        file=name,
        offset=place.start(),
        line=line_of(text, place.start()),
    )


def _suspicions(text: str, used: str) -> list[Message]:
    warnings: list[Message] = []
    lost = text.count("\ufffd")
    if lost and used != "cp1252":
        warnings.append(Message(N_("Letters lost before this import (U+FFFD): {count}."), {"count": lost}))
    doubled = _MOJIBAKE.search(text)
    if doubled:
        warnings.append(
            Message(
                N_("Letters look encoded twice ({sample!r} on line {line}): open the original in its own program."),
                {"sample": doubled[0], "line": line_of(text, doubled.start())},
            )
        )
    return warnings
