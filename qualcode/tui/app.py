"""The app: opens the desk on a study, holds what all screens share, and does what every screen can do."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from qualcode import i18n
from qualcode.domain.coding import CodedSegment
from qualcode.domain.inert import inert
from qualcode.domain.progress import Report, Step
from qualcode.errors import Cancelled, QualcodeError
from qualcode.i18n import _, ngettext
from qualcode.services import history, marking, suggesting
from qualcode.services.study import Study
from qualcode.settings import read_user_keys
from qualcode.tui import jobs, keymap, offers, themes
from qualcode.tui.bursts import KeysInOrder
from qualcode.tui.calm import Calm
from qualcode.tui.faults import LeftOnFault
from qualcode.tui.keymap import bindings
from qualcode.tui.keys import GO
from qualcode.tui.keys.own import checked
from qualcode.tui.messages import JobEnded, JobStep
from qualcode.tui.offers import Offer
from qualcode.tui.open_document import OpenDocument
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.desk import DeskScreen
from qualcode.tui.screens.help import HelpScreen
from qualcode.tui.screens.home import HomeScreen
from qualcode.tui.screens.listing import ListScreen
from qualcode.tui.screens.palette import PaletteScreen
from qualcode.tui.text.names import fitted
from qualcode.tui.view import PinnedFinding

_THEME = "theme"
"""The coder's preference."""
_HIDDEN_CODERS = "hidden_coders"
_PINNED_CELLS = 28
"""Of the claim of the pinned finding, in the line above."""
_SHOW_CURSOR = "\x1b[?25h"


def run(study: Study, document: str | None = None) -> None:
    """Open the desk, on `document` where one is named, and return when it is left.

    Raises BadInput where nobody is named as the coder who acts, NotFound for the document: before the screen is
    taken over, so that the command line can tell it. DeskFault after the desk was left on a fault of the program.
    """
    study.coder  # noqa: B018 - checks the name
    if document is not None:
        study.text(document)
    app = Desk(study, document)
    app.run()
    app.raise_fault()


class Desk(LeftOnFault, KeysInOrder):
    """One study, one coder."""

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    * {
        scrollbar-color: $foreground 20%; scrollbar-color-hover: $foreground 40%; scrollbar-color-active: $accent;
        scrollbar-background: $panel; scrollbar-background-hover: $panel; scrollbar-background-active: $panel;
    }
    Input > .input--placeholder { color: $foreground 68%; }
    """
    BINDINGS = bindings("app")

    def __init__(self, study: Study, document: str | None = None) -> None:
        super().__init__()
        self.study = study
        self.hidden_coders: frozenset[str] = frozenset()
        """Whose codings transcripts do not show. Counts, lists and exports are of everybody's all the same."""
        self.relating_from: CodedSegment | None = None
        """The coding marked as the source of a relation, whose target may lie in another document."""
        self.pinned: PinnedFinding | None = None
        """The finding that `F` on a coding links to."""
        self._first = document
        self._job: jobs.Stop | None = None
        self._done: Callable[[Any], str] = str
        self._stopped = ""

    def on_mount(self) -> None:
        themes.register(self)
        self._take_preferences()
        self.title = "qualcode"
        refused = self._take_own_keys()
        self.calm = Calm(self)
        # Textual hides the terminal's cursor, which screen readers and magnifiers follow.
        if self._driver is not None and not self.is_headless:
            self._driver.write(_SHOW_CURSOR)
        self.push_screen(HomeScreen(refused))
        if self._first is not None:
            self.open_document(self._first)

    def _take_preferences(self) -> None:
        """Those of the coder who acts."""
        chosen = marking.preference(self.study, _THEME)
        self.theme = themes.allowed(str(chosen or themes.DARK.name), self)
        self.hidden_coders = frozenset(marking.preference(self.study, _HIDDEN_CODERS) or ()) - {self.study.coder}

    def _take_own_keys(self) -> str:
        """Use the coder's own keys; the reason why one of them cannot be used."""
        try:
            own, problems = checked(read_user_keys())
        except QualcodeError as error:
            return error.render(_)
        keymap.use(own)
        self.set_keymap({action: ",".join(keys) for action, keys in own.items()})
        return problems[0].render(_) if problems else ""

    def on_key(self) -> None:
        self.calm.touched()

    @property
    def shown(self) -> DeskScreen:
        """The screen worked on, also while the help lies over it."""
        return next(screen for screen in reversed(self.screen_stack) if isinstance(screen, DeskScreen))

    @property
    def takes_keys(self) -> bool:
        """A key that comes while a document opens is meant for the document."""
        shown = self.screen
        return not isinstance(shown, CodingScreen) or shown.is_read

    def open_document(self, document: str, offset: int | None = None, coding: str = "") -> None:
        """Show a document at `offset`, else where this coder stopped in it; the coding called `coding` is current.

        In the coding screen where that is the one worked on; else in one of its own over the list it was opened
        from, which Backspace comes back to.
        """
        shown = self.shown
        with shown.told():
            opened = OpenDocument(self.study, document)
            place = marking.place(self.study, document) if offset is None else offset
            if isinstance(shown, CodingScreen):
                shown.go(opened, place, coding)
            else:
                self.push_screen(CodingScreen(opened, place, coding))
            self.calm.loaded()

    def open_screen(self, key: str) -> None:
        """The screen that the letter after `g` opens; one that lies under the others is come back to."""
        module, _colon, name = next(go.opens for go in GO if go.key == key).partition(":")
        wanted: type[DeskScreen] = getattr(import_module(module), name)
        under = next((screen for screen in self.screen_stack if type(screen) is wanted), None)
        if under is None:
            self.shown.remember()
            with self.shown.told():
                self.push_screen(wanted())
            return
        while self.screen is not under and self.leave_screen():
            pass

    def pinned_facts(self) -> tuple[str, ...]:
        """The pinned finding for the line above, in short; empty where none is."""
        if self.pinned is None:
            return ()
        return (f"F → {fitted(inert(self.pinned.claim), _PINNED_CELLS).rstrip()}",)

    @property
    def opened_from_list(self) -> bool:
        """True where a list other than home lies under the screen that is worked on."""
        return isinstance(self.screen_stack[-2], ListScreen)

    def leave_screen(self) -> bool:
        """Back to the screen under this one; false where it stays: home, under all, or one that says why."""
        if isinstance(self.shown, HomeScreen) or not self.shown.may_leave():
            return False
        self.shown.remember()
        self.pop_screen()
        return True

    def go_home(self) -> None:
        while self.leave_screen():
            pass

    # What every screen can do

    def action_undo(self) -> None:
        with self.shown.told():
            what = history.undo(self.study)
            self.shown.reread(follow=True)
            self.shown.status.say(_("Taken back: {what}").format(what=what.render(_)))

    def action_redo(self) -> None:
        with self.shown.told():
            what = history.redo(self.study)
            self.shown.reread(follow=True)
            self.shown.status.say(_("Done again: {what}").format(what=what.render(_)))

    def action_go(self) -> None:
        self.shown.ask_where()

    def action_language(self) -> None:
        now = i18n.LANGUAGES.index(i18n.language())
        i18n.set_language(i18n.LANGUAGES[(now + 1) % len(i18n.LANGUAGES)])
        with self.shown.told():
            self.shown.respeak()

    def action_theme(self) -> None:
        names = [theme.name for theme in themes.THEMES]
        now = names.index(self.theme) if self.theme in names else -1
        with self.shown.told():
            self.use_theme(names[(now + 1) % len(names)])
            self.call_after_refresh(self._show_inks)

    def _show_inks(self) -> None:
        """Inks are part of what is painted: once the theme has come to the screen it is shown anew."""
        with self.shown.told():
            self.shown.respeak()

    def use_theme(self, name: str) -> None:
        """Show the desk in a theme and keep that this coder prefers it. Raises StudyUnavailable."""
        self.theme = name
        marking.put_preference(self.study, _THEME, name)

    def hide_coders(self, names: frozenset[str]) -> None:
        """Leave the codings of these coders out of transcripts, also the next time. Raises StudyUnavailable."""
        marking.put_preference(self.study, _HIDDEN_CODERS, sorted(names))
        self.hidden_coders = names

    def act_as(self, name: str) -> None:
        """Let another coder act, from home on: screens left open would be the former one's."""
        if self._job is not None:
            self.shown.status.say(_("Another job runs: g x stops it."), bad=True)
            return
        with self.shown.told():
            self.go_home()
            self.study.act_as(name)
            self.relating_from = None
            self._take_preferences()
            self.shown.reread()
            self.shown.status.say(_("{name} acts now; undo takes back what {name} does.").format(name=name))

    def action_palette(self) -> None:
        self.push_screen(PaletteScreen(offers.offered(self.shown)), self._do_offered)

    async def _do_offered(self, offer: Offer | None) -> None:
        if offer is not None:
            await offers.take(self.shown, offer)

    def action_help(self) -> None:
        self.push_screen(HelpScreen(self.shown.context, self.shown.CONTEXT))

    async def action_quit(self) -> None:
        """Textual's own key for it, Ctrl-Q, is left as it is and quits like `Q`."""
        self.action_leave()

    def action_leave(self) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen) and not screen.may_leave():
                self.shown.status.say(screen.status.said, bad=True)
                return
        self.shown.remember()
        self.stop_job()
        self.exit()

    def action_help_quit(self) -> None:
        """Ctrl-C stops nothing here: a slip must not close the desk."""
        self.shown.status.say(_("Q quits; everything is stored."))

    # Jobs

    @property
    def job_runs(self) -> bool:
        return self._job is not None

    def start(self, work: jobs.Work, done: Callable[[Any], str], *, stopped: str) -> bool:
        """Do `work` beside the desk, one job at a time; false, and said, where another one runs.

        `done` is given what the work returned and answers with what is to be said; `stopped` is said of a job that
        was cancelled.
        """
        if self._job is not None:
            self.shown.status.say(_("Another job runs: g x stops it."), bad=True)
            return False
        self._done, self._stopped = done, stopped
        self._job = jobs.run(self, self.study, work)
        return True

    def suggest(self, documents: list[str] | None) -> None:
        """Run the suggester over `documents` (None: all)."""

        def work(study: Study, report: Report) -> int:
            return suggesting.run(study, documents, report=report).suggestions

        self.start(work, _suggested, stopped=_("Stopped; the suggestions are as they were."))

    def stop_job(self) -> None:
        if self._job is not None:
            self._job()

    def on_job_step(self, event: JobStep) -> None:
        self._show_step(event.step)

    def on_job_ended(self, event: JobEnded) -> None:
        self._job = None
        self._show_step(None)
        with self.shown.told():
            self._reread_after_job()
            if isinstance(event.error, Cancelled):
                self.shown.status.say(self._stopped)
            elif event.error is not None:
                raise event.error
            else:
                self.shown.status.say(self._done(event.result))

    def _reread_after_job(self) -> None:
        """Also texts under a list: suggestions are no operation, so coming back would notice nothing."""
        shown = self.shown
        texts = [screen for screen in self.screen_stack if isinstance(screen, CodingScreen) and screen.is_read]
        for screen in (shown, *(text for text in texts if text is not shown)):
            screen.reread()

    def _show_step(self, step: Step | None) -> None:
        for screen in self.screen_stack:
            if isinstance(screen, DeskScreen):
                screen.show_step(step)


def _suggested(suggestions: int) -> str:
    return ngettext("{n} suggestion made", "{n} suggestions made", suggestions).format(n=suggestions)
