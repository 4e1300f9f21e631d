"""Zip files from anywhere, read by member name into memory, with every trap of the format refused in one line.

Nothing is ever unpacked to disk. Sizes are counted while reading, since a zip's own figures may lie.
"""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from io import BytesIO
from types import TracebackType

from qualcode.errors import N_, BadInput

MAX_MEMBERS = 20_000
MAX_TEXT = 50_000_000
"""Bytes of one unpacked text part."""
MAX_TOTAL = 4_000_000_000
MAX_RATIO = 200
_RATIO_FROM = 10_000_000
"""Below this size a high ratio is just a very regular text."""
_CHUNK = 1 << 20
_DAMAGE = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, RuntimeError, ValueError, OverflowError)
"""All that `zipfile` was seen to raise on damaged files: it trusts lengths and offsets until they fail."""


class Archive:
    """A checked zip file in memory. Use as a context manager."""

    def __init__(self, content: bytes, *, name: str) -> None:
        """Raises BadInput where the file is no zip, is damaged, or holds a member that no honest program writes."""
        self.name = name
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except _DAMAGE as error:
            raise BadInput(
                N_("{file}: not a zip file, or cut off ({reason})."),
                hint=N_("Export or copy it again."),
                file=name,
                reason=str(error),
            ) from None
        self._check()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    @property
    def members(self) -> tuple[str, ...]:
        """The names of the files inside, in the order of the zip."""
        return tuple(info.filename for info in self._zip.infolist() if not info.is_dir())

    def __contains__(self, member: object) -> bool:
        return member in self._zip.NameToInfo

    def read(self, member: str, limit: int = MAX_TEXT) -> bytes:
        """The unpacked bytes of `member`. Raises BadInput where it is missing, damaged or larger than `limit`."""
        if member not in self:
            raise self._refused(N_("{file}: the part {member!r} is missing."), member)
        packed = max(1, self._zip.getinfo(member).compress_size)
        chunks: list[bytes] = []
        size = 0
        try:
            with self._zip.open(member) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    if size > limit or (size > _RATIO_FROM and size > packed * MAX_RATIO):
                        raise self._refused(N_("{file}: the part {member!r} unpacks to an absurd size."), member)
                    chunks.append(chunk)
        except _DAMAGE as error:
            raise self._refused(N_("{file}: the part {member!r} is damaged ({reason})."), member, error) from None
        return b"".join(chunks)

    def _check(self) -> None:
        infos = self._zip.infolist()
        if len(infos) > MAX_MEMBERS or sum(info.file_size for info in infos) > MAX_TOTAL:
            raise self._refused(N_("{file}: the zip holds too many or too large parts."))
        seen: set[str] = set()
        for info in infos:
            member = info.orig_filename
            if _leads_astray(member) or stat.S_ISLNK(info.external_attr >> 16):
                raise self._refused(N_("{file}: the zip holds the unsafe path {member!r}."), member)
            if info.flag_bits & 0x1:
                raise self._refused(N_("{file}: the zip is encrypted ({member!r})."), member)
            if member.casefold() in seen:
                raise self._refused(N_("{file}: the zip holds {member!r} twice."), member)
            seen.add(member.casefold())

    def _refused(self, template: str, member: str = "", reason: object = "") -> BadInput:
        return BadInput(
            template,
            hint=N_("Open it in the program it comes from and save it again."),
            file=self.name,
            member=member,
            reason=str(reason),
        )


def _leads_astray(member: str) -> bool:
    return (
        not member
        or member.startswith("/")
        or any(sign in member for sign in ("\\", ":", "\0"))
        or ".." in member.split("/")
    )
