"""`read`: a document turn by turn as plain lines, coded by typed answers. Nothing is drawn, for screen readers.

Every line stands for itself: no columns, no cursor movement, no colour.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from qualcode.cli.context import Invocation, pass_invocation
from qualcode.cli.localised import Command
from qualcode.cli.output import say
from qualcode.errors import N_, BadInput, QualcodeError
from qualcode.i18n import _

if TYPE_CHECKING:
    from qualcode.domain.coding import CodedSegment
    from qualcode.domain.span import Span
    from qualcode.domain.transcript import Turn
    from qualcode.services.study import Study

_CHOICES = 5
_PUT = re.compile(r"(\d+)(?:\s*-\s*(\d+))?\s+(.+)")
_NUMBERED = re.compile(r"(\d+)\s*(.*)")
_HELP = (
    ("", N_("next turn")),
    ("b", N_("the turn before")),
    ("g 12", N_("go to turn 12")),
    ("f words", N_("find the next turn with these words")),
    ("2 risk", N_("put a code on sentence 2: the first letters of its name do")),
    ("1-3 risk", N_("put a code on sentences 1 to 3")),
    ("l", N_("list the codings of this turn, numbered")),
    ("q 1 valence=-1", N_("say something of coding 1")),
    ("m 1 text", N_("write a memo on coding 1")),
    ("d 1", N_("delete coding 1")),
    ("p", N_("pass: this turn has nothing to code")),
    ("a", N_("read this turn again")),
    ("u", N_("undo")),
    ("r", N_("redo")),
    ("?", N_("this list")),
    ("x", N_("leave; all is stored")),
)


@click.command("read", cls=Command, help=N_("Read and code a document line by line, for screen readers."))
@click.argument("document", metavar="DOC")
@click.option("--turn", type=click.IntRange(min=1), help=N_("Begin at this turn; else where you stopped."))
@pass_invocation
def read_command(invocation: Invocation, document: str, turn: int | None) -> None:
    """Walk the turns until left."""
    study = invocation.open_study()
    reading = Reading.of(study, document, turn)
    say(_("{document}: {count} turns. Type ? for what you can do.").format(document=document, count=reading.count))
    reading.tell()
    while reading.answer(click.prompt(">", default="", show_default=False, prompt_suffix=" ")):
        pass
    reading.leave()


@dataclass(frozen=True, slots=True)
class _Part:
    """A stretch that is read in one go: a turn, or the whole of a document without turns."""

    number: int
    speaker: str
    sentences: tuple[Span, ...]


class Reading:
    """One coder's walk through one document."""

    def __init__(self, study: Study, document: str, parts: list[_Part], at: int) -> None:
        self._study = study
        self._document = document
        self._parts = parts
        self._at = at
        self._commands: dict[str, Callable[[str], None]] = {
            "": self._next,
            "b": lambda _rest: self._go(self._at),
            "g": lambda rest: self._go(self._numbered(rest)[0]),
            "f": self._find,
            "l": lambda _rest: self._list(),
            "q": self._qualify,
            "m": self._memo,
            "d": self._delete,
            "p": self._pass,
            "a": lambda _rest: self.tell(),
            "u": lambda _rest: self._history("undo"),
            "r": lambda _rest: self._history("redo"),
            "?": lambda _rest: self._help(),
        }

    @classmethod
    def of(cls, study: Study, document: str, turn: int | None) -> Reading:
        """From `turn` on, or from where this coder stopped. Raises NotFound, BadInput (no such turn)."""
        from qualcode.services import marking

        parts = _parts_of(study, document)
        if turn is not None and turn > len(parts):
            raise BadInput(
                N_("{document} has no turn {turn}."),
                hint=N_("It has {count} turns."),
                document=document,
                turn=turn,
                count=len(parts),
            )
        place = marking.place(study, document)
        stopped = sum(part.sentences[-1].end <= place for part in parts if part.sentences)
        return cls(study, document, parts, turn - 1 if turn is not None else min(stopped, len(parts) - 1))

    @property
    def count(self) -> int:
        return len(self._parts)

    def tell(self) -> None:
        """The turn, sentence by sentence, and what is coded in it."""
        part, text = self._parts[self._at], self._study.text(self._document).text
        say(
            _("Turn {number} of {count}, {speaker}").format(
                number=part.number, count=self.count, speaker=part.speaker
            )
        )
        for number, span in enumerate(part.sentences, start=1):
            say(f"{number}. {' '.join(text[span.start : span.end].split())}")
        self._list(quietly=True)

    def answer(self, line: str) -> bool:
        """Do what was typed; False to leave. What goes wrong is said, and the reading goes on."""
        word, _space, rest = line.strip().partition(" ")
        if word == "x":
            return False
        try:
            put = _PUT.fullmatch(line.strip())
            if put:
                self._put(int(put[1]), int(put[2] or put[1]), put[3])
            elif word in self._commands:
                self._commands[word](rest.strip())
            else:
                say(_("{word} means nothing here; ? lists what does.").format(word=word))
        except QualcodeError as error:
            say(error.render(_))
        return True

    def leave(self) -> None:
        """Remember the place."""
        from qualcode.services import marking

        part = self._parts[self._at]
        marking.remember_place(self._study, self._document, part.sentences[0].start if part.sentences else 0)

    def _go(self, number: int) -> None:
        if not 1 <= number <= self.count:
            raise BadInput(N_("There is no turn {number} here."), hint=N_("Turns go from 1."), number=number)
        self._at = number - 1
        self.tell()

    def _next(self, _rest: str) -> None:
        if self._at + 1 == self.count:
            say(_("That was the last turn."))
        else:
            self._go(self._at + 2)

    def _find(self, words: str) -> None:
        text = self._study.text(self._document).text
        wanted = words.casefold()
        for step in range(1, self.count + 1):
            index = (self._at + step) % self.count
            part = self._parts[index]
            if wanted and any(wanted in text[span.start : span.end].casefold() for span in part.sentences):
                self._go(index + 1)
                return
        say(_("«{words}» is said nowhere else here.").format(words=words))

    def _put(self, first: int, last: int, letters: str) -> None:
        from qualcode.domain.span import Span
        from qualcode.services import coding

        sentences = self._parts[self._at].sentences
        if not 1 <= first <= last <= len(sentences):
            raise BadInput(
                N_("This turn has no sentences {first} to {last}."),
                hint=N_("It has {count}."),
                first=first,
                last=last,
                count=len(sentences),
            )
        code = self._chosen_code(letters)
        if code is None:
            return
        span = Span(sentences[first - 1].start, sentences[last - 1].end)
        qualifiers = coding.proposed_qualifiers(self._study, self._document, span, code)
        added = coding.add(self._study, self._document, span, code, qualifiers=qualifiers)
        self._say_coding(added.segment, _("Put: ") if added.is_new else _("There already: "))

    def _chosen_code(self, letters: str) -> str | None:
        from qualcode.services import marking, picking

        codebook, language = self._study.codebook, self._study.language
        found = picking.rank(codebook, letters, recent=marking.recent_codes(self._study), language=language)
        if not found:
            say(_("No code is called {letters}.").format(letters=letters))
            return None
        if len(found) == 1 or letters in codebook:
            return letters if letters in codebook else found[0].id
        for number, code in enumerate(found[:_CHOICES], start=1):
            say(f"{number}. {code.name(language)}")
        answer = click.prompt(_("Which? Enter for none."), default="", show_default=False)
        if not answer.isdigit() or not 1 <= int(answer) <= min(_CHOICES, len(found)):
            say(_("Nothing is put."))
            return None
        return found[int(answer) - 1].id

    def _here(self) -> list[CodedSegment]:
        from qualcode.services import coding

        number = self._parts[self._at].number
        return [item for item in coding.of_document(self._study, self._document) if item.turn in (None, number)]

    def _list(self, *, quietly: bool = False) -> None:
        found = self._here()
        for number, segment in enumerate(found, start=1):
            self._say_coding(segment, _("Coding {number}: ").format(number=number))
        if not found and not quietly:
            say(_("Nothing is coded here."))

    def _say_coding(self, segment: CodedSegment, before: str) -> None:
        from qualcode.cli.qualifier_options import qualifiers_said

        coding, codebook = segment.coding, self._study.codebook
        name = codebook[coding.code].name(self._study.language) if coding.code else _("Quotation")
        said = qualifiers_said(codebook, dict(coding.qualifiers), ())
        words = " ".join(coding.anchor.exact.split())
        parts = [f"{before}{name}", f"«{words}»", said, coding.coder]
        say(", ".join(part for part in parts if part))

    def _numbered(self, rest: str) -> tuple[int, str]:
        match = _NUMBERED.fullmatch(rest)
        if not match:
            raise BadInput(N_("Give a number first."), hint=N_("? shows how."))
        return int(match[1]), match[2]

    def _coding(self, rest: str) -> tuple[CodedSegment, str]:
        number, words = self._numbered(rest)
        found = self._here()
        if not 1 <= number <= len(found):
            raise BadInput(N_("There is no coding {number} here."), hint=N_("`l` lists them."), number=number)
        return found[number - 1], words

    def _qualify(self, rest: str) -> None:
        from qualcode.services import coding

        segment, words = self._coding(rest)
        key, equals, value = words.partition("=")
        if not equals:
            raise BadInput(N_("Write it as valence=-1."), hint=N_("An empty value clears."))
        changed = coding.edit(self._study, segment.coding.uid, qualifiers={key.strip(): value.strip()})
        self._say_coding(changed, "")

    def _memo(self, rest: str) -> None:
        from qualcode.services import memos

        segment, words = self._coding(rest)
        memos.add(self._study, segment.coding.uid, words)
        say(_("The memo is written."))

    def _delete(self, rest: str) -> None:
        from qualcode.services import coding

        segment, _words = self._coding(rest)
        gone = coding.remove(self._study, [segment.coding.uid])
        told = _("Deleted, with {relations} relations and {evidence} links to findings. u brings it back.")
        say(told.format(relations=gone.relations, evidence=gone.evidence))

    def _pass(self, rest: str) -> None:
        from qualcode.services import marking

        marking.pass_turn(self._study, self._document, self._parts[self._at].number)
        self._next(rest)

    def _history(self, which: str) -> None:
        from qualcode.services import history

        done = history.undo(self._study) if which == "undo" else history.redo(self._study)
        told = _("Taken back: {summary}") if which == "undo" else _("Done again: {summary}")
        say(told.format(summary=done.render(_)))

    def _help(self) -> None:
        for keys, told in _HELP:
            say(f"{keys or _('Enter')}: {_(told)}")


def _parts_of(study: Study, document: str) -> list[_Part]:
    from qualcode.domain.sentences import sentences

    text = study.text(document)

    def part(number: int, speaker: str, start: int, end: int) -> _Part:
        return _Part(number, speaker, tuple(sentences(text.text, start, end, text.language)))

    turns: tuple[Turn, ...] = text.turns
    if not turns:
        return [part(1, document, 0, len(text.text))]
    return [part(turn.number, turn.speaker, turn.body_start, turn.end) for turn in turns]
