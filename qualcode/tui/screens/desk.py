"""What home and coding have in common: the study, the status line, the strip of `g`, and errors that are told."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar, cast

from textual.dom import DOMNode
from textual.geometry import Size
from textual.screen import Screen

from qualcode.domain.progress import Step
from qualcode.errors import QualcodeError
from qualcode.i18n import _
from qualcode.services.study import Study
from qualcode.tui.keymap import goes_from, hints
from qualcode.tui.messages import Closed, KeyChosen
from qualcode.tui.view import Choice
from qualcode.tui.widgets.job import JobLine
from qualcode.tui.widgets.status import StatusLine
from qualcode.tui.widgets.strip import KeyStrip

if TYPE_CHECKING:
    from qualcode.tui.app import Desk


class DeskScreen(Screen[None]):
    """A key of the strip called `name` is answered by the method `chosen_<name>`; other keys do nothing there."""

    # A screen that scrolled would be narrower with its scrollbar, its strip higher for it, and so on without end.
    DEFAULT_CSS = """
    DeskScreen { overflow: hidden; }
    """
    AUTO_FOCUS = ""
    CONTEXT: ClassVar[str] = ""
    """What `keymap.TOGETHER` calls the keys of this screen."""

    @property
    def is_current(self) -> bool:
        """False under another screen of the desk, which hides this one.

        Textual counts the screen below as current, lest the one above be a dialog to be seen through: each resize
        laid out home too, and what was dirty in it had the whole screen above painted again.
        """
        if not super().is_current:
            return False
        return self is [screen for screen in self.app.screen_stack if isinstance(screen, DeskScreen)][-1]

    def _screen_resized(self, size: Size) -> None:
        """Lay out once: Textual asks again when its own first layout has resized the screen, and asks those below.

        They get theirs when they are come back to.
        """
        if self.is_current and size != self._size:
            super()._screen_resized(size)

    @property
    def desk(self) -> Desk:
        return cast("Desk", self.app)

    @property
    def study(self) -> Study:
        return self.desk.study

    @property
    def strip(self) -> KeyStrip:
        return self.query_one(KeyStrip)

    @property
    def status(self) -> StatusLine:
        return self.query_one(StatusLine)

    @property
    def context(self) -> str:
        """The context of the pane that has the keyboard: its keys are what the help lists."""
        return self.CONTEXT

    @property
    def writing(self) -> str:
        """What has the keyboard so that letters are no keys of the desk: a line, a memo, a strip; else empty."""
        focused = self.focused
        parts = focused.ancestors_with_self if focused is not None else ()
        return next(filter(None, (getattr(part, "WRITING", "") for part in parts)), "")

    def on_descendant_focus(self) -> None:
        """The hints are those of what has the keyboard."""
        self.show_hints()

    def show_hints(self) -> None:
        self.status.hint(hints(self.writing or self.context))

    def owner(self, where: str) -> DOMNode:
        """The part of the desk that has the actions of `where` in the key map."""
        if where == "app":
            return self.app
        focused = self.focused
        return self if focused is None or where in (self.CONTEXT, "listing") else focused

    def show_code(self, code: str) -> None:
        """What the palette does with a code that was chosen in it: its definition is read in the codebook."""
        self.desk.open_screen("B")
        self.desk.shown.show_code(code)

    def return_keyboard(self) -> None:
        """Give the keyboard back to what is mainly worked with."""
        raise NotImplementedError

    def reread(self, *, follow: bool = False) -> None:
        """Show the study as it is now; with `follow`, go to what has changed. Raises QualcodeError."""
        raise NotImplementedError

    def respeak(self) -> None:
        """The screen language or what depends on it has changed."""
        raise NotImplementedError

    def may_leave(self) -> bool:
        """False, and said, where something would be lost by leaving now."""
        return True

    def remember(self) -> None:
        """Keep where the coder stands; called before leaving."""

    @contextmanager
    def told(self) -> Generator[None]:
        """An error of a service is told in the status line, and the desk lives on."""
        try:
            yield
        except QualcodeError as error:
            self.status.say(error.render(_), bad=True)

    def show_step(self, step: Step | None) -> None:
        """How far the job in the background is; None: there is none."""
        self.query_one(JobLine).show(step)

    def ask_where(self) -> None:
        """Offer the letters after `g`."""
        running = self.desk.job_runs
        offered = [go for go in goes_from(self.CONTEXT) if go.key != ("s" if running else "x")]
        choices = [Choice(go.key, _(go.label), go.key) for go in offered]
        self.strip.ask("go", choices)

    def close_strip(self) -> None:
        self.strip.close()
        self.return_keyboard()

    def on_key_chosen(self, event: KeyChosen) -> None:
        if not self.strip.stays:
            self.close_strip()
        answer = getattr(self, f"chosen_{event.name}", None)
        if answer is not None:
            answer(event.key, event.value)

    def on_closed(self, event: Closed) -> None:
        if event.name not in ("picker", "search", "memo", "codebook", "line"):
            self.close_strip()

    def chosen_go(self, key: str, _value: str) -> None:
        """A screen's own way first; else the screen that the key map names."""
        own = getattr(self, f"go_{key}", None)
        if own is not None:
            own()
        else:
            self.desk.open_screen(key)

    def go_h(self) -> None:
        self.desk.go_home()

    def go_t(self) -> None:
        self.return_keyboard()

    def go_x(self) -> None:
        self.desk.stop_job()
