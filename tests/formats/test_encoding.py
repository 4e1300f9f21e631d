from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.errors import BadInput
from qualcode.formats import encoding
from qualcode.formats.encoding import Decoded, decode

SENTENCE = "Å være «ærlig» – det kostet 50 € på Røros…"


def read(content: bytes, asked: str | None = None) -> Decoded:
    return decode(content, name="a.txt", encoding=asked)


def warned(decoded: Decoded) -> str:
    return " ".join(str(warning) for warning in decoded.warnings)


def refused(content: bytes, asked: str | None = None) -> str:
    with pytest.raises(BadInput) as error:
        read(content, asked)
    line = str(error.value)
    assert line.startswith("a.txt: ")
    assert "\n" not in line
    return line


@pytest.mark.parametrize(
    ("content", "used"),
    [
        (SENTENCE.encode(), "utf-8"),
        (codecs.BOM_UTF8 + SENTENCE.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + SENTENCE.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + SENTENCE.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + SENTENCE.encode("utf-32-le"), "utf-32-le"),
        (codecs.BOM_UTF32_BE + SENTENCE.encode("utf-32-be"), "utf-32-be"),
        (SENTENCE.encode("utf-16-le"), "utf-16-le"),
        (SENTENCE.encode("utf-16-be"), "utf-16-be"),
    ],
)
def test_unicode_encodings_are_recognised_without_a_word(content: bytes, used: str) -> None:
    assert read(content) == Decoded(SENTENCE, used, "lf")


def test_what_is_not_utf8_is_read_as_windows_1252_with_a_warning() -> None:
    decoded = read(SENTENCE.encode("cp1252"))
    assert (decoded.text, decoded.encoding) == (SENTENCE, "cp1252")
    assert "Windows-1252" in warned(decoded)


def test_bytes_without_a_meaning_in_windows_1252_are_counted() -> None:
    decoded = read(b"m\xf8te \x81\x8d\x81 p\xe5 R\xf8ros")
    assert decoded.text == "møte \ufffd\ufffd\ufffd på Røros"
    assert "U+FFFD: 3" in warned(decoded)


def test_single_bad_bytes_in_good_utf8_are_named_with_their_line() -> None:
    decoded = read("Første på linja\nså ".encode() + b"m\xf8te \x93ja\x94" + " på ærlig".encode())
    assert decoded.text == "Første på linja\nså møte “ja” på ærlig"
    assert decoded.encoding == "utf-8"
    assert "Windows-1252: 3, the first on line 2" in warned(decoded)


def test_the_encoding_asked_for_decides() -> None:
    assert read("møte på Ås".encode("mac-roman"), "mac-roman") == Decoded("møte på Ås", "mac-roman", "lf")
    assert read("møte".encode(), "cp1252").text == "mÃ¸te"
    assert read(codecs.BOM_UTF8 + b"hei", "utf-8").text == "hei"


@pytest.mark.parametrize(
    ("content", "asked", "said"),
    [
        (b"hei", "klingon", "no encoding 'klingon'"),
        (b"hei", "hex", "no text encoding"),
        (b"m\xf8te", "utf-8", "byte 1"),
        (codecs.BOM_UTF16_LE + b"h\x00e", None, "byte 4"),
    ],
)
def test_an_encoding_that_does_not_fit_is_one_line(content: bytes, asked: str | None, said: str) -> None:
    assert said in refused(content, asked)


@pytest.mark.parametrize("content", [b"", b" \r\n\t\n", codecs.BOM_UTF8, codecs.BOM_UTF8 + b"\n", b"\xff\xfe"])
def test_an_empty_file_is_refused(content: bytes) -> None:
    assert "empty" in refused(content)


def test_nul_is_refused_with_its_place() -> None:
    assert "NUL at character 10, line 2" in refused(b"en linje\na\x00b, og en linje til")


@pytest.mark.parametrize(
    "content",
    [
        "ja 😀\nnei".encode() + b" \xed\xa0\xbd slutt",
        codecs.BOM_UTF16_LE + "ja 😀\nnei".encode("utf-16-le") + b" \x00\x3d\xd8 \x00",
        codecs.BOM_UTF16_BE + "ja 😀\nnei".encode("utf-16-be") + b"\x00 \xd8\x3d\x00 ",
    ],
)
def test_a_lone_surrogate_is_refused_with_its_place(content: bytes) -> None:
    assert "surrogate at character 9, line 2" in refused(content)


def test_other_control_characters_are_kept_with_a_warning() -> None:
    decoded = read(b"en\nto \x1b[31mr\xc3\xb8d\x1b[0m og mye annet\x0b\x0c")
    assert decoded.text == "en\nto \x1b[31mrød\x1b[0m og mye annet\x0b\x0c"
    assert "Control characters: 2, the first (U+001B) on line 2" in warned(decoded)


def test_many_control_characters_are_no_text() -> None:
    assert "no text" in refused(bytes(range(256)) * 4)
    assert "no text" in refused(b"\x89PNG\r\n\x1a\n" + b"\x00\x01\x02" * 50)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04rest", "zip"),
        (b"{\\rtf1 hei}", "RTF"),
        (b"\xd0\xcf\x11\xe0x", "Word 97"),
    ],
)
def test_a_file_of_another_kind_is_named(content: bytes, kind: str) -> None:
    assert kind in refused(content)


def test_an_absurd_size_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoding, "MAX_BYTES", 2_000_000)
    assert "3 MB is more than the 2 MB" in refused(b"a" * 3_000_000)


def test_doubly_encoded_letters_are_pointed_at_and_left() -> None:
    doubled = "første\nmøtet på Ås".encode().decode("cp1252")
    decoded = read(doubled.encode())
    assert decoded.text == doubled
    assert "'Ã¸' on line 1" in warned(decoded)


def test_letters_lost_before_the_import_are_counted() -> None:
    assert "U+FFFD): 2" in warned(read("m\ufffdte p\ufffd".encode()))


@pytest.mark.parametrize(
    ("content", "newline", "text"),
    [
        (b"a\nb\n", "lf", "a\nb\n"),
        (b"ab", "lf", "ab"),
        (b"a\r\nb\r\n", "crlf", "a\nb\n"),
        (b"a\rb\r", "cr", "a\nb\n"),
        (b"a\r\nb\nc\rd", "mixed", "a\nb\nc\nd"),
    ],
)
def test_newlines_become_lf_and_are_recorded(content: bytes, newline: str, text: str) -> None:
    decoded = read(content)
    assert (decoded.text, decoded.newline) == (text, newline)
    assert ("bare CR" in warned(decoded)) == (newline in {"cr", "mixed"})


def test_other_separators_and_invisible_signs_are_left_alone() -> None:
    text = "a\u2028b\u2029c\x0bd\x0ce\x85f\u00a0g\u00adh\u200bi\ufeffj e\u0301"
    assert read(text.encode()) == Decoded(text, "utf-8", "lf")


NORDIC = st.text(alphabet="abc æøåÆØÅé«»–…€\n\t", min_size=1, max_size=200).filter(lambda text: text.strip())
UNICODE = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], include_characters="\n\t", exclude_characters="\ufeff\ufffd"),
    min_size=1,
    max_size=200,
).filter(lambda text: text.strip())


@given(UNICODE, st.sampled_from(["utf-8-sig", "utf-16", "utf-32"]))
def test_marked_text_comes_back_as_it_was(text: str, written: str) -> None:
    assert read(text.encode(written)).text == text


@given(UNICODE, st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]))
def test_text_in_the_encoding_asked_for_comes_back_as_it_was(text: str, written: str) -> None:
    assert read(text.encode(written), written).text == text


@given(NORDIC)
def test_windows_1252_comes_back_as_it_was(text: str) -> None:
    assert read(text.encode("cp1252"), "cp1252").text == text


@given(NORDIC)
def test_utf8_without_a_mark_comes_back_as_it_was(text: str) -> None:
    decoded = read(text.encode())
    assert (decoded.text, decoded.encoding, decoded.warnings) == (text, "utf-8", ())


@given(st.lists(st.text(alphabet="abæ ", min_size=1), min_size=1), st.sampled_from(["\n", "\r\n", "\r"]))
def test_lines_survive_every_newline(lines: list[str], newline: str) -> None:
    lines = ["x", *lines]
    assert read(newline.join(lines).encode()).text.split("\n") == lines


@given(st.binary(max_size=300))
def test_any_bytes_give_a_storable_text_or_one_line(content: bytes) -> None:
    try:
        text = read(content).text
    except BadInput as error:
        assert "\n" not in str(error)
    else:
        assert text.strip()
        assert "\0" not in text
        assert "\r" not in text
        text.encode()
