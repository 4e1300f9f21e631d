"""Splitting a code: a new code beside it takes over chosen codings, as one operation."""

from __future__ import annotations

from collections.abc import Sequence

from qualcode.domain import codebook_edit
from qualcode.domain.codebook import Code
from qualcode.errors import N_, BadInput
from qualcode.services.study import Study
from qualcode.store import codebooks, codings


def split(study: Study, code: str, new: Code, uids: Sequence[str]) -> int:
    """Add the code `new`, and put the chosen codings of `code` (uids or their starts) under it; how many they are.

    Whoever made them stays their coder. Qualifiers that do not apply under the new code's family go. Raises
    NotFound, Conflict and BadInput as `codebook_edit.add` does, BadInput for no codings or one not of `code`.
    """
    if not uids:
        raise BadInput(N_("No coding is chosen."), hint=N_("Name the codings that go to the new code."))
    study.code_id(code)
    edited = codebook_edit.add(study.codebook, new)
    if not new.assignable:
        raise BadInput(
            N_("{code} would be a family and cannot be put on a span."),
            hint=N_("Choose the code it stands under."),
            code=new.id,
        )
    applying = {qualifier.id for qualifier in edited.qualifiers_for(new.id)}
    with study.write("codebook", N_("{new} split off from {code}"), new=new.id, code=code) as unit:
        codebooks.save(unit, edited)
        ids = codebooks.code_ids(unit.connection)
        rows = {row.id: row for row in (codings.row_of(unit.connection, uid) for uid in uids)}
        for row in rows.values():
            if row.code_id != ids[code]:
                raise BadInput(
                    N_("The coding {coding} is not of {code}."),
                    hint=N_("`qualcode codings list --code {code}` lists them."),
                    coding=row.uid[:8],
                    code=code,
                )
            kept = {name: value for name, value in row.qualifiers.items() if name in applying}
            codings.edit(unit, row.id, code_id=ids[new.id], qualifiers=kept)
    return len(rows)
