"""Who is let in: whoever has the address that was printed, once; from then on the browser that used it.

Everybody on the machine reaches a port on the loopback address, and so does every page in the researcher's browser.
Against the one stand the token and the cookie, against the other the origin and the name a request asks for.
"""

from __future__ import annotations

import secrets

HOST = "127.0.0.1"


class Gate:
    """The lock of one server, on one port."""

    def __init__(self, port: int) -> None:
        self.origin = f"http://{HOST}:{port}"
        self.cookie = f"qualcode-{port}"
        """The name of the cookie. Browsers send cookies to every port, so two servers must not share one name."""
        self._host = f"{HOST}:{port}"
        self._token: str | None = secrets.token_urlsafe(32)
        self._session = secrets.token_urlsafe(32)

    @property
    def address(self) -> str:
        """What the first visit goes to. Only until the token is spent."""
        return f"{self.origin}/?token={self._token}"

    def spend(self, token: str) -> str | None:
        """The value of the cookie in exchange for the token, once; None for any other token, and ever after."""
        if self._token is None or not _same(token, self._token):
            return None
        self._token = None
        return self._session

    def admits(self, cookie: str | None) -> bool:
        """Whether the cookie is the one that was given out."""
        return cookie is not None and _same(cookie, self._session)

    def from_here(self, host: str | None, origin: str | None, *, needs_origin: bool) -> bool:
        """Whether a request asks for this server by its address, and comes from no other page.

        A page elsewhere can have a name of its own resolve to the loopback address: then `host` is that name. And
        browsers open WebSockets for any page: those must say `origin`, which pages cannot forge.
        """
        if origin is None:
            return host == self._host and not needs_origin
        return host == self._host and origin == self.origin


def _same(given: str, right: str) -> bool:
    """Compared in a time that says nothing about how much of it was right."""
    return secrets.compare_digest(given.encode("utf-8", "replace"), right.encode())
