"""The web server: what it answers, to whom, and under which headers; from the open port to the last desk ended."""

from __future__ import annotations

import asyncio
import html
import os
import signal
import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from string import Template

import textual_serve
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from qualcode import i18n
from qualcode.browser.gate import HOST, Gate
from qualcode.browser.process import run_desk
from qualcode.errors import N_, BadInput
from qualcode.i18n import _

_OWN = Path(__file__).parent
_THEIRS = Path(textual_serve.__file__).parent / "static"
_FILES = {
    "/page.js": _OWN / "page.js",
    "/textual.js": _THEIRS / "js" / "textual.js",
    "/xterm.css": _THEIRS / "css" / "xterm.css",
}
_HEARTBEAT_S = 15.0
_LARGEST_CELLS = 1000
_PATIENCE_S = 5.0


def listen(port: int) -> socket.socket:
    """A socket on `port` of the loopback address, or on a free one for 0. Raises BadInput: it is not to be had."""
    try:
        return socket.create_server((HOST, port))
    except OSError as error:
        raise BadInput(
            N_("Port {port} cannot be used: {reason}."),
            hint=N_("Leave out `--port` for a free one."),
            port=port,
            reason=os.strerror(error.errno or 0),
        ) from error


def serve(desk: Sequence[str], port: int, ready: Callable[[str], None]) -> None:
    """Serve until a signal ends it. `desk`: the command of a desk; `ready` is told the address, token and all.

    Raises BadInput: the port is not to be had.
    """
    with listen(port) as listening:
        asyncio.run(_serve(desk, listening, ready))


async def _serve(desk: Sequence[str], listening: socket.socket, ready: Callable[[str], None]) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    gate = Gate(listening.getsockname()[1])
    # No access log: the token would stand in it.
    runner = web.AppRunner(application(gate, desk), access_log=None, shutdown_timeout=_PATIENCE_S)
    await runner.setup()
    try:
        await web.SockSite(runner, listening).start()
        ready(gate.address)
        await stopped.wait()
    finally:
        await runner.cleanup()


def application(gate: Gate, desk: Sequence[str]) -> web.Application:
    """The routes behind `gate`; every page starts `desk` anew."""
    running: dict[asyncio.Task[None], web.WebSocketResponse] = {}

    async def show_desk(request: web.Request) -> web.WebSocketResponse:
        page = web.WebSocketResponse(timeout=_PATIENCE_S, heartbeat=_HEARTBEAT_S)
        await page.prepare(request)
        task = asyncio.create_task(
            run_desk(desk, page, _cells(request, "width", 80), _cells(request, "height", 24))
        )
        running[task] = page
        task.add_done_callback(running.pop)
        await task
        return page

    # Not by cancelling: a desk on its way out would be left where it is.
    async def end_desks(_app: web.Application) -> None:
        tasks, pages = list(running), list(running.values())
        await asyncio.gather(*(page.close() for page in pages), *tasks, return_exceptions=True)

    async def protect(_request: web.Request, response: web.StreamResponse) -> None:
        response.headers.update(_headers(gate))

    app = web.Application(middlewares=[_guard(gate)])
    app.on_response_prepare.append(protect)
    app.on_shutdown.append(end_desks)
    app.router.add_get("/", _page(gate), allow_head=False)
    app.router.add_get("/ws", show_desk, allow_head=False)
    for path, file in _FILES.items():
        app.router.add_get(path, _file(file), allow_head=False)
    return app


def _guard(gate: Gate) -> Middleware:
    """Nothing is answered but to the token, once, and to the cookie: what does not exist is refused too."""

    @web.middleware
    async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
        is_desk = request.path == "/ws"
        if not gate.from_here(request.headers.get("Host"), request.headers.get("Origin"), needs_origin=is_desk):
            return _refused()
        if request.method == "GET" and request.path == "/" and "token" in request.query:
            session = gate.spend(request.query["token"])
            return _refused() if session is None else _let_in(gate, session)
        return await handler(request) if gate.admits(request.cookies.get(gate.cookie)) else _refused()

    return guard


def _refused() -> web.Response:
    said = _(
        "Refused. The address that `qualcode serve` printed opens once, in one browser; start it anew for another."
    )
    return web.Response(status=403, text=said)


def _let_in(gate: Gate, session: str) -> web.Response:
    """On to an address without the token, which then stands neither in the bar nor in what is shared from it."""
    response = web.Response(status=303, headers={"Location": "/"})
    response.set_cookie(gate.cookie, session, httponly=True, samesite="Strict")
    return response


def _headers(gate: Gate) -> dict[str, str]:
    """Nothing is kept, framed or loaded from elsewhere.

    xterm.js makes style sheets of its own, hence `unsafe-inline` for those. The sandbox leaves out pop-ups: a click
    on an address in a transcript would otherwise open it, and so leave the machine.
    """
    websocket = gate.origin.replace("http", "ws", 1)
    policy = [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src data:",
        f"connect-src {websocket}",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "sandbox allow-scripts allow-same-origin",
    ]
    return {
        "Cache-Control": "no-store",
        "Content-Security-Policy": "; ".join(policy),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }


def _page(gate: Gate) -> Handler:
    async def page(_request: web.Request) -> web.Response:
        words = {
            "lang": i18n.language(),
            "opening": _("The desk opens …"),
            "closed": _("The desk is closed; everything is stored."),
            "again": _("Open it again"),
            "websocket": f"{gate.origin.replace('http', 'ws', 1)}/ws",
        }
        template = Template((_OWN / "page.html").read_text(encoding="utf-8"))
        escaped = {name: html.escape(text) for name, text in words.items()}
        return web.Response(text=template.substitute(escaped), content_type="text/html")

    return page


def _file(path: Path) -> Handler:
    async def file(_request: web.Request) -> web.FileResponse:
        return web.FileResponse(path)

    return file


def _cells(request: web.Request, name: str, default: int) -> int:
    """The width or height the page says it has; `default` where it does not know."""
    said = request.query.get(name, "")
    return min(int(said), _LARGEST_CELLS) if said.isdecimal() and int(said) else default
