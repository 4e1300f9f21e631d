from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from qualcode import i18n
from qualcode.cli import localised
from qualcode.cli.localised import Command, Group, speak


@pytest.fixture
def bokmaal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A small catalogue in the place of the real one, which has other words tomorrow."""
    catalogue = Catalog(locale="nb")
    words = {"Options": "Valg", "Commands": "Kommandoer", "Usage:": "Bruk:", "Add a case.": "Legg til en sak."}
    words |= {"Its title.": "Tittelen.", "Cases.": "Saker.", "Missing argument": "Argumentet mangler"}
    for message, translation in words.items():
        catalogue.add(message, translation)
    folder = tmp_path / "locale" / "nb" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "qualcode.mo").open("wb") as file:
        write_mo(file, catalogue)
    shutil.copy(i18n.__file__, tmp_path / "i18n.py")
    monkeypatch.setattr(i18n, "__file__", str(tmp_path / "i18n.py"))
    i18n._catalogue.cache_clear()  # pyright: ignore[reportPrivateUsage]
    speak("nb")
    yield
    monkeypatch.undo()
    i18n._catalogue.cache_clear()  # pyright: ignore[reportPrivateUsage]
    speak("en")


@pytest.fixture
def cases() -> click.Group:
    @click.group("cases", cls=Group, help="Cases.")
    def cases() -> None: ...

    @cases.command("add", help="Add a case.\n\nMore about it.")
    @click.argument("name")
    @click.option("--title", help="Its title.")
    @click.option("--quiet", is_flag=True)
    def add(name: str, title: str, quiet: bool) -> None: ...

    assert isinstance(add, Command)
    return cases


@pytest.mark.usefixtures("bokmaal")
def test_helps_and_click_s_own_words_are_in_the_language_of_the_screen(cases: click.Group) -> None:
    cases.commands["add"].help = "Add a case."
    text = cases.get_help(click.Context(cases, info_name="cases"))
    assert text.startswith("Bruk: cases [OPTIONS]")
    assert "Saker." in text
    assert "Kommandoer:\n  add  Legg til en sak." in text
    add = cases.commands["add"].get_help(click.Context(cases.commands["add"], info_name="add"))
    assert "Valg:\n  --title TEXT  Tittelen.\n  --quiet\n" in add
    with pytest.raises(click.MissingParameter) as missing:
        cases.commands["add"].make_context("add", [])
    assert missing.value.format_message().startswith("Argumentet mangler")


def test_the_same_command_speaks_english_again_afterwards(cases: click.Group) -> None:
    text = cases.get_help(click.Context(cases, info_name="cases"))
    assert text.startswith("Usage: cases [OPTIONS]")
    assert "Commands:\n  add  Add a case.\n" in text + "\n"
    assert "More" not in text


def test_each_of_click_s_texts_is_still_click_s() -> None:
    sources = [path.read_text(encoding="utf-8") for path in Path(click.__file__).parent.glob("*.py")]
    gone = [text for text in localised.CLICK_TEXTS if not any(f'"{text}"' in source for source in sources)]
    assert gone == []


def test_speaking_sets_the_language_of_qualcode_and_of_gettext() -> None:
    speak("nb")
    assert (i18n.language(), os.environ["LANGUAGE"]) == ("nb", "nb")
    speak("en")
    assert (i18n.language(), os.environ["LANGUAGE"]) == ("en", "en")
