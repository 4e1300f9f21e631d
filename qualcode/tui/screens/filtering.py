"""Which codings are painted: those of a code, speaker, case or coder, with a value, a memo or something lacking."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qualcode.domain.coding import CodedSegment
from qualcode.domain.transcript import turn_at
from qualcode.i18n import _
from qualcode.services import selecting
from qualcode.services.selecting import Matcher, Selection
from qualcode.tui.messages import KeyRefused
from qualcode.tui.open_document import OpenDocument
from qualcode.tui.qualifier_choices import choices_for
from qualcode.tui.screens.going import Going
from qualcode.tui.view import Choice
from qualcode.tui.wording import DIRECT

_EVERYTHING = Selection()
_CASE_KEYS = _CODER_KEYS = "123456789"


class Filtering(Going):
    """One filter for the screen, also in the next document. Counts and turns done stay those of all codings."""

    only = _EVERYTHING
    _without: frozenset[str] = frozenset()
    """Whose codings are left out."""
    _reached = ""
    """The coding last gone to, from which the next one is counted: several may begin at one place."""

    def action_filter(self) -> None:
        """Offer what the place at the cursor has to filter by; each choice narrows further."""
        self.strip.ask("filter", list(self._filter_choices()))

    def _filter_choices(self) -> Iterator[Choice]:
        asked, heading = self.only, _("Show only")
        segment = self.opened.segments.get(self.place.current or "")
        turn = turn_at(self.opened.text.turns, self.place.offset)
        if segment is not None and segment.coding.code:
            code = segment.coding.code
            yield Choice("c", self.wording.name(code), f"code={code}", heading, asked.code == code)
        yield Choice("o", _("another code …"), "pick", heading)
        if turn is not None and turn.speaker:
            yield Choice("s", turn.speaker, f"speaker={turn.speaker}", heading, asked.speaker == turn.speaker)
        if len(self.opened.listed.cases) > 1:
            yield Choice("k", _("a case …"), "cases", heading, asked.case is not None)
        if len(self._coders()) > 1:
            yield Choice("b", _("a coder …"), "coders", heading, asked.coder is not None)
        if segment is not None and segment.coding.code:
            yield Choice("q", _("a value …"), "values", heading, bool(asked.qualifiers))
        yield Choice("m", _("with a memo"), "memo", heading, asked.memo_only)
        yield Choice("l", _("with something lacking"), "lacking", heading, asked.lacking_only)
        if asked != _EVERYTHING:
            yield Choice("x", _("everything again"), "everything", heading)

    def chosen_filter(self, _key: str, value: str) -> None:
        name, _equals, chosen = value.partition("=")
        asked = self.only
        if name == "pick":
            self.ask_code("filter")
        elif name == "cases":
            keys = zip(_CASE_KEYS, self.opened.listed.cases, strict=False)
            self.strip.ask("filter", [Choice(key, case, f"case={case}", _("Case")) for key, case in keys])
        elif name == "coders":
            keys = zip(_CODER_KEYS, self._coders(), strict=False)
            self.strip.ask("filter", [Choice(key, coder, f"coder={coder}", _("Coder")) for key, coder in keys])
        elif name == "values":
            self._ask_value()
        elif name == "memo":
            self.show_only(replace(asked, memo_only=not asked.memo_only))
        elif name == "lacking":
            self.show_only(replace(asked, lacking_only=not asked.lacking_only))
        elif name == "everything":
            self.show_only(_EVERYTHING)
        else:
            self.show_only(replace(asked, **{name: None if getattr(asked, name) == chosen else chosen}))

    def action_coding(self, steps: int) -> None:
        """The next coding that is shown, anybody's; one's own becomes the current one."""
        lanes, place = self.transcript.page.lanes, self.place
        reached = lanes.get(self._reached)
        here = self._reached if reached and reached.start == place.offset else ""
        places = lanes.following if steps > 0 else lanes.preceding
        following = next((one for one in places(place.offset, here) if not one.painted.suggestion), None)
        if following is None:
            self.status.say(_("No more codings this way."))
            return
        self._reached = following.painted.id
        self.place = place.left()
        self.stand(following.painted.span.start)
        if self.editable(following):
            self.place = replace(self.place, current=following.painted.id, pinned=True)
            self.show_standing()

    def _ask_value(self) -> None:
        segment = self.current
        if segment is None or segment.coding.code is None:
            return
        code, asked = segment.coding.code, self.only.qualifiers
        direct = [one for one in self.wording.codebook.qualifiers_for(code) if one.entry == DIRECT]
        signs = [
            Choice(item.key, self.wording.value(one, item.id), f"{one.id}={item.id}", self.wording.label(one))
            for one in direct
            for item in one.values
        ]
        self.strip.ask("value", [*signs, *choices_for(self.wording, code, asked, None)])

    def chosen_value(self, _key: str, value: str) -> None:
        name, _equals, chosen = value.partition("=")
        asked = dict(self.only.qualifiers)
        if asked.pop(name, None) != chosen:
            asked[name] = chosen
        self.show_only(replace(self.only, qualifiers=asked))

    def on_key_refused(self, event: KeyRefused) -> None:
        """`ff` shows everything again."""
        if event.name == "filter" and event.key == "f":
            self.close_strip()
            self.show_only(_EVERYTHING)

    def filter_by_code(self, code: str) -> None:
        self.show_only(replace(self.only, code=code))

    def show_only(self, selection: Selection) -> None:
        """Paint what is chosen and nothing else; said above until everything is shown again."""
        with self.told():
            self.only = selection
            self.narrow(self.opened)
            self.reread_whole()
            shown, all_of_them = len(self.opened.shown), len(self.opened.segments)
            if self.opened.is_narrowed:
                said = _("{shown} of {all} codings are shown.")
                self.status.say(said.format(shown=shown, all=all_of_them))

    def narrow(self, opened: OpenDocument) -> None:
        chosen = selecting.matcher(self.study, self.only) if self.only != _EVERYTHING else None
        self._without = self.desk.hidden_coders
        opened.show_only(_of_others_than(self._without, chosen) if self._without else chosen)

    def catch_up(self) -> None:
        super().catch_up()
        if self._without != self.desk.hidden_coders:
            self.narrow(self.opened)
            self.reread_whole()

    def filter_words(self) -> str:
        asked = self.only
        parts = [
            self.wording.name(asked.code) if asked.code else "",
            asked.speaker or "",
            asked.case or "",
            asked.coder or "",
            *self.wording.said(asked.qualifiers),
            _("with a memo") if asked.memo_only else "",
            _("with something lacking") if asked.lacking_only else "",
        ]
        words = " · ".join(filter(None, parts))
        hidden = ", ".join(sorted(self._without))
        only = _("only: {words}").format(words=words) if words else ""
        return "   ".join(filter(None, (only, _("without: {coders}").format(coders=hidden) if hidden else "")))

    def _coders(self) -> list[str]:
        return sorted({segment.coding.coder for segment in self.opened.segments.values()})


def _of_others_than(coders: frozenset[str], chosen: Matcher | None) -> Matcher:
    """Chosen, and by none of these coders."""

    def matches(segment: CodedSegment) -> bool:
        return segment.coding.coder not in coders and (chosen is None or chosen(segment))

    return matches
