"""The sample study's relations counted a second time, from its reference files alone.

Imports only `csv` and `collections` and nothing of qualcode, as `plain_matrices` does.
"""

import csv
from collections import defaultdict

Edge = tuple[str, str, str]
"""Source code, type, target code."""
Counted = dict[Edge, dict[str, tuple[set[str], set[str]]]]
"""Edge -> stance -> informants and cases."""


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


def edges(
    transcripts: str, codings: list[dict[str, str]], relations: list[dict[str, str]], undirected: set[str]
) -> dict[str, Counted]:
    """Case (and "" for all together) -> its edges, of relations whose ends are both accepted.

    Each of the interviews is with one informant, whose words all quotes are.
    """
    interviewed = {row["document"]: row["informant"] for row in codings if row["informant"]}
    placed: dict[tuple[str, ...], dict[str, str]] = {}
    for row in codings:
        placed[row["coder"], row["document"], row["turn"], row["text"], row["code_id"]] = row
    found: dict[str, Counted] = defaultdict(lambda: defaultdict(lambda: defaultdict(lambda: (set(), set()))))
    for row in relations:
        ends = [
            placed[
                row["coder"], row[f"{end}_document"], row[f"{end}_turn"], row[f"{end}_text"], row[f"{end}_code_id"]
            ]
            for end in ("source", "target")
        ]
        if any(end["status"] != "accepted" for end in ends):
            continue
        case = row["case"] or shared(transcripts, row["document"], ends)
        key = row["source_code_id"], row["type"], row["target_code_id"]
        other = (key[2], key[1], key[0])
        for graph in {"", case}:
            turned = row["type"] in undirected and other in found[graph]
            informants, cases = found[graph][other if turned else key][row["stance"]]
            informants.add(interviewed[row["document"]])
            cases.add(case)
    return found


def shared(transcripts: str, document: str, ends: list[dict[str, str]]) -> str:
    """The case of both ends, else the only case of the quote's document, else none."""
    of_ends = {end["case"] or only(cases_of(f"{transcripts}/{end['document']}.md")) for end in ends}
    return only(list(of_ends)) or only(cases_of(f"{transcripts}/{document}.md"))


def only(cases: list[str]) -> str:
    return cases[0] if len(cases) == 1 else ""
