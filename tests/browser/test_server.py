"""The web server on a real port of the loopback address, asked by a real client."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar, WSMsgType, WSServerHandshakeError, web

from qualcode.browser.gate import Gate
from qualcode.browser.server import application, listen
from qualcode.errors import BadInput
from tests.tui.studies import study_in

NO_DESK = (sys.executable, "-c", "")
DEAF_DESK = (
    sys.executable,
    "-c",
    "import os, sys; print('__GANGLION__', flush=True);"
    "os.write(1, b'D\\0\\0\\0\\x08%08d' % os.getpid()); sys.stdin.buffer.read()",
)
"""Shows the number of its process, and ends with its input alone: it hears no request to quit."""
WILLING_DESK = (*DEAF_DESK[:2], DEAF_DESK[2].replace("read()", "read(5)"))
"""The same, but it ends with the first it hears."""
ROUTES = ("/", "/ws", "/textual.js", "/xterm.css", "/page.js", "/download/x", "/static/js/textual.js", "/nothing")


@dataclass(frozen=True)
class Served:
    gate: Gate
    client: ClientSession
    runner: web.AppRunner

    async def get(self, path: str, **headers: str) -> tuple[int, str]:
        async with self.client.get(self.gate.origin + path, headers=headers, allow_redirects=False) as response:
            return response.status, await response.text()

    async def enter(self) -> None:
        async with self.client.get(self.gate.address) as response:
            assert response.status == 200

    def websocket(self, origin: str | None = None, query: str = ""):
        return self.client.ws_connect(f"{self.gate.origin}/ws{query}", origin=origin)


@asynccontextmanager
async def served(desk: Sequence[str] = NO_DESK) -> AsyncGenerator[Served]:
    with closing(listen(0)) as listening:
        gate = Gate(listening.getsockname()[1])
        runner = web.AppRunner(application(gate, desk), access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.SockSite(runner, listening).start()
        # A jar leaves out addresses without a name unless it is told not to.
        async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as client:
            yield Served(gate, client, runner)
            await runner.cleanup()


async def test_the_token_is_exchanged_for_a_cookie_that_scripts_and_other_sites_do_not_get() -> None:
    async with served() as at, at.client.get(at.gate.address, allow_redirects=False) as response:
        assert (response.status, response.headers["Location"]) == (303, "/")
        cookie = response.cookies[at.gate.cookie]
        assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", "")
        assert cookie.value not in at.gate.address


async def test_the_token_opens_once_even_for_the_browser_that_used_it() -> None:
    async with served() as at:
        address = at.gate.address
        await at.enter()
        async with at.client.get(address) as again:
            assert again.status == 403
        assert (await at.get("/"))[0] == 200


@pytest.mark.parametrize("token", ["", "wrong", "%00", "a&token=b"])
async def test_a_wrong_token_is_refused_and_gives_no_cookie(token: str) -> None:
    async with served() as at, at.client.get(f"{at.gate.origin}/?token={token}") as response:
        assert (response.status, list(response.cookies)) == (403, [])
        await at.enter()


@pytest.mark.parametrize("path", ROUTES)
async def test_without_the_cookie_nothing_is_answered_not_even_what_does_not_exist(path: str) -> None:
    async with served() as at:
        status, text = await at.get(path, Origin=at.gate.origin)
        assert (status, text) == (
            403,
            "Refused. The address that `qualcode serve` printed opens once, in one browser; "
            "start it anew for another.",
        )


@pytest.mark.parametrize("path", ROUTES)
@pytest.mark.parametrize(
    "headers",
    [{"Host": "example.org"}, {"Host": "localhost:1"}, {"Origin": "https://example.org"}, {"Origin": "null"}],
    ids=str,
)
async def test_with_the_cookie_another_name_or_another_page_is_refused(path: str, headers: dict[str, str]) -> None:
    async with served() as at:
        await at.enter()
        assert (await at.get(path, **headers))[0] == 403


async def test_the_token_is_not_taken_under_another_name() -> None:
    async with served() as at:
        async with at.client.get(at.gate.address, headers={"Host": "example.org"}) as response:
            assert response.status == 403
        await at.enter()


@pytest.mark.parametrize(
    ("path", "kind", "words"),
    [
        ("/", "text/html", "The desk opens"),
        ("/page.js", "javascript", "MutationObserver"),
        ("/textual.js", "javascript", "sessionWebsocketUrl"),
        ("/xterm.css", "text/css", ".xterm"),
    ],
)
async def test_with_the_cookie_the_page_and_its_files_come(path: str, kind: str, words: str) -> None:
    async with served() as at:
        await at.enter()
        async with at.client.get(at.gate.origin + path) as response:
            assert response.status == 200
            assert kind in response.headers["Content-Type"]
            assert words in await response.text()


@pytest.mark.parametrize(("path", "entered"), [("/", True), ("/textual.js", True), ("/x", True), ("/", False)])
async def test_every_answer_is_kept_nowhere_framed_nowhere_and_loads_nothing_from_elsewhere(
    path: str, entered: bool
) -> None:
    async with served() as at:
        if entered:
            await at.enter()
        async with at.client.get(at.gate.origin + path) as response:
            policy = response.headers["Content-Security-Policy"].split("; ")
            assert {"default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"} <= set(policy)
            assert f"connect-src ws://{at.gate.origin.removeprefix('http://')}" in policy
            assert response.headers["Cache-Control"] == "no-store"
            assert response.headers["Referrer-Policy"] == "no-referrer"
            assert response.headers["X-Content-Type-Options"] == "nosniff"


async def test_only_a_page_of_this_server_gets_a_desk() -> None:
    async with served() as at:
        with pytest.raises(WSServerHandshakeError, match="403"):
            await at.websocket(at.gate.origin)
        await at.enter()
        for origin in (None, "http://127.0.0.1:9", "https://example.org"):
            with pytest.raises(WSServerHandshakeError, match="403"):
                await at.websocket(origin)
        async with at.websocket(at.gate.origin) as page:
            assert (await page.receive()).type is WSMsgType.CLOSE


async def test_a_desk_that_does_not_start_closes_its_page() -> None:
    async with served((sys.executable, "-c", "print('no desk')")) as at:
        await at.enter()
        async with at.websocket(at.gate.origin) as page:
            assert (await page.receive()).type is WSMsgType.CLOSE


async def test_a_desk_that_does_not_leave_when_asked_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qualcode.browser.process._PATIENCE_S", 0.1)
    before = asyncio.all_tasks()
    async with served(DEAF_DESK) as at:
        await at.enter()
        async with at.websocket(at.gate.origin) as page:
            number = int(await page.receive_bytes())
            os.kill(number, 0)
        await at.runner.cleanup()
    assert asyncio.all_tasks() <= before
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


async def test_the_end_of_the_server_ends_the_desks_that_are_open() -> None:
    async with served(WILLING_DESK) as at:
        await at.enter()
        async with at.websocket(at.gate.origin) as page:
            number = int(await page.receive_bytes())
            ending = asyncio.create_task(at.runner.cleanup())
            assert (await page.receive()).type is WSMsgType.CLOSE
            await ending
    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


async def test_what_a_page_says_out_of_order_stops_nothing() -> None:
    async with served(WILLING_DESK) as at:
        await at.enter()
        async with at.websocket(at.gate.origin, "?width=NaN&height=-1") as page:
            for said in ('["stdin"]', '["resize", {"width": null}]', "{}", "1", '["unknown", 2]', '["ping", "7"]'):
                await page.send_str(said)
            messages = [await page.receive(), await page.receive()]
            assert '["pong", "7"]' in [message.data for message in messages]


async def test_a_desk_is_drawn_to_the_size_of_its_page_and_leaves_with_q(tmp_path: Path) -> None:
    study_in(tmp_path).close()
    command = [sys.executable, "-m", "qualcode", "--study", str(tmp_path / "study"), "--coder", "kari", "open"]
    async with served(command) as at:
        await at.enter()
        async with at.websocket(at.gate.origin, "?width=90&height=25") as page:
            screen = b""
            while "Innkjøper" not in screen.decode("utf-8", "ignore"):
                screen += await page.receive_bytes(timeout=60)
            await page.send_json(["stdin", "Q"])
            async for message in page:
                assert message.type is WSMsgType.BINARY
            assert page.close_code == 1000


def test_a_busy_port_is_said() -> None:
    with closing(listen(0)) as listening:
        port = listening.getsockname()[1]
        assert listening.getsockname()[0] == "127.0.0.1"
        with pytest.raises(BadInput) as refused:
            listen(port)
    assert (
        str(refused.value)
        == f"Port {port} cannot be used: Address already in use. Leave out `--port` for a free one."
    )
