"""Putting codes on the text: picker, favourites, repeat, the codebook pane, and new codes from the words."""

from __future__ import annotations

from dataclasses import replace

from qualcode import i18n
from qualcode.domain.span import Span
from qualcode.i18n import _
from qualcode.services import codebooks, coding, marking, picking
from qualcode.tui.messages import Closed, CodePicked, FavouriteChosen, NewCodeAsked, PickerChanged
from qualcode.tui.screens.unsaved import Unsaving
from qualcode.tui.view import Choice

_IN_VIVO = 60
"""Characters of a name taken from the text: longer ones are not read in a list."""
_FAMILY_KEYS = "123456789abcdefghijklmnopqrstuvwxyz"


class Applying(Unsaving):
    """`use_code` is where every way of choosing a code ends; `purpose` says what the chosen code is for."""

    purpose = "apply"
    """apply: code the target; recode: change the current coding; correct: decide the visited suggestion;
    filter: show its codings only."""
    _new_name = ""

    def action_pick(self) -> None:
        self.ask_code("apply")

    def action_repeat(self) -> None:
        if self.place.last_code is None:
            self.status.say(_("Nothing to repeat yet: c chooses a code."))
        else:
            self.apply(self.place.last_code)

    def action_favourite(self, digit: int) -> None:
        code = self.wording.favourites.get(str(digit))
        if code is None:
            said = _("{digit} has no code yet: g b, then {digit} on a code gives it one.")
            self.status.say(said.format(digit=digit))
        else:
            self.apply(code)

    def action_in_vivo(self) -> None:
        """A new code called what the informant says."""
        target = self.transcript.target
        if target is not None:
            self.purpose = "apply"
            words = " ".join(self.opened.words(target).split())
            self._ask_family(words if len(words) <= _IN_VIVO else words[:_IN_VIVO].rsplit(" ", 1)[0])

    def ask_code(self, purpose: str, words: str = "") -> None:
        """Open the picker; what is picked is used for `purpose`."""
        self.purpose = purpose
        self.open_aside("picker")
        self.picker.ask(words)

    def apply(self, code: str) -> None:
        """Put a code on the selection, else on the sentence."""
        target = self.transcript.target
        if target is None:
            self.status.say(_("There is no text here to code."))
            return
        with self.told():
            self.catch_up()
            qualifiers = coding.proposed_qualifiers(
                self.study, self.opened.id, target, code, segments=self.coded_about(target)
            )
            added = self.put(target, code, qualifiers)
            self.used(code)
            self.show_coding(added.segment)
            if not added.is_new:
                self.status.say(_("That is coded so already: {code}").format(code=self.wording.name(code)))

    def used(self, code: str) -> None:
        """After the write: this is the code that `.` repeats and that the picker offers first."""
        self.wrote()
        self.place = replace(self.place, last_code=code)
        self.recent = [code, *(other for other in self.recent if other != code)]
        self.transcript.end_marking()

    def use_code(self, code: str) -> None:
        """What a picked code is for."""
        purpose, self.purpose = self.purpose, "apply"
        uses = {
            "apply": self.apply,
            "recode": self.recode,
            "correct": self.correct,
            "filter": self.filter_by_code,
        }
        uses[purpose](code)

    def recode(self, code: str) -> None:
        raise NotImplementedError

    def correct(self, code: str) -> None:
        raise NotImplementedError

    def filter_by_code(self, code: str) -> None:
        raise NotImplementedError

    def correct_bounds(self, span: Span) -> None:
        raise NotImplementedError

    # The picker and the codebook pane

    def on_picker_changed(self, event: PickerChanged) -> None:
        self.rank(event.words)

    def rank(self, words: str) -> None:
        """Show the codes that fit the words in the picker."""
        found = picking.rank(self.wording.codebook, words, recent=self.recent, language=i18n.language())
        self.picker.show([self.wording.codes[code.id] for code in found])

    def on_code_picked(self, event: CodePicked) -> None:
        self.close_aside()
        self.leave_codebook()
        self.use_code(event.code)

    def on_favourite_chosen(self, event: FavouriteChosen) -> None:
        with self.told():
            self.wording = self.wording.with_favourites(marking.put_favourite(self.study, event.digit, event.code))
            self.count_codes()
            said = _("{digit} puts {code} from now on.")
            self.status.say(said.format(digit=event.digit, code=self.wording.name(event.code)))

    def on_closed(self, event: Closed) -> None:
        if event.name == "picker":
            self.purpose = "apply"
            self.close_aside()
        elif event.name == "codebook":
            self.leave_codebook()

    # New codes

    def on_new_code_asked(self, event: NewCodeAsked) -> None:
        self.close_aside()
        self._ask_family(event.name)

    def _ask_family(self, name: str) -> None:
        """Where in the tree: a code without a family above it would be one, and families are not put on texts."""
        families = self.wording.families
        if not families:
            self.status.say(_("The codebook is empty: `qualcode codebook import FILE` brings one in."), bad=True)
            return
        self._new_name = name
        near = codebooks.near_names(self.wording.codebook, name)
        heading = _("New code «{name}» under").format(name=name)
        choices = zip(_FAMILY_KEYS, families, strict=False)
        self.strip.ask("family", [Choice(key, view.name, view.id, heading) for key, view in choices])
        if near:
            known = ", ".join(self.wording.name(code.id) for code in near)
            self.status.say(_("There is nearly such a code: {known}. Esc leaves it at that.").format(known=known))

    def chosen_family(self, _key: str, family: str) -> None:
        with self.told():
            self.catch_up()
            code = picking.new_code(self.study, self._new_name, family, i18n.language())
            self.wrote()
            self.codes_changed()
            self.use_code(code.id)
