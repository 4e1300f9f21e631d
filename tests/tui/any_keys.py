"""Sequences of any keys on a small study, and what must hold after each of them."""

from __future__ import annotations

import asyncio
import gc
import itertools
import shutil
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from textual import events
from textual.pilot import Pilot

from qualcode import i18n
from qualcode.domain.relation import Claimant, Stance
from qualcode.errors import NotFound
from qualcode.services import coding, doctor, history, relations
from qualcode.services.study import Study, open_study
from qualcode.store import memos
from qualcode.store.schema.coding import coding as coding_table
from qualcode.tui.app import Desk
from qualcode.tui.keys import ACTIONS, GO
from qualcode.tui.open_document import OpenDocument
from qualcode.tui.screens.coding import CodingScreen
from tests.store.samples import Everything, everything
from tests.tui.pressing import press, settle
from tests.tui.studies import (
    AVERSION,
    DOCUMENT,
    FEAR,
    PROPOSALS,
    REGULATION,
    TEMPLATE,
    TRUST,
    TRUSTED,
    add_interview,
    desk,
    offer,
    span_of,
    study_in,
    until,
)

Gesture = tuple[str, ...]
"""Keys pressed one after the other; or `size` and two numbers; or `paste` and a text."""

_QUITS = "Q"
_KEYS = ["escape", *sorted({key for action in ACTIONS for key in action.keys} - {"escape", _QUITS})]
"""What a failing sequence is made simpler with comes first."""
_LED_TO = [go.key for go in GO if go.key not in "ac"]
"""Not to files, which lie also outside the test, nor to another coder, whose undo is another one."""
_WORDS = ("redde", "ri", "tillit", "æ", "~(", "[b]x", "0", "kari", "Ny kode", "s=1", "  ")
_ENDS = ("enter", "escape", "tab", "1", "backspace")
_SIZES = ((60, 16), (80, 24), (100, 30), (120, 40), (200, 60), (40, 10))
_PASTED = ("to\nlinjer", "\x1b[31mrød", "a" * 300, "tillit")

GESTURES: st.SearchStrategy[Gesture] = st.one_of(
    st.sampled_from(_KEYS).map(lambda key: (key,)),
    st.sampled_from(_KEYS).map(lambda key: (key,)),
    st.sampled_from(_KEYS).map(lambda key: (key,)),
    st.sampled_from("123456789n.cqLlade").map(lambda key: (key,)),
    st.sampled_from(_LED_TO).map(lambda key: ("g", key)),
    st.tuples(st.sampled_from(_WORDS), st.sampled_from(_ENDS)).map(lambda typed: (*typed[0], typed[1])),
    st.sampled_from(_SIZES).map(lambda size: ("size", *map(str, size))),
    st.sampled_from(_PASTED).map(lambda text: ("paste", text)),
)
_DEEP = 6
"""Escapes that close whatever strips, lines and panes lie over each other."""
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]
_ENDLESS = 300
"""More undos than a sequence can have made operations."""
_NOT_TAKEN_BACK = ("operation", "change", "coder_preference", "suggestion", "showing")
"""The history itself, what somebody prefers or has seen, and suggestions, which are made anew at any time."""


def prepare(folder: Path) -> None:
    """The study in `folder` that each sequence begins with.

    All of it was done by somebody else or cannot be taken back, so that undoing to the end leads to it.
    """
    with study_in(folder, coder="anna", others=("kari", "ola")) as study:
        add_interview(study, folder, id="verksted", title="Leverandør", cases="bru, torg")
        study.act_as("ola")
        coding.add(study, DOCUMENT, span_of(study, FEAR), REGULATION)
        study.act_as("kari")
        _code_for_good(study)
        offer(study, (FEAR, AVERSION), ("redde", REGULATION), (PROPOSALS, TRUST), (TRUSTED, TRUST))


def _code_for_good(study: Study) -> None:
    """Two codings of the coder who acts, related, with a memo."""
    text = study.text(DOCUMENT)
    codebook = study.codebook
    with study.write("seed", "Seeded", undoable=False) as unit:
        source, target = (
            coding.add_in(unit, study, text, span_of(study, words), code, qualifiers={"valence": "-1"})[0]
            for words, code in ((FEAR, AVERSION), (TEMPLATE, REGULATION))
        )
        memos.add(unit, coding_table, source.uid, "Begge er redde.")
    ends = coding.get(study, source.uid), coding.get(study, target.uid)
    (kind, *_others) = relations.types_between(codebook, AVERSION, REGULATION)
    stated = partial(relations.relate_in, stance=Stance.STATES, claimed_by=Claimant.INFORMANT)
    with study.write("seed", "Seeded", undoable=False) as unit:
        stated(unit, study, kind, ends, text, ends[0].coding.span, case=None)


def hold(template: Path, folder: Path, *, examples: int, always_the_same: bool = False) -> None:
    """Try sequences of keys on copies, in `folder`, of the study at `template`.

    With `always_the_same` one that fails is not made simpler, which takes minutes: `make soak` does that.
    """
    number = itertools.count()
    phases = set(Phase) - {Phase.shrink} if always_the_same else set(Phase)

    @settings(max_examples=examples, derandomize=always_the_same, phases=phases, suppress_health_check=_SLOW)
    @given(st.lists(GESTURES, min_size=15, max_size=60))
    def sequence(gestures: list[Gesture]) -> None:
        at = folder / str(next(number))
        shutil.copytree(template, at)
        try:
            asyncio.run(_live_through(at, gestures))
        finally:
            shutil.rmtree(at)
            i18n.set_language("en")
            gc.unfreeze()

    sequence()


async def _live_through(folder: Path, gestures: Sequence[Gesture]) -> None:
    with open_study(folder, coder="kari") as study:
        before = _kept(study)
        async with desk(study) as (pilot, app):
            for gesture in gestures:
                await _do(pilot, app, gesture)
                assert app.fault is None
            await press(pilot, app, *["escape"] * _DEEP)
            await until(pilot, lambda: not app.job_runs)
            _check(app)
            await _undo_all(pilot, app)
            _check(app)
        with pytest.raises(NotFound):
            history.undo(study)
        assert _kept(study) == before


async def _do(pilot: Pilot[None], app: Desk, gesture: Gesture) -> None:
    kind, *rest = gesture
    if kind == "size":
        width, height = map(int, rest)
        await pilot.resize_terminal(width, height)
    elif kind == "paste":
        app.post_message(events.Paste(rest[0]))
        await settle(pilot, app)
    else:
        await press(pilot, app, *gesture)


async def _undo_all(pilot: Pilot[None], app: Desk) -> None:
    """By the desk's own key, until it does nothing any more."""
    for _ in range(_ENDLESS):
        before = history.revision(app.study)
        await press(pilot, app, "u")
        if history.revision(app.study) == before:
            return
    raise AssertionError("undo has no end")


def _check(app: Desk) -> None:
    """The study is sound, and a transcript shows what is stored."""
    study = app.study
    assert doctor.is_sound(remarks := doctor.examine(study)), remarks
    screen = app.shown
    if isinstance(screen, CodingScreen):
        opened, stored = screen.opened, OpenDocument(study, screen.opened.id)
        assert (opened.segments, opened.offered) == (stored.segments, stored.offered)
        shown = {placed.painted.id: placed.painted for placed in screen.transcript.page.lanes}
        painted = opened.painted(screen.wording)
        # One's own coding is shown when it is made, also where a filter leaves it out.
        assert shown == painted | {uid: shown[uid] for uid in shown if opened.is_narrowed and opened.is_own(uid)}


def _kept(study: Study) -> Everything:
    """What undo must bring back. That a turn was seen with what others say of it stays known."""
    kept = everything(study, leave_out=_NOT_TAKEN_BACK)
    kept["turn_mark"] = [row for row in kept["turn_mark"] if row["state"] != "unread"]
    return kept
