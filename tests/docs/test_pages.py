"""The documentation is true of the program: links, commands with options, columns, settings, keys, examples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path
from typing import Any

import click
import pytest

from qualcode.cli.app import COMMANDS, qualcode_group
from qualcode.cli.qualifier_options import QualifiedCommand
from qualcode.cli.suggesting import SuggestGroup
from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.span import quote
from qualcode.domain.suggestion import SourceText
from qualcode.errors import BadInput
from qualcode.formats.codebook_yaml import read_codebook
from qualcode.services.exporting import RELATION_COLUMNS, SEGMENT_COLUMNS
from qualcode.settings import StudyFile, UserSettings, read_user_keys, user_file
from qualcode.tui.keys.own import checked
from scripts import keys_reference
from tests.conftest import REPOSITORY
from tests.docs.pages import HAND_WRITTEN, PAGES, Line, anchors, blocks, command_lines, first_cells, links

DOCS = REPOSITORY / "docs"
REFERENCE = DOCS / "reference"
LINES = [line for page in HAND_WRITTEN for line in command_lines(page)]


def named(page: Path) -> str:
    return str(page.relative_to(REPOSITORY))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_inside_the_repository_resolves(page: Path) -> None:
    for link in links(page):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


def test_every_page_is_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    waiting = [REPOSITORY / "README.md"]
    while waiting:
        page = waiting.pop()
        reached.add(page)
        below = [(page.parent / link.partition("#")[0]).resolve() for link in links(page) if "://" not in link]
        waiting += [target for target in below if target.suffix == ".md" and target not in reached]
    assert {named(page) for page in DOCS.rglob("*.md")} - {named(page) for page in reached} == set()


@pytest.mark.parametrize("line", LINES, ids=lambda line: f"{line.page}: {' '.join(line.words)}")
def test_a_command_line_is_one_that_the_program_takes(line: Line) -> None:
    context = click.Context(qualcode_group, info_name="qualcode", resilient_parsing=not line.whole)
    command, words = below(qualcode_group, context, line.words)
    options = known_options(command)
    assert [word for word in words if is_option(word) and word.partition("=")[0] not in options] == []
    if line.whole and not isinstance(command, click.Group):
        command.make_context(command.name, list(words), parent=context)


def below(group: click.Group, context: click.Context, words: Sequence[str]) -> tuple[click.Command, list[str]]:
    """The command that `words` lead to, and what is left for it. Options on the way must be the groups' own."""
    _, rest, _ = group.make_parser(context).parse_args(list(words))
    if isinstance(group, SuggestGroup) and (not rest or rest[0] not in group.commands):
        rest = ["run", *words] if words and not is_placeholder(words[0]) else []
    if not rest or is_placeholder(rest[0]):
        return group, []
    command = group.get_command(context, rest[0])
    assert command is not None, rest[0]
    if isinstance(command, click.Group):
        return below(command, click.Context(command, parent=context), rest[1:])
    return command, rest[1:]


def is_placeholder(word: str) -> bool:
    """Between backquotes in prose `qualcode COMMAND --help` names no command."""
    return word == "COMMAND"


def is_option(word: str) -> bool:
    return word.startswith("--") or (word.startswith("-") and word[1:2].isalpha())


def known_options(command: click.Command) -> set[str]:
    """The options of a command, and where it takes them the qualifiers of the shipped codebook."""
    context = click.Context(command)
    found = {name for param in command.get_params(context) for name in (*param.opts, *param.secondary_opts)}
    if isinstance(command, QualifiedCommand):
        found |= {f"--{qualifier.replace('_', '-')}" for qualifier in shipped_qualifiers()}
    return found | {"--help", "-h"}


@cache
def shipped_qualifiers() -> list[str]:
    path = REPOSITORY / "codebooks" / "ioa-svc.yaml"
    return [qualifier.id for qualifier in read_codebook(path.read_bytes(), name=path.name).qualifiers]


def test_every_command_is_spoken_of_by_hand() -> None:
    assert set(COMMANDS) - {line.words[0] for line in LINES if line.words} == set()


@pytest.mark.parametrize(
    ("page", "heading", "expected"),
    [
        ("exports.md", "`qualcode export segments`", SEGMENT_COLUMNS),
        ("exports.md", "`qualcode export relations`", RELATION_COLUMNS),
        ("settings.md", "The study's file: `study.toml`", [field.name for field in fields(StudyFile)]),
        ("settings.md", "Your own configuration: `config.toml`", [field.name for field in fields(UserSettings)]),
    ],
)
def test_a_documented_list_is_that_of_the_code(page: str, heading: str, expected: Sequence[str]) -> None:
    assert first_cells(REFERENCE / page, heading) == list(expected)


def test_the_reference_of_keys_is_current() -> None:
    assert keys_reference.TARGET.read_text(encoding="utf-8") == keys_reference.reference(), "run `make docs`"


def test_the_example_of_own_keys_is_taken_by_the_desk() -> None:
    (example,) = blocks(REFERENCE / "settings.md", "toml")
    user_file().parent.mkdir(parents=True, exist_ok=True)
    user_file().write_text(example, encoding="utf-8")
    own, problems = checked(read_user_keys())
    assert own == {"coding.pick": ("ctrl+k",), "transcript.row(1)": ("j", "down", "f8")}
    assert problems == []


def test_the_example_of_a_package_reads_and_suggests() -> None:
    (code,) = blocks(DOCS / "how-to" / "extend.md", "python")
    names: dict[str, Any] = {}
    exec(compile(code, "interview_extras.py", "exec"), names)
    read = names["read_tsv"](b"I\tHva kostet det?\nKari\tTo millioner. Det var mye.\n", name="talk.tsv")
    assert read.text == "I: Hva kostet det?\n\nKari: To millioner. Det var mye.\n"
    with pytest.raises(BadInput, match=r"bad\.tsv, line 2: no tab"):
        names["read_tsv"](b"I\tHei\nKari\n", name="bad.tsv")
    source = SourceText("talk", 1, read.text, "nb", read.turns, read.turns[1:])
    codebook = Codebook("c", "1", ("nb",), (Code("value-buyer", None, names={"nb": "Gevinst"}),))
    (found,) = names["KronerSuggester"]().suggest(codebook, [source])
    assert (quote(read.text, found.span), str(found.reason)) == ("To millioner.", "millioner (sum of money)")
