"""The screen speaks bokmål wherever it speaks English, and fills in the same things."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import cast

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from tests.conftest import REPOSITORY

NB = REPOSITORY / "qualcode" / "locale" / "nb" / "LC_MESSAGES" / "qualcode.po"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}

MessageId = tuple[str, ...]


def forms(text: object) -> MessageId:
    """The one text, or one and many."""
    if isinstance(text, tuple | list):
        return tuple(map(str, cast("tuple[object, ...] | list[object]", text)))
    return (str(text or ""),)


@cache
def extracted() -> dict[MessageId, str]:
    """Every message id in the package -> the file it stands in."""
    found = extract_from_dir(REPOSITORY / "qualcode", method_map=[("**.py", "python")], keywords=KEYWORDS)
    return {forms(message): name for name, _line, message, _comments, _context in found}


@cache
def bokmaal() -> Catalog:
    with NB.open("rb") as file:
        return read_po(file)


def translations() -> list[Message]:
    return [message for message in bokmaal() if message.id]


def places(text: str) -> set[str]:
    """The names of the `{places}` in a template."""
    return {name.split(".")[0].split("[")[0] for _text, name, _spec, _conversion in Formatter().parse(text) if name}


def test_messages_are_found_in_the_package() -> None:
    assert extracted()[("The desk needs a terminal.",)] == str(Path("cli", "app.py"))


def test_every_message_has_a_bokmaal_translation() -> None:
    done = {forms(m.id) for m in translations() if not m.fuzzy and all(forms(m.string))}
    missing = {message: name for message, name in extracted().items() if message not in done}
    assert missing == {}, "run `make locale` and translate"


def test_the_catalogue_has_no_message_that_the_program_lacks() -> None:
    assert {forms(m.id) for m in translations()} - extracted().keys() == set(), "run `make locale`"


def test_translations_fill_in_the_same_places() -> None:
    differing = [
        (template, text)
        for message in translations()
        for template, text in zip(forms(message.id), forms(message.string), strict=True)
        if text and places(text) != places(template)
    ]
    assert differing == []


def test_the_compiled_catalogue_is_current() -> None:
    compiled = BytesIO()
    write_mo(compiled, bokmaal())
    assert NB.with_suffix(".mo").read_bytes() == compiled.getvalue(), "run `make locale`"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("{n} codes", {"n"}), ("{value!r} of {case.title}", {"value", "case"}), ("{{literal}}", set[str]())],
)
def test_places_are_names_in_braces(text: str, expected: set[str]) -> None:
    assert places(text) == expected
