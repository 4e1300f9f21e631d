"""Queries on the sample study answered a second time, from its reference codings: every row with every other.

Imports only `csv` and `collections` and nothing of qualcode. Where a coding stands is told by its turn, and in a
turn by where its words stand in the transcript.
"""

import csv
from collections import Counter

Row = dict[str, str]
Key = tuple[str, str, str, str, str]
"""Coder, document, turn, words, code."""


def rows_of(folder: str) -> list[Row]:
    """The reference codings that count, with where their words begin in the transcript: they stand there once."""
    with open(f"{folder}/reference_codings.csv", encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["status"] == "accepted" and row["code_id"]]
    for row in rows:
        with open(f"{folder}/{row['document']}.md", encoding="utf-8") as file:
            row["begins"] = str(file.read().index(row["text"]))
    return rows


def key(row: Row) -> Key:
    return row["coder"], row["document"], row["turn"], row["text"], row["code_id"]


def is_of(row: Row, family: str) -> bool:
    """The code or one whose id begins so: so the sample's codebook names what is below a code."""
    return row["code_id"] == family or row["code_id"].startswith(family + "-")


def near(rows: list[Row], chosen: str, partner: str, turns: int) -> Counter[Key]:
    """The codings of `chosen` with one of `partner` at most so many turns away."""
    return Counter(key(row) for row in rows if is_of(row, chosen) and _gaps(rows, row, partner, 0, turns))


def without(rows: list[Row], chosen: str, partner: str) -> Counter[Key]:
    """The codings of `chosen` in whose turn there is none of `partner`."""
    return Counter(key(row) for row in rows if is_of(row, chosen) and not _gaps(rows, row, partner, 0, 0))


def after(rows: list[Row], chosen: str, partner: str, turns: int) -> Counter[Key]:
    """The codings of `chosen` that begin after one of `partner` has ended, at most so many turns before.

    In one turn the words tell: what stands further on in the transcript is after.
    """
    return Counter(
        key(row)
        for row in rows
        if is_of(row, chosen)
        and any(
            is_of(other, partner)
            and other["document"] == row["document"]
            and 0 <= int(row["turn"]) - int(other["turn"]) <= turns
            and int(row["begins"]) >= int(other["begins"]) + len(other["text"])
            for other in rows
        )
    )


def by_both_coders(rows: list[Row], chosen: str) -> Counter[Key]:
    """The codings of `chosen` by anna whose words, or part of them, bjorn gave a code of `chosen` too."""
    return Counter(
        key(row)
        for row in rows
        if row["coder"] == "anna"
        and is_of(row, chosen)
        and any(
            other["coder"] == "bjorn"
            and is_of(other, chosen)
            and (row["document"], row["turn"], row["text"]) == (other["document"], other["turn"], other["text"])
            for other in rows
        )
    )


def _gaps(rows: list[Row], row: Row, partner: str, least: int, most: int) -> list[int]:
    gaps = [
        abs(int(row["turn"]) - int(other["turn"]))
        for other in rows
        if other is not row and other["document"] == row["document"] and is_of(other, partner)
    ]
    return [gap for gap in gaps if least <= gap <= most]
