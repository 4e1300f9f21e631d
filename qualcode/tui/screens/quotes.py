"""Quotes: codings with their words and where they stand, each a step from its place in the text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.widget import Widget

from qualcode.domain.rendering import Rendering, RenderingKind
from qualcode.i18n import _, ngettext
from qualcode.services import documents, quotes, quoting
from qualcode.services.keys import check_language
from qualcode.services.quoting import Quoted
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import LineGiven, MemoKept, RowChosen, RowReached
from qualcode.tui.quote_views import QUOTABLE, QuoteViews, copied, kind_name
from qualcode.tui.screens.linking import Linking
from qualcode.tui.screens.listing import ListScreen
from qualcode.tui.themes import faint
from qualcode.tui.view import Choice
from qualcode.tui.widgets.card import Card
from qualcode.tui.widgets.memo import MemoPane
from qualcode.tui.widgets.quotes import QuoteList

_KINDS = {"t": RenderingKind.TRANSLATION, "w": RenderingKind.PARAPHRASE, "s": RenderingKind.TRIMMED}
_HELD_BACK = ("no", "paraphrase-only")
_OTHER = "o"


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is being written, going on from `before`: a rendering of the coding called `uid`."""

    uid: str
    kind: RenderingKind
    language: str = ""
    before: str = ""


class QuotesScreen(Linking, ListScreen):
    """The codings called `uids`, in their order; those that are gone or hidden from this coder are left out.

    `uids` are kept, so that what undo brings back is listed again.
    """

    CONTEXT = "quotes"
    BINDINGS = bindings("quotes")
    CSS_PATH: ClassVar = ["listing.tcss", "quotes.tcss"]

    def __init__(self, topic: str, uids: Sequence[str]) -> None:
        super().__init__()
        self._topic = topic
        self._uids = tuple(uids)
        self._quoted: dict[str, Quoted] = {}
        self._asked: _Asked | None = None

    def body(self) -> ComposeResult:
        yield QuoteList(id="quotes")
        yield Card(id="card")
        yield MemoPane(id="rendering")

    @property
    def quotes(self) -> QuoteList:
        return self.query_one(QuoteList)

    @property
    def pane(self) -> Widget:
        return self.quotes

    def topic(self) -> str:
        return self._topic

    def facts(self) -> Sequence[str]:
        n = len(self._quoted)
        left = len(self._uids) - n
        gone = ngettext("{n} no longer here", "{n} no longer here", left).format(n=left) if left else ""
        counted = ngettext("{n} coding", "{n} codings", n).format(n=n)
        return tuple(filter(None, (counted, gone, *self.desk.pinned_facts())))

    def heading(self, width: int) -> str:
        return ""

    def show_rows(self) -> None:
        found = quoting.quoted(self.study, self._uids)
        self._quoted = {item.segment.coding.uid: item for item in found}
        self._views = QuoteViews(self.study)
        self.quotes.show([self._views.view(item) for item in found], self.quotes.chosen)

    @property
    def in_hand(self) -> Quoted | None:
        return self._quoted.get(self.quotes.chosen)

    # Reading

    def on_row_reached(self, _event: RowReached) -> None:
        item = self.in_hand
        self.query_one(Card).show(self._views.card(item, self._faint()) if item else Text())

    def on_row_chosen(self, event: RowChosen) -> None:
        made = self._quoted[event.id].segment.coding
        if made.placed:
            self.desk.open_document(made.document, made.span.start, made.uid)
        else:
            self.status.say(_("Its place in the newest text is not certain, so there is none to open."), bad=True)

    def action_turn(self, pages: int) -> None:
        self.query_one(Card).turn(pages)

    def action_copy(self) -> None:
        item = self.in_hand
        if item is None:
            return
        self.app.copy_to_clipboard(copied(item))
        held = item.segment.coding.qualifiers.get(QUOTABLE) in _HELD_BACK
        warned = _("Copied, but these words are not to be quoted as they are.")
        self.status.say(warned if held else _("Copied with its source."), bad=held)

    def evidence_in_hand(self) -> str:
        item = self.in_hand
        return item.segment.coding.uid if item is not None else ""

    def show_pinned(self) -> None:
        self.show_facts()

    # Renderings for publication

    def action_render(self) -> None:
        if self.in_hand is not None:
            heading = _("For publication")
            self.strip.ask("kind", [Choice(key, kind_name(kind), kind, heading) for key, kind in _KINDS.items()])

    def chosen_kind(self, _key: str, kind: str) -> None:
        """A trimmed quote is in the language of its document; of the others that is asked."""
        item = self.in_hand
        if item is None:
            return
        self._asked = _Asked(item.segment.coding.uid, RenderingKind(kind))
        own = self._language(item)
        if self._asked.kind is RenderingKind.TRIMMED:
            self._write_in(own)
            return
        known = (one.language for other in self._quoted.values() for one in other.renderings)
        offered = list(dict.fromkeys((*self.study.codebook.languages, self.study.language, own, *known)))
        choices = [Choice(str(number), tag, tag, _("Language")) for number, tag in enumerate(offered[:9], start=1)]
        self.strip.ask("tongue", [*choices, Choice(_OTHER, _("another"), "", _("Language"))])

    def chosen_tongue(self, key: str, tag: str) -> None:
        if key == _OTHER:
            self.line.ask("tongue", _("Language, such as en:"))
        else:
            self._write_in(tag)

    def on_line_given(self, event: LineGiven) -> None:
        self.close_line()
        if event.name == "tongue" and event.text:
            with self.told():
                check_language(event.text)
                self._write_in(event.text)

    def _write_in(self, language: str) -> None:
        """Write the rendering, going on from the one there is, trimming from the words themselves."""
        item = self.in_hand
        if item is None or self._asked is None:
            return
        asked = replace(self._asked, language=language)
        known = self._known(asked)
        words = item.segment.coding.anchor.exact if asked.kind is RenderingKind.TRIMMED else ""
        self._asked = replace(asked, before=known.text if known else words)
        label = f"{kind_name(asked.kind)} ({language})"
        self.query_one(Card).display = False
        pane = self.query_one(MemoPane)
        pane.display = True
        self.status.hint(())
        pane.ask(_("{rendering}: Esc keeps it; an empty one goes").format(rendering=label), self._asked.before)

    def on_memo_kept(self, event: MemoKept) -> None:
        self.query_one(MemoPane).display = False
        self.query_one(Card).display = True
        self.return_keyboard()
        asked, self._asked = self._asked, None
        if asked is None:
            return
        with self.told():
            self._keep(asked, event.text)
            self.reread()

    def _keep(self, asked: _Asked, text: str) -> None:
        known = self._known(asked)
        if text == asked.before.strip() or not (text or known):
            return
        if known is None:
            quotes.add(self.study, asked.uid, asked.kind, asked.language, text)
        elif text:
            quotes.edit(self.study, known.uid, text)
        else:
            quotes.remove(self.study, known.uid)

    def _known(self, asked: _Asked) -> Rendering | None:
        renderings = self._quoted[asked.uid].renderings
        return next((one for one in renderings if (one.kind, one.language) == (asked.kind, asked.language)), None)

    def _language(self, item: Quoted) -> str:
        listed = documents.get(self.study, item.segment.coding.document)
        return listed.language or self.study.language

    def _faint(self) -> str:
        return faint(self)
