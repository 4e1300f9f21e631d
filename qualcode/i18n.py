"""The language of the screen: English message ids, a bokmål catalogue, chosen once per run or at a key in the desk.

The language of the *screen* is not the language of the *study*: code names in exports follow the study.
"""

from __future__ import annotations

import gettext as _gettext
import os
from collections.abc import Iterable
from functools import cache
from pathlib import Path

LANGUAGES = ("en", "nb")
_DOMAIN = "qualcode"
_current = "en"


@cache
def _catalogue(language: str) -> _gettext.NullTranslations:
    folder = Path(__file__).parent / "locale"
    return _gettext.translation(_DOMAIN, folder, languages=[language], fallback=True)


def preferred(requested: str | None = None) -> str:
    """The screen language: `requested`, else QUALCODE_LANG, else the locale of the terminal, else English."""
    names: Iterable[str | None] = (
        requested,
        os.environ.get("QUALCODE_LANG"),
        os.environ.get("LC_ALL"),
        os.environ.get("LC_MESSAGES"),
        os.environ.get("LANG"),
    )
    for name in names:
        if name:
            start = name.lower().replace("_", "-").split("-")[0].split(".")[0]
            return "nb" if start in {"nb", "nn", "no"} else "en"
    return "en"


def set_language(language: str) -> None:
    """Show everything from now on in `language` ("en" or "nb")."""
    global _current  # one screen, one language
    _current = language if language in LANGUAGES else "en"


def language() -> str:
    """The screen language now."""
    return _current


def _(text: str) -> str:
    """`text` in the screen language."""
    return text if _current == "en" else _catalogue(_current).gettext(text)


def in_every_language(text: str) -> list[str]:
    """`text` in the screen language first, then in the others: for what is searched by its words."""
    others = [other for other in LANGUAGES if other != _current]
    return [text if name == "en" else _catalogue(name).gettext(text) for name in (_current, *others)]


def ngettext(one: str, many: str, n: int) -> str:
    """`one` or `many`, whichever `n` asks for, in the screen language."""
    if _current == "en":
        return one if n == 1 else many
    return _catalogue(_current).ngettext(one, many, n)
