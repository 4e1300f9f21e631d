"""The codebook in one language, as it is shown: names, colours, signs, qualifiers in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qualcode.domain import qualifying
from qualcode.domain.codebook import Codebook, Qualifier, QualifierType, in_language
from qualcode.i18n import _
from qualcode.tui.themes.codes import colours_of
from qualcode.tui.view import CodeView

DIRECT = "direct"
"""The entry of a qualifier whose keys act without the strip: the valence."""
_SIGNS = {"-1": "−1", "1": "+1"}


class Wording:
    """`codes` has every code in tree order, retired ones too; `listed` leaves those out."""

    def __init__(self, codebook: Codebook, language: str, favourites: Mapping[str, str]) -> None:
        self.codebook = codebook
        self.language = language
        self.favourites = favourites
        self._colours = colours_of(codebook)
        self._relation_types = {kind.id: kind for kind in codebook.relation_types}
        self._digits = {code: digit for digit, code in favourites.items()}
        self.codes = {view.id: view for view in self._views(None, 1)}

    def with_favourites(self, favourites: Mapping[str, str]) -> Wording:
        return Wording(self.codebook, self.language, favourites)

    @property
    def listed(self) -> list[CodeView]:
        return [view for view in self.codes.values() if not self.codebook[view.id].retired]

    @property
    def families(self) -> list[CodeView]:
        return [view for view in self.listed if view.parent is None]

    def name(self, code: str | None) -> str:
        """The name of a code; of none: a quotation."""
        view = self.codes.get(code) if code else None
        return view.name if view else code or _("quotation")

    def sign(self, qualifiers: Mapping[str, str]) -> str:
        """What stands right after the name: the values of direct qualifiers."""
        values = (qualifiers.get(one.id) for one in self.codebook.qualifiers if one.entry == DIRECT)
        return " ".join(_SIGNS.get(value, value) for value in values if value)

    def lacking(self, code: str | None, qualifiers: Mapping[str, str]) -> list[str]:
        """The ids of required qualifiers that are not said."""
        return qualifying.missing(self.codebook, code, qualifiers)

    def detail(self, code: str | None, qualifiers: Mapping[str, str]) -> str:
        """All but the sign, each with its label; what is required and missing with `?`."""
        lacking = self.lacking(code, qualifiers)
        parts: list[str] = []
        for one in self.codebook.qualifiers:
            value = qualifiers.get(one.id)
            if value and one.entry != DIRECT:
                parts.append(f"{self.label(one)}: {self.value(one, value)}")
            elif one.id in lacking:
                parts.append(f"{self.label(one)}: ?")
        return " · ".join(parts)

    def summary(self, code: str | None, qualifiers: Mapping[str, str]) -> str:
        """A coding in a few words for the status line: `Risk aversion −1 · buyer ?`."""
        named = " ".join(filter(None, (self.name(code), self.sign(qualifiers))))
        values = (
            self.value(one, qualifiers[one.id])
            for one in self.codebook.qualifiers
            if one.id in qualifiers and one.entry != DIRECT
        )
        return " · ".join((named, *values)) + (" ?" if self.lacking(code, qualifiers) else "")

    def said(self, qualifiers: Mapping[str, str]) -> list[str]:
        """Each qualifier with its value, in codebook order."""
        return [
            f"{self.label(one)}: {self.value(one, qualifiers[one.id])}"
            for one in self.codebook.qualifiers
            if qualifiers.get(one.id)
        ]

    def relation(self, type: str) -> str:
        """A type of relation in words."""
        kind = self._relation_types.get(type)
        return in_language(kind.names, self.language, kind.id) if kind else type

    def is_directed(self, type: str) -> bool:
        kind = self._relation_types.get(type)
        return kind is None or kind.directed

    def label(self, qualifier: Qualifier) -> str:
        return in_language(qualifier.label, self.language, qualifier.id)

    def value(self, qualifier: Qualifier, value: str) -> str:
        """A value in words."""
        if qualifier.type is QualifierType.CODE_PAIR:
            return " + ".join(self.name(part) for part in value.split(qualifying.PAIR))
        if qualifier.type is QualifierType.CODE:
            return self.name(value)
        labels = {one.id: in_language(one.label, self.language, one.id) for one in qualifier.values}
        return labels.get(value, value)

    def _views(self, parent: str | None, level: int) -> Iterator[CodeView]:
        for code in self.codebook.children(parent):
            yield CodeView(
                code.id,
                code.name(self.language),
                self._colours[code.id],
                level,
                parent,
                code.assignable and not code.retired,
                self._digits.get(code.id, ""),
                in_language(code.definition, self.language),
                in_language(code.include, self.language),
                in_language(code.exclude, self.language),
                code.retired,
            )
            yield from self._views(code.id, level + 1)
