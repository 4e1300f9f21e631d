"""The import: what was read from the files, what is said of it, and what became of each file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath
from typing import Any

from rich.text import Text
from textual.app import ComposeResult

from qualcode.domain.progress import Report
from qualcode.i18n import _, ngettext
from qualcode.services import documents, importing, people
from qualcode.services.importing import FileReport, Outcome
from qualcode.services.keys import check_key, slug
from qualcode.services.study import Study
from qualcode.tui import import_views as views
from qualcode.tui.import_draft import Draft
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import LineGiven, RowChosen
from qualcode.tui.screens.carded import CardedList
from qualcode.tui.view import Choice
from qualcode.tui.widgets.card import Card
from qualcode.tui.widgets.marks import MarkTable
from qualcode.tui.widgets.table import Column, TableRow

_OFFERED = "123456789abdefghjklmopqrstuvwxyz"
"""Keys for cases and informants, without those that mean something else in the same strips."""
_NEW, _NONE, _INTERVIEWER = "n", "0", "i"
_MOST_INFORMANTS = 9


class ImportScreen(CardedList):
    """The files are read in a job and stored in a job; between them the coder says what the files do not."""

    CONTEXT = "importing"
    BINDINGS = bindings("importing")

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__()
        self._paths = tuple(paths)
        self._draft = Draft(())
        self._reports: Sequence[FileReport] = ()
        self._everywhere = False
        """What is being asked is for all files."""

    def on_mount(self) -> None:
        self.action_again()

    def body(self) -> ComposeResult:
        yield MarkTable(id="table")
        yield Card(id="card")

    def topic(self) -> str:
        return _("Imported") if self._reports else _("Import: is this right?")

    def facts(self) -> Sequence[str]:
        files = self._reports or self._draft.previews
        refused = sum(item.outcome is Outcome.REFUSED for item in (self._reports or self._draft.previews.values()))
        found = [ngettext("{n} file", "{n} files", len(files)).format(n=len(files))]
        if refused:
            found.append(ngettext("{n} file refused", "{n} files refused", refused).format(n=refused))
        return found

    def columns(self) -> Sequence[Column]:
        return views.columns()

    def rows(self) -> Sequence[TableRow]:
        if self._reports:
            here = {document.id for document in documents.listing(self.study)}
            return list(views.report_rows(self._reports, here))
        return list(views.draft_rows(self._draft))

    def card(self) -> Text:
        if self._reports:
            return views.report_card(self._reports[int(self.table.chosen or 0)], self.faint())
        path, label = self._in_hand()
        if path is None:
            return Text(_("Nothing was read.") if not self.desk.job_runs else _("The files are being read."))
        item = self._draft.previews[path]
        if label is None:
            return views.file_card(item, self.faint())
        return views.speaker_card(self._draft, item, label, self.faint())

    def _in_hand(self) -> tuple[Path | None, str | None]:
        """The file of the row in hand, and the label where it is a speaker's row."""
        number, _dot, place = self.table.chosen.partition(".")
        if self._reports or not number:
            return None, None
        path = list(self._draft.previews)[int(number)]
        return path, self._draft.labels(path)[int(place)] if place else None

    # Reading

    def action_again(self) -> None:
        """Read the files from disk; what was said of them is asked again."""
        paths = self._paths

        def work(study: Study, report: Report) -> object:
            return importing.preview(paths, study=study, report=report)

        self.desk.start(work, self._read, stopped=_("Stopped; nothing was read."))

    def _read(self, previews: Any) -> str:
        self._draft, self._reports = Draft(previews), ()
        self._repaint()
        n = len(previews)
        read = ngettext("{n} file read.", "{n} files read.", n).format(n=n)
        return f"{read} {_('Enter imports, c says the case, s who speaks.')}"

    def _repaint(self) -> None:
        """Where the coder has gone elsewhere meanwhile, there is nothing to paint on."""
        if self in self.app.screen_stack:
            self.reread()

    # Saying what the files do not

    def action_mark(self) -> None:
        path, _label = self._in_hand()
        if path is not None:
            self._draft.left_out ^= {path}
            with self.told():
                self.reread()

    def action_case(self, everywhere: bool) -> None:
        path, _label = self._in_hand()
        if path is None or not (everywhere or self._is_open(self._draft.open_for_case(path))):
            return
        self._everywhere = everywhere
        heading = _("Case of all files") if everywhere else _("Case")
        with self.told():
            known = list(zip(_OFFERED, people.cases(self.study), strict=False))
        choices = [Choice(key, case.title or case.id, case.id, heading) for key, case in known]
        self.strip.ask(
            "case",
            [*choices, Choice(_NEW, _("another"), "", heading), Choice(_NONE, _("no case"), "", heading)],
        )

    def chosen_case(self, key: str, case: str) -> None:
        if key == _NEW:
            self.line.ask("case", _("Id of the case, or of several by comma:"))
        else:
            self._put_cases([case] if case else [])

    def _put_cases(self, cases: Sequence[str]) -> None:
        path, _label = self._in_hand()
        files = self._draft.previews if self._everywhere else [path]
        for file in files:
            if file is not None and self._draft.open_for_case(file):
                self._draft.put_cases(file, cases)
        self.reread()

    def action_speaker(self, everywhere: bool) -> None:
        path, label = self._in_hand()
        if path is not None and label is None:
            self.status.say(_("Go to a speaker under the file first."))
        elif path is not None and label is not None and self._is_open(self._draft.open_for_speaker(path, label)):
            self._everywhere = everywhere
            with self.told():
                self._ask_who(label)

    def _ask_who(self, label: str) -> None:
        heading = label or _("the whole document")
        named = people.informants(self.study)[::-1]
        named.sort(key=lambda one: label.casefold() not in (one.title.casefold(), one.id.casefold()))
        offered = [
            Choice(str(number), one.title or one.id, one.id, heading)
            for number, one in enumerate(named[:_MOST_INFORMANTS], start=1)
        ]
        fixed = (
            Choice(_INTERVIEWER, _("interviewer"), "interviewer", heading),
            Choice(_NEW, _("another informant"), "", heading),
            Choice(_NONE, _("nobody that counts"), "none", heading),
        )
        self.strip.ask("who", [*fixed, *offered])

    def chosen_who(self, key: str, means: str) -> None:
        _path, label = self._in_hand()
        if key == _NEW:
            self.line.ask("who", _("Id of the informant:"), slug(PurePath(label)) if label else "")
        else:
            self._put_speaker(means)

    def _put_speaker(self, means: str) -> None:
        path, label = self._in_hand()
        if path is None or label is None:
            return
        places = self._draft.same_labels(label) if self._everywhere else [(path, label)]
        for file, name in places:
            self._draft.put_speaker(file, name, means)
        self.reread()
        self.table.action_move(1)

    def on_line_given(self, event: LineGiven) -> None:
        self.close_line()
        ids = [part.strip() for part in event.text.split(",") if part.strip()]
        with self.told():
            for one in ids:
                check_key(one)
            if event.name == "case" and ids:
                self._put_cases(ids)
            elif ids:
                self._put_speaker(ids[0])

    def _is_open(self, is_open: bool) -> bool:
        if not is_open:
            self.status.say(_("The file itself says this, or it is in the study already."))
        return is_open

    # Storing

    def on_row_chosen(self, event: RowChosen) -> None:
        if self._reports:
            self._open(self._reports[int(event.id)])
            return
        paths, choices = self._paths, self._draft.choices()

        def work(study: Study, report: Report) -> object:
            return importing.import_chosen(study, paths, choices, report=report)

        self.desk.start(work, self._imported, stopped=_("Stopped; the files before that are imported."))

    def _imported(self, reports: Any) -> str:
        self._reports = reports
        self._repaint()
        return views.summary(reports)

    def _open(self, report: FileReport) -> None:
        if report.document:
            self.desk.open_document(report.document)
        elif report.reason is not None:
            self.status.say(report.reason.render(_), bad=True)
