"""A codebook goes into rows and comes back equal, and only what differs is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select

from qualcode.domain import codebook_edit
from qualcode.domain.codebook import Code, Codebook, Entity, Theme
from qualcode.errors import Conflict
from qualcode.services import codebooks as files
from qualcode.services import history
from qualcode.services.study import Study
from qualcode.store import attributes, codebooks, people
from qualcode.store.schema.study import change
from tests.store.conftest import Again
from tests.store.samples import FEAR, add_document, codebook, content, put

Edit = Callable[[Codebook], Codebook]
SHIPPED = ("ioa-svc", "night-handover")


def _save(study: Study, wanted: Codebook, sha256: str | None = None) -> dict[str, int]:
    """Save a codebook; how many rows of which tables are new, changed or gone by that."""
    with study.write("codebook", "Saved") as unit:
        codebooks.save(unit, wanted, sha256=sha256)
        changes = unit.changes
    with study.store.read() as connection:
        query = select(change).order_by(change.c.id.desc()).limit(changes)
        rows = list(connection.execute(query)) if changes else []
    kinds = {(True, False): "new", (False, False): "changed", (False, True): "gone"}
    return dict(Counter(f"{row.table} {kinds[row.before is None, row.after is None]}" for row in rows))


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_codebook_comes_back_equal_in_all_its_parts(study: Study, again: Again, name: str) -> None:
    wanted, sha256 = files.read_file(files.find(name))
    _save(study, wanted, sha256)
    assert study.codebook == wanted
    assert again("bo").codebook == wanted
    assert [code.id for code in study.codebook.codes] == [code.id for code in wanted.codes]


@pytest.mark.parametrize("name", SHIPPED)
def test_the_same_codebook_again_changes_nothing(study: Study, name: str) -> None:
    wanted, sha256 = files.read_file(files.find(name))
    _save(study, wanted, sha256)
    entries = len(history.listing(study))
    assert _save(study, wanted, sha256) == {}
    assert len(history.listing(study)) == entries


def test_one_codebook_takes_the_place_of_another_and_undo_brings_it_back(study: Study) -> None:
    before = content(study)
    wanted, sha256 = files.read_file(files.find("ioa-svc"))
    _save(study, wanted, sha256)
    assert study.codebook == wanted
    history.undo(study)
    assert content(study) == before
    assert study.codebook == codebook()
    history.redo(study)
    assert study.codebook == wanted


def _without(*dropped: str) -> Edit:
    return lambda book: replace(book, codes=tuple(code for code in book.codes if code.id not in dropped))


def _with_theme(book: Codebook) -> Codebook:
    return replace(book, themes=(Theme("cold", {"en": "Cold feet"}, ("fear", "haste")),))


def _renamed(book: Codebook) -> Codebook:
    return codebook_edit.rename(book, "fear", "nb", "Redsel")


def _recoloured(book: Codebook) -> Codebook:
    return codebook_edit.recolor(book, "fear", "#aa0000")


def _retired(book: Codebook) -> Codebook:
    return codebook_edit.retire(book, "nothing")


def _newer(book: Codebook) -> Codebook:
    return replace(book, version="2")


@pytest.mark.parametrize(
    ("edit", "written"),
    [
        (_renamed, {"code_text changed": 1}),
        (_recoloured, {"code changed": 1}),
        (_retired, {"code changed": 1}),
        (_with_theme, {"theme new": 1, "theme_member new": 2, "theme_text new": 1}),
        (_newer, {}),
        (_without("nothing"), {"code changed": 1, "code gone": 1, "code_text gone": 2}),
    ],
)
def test_an_edit_writes_only_what_differs(study: Study, edit: Edit, written: dict[str, int]) -> None:
    wanted = edit(study.codebook)
    assert _save(study, wanted) == {"codebook changed": 1, **written}
    assert study.codebook == wanted
    history.undo(study)
    assert study.codebook == codebook()


def test_a_new_code_keeps_the_order_of_the_codebook(study: Study) -> None:
    envy = Code("envy", "barrier", {"en": "Envy"}, definition={"en": "Wanting"})
    wanted = codebook_edit.add(study.codebook, envy)
    _save(study, wanted)
    ids = ["barrier", "fear", "haste", "envy", "effect", "old-goods", "nothing"]
    assert [code.id for code in study.codebook.codes] == ids
    assert study.codebook == wanted


def test_a_merged_code_says_into_which(study: Study) -> None:
    wanted = codebook_edit.merge(study.codebook, "haste", "fear")
    _save(study, wanted)
    assert study.codebook == wanted
    assert (study.codebook["haste"].retired, study.codebook["haste"].merged_into) == (True, "fear")


def test_a_code_that_codings_have_cannot_be_left_out(study: Study) -> None:
    add_document(study, "a")
    put(study, "a", FEAR, "fear")
    before = content(study)
    with pytest.raises(Conflict, match=r"leaves out what the study still uses, one of: fear\."):
        _save(study, _without("fear")(study.codebook))
    assert content(study) == before


def test_an_attribute_with_values_cannot_be_left_out(study: Study) -> None:
    with study.write("people", "Size") as unit:
        row_id = people.put(unit, Entity.CASE, "north")
        attributes.set_values(unit, Entity.CASE, row_id, {"size": ("small",)})
    with pytest.raises(Conflict, match=r"case\.size"):
        _save(study, replace(study.codebook, attributes=()))


def test_what_another_program_changes_in_the_codebook_is_seen(study: Study, again: Again) -> None:
    bo = again("bo")
    assert bo.codebook == codebook()
    _save(study, _renamed(study.codebook))
    assert bo.codebook["fear"].names["nb"] == "Redsel"


def test_the_file_a_codebook_came_from_is_remembered_until_another_comes(study: Study) -> None:
    _save(study, replace(codebook(), version="2"), "a" * 64)
    first = content(study)["codebook"][0]
    _save(study, _renamed(study.codebook))
    assert (first["sha256"], content(study)["codebook"][0]["sha256"]) == ("a" * 64, "a" * 64)
    assert content(study)["codebook"][0]["imported_at"] == first["imported_at"]
