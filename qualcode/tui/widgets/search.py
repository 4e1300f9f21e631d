"""The search line: hits while one types. A leading `~` makes the words a regular expression."""

from __future__ import annotations

from textual import events, on
from textual.widgets import Input

from qualcode.i18n import _
from qualcode.tui.messages import Closed, SearchChanged, SearchDone, SearchWidened


class SearchLine(Input):
    """Hidden until `ask`; Enter stays on the hit, Tab finds in the whole study, Esc goes back."""

    WRITING = "search"
    """What `keys.writing` calls it."""
    DEFAULT_CSS = """
    SearchLine { display: none; border: none; height: 1; padding: 0 1; background: $panel; color: $foreground; }
    SearchLine:focus { border: none; background-tint: $foreground 0%; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, select_on_focus=True)

    def ask(self) -> None:
        self.placeholder = _("search; ~ before a regular expression; Tab finds in the whole study")
        self.display = True
        self.screen.set_focus(self)

    def close(self) -> None:
        self.display = False

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(SearchChanged(*self._asked()))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(SearchDone())

    def on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.stop()
            self.post_message(Closed("search"))
        elif event.key == "tab":
            event.stop()
            event.prevent_default()
            self.post_message(SearchWidened(*self._asked()))

    def _asked(self) -> tuple[str, bool]:
        """The words, and whether they are an expression."""
        return self.value.removeprefix("~"), self.value.startswith("~")
