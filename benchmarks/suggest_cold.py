"""How good the lexicon's suggestions are before anything is coded, beside an exact keyword search and the prior.

    python benchmarks/suggest_cold.py DATA.jsonl [CODEBOOK.json] [--codes FIELD]

DATA has one segment a line: `doc_id, turn_index, text, codes, lang`. CODEBOOK is `{code: {name, description,
keywords}}`; without one the codes are their own names. Printed, over the segments that have a code:

* P@1: the first suggestion is one of the segment's codes.
* R@3: codes among the first three suggestions, of all codes of the segments.
* onset R@3: the same over codes that the segment before does not have.
* silent: segments without a suggestion.

`exact` takes a code where its name or a keyword stands in the segment as it is written; `prior` the three codes
that the set has most of. All rank ties by the order of the codebook.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from time import perf_counter
from typing import Any

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.suggestion import SourceText
from qualcode.domain.transcript import Turn
from qualcode.nlp.suggesters import load

Ranking = list[str]


@dataclass(frozen=True)
class Segment:
    document: str
    text: str
    codes: frozenset[str]
    onsets: frozenset[str]


def read_segments(path: Path, field: str) -> tuple[list[Segment], str]:
    """The segments in order, and the language of the set."""
    with path.open(encoding="utf-8") as lines:
        rows: list[dict[str, Any]] = [json.loads(line) for line in lines if line.strip()]
    rows.sort(key=lambda row: (row["doc_id"], row["turn_index"]))
    segments: list[Segment] = []
    for row in rows:
        codes = frozenset[str](row[field])
        before = segments[-1] if segments and segments[-1].document == row["doc_id"] else None
        segments.append(Segment(row["doc_id"], row["text"], codes, codes - (before.codes if before else set())))
    return segments, rows[0]["lang"]


def make_codebook(path: Path | None, segments: Sequence[Segment], language: str) -> Codebook:
    entries: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path else {}
    used = sorted({code for segment in segments for code in segment.codes} | entries.keys())
    codes = tuple(_code(name, entries.get(name, {}), language) for name in used)
    return Codebook(id="benchmark", version="1", languages=(language,), codes=codes)


def _code(code: str, entry: dict[str, Any], language: str) -> Code:
    return Code(
        id=code,
        parent=None,
        names={language: entry.get("name", code)},
        definition={language: entry.get("description", "")},
        keywords={language: tuple(entry.get("keywords", ()))},
    )


def lexicon(codebook: Codebook, segments: Sequence[Segment], language: str) -> list[Ranking]:
    """The suggester's codes per segment, the best first; each segment is a turn of its document."""
    rankings: list[Ranking] = [[] for _ in segments]
    texts: list[SourceText] = []
    places: dict[tuple[str, int], int] = {}
    numbered = groupby(enumerate(segments), key=lambda pair: pair[1].document)
    for document, group in numbered:
        text, turns = "", list[Turn]()
        for number, segment in group:
            turn = Turn(len(turns) + 1, len(text), len(text), len(text) + len(segment.text), "P")
            places.update(((document, at), number) for at in range(turn.start, turn.end))
            turns.append(turn)
            text += segment.text + "\n"
        texts.append(SourceText(document, 1, text, language, turns, turns))
    proposals = load("lexicon").suggest(codebook, texts)
    for proposal in sorted(proposals, key=lambda proposal: (-proposal.score, codebook.order[proposal.code])):
        ranking = rankings[places[proposal.document, proposal.span.start]]
        if proposal.code not in ranking:
            ranking.append(proposal.code)
    return rankings


def exact(codebook: Codebook, segments: Sequence[Segment], language: str) -> list[Ranking]:
    searches: list[tuple[str, re.Pattern[str]]] = []
    for code in codebook.codes:
        wanted = [word.lower() for word in (*code.keywords[language], code.names[language]) if word]
        searches.append((code.id, re.compile("|".join(rf"\b{re.escape(word)}\b" for word in wanted))))
    return [[code for code, search in searches if search.search(one.text.lower())] for one in segments]


def prior(_codebook: Codebook, segments: Sequence[Segment], _language: str) -> list[Ranking]:
    counts = Counter(code for segment in segments for code in sorted(segment.codes))
    return [[code for code, _ in counts.most_common(3)]] * len(segments)


def figures(segments: Sequence[Segment], rankings: Sequence[Ranking]) -> dict[str, float]:
    coded = [(segment, ranking) for segment, ranking in zip(segments, rankings, strict=True) if segment.codes]
    first = sum(ranking[:1] != [] and ranking[0] in segment.codes for segment, ranking in coded)
    among = sum(len(segment.codes & set(ranking[:3])) for segment, ranking in coded)
    onsets = sum(len(segment.onsets & set(ranking[:3])) for segment, ranking in coded)
    return {
        "P@1": first / len(coded),
        "R@3": among / sum(len(segment.codes) for segment, _ in coded),
        "onset R@3": onsets / sum(len(segment.onsets) for segment, _ in coded),
        "silent": sum(not ranking for ranking in rankings) / len(rankings),
    }


METHODS: dict[str, Callable[[Codebook, Sequence[Segment], str], list[Ranking]]] = {
    "prior": prior,
    "exact": exact,
    "lexicon": lexicon,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("codebook", type=Path, nargs="?")
    parser.add_argument("--codes", default="codes", help="the field that holds the codes")
    chosen = parser.parse_args()
    segments, language = read_segments(chosen.data, chosen.codes)
    codebook = make_codebook(chosen.codebook, segments, language)
    print(f"{chosen.data.stem}: {len(segments)} segments, {len(codebook.codes)} codes, {language}")
    for name, method in METHODS.items():
        began = perf_counter()
        row = figures(segments, method(codebook, segments, language))
        shown = "  ".join(f"{title} {value:.3f}" for title, value in row.items())
        print(f"{name:8} {shown}  {perf_counter() - began:.2f} s")


if __name__ == "__main__":
    main()
