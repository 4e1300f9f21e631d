"""The sample study's matrices counted a second time, from its reference files alone.

Imports only `csv` and `collections` and nothing of qualcode, so that an error in the program cannot hide in its own
test. Codebook and front matter are read line by line, as far as is needed here.
"""

import csv
from collections import defaultdict

Place = tuple[str, str, str]
"""Document, turn, words."""
Counted = tuple[str, str, str, Place, str, str, str]
"""Case, informant, side, place, code, coder, valence."""
Said = dict[str, dict[Place, dict[str, list[float]]]]
"""Informant -> place -> coder -> valences."""

CELLS = ("informants", "segments", "cases", "valence")


def rows_of(path: str) -> list[dict[str, str]]:
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cases_of(transcript: str) -> list[str]:
    """The cases a transcript's front matter names."""
    with open(transcript, encoding="utf-8") as file:
        for line in file:
            if line.startswith("cases: ["):
                return line[len("cases: [") :].strip().rstrip("]").replace(" ", "").split(",")
    return []


def section(codebook: str, name: str) -> list[str]:
    """The lines of one top-level part of the codebook."""
    lines: list[str] = []
    inside = False
    with open(codebook, encoding="utf-8") as file:
        for line in file:
            if line.strip() and not line.startswith((" ", "#")):
                inside = line.startswith(name + ":")
            elif inside:
                lines.append(line.rstrip("\n"))
    return lines


def parents_of(codebook: str) -> dict[str, str | None]:
    """Code -> its parent, in the order of the codebook; families have none."""
    parents: dict[str, str | None] = {}
    code = ""
    for line in section(codebook, "codes"):
        if line.startswith("  - id: "):
            code = line[len("  - id: ") :].strip()
            parents[code] = None
        elif line.startswith("    parent: ") and "null" not in line:
            parents[code] = line[len("    parent: ") :].strip()
    return parents


def themes_of(codebook: str) -> dict[str, list[str]]:
    """Theme -> the codes it names."""
    themes: dict[str, list[str]] = {}
    theme = ""
    for line in section(codebook, "themes"):
        if line.startswith("  - id: "):
            theme = line[len("  - id: ") :].strip()
        elif line.startswith("    codes: ["):
            themes[theme] = line[len("    codes: [") :].strip().rstrip("]").replace(" ", "").split(",")
    return themes


def sides_of(codebook: str, informants: list[dict[str, str]]) -> dict[str, str]:
    """Informant -> side, through the codebook's actor map."""
    sides: dict[str, str] = {}
    for line in section(codebook, "actor_map"):
        parts = dict(part.strip().split(": ", 1) for part in line.strip("- {}").split(",") if ": " in part)
        if parts.get("side", "null") != "null":
            sides[parts["actor_type"]] = parts["side"]
    return {row["id"]: sides.get(row["actor-type"], "") for row in informants}


def above(code: str, parents: dict[str, str | None]) -> list[str]:
    """The code and everything above it."""
    found = [code]
    while (parent := parents[found[-1]]) is not None:
        found.append(parent)
    return found


def counted(transcripts: str, codebook: str, codings: list[dict[str, str]]) -> list[Counted]:
    """The accepted codings that have a code."""
    sides = sides_of(codebook, rows_of(transcripts + "/informants.csv"))
    cases: dict[str, list[str]] = {}
    found: list[Counted] = []
    for row in codings:
        if row["status"] != "accepted" or not row["code_id"]:
            continue
        document = row["document"]
        if document not in cases:
            cases[document] = cases_of(f"{transcripts}/{document}.md")
        case = row["case"] or (cases[document][0] if len(cases[document]) == 1 else "")
        place = (document, row["turn"], row["text"])
        side = sides.get(row["informant"], "")
        found.append((case, row["informant"], side, place, row["code_id"], row["coder"], row["valence"]))
    return found


def mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)


def valence(codings: list[Counted]) -> float | None:
    """Mean over the coders of a place, then the places of an informant, then the informants; None if never said."""
    said: dict[str, dict[Place, dict[str, list[float]]]] = defaultdict(
        lambda: defaultdict(lambda: defaultdict(list))
    )
    for _case, informant, _side, place, _code, coder, value in codings:
        if value and informant:
            said[informant][place][coder].append(int(value))
    if not said:
        return None
    return mean([mean([of_place(coders) for coders in places.values()]) for places in said.values()])


def of_place(coders: dict[str, list[float]]) -> float:
    """A coder who puts several codes of one column on a place still counts once there."""
    return mean([mean(values) for values in coders.values()])


def cell(codings: list[Counted], kind: str) -> str:
    if not codings:
        return ""
    if kind == "informants":
        return str(len({coding[1] for coding in codings if coding[1]}))
    if kind == "segments":
        return str(len({coding[3] for coding in codings}))
    if kind == "cases":
        return str(len({coding[0] for coding in codings if coding[0]}))
    value = valence(codings)
    return "undefined" if value is None else f"{value:.6f}"


def columns_of(name: str, codebook: str) -> dict[str, set[str]]:
    """Column -> the codes that count in it."""
    parents = parents_of(codebook)
    if name == "theme":
        members = themes_of(codebook)
        return {
            theme: {code for code in parents if set(above(code, parents)) & set(named)}
            for theme, named in members.items()
        }
    wanted = [code for code in parents if (parents[code] is None) == (name == "family")]
    return {column: {code for code in parents if column in above(code, parents)} for column in wanted}


def matrix(
    transcripts: str, codebook: str, codings: list[dict[str, str]], rows: str, columns: str, kind: str
) -> list[list[str]]:
    """Rows of text, header first: the row's id, one cell a column, the total; last the row of totals."""
    found = counted(transcripts, codebook, codings)
    order = {"case": [row["id"] for row in rows_of(transcripts + "/cases.csv")]}
    order["side"] = ["demand", "supply", "intermediary", "user"]
    index = {"case": 0, "side": 2}[rows]
    held = columns_of(columns, codebook)
    table = [[rows, *held, "total"]]
    lines = [(row, [coding for coding in found if coding[index] == row]) for row in order[rows]]
    lines.append(("total", [coding for coding in found if coding[index] in order[rows]]))
    for name, of_row in lines:
        cells = [cell([coding for coding in of_row if coding[4] in codes], kind) for codes in held.values()]
        in_any = {code for codes in held.values() for code in codes}
        table.append([name, *cells, cell([coding for coding in of_row if coding[4] in in_any], kind)])
    return table
