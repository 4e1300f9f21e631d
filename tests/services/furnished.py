"""A furnished study in a folder: the sample codebook, coders ada and bo, a document of one case and one of two."""

from __future__ import annotations

from pathlib import Path

from qualcode.domain.codebook import Entity
from qualcode.services.study import Study, create_study
from qualcode.store import people
from tests.store.samples import add_document, codebook


def furnished(folder: Path) -> Study:
    """`one` is of the case north, `two` of north and south; ada acts."""
    study = create_study(folder, coder="ada", codebook=codebook())
    with study.write("people", "Furnished", undoable=False) as unit:
        people.add_coder(unit, "bo")
        for case in ("north", "south"):
            people.put(unit, Entity.CASE, case)
        people.put(unit, Entity.INFORMANT, "kari")
    add_document(study, "one", undoable=False)
    add_document(study, "two", cases=("north", "south"), undoable=False)
    return study
