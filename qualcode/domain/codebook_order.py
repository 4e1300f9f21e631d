"""The order of a codebook's codes: each among those under the same parent, with all that lies below it."""

from __future__ import annotations

from dataclasses import replace

from qualcode.domain.codebook import Codebook
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
    if before == code_id:
        return codebook
    block = set(codebook.subtree(code_id))
    rest = [item for item in codebook.codes if item.id not in block]
    place = _end_of(codebook, [item for item in siblings if item != code_id], rest) if before is None else 0
    if before is not None:
        place = next(index for index, item in enumerate(rest) if item.id == before)
    moved = [item for item in codebook.codes if item.id in block]
    return replace(codebook, codes=(*rest[:place], *moved, *rest[place:]))
