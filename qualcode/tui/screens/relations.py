"""The relations of a document or of the study: listed by type and case, or drawn as links between codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text

from qualcode.domain.relation import PlacedRelation
from qualcode.i18n import _, ngettext
from qualcode.services import relations
from qualcode.tui.keymap import bindings
from qualcode.tui.memo_views import own_latest
from qualcode.tui.messages import RowChosen
from qualcode.tui.relation_views import Pair, RelationViews
from qualcode.tui.relation_words import in_a_line, other_claimant, other_stance
from qualcode.tui.screens.annotated import AnnotatedList
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.widgets.table import Column, TableRow


class RelationsScreen(AnnotatedList):
    """`_document` is empty for the whole study; `_pair` narrows to the two codes of a line of the drawing."""

    CONTEXT = "relations"
    BINDINGS: ClassVar = [*bindings("relations"), *bindings("relation")]

    def __init__(self) -> None:
        super().__init__()
        self._document = ""
        self._come_from = ""
        self._drawn = False
        self._pair: Pair | None = None
        self._line = ""
        self._at = ""

    def on_mount(self) -> None:
        """Opened from a text it lists that document's relations first."""
        under = self.desk.screen_stack[-2]
        if isinstance(under, CodingScreen):
            self._document = self._come_from = under.opened.id

    @property
    def context(self) -> str:
        """In the drawing no relation is in hand: keys that change one are not hinted at."""
        return "drawing" if self._drawn else self.CONTEXT

    def topic(self) -> str:
        n = len(self._views.found)
        return ngettext("{n} relation", "{n} relations", n).format(n=n)

    def facts(self) -> Sequence[str]:
        views = self._views
        where = views.titles.get(self._document, self._document) if self._document else _("the whole study")
        pair = " – ".join(map(views.wording.name, self._pair)) if self._pair else ""
        return tuple(filter(None, (where, pair)))

    def show_rows(self) -> None:
        self._views = RelationViews(self.study, self._document, self._pair)
        at, self._at = self._at or self.table.chosen, ""
        self.table.show(self.columns(), self.rows(), at)

    def columns(self) -> Sequence[Column]:
        return self._views.drawing_columns() if self._drawn else self._views.columns()

    def rows(self) -> Sequence[TableRow]:
        return tuple(self._views.drawing() if self._drawn else self._views.rows())

    def card(self) -> Text:
        chosen, views = self.table.chosen, self._views
        if chosen in views.found:
            return views.relation_card(views.found[chosen], self.faint())
        if chosen in views.links:
            return views.link_card(views.links[chosen], self.faint())
        if self._document:
            nothing = _("Nothing is related in this document; f shows the whole study.")
        else:
            nothing = _("Nothing is related yet: in a text, l on one coding and then on another relates them.")
        return Text(nothing, self.faint())

    # Going about

    def on_row_chosen(self, event: RowChosen) -> None:
        """From the drawing to what is behind a line of it, from the list to the text."""
        link = self._views.links.get(event.id)
        if link is not None:
            self._line = event.id
            self._show(drawn=False, pair=(link.source, link.target))
            return
        item = self._views.found[event.id]
        made = item.relation
        end = made.source if item.source.coding.document == made.document else made.target
        self.desk.open_document(made.document, made.span.start, end)

    def action_view(self) -> None:
        self._show(drawn=not self._drawn)

    def action_leave_screen(self) -> None:
        """From two codes back to the drawing they were chosen in."""
        if self._pair is not None:
            self._show(drawn=True)
        else:
            super().action_leave_screen()

    def _show(self, *, drawn: bool, pair: Pair | None = None) -> None:
        self._at, self.table.at = self._line if self._pair else "", 0
        self._drawn, self._pair = drawn, pair
        with self.told():
            self.reread()

    def action_scope(self) -> None:
        """Between the whole study and a document: the one come from, else that of the relation in hand."""
        item = self._views.found.get(self.table.chosen)
        here = self._come_from or (item.relation.document if item else "")
        self._document = "" if self._document else here
        with self.told():
            self.reread()

    # Changing what is in hand

    def action_stance(self) -> None:
        self._change(
            lambda item: relations.edit(self.study, item.relation.uid, stance=other_stance(item.relation.stance))
        )

    def action_claim(self) -> None:
        self._change(
            lambda item: relations.edit(
                self.study, item.relation.uid, claimed_by=other_claimant(item.relation.claimed_by)
            )
        )

    def action_swap(self) -> None:
        self._change(lambda item: relations.edit(self.study, item.relation.uid, swap=True))

    def action_remove(self) -> None:
        item = self._own()
        if item is not None:
            with self.told():
                relations.remove(self.study, item.relation.uid)
                self.reread()
                said = _("Removed: {relation}. u brings it back.")
                self.status.say(said.format(relation=in_a_line(self._views.wording, item)))

    def action_memo(self) -> None:
        item = self._in_hand()
        if item is not None:
            target = f"relation:{item.relation.uid}"
            with self.told():
                self.write_memo(target, in_a_line(self._views.wording, item), own_latest(self.study, target))

    def _change(self, change: Callable[[PlacedRelation], PlacedRelation]) -> None:
        item = self._own()
        if item is not None:
            with self.told():
                made = change(item)
                self.reread()
                self.status.say(in_a_line(self._views.wording, made))

    def _in_hand(self) -> PlacedRelation | None:
        if self.table.chosen in self._views.links:
            self.status.say(_("Enter lists what is behind this line; there it can be changed."))
        return self._views.found.get(self.table.chosen)

    def _own(self) -> PlacedRelation | None:
        """The relation in hand where this coder made it; another's is left alone, and that is said."""
        item = self._in_hand()
        if item is None or item.relation.coder == self.study.coder:
            return item
        self.status.say(_("{coder} made this: only they change it.").format(coder=item.relation.coder), bad=True)
        return None
