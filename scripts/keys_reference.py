"""Write docs/reference/keys.md from the desk's key map: `make docs`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qualcode.i18n import _, set_language
from qualcode.tui.keymap import help_sections
from qualcode.tui.keys import GO

TARGET = Path(__file__).parent.parent / "docs" / "reference" / "keys.md"
HEAD = """\
# Keys of the desk

Made from the program by `make docs`; `?` in the desk says the same. A letter does everything, and a capital is its
Shift key. The codebook's qualifiers add one key for each value behind `q`: the strip at the bottom shows them.
"""
PLACES = {
    "home": "On the list of documents",
    "coding": "In a transcript",
    "picker": "In the list of codes (after `c` or `e`)",
    "codebook": "In the codebook (after `g` `b`)",
    "find": "On the list of hits in the study (after `g` `/`)",
    "offers": "On the list of suggestions (after `g` `l`)",
    "relations": "On the screen of relations (after `g` `r`)",
    "findings": "On the findings (after `g` `f`)",
    "evidence": "On the evidence of a finding (Enter on the findings)",
    "hits": "On possible negative cases of a finding (`c` on the findings)",
    "memos": "On the list of all memos (after `g` `k`)",
    "files": "Choosing files to import (after `g` `a`)",
    "importing": "On files that are to be imported",
    "coders": "On the list of coders (after `g` `c`)",
    "settings": "On the screen of settings (after `g` `o`)",
    "allkeys": "On the list of all actions (`K` on the screen of settings)",
    "listing": "On a screen that is a list",
    "quotes": "On a list of quotes (`g` `q`, or from a number)",
    "history": "On the history (after `g` `u`)",
    "matrix": "On the matrix (after `g` `m`)",
    "framework": "On the framework grid (after `g` `w`)",
    "summarising": "On the quotes beside a summary (after `e` on the framework grid)",
    "book": "On the codebook screen (after `g` `B`)",
    "split": "On the codings of a code that is split (after `S` on the codebook screen)",
    "people": "On the list of cases and informants (after `g` `p`)",
}
AFTER_G = "After `g`"
_TABLE = "| key | does |\n|---|---|\n"


def reference() -> str:
    """The whole page in English."""
    set_language("en")
    return HEAD + "".join(_sections())


def _sections() -> Iterator[str]:
    for context, heading in PLACES.items():
        yield f"\n## {heading}\n"
        for group, lines in help_sections(context):
            yield f"\n**{group}**\n\n{_TABLE}" + "".join(_row(keys, words) for keys, words in lines)
    yield f"\n## {AFTER_G}\n\n{_TABLE}"
    for go in GO:
        yield _row(go.key, _(go.label))


def _row(keys: str, words: str) -> str:
    written = " ".join(f"`{key}`" for key in keys.split(" "))
    return f"| {written} | {words} |\n"


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(reference(), encoding="utf-8")
