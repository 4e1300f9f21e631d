"""The key map as data: a module for each part of the desk, put together here."""

from __future__ import annotations

from qualcode.tui.keys import (
    book,
    codes,
    coding,
    everywhere,
    findings,
    grid,
    history,
    lists,
    matrix,
    people,
    quotes,
    relations,
    reviewing,
    setup,
    transcript,
)
from qualcode.tui.keys.action import Action, Go

ACTIONS: tuple[Action, ...] = (
    *transcript.ACTIONS,
    *coding.ACTIONS,
    *codes.ACTIONS,
    *lists.ACTIONS,
    *quotes.ACTIONS,
    *findings.ACTIONS,
    *matrix.ACTIONS,
    *grid.ACTIONS,
    *history.ACTIONS,
    *book.ACTIONS,
    *people.ACTIONS,
    *reviewing.ACTIONS,
    *relations.ACTIONS,
    *setup.ACTIONS,
    *everywhere.ACTIONS,
)
GO: tuple[Go, ...] = everywhere.GO

TOGETHER = {
    "coding": ("transcript", "coding", "app"),
    "picker": ("picker",),
    "codebook": ("codebook", "app"),
    "home": ("documents", "home", "app"),
    "listing": ("table", "listing", "app"),
    "quotes": ("table", "quotes", "listing", "app"),
    "history": ("table", "history", "listing", "app"),
    "matrix": ("grid", "matrix", "listing", "app"),
    "framework": ("grid", "framework", "listing", "app"),
    "summarising": ("table", "summarising", "listing", "app"),
    "book": ("table", "book", "listing", "app"),
    "split": ("table", "review", "listing", "app"),
    "people": ("table", "people", "listing", "app"),
    "relations": ("table", "relations", "relation", "listing", "app"),
    "drawing": ("table", "relations", "listing", "app"),
    "findings": ("table", "findings", "listing", "app"),
    "evidence": ("table", "bearing", "evidence", "listing", "app"),
    "hits": ("table", "bearing", "hits", "listing", "app"),
    "memos": ("table", "memos", "listing", "app"),
    "find": ("table", "review", "find", "listing", "app"),
    "settings": ("table", "settings", "listing", "app"),
    "files": ("marks", "files", "listing", "app"),
    "importing": ("marks", "importing", "listing", "app"),
    "coders": ("marks", "coders", "listing", "app"),
    "allkeys": ("table", "allkeys", "listing", "app"),
    "offers": ("table", "review", "offers", "listing", "app"),
}
"""Which parts listen at once, the nearest first: within one of these a key has one action."""

LEADS_TO = {
    "t": ("coding",),
    "B": ("book",),
    "p": ("people",),
    "q": ("quotes",),
    "l": ("offers",),
    "/": ("find",),
    "m": ("matrix",),
    "w": ("framework", "summarising"),
    "r": ("relations",),
    "u": ("history",),
    "f": ("findings", "evidence", "hits"),
    "k": ("memos",),
    "c": ("coders",),
    "a": ("files", "importing"),
    "o": ("settings",),
}
"""Which contexts are reached by a letter after `g`: where the help finds what this screen does not do."""
