"""One desk in a process of its own, shown in one page and ended with it.

Textual's web driver speaks packets: a letter, four bytes of length, the payload. `D` is what a terminal would be
sent, or would send; `M` is JSON about it. The page speaks JSON in WebSocket messages, as textual-serve has it.
"""

from __future__ import annotations

import asyncio
import json
import os
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from typing import Any

from aiohttp import WSMsgType, web

_READY = b"__GANGLION__\n"
_PATIENCE_S = 5.0
"""How long a desk may take to end before it is killed. All is stored by then; it only closes its database."""


async def run_desk(command: Sequence[str], page: web.WebSocketResponse, width: int, height: int) -> None:
    """Run `command` with `page` as its terminal, of `width` by `height` cells, until either is left."""
    process = await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, env=os.environ | _terminal(width, height)
    )
    assert process.stdin is not None
    assert process.stdout is not None
    showing = asyncio.create_task(_show(process.stdout, page))
    try:
        with suppress(ConnectionError):
            await _type(page, process.stdin)
    finally:
        await _end(process, showing)


def _terminal(width: int, height: int) -> dict[str, str]:
    """What tells Textual that it has a page for a terminal. The driver is the desk's: named, not imported."""
    return {
        "TEXTUAL_DRIVER": "qualcode.tui.page_driver:PageDriver",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "COLUMNS": str(width),
        "ROWS": str(height),
    }


async def _type(page: web.WebSocketResponse, stdin: asyncio.StreamWriter) -> None:
    """Hand on what the page says, until it is closed."""
    async for message in page:
        if message.type is not WSMsgType.TEXT:
            continue
        match message.json():
            case ["stdin", str(keys)]:
                stdin.write(_packet(b"D", keys.encode("utf-8", "replace")))
            case ["resize", {"width": int(width), "height": int(height)}]:
                stdin.write(_meta(type="resize", width=width, height=height))
            case ["focus" | "blur" as what]:
                stdin.write(_meta(type=what))
            case ["ping", sent]:
                await page.send_json(["pong", sent])
            case _:
                continue
        await stdin.drain()


async def _show(stdout: asyncio.StreamReader, page: web.WebSocketResponse) -> None:
    """Send the desk's screen to the page until the desk ends, then close the page.

    What comes after the page is gone is read all the same: a desk that cannot write cannot end.
    """
    async for screen in _screens(stdout):
        with suppress(ConnectionError):
            await page.send_bytes(screen)
    await page.close()


async def _screens(stdout: asyncio.StreamReader) -> AsyncIterator[bytes]:
    """The payloads of `D` packets. The desk writes no others that matter: it ends by ending."""
    while (line := await stdout.readline()) != _READY:
        if not line:
            return
    with suppress(asyncio.IncompleteReadError):
        while True:
            kind = await stdout.readexactly(1)
            payload = await stdout.readexactly(int.from_bytes(await stdout.readexactly(4), "big"))
            if kind == b"D":
                yield payload


async def _end(process: Process, showing: asyncio.Task[None]) -> None:
    """Ask the desk to leave, and see that it does."""
    assert process.stdin is not None
    with suppress(ConnectionError):
        process.stdin.write(_meta(type="quit"))
        await process.stdin.drain()
    try:
        await asyncio.wait_for(process.wait(), _PATIENCE_S)
    except TimeoutError:
        process.kill()
        await process.wait()
    await asyncio.wait([showing], timeout=_PATIENCE_S)
    showing.cancel()


def _meta(**content: Any) -> bytes:
    return _packet(b"M", json.dumps(content).encode())


def _packet(kind: bytes, payload: bytes) -> bytes:
    return kind + len(payload).to_bytes(4, "big") + payload
