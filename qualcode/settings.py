"""Settings that live in files: a study's `study.toml`, the user's own configuration, and where shipped files lie.

What research rests on (thresholds, required sides, privacy class) lies in the database instead, with history.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

from qualcode.errors import N_, BadInput, NotFound
from qualcode.files import replacing

STUDY_FILE = "study.toml"


@dataclass(frozen=True, slots=True)
class StudyFile:
    """What `study.toml` says; a folder with this file in it is a study."""

    database: str = "study.db"
    """A path relative to the study folder, or a SQLAlchemy address of PostgreSQL."""
    language: str = "nb"
    """BCP-47: the language of code names in exports, and of documents that name none."""
    exports: str = "exports"
    """The folder exports go to by default, relative to the study folder."""


@dataclass(frozen=True, slots=True)
class UserSettings:
    """What one person prefers on one machine; None where nothing is said."""

    coder: str | None = None
    language: str | None = None
    """The screen language, "en" or "nb"."""


def read_study_file(folder: Path) -> StudyFile:
    """`study.toml` of `folder`, with the defaults where it is silent.

    Raises NotFound where there is none, BadInput where it cannot be read.
    """
    path = folder / STUDY_FILE
    if not path.is_file():
        raise NotFound(
            N_("{folder} is not a study: it has no {file}."),
            hint=N_("Make one with `qualcode init`."),
            folder=str(folder),
            file=STUDY_FILE,
        )
    return StudyFile(**_texts_of(path, frozenset(asdict(StudyFile()))))


def write_study_file(folder: Path, settings: StudyFile) -> None:
    """Write `study.toml` into `folder`, replacing the one that is there.

    A new one is for its owner alone: the address of a PostgreSQL database holds a password.
    """
    _write(folder / STUDY_FILE, asdict(settings))


def user_file() -> Path:
    """Where the user's configuration lies; it need not exist."""
    from platformdirs import user_config_path  # 18 ms, and `--help` in a known language does without

    return user_config_path("qualcode") / "config.toml"


def read_user_settings() -> UserSettings:
    """The user's configuration; empty where there is no file."""
    path = user_file()
    if not path.is_file():
        return UserSettings()
    return UserSettings(**_texts_of(path, frozenset(asdict(UserSettings()))))


def read_user_keys() -> dict[str, tuple[str, ...]]:
    """`[keys]` of the user's configuration: what the desk calls an action -> the keys for it.

    Raises BadInput where a value is neither a text nor a list of texts.
    """
    path = user_file()
    table: object = _parsed(path).get("keys", {}) if path.is_file() else {}
    found: dict[str, tuple[str, ...]] = {}
    for action, value in cast("dict[str, object]", table if isinstance(table, dict) else {"keys": table}).items():
        keys = [value] if isinstance(value, str) else value
        if not isinstance(keys, list) or not all(isinstance(key, str) for key in cast("list[object]", keys)):
            raise BadInput(
                N_("{file}: {key} must be a key, or a list of keys, in quotation marks."),
                hint=N_("Correct the line in an editor."),
                file=str(path),
                key=action,
            )
        found[action] = tuple(cast("list[str]", keys))
    return found


def write_user_settings(settings: UserSettings) -> None:
    """Write the user's configuration, leaving out what is None."""
    path = user_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, asdict(settings))


def shipped() -> Path:
    """The folder with `codebooks/` and `transcripts/`: the checkout this code lies in, else the wheel's own."""
    package = Path(__file__).parent
    checkout = package.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "codebooks").is_dir():
        return checkout
    return package / "_shipped"


def _texts_of(path: Path, known: frozenset[str]) -> dict[str, str]:
    """The known keys of a TOML file; unknown ones belong to other versions of the program and are left alone."""
    found: dict[str, str] = {}
    for key, value in _parsed(path).items():
        if key not in known:
            continue
        if not isinstance(value, str):
            raise BadInput(
                N_("{file}: {key} must be a text in quotation marks."),
                hint=N_("Correct the line in an editor."),
                file=str(path),
                key=key,
            )
        found[key] = value
    return found


def _parsed(path: Path) -> dict[str, Any]:
    import tomllib  # 3 ms that `--help` without a configuration does without

    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(
            N_("{file} is not TOML: {reason}."),
            hint=N_("Correct the file in an editor."),
            file=str(path),
            reason=str(error),
        ) from error


def _write(path: Path, values: dict[str, str | None]) -> None:
    """Set the top-level keys of a TOML file line by line, so that somebody's comments and other keys stay."""
    before = path.read_text(encoding="utf-8-sig") if path.is_file() else ""
    first_table = re.search(r"^\[", before, re.MULTILINE)
    cut = first_table.start() if first_table else len(before)
    head = before[:cut]
    for key, value in values.items():
        line = "" if value is None else f"{key} = {_quoted(value)}\n"
        head, found = re.subn(rf"^{key}[ \t]*=.*\n?", lambda _, line=line: line, head, flags=re.MULTILINE)
        if not found:
            head = head.rstrip("\n") + "\n" * bool(head.strip()) + line
    with replacing(path, private=True) as stream:
        stream.write((head + before[cut:]).encode())


def _quoted(text: str) -> str:
    """`text` as a basic string of TOML: JSON's escapes are valid there, but DEL must not stand bare."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
