"""Editing the current coding: valence, qualifiers, code, bounds, memo, removal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from qualcode.domain import qualifying
from qualcode.domain.coding import CodedSegment
from qualcode.errors import QualcodeError
from qualcode.i18n import _, ngettext
from qualcode.services import coding, people
from qualcode.services.memos import Memo
from qualcode.tui.memo_views import keep
from qualcode.tui.messages import Closed, KeyRefused, MemoKept
from qualcode.tui.qualifier_choices import PAIR, choices_for, partners, speaking_actor
from qualcode.tui.screens.applying import Applying
from qualcode.tui.view import Choice
from qualcode.tui.wording import DIRECT

_VALENCE_KEYS = {1: "+", -1: "-", 0: "0"}
_CASE_KEYS = "aghjtvwz"
"""Letters that no qualifier of the shipped codebook takes, for the case in documents with several."""
_CASE = "case"


class Editing(Applying):
    """Every key here acts on the current coding, which is always this coder's own."""

    _first_of_pair = ""
    _memo_on = ""
    _memo: Memo | None = None
    """The memo being gone on with; None for a new one."""
    _memo_about = ""
    _refused = ""
    """What was written and could not be kept."""

    @property
    def current(self) -> CodedSegment | None:
        """The coding that keys act on; where there is none, that is said."""
        segment = self.opened.segments.get(self.place.current or "")
        if segment is None and self.place.visited:
            self.status.say(_("This is a suggestion: a accepts it, e corrects it; Tab goes to your codings."))
        elif segment is None:
            self.status.say(_("Nothing of yours is coded here: c chooses a code."))
        return segment

    def action_step(self) -> None:
        """The next of this coder's codings on the target."""
        here = self.own_here()
        if not here:
            self.status.say(_("Nothing of yours is coded here: c chooses a code."))
            return
        at = here.index(self.place.current) + 1 if self.place.current in here else 0
        self.place = replace(self.place, current=here[at % len(here)], pinned=True, visited=None)
        self.show_standing()

    # Valence and qualifiers

    def action_valence(self, value: int) -> None:
        segment = self.current
        if segment is None:
            return
        code, key = segment.coding.code, _VALENCE_KEYS[value]
        direct = [one for one in self.wording.codebook.qualifiers_for(code) if one.entry == DIRECT] if code else []
        for qualifier in direct:
            for item in qualifier.values:
                if item.key == key:
                    self.edit({qualifier.id: item.id})
                    return
        self.status.say(_("{code} takes no valence.").format(code=self.wording.name(code)))

    def action_qualify(self) -> None:
        self._ask_qualifier(stays=False)

    def _ask_qualifier(self, *, stays: bool) -> None:
        segment = self.current
        if segment is None:
            return
        made = segment.coding
        choices = self._case_choices(segment)
        if made.code is not None:
            informants = {item.id: item for item in people.informants(self.study)}
            speaking = speaking_actor(self.wording.codebook, informants.get(segment.informant or ""))
            choices = [*choices_for(self.wording, made.code, made.qualifiers, speaking), *choices]
        if choices:
            self.strip.ask("qualifier", choices, stays=stays)
        else:
            self.status.say(_("There is nothing to be said of {code}.").format(code=self.wording.name(made.code)))

    def _case_choices(self, segment: CodedSegment) -> list[Choice]:
        """In a document with several cases a coding says which it is about."""
        cases = self.opened.listed.cases
        if len(cases) < 2:
            return []
        return [
            Choice(key, case, f"{_CASE}={case}", _("Case"), segment.coding.case == case)
            for key, case in zip(_CASE_KEYS, cases, strict=False)
        ]

    def chosen_qualifier(self, key: str, value: str) -> None:
        """Say it; what is said already is taken back by the same key."""
        segment = self.current
        if segment is None:
            return
        name, _equals, said = value.partition("=")
        if key == PAIR:
            self.strip.ask("pair", partners(self.wording, name))
            return
        if name == _CASE and said in self.opened.listed.cases:
            self.edit({}, case=None if segment.coding.case == said else said)
        else:
            self.edit({name: "" if segment.coding.qualifiers.get(name) == said else said})
        if self.strip.stays:
            self._ask_qualifier(stays=True)

    def on_key_refused(self, event: KeyRefused) -> None:
        """`qq` keeps the strip open until Esc."""
        if event.name == "qualifier" and event.key == "q":
            self._ask_qualifier(stays=not self.strip.stays)

    def chosen_pair(self, _key: str, value: str) -> None:
        name, _equals, self._first_of_pair = value.partition("=")
        self.strip.ask("partner", partners(self.wording, name, self._first_of_pair))

    def chosen_partner(self, _key: str, value: str) -> None:
        name, _equals, second = value.partition("=")
        pair = self.wording.codebook.in_order((self._first_of_pair, second))
        self.edit({name: qualifying.PAIR.join(pair)})

    def edit(self, qualifiers: Mapping[str, str], *, case: str | None = coding.KEEP) -> None:
        """Change what is said of the current coding."""
        segment = self.current
        if segment is None:
            return
        uid = segment.coding.uid
        with self.told():
            if self.is_unchanged(uid):
                changed = coding.edit(self.study, uid, qualifiers=qualifiers or coding.KEEP, case=case)
                self.wrote()
                self.show_coding(changed)
                if self.place.visited:
                    self.status.say(self.wording.summary(changed.coding.code, changed.coding.qualifiers))

    # Code and bounds

    def action_recode(self) -> None:
        if self.place.visited:
            self.ask_code("correct")
        elif self.current is not None:
            self.ask_code("recode")

    def recode(self, code: str) -> None:
        segment = self.current
        if segment is None:
            return
        with self.told():
            if self.is_unchanged(segment.coding.uid):
                changed = coding.edit(self.study, segment.coding.uid, code=code)
                self.used(code)
                self.show_coding(changed)
                self.show_offered(changed.coding.span)

    def action_rebound(self) -> None:
        """Move the bounds of the visited suggestion, which corrects it, else of the current coding."""
        selection = self.transcript.cursor.selection
        if selection is None:
            self.status.say(_("Mark the new bounds first: v."))
        elif self.place.visited:
            self.correct_bounds(selection)
        elif (segment := self.current) is not None:
            with self.told():
                if self.is_unchanged(segment.coding.uid):
                    changed = coding.edit(self.study, segment.coding.uid, span=selection)
                    self.wrote()
                    self.transcript.end_marking()
                    self.show_coding(changed)
                    self.show_offered(segment.coding.span, selection)

    # Removal

    def action_delete(self) -> None:
        """At once, since it can be undone; but where something rests on the coding, that is said first."""
        segment = self.current
        if segment is None:
            return
        uid = segment.coding.uid
        with self.told():
            if not self.is_unchanged(uid):
                return
            gone = coding.dependents(self.study, [uid])
            if not (gone.relations or gone.evidence):
                self._remove(uid)
                return
            relations = ngettext("{n} relation", "{n} relations", gone.relations).format(n=gone.relations)
            evidence = ngettext("{n} evidence link", "{n} evidence links", gone.evidence).format(n=gone.evidence)
            along = ", ".join(said for said, n in ((relations, gone.relations), (evidence, gone.evidence)) if n)
            self.strip.ask("removal", [Choice("d", _("remove it, and {along} with it").format(along=along), uid)])

    def chosen_removal(self, _key: str, uid: str) -> None:
        with self.told():
            if self.is_unchanged(uid):
                self._remove(uid)

    def _remove(self, uid: str) -> None:
        removed = self.opened.segments[uid].coding
        name = self.wording.name(removed.code)
        coding.remove(self.study, [uid])
        self.wrote()
        self.drop_coding(uid)
        self.show_offered(removed.span)
        self.status.say(_("Removed: {code}. u brings it back.").format(code=name))

    # Memo

    def action_memo(self) -> None:
        """Go on with this coder's own latest memo on the coding, or begin one."""
        segment = self.current
        if segment is None:
            return
        uid = segment.coding.uid
        own = [memo for memo in self.opened.memos(uid) if memo.coder == self.study.coder]
        about = self.wording.summary(segment.coding.code, segment.coding.qualifiers)
        self.write_memo(uid, about, own[-1] if own else None)

    def write_memo(self, on: str, about: str, known: Memo | None) -> None:
        """Write on a target of memos, called `about` on the screen."""
        self._memo_on, self._memo, self._memo_about, self._refused = on, known, about, ""
        self.open_aside("memo")
        self.memo.ask(about, known.text if known else "")

    def on_memo_kept(self, event: MemoKept) -> None:
        self.close_aside()
        on, self._memo_on = self._memo_on, ""
        if not on:
            return
        with self.told():
            try:
                kept = keep(self.study, on, self._memo, event.text)
            except QualcodeError:
                self._go_on_writing(on, event.text)
                raise
            if not kept:
                return
            self.wrote()
            if on in self.opened.segments:
                self.opened.reload_memos(on)
                self.show_coding(self.opened.segments[on])
            else:
                self.status.say(_("Kept: g k lists all memos.") if event.text else _("The memo is removed."))

    def _go_on_writing(self, on: str, text: str) -> None:
        """What could not be kept stays open, so that it is not lost; Esc once more gives it up."""
        if text != self._refused:
            self.write_memo(on, self._memo_about, self._memo)
            self.memo.ask(self._memo_about, text)
            self._refused = text

    def on_closed(self, event: Closed) -> None:
        if event.name == "pair":
            self._first_of_pair = ""
