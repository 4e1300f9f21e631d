from __future__ import annotations

import io
import stat
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import BadInput
from qualcode.formats import archive
from qualcode.formats.archive import Archive


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as writer:
        for name, content in members:
            writer.writestr(name, content)
    return stream.getvalue()


def refused(content: bytes, member: str | None = None) -> str:
    with pytest.raises(BadInput) as error, Archive(content, name="a.docx") as opened:
        opened.read(member or "a")
    line = str(error.value)
    assert line.startswith("a.docx: ")
    return line


def test_members_are_listed_and_read_by_name() -> None:
    with Archive(zipped(("b/c.xml", b"hei"), ("b/", b""), ("a", b"")), name="a.docx") as opened:
        assert opened.members == ("b/c.xml", "a")
        assert opened.read("b/c.xml") == b"hei"
        assert "b/c.xml" in opened
        assert "c.xml" not in opened


def test_a_missing_member_is_named() -> None:
    assert "'x'" in refused(zipped(("a", b"")), "x")


# Named: a zip holds the time it was made at, and every worker must find the same tests.
@pytest.mark.parametrize(
    "content",
    [b"", b"hei", zipped(("a", b"hei" * 1000))[:-30], zipped(("a", b"x"))[:10]],
    ids=["empty", "no zip", "cut at the end", "cut at the beginning"],
)
def test_what_is_no_whole_zip_is_refused(content: bytes) -> None:
    assert "not a zip file" in refused(content)


def test_a_member_that_is_damaged_is_refused() -> None:
    content = bytearray(zipped(("a", bytes(range(256)) * 20)))
    content[60:90] = b"\xff" * 30
    assert "damaged" in refused(bytes(content))


@pytest.mark.parametrize("name", ["/etc/a", "../a", "b/../../a", "b\\a", "C:a", "b/.."])
def test_paths_that_lead_astray_are_refused(name: str) -> None:
    assert "unsafe path" in refused(zipped((name, b"x")))


def test_a_link_is_refused() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as writer:
        info = zipfile.ZipInfo("a")
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        writer.writestr(info, "/etc/passwd")
    assert "unsafe path" in refused(stream.getvalue())


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("names", [("a", "a"), ("Word/A.xml", "word/a.XML")])
def test_names_equal_but_for_case_are_refused(names: tuple[str, str]) -> None:
    assert "twice" in refused(zipped(*((name, b"x") for name in names)))


def test_an_encrypted_member_is_refused() -> None:
    content = bytearray(zipped(("a", b"hei")))
    central = content.find(b"PK\x01\x02")
    struct.pack_into("<H", content, central + 8, 1)
    assert "encrypted" in refused(bytes(content))


def test_an_absurd_ratio_is_stopped_while_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "_RATIO_FROM", 1_000_000)
    assert "absurd size" in refused(zipped(("a", b"\0" * 5_000_000)))


def test_a_member_beyond_its_limit_is_stopped_though_the_zip_says_less() -> None:
    content = zipped(("a", b"ab" * 100), method=zipfile.ZIP_STORED)
    with pytest.raises(BadInput, match="absurd size"), Archive(content, name="a.docx") as opened:
        opened.read("a", limit=100)


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "MAX_MEMBERS", 2)
    assert "too many" in refused(zipped(("a", b""), ("b", b""), ("c", b"")))


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 255)), min_size=1, max_size=4))
def test_any_damage_gives_the_bytes_or_one_line(changes: list[tuple[int, int]]) -> None:
    content = bytearray(zipped(("a", "hei på deg".encode()), ("b/c", bytes(range(200)))))
    for place, value in changes:
        content[place % len(content)] = value
    try:
        with Archive(bytes(content), name="a.docx") as opened:
            for member in opened.members:
                opened.read(member)
    except BadInput as error:
        assert "\n" not in str(error)
