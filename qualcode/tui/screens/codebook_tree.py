"""The codebook as it is read: the tree of codes with their use, and the card of the one in hand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.widgets import ContentSwitcher

from qualcode import i18n
from qualcode.domain.codebook import Code
from qualcode.i18n import _, ngettext
from qualcode.services import code_usage, history
from qualcode.services.code_usage import CodeUsage, Usage
from qualcode.tui.code_card import card_of
from qualcode.tui.messages import RowReached
from qualcode.tui.screens.listing import ListScreen
from qualcode.tui.widgets.code_tree import CodeTree
from qualcode.tui.widgets.labelled import CardView, LabelledCard
from qualcode.tui.widgets.memo import MemoPane
from qualcode.tui.widgets.picker import Picker
from qualcode.tui.widgets.table import Column
from qualcode.tui.wording import Wording

NARROW, WIDE = 100, 120
_UNUSED = CodeUsage(Usage(), Usage())


class CodebookTree(ListScreen):
    """`hand` is the code that keys act on; retired codes are shown on demand."""

    CSS_PATH = ["listing.tcss", "beside.tcss"]  # noqa: RUF012 - as Textual declares it
    CONTEXT = "book"

    _retired_shown = False
    _at = ""
    """The code to stand on at the next reading, where it is not the one in hand."""

    def __init__(self) -> None:
        super().__init__()
        self.used: dict[str, CodeUsage] = {}
        self._counted = -1
        self.wording: Wording | None = None

    def body(self) -> ComposeResult:
        with Container(id="beside"):
            yield CodeTree(id="table")
            with ContentSwitcher(initial="card", id="aside"):
                yield LabelledCard(id="card")
                yield Picker(id="picker")
                yield MemoPane(id="memo")

    @property
    def tree(self) -> CodeTree:
        return cast(CodeTree, self.table)

    @property
    def card(self) -> LabelledCard:
        return self.query_one(LabelledCard)

    @property
    def hand(self) -> Code | None:
        """The code in hand as it is stored now."""
        return next((code for code in self.study.codebook.codes if code.id == self.tree.chosen), None)

    def topic(self) -> str:
        codebook = self.study.codebook
        return " ".join(filter(None, (_("Codebook"), codebook.id, codebook.version)))

    def facts(self) -> Sequence[str]:
        codes = self.study.codebook.codes
        retired = sum(code.retired for code in codes)
        active = len(codes) - retired
        said = ngettext("{n} retired code: v shows it", "{n} retired codes: v shows them", retired)
        return (
            ngettext("{n} code", "{n} codes", active).format(n=active),
            *((said.format(n=retired),) if retired and not self._retired_shown else ()),
        )

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Code"), share=1),
            Column(_("Codings"), 9, right=True),
            Column(_("Documents"), 10, right=True, above=60),
            Column(_("Informants"), 11, right=True, above=72),
        )

    def reread(self, *, follow: bool = False) -> None:
        """With `follow`, stand on the first code that has changed since it was shown."""
        revision = history.revision(self.study)
        if revision != self._counted:
            # All codings are read for it, which in a large study is felt: not again on coming back to the screen.
            self.used, self._counted = code_usage.usage(self.study), revision
        before = self.wording.codebook if self.wording is not None else None
        if follow and before is not None:
            codes = self.study.codebook.codes
            changed = (code.id for code in codes if code.id not in before or code != before[code.id])
            self._at = next((code for code in changed if self.is_shown(code)), "")
        super().reread()

    def show_rows(self) -> None:
        self.wording = Wording(self.study.codebook, i18n.language(), {})
        views = [view for view in self.wording.codes.values() if self.is_shown(view.id)]
        at, self._at = self._at or self.tree.chosen, ""
        self.tree.plant(self.columns(), views, {view.id: self._cells(view.id) for view in views}, at)
        self.show_card()

    def show_code(self, code: str) -> None:
        """Stand on a code, showing retired ones if it is one; before the screen is there, once it is."""
        self._at = code
        if code in self.study.codebook and self.study.codebook[code].retired:
            self._retired_shown = True
        if self.wording is not None:
            super().reread()

    def show_card(self) -> None:
        code = self.hand
        if code is None:
            self.card.show(CardView(_("The codebook is empty: N makes the first family.")))
        else:
            view = card_of(self.study.codebook, code, self.used.get(code.id, _UNUSED))
            self.card.show(view, abreast=self.size.width >= WIDE)

    def is_shown(self, code: str) -> bool:
        return self._retired_shown or not any(one.retired for one in self.study.codebook.path(code))

    def _cells(self, code: str) -> tuple[str, ...]:
        whole = self.used.get(code, _UNUSED).whole
        return tuple(str(n) if n else "·" for n in (whole.codings, whole.documents, whole.informants))

    def on_row_reached(self, _event: RowReached) -> None:
        self.show_card()

    def on_resize(self, event: events.Resize) -> None:
        self.set_class(event.size.width < NARROW, "-narrow")
        if self.wording is not None:
            self.show_card()
        # The tree takes its width after this: its heading must not go by the old one.
        self.call_after_refresh(self._head)

    def heading(self, width: int) -> str:
        return self.tree.heading(self.tree.size.width or width)

    def open_aside(self, pane: str) -> None:
        self.query_one(ContentSwitcher).current = pane

    def close_aside(self) -> None:
        self.open_aside("card")
        self.return_keyboard()

    @property
    def context(self) -> str:
        """The picker's own keys while it is open."""
        return "picker" if self.query_one(ContentSwitcher).current == "picker" else self.CONTEXT

    def action_fold(self) -> None:
        if self.tree.chosen:
            self._at = self.tree.fold(self.tree.chosen)
            self.show_rows()

    def action_read_on(self, pages: int) -> None:
        self.card.turn(pages)

    def action_show_retired(self) -> None:
        self._retired_shown = not self._retired_shown
        with self.told():
            super().reread()
