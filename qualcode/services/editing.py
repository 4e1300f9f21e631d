"""Words written in the researcher's own editor, with notes above them that are not kept.

The text goes through a file that only its owner may read, in a folder of its own: what an editor leaves beside it
(swap files, backups) holds the same confidential words, and goes with the folder. The editor is started without a
shell, so that nothing in a path or a text is a command.
"""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from qualcode.domain.inert import inert
from qualcode.errors import N_, BadInput, QualcodeError

_GUARD_LINES = 5
"""Vim obeys a "modeline" in the first and last five lines of a file. Quotes may hold one, so they stand between."""

Save = Callable[[str], None]


def editor() -> list[str]:
    """The command that VISUAL or EDITOR names, in words. Raises BadInput where neither does or it is not there."""
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""
    try:
        words = shlex.split(named)
    except ValueError:
        words = []
    if not words or shutil.which(words[0]) is None:
        raise BadInput(
            N_("There is no editor to write in: EDITOR is {named!r}."),
            hint=N_("Give the text on the command line, or set EDITOR, for example to nano."),
            named=named,
        )
    return words


def edit(text: str, notes: Iterable[str], marker: str, save: Save) -> bool:
    """Let the researcher write below `notes`, and hand what stands below the line `marker` to `save`.

    False where the editor was left without saving: then nothing is handed on. Where it cannot be kept, the file
    stays and the error says where, since the words exist nowhere else.

    Raises BadInput (no editor, it failed, the marker is gone), and what `save` raises.
    """
    command = editor()
    line = _comment(marker)
    file = _prepared(_page(text, notes, line))
    stored = False
    try:
        _run([*command, str(file)])
        if _was_saved(file):
            save(_below(file, line))
            stored = True
        return stored
    except QualcodeError as error:
        raise _kept(error, file) if _was_saved(file) else error from None
    finally:
        if stored or not _was_saved(file):
            shutil.rmtree(file.parent, ignore_errors=True)


def _prepared(page: str) -> Path:
    """The file to edit, as old as 1970: an editor that saves makes it younger, even with the same words."""
    folder: Path | None = None
    try:
        folder = Path(tempfile.mkdtemp(prefix="qualcode-"))
        file = folder / "summary.md"
        file.write_text(page, encoding="utf-8", newline="\n")
        os.utime(file, ns=(0, 0))
    except OSError as error:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        raise BadInput(
            N_("There is no place for the text to edit: {reason}."),
            hint=N_("Make room, or set TMPDIR to a folder you may write in."),
            reason=error.strerror or str(error),
        ) from None
    return file


def _page(text: str, notes: Iterable[str], line: str) -> str:
    above = [_comment(part) for note in notes for part in note.split("\n")]
    guard = ["#"] * _GUARD_LINES
    return "\n".join([*guard, *above, *guard, line, "", text]) + "\n"


def _comment(words: str) -> str:
    return f"# {inert(words)}".rstrip()


def _was_saved(file: Path) -> bool:
    return file.exists() and file.stat().st_mtime_ns != 0


def _run(command: list[str]) -> None:
    """Wait for the editor. Ctrl-C there is the editor's: here it would end it, and take the words along."""
    before = signal.signal(signal.SIGINT, lambda _number, _frame: None)
    try:
        done = subprocess.run(command, check=False)  # noqa: S603 - the user's own editor, without a shell
    except OSError as error:
        raise BadInput(
            N_("The editor {name} could not be started: {reason}."),
            hint=N_("Set EDITOR to another one."),
            name=command[0],
            reason=error.strerror or str(error),
        ) from None
    finally:
        signal.signal(signal.SIGINT, before)
    if done.returncode != 0:
        raise BadInput(
            N_("The editor {name} ended with {code}; nothing was stored."),
            hint=N_("Try again, or give the text on the command line."),
            name=command[0],
            code=done.returncode,
        )


def _below(file: Path, line: str) -> str:
    """What stands below the marker: a line of the summary may begin with # too."""
    try:
        content = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise BadInput(N_("The editor did not save as UTF-8."), hint=N_("Choose UTF-8 in the editor.")) from None
    lines = content.replace("\r\n", "\n").split("\n")
    if line not in lines:
        raise BadInput(N_("The line above the summary is gone."), hint=N_("Leave it as it is and write below it."))
    return "\n".join(lines[lines.index(line) + 1 :])


def _kept(error: QualcodeError, file: Path) -> BadInput:
    return BadInput(
        N_("{reason} Your words are kept in {file}."),
        hint=error.hint.template,
        file=str(file),
        reason=error.message,
        **error.hint.params,
    )
