"""The coding screen: a transcript, its codes, and every key that acts on them."""

from __future__ import annotations

from textual.widgets import ContentSwitcher

from qualcode.tui.keymap import bindings
from qualcode.tui.keys import coding as keys
from qualcode.tui.messages import MemoKept
from qualcode.tui.screens.blind_first import BlindFirst
from qualcode.tui.screens.filtering import Filtering
from qualcode.tui.screens.linking import Linking
from qualcode.tui.screens.noting import Noting
from qualcode.tui.screens.quoting import Quoting
from qualcode.tui.screens.relating import Relating
from qualcode.tui.widgets.memo import MemoPane
from qualcode.tui.widgets.transcript import TranscriptView

_OWN = frozenset(action.call.split("(")[0] for action in keys.ACTIONS)


class CodingScreen(Filtering, BlindFirst, Quoting, Relating, Noting, Linking):
    """What it does is in the classes it is made of, from Noting down to the layout."""

    BINDINGS = bindings("coding")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Coding keys are the transcript's: in the codebook pane a `d` must not delete a coding out of sight."""
        return action not in _OWN or isinstance(self.focused, TranscriptView)

    def on_descendant_focus(self) -> None:
        """A click on the text leaves picker and memo; what is written is kept."""
        if not isinstance(self.focused, TranscriptView):
            return
        aside = self.query_one(ContentSwitcher).current
        if aside == "memo":
            self.on_memo_kept(MemoKept(self.query_one(MemoPane).text))
        elif aside == "picker":
            self.purpose = "apply"
            self.close_aside()

    def on_screen_resume(self) -> None:
        """On coming back from a list: what was changed there is shown here."""
        if self.is_read:
            with self.told():
                self.catch_up()
            self.show_heading()
            self.return_keyboard()

    def evidence_in_hand(self) -> str:
        segment = self.current
        return segment.coding.uid if segment is not None else ""

    def linked(self) -> None:
        self.wrote()

    def show_pinned(self) -> None:
        self.show_heading()

    def go_b(self) -> None:
        self.go_to_codebook()

    def show_code(self, code: str) -> None:
        self.go_to_codebook()
        self.codebook_pane.show_code(code)

    def go_B(self) -> None:  # noqa: N802 - named by its key
        """The texts of the current coding's code are read first."""
        segment = self.opened.segments.get(self.place.current or "")
        self.desk.open_screen("B")
        if segment is not None and segment.coding.code:
            self.desk.shown.show_code(segment.coding.code)

    def go_i(self) -> None:
        self.toggle_inspector()

    def go_s(self) -> None:
        self.desk.suggest([self.opened.id])
