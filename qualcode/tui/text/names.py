"""Names cut to a width so that they can still be told apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rich.cells import cell_len, set_cell_size

from qualcode.domain.inert import inert


def short_names(names: Iterable[str], width: int) -> Mapping[str, str]:
    """Each name in at most `width` cells. "Informant 1" and "Informant 2" in three are "IN1" and "IN2".

    A name that fits stays as it is; a cut one is in capitals, so that nobody takes it for a whole name.
    """
    short: dict[str, str] = {}
    taken: set[str] = set()
    for name in dict.fromkeys(names):
        shown = inert(name)
        if cell_len(shown) <= width:
            short[name] = shown
        else:
            short[name] = next(one for one in _candidates(shown, width, len(taken)) if one not in taken)
        taken.add(short[name])
    return short


def fitted(text: str, width: int) -> str:
    """`text` in exactly `width` cells: cut with an ellipsis or filled with blanks."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)


def ending(text: str, width: int) -> str:
    """The end of `text` in exactly `width` cells, after an ellipsis where it is cut."""
    if cell_len(text) <= width:
        return " " * (width - cell_len(text)) + text
    cut = text[max(0, len(text) - width + 1) :].lstrip()
    while cell_len(cut) > width - 1:
        cut = cut[1:]
    return " " * (width - 1 - cell_len(cut)) + "…" + cut


def _candidates(name: str, width: int, number: int) -> Iterable[str]:
    capitals = name.upper()
    yield set_cell_size(capitals, width)
    for tail in (capitals[-1], str(number + 1)):
        yield set_cell_size(capitals, max(0, width - len(tail))) + tail
    yield name
