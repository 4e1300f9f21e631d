"""How fast the desk answers, in a terminal and with real writes, beside Textual's own TextArea on the same text.

    python benchmarks/desk.py [--rounds 3] [--keys 100] [--write]

The desk is `qualcode open` in a pseudo-terminal of 120 by 40 cells, on the study of desk_study.py: 100,000 words,
2,000 codings, 500 suggestions. The series of one action runs in the desk and then in the TextArea (textarea.py),
so that a busy machine slows both. Then the desk alone runs on ten times as much. Linux.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median

import desk_study
from desk_study import Made
from run import HERE, shown, write_figures
from terminal import Frame, Terminal

COLUMNS, ROWS, NARROWER = 120, 40, 112
MILLION = 10
OPENED_AGAIN = 5
GROWTH = 1.3
"""A key among ten times the words and codings may take so much of the CPU time that it takes among these."""
OPENING, START_S, MEMORY_MB = 3, 0.9, 120
BEGIN, END = "<!-- desk -->", "<!-- end of desk -->"
_Step = Callable[[Terminal, int], Frame]


@dataclass(frozen=True)
class Action:
    """A series of presses. Target of the desk in ms, or how many times faster than the TextArea it must be."""

    name: str
    desk: _Step
    beside: _Step | None = None
    p50_ms: float | None = None
    p99_ms: float | None = None
    times: float | None = None
    before: Sequence[bytes] = ()
    """Pressed in the desk before the series, not measured."""
    after: Sequence[bytes] = ()
    stores: int = 0
    """How many codings more (or less) are on disk after each press: a write that did not happen is no figure."""
    is_key: bool = True
    """A resize is none: it is done with the last frame, since the first may still be of the old width, and it wraps
    all words anew, however many they are."""


def key(*sequences: bytes) -> _Step:
    """Press these in turn."""
    return lambda terminal, number: terminal.press(sequences[number % len(sequences)])


def _coded(terminal: Terminal, _number: int) -> Frame:
    """Put the favourite on the sentence; then go to the next one, unmeasured."""
    frame = terminal.press(desk_study.FAVOURITE.encode())
    terminal.press(b")")
    return frame


def _resized(terminal: Terminal, number: int) -> Frame:
    return terminal.resize(COLUMNS if number % 2 else NARROWER, ROWS)


_DOWN, _MORE_DOWN, _PAGE, _ESCAPE, _HOME = b"\x1b[B", b"\x1b[1;2B", b"\x1b[6~", b"\x1b", b"\x1b[H"
_LETTERS = [bytes([letter]) for letter in b"pris"] + [b"\x7f"] * 4
ACTIONS = (
    Action("row down", key(_DOWN), key(_DOWN), times=4),
    Action("extend by a word", key(b"W"), key(b"\x1b[1;6C"), times=4),
    Action("extend by a row", key(_MORE_DOWN), key(_MORE_DOWN), times=4, after=[_ESCAPE]),
    Action("page down", key(_PAGE), key(_PAGE), times=3),
    Action("code put by a favourite key", _coded, p50_ms=6, p99_ms=16, before=[b")"], stores=1),
    Action("undo of that", key(b"u"), p50_ms=6, p99_ms=16, stores=-1),
    Action("letter in the picker", key(*_LETTERS), p99_ms=16, before=[b"c"], after=[_ESCAPE]),
    Action("next suggestion", key(b"n"), p50_ms=6, p99_ms=16),
    Action("resize", _resized, _resized, times=4, is_key=False),
)


@dataclass
class Series:
    """What was measured of one action in one program, all rounds together."""

    frames: list[Frame] = field(default_factory=list[Frame])
    uses_last: bool = False

    def ms(self, share: float) -> float:
        """The wall time that this share of the presses kept within."""
        walls = sorted(frame.last_s if self.uses_last else frame.first_s for frame in self.frames)
        return 1000 * walls[min(len(walls) - 1, int(len(walls) * share))]

    @property
    def cpu_ms(self) -> float:
        return 1000 * median(frame.cpu_s for frame in self.frames)


@dataclass
class Program:
    """One of the programs measured: its series by action, starts and openings in seconds, and its memory."""

    series: dict[str, Series] = field(default_factory=dict[str, Series])
    starts_s: list[float] = field(default_factory=list[float])
    openings_s: list[float] = field(default_factory=list[float])
    memory_mb: float = 0.0

    def measure(self, action: Action, step: _Step, terminal: Terminal, keys: int) -> None:
        series = self.series.setdefault(action.name, Series(uses_last=not action.is_key))
        series.frames += [step(terminal, number) for number in range(keys)]


@contextmanager
def running(command: Sequence[str], folder: Path) -> Generator[Terminal]:
    """A program in a terminal of its own, without the user's configuration."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("QUALCODE_", "TEXTUAL"))}
    nowhere = str(HERE / "no-configuration")
    settings = {"QUALCODE_CODER": "Ask", "XDG_CONFIG_HOME": nowhere, "TERM": "xterm-256color"}
    settings |= {"COLORTERM": "truecolor", "TEXTUAL_FPS": "120"}
    for name in ("LINES", "COLUMNS"):
        kept.pop(name, None)
    terminal = Terminal([sys.executable, *command], kept | settings, folder, COLUMNS, ROWS)
    try:
        yield terminal
    finally:
        terminal.close()


def one_round(made: Made, copy: Path, keys: int, desk: Program, beside: Program | None) -> None:
    """Every action in each program, in turn, on a fresh copy of the study."""
    words = first_words(made)
    shutil.copytree(made.folder, copy)
    with running(["-m", "qualcode", "open", made.document], copy) as left:
        desk.starts_s.append(left.shown(words))
        if beside is None:
            _series(left, None, copy, keys, desk, Program())
        else:
            with running([str(HERE / "textarea.py"), str(made.text)], copy) as right:
                beside.starts_s.append(right.shown(words))
                _series(left, right, copy, keys, desk, beside)
                beside.memory_mb = max(beside.memory_mb, right.memory_mb())
                beside.openings_s += [_opened(right, (b"c",), b"o", words) for _ in range(OPENED_AGAIN)]
        desk.memory_mb = max(desk.memory_mb, left.memory_mb())
    shutil.rmtree(copy)
    shutil.copytree(made.folder, copy)
    with running(["-m", "qualcode", "open"], copy) as home:
        home.shown(made.title)
        desk.openings_s.append(home.press_until(b"\r", words))
        desk.openings_s += [_opened(home, (b"g", b"h"), b"\r", words) for _ in range(OPENED_AGAIN - 1)]
    shutil.rmtree(copy)


def _series(left: Terminal, right: Terminal | None, copy: Path, keys: int, desk: Program, beside: Program) -> None:
    for action in ACTIONS:
        for press in action.before:
            left.press(press)
        stored = desk_study.stored_codings(copy)
        desk.measure(action, action.desk, left, keys)
        if desk_study.stored_codings(copy) - stored != action.stores * keys:
            sys.exit(f"{action.name}: {desk_study.stored_codings(copy) - stored} codings more on disk")
        for press in action.after:
            left.press(press)
        if right is not None and action.beside is not None:
            beside.measure(action, action.beside, right, keys)


def _opened(terminal: Terminal, leave: Sequence[bytes], enter: bytes, words: str) -> float:
    """Leave the document and open it again: seconds to the frame that shows it."""
    for press in leave:
        terminal.press(press)
    return terminal.press_until(enter, words)


def first_words(made: Made) -> str:
    """Words of the first row without the very first, which the cursor stands on and which is painted apart."""
    return " ".join(made.text.read_text(encoding="utf-8").split()[2:5])


def table(desk: Program, beside: Program, million: Program) -> str:
    """A Markdown table of the keys, one line for each action."""
    lines = [
        "| | target | p50 | p99 | CPU | TextArea p50 | its CPU | times faster | CPU at 1,000,000 words | met |",
        "|---|---|--:|--:|--:|--:|--:|--:|--:|---|",
    ]
    for action in ACTIONS:
        own, other, more = (program.series.get(action.name) for program in (desk, beside, million))
        assert own is not None and more is not None
        growth = more.cpu_ms / own.cpu_ms
        faster = other.ms(0.5) / own.ms(0.5) if other else None
        cells = [f"{own.ms(0.5):.1f} ms", f"{own.ms(0.99):.1f} ms", f"{own.cpu_ms:.1f} ms"]
        cells += [f"{other.ms(0.5):.1f} ms", f"{other.cpu_ms:.1f} ms", f"{faster:.1f}"] if other else ["", "", ""]
        cells += [f"{more.cpu_ms:.1f} ms (× {growth:.2f})", _met(*_misses(action, own, faster, growth))]
        lines.append(f"| {action.name} | {_target(action)} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _target(action: Action) -> str:
    parts = [
        f"p50 {action.p50_ms:g} ms" if action.p50_ms else "",
        f"p99 {action.p99_ms:g} ms" if action.p99_ms else "",
        f"{action.times:g} times faster" if action.times else "",
    ]
    return ", ".join(filter(None, parts))


def _misses(action: Action, own: Series, faster: float | None, growth: float) -> Iterator[str]:
    if action.p50_ms is not None and own.ms(0.5) > action.p50_ms:
        yield "p50"
    if action.p99_ms is not None and own.ms(0.99) > action.p99_ms:
        yield "p99"
    if action.times is not None and faster is not None and faster < action.times:
        yield "times"
    if action.is_key and growth > GROWTH:
        yield "growth"


def _met(*misses: str) -> str:
    return f"**no**: {', '.join(misses)}" if misses else "yes"


def around(desk: Program, beside: Program, million: Program) -> str:
    """A Markdown table of starting, opening and memory."""
    start_s, opening_s = median(desk.starts_s), median(desk.openings_s)
    faster = median(beside.openings_s) / opening_s
    rows = (
        ("start to the first frame with the text", f"{START_S} s", _seconds("starts_s"), start_s <= START_S),
        (
            "document opened in the running program",
            f"{OPENING:g} times faster",
            _seconds("openings_s"),
            faster >= OPENING,
        ),
        ("memory held at the end", f"{MEMORY_MB} MB", _memory, desk.memory_mb <= MEMORY_MB),
    )
    lines = ["| | target | desk | TextArea | desk at 1,000,000 words | met |", "|---|---|--:|--:|--:|---|"]
    for name, target, cell, met in rows:
        cells = " | ".join(cell(program) for program in (desk, beside, million))
        lines.append(f"| {name} | {target} | {cells} | {'yes' if met else '**no**'} |")
    return "\n".join(lines)


def _seconds(name: str) -> Callable[[Program], str]:
    return lambda program: shown(median(getattr(program, name)))


def _memory(program: Program) -> str:
    return f"{program.memory_mb:.0f} MB"


def machine(rounds: int, keys: int, commits_s: Sequence[float]) -> str:
    """Where the figures are from, and what its disk takes."""
    commits_ms = sorted(1000 * taken for taken in commits_s)
    disk = f"p50 {median(commits_ms):.1f} ms, p99 {commits_ms[int(len(commits_ms) * 0.99)]:.1f} ms"
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, Python {platform.python_version()}, "
        f"Textual {version('textual')}. Load at the end: {load}. {rounds} rounds of {keys} presses, pooled. "
        f"One row committed to this disk by plain SQLite: {disk}."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the desk's keys in a terminal, beside Textual's TextArea.")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--keys", type=int, default=100, help="presses of each action in a round")
    parser.add_argument("--write", action="store_true", help="put the tables into benchmarks/README.md")
    arguments = parser.parse_args()
    desk, beside, million = Program(), Program(), Program()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        made, more = (desk_study.make(folder / f"x{scale}", scale=scale) for scale in (1, MILLION))
        commits_s: list[float] = []
        for number in range(arguments.rounds):
            commits_s += desk_study.commits_s(Path(tempfile.mkdtemp(dir=folder)), arguments.keys)
            one_round(made, folder / "copy", arguments.keys, desk, beside)
            one_round(more, folder / "copy", arguments.keys, million, None)
            print(f"round {number + 1} of {arguments.rounds}", file=sys.stderr)
    tables = (
        machine(arguments.rounds, arguments.keys, commits_s),
        table(desk, beside, million),
        around(desk, beside, million),
    )
    text = "\n\n".join(tables)
    print(text)
    if arguments.write:
        write_figures(text, BEGIN, END)


if __name__ == "__main__":
    main()
