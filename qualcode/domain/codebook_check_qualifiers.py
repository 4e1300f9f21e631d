"""What is wrong with the qualifiers: their values, defaults and keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from qualcode.domain.codebook import Codebook, Qualifier, QualifierType
from qualcode.domain.codebook_check import (
    Faults,
    Path,
    error,
    families_of,
    id_faults,
    name_faults,
    text_faults,
    unknown,
)
from qualcode.errors import N_, Message

DIRECT = "direct"
PAIR_KEY = "P"
_TAKEN_KEYS = {"q": Message(N_("it opens and closes the strip")), PAIR_KEY: Message(N_("it begins a pair"))}


def qualifier_faults(codebook: Codebook) -> Faults:
    """Everything about the qualifiers, each by itself and the keys of all together."""
    yield from id_faults(("qualifiers",), [qualifier.id for qualifier in codebook.qualifiers])
    check = _Check(codebook)
    for index, qualifier in enumerate(codebook.qualifiers):
        path: Path = ("qualifiers", index)
        yield from name_faults(codebook, (*path, "label"), qualifier.label)
        yield from text_faults(codebook, (*path, "meaning"), qualifier.meaning)
        yield from check.families(path, qualifier)
        yield from check.values(path, qualifier)
        yield from check.defaults(path, qualifier)
    yield from check.keys()


@dataclass(frozen=True)
class _Check:
    """One codebook, with what every check looks up gathered once."""

    codebook: Codebook

    @cached_property
    def known_families(self) -> set[str]:
        return families_of(self.codebook)

    @cached_property
    def family_of(self) -> Mapping[str, str | None]:
        """Code -> family; None where its line of parents ends nowhere or never."""
        families: dict[str, str | None] = {}
        for code in self.codebook.codes:
            line: dict[str, None] = {}
            at: str | None = code.id
            while at is not None and at in self.codebook and at not in families and at not in line:
                line[at] = None
                at = self.codebook[at].parent
            family = next(reversed(line), None) if at is None else families.get(at)
            families.update(dict.fromkeys(line, family))
        return families

    @cached_property
    def letters(self) -> Mapping[str, dict[str, str]]:
        """Family -> key -> code, of the code qualifiers: what a code-pair of that family is spelt with."""
        letters: dict[str, dict[str, str]] = {}
        for qualifier in self.codebook.qualifiers:
            if qualifier.type is QualifierType.CODE and qualifier.family is not None:
                own = letters.setdefault(qualifier.family, {})
                own.update((value.key, value.id) for value in qualifier.values)
        return letters

    def families(self, path: Path, qualifier: Qualifier) -> Faults:
        for key, ids in (("applies_to", qualifier.applies_to), ("required_for", qualifier.required_for)):
            yield from unknown((*path, key), ids, self.known_families, N_("There is no family {id!r}."))
        applies = set(qualifier.applies_to)
        for place, family in enumerate(qualifier.required_for):
            if family in self.known_families and family not in applies:
                where = (*path, "required_for", place)
                yield error(where, N_("It is required for {id!r} but does not apply to it."), id=family)
        if qualifier.type is QualifierType.ENUM and qualifier.family is not None:
            yield error((*path, "family"), N_("Only qualifiers of type code and code-pair have a family."))
        if qualifier.type is not QualifierType.ENUM and qualifier.family not in self.known_families:
            yield error((*path, "family"), N_("There is no family {id!r}."), id=qualifier.family or "")

    def values(self, path: Path, qualifier: Qualifier) -> Faults:
        yield from id_faults((*path, "values"), [value.id for value in qualifier.values], signed=True)
        for index, value in enumerate(qualifier.values):
            yield from text_faults(self.codebook, (*path, "values", index, "label"), value.label)
        if qualifier.type is QualifierType.CODE_PAIR:
            if qualifier.values:
                yield error((*path, "values"), N_("A code-pair has the values of its family's code qualifier."))
            elif qualifier.family not in self.letters:
                template = N_("A code-pair needs the keys of a code qualifier of its family.")
                yield error((*path, "family"), template)
        elif not qualifier.values:
            yield error((*path, "values"), N_("The qualifier has no values."))
        elif qualifier.type is QualifierType.CODE and qualifier.family in self.known_families:
            for index, value in enumerate(qualifier.values):
                if self.family_of.get(value.id) != qualifier.family:
                    where = (*path, "values", index, "id")
                    template = N_("{id!r} is not a code of the family {family!r}.")
                    yield error(where, template, id=value.id, family=qualifier.family)

    def defaults(self, path: Path, qualifier: Qualifier) -> Faults:
        not_asked = N_("A default for {id!r}, to which the qualifier does not apply.")
        applies, values = set(qualifier.applies_to), {value.id for value in qualifier.values}
        for family, value in qualifier.default.items():
            where = (*path, "default", family)
            if family not in applies:
                yield error(where, not_asked, id=family)
            if not self._is_value(qualifier, values, value):
                yield error(where, N_("{id!r} is not one of the values."), id=value)
        for code, value in qualifier.default_by_code.items():
            where = (*path, "default_by_code", code)
            if code not in self.codebook:
                yield error(where, N_("There is no code {id!r}."), id=code)
            elif self.family_of.get(code) not in applies:
                yield error(where, not_asked, id=code)
            if not self._is_value(qualifier, values, value):
                yield error(where, N_("{id!r} is not one of the values."), id=value)

    def _is_value(self, qualifier: Qualifier, values: set[str], value: str) -> bool:
        if qualifier.type is not QualifierType.CODE_PAIR:
            return value in values
        first, _, second = value.partition("+")
        order = self.codebook.order
        spelt = self._spelt_with(qualifier)
        return first in spelt and second in spelt and order.get(first, 0) < order.get(second, 0)

    def _spelt_with(self, pair: Qualifier) -> set[str]:
        return self._codes.get(pair.family or "", set())

    @cached_property
    def _codes(self) -> Mapping[str, set[str]]:
        return {family: set(letters.values()) for family, letters in self.letters.items()}

    def keys(self) -> Faults:
        """Keys of the strip that are no single letter, or that two values share: one could not be reached."""
        strip: dict[str, Message | str] = {**_TAKEN_KEYS, **self._capitals()}
        direct: dict[str, Message | str] = {}
        for index, qualifier in enumerate(self.codebook.qualifiers):
            taken = direct if qualifier.entry == DIRECT else strip
            for place, value in enumerate(qualifier.values):
                where = ("qualifiers", index, "values", place, "key")
                if not value.key:
                    yield error(where, N_("The value {id!r} has no key."), id=value.id)
                elif len(value.key) != 1 or not value.key.isprintable() or value.key.isspace():
                    yield error(where, N_("{key!r} is not one key that can be pressed."), key=value.key)
                elif value.key in taken:
                    yield error(where, N_("The key {key!r} is taken: {by}."), key=value.key, by=taken[value.key])
                taken.setdefault(value.key, f"{qualifier.id} {value.id}")

    def _capitals(self) -> dict[str, str]:
        """The capitals that spell a pair with the speaker's own actor; a digit has none and spells none."""
        pairs = {one.family: one.id for one in self.codebook.qualifiers if one.type is QualifierType.CODE_PAIR}
        return {
            key.upper(): f"{pair} {key.upper()}"
            for family, pair in pairs.items()
            for key in self.letters.get(family or "", {})
            if key.upper() != key
        }
