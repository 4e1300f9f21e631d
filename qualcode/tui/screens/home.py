"""Home: the documents of the study by case, how far this coder has come, and what is left to do."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from qualcode.domain.coding import CodedSegment
from qualcode.domain.inert import inert
from qualcode.i18n import _
from qualcode.services.selecting import Selection, select_shown
from qualcode.tui.home_view import home_view, undefined_codes
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import DocumentChosen
from qualcode.tui.people_view import SPEAKERS
from qualcode.tui.screens.desk import DeskScreen
from qualcode.tui.screens.people import PeopleScreen
from qualcode.tui.screens.quotes import QuotesScreen
from qualcode.tui.themes import faint
from qualcode.tui.view import HomeView, Left, ToDo
from qualcode.tui.widgets.documents import DocumentTable
from qualcode.tui.widgets.job import JobLine
from qualcode.tui.widgets.status import Heading, Standing, StatusLine, TopLine
from qualcode.tui.widgets.strip import KeyStrip


class HomeScreen(DeskScreen):
    """Enter goes on where this coder stopped."""

    CSS_PATH = "home.tcss"
    CONTEXT = "home"
    BINDINGS = bindings("home")

    def __init__(self, warning: str = "") -> None:
        super().__init__()
        self._warning = warning
        self._to_do: Sequence[ToDo] = ()

    def compose(self) -> ComposeResult:
        yield TopLine(id="top")
        yield Static(id="heading")
        yield DocumentTable(id="documents")
        yield Static(id="to-do")
        yield JobLine()
        yield KeyStrip(id="strip")
        yield StatusLine(id="status")

    @property
    def table(self) -> DocumentTable:
        return self.query_one(DocumentTable)

    def on_screen_resume(self) -> None:
        """Also after a document: what was coded there counts here."""
        # Told late at the start with a document, whose screen is above already: that one would wait for the counts.
        if not self.is_current:
            return
        with self.told():
            self.reread()
        if self._warning:
            self.status.say(self._warning, bad=True)
            self._warning = ""
        self.return_keyboard()

    def return_keyboard(self) -> None:
        self.set_focus(self.table)

    def reread(self, *, follow: bool = False) -> None:
        view = home_view(self.study)
        self.table.show(view.groups, self.table.chosen or view.last)
        self._to_do = view.to_do
        self.query_one("#to-do", Static).update(_left(view, faint(self)))
        documents = [row for group in view.groups for row in group.documents]
        done, turns = (sum(getattr(row, name) for row in documents) for name in ("turns_done", "turns"))
        facts = (
            _("codebook {name}").format(name=view.codebook) if view.codebook else _("no codebook"),
            _("{done} of {turns} turns done").format(done=done, turns=turns),
        )
        self.query_one(TopLine).show(Heading(view.study, facts, view.coder))
        self.status.show(Standing(privacy=view.privacy))
        self.show_hints()
        self._head()

    def respeak(self) -> None:
        self.reread()

    def on_resize(self) -> None:
        self._head()

    def on_document_chosen(self, event: DocumentChosen) -> None:
        self.desk.open_document(event.document)

    def action_find(self) -> None:
        self.desk.open_screen("/")

    def action_left(self, number: int) -> None:
        """Open the list that a line of what is left counts."""
        if number <= len(self._to_do):
            item = self._to_do[number - 1]
            with self.told():
                self._open_left(item)

    def _open_left(self, item: ToDo) -> None:
        if item.what is Left.UNMAPPED:
            self.desk.push_screen(PeopleScreen(SPEAKERS))
        elif item.what is Left.UNDEFINED:
            self.show_code(undefined_codes(self.study.codebook)[0])
        elif item.what is Left.LACKING:
            lacking = Selection(coder=self.study.coder, lacking_only=True)
            self._open_quotes(_("Lacking a required qualifier"), select_shown(self.study, lacking))
        else:
            found = select_shown(self.study, Selection())
            without = [segment for segment in found if segment.case is None and segment.coding.code is not None]
            self._open_quotes(_("In no case"), without)

    def _open_quotes(self, topic: str, found: Sequence[CodedSegment]) -> None:
        self.desk.push_screen(QuotesScreen(topic, [segment.coding.uid for segment in found]))

    def go_t(self) -> None:
        if self.table.chosen:
            self.desk.open_document(self.table.chosen)

    def go_s(self) -> None:
        self.desk.suggest(None)

    def _head(self) -> None:
        text = Text(self.table.heading(max(20, self.size.width - 2)), no_wrap=True, overflow="crop")
        self.query_one("#heading", Static).update(text, layout=False)


def _left(view: HomeView, ink: str) -> Text:
    """What is left to do, a line each; in a study without documents, how they come in."""
    if not any(group.documents for group in view.groups):
        return Text(_("There are no documents yet: g a brings transcripts in."))
    text = Text(no_wrap=True, overflow="ellipsis")
    for number, item in enumerate(view.to_do):
        text.append("\n" if number else "")
        text.append(f"{number + 1}", "bold")
        text.append(f"{item.count:>5} ")
        text.append(inert(item.label), ink)
    return text
