"""An unknown id is told with what was probably meant, or where to look."""

from __future__ import annotations

import pytest

from qualcode.domain.codebook import Entity
from qualcode.errors import NotFound
from qualcode.services.study import Study
from qualcode.store import lookup, people


def test_an_id_is_found_by_its_exact_spelling(study: Study) -> None:
    with study.store.read() as connection:
        assert lookup.row_id(connection, lookup.CASE, "south") == 2
        assert lookup.keys(connection, lookup.CASE) == ["north", "south"]
        assert lookup.keys(connection, lookup.CODER) == ["ada", "bo"]


@pytest.mark.parametrize(
    ("table", "key", "told"),
    [
        (lookup.CASE, "sought", "There is no case 'sought'. Did you mean south?"),
        (lookup.CODE, "old-good", "There is no code 'old-good'. Did you mean old-goods?"),
        (lookup.INFORMANT, "karl", "There is no informant 'karl'. Did you mean kari?"),
        (lookup.CODER, "xyz", "There is no coder 'xyz'. Add the coder with `qualcode coders add xyz`."),
        (lookup.DOCUMENT, "a1", "There is no document 'a1'. `qualcode documents list` shows the documents."),
        (
            lookup.ORGANISATION,
            "?",
            "There is no organisation '?'. `qualcode organisations list` shows the organisations.",
        ),
    ],
)
def test_an_unknown_id_is_told_with_a_near_match_or_where_to_look(
    study: Study, table: lookup.Table, key: str, told: str
) -> None:
    with study.store.read() as connection, pytest.raises(NotFound) as error:
        lookup.row_id(connection, table, key)
    assert str(error.value) == told


def test_what_is_removed_is_neither_found_nor_offered(study: Study) -> None:
    with study.write("people", "Removed") as unit:
        people.remove(unit, Entity.CASE, "south")
    with study.store.read() as connection:
        assert lookup.keys(connection, lookup.CASE) == ["north"]
        with pytest.raises(NotFound, match=r"There is no case 'south'\. `qualcode cases list`"):
            lookup.row_id(connection, lookup.CASE, "south")
