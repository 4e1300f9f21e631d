"""The desk in a real terminal: from the shell to a coding and back, with the terminal as it was before."""

from __future__ import annotations

import csv
import io
import shlex
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.tui.studies import AVERSION, DOCUMENT, FEAR, study_in

pytestmark = pytest.mark.requires_tmux
_DEADLINE_S = 60.0
_PAUSE_S = 0.05


class Terminal:
    """One tmux server of its own with a shell in it."""

    def __init__(self, folder: Path) -> None:
        self._name = f"qualcode-{uuid.uuid4().hex}"
        # LINES and COLUMNS would be believed before the terminal is asked.
        shell = [
            "env",
            "-u",
            "LINES",
            "-u",
            "COLUMNS",
            "PS1=ready> ",
            "QUALCODE_CODER=kari",
            f"PYTHONPATH={REPOSITORY}",
            "sh",
        ]
        self._tmux("-f", "/dev/null", "new-session", "-d", "-x", "100", "-y", "30", "-c", str(folder), *shell)

    def _tmux(self, *arguments: str) -> str:
        command = ["tmux", "-L", self._name, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def type(self, *keys: str) -> None:
        self._tmux("send-keys", *keys)

    def rows(self) -> str:
        return self._tmux("capture-pane", "-p")

    def asked(self, what: str) -> str:
        """What tmux knows of the pane, such as `alternate_on` or `cursor_flag`."""
        return self._tmux("display-message", "-p", f"#{{{what}}}").strip()

    def until(self, seen: Callable[[], bool]) -> None:
        end = time.monotonic() + _DEADLINE_S
        while not seen():
            assert time.monotonic() < end, self.rows()
            time.sleep(_PAUSE_S)

    def close(self) -> None:
        subprocess.run(["tmux", "-L", self._name, "kill-server"], capture_output=True, check=False)


@pytest.fixture
def terminal(tmp_path: Path) -> Generator[Terminal]:
    study_in(tmp_path).close()
    opened = Terminal(tmp_path / "study")
    yield opened
    opened.close()


def test_from_the_shell_to_a_coding_that_is_exported_and_the_terminal_is_restored(
    terminal: Terminal, tmp_path: Path
) -> None:
    qualcode = f"{shlex.quote(sys.executable)} -m qualcode"
    terminal.until(lambda: "ready>" in terminal.rows())
    terminal.type(f"{qualcode} open {DOCUMENT}", "Enter")
    terminal.until(lambda: "Kan du fortelle" in terminal.rows() and "sentence" in terminal.rows())
    assert terminal.asked("alternate_on") == "1"
    # Textual hides the cursor; the desk shows it again, on the word that keys act on.
    terminal.until(lambda: terminal.asked("cursor_flag") == "1")

    terminal.type("t", "c")
    terminal.until(lambda: "a few letters of a code" in terminal.rows())
    terminal.type("risk av")
    terminal.until(lambda: "Chooses the safe" in terminal.rows())
    terminal.type("Enter")
    terminal.until(lambda: "1 coding" in terminal.rows())
    terminal.type("Q")
    terminal.until(lambda: terminal.asked("alternate_on") == "0")
    terminal.until(lambda: terminal.rows().rstrip().endswith("ready>"))
    assert terminal.asked("cursor_flag") == "1"
    assert terminal.asked("mouse_any_flag") == "0"
    terminal.type("echo still' 'here", "Enter")
    terminal.until(lambda: "\nstill here" in terminal.rows())

    command = [
        sys.executable,
        "-m",
        "qualcode",
        "--study",
        str(tmp_path / "study"),
        "export",
        "segments",
        "-o",
        "-",
    ]
    exported = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY, check=True).stdout
    (row,) = csv.DictReader(io.StringIO(exported))
    assert (row["document"], row["text"], row["code_id"], row["coder"]) == (DOCUMENT, FEAR, AVERSION, "kari")


BROKEN = """
import sys
from qualcode.__main__ import open_desk
from qualcode.cli.app import run
from qualcode.tui.screens.coding import CodingScreen

def broken(screen):
    words = screen.opened.text.text
    raise KeyError(words[:200])

CodingScreen.action_pick = broken
sys.exit(run(["open", "gangbrua"], desk=open_desk))
"""


def test_a_fault_leaves_the_desk_with_one_line_that_holds_no_word_of_a_transcript(
    terminal: Terminal, tmp_path: Path
) -> None:
    program = tmp_path / "study" / "broken.py"
    program.write_text(BROKEN, encoding="utf-8")
    python = shlex.quote(sys.executable)
    terminal.until(lambda: "ready>" in terminal.rows())
    terminal.type(f"clear; {python} broken.py; echo left with $?", "Enter")
    terminal.until(lambda: "Kan du fortelle" in terminal.rows() and "sentence" in terminal.rows())
    terminal.type("c")
    terminal.until(lambda: "left with 1" in terminal.rows())
    told = terminal.rows()
    assert "a fault in qualcode (KeyError). Nothing that was stored is" in told
    assert "fortelle" not in told
    assert "Traceback" not in told
    terminal.type(f"clear; QUALCODE_DEBUG=1 {python} broken.py; echo left with $?", "Enter")
    terminal.until(lambda: "Kan du fortelle" in terminal.rows() and "sentence" in terminal.rows())
    terminal.type("c")
    terminal.until(lambda: "left with 1" in terminal.rows())
    assert "raise KeyError(words[:200])" in terminal.rows()
