"""Memos from the text on something else than the current coding: document, informant, case, code, the study."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode.domain.transcript import turn_at
from qualcode.i18n import _
from qualcode.services import documents, people
from qualcode.tui.memo_views import DIARY, kind_words, own_latest
from qualcode.tui.screens.going import Going
from qualcode.tui.view import Choice


class Noting(Going):
    """`M` and one more key; a case is chosen by its digit."""

    def action_note(self) -> None:
        with self.told():
            self.strip.ask("note", list(self._note_choices()))

    def chosen_note(self, key: str, target: str) -> None:
        """Go on with this coder's latest memo there; in the diary each is an entry of its own."""
        about = next(choice.label for choice in self._note_choices() if choice.value == target)
        with self.told():
            known = None if target == DIARY else own_latest(self.study, target)
            self.write_memo(target, _("Memo on: {what}").format(what=about), known)

    def _note_choices(self) -> Iterator[Choice]:
        opened, heading = self.opened, _("Memo on")

        def choice(key: str, kind: str, id: str, name: str) -> Choice:
            return Choice(key, f"{kind_words(kind)}: {name}", f"{kind}:{id}", heading)

        yield choice("d", "document", opened.id, opened.listed.title or opened.id)
        informant = self._speaking()
        if informant:
            names = {item.id: item.title for item in people.informants(self.study)}
            yield choice("i", "informant", informant, names.get(informant) or informant)
        titles = {item.id: item.title for item in people.cases(self.study)} if opened.listed.cases else {}
        for digit, case in zip("123456789", opened.listed.cases, strict=False):
            yield choice(digit, "case", case, titles.get(case) or case)
        current = opened.segments.get(self.place.current or "")
        if current is not None and current.coding.code is not None:
            yield choice("k", "code", current.coding.code, self.wording.name(current.coding.code))
        yield Choice("s", kind_words(DIARY), DIARY, heading)

    def _speaking(self) -> str | None:
        """The informant whose turn this is, or whose the whole document without turns is."""
        turn = turn_at(self.opened.text.turns, self.place.offset)
        speaker = documents.speakers(self.study, self.opened.id).get(turn.speaker if turn else "")
        return speaker.informant if speaker else None
