"""A headless Chromium, driven over its own debugging protocol: what it draws, and every address it asks for."""

from __future__ import annotations

import asyncio
import base64
import itertools
import json
import os
import re
import shutil
import subprocess
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse

from tests.conftest import PROGRAMS

_DEADLINE_S = 60.0
_STYLES = re.compile(r"\x1b\[[0-9;]*m")
_ENTER = "Enter"
_SHOWN = """new Promise((done) => {
  const look = () => {
    const found = document.querySelector("%s");
    if (found?.checkVisibility()) done(found.innerText);
    else requestAnimationFrame(look);
  };
  look();
})"""
_COLOURS = """(async () => {
  const image = new Image();
  image.src = "data:image/png;base64,%s";
  await image.decode();
  const drawing = new OffscreenCanvas(image.width, image.height).getContext("2d");
  drawing.drawImage(image, 0, 0);
  return new Set(new Uint32Array(drawing.getImageData(0, 0, image.width, image.height).data.buffer)).size;
})()"""


class Chromium:
    """One page of it."""

    def __init__(self, socket: ClientWebSocketResponse) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self._answers: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._heard = asyncio.Condition()
        self.asked: list[str] = []
        """Every address the page asked for, WebSockets too, in order; what it holds in itself (`data:`) is none."""
        self.complaints: list[str] = []
        """What the browser logged as an error: faults of scripts, and what the page's policy kept from it."""
        self.received = ""
        """What the desk sent to be drawn since `until_received`, without colours."""

    async def listen(self) -> None:
        async for message in self._socket:
            said = json.loads(message.data)
            if "id" in said:
                self._answers.pop(said["id"]).set_result(said)
                continue
            async with self._heard:
                self._hear(said["method"], said["params"])
                self._heard.notify_all()

    def _hear(self, method: str, params: dict[str, Any]) -> None:
        if method == "Network.requestWillBeSent" and not params["request"]["url"].startswith("data:"):
            self.asked.append(params["request"]["url"])
        elif method == "Network.webSocketCreated":
            self.asked.append(params["url"])
        elif method == "Network.webSocketFrameReceived" and params["response"]["opcode"] == 2:
            drawn = base64.b64decode(params["response"]["payloadData"]).decode("utf-8", "replace")
            self.received += _STYLES.sub("", drawn)
        elif method == "Log.entryAdded" and params["entry"]["level"] == "error":
            self.complaints.append(params["entry"]["text"])
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(str(params["exceptionDetails"]))

    async def tell(self, method: str, **params: Any) -> dict[str, Any]:
        """One command of the protocol, and what it gave."""
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "method": method, "params": params})
        said = await asyncio.wait_for(answer, _DEADLINE_S)
        assert "error" not in said, said
        return said["result"]

    async def evaluate(self, expression: str) -> Any:
        found = await self.tell("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    async def until_received(self, *words: str) -> None:
        """Wait until the desk has sent all `words`, and start anew from there."""
        await self.until(lambda: all(each in self.received for each in words))
        self.received = ""

    async def until(self, seen: Callable[[], bool]) -> None:
        async with self._heard:
            try:
                await asyncio.wait_for(self._heard.wait_for(seen), _DEADLINE_S)
            except TimeoutError:
                raise AssertionError(f"not seen in {self.received!r}; {self.complaints}") from None

    async def until_shown(self, selector: str) -> str:
        """Wait until an element is shown, and give its words."""
        return await self.evaluate(_SHOWN % selector)

    async def press(self, *keys: str) -> None:
        """`Enter`, or words that are typed letter by letter."""
        for key in itertools.chain.from_iterable([name] if name == _ENTER else name for name in keys):
            text = "\r" if key == _ENTER else key
            pressed: dict[str, Any] = {"key": key, "windowsVirtualKeyCode": ord(text.upper())}
            await self.tell("Input.dispatchKeyEvent", type="keyDown", text=text, **pressed)
            await self.tell("Input.dispatchKeyEvent", type="keyUp", **pressed)

    async def picture(self) -> bytes:
        """What is drawn, as PNG."""
        return base64.b64decode((await self.tell("Page.captureScreenshot"))["data"])

    async def colours(self) -> int:
        """How many different colours are drawn: 1 is a blank page."""
        return await self.evaluate(_COLOURS % base64.b64encode(await self.picture()).decode())


@asynccontextmanager
async def chromium(home: Path) -> AsyncGenerator[Chromium]:
    """A page of a fresh Chromium with its files in `home`. No name resolves for it but the loopback address."""
    process = subprocess.Popen(
        [
            next(filter(None, map(shutil.which, PROGRAMS["requires_chromium"]))),
            "--headless=new",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-dev-shm-usage",
            "--enable-unsafe-swiftshader",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--remote-debugging-port=0",
            f"--user-data-dir={home}",
            "--window-size=1000,700",
            *(["--no-sandbox"] if os.geteuid() == 0 else []),
            "about:blank",
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    try:
        said = await asyncio.to_thread(_first_with, "DevTools listening on ws://127.0.0.1:", process.stderr)
        port = int(said.rpartition(":")[2].partition("/")[0])
        async with ClientSession() as client:
            async with client.get(f"http://127.0.0.1:{port}/json/list") as response:
                (page,) = [each for each in await response.json() if each["type"] == "page"]
            async with client.ws_connect(page["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                browser = Chromium(socket)
                listening = asyncio.create_task(browser.listen())
                for domain in ("Network", "Page", "Runtime", "Log"):
                    await browser.tell(f"{domain}.enable")
                yield browser
                listening.cancel()
    finally:
        process.terminate()
        process.communicate()


def _first_with(words: str, lines: Any) -> str:
    return next(line for line in lines if words in line)
