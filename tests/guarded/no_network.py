"""qualcode promises that nothing leaves the machine; in the test run every attempt to do so is an error.

An audit hook sees each connection and each name looked up, by whatever library; it cannot be taken off again.
"""

from __future__ import annotations

import ipaddress
import sys
from typing import Any, cast


class NetworkUsed(RuntimeError):
    """Something tried to reach another machine."""


def refuse_network() -> None:
    """From now on this process reaches nothing but loopback addresses and local sockets."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = cast(object, arguments[1])
        if isinstance(address, tuple) and not is_loopback(cast(object, address[0])):
            raise NetworkUsed(f"{event} to {address[0]}")
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"} and not is_loopback(arguments[0]):
        raise NetworkUsed(f"{event} of {arguments[0]}")


def is_loopback(host: object) -> bool:
    """Whether `host` (a name, an address, or None for "this machine") stays on this machine."""
    text = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    if text == "localhost":
        return True
    try:
        return ipaddress.ip_address(text.split("%")[0]).is_loopback
    except ValueError:
        return False
