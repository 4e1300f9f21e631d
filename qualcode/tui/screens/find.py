"""Find: words in every transcript, each hit with what is around it; Enter goes there, a code goes on all marked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import count
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Container

from qualcode import i18n
from qualcode.domain.inert import inert
from qualcode.i18n import _, ngettext
from qualcode.services import at_once, marking, picking, searching
from qualcode.services.searching import Hit, Way
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import Closed, CodePicked, LineGiven, PickerChanged, RowChosen
from qualcode.tui.screens.reviewing import Reviewing
from qualcode.tui.widgets.picker import Picker
from qualcode.tui.widgets.table import Column, TableRow
from qualcode.tui.wording import Wording

_CONTEXT_CHARACTERS = 120
_WIDEST = 24
"""Cells of what was found at most."""
_HEAD, _TAIL = re.compile(r"\w+\Z"), re.compile(r"\w*[^\w\s]*")
_EXPRESSION = "~"
"""Before the words, as in the search of one document."""


class FindScreen(Reviewing):
    """Asks for words where none are given. Hits stay those of the last search while the study is written to."""

    CSS_PATH: ClassVar[list[str]] = ["listing.tcss", "find.tcss"]
    CONTEXT = "find"
    BINDINGS = bindings("find")

    def __init__(self, words: str = "", way: Way = Way.PHRASE) -> None:
        super().__init__()
        self._words, self._way = words, way
        self._hits: dict[str, Hit] = {}

    def body(self) -> ComposeResult:
        yield from super().body()
        with Container(id="choosing"):
            yield Picker(id="picker")

    def on_mount(self) -> None:
        if self._words:
            self.call_after_refresh(self._find)
        else:
            self.call_after_refresh(self.action_ask)

    def topic(self) -> str:
        if not self._words:
            return _("Find in the study")
        ways = {Way.PHRASE: "«{words}»", Way.EXPRESSION: "~{words}", Way.NEAR: "≈ «{words}»"}
        return ways[self._way].format(words=self._words)

    def facts(self) -> Sequence[str]:
        hits, marked = len(self._hits), len(self.marked)
        return (
            *((ngettext("{n} hit", "{n} hits", hits).format(n=hits),) if self._words else ()),
            *((ngettext("{n} marked", "{n} marked", marked).format(n=marked),) if marked else ()),
        )

    def columns(self) -> Sequence[Column]:
        return (
            Column("", 1),
            Column(_("Before"), share=3, ending=True),
            Column(_("Found"), width=self._widest()),
            Column(_("After"), share=3),
            Column(_("Speaker"), 10, above=90),
            Column(_("Document"), 24, above=120),
            Column(_("Codes"), share=2, above=140),
        )

    def rows(self) -> Sequence[TableRow]:
        wording = Wording(self.study.codebook, i18n.language(), {})
        return [
            TableRow(
                key,
                (
                    self.mark_of(key),
                    *_in_context(hit),
                    hit.speaker,
                    hit.document,
                    ", ".join(wording.name(code) for code in hit.codes),
                ),
            )
            for key, hit in self._hits.items()
        ]

    def _widest(self) -> int:
        """Cells for what was found: as many as the longest takes, up to a limit."""
        found = (cell_len(inert(_in_context(hit)[1])) for hit in self._hits.values())
        return min(_WIDEST, max((cell_len(_("Found")), *found)))

    def listed(self) -> list[str]:
        return list(self._hits)

    # Finding

    def action_ask(self) -> None:
        self.line.ask("find", _("Find (~ before an expression)"), self._words)

    def on_line_given(self, event: LineGiven) -> None:
        self.close_line()
        if event.text:
            expression = event.text.startswith(_EXPRESSION)
            self._way = Way.EXPRESSION if expression else Way.PHRASE if self._way is Way.EXPRESSION else self._way
            self._words = event.text.removeprefix(_EXPRESSION)
            self._find()

    def action_way(self) -> None:
        """The same words in the next way."""
        ways = list(Way)
        self._way = ways[(ways.index(self._way) + 1) % len(ways)]
        if self._words:
            self._find()

    def _find(self) -> None:
        with self.told():
            self._hits, self.marked = {}, set()
            try:
                found = searching.hits(self.study, self._words, way=self._way, context_chars=_CONTEXT_CHARACTERS)
                self._hits = {str(number): hit for number, hit in zip(count(1), found, strict=False)}
            finally:
                self.reread()

    def on_row_chosen(self, event: RowChosen) -> None:
        hit = self._hits[event.id]
        self.desk.open_document(hit.document, hit.span.start)

    # Coding what is marked

    def action_code_marked(self) -> None:
        if self.marked:
            self.add_class("-choosing")
            self.query_one(Picker).ask()
        else:
            self.status.say(_("Mark the hits first: m marks one, M all."))

    def on_picker_changed(self, event: PickerChanged) -> None:
        wording = Wording(self.study.codebook, i18n.language(), {})
        recent = marking.recent_codes(self.study)
        found = picking.rank(self.study.codebook, event.words, recent=recent, language=i18n.language())
        self.query_one(Picker).show([wording.codes[code.id] for code in found])

    def on_code_picked(self, event: CodePicked) -> None:
        self._stop_choosing()
        places = [(self._hits[key].document, self._hits[key].span) for key in self.marked_in_order]
        with self.told():
            done = at_once.code_places(self.study, places, event.code)
            self.marked = set()
            self._find()
            said = ngettext("{n} place coded", "{n} places coded", len(done.added)).format(n=len(done.added))
            known = ngettext("{n} was coded so already", "{n} were coded so already", done.known)
            self.status.say(f"{said}; {known.format(n=done.known)}" if done.known else said)

    def on_closed(self, event: Closed) -> None:
        if event.name == "picker":
            self._stop_choosing()

    def _stop_choosing(self) -> None:
        self.remove_class("-choosing")
        self.return_keyboard()


def _in_context(hit: Hit) -> tuple[str, str, str]:
    """What is before, found and after, with the words whole in which it was found."""
    head, tail = _HEAD.search(hit.before), _TAIL.match(hit.after)
    started, ended = head.group() if head else "", tail.group() if tail else ""
    return (
        _in_a_line(hit.before.removesuffix(started)),
        _in_a_line(f"{started}{hit.words}{ended}"),
        _in_a_line(hit.after.removeprefix(ended)),
    )


def _in_a_line(text: str) -> str:
    return " ".join(text.split())
