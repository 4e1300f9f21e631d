"""Invented interviews and codes for the desk's tests, as view data, and an app that shows them without a study."""

from __future__ import annotations

import random

from textual.app import App

from qualcode.domain.span import Span
from qualcode.domain.transcript import Turn
from qualcode.tui.keymap import hints
from qualcode.tui.screens.layout import CodingLayout
from qualcode.tui.themes import DARK, register
from qualcode.tui.view import CardLine, CodeView, DocumentView, Painted, Passage, TurnView
from qualcode.tui.widgets.status import Heading, Standing

CODES = (
    CodeView("barrier", "Barrierer", "#D55E00", assignable=False, definition="Det som hemmer."),
    CodeView("risk", "Risikoatferd", "#E58A45", 2, "barrier", key="1", definition="Frykt for feil styrer valg."),
    CodeView("risk-buyer", "Risikoatferd hos innkjøper", "#F0B48A", 3, "risk", key="2"),
    CodeView("competence", "Kompetanse om marked og teknologi", "#A64900", 2, "barrier", key="3"),
    CodeView("actor", "Aktører", "#0072B2", assignable=False),
    CodeView("supplier", "Leverandør", "#4C9CC9", 2, "actor", key="4"),
    CodeView("buyer", "Innkjøper", "#8CC1DE", 2, "actor"),
    CodeView("interaction", "Samspill", "#009E73", assignable=False),
    CodeView("trust", "Tillit", "#4CBB9D", 2, "interaction", key="5"),
    CodeView("dialogue", "Dialog", "#006B4E", 2, "interaction"),
    CodeView("value", "Verdi", "#CC79A7", assignable=False),
    CodeView("value-society", "Samfunnsverdi", "#DBA1C1", 2, "value"),
)
CODES_BY_ID = {code.id: code for code in CODES}
_LEAVES = [code.id for code in CODES if code.assignable]

ASKED = (
    "Kan du fortelle hvordan det begynte?",
    "Hva gjorde dere da?",
    "Hvordan opplevde du samarbeidet med leverandøren?",
    "Er det noe du ville gjort annerledes i dag?",
)
SAID = (
    "Vi hadde aldri kjøpt noe slikt før, så alle var litt redde for å gjøre feil.",
    "Juristen sa at vi bare måtte følge malen, f.eks. når det gjaldt kravene.",
    "Leverandøren kom med tre forslag vi ikke hadde tenkt på selv.",
    "Det var først da vi møttes på verkstedet at vi skjønte hva de mente.",
    "Jeg husker at rommet ble helt stille.",
    "Etter det gikk det lettere, for vi turte å si hva vi ikke visste.",
    "Ledelsen spurte hver uke om det kom til å holde budsjettet.",
    "Vi skrev kontrakten om to ganger.",
    "Brukerne merket forskjellen med en gang, og de sa det høyt.",
    "Om jeg skulle gjort det igjen, hadde jeg snakket med dem et halvt år før.",
)


def interview(words: int = 1200, *, painted: int = 0, seed: int = 5) -> DocumentView:
    """An interview of about so many words with random codings and suggestions on its sentences."""
    chance = random.Random(seed)
    text, said = "", 0
    turns: list[TurnView] = []
    while said < words:
        answer = chance.choices(SAID, k=chance.randint(1, 9))
        for speaker, sentences in (("Intervjuer", [chance.choice(ASKED)]), ("Kari", answer)):
            start = len(text)
            body = " ".join(sentences)
            said += body.count(" ") + 1
            text += f"{speaker}: {body}\n\n"
            turn = Turn(len(turns) + 1, start, start + len(speaker) + 2, len(text) - 2, speaker)
            turns.append(TurnView(turn, speaker == "Intervjuer", "coded" if len(turns) in (1, 3) else ""))
    codings = tuple(_codings(text, turns, chance, painted))
    return DocumentView("gangbrua", "Gangbrua, innkjøper", text, "nb", tuple(turns), codings)


def document(text: str, *turns: Turn, painted: tuple[Painted, ...] = ()) -> DocumentView:
    """A document of just this text."""
    return DocumentView("sample", "Sample", text, "nb", tuple(TurnView(turn) for turn in turns), painted)


def _codings(text: str, turns: list[TurnView], chance: random.Random, number: int) -> list[Painted]:
    found: list[Painted] = []
    answers = [view.turn for view in turns if not view.asking]
    for index in range(number):
        turn = chance.choice(answers)
        starts = [turn.body_start] + [
            at + 2 for at in range(turn.body_start, turn.end) if text[at : at + 2] == ". "
        ]
        first = chance.randrange(len(starts))
        last = min(len(starts) - 1, first + chance.choice((0, 0, 0, 1, 3)))
        end = starts[last + 1] - 1 if last + 1 < len(starts) else turn.end
        suggestion = chance.random() < 0.15
        found.append(
            Painted(
                f"{'s' if suggestion else 'c'}{index}",
                Span(starts[first], end),
                chance.choice(_LEAVES),
                suggestion=suggestion,
                sign="" if suggestion else chance.choice(("", "−1", "+1")),
                memo=chance.random() < 0.1,
                lacking=not suggestion and chance.random() < 0.1,
            )
        )
    return found


class LayoutApp(App[None]):
    """The coding screen's panes with one document in them."""

    def __init__(self, document: DocumentView, theme: str = DARK.name) -> None:
        super().__init__()
        register(self)  # type: ignore[arg-type]
        self.theme = theme
        self.document = document

    def on_mount(self) -> None:
        self.push_screen(CodingLayout())

    @property
    def desk(self) -> CodingLayout:
        assert isinstance(self.screen, CodingLayout)
        return self.screen

    def fill(self) -> None:
        """Show the document in every pane."""
        desk, document = self.desk, self.document
        counts: dict[str, int] = {}
        for painted in document.painted:
            if painted.code and not painted.suggestion:
                counts[painted.code] = counts.get(painted.code, 0) + 1
        desk.codebook_pane.show(CODES, counts)
        desk.transcript.open(document, CODES_BY_ID)
        desk.density.recount()
        desk.inspector.show_codes(CODES_BY_ID)
        coded = sum(counts.values())
        desk.top.show(Heading(document.title, (f"{len(document.turns)} turns", f"{coded} codings"), "Kari"))
        desk.status.show(
            Standing("sentence", size="76", current="Risikoatferd −1 · innkjøper", privacy="pseudonymised")
        )
        desk.status.hint(hints("coding"))
        desk.transcript.focus()

    def inspect(self) -> None:
        """Show what lies on the target in the inspector."""
        target = self.desk.transcript.target
        if target is None:
            return
        placed = self.desk.transcript.page.lanes.between(target.start, target.end)
        lines = tuple(CardLine(one.painted, detail="om innkjøper · fase behov") for one in placed)
        words = self.document.text[target.start : target.end]
        self.desk.inspector.show(
            Passage("Kari · turn 4", words, lines, current=lines[0].painted.id if lines else None)
        )
