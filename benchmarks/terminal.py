"""A full-screen program in a pseudo-terminal: keys in, complete frames out, and what the program used for them.

It answers Textual's question for synchronised output (mode 2026), as terminals do that have it: each frame then
ends with a marker. Linux: what a process has used is read from /proc.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

_ASKED, _ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
_FRAME_ENDS = b"\x1b[?2026l"
_QUIET_S = 0.06
"""After so long without output a key is done with: the inspector is painted 30 ms after the last one."""
_DEADLINE_S = 30.0


@dataclass(frozen=True, slots=True)
class Frame:
    """What one key cost, in seconds: to the end of the first and of the last frame, and all processor time."""

    first_s: float
    last_s: float
    cpu_s: float


class Terminal:
    """`command` in a terminal of `columns` by `rows` cells."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], folder: Path, columns: int, rows: int
    ) -> None:
        self._begun = perf_counter()
        self._pid, self._fd = pty.fork()
        if self._pid == 0:
            _set_size(0, columns, rows)
            os.chdir(folder)
            os.execvpe(command[0], list(command), dict(environment))
        self._tail = b""

    def shown(self, words: str) -> float:
        """Seconds from the start of the process to the end of the frame that brings `words`."""
        return self._painted(words, self._begun)

    def press(self, keys: bytes) -> Frame:
        """Press and wait until all is painted that follows from it."""
        return self._answered(lambda: os.write(self._fd, keys))

    def resize(self, columns: int, rows: int) -> Frame:
        """Make the terminal another size, of which the kernel tells the program."""
        return self._answered(lambda: _set_size(self._fd, columns, rows))

    def press_until(self, keys: bytes, words: str) -> float:
        """Seconds from the key to the end of the frame that brings `words`."""
        begun = perf_counter()
        os.write(self._fd, keys)
        return self._painted(words, begun)

    def memory_mb(self) -> float:
        """What the process holds in memory now."""
        lines = Path(f"/proc/{self._pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024

    def cpu_s(self) -> float:
        """Time on a processor until now, of all threads."""
        tasks = Path(f"/proc/{self._pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e9

    def close(self) -> None:
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)
        os.close(self._fd)

    def _answered(self, ask: Callable[[], object]) -> Frame:
        cpu_s, begun = self.cpu_s(), perf_counter()
        ask()
        ends: list[float] = []
        self._tail = b""
        while data := self._read(_QUIET_S if ends else _DEADLINE_S):
            if _FRAME_ENDS in self._tail + data:
                ends.append(perf_counter() - begun)
            self._tail = data[-len(_FRAME_ENDS) + 1 :]
        if not ends:
            raise TimeoutError("no frame followed")
        return Frame(ends[0], ends[-1], self.cpu_s() - cpu_s)

    def _painted(self, words: str, begun: float) -> float:
        """To the end of the frame that brings `words`; to the last output while frames have no markers yet."""
        seen, at, whole = b"", 0.0, False
        while data := self._read(_QUIET_S if at else _DEADLINE_S):
            seen += data
            if not whole and (at or words.encode() in seen):
                at = perf_counter() - begun
                whole = _FRAME_ENDS in data
        if not at:
            raise TimeoutError(f"never shown: {words}")
        return at

    def _read(self, seconds: float) -> bytes:
        """What comes next; nothing where it is quiet for so long."""
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if not ready:
            return b""
        try:
            data = os.read(self._fd, 1 << 20)
        except OSError:
            sys.exit("the program in the terminal has ended")
        if _ASKED in data:
            os.write(self._fd, _ANSWER)
        return data


def _set_size(descriptor: int, columns: int, rows: int) -> None:
    fcntl.ioctl(descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
