"""The frame of every HTML page: one file, no script, nothing fetched, light and dark, made for paper too.

The page forbids itself the network by its content security policy; only the style written here is let in, by its
hash. What opens quotes is `:target`: a link to a section lays it over the page, and without style it is an anchor.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from html import escape

from qualcode.domain.inert import inert, inert_block
from qualcode.i18n import language


def text(words: str) -> str:
    """One line of anybody's words, harmless in HTML and in attributes."""
    return escape(inert(words))


def block(words: str) -> str:
    """Words that keep their line breaks (under `white-space: pre-line`)."""
    return escape(inert_block(words))


def page(title: str, body: Iterable[str], style: str) -> bytes:
    """A whole page in the screen language. `title` is anybody's words; `body` is markup, `style` trusted CSS."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{language()}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="robots" content="noindex">',
        f"<title>{text(title)}</title>",
        f"<style>{style}</style>",
        "</head>",
        "<body>",
        *body,
        "</body>",
        "</html>",
    ]
    return ("\n".join(lines) + "\n").encode()
