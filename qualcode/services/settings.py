"""The study's title and language, and the settings that research rests on: read and changed, with history."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from qualcode.domain.codebook import Codebook, Entity
from qualcode.domain.near import nearest
from qualcode.errors import N_, BadInput, Message, NotFound
from qualcode.services import evidence_settings
from qualcode.services.evidence_settings import REQUIRED_SIDES, SIDE_ATTRIBUTE
from qualcode.services.keys import check_language
from qualcode.services.study import Study
from qualcode.store import settings
from qualcode.store.settings import DatedSetting

TITLE = "title"
LANGUAGE = "language"
APPROACH = "approach"
APPROACHES = ("reflexive", "codebook", "reliability")
"""How the analysis understands coding: agreement between coders belongs to the last two only."""

_KNOWN = (TITLE, LANGUAGE, SIDE_ATTRIBUTE, REQUIRED_SIDES, APPROACH, *evidence_settings.DESCRIPTIONS)


_DESCRIPTIONS = {
    TITLE: N_("The title of the study, on every screen and report."),
    LANGUAGE: N_("Of documents that name no language, and of code names in exports."),
    SIDE_ATTRIBUTE: N_("The attribute of informants that says which side they are on."),
    REQUIRED_SIDES: N_("The sides of which each must be heard for a finding to be strong."),
    APPROACH: N_("How coding is understood: reflexive, codebook or reliability."),
    **evidence_settings.DESCRIPTIONS,
}
_ADDED = N_("A setting that came with the codebook.")


@dataclass(frozen=True, slots=True)
class Described:
    """A setting as a screen shows it.

    `value` is None where it was never set, `changed_at` there and for title and language.
    """

    key: str
    description: Message
    value: Any
    choices: tuple[str, ...] | None
    """What it may be, or hold several of; None where any text may stand."""
    changed_at: datetime | None = None
    coder: str = ""

    @property
    def text(self) -> str:
        """The value in one line, as `put` takes it; empty where it was never set."""
        return "" if self.value is None else shown(self.value)


def described(study: Study) -> list[Described]:
    """Title, language and all settings that can be set, those never set too; the codebook's own last, by key."""
    with study.store.read() as connection:
        row = settings.study_row(connection)
        dated = {item.key: item for item in settings.dated(connection)}
    codebook = study.codebook
    side_attribute = dated.get(SIDE_ATTRIBUTE)
    choices = {
        APPROACH: APPROACHES,
        SIDE_ATTRIBUTE: _side_attributes(codebook),
        REQUIRED_SIDES: _sides(codebook, str(side_attribute.value if side_attribute else "")),
    }
    found = [
        Described(TITLE, Message(_DESCRIPTIONS[TITLE]), row.title, None),
        Described(LANGUAGE, Message(_DESCRIPTIONS[LANGUAGE]), row.language, None),
    ]
    for key in (*_KNOWN[2:], *sorted({*dated, *codebook.settings} - set(_KNOWN))):
        item = dated.get(key)
        text = Message(_DESCRIPTIONS.get(key, _ADDED))
        if item is None:
            found.append(Described(key, text, None, choices.get(key)))
        else:
            found.append(Described(key, text, item.value, choices.get(key), item.changed_at, item.coder))
    return found


def _side_attributes(codebook: Codebook) -> tuple[str, ...]:
    return tuple(attribute.id for attribute in codebook.attributes_of(Entity.INFORMANT))


def _sides(codebook: Codebook, side_attribute: str) -> tuple[str, ...]:
    return tuple(
        value.id
        for attribute in codebook.attributes_of(Entity.INFORMANT)
        if attribute.id == side_attribute
        for value in attribute.values
    )


def listing(study: Study) -> list[DatedSetting]:
    """All settings by key."""
    with study.store.read() as connection:
        return settings.dated(connection)


def put(study: Study, key: str, text: str) -> Any:
    """Set title, language or a setting as a user writes it; the value as it is stored now.

    Raises NotFound for an unknown key, BadInput for a value that the key does not take.
    """
    value = _checked(study, key, text)
    with study.write("settings", N_("{key} set to {value}"), key=key, value=shown(value)) as unit:
        if key in (TITLE, LANGUAGE):
            settings.set_study(unit, **{key: value})
        else:
            settings.put(unit, key, value)
    return value


def shown(value: Any) -> str:
    """A value in one line, as `put` takes it again."""
    if isinstance(value, list):
        items = cast(list[Any], value)
        return ",".join(shown(item) for item in items) if len(items) > 1 else json.dumps(items, ensure_ascii=False)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def parsed(text: str, *, as_list: bool = False) -> object:
    """What `text` says: a JSON scalar or list, a list by commas, else the text itself.

    `as_list`: a single value is a list of one, since the setting is a list.
    """
    value = _json(text)
    if isinstance(value, dict):
        raise BadInput(
            N_("{text} is no value of a setting."), hint=N_("Give a value, or several by comma."), text=text
        )
    if isinstance(value, str) and "," in value:
        return [_json(part.strip()) for part in value.split(",") if part.strip()]
    if isinstance(value, list) or not as_list:
        return cast(object, value)
    return [value]


def _json(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _checked(study: Study, key: str, text: str) -> Any:
    """The value to store; a key that neither the program, the study nor its codebook knows is a slip."""
    if key == TITLE:
        return text.strip()
    if key == LANGUAGE:
        check_language(text)
        return text
    present = study.settings()
    codebook = study.codebook
    known = list(dict.fromkeys((*_KNOWN, *codebook.settings, *present)))
    if key not in known:
        raise _unknown(key, known)
    if key in evidence_settings.DESCRIPTIONS:
        return evidence_settings.parsed(key, text)
    before = present.get(key, codebook.settings.get(key))
    value = parsed(text, as_list=key == REQUIRED_SIDES or isinstance(before, list))
    _check_meaning(codebook, key, value, str(present.get(SIDE_ATTRIBUTE, "")))
    return value


def _check_meaning(codebook: Codebook, key: str, value: Any, side_attribute: str) -> None:
    if key == APPROACH:
        _one_of(key, [value], APPROACHES)
    elif key == SIDE_ATTRIBUTE:
        _one_of(key, [value], _side_attributes(codebook))
    elif key == REQUIRED_SIDES:
        _one_of(key, cast(list[Any], value), _sides(codebook, side_attribute))


def _one_of(key: str, values: Sequence[Any], allowed: Sequence[str]) -> None:
    for value in values:
        if value not in allowed:
            raise BadInput(
                N_("{key} cannot be {value!r}."),
                hint=N_("One of {allowed}."),
                key=key,
                value=value,
                allowed=", ".join(allowed) or "-",
            )


def _unknown(key: str, known: Sequence[str]) -> NotFound:
    near = nearest(key, known)
    if near:
        return NotFound(N_("There is no setting {key!r}."), hint=N_("Did you mean {near}?"), key=key, near=near[0])
    return NotFound(
        N_("There is no setting {key!r}."), hint=N_("There are {known}."), key=key, known=", ".join(known)
    )
