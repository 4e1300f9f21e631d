"""The rows of the settings screen: what research rests on, what this coder prefers, and where things lie."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualcode import i18n
from qualcode.errors import N_
from qualcode.i18n import _
from qualcode.services import settings
from qualcode.services.settings import REQUIRED_SIDES, Described
from qualcode.services.study import SCHEMA, Study
from qualcode.settings import UserSettings, user_file
from qualcode.tui.code_card import LANGUAGE_NAMES
from qualcode.tui.keymap import own_count

THEME, SCREEN_LANGUAGE, CODER, KEYS = "own theme", "own language", "own coder", "own keys"
"""Ids of rows; a space keeps them apart from keys of settings."""
THEME_NAMES = {
    "qualcode-dark": N_("dark"),
    "qualcode-light": N_("light"),
    "qualcode-contrast": N_("high contrast"),
}


@dataclass(frozen=True, slots=True)
class SettingRow:
    """`setting` of what research rests on; other rows have none. `choices`: None where any text may stand."""

    id: str
    name: str
    value: str
    about: str
    setting: Described | None = None
    choices: Sequence[tuple[str, str]] | None = None
    """`(value, words)`."""
    several: bool = False
    """Several of the choices may hold at once."""

    @property
    def changed(self) -> str:
        """To the minute, on this machine's clock."""
        when = self.setting.changed_at if self.setting else None
        return f"{when.astimezone():%Y-%m-%d %H:%M}" if when else ""

    @property
    def coder(self) -> str:
        return self.setting.coder if self.setting else ""


def of_study(study: Study) -> Iterator[SettingRow]:
    """What research rests on. Raises StudyUnavailable."""
    for item in settings.described(study):
        choices = None if item.choices is None else [(value, value) for value in item.choices]
        about = item.description.render(_)
        yield SettingRow(item.key, item.key, item.text, about, item, choices, item.key == REQUIRED_SIDES)


def of_coder(user: UserSettings, theme: str) -> Iterator[SettingRow]:
    """What one person prefers."""
    themes = [(name, _(words)) for name, words in THEME_NAMES.items()]
    languages = [(tag, LANGUAGE_NAMES[tag]) for tag in i18n.LANGUAGES]
    here = i18n.language()
    yield SettingRow(
        THEME, _("theme"), dict(themes).get(theme, theme), _("The colours of the desk in this study."), None, themes
    )
    yield SettingRow(
        SCREEN_LANGUAGE,
        _("screen language"),
        LANGUAGE_NAMES.get(here, here),
        _("Kept in your configuration, for every study on this machine."),
        None,
        languages,
    )
    yield SettingRow(
        CODER,
        _("coder"),
        user.coder or "",
        _("Who acts where `--coder` is not given. Kept in your configuration; it holds from the next start."),
    )
    yield SettingRow(
        KEYS,
        _("keys of your own"),
        str(own_count()),
        _("Written under `[keys]` in your configuration and read when the desk is opened; K lists all actions."),
    )


def of_place(study: Study) -> Iterator[SettingRow]:
    """Where things lie, and their versions: nothing here is changed on the screen."""
    book = study.codebook
    codebook = f"{book.id} {book.version}".strip()
    yield SettingRow("where study", _("study folder"), str(study.folder or ""), _("It has `study.toml` in it."))
    yield SettingRow("where database", _("database"), study.store.where, _("Everything of the study lies in it."))
    schema = _("The version of the tables in the database; a newer qualcode brings an older one up to its own.")
    yield SettingRow("where schema", _("schema"), SCHEMA, schema)
    yield SettingRow(
        "where codebook", _("codebook"), codebook, _("Its id and version; `g` `B` opens the codebook itself.")
    )
    about = _("Yours on this machine. It need not exist; it is changed here or in an editor.")
    yield SettingRow("where configuration", _("configuration"), str(user_file()), about)
