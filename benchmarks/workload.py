"""A study's worth of invented material, the same for the same seed: what the benchmarks run on.

    python benchmarks/workload.py FOLDER [--scale 10] [--seed 1]

Written into FOLDER, at scale 1:

* `transcripts/`: 60 interviews of some 8,300 words, 500,000 in all, half in Norwegian and half in English, with
  front matter and a turn of one speaker after another. Ten belong to each of six cases.
* `codebook.yaml`: 60 codes in three levels, and one qualifier.
* `codings-spans.csv`: 10,000 codings by two coders, each with its start and end.
* `codings-quotes.csv`: the same codings with the words and the number of the turn alone. Every hundredth was copied
  with a letter missing.

`--scale` multiplies the transcripts and the codings. The sentences mean nothing: words are drawn by frequency.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from random import Random

TRANSCRIPTS = 60
WORDS_EACH = 8_334
CODINGS = 10_000
CASES = 6
CODERS = ("Ask", "Embla")
SLIP_EVERY = 100
"""Of the quotes without a span, one in so many was copied with a letter missing."""
FAMILIES, PER_FAMILY, SUBCODES = 5, 3, 40

_VOCABULARY = {
    "nb": (
        "og det i vi er at som på ikke en til for med de av den så har men om et var jeg fra hadde kan seg der da "
        "blir når skulle noe mye også eller bare bli litt hvis måtte dette alle etter noen kunne før mer hele opp "
        "ut over egentlig kanskje alltid sammen tidlig sent anbud leverandør kommune sykehus møte kontrakt pris "
        "krav kvalitet innkjøp prosjekt budsjett politikk ledelse tillit risiko løsning marked dialog frist "
        "kompetanse erfaring bruker behov drift plan gevinst utvikling avtale spørsmål svar uke år dag ting måte "
        "folk arbeid mål rekke snakket ventet prøvde kjøpte lærte spurte visste trodde endret valgte stoppet "
        "hjalp viste brukte fikk laget åpent nytt vanskelig dyrt enkelt viktig stort lite tydelig trygt langsomt "
        "billig grønt felles ulikt ærlig"
    ),
    "en": (
        "the and to of we it that a in was is they for you on with but have this not had so be what there at as "
        "from when if do would about just could one some who all an very then up out our because their more which "
        "only really actually perhaps always together early late tender supplier council hospital meeting "
        "contract price requirement quality purchase project budget policy leadership trust risk solution market "
        "dialogue deadline competence experience user need running plan gain development agreement question "
        "answer week year day thing way people work aim row talked waited tried bought learnt asked knew thought "
        "changed chose stopped helped showed used got made open new difficult costly simple important large small "
        "clear safe slow cheap green common different honest"
    ),
}
_WORDS = {language: words.split() for language, words in _VOCABULARY.items()}
_FAMILY_NAMES = (
    ("Hinder", "Obstacle"),
    ("Samspill", "Interplay"),
    ("Verdi", "Value"),
    ("Arbeidsmåte", "Practice"),
    ("Læring", "Learning"),
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """`[start, end)` in code points of the text after the front matter; turns count from 1."""

    turn: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Transcript:
    id: str
    title: str
    front_matter: str
    text: str
    sentences: tuple[Sentence, ...]


def write(folder: Path, *, scale: int = 1, seed: int = 1) -> None:
    """Write the whole workload into `folder`, which is made where it is missing."""
    random = Random(seed)
    (folder / "transcripts").mkdir(parents=True, exist_ok=True)
    transcripts = [transcript(random, number) for number in range(TRANSCRIPTS * scale)]
    for item in transcripts:
        path = folder / "transcripts" / f"{item.id}.txt"
        path.write_text(item.front_matter + item.text, encoding="utf-8", newline="\n")
    (folder / "codebook.yaml").write_text(codebook(random), encoding="utf-8", newline="\n")
    _write_codings(folder, list(codings(random, transcripts, CODINGS * scale)))


def transcript(random: Random, number: int, words: int = WORDS_EACH) -> Transcript:
    """Interview `number`, counted from 0, of just so many words; every second one is Norwegian."""
    is_norwegian = number % 2 == 0
    language = "nb" if is_norwegian else "en"
    interviewer, label = ("Intervjuer", f"P{number + 1}") if is_norwegian else ("Interviewer", f"R{number + 1}")
    name, title = f"interview-{number + 1:03}", f"Interview {number + 1}"
    front_matter = (
        f"---\nid: {name}\ntitle: {title}\nlanguage: {language}\n"
        f"cases: [case-{number % CASES + 1}]\n"
        f"speakers: {{{interviewer}: interviewer, {label}: informant-{number + 1:03}}}\n---\n"
    )
    text, sentences = _conversation(random, _WORDS[language], (interviewer, label), words)
    return Transcript(name, title, front_matter, text, sentences)


def _conversation(
    random: Random, words: list[str], speakers: tuple[str, str], length: int
) -> tuple[str, tuple[Sentence, ...]]:
    """Turn by turn: one or two sentences of the interviewer's, then four to sixteen of the informant's."""
    weights = list(accumulate(1 / (rank + 3) for rank in range(len(words))))
    parts: list[str] = []
    sentences: list[Sentence] = []
    offset = spoken = turn = 0
    while spoken < length:
        head = f"{speakers[turn % 2]}: "
        turn += 1
        parts.append(head)
        offset += len(head)
        for _ in range(random.randint(*((4, 16) if turn % 2 == 0 else (1, 2)))):
            drawn = random.choices(words, cum_weights=weights, k=min(random.randint(6, 18), length - spoken))
            sentence = " ".join(drawn).capitalize() + "."
            sentences.append(Sentence(turn, offset, offset + len(sentence)))
            parts += [sentence, " "]
            offset += len(sentence) + 1
            spoken += len(drawn)
            if spoken == length:
                break
        parts[-1] = "\n\n"
        offset += 1
    return "".join(parts), tuple(sentences)


def code_ids() -> list[str]:
    """The codes that can be put on a span: those of the second and third level."""
    middle = [f"code-{family}-{code}" for family in range(1, FAMILIES + 1) for code in range(1, PER_FAMILY + 1)]
    return middle + [f"{middle[number % len(middle)]}-{number // len(middle) + 1}" for number in range(SUBCODES)]


def codebook(random: Random) -> str:
    """Five families, fifteen codes below them, forty below those; texts in two languages as in a real one."""
    lines = ["codebook:", "  id: benchmark", "  version: '1'", "  languages: [nb, en]", "qualifiers:"]
    lines += ["  - id: valence", "    label: {nb: Valens, en: Valence}", "    type: enum", "    values:"]
    for key, value in (("h", "hinders"), ("m", "mixed"), ("f", "furthers")):
        lines.append(f"      - {{id: {value}, key: {key}, label: {{en: {value}}}}}")
    families = [f"family-{number}" for number in range(1, FAMILIES + 1)]
    lines += [f"    applies_to: [{', '.join(families)}]", "codes:"]
    for family, (nb, en) in zip(families, _FAMILY_NAMES, strict=True):
        lines += [f"  - id: {family}", f"    name: {{nb: {nb}, en: {en}}}"]
    for number, code in enumerate(code_ids(), start=1):
        lines += _code(random, code, number)
    return "\n".join(lines) + "\n"


def _code(random: Random, code: str, number: int) -> list[str]:
    _, family, *below = code.split("-")
    parent = f"code-{family}-{below[0]}" if len(below) == 2 else f"family-{family}"
    nb, en = (" ".join(random.choices(_WORDS[language], k=2)) for language in ("nb", "en"))
    lines = [f"  - id: {code}", f"    parent: {parent}", f"    name: {{nb: {nb} {number}, en: {en} {number}}}"]
    for part in ("definition", "include", "exclude"):
        nb, en = (" ".join(random.choices(_WORDS[language], k=14)) for language in ("nb", "en"))
        lines.append(f"    {part}: {{nb: {nb}., en: {en}.}}")
    nb, en = (", ".join(random.sample(_WORDS[language][60:], 4)) for language in ("nb", "en"))
    return [*lines, f"    keywords: {{nb: [{nb}], en: [{en}]}}"]


def codings(random: Random, transcripts: list[Transcript], count: int) -> Iterator[dict[str, str]]:
    """One to three neighbouring sentences of a turn each, the coders by turns; the same coding never twice."""
    codes = code_ids()
    known: set[tuple[str, int, int, str, str]] = set()
    while len(known) < count:
        transcript = random.choice(transcripts)
        first = random.randrange(len(transcript.sentences))
        begun = transcript.sentences[first]
        inside = [
            item for item in transcript.sentences[first : first + random.randint(1, 3)] if item.turn == begun.turn
        ]
        end = inside[-1].end
        code, coder = random.choice(codes), CODERS[len(known) % len(CODERS)]
        identity = (transcript.id, begun.start, end, code, coder)
        if identity in known:
            continue
        known.add(identity)
        yield {
            "document": transcript.id,
            "turn": str(begun.turn),
            "start": str(begun.start),
            "end": str(end),
            "text": transcript.text[begun.start : end],
            "code_id": code,
            "valence": random.choice(("hinders", "mixed", "furthers", "")),
            "coder": coder,
        }


def _write_codings(folder: Path, rows: list[dict[str, str]]) -> None:
    write_csv(folder / "codings-spans.csv", rows)
    quoted = [{key: value for key, value in row.items() if key not in ("start", "end")} for row in rows]
    for row in quoted[::SLIP_EVERY]:
        middle = len(row["text"]) // 2
        row["text"] = row["text"][:middle] + row["text"][middle + 1 :]
    write_csv(folder / "codings-quotes.csv", quoted)


def write_csv(path: Path, rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description="Write invented transcripts, a codebook and codings into a folder."
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scale", type=int, default=1, help="times as many transcripts and codings")
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    write(arguments.folder, scale=arguments.scale, seed=arguments.seed)


if __name__ == "__main__":
    main()
