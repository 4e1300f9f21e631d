"""Changing codes one by one on the codebook screen: new ones, names, texts, colours, retiring."""

from __future__ import annotations

from collections.abc import Callable

from textual.widgets import ContentSwitcher

from qualcode import i18n
from qualcode.domain import codebook_edit
from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.codebook_edit import ListPart, TextPart
from qualcode.errors import N_, Message
from qualcode.i18n import _
from qualcode.services import codebooks, picking
from qualcode.tui.code_card import LANGUAGE_NAMES, part_label, sides, written
from qualcode.tui.messages import LineGiven, MemoKept
from qualcode.tui.screens.codebook_tree import CodebookTree
from qualcode.tui.themes.codes import FAMILIES
from qualcode.tui.view import Choice
from qualcode.tui.widgets.memo import MemoPane

_PART_KEYS: dict[str, TextPart | ListPart] = {
    "n": TextPart.NAME,
    "d": TextPart.DEFINITION,
    "i": TextPart.INCLUDE,
    "x": TextPart.EXCLUDE,
    "e": ListPart.EXAMPLES,
    "k": ListPart.KEYWORDS,
}
_COLOUR_NAMES = dict(
    zip(
        FAMILIES,
        (N_("blue"), N_("red"), N_("green"), N_("pink"), N_("orange"), N_("sky blue"), N_("olive"), N_("purple")),
        strict=True,
    )
)


class CodebookTexts(CodebookTree):
    """Every change is one operation; the tree stays on the code that it was made on."""

    _under: str | None = None
    _writing = ("", TextPart.NAME.value, "")
    """Code, part and language of the text being written."""

    def change(self, summary: str, code: str, edit: Callable[[Codebook], Codebook], **words: str) -> bool:
        """Store an edit of a code and stand on it; false, and said, where it was refused."""
        with self.told():
            codebooks.change(self.study, Message(summary, {"code": code, **words}), edit)
            self.show_code(code)
            return True
        return False

    def on_line_given(self, event: LineGiven) -> None:
        """A prompt called `name` is answered by the method `given_<name>`."""
        self.close_line()
        if event.text:
            getattr(self, f"given_{event.name}")(event.text)

    # New codes

    def action_new_code(self) -> None:
        code = self.hand
        if code is not None:
            self._ask_name(code.id, _("New code under «{code}»").format(code=code.name(i18n.language())))
        else:
            self.action_new_family()

    def action_new_family(self) -> None:
        self._ask_name(None, _("New family"))

    def _ask_name(self, parent: str | None, label: str) -> None:
        self._under = parent
        self.line.ask("new_code", label)

    def given_new_code(self, name: str) -> None:
        """Where there is nearly such a code that is said first."""
        if not self.warned("near", name):
            self.chosen_near("y", name)

    def warned(self, strip: str, name: str) -> bool:
        """Ask by the strip whether a code like another one is to be made; false where none is like it."""
        near = codebooks.near_names(self.study.codebook, name)
        if near:
            self.strip.ask(strip, [Choice("y", _("make «{name}» all the same").format(name=name), name)])
            known = ", ".join(code.name(i18n.language()) for code in near)
            self.status.say(_("There is nearly such a code: {known}. Esc leaves it at that.").format(known=known))
        return bool(near)

    def chosen_near(self, _key: str, name: str) -> None:
        with self.told():
            made = picking.new_code(self.study, name, self._under, i18n.language())
            self.show_code(made.id)
            self.status.say(_("Made: {code}. e d writes its definition.").format(code=name))

    # Names and texts

    def action_rename(self) -> None:
        if (code := self.hand) is not None:
            self._write(code, TextPart.NAME, i18n.language())

    def action_edit_text(self) -> None:
        """Small letters are for the screen language, capitals for the other."""
        if self.hand is None:
            return
        self.strip.ask(
            "text",
            [
                Choice(key if own else key.upper(), part_label(part), f"{part.value}={tag}", _language(tag))
                for own, tag in zip((True, False), sides(), strict=True)
                for key, part in _PART_KEYS.items()
            ],
        )

    def chosen_text(self, _key: str, value: str) -> None:
        part, _equals, language = value.partition("=")
        if (code := self.hand) is not None:
            self._write(code, _part(part), language)

    def _write(self, code: Code, part: TextPart | ListPart, language: str) -> None:
        self._writing = (code.id, part.value, language)
        text = written(code, part, language)
        if part is TextPart.NAME:
            self.line.ask("name", _("Name, {language}").format(language=_language(language)), text)
            return
        about = f"{part_label(part).capitalize()}, {_language(language)} · {code.name(i18n.language())}"
        hint = _("one on each line; Esc keeps") if isinstance(part, ListPart) else _("Esc keeps")
        self.open_aside("memo")
        self.query_one(MemoPane).ask(f"{about} ({hint})", text)

    def given_name(self, name: str) -> None:
        code, _name, language = self._writing
        if code in self.study.codebook and name != written(self.study.codebook[code], TextPart.NAME, language):
            self.change(
                N_("Code {code} changed"), code, lambda book: codebook_edit.rename(book, code, language, name)
            )

    def on_memo_kept(self, event: MemoKept) -> None:
        self.close_aside()
        code, name, language = self._writing
        part = _part(name)
        if event.text == written(self.study.codebook[code], part, language):
            return

        def edit(book: Codebook) -> Codebook:
            if isinstance(part, ListPart):
                return codebook_edit.set_list(book, code, part, language, event.text.splitlines())
            return codebook_edit.set_text(book, code, part, language, event.text)

        self.change(N_("Code {code} changed"), code, edit)

    def on_descendant_focus(self) -> None:
        """A click on the tree leaves the text or the picker; what is written is kept."""
        if self.focused is not self.tree:
            return
        aside = self.query_one(ContentSwitcher).current
        if aside == "memo":
            self.on_memo_kept(MemoKept(self.query_one(MemoPane).text))
        elif aside == "picker":
            self.close_aside()

    # Colour and retiring

    def action_colour(self) -> None:
        code = self.hand
        if code is None:
            return
        family = self.study.codebook.path(code.id)[0]
        heading = _("Colour of «{family}»").format(family=family.name(i18n.language()))
        offered = [
            Choice(str(number), _(name), f"{family.id}={colour}", heading, family.color == colour, colour)
            for number, (colour, name) in enumerate(_COLOUR_NAMES.items(), start=1)
        ]
        none = Choice("0", _("by its place"), f"{family.id}=", heading, family.color is None)
        self.strip.ask("colour", [*offered, none])

    def chosen_colour(self, _key: str, value: str) -> None:
        family, _equals, colour = value.partition("=")
        at = self.tree.chosen
        self.change(
            N_("Code {code} changed"), family, lambda book: codebook_edit.recolor(book, family, colour or None)
        )
        self.show_code(at)

    def action_retire(self) -> None:
        """Out of use, or back; what was coded stays and counts."""
        code = self.hand
        if code is None:
            return
        name = code.name(i18n.language())
        if code.retired:
            if self.change(
                N_("Code {code} brought back"), code.id, lambda book: codebook_edit.restore(book, code.id)
            ):
                self.status.say(_("In use again: {code}").format(code=name))
            return
        with self.told():
            summary = Message(N_("Code {code} retired"), {"code": code.id})
            codebooks.change(self.study, summary, lambda book: codebook_edit.retire(book, code.id))
            self.reread()
            self.status.say(_("Retired: {code}. Its codings stay; u brings it back.").format(code=name))


def _part(name: str) -> TextPart | ListPart:
    return TextPart(name) if name in list(TextPart) else ListPart(name)


def _language(tag: str) -> str:
    return LANGUAGE_NAMES.get(tag, tag)
