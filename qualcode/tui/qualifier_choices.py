"""The keys of the qualifier strip: each value of each qualifier that applies, by the key the codebook gives it.

A pair of actors takes one key where one of the two is the speaker: the capital of the other's letter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qualcode.domain import qualifying
from qualcode.domain.codebook import Codebook, Entity, Qualifier, QualifierType
from qualcode.domain.people import Informant
from qualcode.i18n import _
from qualcode.tui.view import Choice
from qualcode.tui.wording import DIRECT, Wording

PAIR = "P"
"""The key that asks for both letters of a pair."""


def choices_for(wording: Wording, code: str, said: Mapping[str, str], speaking: str | None) -> list[Choice]:
    """The strip for a coding that says `said`; `speaking` is the speaker's actor. Values: `qualifier=value`."""
    found: list[Choice] = []
    for qualifier in wording.codebook.qualifiers_for(code):
        if qualifier.entry == DIRECT:
            continue
        heading = wording.label(qualifier)
        if qualifier.type is QualifierType.CODE_PAIR:
            values = _pairs(wording, qualifier, speaking)
            heading += f": {wording.name(speaking)} +" if speaking else ""
        else:
            values = _values(wording, qualifier)
        for key, label, value in values:
            chosen = said.get(qualifier.id) == value
            found.append(Choice(key, label, f"{qualifier.id}={value}", heading, chosen))
    return found


def partners(wording: Wording, qualifier: str, first: str = "") -> list[Choice]:
    """The letters for the members of a pair, `first` left out. Values: `qualifier=code`."""
    chosen = next(one for one in wording.codebook.qualifiers if one.id == qualifier)
    letters = _letters(wording.codebook, chosen)
    label = wording.label(chosen) + (f" {wording.name(first)} +" if first else "")
    return [
        Choice(key, wording.name(code), f"{qualifier}={code}", label)
        for code, key in letters.items()
        if code != first
    ]


def speaking_actor(codebook: Codebook, informant: Informant | None) -> str | None:
    """The actor code of who speaks, through the codebook's actor map; None where it has none."""
    if informant is None:
        return None
    derived = next((item for item in codebook.attributes_of(Entity.INFORMANT) if item.derived_from), None)
    kinds = informant.attributes.get(derived.derived_from or "", ()) if derived else ()
    return next((row.code for row in codebook.actor_map if row.actor_type in kinds), None)


def _values(wording: Wording, qualifier: Qualifier) -> Iterator[tuple[str, str, str]]:
    for value in qualifier.values:
        yield value.key, wording.value(qualifier, value.id), value.id


def _pairs(wording: Wording, qualifier: Qualifier, speaking: str | None) -> Iterator[tuple[str, str, str]]:
    letters = _letters(wording.codebook, qualifier)
    if speaking in letters:
        for code, key in letters.items():
            if code != speaking:
                pair = wording.codebook.in_order((speaking, code))
                yield key.upper(), wording.name(code), qualifying.PAIR.join(pair)
    yield PAIR, _("two others"), ""


def _letters(codebook: Codebook, pair: Qualifier) -> dict[str, str]:
    """Code -> its letter: that of the qualifier for one code of the same family, else by place in the family."""
    for other in codebook.qualifiers:
        if other.type is QualifierType.CODE and other.family == pair.family:
            return {value.id: value.key for value in other.values}
    members = [value.id for value in pair.values] or [code.id for code in codebook.children(pair.family)]
    return dict(zip(members, "abcdefghijklmnoprstuvwxyz", strict=False))
