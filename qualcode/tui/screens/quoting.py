"""From the text to the quotes of the current code."""

from __future__ import annotations

from qualcode.i18n import _
from qualcode.services import quoting
from qualcode.tui.screens.going import Going
from qualcode.tui.screens.quotes import QuotesScreen


class Quoting(Going):
    """The code is that of the visited suggestion, else of the current coding, else the one used last."""

    def go_q(self) -> None:
        offered = self.opened.offered.get(self.place.visited or "")
        segment = self.opened.segments.get(self.place.current or "")
        code = offered.code if offered else segment.coding.code if segment else self.place.last_code
        if code is None:
            self.status.say(_("Stand on a coding first: g q lists all quotes of its code."))
            return
        with self.told():
            uids = quoting.uids_with(self.study, code)
            self.remember()
            self.desk.push_screen(QuotesScreen(self.wording.name(code), uids))
