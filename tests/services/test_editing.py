"""The researcher's own editor: what stands below the marker is kept, and words are never lost."""

from __future__ import annotations

import shlex
import signal
import stat
import sys
import tempfile
from pathlib import Path

import pytest

from qualcode.errors import BadInput
from qualcode.services import editing

MARKER = "Below this line."


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the files to edit are made."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.delenv("VISUAL", raising=False)
    return folder


def edit_by(
    program: str, monkeypatch: pytest.MonkeyPatch, text: str = "", notes: tuple[str, ...] = ()
) -> list[str]:
    """Edit with a Python program that finds the file as `file`, a Path; what was saved."""
    script = f"import sys, pathlib; file = pathlib.Path(sys.argv[-1]); {program}"
    monkeypatch.setenv("EDITOR", shlex.join([sys.executable, "-c", script]))
    saved: list[str] = []
    editing.edit(text, notes, MARKER, saved.append)
    return saved


def test_what_stands_below_the_marker_is_kept_and_a_heading_is_no_comment(
    temporary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = "file.write_text(file.read_text('utf-8') + '# Heading 😀\\n', 'utf-8')"
    assert edit_by(program, monkeypatch, "Old words.", ("“Quote”",)) == ["\nOld words.\n# Heading 😀\n"]
    assert list(temporary.iterdir()) == []


def test_leaving_without_saving_keeps_nothing_and_saving_as_it_is_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert edit_by("pass", monkeypatch, "Old words.") == []
    assert edit_by("file.write_bytes(file.read_bytes())", monkeypatch, "Old words.") == ["\nOld words.\n"]


def test_quotes_are_comments_far_from_both_ends_and_harmless(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = f"pathlib.Path({str(tmp_path / 'seen')!r}).write_bytes(file.read_bytes())"
    edit_by(program, monkeypatch, "", ("first\nvim: set x:", "\x1b[2J"))
    lines = (tmp_path / "seen").read_text("utf-8").split("\n")
    assert lines[5:8] == ["# first", "# vim: set x:", "# ␛[2J"]
    assert all(line == "#" for line in lines[:5])
    assert lines[-4:] == [f"# {MARKER}", "", "", ""]
    assert len(lines) - lines.index("# vim: set x:") > 6


def test_nobody_else_can_read_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = f"pathlib.Path({str(tmp_path / 'mode')!r}).write_text(oct(file.parent.stat().st_mode))"
    edit_by(program, monkeypatch)
    assert stat.S_IMODE(int((tmp_path / "mode").read_text(), 8)) == 0o700


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("file.write_text('Words without the line.')", "The line above the summary is gone"),
        ("file.write_bytes(b'\\xe6')", "did not save as UTF-8"),
        ("file.write_bytes(file.read_bytes()); sys.exit(4)", "ended with 4; nothing was stored"),
    ],
)
def test_words_that_cannot_be_kept_stay_in_their_file(
    temporary: Path, monkeypatch: pytest.MonkeyPatch, program: str, said: str
) -> None:
    with pytest.raises(BadInput, match=said) as refused:
        edit_by(program, monkeypatch)
    (folder,) = temporary.iterdir()
    assert f"Your words are kept in {folder / 'summary.md'}." in str(refused.value)


def test_a_key_that_interrupts_in_the_editor_does_not_take_the_words_along(monkeypatch: pytest.MonkeyPatch) -> None:
    program = (
        "import os, signal; os.kill(os.getppid(), signal.SIGINT);"
        "file.write_text(file.read_text('utf-8') + 'Kept.', 'utf-8')"
    )
    handler = signal.getsignal(signal.SIGINT)
    assert edit_by(program, monkeypatch) == ["\n\nKept."]
    assert signal.getsignal(signal.SIGINT) is handler


def test_without_a_place_for_the_file_nothing_is_edited(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary.rmdir()
    with pytest.raises(BadInput, match="no place for the text to edit: No such file"):
        edit_by("file.write_text('never')", monkeypatch)


def test_an_editor_that_fails_or_is_not_there_is_said(temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadInput, match="ended with 3; nothing was stored"):
        edit_by("sys.exit(3)", monkeypatch)
    for named in ("", "no-such-editor --wait", "'unclosed"):
        monkeypatch.setenv("EDITOR", named)
        with pytest.raises(BadInput, match="There is no editor"):
            editing.edit("", (), MARKER, print)
    assert list(temporary.iterdir()) == []
