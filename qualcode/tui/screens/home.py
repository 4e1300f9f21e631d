"""Home: the documents of the study by case, how far this coder has come, and what is left to do."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.widgets import Static

from qualcode.domain.inert import inert
from qualcode.i18n import _
from qualcode.tui.home_view import home_view
from qualcode.tui.keymap import bindings, hints
from qualcode.tui.messages import DocumentChosen
from qualcode.tui.screens.desk import DeskScreen
from qualcode.tui.view import HomeView
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
        self.query_one("#to-do", Static).update(_left(view))
        documents = [row for group in view.groups for row in group.documents]
        done, turns = (sum(getattr(row, name) for row in documents) for name in ("turns_done", "turns"))
        facts = (
            _("codebook {name}").format(name=view.codebook) if view.codebook else _("no codebook"),
            _("{done} of {turns} turns done").format(done=done, turns=turns),
        )
        self.query_one(TopLine).show(Heading(view.study, facts, view.coder))
        self.status.show(Standing(privacy=view.privacy))
        self.status.hint(hints("home"))
        self._head()

    def respeak(self) -> None:
        self.reread()

    def on_resize(self) -> None:
        self._head()

    def on_document_chosen(self, event: DocumentChosen) -> None:
        self.desk.open_document(event.document)

    def action_find(self) -> None:
        self.desk.open_screen("/")

    def go_t(self) -> None:
        if self.table.chosen:
            self.desk.open_document(self.table.chosen)

    def go_s(self) -> None:
        self.desk.suggest(None)

    def _head(self) -> None:
        text = Text(self.table.heading(max(20, self.size.width - 2)), no_wrap=True, overflow="crop")
        self.query_one("#heading", Static).update(text, layout=False)


def _left(view: HomeView) -> Text:
    """What is left to do, a line each; in a study without documents, how they come in."""
    if not any(group.documents for group in view.groups):
        return Text(_("There are no documents yet: g a brings transcripts in."))
    text = Text(no_wrap=True, overflow="ellipsis")
    for number, item in enumerate(view.to_do):
        text.append("\n" if number else "")
        text.append(f"{item.count:>5} ", "bold")
        text.append(inert(item.label), "dim")
    return text
