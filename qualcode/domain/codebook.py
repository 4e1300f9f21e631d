"""The codebook: a tree of codes with texts in several languages, qualifiers, relation types, themes and attributes.

Ids are opaque and stable; the tree is in `parent` and never read from an id (DESIGN section 4, rule 4). The order
of every part is the order of the file. Texts are maps from a BCP-47 tag to words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from qualcode.errors import N_, NotFound

Texts = Mapping[str, str]
Lists = Mapping[str, tuple[str, ...]]


def _texts() -> dict[str, str]:
    return {}


def _lists() -> dict[str, tuple[str, ...]]:
    return {}


def _mapping() -> dict[str, Any]:
    return {}


def in_language(texts: Texts, language: str, otherwise: str = "") -> str:
    """The words in `language`, else in nb, nn or en, else in any language, else `otherwise`.

    A study in nynorsk with a codebook in bokmål shows bokmål rather than nothing.
    """
    for tag in (language, "nb", "nn", "en", *texts):
        if texts.get(tag):
            return texts[tag]
    return otherwise


class Origin(StrEnum):
    """Where a code came from: theory before the data, or the data themselves."""

    DEDUCTIVE = "deductive"
    INDUCTIVE = "inductive"


@dataclass(frozen=True)
class Code:
    """A node of the tree. A family (no parent) is not assignable unless the codebook says so."""

    id: str
    parent: str | None
    names: Texts
    definition: Texts = field(default_factory=_texts)
    include: Texts = field(default_factory=_texts)
    exclude: Texts = field(default_factory=_texts)
    examples: Lists = field(default_factory=_lists)
    keywords: Lists = field(default_factory=_lists)
    color: str | None = None
    """#RRGGBB; a code without one takes a shade of its family's."""
    origin: Origin = Origin.DEDUCTIVE
    assignable: bool = True
    retired: bool = False
    merged_into: str | None = None
    sources: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        return in_language(self.names, language, self.id)


class QualifierType(StrEnum):
    ENUM = "enum"
    CODE = "code"
    CODE_PAIR = "code-pair"
    """Two codes of one family, unordered, written `a+b` in codebook order."""


@dataclass(frozen=True)
class QualifierValue:
    """`id` as it is stored and exported, `key` as it is pressed in the strip."""

    id: str
    key: str
    label: Texts = field(default_factory=_texts)


@dataclass(frozen=True)
class Qualifier:
    """What the codebook asks to be said of a coding. Values are text everywhere; valence is "-1", "0" or "1"."""

    id: str
    label: Texts
    type: QualifierType
    values: tuple[QualifierValue, ...]
    family: str | None = None
    """For code and code-pair: the family whose codes are the values."""
    meaning: Texts = field(default_factory=_texts)
    entry: str = ""
    """`direct`: its keys act without the strip; empty: they act in it."""
    applies_to: tuple[str, ...] = ()
    """Family ids."""
    required_for: tuple[str, ...] = ()
    default: Mapping[str, str] = field(default_factory=_texts)
    """Family id -> value; a family that is missing has no default."""
    default_by_code: Mapping[str, str] = field(default_factory=_texts)
    carry_over: bool = False


@dataclass(frozen=True)
class RelationType:
    id: str
    names: Texts
    definition: Texts = field(default_factory=_texts)
    directed: bool = True
    domain: tuple[str, ...] = ("*",)
    """Families the source may belong to; `*` any."""
    range: tuple[str, ...] = ("*",)
    sign: int = 0
    cues: Lists = field(default_factory=_lists)
    note: Texts = field(default_factory=_texts)
    questions: tuple[str, ...] = ()

    def fits(self, source_family: str, target_family: str) -> bool:
        """True where the type may join a source and a target of these families, either way round if undirected."""

        def allowed(first: str, second: str) -> bool:
            return ("*" in self.domain or first in self.domain) and ("*" in self.range or second in self.range)

        return allowed(source_family, target_family) or (
            not self.directed and allowed(target_family, source_family)
        )


@dataclass(frozen=True)
class Theme:
    """A named set of codes with their subtrees, or a saved query."""

    id: str
    names: Texts
    codes: tuple[str, ...] = ()
    query: str | None = None
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """A research question (`kind` question) or a sub-goal (`kind` objective)."""

    id: str
    kind: str
    text: Texts
    families: tuple[str, ...] = ()
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Side:
    id: str
    names: Texts


@dataclass(frozen=True)
class ActorMapRow:
    """An informant's actor type -> the actor code and the side it stands for; None where there is none."""

    actor_type: str
    code: str | None
    side: str | None


class Entity(StrEnum):
    """What an attribute describes."""

    CASE = "case"
    DOCUMENT = "document"
    INFORMANT = "informant"
    ORGANISATION = "organisation"


@dataclass(frozen=True)
class AttributeValue:
    id: str
    label: Texts = field(default_factory=_texts)


@dataclass(frozen=True)
class Attribute:
    """The definition of an attribute. Derived ones are computed from another and never entered."""

    id: str
    entity: Entity
    type: str
    """text, number, date, bool, enum or ref(organisation)"""
    label: Texts = field(default_factory=_texts)
    values: tuple[AttributeValue, ...] = ()
    required: bool = False
    """Reported as missing; never a refused import."""
    multiple: bool = False
    derived_from: str | None = None
    """The informant attribute whose values the actor map turns into this one (side, from actor-type)."""
    default: str | None = None
    note: str = ""

    @property
    def derived(self) -> bool:
        return self.derived_from is not None


@dataclass(frozen=True)
class Codebook:
    """All parts in the order of the file. `header`, `tables`, `patterns` and `extra` are kept as they were read."""

    id: str
    version: str
    languages: tuple[str, ...]
    codes: tuple[Code, ...]
    title: Texts = field(default_factory=_texts)
    qualifiers: tuple[Qualifier, ...] = ()
    relation_types: tuple[RelationType, ...] = ()
    themes: tuple[Theme, ...] = ()
    questions: tuple[Question, ...] = ()
    sides: tuple[Side, ...] = ()
    code_sides: Mapping[str, str] = field(default_factory=_texts)
    actor_map: tuple[ActorMapRow, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    settings: Mapping[str, Any] = field(default_factory=_mapping)
    """Copied into the study's settings when the study is made; from then on settings with history."""
    tables: tuple[Mapping[str, Any], ...] = ()
    patterns: tuple[Mapping[str, Any], ...] = ()
    header: Mapping[str, Any] = field(default_factory=_mapping)
    extra: Mapping[str, Any] = field(default_factory=_mapping)
    """`source_keys`, `evidence_roles` and every key that begins with `x-`."""

    @property
    def families_assignable(self) -> bool:
        """True where the header says that families may be put on spans like any other code."""
        return self.header.get("families_are_assignable") is True

    @property
    def source_keys(self) -> Mapping[str, str]:
        """The key a code's `sources` use -> the reference it stands for."""
        return self.extra.get("source_keys", {})

    @cached_property
    def _by_id(self) -> dict[str, Code]:
        return {code.id: code for code in self.codes}

    @cached_property
    def _children(self) -> dict[str | None, list[Code]]:
        children: dict[str | None, list[Code]] = {}
        for code in self.codes:
            children.setdefault(code.parent, []).append(code)
        return children

    @cached_property
    def order(self) -> Mapping[str, int]:
        """Code id -> its place in the codebook, from 0."""
        return {code.id: place for place, code in enumerate(self.codes)}

    def __contains__(self, code_id: object) -> bool:
        return code_id in self._by_id

    def __getitem__(self, code_id: str) -> Code:
        """The code with this id. Raises NotFound."""
        if code_id not in self._by_id:
            raise NotFound(
                N_("The codebook has no code {code!r}."),
                hint=N_("`qualcode codebook show` lists the codes."),
                code=code_id,
            )
        return self._by_id[code_id]

    def children(self, code_id: str | None) -> list[Code]:
        """The codes right under `code_id`; the families for None."""
        return self._children.get(code_id, [])

    def subtree(self, code_id: str) -> list[str]:
        """`code_id` and all below it, in tree order."""
        found = [self[code_id].id]
        for child in self.children(code_id):
            found.extend(self.subtree(child.id))
        return found

    def path(self, code_id: str) -> list[Code]:
        """From the family down to the code itself."""
        path = [self[code_id]]
        while (parent := path[0].parent) is not None:
            path.insert(0, self[parent])
        return path

    def family(self, code_id: str) -> str:
        """The id of the code's level-1 ancestor (itself for a family)."""
        return self.path(code_id)[0].id

    def level(self, code_id: str) -> int:
        """1 for a family, 2 for its children, and so on."""
        return len(self.path(code_id))

    def members(self, theme: Theme) -> set[str]:
        """The ids of a theme's codes with their subtrees."""
        return {member for code in theme.codes if code in self for member in self.subtree(code)}

    def attributes_of(self, entity: Entity) -> list[Attribute]:
        return [attribute for attribute in self.attributes if attribute.entity is entity]

    def qualifiers_for(self, code_id: str) -> list[Qualifier]:
        """The qualifiers that apply to the code's family, in codebook order."""
        family = self.family(code_id)
        return [qualifier for qualifier in self.qualifiers if family in qualifier.applies_to]

    def in_order(self, code_ids: Iterable[str]) -> list[str]:
        """The ids sorted as the codebook has them; unknown ones last."""
        return sorted(code_ids, key=lambda code_id: (self.order.get(code_id, len(self.order)), code_id))
