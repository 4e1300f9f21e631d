"""What the desk does at a key press, in process: the median of many calls, printed as JSON for run.py.

    python benchmarks/interactive.py STUDY

STUDY is a study with the codings of the workload; the calls write to it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from itertools import count
from statistics import median
from time import perf_counter, process_time

from workload import CODERS, code_ids

import qualcode
from qualcode import Span, Study
from qualcode.services import coding, history

CALLS = 300
WARMING = 20


def calls(study: Study) -> Iterator[tuple[str, Callable[[], object]]]:
    """Name and call; each writes or reads through the study's database as the desk does."""
    document = "interview-001"
    starts, codes = count(), code_ids()

    def add() -> object:
        start = next(starts)
        return coding.add(study, document, Span(start, start + 60), codes[start % len(codes)])

    yield "coding put on a span, with its history", add
    yield "that taken back", lambda: history.undo(study)
    yield "all codings of a document read", lambda: coding.of_document(study, document)
    yield "codings counted by code", lambda: coding.counts_by_code(study)


def measured(call: Callable[[], object]) -> dict[str, float]:
    """Median wall and mean CPU time of a call, in seconds."""
    for _ in range(WARMING):
        call()
    walls: list[float] = []
    cpu = process_time()
    for _ in range(CALLS):
        begun = perf_counter()
        call()
        walls.append(perf_counter() - begun)
    return {"wall_s": median(walls), "cpu_s": (process_time() - cpu) / CALLS}


def main() -> None:
    with qualcode.open_study(sys.argv[1], coder=CODERS[0]) as study:
        print(json.dumps({name: measured(call) for name, call in calls(study)}))


if __name__ == "__main__":
    main()
