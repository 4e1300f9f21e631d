"""The codebook screen: the tree of codes, their definitions, and everything that changes the codebook."""

from __future__ import annotations

from qualcode import i18n
from qualcode.domain import codebook_edit, codebook_order
from qualcode.domain.codebook import Code
from qualcode.errors import N_
from qualcode.i18n import _, ngettext
from qualcode.services import codebooks, coding, marking, picking, quoting
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import Closed, CodePicked, PickerChanged, RowChosen
from qualcode.tui.screens.codebook_texts import CodebookTexts
from qualcode.tui.screens.quotes import QuotesScreen
from qualcode.tui.screens.splitting import SplitScreen
from qualcode.tui.view import Choice
from qualcode.tui.widgets.picker import Picker


class CodebookScreen(CodebookTexts):
    """What concerns two codes: moving, merging, splitting. CodebookTexts changes one, CodebookTree shows them."""

    BINDINGS = bindings("book")

    _merged = ""
    """The code that is to go into another."""

    # Moving

    def action_move(self) -> None:
        """The first press marks a code, the second says under which it goes."""
        code, marked = self.hand, self.tree.marked
        if code is None:
            return
        if not marked:
            self.tree.mark(code.id)
            said = _("«{code}» is on its way: o on the code it goes under, Esc leaves it.")
            self.status.say(said.format(code=_shown(code)))
        elif marked == code.id:
            self.strip.ask("move", [Choice("f", _("make it a family"), "")])
        else:
            self.chosen_move("o", code.id)

    def chosen_move(self, _key: str, parent: str) -> None:
        marked = self.tree.marked
        self.tree.mark("")
        moved = self.change(
            N_("Code {code} moved under {parent}"),
            marked,
            lambda book: codebook_edit.move(book, marked, parent or None),
            parent=parent or "none",
        )
        if moved:
            with self.told():
                self.reread()

    def action_leave_screen(self) -> None:
        """Esc first leaves a move that is begun."""
        if self.tree.marked:
            self.tree.mark("")
            self.status.say(_("Nothing was moved."))
        else:
            super().action_leave_screen()

    def action_reorder(self, steps: int) -> None:
        code = self.hand
        if code is None:
            return
        beside = [one.id for one in self.study.codebook.children(code.parent) if self.is_shown(one.id)]
        at = beside.index(code.id)
        if not 0 <= at + steps < len(beside):
            return
        following = at + 2 if steps > 0 else at - 1
        before = beside[following] if following < len(beside) else None
        self.change(
            N_("Code {code} moved among those beside it"),
            code.id,
            lambda book: codebook_order.reorder(book, code.id, before),
        )

    # Merging

    def action_merge(self) -> None:
        if (code := self.hand) is not None:
            self._merged = code.id
            self.open_aside("picker")
            self.query_one(Picker).ask()
            self.status.say(_("«{code}» goes into which code?").format(code=_shown(code)))

    def on_picker_changed(self, event: PickerChanged) -> None:
        assert self.wording is not None
        recent = marking.recent_codes(self.study)
        found = picking.rank(self.study.codebook, event.words, recent=recent, language=i18n.language())
        self.query_one(Picker).show([self.wording.codes[code.id] for code in found if code.id != self._merged])

    def on_code_picked(self, event: CodePicked) -> None:
        """What goes over is said before it does."""
        self.close_aside()
        codebook = self.study.codebook
        code, into = codebook[self._merged], codebook[event.code]
        with self.told():
            uids = [item.coding.uid for item in coding.everything(self.study) if item.coding.code == code.id]
            relations = coding.dependents(self.study, uids).relations if uids else 0
            label = _("merge «{code}» into «{into}»").format(code=_shown(code), into=_shown(into))
            self.strip.ask("merge", [Choice("m", label, into.id)])
            going = (
                ngettext("{n} coding", "{n} codings", len(uids)).format(n=len(uids)),
                ngettext("{n} relation", "{n} relations", relations).format(n=relations),
            )
            self.status.say(_("{what} go over. Esc leaves it.").format(what=", ".join(going)))

    def chosen_merge(self, _key: str, into: str) -> None:
        with self.told():
            moved = codebooks.merge(self.study, self._merged, into)
            self.show_code(into)
            self.reread()
            said = ngettext("{n} coding went over.", "{n} codings went over.", moved.codings).format(
                n=moved.codings
            )
            same = ngettext("{n} was there already.", "{n} were there already.", moved.collapsed)
            self.status.say(f"{said} {same.format(n=moved.collapsed)}" if moved.collapsed else said)

    # Splitting

    def action_split(self) -> None:
        code = self.hand
        if code is None:
            return
        if code.id not in self.used or not self.used[code.id].own.codings:
            self.status.say(_("«{code}» has no codings of its own to split.").format(code=_shown(code)))
            return
        self.line.ask("split", _("New code split off from «{code}»").format(code=_shown(code)))

    def given_split(self, name: str) -> None:
        if not self.warned("split", name):
            self.chosen_split("y", name)

    def chosen_split(self, _key: str, name: str) -> None:
        if (code := self.hand) is not None:
            self.desk.push_screen(SplitScreen(code.id, name))

    def on_row_chosen(self, event: RowChosen) -> None:
        """Enter lists the quotes of the code and of all below it."""
        with self.told():
            uids = quoting.uids_with(self.study, event.id)
            self.desk.push_screen(QuotesScreen(_shown(self.study.codebook[event.id]), uids))

    def on_closed(self, event: Closed) -> None:
        if event.name == "picker":
            self.close_aside()
        elif event.name == "move":
            self.tree.mark("")


def _shown(code: Code) -> str:
    return code.name(i18n.language())
