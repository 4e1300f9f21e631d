"""A whole piece of work by its keys: an interview is coded, decided on and related, and the keys are counted.

What decides something (a code, letters in the picker, a qualifier, a relation, a decision) is counted apart from
moving and marking, which depend on how one reads.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from qualcode import i18n
from qualcode.domain.codebook import Entity
from qualcode.domain.coding import CodedSegment
from qualcode.domain.span import occurrences
from qualcode.domain.suggestion import Verdict
from qualcode.domain.transcript import turn_at
from qualcode.services import codebooks, coding, importing, people, relations, suggesting
from qualcode.services.study import Study, create_study
from qualcode.tui.app import Desk
from qualcode.tui.screens.coding import CodingScreen
from tests.tui.pressing import press
from tests.tui.studies import coding_screen, desk, until

TRANSCRIPTS = Path(__file__).parents[2] / "transcripts"
INTERVIEW = "oppdiktet-c2-leverandor"
MOST = 2.4
"""Deciding key presses for each coding or relation."""
WORK = {
    "favourite": 20, "picker": 15, "suggestion": 10, "rejected": 5, "valence": 10, "qualifier": 5, "relation": 5,
}  # fmt: skip
VERDICTS = {Verdict.ACCEPTED: 9, Verdict.CORRECTED: 1, Verdict.REJECTED: 5}

FAVOURITES = {
    "1": "barrier-risk-allocation",
    "2": "barrier-risk-supplier",
    "3": "interaction-dialogue",
    "4": "svc-tradeoff",
    "5": "value-supplier",
}

SUGGESTED = (
    # Words the suggestion begins with, what is decided on it, what is said of the coding.
    ("Ordføreren sto på et folkemøte", "a"),
    ("For egen regning", "r"),
    ("Men hun hadde jo aldri gjort det før", "a"),
    ("Jeg stoler på Berit", "a", "+", "q B"),
    ("Ja, la oss snakke om risiko", "r"),
    ("Ja, la oss snakke om risiko", "r"),
    ("Men den koster mer", "a", "-"),
    ("Alle snakker om felles verdi", "r"),
    ("Alle snakker om felles verdi", "a", "-"),
    ("Og de får et kretsløp", "e p 2"),
    ("Det kan spare dem", "a"),
    ("Det var på grunn av det U-greiene", "a"),
    ("Og så må det være flere enn én", "a"),
    ("Ordføreren er grei", "a"),
    ("Jeg har ikke hjerte til det", "r"),
)
READ = (
    # Words the passage begins with, its sentences, what is put on it and said of it.
    ("Jeg fant ut at det kastes", 1, "c n 2"),
    ("For egen regning", 3, "1", "q 1"),
    ("Kommunen har ikke risikert", 1, "1"),
    ("Så da ble hun redd", 3, "c r 3", "q y", "L 1"),
    ("Ja, det var jo en fantastisk", 1, "3", "-"),
    ("Etter kontrakten går jeg", 1, "3", "+"),
    ("Hvis døra ikke blir solgt", 2, "1"),
    ("Hvis døra blir skadet", 2, "1"),
    ("Hvis kommunen ombestemmer", 3, "1"),
    ("Og hvis det blir suksess", 2, "1"),
    ("Halve leia i ett år", 1, "c r i 3"),
    ("Jeg var akkurat like forsiktig", 1, "2"),
    ("Det er hele problemet", 1, "1"),
    ("Og da er det klart", 2, "2", "L 1"),
    ("Jeg vet om to", 2, "c s 3", "L 1"),
    ("Så det grønne i den skolen", 2, "4", "-"),
    ("Det er jo ikke det at", 1, "c g 3"),
    ("Vi har gått i minus", 1, "5", "-", "q x"),
    ("Og jeg har ikke fått", 1, "5", "-"),
    ("Men jeg tror jo at", 1, "5"),
    ("Det kan spare dem", 1, "L 1"),
    ("Men vi skulle hatt", 2, "c l 5"),
    ("Det er veid", 1, "c m 3", "q r", "L 1"),
    ("Vi monterte seks dører", 1, "c p 2"),
    ("Han og jeg satt på golvet", 1, "c i 3", "+"),
    ("Nitti kroner ganger", 1, "5"),
    ("Det er en snekker", 1, "c l o 1"),
    ("Men på ordentlig", 1, "c m a 2"),
    ("Jeg har tre som kom", 2, "c h 1"),
    ("Legg tapet i midten", 1, "c r 1"),
    ("Og så må noen sitte", 1, "c f e 2"),
    ("Han har stått i det", 1, "c l e d 2", "+"),
    ("Men han har ingen peiling", 1, "1"),
    ("Jeg har ikke hjerte til det", 1, "1"),
    ("Banken ville ha", 1, "1"),
    ("For det er jo ingen garanti", 1, "1"),
)

CODED = """
710-829 svc-products-markets valence=1 manual
944-1023 actor-leadership valence=0 suggestion
1127-1245 barrier-risk-allocation phase=idea valence=-1 manual
1279-1348 barrier-risk-allocation phase=idea valence=-1 manual
1450-1553 barrier-competence-procurement valence=-1 suggestion
1554-1663 barrier-risk-aversion quotable=yes valence=-1 manual
1797-1885 interaction-dialogue valence=-1 manual
1964-2063 interaction-dialogue about_pair=actor-supplier+actor-buyer valence=1 manual
2064-2127 interaction-trust about_pair=actor-supplier+actor-buyer valence=1 suggestion
2518-2564 barrier-risk-allocation valence=-1 manual
2565-2617 barrier-risk-allocation valence=-1 manual
2618-2704 barrier-risk-allocation valence=-1 manual
2705-2757 barrier-risk-allocation valence=-1 manual
2961-3029 method-risk-sharing valence=0 manual
3030-3129 barrier-risk-supplier about_actor=actor-supplier valence=-1 manual
3231-3317 barrier-risk-allocation valence=-1 manual
3318-3402 barrier-risk-supplier about_actor=actor-supplier valence=-1 manual
3403-3505 dampening-participation valence=-1 manual
3776-3850 svc-tradeoff valence=-1 suggestion
3851-3935 svc-tradeoff valence=-1 manual
3936-4008 svc-tradeoff valence=-1 suggestion
4057-4167 svc-mutual-dependence valence=1 manual
4322-4377 value-supplier about_actor=actor-supplier realisation=not-realised valence=-1 manual
4378-4449 value-supplier about_actor=actor-supplier valence=-1 manual
4450-4554 value-supplier about_actor=actor-supplier valence=1 manual
4613-4761 svc-value-chain valence=1 suggestion
4762-4863 value-buyer about_actor=actor-buyer valence=1 suggestion
5072-5125 value-environment realisation=realised valence=1 manual
5126-5224 dampening-ambition valence=-1 manual
5225-5327 barrier-other-regulation valence=-1 suggestion
5388-5497 method-pilot valence=0 manual
5498-5586 interaction-cocreation valence=1 manual
5684-5720 value-supplier about_actor=actor-supplier valence=1 manual
5824-5942 svc-cluster valence=1 manual
6134-6225 barrier-interorg-demand valence=-1 manual
6271-6360 value-health-equality valence=1 manual
6723-6805 method-risk-sharing valence=0 manual
6806-6919 model-value-mapping valence=0 manual
6920-6962 method-joint valence=0 suggestion
7001-7020 actor-leadership valence=0 suggestion
7021-7089 barrier-anchoring-management valence=1 manual
7117-7218 barrier-risk-allocation valence=-1 manual
7251-7354 barrier-risk-allocation valence=-1 manual
7414-7494 barrier-risk-allocation valence=-1 manual
7587-7675 barrier-risk-allocation valence=-1 manual
"""
"""Where, code, qualifiers, and whether it was a suggestion: of all codings in text order."""
RELATED = """
barrier-competence-procurement@1450 causes barrier-risk-aversion@1554 states informant 1450-1663
barrier-risk-allocation@3231 causes barrier-risk-supplier@3318 states informant 3231-3402
barrier-risk-supplier@3318 causes dampening-participation@3403 states informant 3318-3505
dampening-ambition@5126 dampens value-environment@5072 states informant 5072-5224
svc-value-chain@4613 creates value-buyer@4762 states informant 4613-4863
"""
"""Source, type, target, what is claimed by whom, and the quote."""

_KINDS = {"c": "picker", "e": "suggestion", "a": "suggestion", "r": "rejected", "L": "relation", "q": "qualifier"}


@pytest.fixture(autouse=True)
def english_again() -> Generator[None]:
    """F2 changes the language of the process."""
    yield
    i18n.set_language("en")


def study_of_the_interview(folder: Path) -> Study:
    codebook, sha256 = codebooks.read_file(codebooks.find("ioa-svc"))
    study = create_study(folder / "study", coder="anna", codebook=codebook, codebook_sha256=sha256)
    for entity, name in (
        (Entity.CASE, "cases"),
        (Entity.ORGANISATION, "organisations"),
        (Entity.INFORMANT, "informants"),
    ):
        people.import_table(study, entity, TRANSCRIPTS / f"{name}.csv")
    importing.import_files(study, [TRANSCRIPTS / f"{INTERVIEW}.md"])
    return study


class Coder:
    """Presses keys, counts what they are for, and reads the screen to know when a move is over."""

    def __init__(self, pilot: Pilot[None], app: Desk) -> None:
        self.pilot = pilot
        self.app = app
        self.presses: Counter[str] = Counter()
        self.done: Counter[str] = Counter()

    @property
    def screen(self) -> CodingScreen:
        return coding_screen(self.app)

    async def press(self, purpose: str, *keys: str) -> None:
        self.presses[purpose] += len(keys)
        await press(self.pilot, self.app, *keys)

    async def press_while(self, key: str, wanted: Callable[[int], bool]) -> None:
        """A moving key, as long as it is `wanted` from where the cursor stands."""
        while wanted(at := self.screen.place.offset):
            await self.press("move", key)
            assert self.screen.place.offset != at, f"{key} leads nowhere from {at}"

    async def go_to(self, words: str) -> None:
        """Turn by turn, then sentence by sentence."""
        text = self.screen.opened.text
        wanted = occurrences(text.text, words)[0].start
        turn = turn_at(text.turns, wanted)
        assert turn is not None
        await self.press_while("t", lambda at: at < turn.start)
        await self.press_while("T", lambda at: at >= turn.end)
        await self.press_while("s", lambda at: at < wanted)
        await self.press_while("S", lambda at: at > wanted)
        assert self.screen.place.offset == wanted

    async def mark(self, sentences: int) -> None:
        """A sentence alone needs no marking."""
        if sentences > 1:
            await self.press("move", "v", *("s" * sentences))

    async def do(self, keys: str) -> None:
        """What decides: its first key says what kind of work it is."""
        kind = _KINDS.get(keys[0], "favourite" if keys.isdigit() else "valence")
        self.done[kind] += 1
        await self.press(kind, *keys.split())

    async def set_up(self) -> None:
        """The screen in Norwegian, five favourites, and suggestions."""
        await self.press("set-up", "f2", "g", "b")
        listed = [code.id for code in self.screen.wording.listed]
        for digit, code in FAVOURITES.items():
            down = listed.index(code) - self.screen.codebook_pane.at
            await self.press("set-up", *("j" * down), digit)
        await self.press("set-up", "escape", "g", "s")
        await until(self.pilot, lambda: not self.app.job_runs)

    async def decide_on_suggestions(self) -> None:
        """From the first to the last; each decision leads to the next one."""
        await self.press("move", "n")
        for words, *decisions in SUGGESTED:
            offered = self.screen.opened.offered[self.screen.place.visited or ""]
            assert self.screen.opened.words(offered.span).startswith(words)
            for keys in decisions:
                await self.do(keys)

    async def read(self) -> None:
        """From the beginning to the end, with what is to be coded marked where it is more than a sentence."""
        await self.press("move", "home")
        for words, sentences, *works in READ:
            await self.go_to(words)
            await self.mark(sentences)
            for keys in works:
                await self.do(keys)


def coded(study: Study) -> list[str]:
    """Each coding as a line: where, code, what is said of it, how it came about."""
    return [
        f"{item.span.start}-{item.span.end} {item.code} "
        f"{' '.join(f'{name}={said}' for name, said in sorted(item.qualifiers.items()))} {item.origin}"
        for item in (segment.coding for segment in coding.of_document(study, INTERVIEW))
    ]


def related(study: Study) -> list[str]:
    """Each relation as a line: its ends, its type, whose claim it is, and its quote."""
    return sorted(
        f"{end(item.source)} {item.relation.type} {end(item.target)} "
        f"{item.relation.stance} {item.relation.claimed_by} {item.relation.span.start}-{item.relation.span.end}"
        for item in relations.of_document(study, INTERVIEW)
    )


def end(segment: CodedSegment) -> str:
    return f"{segment.coding.code}@{segment.coding.span.start}"


async def test_an_interview_is_coded_and_related_with_at_most_2_4_deciding_keys_for_each(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    with study_of_the_interview(tmp_path) as study:
        async with desk(study, INTERVIEW) as (pilot, app):
            coder = Coder(pilot, app)
            await coder.set_up()
            await coder.decide_on_suggestions()
            await coder.read()
        assert coded(study) == CODED.split("\n")[1:-1]
        assert related(study) == RELATED.split("\n")[1:-1]
        assert Counter(item.verdict for item in suggesting.decisions(study)) == VERDICTS
        assert coder.done == WORK
        items = len(coding.of_document(study, INTERVIEW)) + len(relations.of_document(study, INTERVIEW))
        deciding = sum(coder.presses[kind] for kind in WORK) / items
        moving = coder.presses["move"] / items
        record_property("deciding keys for each coding or relation", round(deciding, 2))
        record_property("moving keys for each coding or relation", round(moving, 2))
        assert items == 50
        assert deciding <= MOST, f"{deciding:.2f} deciding and {moving:.2f} moving: {dict(coder.presses)}"
