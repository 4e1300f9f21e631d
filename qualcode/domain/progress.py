"""Progress of long work: one callback, drawn by the command line and by the desk.

Cancelling is the callback raising `qualcode.errors.Cancelled`; the transaction under way is rolled back.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import TypeVar

from qualcode.errors import Message

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step:
    """`done` of `total` steps of the work called `label`."""

    label: Message
    done: int
    total: int


Report = Callable[[Step], None]


def silent(_step: Step) -> None:
    """Report to nobody."""


def track(items: Collection[T], label: Message, report: Report) -> Iterator[T]:
    """The items one by one, reporting before the first and after each."""
    total = len(items)
    report(Step(label, 0, total))
    for done, item in enumerate(items, start=1):
        yield item
        report(Step(label, done, total))
