"""What the desk keeps out of the garbage collector's sight is let go with the document it belonged to."""

from __future__ import annotations

import gc
import time
import weakref
from collections.abc import Generator

import pytest
from textual.app import App

from qualcode.tui.calm import Calm


class Ring:
    """Held by nothing but itself, as a page and its kept words are."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def collector() -> Generator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


async def test_what_was_frozen_with_one_document_goes_when_the_next_is_opened() -> None:
    app: App[None] = App()
    async with app.run_test():
        calm = Calm(app)
        ring = Ring()
        left = weakref.ref(ring)
        calm.settle()
        del ring
        gc.collect()
        assert left() is not None
        calm.settle()
        assert left() is None


async def test_what_was_loaded_is_frozen_once_no_key_comes_any_more() -> None:
    app: App[None] = App()
    async with app.run_test():
        calm = Calm(app)
        gc.unfreeze()
        calm.loaded()
        calm.collect(time.monotonic())
        assert gc.get_freeze_count() == 0
        calm.collect(time.monotonic() + 10)
        assert gc.get_freeze_count() > 0


async def test_documents_leafed_through_without_a_pause_do_not_pile_up() -> None:
    app: App[None] = App()
    async with app.run_test():
        calm = Calm(app)
        ring = Ring()
        left = weakref.ref(ring)
        del ring
        for _ in range(5):
            calm.loaded()
        assert left() is None
