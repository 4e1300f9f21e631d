"""Making and opening a study: its folder, its database, who acts, and what is asked for again and again."""

from __future__ import annotations

import getpass
import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qualcode import settings as files
from qualcode.domain.codebook import Codebook
from qualcode.errors import N_, BadInput, Conflict, Message, NotFound
from qualcode.store import codebooks, documents, lookup, people, settings
from qualcode.store.documents import VersionText
from qualcode.store.engine import sqlite_url
from qualcode.store.settings import StudyRow
from qualcode.store.study_store import HEAD, Store, create, open_store
from qualcode.store.unit import Unit

SCHEMA = HEAD
"""The schema version that every open study has: another one is refused, or brought to it."""
_FOLDERS = ("codebooks", "transcripts", "exports")
_KEPT_TEXTS = 16
"""Texts held in memory: the desk's open documents, and what a coding command looks at."""


class Study:
    """An open study. Close it, or use it as a context manager.

    `folder` is None for a study reached by a database address alone.
    """

    def __init__(self, store: Store, *, folder: Path | None, file: files.StudyFile, coder: str | None) -> None:
        self.store = store
        self.folder = folder
        self.file = file
        self._coder = coder
        self._coder_id: int | None = None
        self._codebook: tuple[object, Codebook] | None = None
        self._code_ids: dict[str, int] = {}
        self._texts: dict[str, VersionText] = {}

    def __enter__(self) -> Study:
        return self

    def __exit__(self, *_exception: object) -> None:
        self.close()

    def close(self) -> None:
        self.store.close()

    @property
    def _row(self) -> StudyRow:
        """Read each time: title and language may be set, and the setting taken back, while the study is open."""
        with self.store.read() as connection:
            return settings.study_row(connection)

    @property
    def uid(self) -> str:
        return self._row.uid

    @property
    def title(self) -> str:
        return self._row.title or (self.folder.name if self.folder else self.store.where)

    @property
    def language(self) -> str:
        """BCP-47: of documents that name none, and of code names in exports."""
        return self._row.language

    @property
    def coder(self) -> str:
        """The name of who acts. Raises BadInput where nobody is named, NotFound for an unknown coder."""
        self.coder_id  # noqa: B018 - checks the name
        return self._coder or ""

    @property
    def coder_id(self) -> int:
        if self._coder_id is None:
            if self._coder is None:
                raise BadInput(
                    N_("Nobody is named as the coder who acts."),
                    hint=N_("Give `--coder NAME`, or add yourself: `qualcode coders add NAME`."),
                )
            with self.store.read() as connection:
                self._coder_id = lookup.row_id(connection, lookup.CODER, self._coder)
        return self._coder_id

    @property
    def exports(self) -> Path:
        """Where exports go by default."""
        return (self.folder or Path.cwd()) / self.file.exports

    def act_as(self, name: str) -> None:
        """Let another coder act from now on. Raises NotFound, and the former coder stays."""
        with self.store.read() as connection:
            self._coder_id = lookup.row_id(connection, lookup.CODER, name)
        self._coder = name

    @property
    def codebook(self) -> Codebook:
        """The codebook as it is now; another program's changes are seen. Empty in a study without one."""
        with self.store.read() as connection:
            revision = codebooks.revision(connection)
            if self._codebook is None or self._codebook[0] != revision:
                loaded = codebooks.load(connection) or Codebook("", "", (self.language,), ())
                self._codebook = (revision, loaded)
                self._code_ids = codebooks.code_ids(connection)
        return self._codebook[1]

    def code_id(self, code: str | None) -> int | None:
        """The row id of a code; None for a quotation. Raises NotFound, naming what was probably meant."""
        if code is None:
            return None
        if self._codebook is None or code not in self._code_ids:
            self.codebook  # noqa: B018 - reads the ids along with it
        if code not in self._code_ids:
            raise lookup.unknown("code", code, self._code_ids)
        return self._code_ids[code]

    def text(self, document: str) -> VersionText:
        """The newest text of a document with its turns. Versions never change, so they are kept in memory.

        Raises NotFound; a removed document is not found.
        """
        with self.store.read() as connection:
            version_id = documents.newest_version_id(connection, document)
            kept = self._texts.get(document)
            if kept is None or kept.version_id != version_id:
                kept = documents.text_of(connection, document)
        self._texts.pop(document, None)
        self._texts[document] = kept
        while len(self._texts) > _KEPT_TEXTS:
            del self._texts[next(iter(self._texts))]
        return kept

    def settings(self) -> dict[str, Any]:
        """All settings that research rests on."""
        with self.store.read() as connection:
            return settings.settings(connection)

    @contextmanager
    def write(self, verb: str, template: str, *, undoable: bool = True, **params: Any) -> Generator[Unit]:
        """One transaction and one operation by this coder, described by the message template."""
        message = Message(template, params)
        with self.store.write(verb, message, coder_id=self.coder_id, undoable=undoable) as unit:
            yield unit

    @contextmanager
    def write_unsigned(self, verb: str, template: str, *, undoable: bool = True, **params: Any) -> Generator[Unit]:
        """As `write`, but also where nobody is named yet: adding the first coder, making the study."""
        signed = self._coder_id or (self.coder_id if self._coder and self._knows(self._coder) else None)
        message = Message(template, params)
        with self.store.write(verb, message, coder_id=signed, undoable=undoable) as unit:
            yield unit

    def _knows(self, name: str) -> bool:
        with self.store.read() as connection:
            return name in lookup.keys(connection, lookup.CODER)


def open_study(location: str | Path | None = None, *, coder: str | None = None) -> Study:
    """Open the study at `location`: a folder, a database address, or None to look around.

    None: QUALCODE_STUDY, else the nearest folder upwards with a `study.toml`. The coder is `coder`, else
    QUALCODE_CODER, else the user's configuration, else the login name if the study knows it. Only a name given
    here is checked at once; the others when something is written.

    Raises NotFound (no study, no such coder), StudyUnavailable, TransitionNeeded.
    """
    place = located(location)
    study = Study(open_store(place.address), folder=place.folder, file=place.file, coder=coder or _usual_coder())
    try:
        if coder is not None:
            study.act_as(coder)
        elif study._coder is None:  # pyright: ignore[reportPrivateUsage] - the same room
            _adopt_login_name(study)
    except BaseException:
        study.close()
        raise
    return study


@dataclass(frozen=True, slots=True)
class Place:
    """Where a study is; its database need not be readable. `folder` is None for a database address alone."""

    folder: Path | None
    file: files.StudyFile
    address: str


def located(location: str | Path | None = None) -> Place:
    """Where the study is that `open_study` would open. Raises NotFound."""
    place = str(location) if location is not None else os.environ.get("QUALCODE_STUDY") or str(_around(Path.cwd()))
    if "://" in place:
        return Place(None, files.StudyFile(database=place), place)
    folder = Path(place).expanduser().resolve()
    file = files.read_study_file(folder)
    return Place(folder, file, address_of(folder, file))


def create_study(
    folder: str | Path,
    *,
    coder: str,
    codebook: Codebook | None = None,
    codebook_sha256: str = "",
    language: str = "nb",
    title: str = "",
    database: str = "study.db",
) -> Study:
    """Make a study in `folder` with its first coder, its codebook and the codebook's proposed settings.

    Raises Conflict where the folder is a study already. After a failure a folder that was not there is not there.
    """
    home = Path(folder).expanduser().resolve()
    if (home / files.STUDY_FILE).exists():
        raise Conflict(
            N_("{folder} is a study already."), hint=N_("Choose another folder, or open it."), folder=str(home)
        )
    if home.exists() and not home.is_dir():
        raise BadInput(N_("{folder} is a file."), hint=N_("Choose a folder for the study."), folder=str(home))
    file = files.StudyFile(database=database, language=language)
    with _home_made(home, database):
        store = create(address_of(home, file), language=language, title=title)
        study = Study(store, folder=home, file=file, coder=None)
        with study.write_unsigned("init", N_("Study made by {coder}"), undoable=False, coder=coder) as unit:
            people.add_coder(unit, coder)
            if codebook is not None:
                codebooks.save(unit, codebook, sha256=codebook_sha256)
                for key, value in codebook.settings.items():
                    settings.put(unit, key, value)
        for name in _FOLDERS:
            (home / name).mkdir(exist_ok=True)
        files.write_study_file(home, file)
    study.act_as(coder)
    return study


@contextmanager
def _home_made(home: Path, database: str) -> Generator[None]:
    """The folder, for its owner's eyes; where the block fails, what was not there is taken away again."""
    made = not home.exists()
    files_made = [home / (database + suffix) for suffix in ("", "-wal", "-shm") if "://" not in database]
    files_made = [file for file in files_made if not file.exists()]
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield
    except BaseException as error:
        if made:
            shutil.rmtree(home, ignore_errors=True)
        for file in files_made:
            file.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise _not_made(home, error) from error
        raise


def _not_made(home: Path, error: OSError) -> BadInput:
    return BadInput(
        N_("{where} cannot be made: {reason}."),
        hint=N_("Choose another folder."),
        where=str(home),
        reason=error.strerror or str(error),
    )


def address_of(folder: Path, file: files.StudyFile) -> str:
    """The SQLAlchemy address of a study's database."""
    if "://" in file.database:
        return file.database
    # Spelled by SQLAlchemy: a `?` or `%20` in a folder's name is not part of an address.
    return sqlite_url(folder / file.database).render_as_string()


def _around(folder: Path) -> Path:
    for place in (folder, *folder.parents):
        if (place / files.STUDY_FILE).is_file():
            return place
    raise NotFound(
        N_("There is no study here or in a folder above {folder}."),
        hint=N_("Make one with `qualcode init DIR`, or name one with `--study DIR`."),
        folder=str(folder),
    )


def _usual_coder() -> str | None:
    return os.environ.get("QUALCODE_CODER") or files.read_user_settings().coder


def _adopt_login_name(study: Study) -> None:
    """Where the study does not know the login name, that is said when something is to be written."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError):
        return
    if study._knows(name):  # pyright: ignore[reportPrivateUsage] - the same room
        study.act_as(name)
