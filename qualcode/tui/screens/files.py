"""Choosing what is imported: a folder at a time, files and folders marked with the space bar."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rich.cells import cell_len
from textual.app import ComposeResult

from qualcode.domain.inert import inert
from qualcode.errors import N_, NotFound
from qualcode.i18n import _, ngettext
from qualcode.services import disk, importing
from qualcode.services.study import Study
from qualcode.tui.keymap import bindings
from qualcode.tui.messages import LineGiven, RowChosen
from qualcode.tui.screens.importing import ImportScreen
from qualcode.tui.screens.listing import ListScreen
from qualcode.tui.widgets.marks import MarkTable
from qualcode.tui.widgets.table import Column, TableRow

_UP = ".."


class FilesScreen(ListScreen):
    """Enter opens a folder, and goes on with a file or with all that is marked."""

    CONTEXT = "files"
    BINDINGS = bindings("files")

    def __init__(self) -> None:
        super().__init__()
        self._folder: Path | None = None
        self._marked: dict[Path, None] = {}
        self._at = ""
        """The row to stand on in the folder that is opened."""

    def body(self) -> ComposeResult:
        yield MarkTable(id="table")

    @property
    def folder(self) -> Path:
        if self._folder is None:
            self._folder = _first_folder(self.study)
        return self._folder

    def topic(self) -> str:
        return _("Import: which files?")

    def facts(self) -> Sequence[str]:
        n = len(self._marked)
        return (ngettext("{n} marked", "{n} marked", n).format(n=n),) if n else ()

    def heading(self, width: int) -> str:
        """The folder, its end where all of it does not fit."""
        path = inert(str(self.folder))
        while cell_len(path) > max(8, width - 4):
            path = "…" + path[2:]
        return "  " + path

    def columns(self) -> Sequence[Column]:
        return (Column("", share=1), Column("", 20, above=60), Column("", 9, right=True))

    def rows(self) -> Sequence[TableRow]:
        inside = disk.entries(self.folder)
        readable = importing.are_transcripts(item.path for item in inside if not item.is_folder)
        found = [TableRow(_UP, (f"  {_UP}", _("folder above"), ""))] if self.folder.parent != self.folder else []
        for item in inside:
            kind = _("folder") if item.is_folder else "" if item.path in readable else _("no transcript")
            name = f"{item.path.name}/" if item.is_folder else item.path.name
            size = "" if item.is_folder else _size(item.size)
            mark = "●" if item.path in self._marked else " "
            row = TableRow(
                str(item.path), (f"{mark} {name}", kind, size), faint=not (item.is_folder or item.path in readable)
            )
            found.append(row)
        return found

    def show_rows(self) -> None:
        self.table.show(self.columns(), self.rows(), self._at or self.table.chosen)
        self._at = ""

    # Going about

    def on_row_chosen(self, event: RowChosen) -> None:
        if event.id == _UP:
            self.action_up()
        elif Path(event.id).is_dir():
            self._open(Path(event.id))
        else:
            self._go_on(list(self._marked) or [Path(event.id)])

    def action_up(self) -> None:
        self._open(self.folder.parent, str(self.folder))

    def _open(self, folder: Path, at: str = "") -> None:
        """Another folder; one that cannot be read is told, and this one stays."""
        before, self._folder, self._at = self.folder, folder, at or _UP
        with self.told():
            try:
                self.reread()
            except BaseException:
                self._folder, self._at = before, ""
                raise

    def action_path(self) -> None:
        self.line.ask("path", _("File or folder, from here or from /:"))

    def on_line_given(self, event: LineGiven) -> None:
        self.close_line()
        path = Path(event.text).expanduser()
        path = path if path.is_absolute() else self.folder / path
        with self.told():
            if path.is_dir():
                self._open(path)
            elif path.exists():
                self._go_on([path])
            else:
                raise NotFound(
                    N_("There is no file or folder {path}."),
                    hint=N_("Check the name and the folder."),
                    path=str(path),
                )

    # Choosing

    def action_mark(self) -> None:
        """Mark or unmark, and on to the next."""
        chosen = self.table.chosen
        if not chosen or chosen == _UP:
            return
        path = Path(chosen)
        if path in self._marked:
            del self._marked[path]
        else:
            self._marked[path] = None
        with self.told():
            self.reread()
            self.table.action_move(1)

    def action_read(self) -> None:
        chosen = self.table.chosen
        paths = list(self._marked) or ([Path(chosen)] if chosen and chosen != _UP else [])
        if paths:
            self._go_on(paths)
        else:
            self.status.say(_("Mark files or folders first: space."))

    def _go_on(self, paths: Sequence[Path]) -> None:
        """Read these; what lies in a folder that is read itself is not read twice."""
        self._marked = {}
        self.app.push_screen(ImportScreen([path for path in paths if not set(path.parents) & set(paths)]))


def _first_folder(study: Study) -> Path:
    """Where the study keeps its transcripts, else where the program was started."""
    kept = study.folder / "transcripts" if study.folder else None
    return kept if kept is not None and kept.is_dir() else Path.cwd()


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 1_000_000 else f"{-(-count // 1000)} kB"
