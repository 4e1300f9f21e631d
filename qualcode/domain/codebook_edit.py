"""Changing a codebook: every function returns a new one and leaves the old as it was.

What is stored under a code (codings, relations, memos) is not touched here; whoever stores the new codebook moves
it in the same operation. Ids never change and codes are never removed: what has been coded must stay readable.
Unknown ids raise NotFound, unfit words BadInput, and what would break the tree or a reference to it Conflict.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum

from qualcode.domain.codebook import Code, Codebook, QualifierType, Theme
from qualcode.domain.codebook_check import MAX_LEVEL, is_color, is_id, is_language
from qualcode.errors import N_, BadInput, Conflict


class TextPart(StrEnum):
    """The texts of a code that are one text per language."""

    NAME = "name"
    DEFINITION = "definition"
    INCLUDE = "include"
    EXCLUDE = "exclude"

    @property
    def field(self) -> str:
        return "names" if self is TextPart.NAME else self.value


class ListPart(StrEnum):
    """The texts of a code that are several per language."""

    EXAMPLES = "examples"
    KEYWORDS = "keywords"


def add(codebook: Codebook, code: Code) -> Codebook:
    """With `code` as the last one under its parent; a code without a parent is a new family, last of all."""
    if not is_id(code.id):
        raise BadInput(
            N_("The id {id!r} cannot be used."),
            hint=N_("Use letters, digits and - _ . only, beginning with a letter or digit."),
            id=code.id,
        )
    if code.id in codebook or any(theme.id == code.id for theme in codebook.themes):
        raise Conflict(N_("The id {id!r} is taken."), hint=N_("Choose another; ids never change."), id=code.id)
    if not any(name.strip() for name in code.names.values()):
        raise BadInput(N_("The code {id!r} has no name."), hint=N_("Give a name in one language."), id=code.id)
    _check_color(code.color)
    if code.parent is not None:
        _check_place_under(codebook, code.parent, below=1)
    for language in code.names:
        _check_language(language)
        codebook = _with_languages(codebook, language)
    return replace(codebook, codes=_inserted(codebook, [code], code.parent))


def _check_place_under(codebook: Codebook, parent: str, *, below: int) -> None:
    """Refuse a retired parent, and a tree that would reach `below` levels under it and be too deep."""
    if codebook[parent].retired:
        raise Conflict(N_("The code {id!r} is retired."), hint=N_("Choose an active code as parent."), id=parent)
    if codebook.level(parent) + below > MAX_LEVEL:
        raise Conflict(
            N_("Codes under {id!r} would lie deeper than level {most}."),
            hint=N_("Choose a parent higher up in the tree."),
            id=parent,
            most=MAX_LEVEL,
        )


def _inserted(codebook: Codebook, block: list[Code], parent: str | None) -> tuple[Code, ...]:
    """All codes with `block` after what lies under `parent`, so that a file stays in the order of the tree."""
    codes = list(codebook.codes)
    if parent is None:
        return (*codes, *block)
    last = max(codebook.order[code_id] for code_id in codebook.subtree(parent))
    return (*codes[: last + 1], *block, *codes[last + 1 :])


def _replaced(codebook: Codebook, code: Code) -> Codebook:
    codes = tuple(code if old.id == code.id else old for old in codebook.codes)
    return replace(codebook, codes=codes)


def set_text(codebook: Codebook, code_id: str, part: TextPart, language: str, text: str) -> Codebook:
    """With the name, definition, include or exclude of a code in one language; an empty text takes it away."""
    _check_language(language)
    code = codebook[code_id]
    texts = {**getattr(code, part.field), language: text.strip()}
    if not text.strip():
        del texts[language]
    if part is TextPart.NAME and not texts:
        raise BadInput(
            N_("The code {id!r} would be without a name."), hint=N_("Give another name first."), id=code_id
        )
    return _with_languages(_replaced(codebook, replace(code, **{part.field: texts})), language)


def rename(codebook: Codebook, code_id: str, language: str, name: str) -> Codebook:
    """With another name in one language. The id stays: it is what codings and exports hold on to."""
    if not name.strip():
        raise BadInput(N_("The name is empty."), hint=N_("Give the code a name."))
    return set_text(codebook, code_id, TextPart.NAME, language, name)


def set_list(codebook: Codebook, code_id: str, part: ListPart, language: str, items: Iterable[str]) -> Codebook:
    """With the examples or keywords of a code in one language, each once; none at all takes them away."""
    _check_language(language)
    code = codebook[code_id]
    kept = tuple(dict.fromkeys(item.strip() for item in items if item.strip()))
    lists = {**getattr(code, part.value), language: kept}
    if not kept:
        del lists[language]
    return _with_languages(_replaced(codebook, replace(code, **{part.value: lists})), language)


def _check_language(language: str) -> None:
    if not is_language(language):
        raise BadInput(
            N_("{language!r} is not a language tag."), hint=N_("Use a tag such as nb, nn or en."), language=language
        )


def _with_languages(codebook: Codebook, language: str) -> Codebook:
    if language in codebook.languages:
        return codebook
    return replace(codebook, languages=(*codebook.languages, language))


def recolor(codebook: Codebook, code_id: str, color: str | None) -> Codebook:
    """With a colour of its own, #RRGGBB; None gives the code back to the shades of its family."""
    _check_color(color)
    return _replaced(codebook, replace(codebook[code_id], color=color))


def _check_color(color: str | None) -> None:
    if color is not None and not is_color(color):
        raise BadInput(N_("{color!r} is not a colour."), hint=N_("Write it as #RRGGBB."), color=color)


def move(codebook: Codebook, code_id: str, parent: str | None) -> Codebook:
    """With a code and all below it as the last ones under `parent`; None makes it a family, last of all.

    A code that becomes a family is assignable only where the codebook says so of families, and a family that comes
    under another becomes assignable. A family that qualifiers, relation types or questions name cannot be moved:
    they would name something that is no family.
    """
    code = codebook[code_id]
    if parent == code.parent:
        return codebook
    subtree = codebook.subtree(code_id)
    if parent is not None:
        if codebook[parent].id in subtree:
            raise Conflict(
                N_("The code {id!r} cannot lie under {parent!r}, which is below it."),
                hint=N_("Move {parent!r} out first."),
                id=code_id,
                parent=parent,
            )
        deepest = max(codebook.level(member) for member in subtree) - codebook.level(code_id)
        _check_place_under(codebook, parent, below=deepest + 1)
    _check_leaves_family(codebook, code, subtree, parent)
    assignable = code.assignable
    if parent is None:
        assignable = codebook.families_assignable
    elif code.parent is None:
        assignable = True
    moved = replace(code, parent=parent, assignable=assignable)
    block = [moved, *(codebook[member] for member in subtree[1:])]
    rest = replace(codebook, codes=tuple(old for old in codebook.codes if old.id not in set(subtree)))
    return replace(codebook, codes=_inserted(rest, block, parent))


def _check_leaves_family(codebook: Codebook, code: Code, subtree: list[str], parent: str | None) -> None:
    """Refuse what would leave a reference to a family, or a value of a code qualifier, pointing wrong."""
    if code.parent is None and (users := family_users(codebook, code.id)):
        raise Conflict(
            N_("{id!r} must stay a family: {users} name it."),
            hint=N_("Take it out of them first, in the codebook's file."),
            id=code.id,
            users=", ".join(users),
        )
    family = codebook.family(parent) if parent is not None else None
    for value, qualifier in _qualifier_values(codebook).items():
        if value in subtree and family != codebook.family(code.id):
            raise Conflict(
                N_("The code {id!r} is a value of the qualifier {qualifier!r} and must stay in its family."),
                hint=N_("Take it out of the qualifier first, in the codebook's file."),
                id=value,
                qualifier=qualifier,
            )


def family_users(codebook: Codebook, family: str) -> list[str]:
    """The ids of the qualifiers, relation types and questions that name the family."""
    qualifiers = [
        one.id
        for one in codebook.qualifiers
        if family in (*one.applies_to, *one.required_for, *one.default, one.family)
    ]
    relations = [one.id for one in codebook.relation_types if family in (*one.domain, *one.range)]
    return [*qualifiers, *relations, *(one.id for one in codebook.questions if family in one.families)]


def _qualifier_values(codebook: Codebook) -> dict[str, str]:
    """Code -> the code qualifier it is a value of."""
    return {
        value.id: qualifier.id
        for qualifier in codebook.qualifiers
        if qualifier.type is QualifierType.CODE
        for value in qualifier.values
    }


def retire(codebook: Codebook, code_id: str) -> Codebook:
    """With the code out of use: nothing new is coded with it, and what was coded stays and counts."""
    code = codebook[code_id]
    if code.retired:
        raise Conflict(N_("The code {id!r} is retired already."), id=code_id)
    active = [child.id for child in codebook.children(code_id) if not child.retired]
    if active:
        raise Conflict(
            N_("The code {id!r} has active codes under it: {codes}."),
            hint=N_("Move or retire them first."),
            id=code_id,
            codes=", ".join(active),
        )
    return _replaced(codebook, replace(code, retired=True))


def restore(codebook: Codebook, code_id: str) -> Codebook:
    """With a retired code in use again. What was merged out of it stays where it went."""
    code = codebook[code_id]
    if not code.retired:
        raise Conflict(N_("The code {id!r} is in use."), id=code_id)
    if code.parent is not None and codebook[code.parent].retired:
        raise Conflict(
            N_("The code {id!r} lies under {parent!r}, which is retired."),
            hint=N_("Bring {parent!r} back first."),
            id=code_id,
            parent=code.parent,
        )
    return _replaced(codebook, replace(code, retired=False, merged_into=None))


def merge(codebook: Codebook, code_id: str, into: str) -> Codebook:
    """With `code_id` retired and merged into another; its keywords, children and places in themes go there.

    The codings and relations of `code_id` are moved by whoever stores the result. Values of code qualifiers are
    refused, since the qualifiers of codings already made hold them.
    """
    code, target = codebook[code_id], codebook[into]
    _check_mergeable(codebook, code, target)
    retired = replace(code, retired=True, merged_into=into)
    keywords = {
        language: tuple(dict.fromkeys((*target.keywords.get(language, ()), *code.keywords.get(language, ()))))
        for language in (*target.keywords, *code.keywords)
    }
    for child in codebook.children(code_id):
        codebook = move(codebook, child.id, into)
    codebook = _replaced(_replaced(codebook, retired), replace(target, keywords=keywords))
    return replace(
        codebook,
        themes=tuple(_with_code(theme, code_id, into) for theme in codebook.themes),
        actor_map=tuple(replace(row, code=into) if row.code == code_id else row for row in codebook.actor_map),
    )


def _with_code(theme: Theme, old: str, new: str) -> Theme:
    if old not in theme.codes:
        return theme
    return replace(theme, codes=tuple(dict.fromkeys(new if code == old else code for code in theme.codes)))


def _check_mergeable(codebook: Codebook, code: Code, target: Code) -> None:
    for retired in (code, target):
        if retired.retired:
            raise Conflict(
                N_("The code {id!r} is retired."), hint=N_("Only active codes are merged."), id=retired.id
            )
    for family in (code, target):
        if not family.assignable:
            raise Conflict(
                N_("{id!r} is a heading that no coding carries, so it cannot be merged."),
                hint=N_("Move the codes below it instead."),
                id=family.id,
            )
    if target.id in codebook.subtree(code.id):
        raise Conflict(
            N_("The code {id!r} cannot be merged into {into!r}, which is the same or lies below it."),
            hint=N_("Merge the lower into the higher."),
            id=code.id,
            into=target.id,
        )
    if (qualifier := _qualifier_values(codebook).get(code.id)) is not None:
        raise Conflict(
            N_("The code {id!r} is a value of the qualifier {qualifier!r}, which codings may hold."),
            hint=N_("Retire it instead."),
            id=code.id,
            qualifier=qualifier,
        )
