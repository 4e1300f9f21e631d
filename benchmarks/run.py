"""How long the commands take, and how much memory, beside what is promised.

    python benchmarks/run.py [--rounds 5] [--only WORD] [--scale 1] [--write]

Every command is a new process. `python -c "import spacy"` runs before and after each, and what counts is the ratio
to the mean of the two: a slow or busy machine slows all three. The targets hold where that import takes 0.62 s, and
are scaled to what it takes here. Linux and macOS.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median
from time import perf_counter

REFERENCE_S = 0.62
"""What importing spaCy takes on the machine that the targets are for."""
MEMORY_TARGET_MB = 150
HERE = Path(__file__).parent
QUALCODE = [sys.executable, "-m", "qualcode"]
BASELINE = [sys.executable, "-c", "import spacy"]
CODERS = ("Ask", "Embla")
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


@dataclass(frozen=True)
class Command:
    """A command line to time. `stage`: the study it runs in, "" for none; one that writes gets a copy of it."""

    name: str
    target_s: float
    stage: str
    arguments: str
    """Words in braces name files of the workload."""
    writes: bool = False


COMMANDS = (
    Command("`--help`", 0.08, "", "--help"),
    Command("import of 60 transcripts", 0.95, "empty", "import {transcripts}", writes=True),
    Command("10,000 codings by start and end", 2.0, "read", "codings import {codings-spans.csv}", writes=True),
    Command("10,000 codings by their words", 6.0, "read", "codings import {codings-quotes.csv}", writes=True),
    Command("undo of 10,000 codings", 2.0, "coded", "undo", writes=True),
    Command("segments as CSV", 0.6, "coded", "export segments -o -"),
    Command(
        "matrix of codes by documents",
        0.6,
        "coded",
        "matrix --rows document --columns code --cell segments --format csv",
    ),
    Command("co-occurrence of 60 codes", 0.6, "coded", "cooccurrence --format csv"),
    Command("search for a word", 0.5, "coded", "search anbud --format csv"),
    Command("search for an expression", 0.5, "coded", r"search kontrakt\w+|agree\w+ --regex --format csv"),
    Command("list of documents", 0.5, "coded", "documents list"),
    Command("codebook shown", 0.5, "coded", "codebook show"),
    Command("check of the shipped codebook", 0.5, "", "codebook check {ioa-svc.yaml}"),
)
INTERACTIVE = {
    "coding put on a span, with its history": 0.0015,
    "that taken back": 0.004,
    "all codings of a document read": 0.016,
    "codings counted by code": 0.016,
}
"""Call -> target in seconds; the calls are in interactive.py."""


@dataclass(frozen=True)
class Run:
    """One process: wall time, user and system time, and the most memory it held."""

    wall_s: float
    cpu_s: float
    peak_mb: float


@dataclass(frozen=True)
class Figure:
    """A line of the table. `ratio`: wall time over that of the import of spaCy, pair by pair."""

    name: str
    target_s: float
    wall_s: float
    cpu_s: float
    ratio: float
    peak_mb: float | None = None

    @property
    def met(self) -> bool:
        return self.ratio * REFERENCE_S <= self.target_s and (self.peak_mb or 0) <= MEMORY_TARGET_MB


def timed(command: Sequence[str], folder: Path) -> Run:
    """Run `command` in `folder`. Ends this program where it fails: a figure of a failure is worth nothing.

    The peak is the kernel's for the child, which begins with that of this process: it must stay small.
    """
    with (folder / "errors.txt").open("w+") as errors:
        begun = perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdout=subprocess.DEVNULL, stderr=errors, env=_environment()
        )
        _, status, used = os.wait4(process.pid, 0)
        wall_s = perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            errors.seek(0)
            sys.exit(f"{' '.join(command)}\n{errors.read()}")
    kib = used.ru_maxrss / 1024 if sys.platform == "darwin" else used.ru_maxrss
    return Run(wall_s, used.ru_utime + used.ru_stime, kib / 1024)


def _environment() -> dict[str, str]:
    """The user's own configuration must not decide what is measured; that it is looked for is measured."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QUALCODE_")}
    nowhere = str(HERE / "no-configuration")
    return {**kept, "QUALCODE_CODER": CODERS[0], "XDG_CONFIG_HOME": nowhere, "PYTHONDONTWRITEBYTECODE": ""}


def prepare(folder: Path, scale: int) -> None:
    """The workload, and the studies that commands begin from: empty, read and coded."""
    timed([sys.executable, str(HERE / "workload.py"), str(folder / "workload"), "--scale", str(scale)], folder)
    shutil.copy(HERE.parent / "codebooks" / "ioa-svc.yaml", folder / "workload")
    codebook = str(folder / "workload" / "codebook.yaml")
    timed([*QUALCODE, "init", "empty", "--codebook", codebook], folder)
    timed([*QUALCODE, "coders", "add", CODERS[1]], folder / "empty")
    shutil.copytree(folder / "empty", folder / "read")
    timed(arguments_of(COMMANDS[1], folder), folder / "read")
    shutil.copytree(folder / "read", folder / "coded")
    timed(arguments_of(COMMANDS[2], folder), folder / "coded")


def arguments_of(command: Command, folder: Path) -> list[str]:
    """The whole command line, with the workload's files in it."""
    words = command.arguments.split()
    return QUALCODE + [str(folder / "workload" / word[1:-1]) if word.startswith("{") else word for word in words]


def command_figure(command: Command, folder: Path, rounds: int) -> tuple[Figure, list[Run]]:
    """The medians over `rounds`, after one that only warms, and the runs of the baseline between."""
    runs: list[Run] = []
    baselines = [timed(BASELINE, folder)]
    for _ in range(rounds + 1):
        place = folder / (command.stage or "workload")
        if command.writes:
            place = Path(shutil.copytree(place, folder / "copy"))
        runs.append(timed(arguments_of(command, folder), place))
        baselines.append(timed(BASELINE, folder))
        if command.writes:
            shutil.rmtree(place)
    kept = runs[1:]
    beside_s = [(before.wall_s + after.wall_s) / 2 for before, after in pairwise(baselines[1:])]
    figure = Figure(
        command.name,
        command.target_s,
        wall_s=median(run.wall_s for run in kept),
        cpu_s=median(run.cpu_s for run in kept),
        ratio=median(run.wall_s / baseline_s for run, baseline_s in zip(kept, beside_s, strict=True)),
        peak_mb=max(run.peak_mb for run in kept),
    )
    return figure, baselines[1:]


def interactive_figures(folder: Path, rounds: int) -> Iterator[Figure]:
    """The medians over `rounds` processes, each with its baseline beside it."""
    found: dict[str, list[tuple[float, float, float]]] = {name: [] for name in INTERACTIVE}
    for _ in range(rounds):
        place = Path(shutil.copytree(folder / "coded", folder / "copy"))
        script = [sys.executable, str(HERE / "interactive.py"), str(place)]
        printed = subprocess.run(script, capture_output=True, text=True, check=True, env=_environment()).stdout
        baseline = timed(BASELINE, folder)
        shutil.rmtree(place)
        for name, figures in json.loads(printed).items():
            found[name].append((figures["wall_s"], figures["cpu_s"], figures["wall_s"] / baseline.wall_s))
    for name, target_s in INTERACTIVE.items():
        wall_s, cpu_s, ratio = (median(column) for column in zip(*found[name], strict=True))
        yield Figure(name, target_s, wall_s, cpu_s, ratio)


def table(figures: Sequence[Figure], baseline_s: float) -> str:
    """A Markdown table. `target here` is the target scaled to this machine."""
    lines = [
        "| | target | target here | measured | CPU | × spaCy | peak memory | met |",
        "|---|--:|--:|--:|--:|--:|--:|---|",
    ]
    for item in figures:
        here = item.target_s * baseline_s / REFERENCE_S
        peak = "" if item.peak_mb is None else f"{item.peak_mb:.0f} MB"
        times = " | ".join(map(shown, (item.target_s, here, item.wall_s, item.cpu_s)))
        met = "yes" if item.met else "**no**"
        lines.append(f"| {item.name} | {times} | {item.ratio:.3g} | {peak} | {met} |")
    return "\n".join(lines)


def shown(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms" if seconds < 0.05 else f"{seconds:.2f} s"


def machine(rounds: int, scale: int, baseline_s: float) -> str:
    """Where the figures are from."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, Python {platform.python_version()}, "
        f"SQLite {sqlite3.sqlite_version}. Importing spaCy: {shown(baseline_s)}. Load at the end: {load}. "
        f"Median of {rounds}, scale {scale}."
    )


def write_figures(text: str, begin: str = BEGIN, end: str = END) -> None:
    """Replace what stands between the markers in README.md."""
    readme = HERE / "README.md"
    before, _, rest = readme.read_text(encoding="utf-8").partition(begin)
    after = rest.partition(end)[2]
    readme.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Time the commands beside their targets.")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", metavar="WORD", help="only what has this word in its name")
    parser.add_argument("--scale", type=int, default=1, help="times as many transcripts and codings")
    parser.add_argument("--write", action="store_true", help="put the table into benchmarks/README.md")
    arguments = parser.parse_args()
    figures: list[Figure] = []
    baselines: list[Run] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        prepare(folder, arguments.scale)
        for command in COMMANDS:
            if arguments.only in command.name:
                figure, beside = command_figure(command, folder, arguments.rounds)
                figures.append(figure)
                baselines += beside
                print(f"{figure.name}: {shown(figure.wall_s)}", file=sys.stderr)
        figures += [item for item in interactive_figures(folder, arguments.rounds) if arguments.only in item.name]
        baselines = baselines or [timed(BASELINE, folder)]
    baseline_s = median(run.wall_s for run in baselines)
    text = f"{machine(arguments.rounds, arguments.scale, baseline_s)}\n\n{table(figures, baseline_s)}"
    print(text)
    if arguments.write:
        write_figures(text)


if __name__ == "__main__":
    main()
