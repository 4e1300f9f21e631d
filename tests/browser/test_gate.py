"""Who is let in."""

from __future__ import annotations

import pytest

from qualcode.browser.gate import Gate


def token_of(gate: Gate) -> str:
    return gate.address.partition("/?token=")[2]


def test_the_address_is_on_the_loopback_and_holds_a_token_of_256_bits_that_no_other_server_has() -> None:
    first, second = Gate(8123), Gate(8123)
    assert first.address.startswith("http://127.0.0.1:8123/?token=")
    assert len(token_of(first)) == 43
    assert token_of(first) != token_of(second)


def test_the_token_gives_the_cookie_once() -> None:
    gate = Gate(8123)
    token = token_of(gate)
    session = gate.spend(token)
    assert session is not None
    assert session != token
    assert gate.admits(session)
    assert gate.spend(token) is None


@pytest.mark.parametrize("token", ["", "x", "None", "æøå", "\ud800"])
def test_another_token_gives_nothing_and_leaves_the_right_one_good(token: str) -> None:
    gate = Gate(8123)
    assert gate.spend(token) is None
    assert gate.spend(token_of(gate)) is not None


def test_a_spent_token_is_not_found_again_by_the_word_that_stands_for_none() -> None:
    gate = Gate(8123)
    gate.spend(token_of(gate))
    assert gate.spend("None") is None


@pytest.mark.parametrize("cookie", [None, "", "x", "æ"])
def test_no_other_cookie_is_admitted(cookie: str | None) -> None:
    assert not Gate(8123).admits(cookie)


HERE = "http://127.0.0.1:8123"


@pytest.mark.parametrize(
    ("host", "origin", "page", "socket"),
    [
        ("127.0.0.1:8123", HERE, True, True),
        ("127.0.0.1:8123", None, True, False),
        ("127.0.0.1:8123", "null", False, False),
        ("127.0.0.1:8123", "http://127.0.0.1:9999", False, False),
        ("127.0.0.1:8123", "https://example.org", False, False),
        ("example.org:8123", "http://example.org:8123", False, False),
        ("example.org:8123", None, False, False),
        ("localhost:8123", None, False, False),
        ("127.0.0.1", None, False, False),
        (None, HERE, False, False),
    ],
)
def test_requests_come_to_this_address_and_from_no_other_page(
    host: str | None, origin: str | None, page: bool, socket: bool
) -> None:
    gate = Gate(8123)
    assert gate.from_here(host, origin, needs_origin=False) is page
    assert gate.from_here(host, origin, needs_origin=True) is socket
