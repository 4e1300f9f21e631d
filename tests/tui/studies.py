"""A small real study for the desk's tests, and the desk opened on it without a terminal."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

from textual.pilot import Pilot

from qualcode.domain.coding import Coding
from qualcode.domain.span import Span, occurrences
from qualcode.domain.suggestion import Proposal
from qualcode.errors import Message
from qualcode.services import codebooks, coding, importing, people
from qualcode.services.study import Study, create_study
from qualcode.store import suggestions
from qualcode.tui.app import Desk
from qualcode.tui.screens.coding import CodingScreen

DOCUMENT = "gangbrua"
BODY = """I: Kan du fortelle hvordan det begynte?

Kari: Vi var redde for å gjøre feil. Juristen ville følge malen. Leverandøren kom med tre forslag.

I: Hva skjedde så?

Kari: Etter verkstedet stolte vi på hverandre. Vi skrev kontrakten om.

Ola: Jeg husker det likedan.
"""
FRONT = """---
id: {id}
title: {title}
language: nb
cases: [{cases}]
speakers: {{I: interviewer, Kari: kari, Ola: ola}}
---
"""
AVERSION, TRUST, REGULATION = "barrier-risk-aversion", "interaction-trust", "barrier-other-regulation"
FEAR, TEMPLATE, PROPOSALS, TRUSTED = (
    "Vi var redde for å gjøre feil.",
    "Juristen ville følge malen.",
    "Leverandøren kom med tre forslag.",
    "Etter verkstedet stolte vi på hverandre.",
)
_DEADLINE_S = 20.0


def study_in(folder: Path, *, coder: str = "kari", others: Sequence[str] = ()) -> Study:
    """A study with the shipped codebook and one interview."""
    codebook, sha256 = codebooks.read_file(codebooks.find("ioa-svc"))
    study = create_study(folder / "study", coder=coder, codebook=codebook, codebook_sha256=sha256, title="Gangbrua")
    for other in others:
        people.add_coder(study, other)
    add_interview(study, folder)
    return study


def add_interview(
    study: Study,
    folder: Path,
    *,
    id: str = DOCUMENT,
    title: str = "Innkjøper",
    cases: str = "bru",
    body: str = BODY,
) -> None:
    """Import one more interview."""
    path = folder / f"{id}.md"
    path.write_text(FRONT.format(id=id, title=title, cases=cases) + body, encoding="utf-8")
    (report,) = importing.import_files(study, [path])
    assert report.document == id, report


def offer(study: Study, *places: tuple[str, str], document: str = DOCUMENT) -> None:
    """Let `code` be suggested on `words`, as a suggester would."""
    text = study.text(document)
    proposals = [
        Proposal(document, occurrences(text.text, words)[0], code, 0.9 - number / 10, Message(f"Word: {words[:6]}"))
        for number, (words, code) in enumerate(places)
    ]
    study.codebook  # noqa: B018 - the row ids of codes are those of the codebook last looked at
    with study.store.write("suggest", Message("Suggestions made"), undoable=False) as unit:
        suggestions.replace(
            unit,
            suggester="probe",
            version="1",
            version_ids={document: text.version_id},
            code_ids={item.code: study.code_id(item.code) or 0 for item in proposals},
            proposals=proposals,
        )


def span_of(study: Study, words: str, document: str = DOCUMENT) -> Span:
    """Where `words` first stand."""
    return occurrences(study.text(document).text, words)[0]


def stored(study: Study, document: str = DOCUMENT) -> list[Coding]:
    """The codings that are in the database now, in text order."""
    return [segment.coding for segment in coding.of_document(study, document)]


def placed(study: Study, document: str = DOCUMENT) -> list[tuple[str, str | None]]:
    """Words and code of each stored coding."""
    text = study.text(document).text
    return [(text[one.span.start : one.span.end], one.code) for one in stored(study, document)]


@asynccontextmanager
async def desk(
    study: Study, document: str | None = DOCUMENT, size: tuple[int, int] = (120, 40)
) -> AsyncGenerator[tuple[Pilot[None], Desk]]:
    """The desk on `study`, with what it opens on shown."""
    app = Desk(study, document)
    async with app.run_test(size=size) as pilot:
        if document is not None:
            await until(pilot, lambda: isinstance(app.screen, CodingScreen) and app.screen.transcript.has_focus)
        await pilot.pause()
        yield pilot, app


async def until(pilot: Pilot[None], condition: Callable[[], bool]) -> None:
    """Wait for what comes by itself; fails after a deadline that only a fault reaches."""
    end = time.monotonic() + _DEADLINE_S
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        await pilot.pause()
        await asyncio.sleep(0.01)


def coding_screen(app: Desk) -> CodingScreen:
    assert isinstance(app.screen, CodingScreen)
    return app.screen


async def go_to(pilot: Pilot[None], app: Desk, words: str) -> None:
    """Put the cursor on the first of `words`."""
    screen = coding_screen(app)
    screen.stand(span_of(app.study, words, screen.opened.id).start)
    await pilot.pause()


def said(app: Desk) -> str:
    """What stands in the status line as an outcome or error."""
    return app.shown.status.said


def on_screen(app: Desk) -> str:
    """All rows of the screen as text."""
    width, height = app.size
    lines = app.screen._compositor.render_strips()  # pyright: ignore[reportPrivateUsage] - what is painted
    return "\n".join("".join(segment.text for segment in line)[:width] for line in lines[:height])
