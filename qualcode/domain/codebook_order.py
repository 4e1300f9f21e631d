"""The order of a codebook's codes: each among those under the same parent, with all that lies below it."""

from __future__ import annotations

from dataclasses import replace

from qualcode.domain.codebook import Code, Codebook
from qualcode.errors import N_, BadInput


def reorder(codebook: Codebook, code_id: str, before: str | None) -> Codebook:
    """With a code and all below it right before another under the same parent; None: as the last of them.

    Raises NotFound, BadInput where the two do not stand under the same parent.
    """
    code = codebook[code_id]
    siblings = [item.id for item in codebook.children(code.parent)]
    if before is not None and codebook[before].id not in siblings:
        raise BadInput(
            N_("{code} and {before} do not stand under the same code."),
            hint=N_("Move {code} there first."),
            code=code_id,
            before=before,
        )
    block = set(codebook.subtree(code_id))
    rest = [item for item in codebook.codes if item.id not in block]
    others = {item for sibling in siblings if sibling != code_id for item in codebook.subtree(sibling)}
    if before == code_id or not others:
        return codebook
    place = next(index for index, item in enumerate(rest) if item.id == before) if before else _end(rest, others)
    moved = [item for item in codebook.codes if item.id in block]
    return replace(codebook, codes=(*rest[:place], *moved, *rest[place:]))


def _end(codes: list[Code], of: set[str]) -> int:
    return 1 + max(index for index, code in enumerate(codes) if code.id in of)
