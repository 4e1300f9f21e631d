"""The fields of a study that rows, queries and exports ask for, with the values they have."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from qualcode.domain.facts import Facts, Population
from qualcode.services.study import Study
from qualcode.store import belonging, documents, memos, people
from qualcode.store.schema.coding import coding


def facts_of(study: Study) -> Facts:
    """The fields that can be asked for, with the values the study has. Memos are read if a query asks for them."""
    codebook = study.codebook
    with study.store.read() as connection:
        by_row = belonging.speakers_by_document(connection)
        ids = documents.keys_by_id(connection)
        voices = {
            ids[row]: tuple(dict.fromkeys(speaker.informant for speaker in mapped if speaker.informant))
            for row, mapped in by_row.items()
            if row in ids
        }
        population = Population(
            people.cases(connection),
            documents.listing(connection),
            people.informants(connection),
            people.organisations(connection),
            people.coders(connection),
            voices,
            _memos_of_codings(study),
        )
    return Facts(codebook, population)


def _memos_of_codings(study: Study) -> Callable[[], Mapping[str, Sequence[str]]]:
    read: list[Mapping[str, Sequence[str]]] = []

    def texts() -> Mapping[str, Sequence[str]]:
        if not read:
            with study.store.read() as connection:
                read.append(memos.texts_by_target(connection, coding))
        return read[0]

    return texts
