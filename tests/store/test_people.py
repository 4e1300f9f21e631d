"""Cases, people, coders and their attributes: put, described, renamed and removed with their links."""

from __future__ import annotations

import pytest

from qualcode.domain.codebook import Entity
from qualcode.domain.people import Informant, InformantKind, Speaker, SpeakerRole
from qualcode.errors import BadInput, Conflict, NotFound
from qualcode.services import coding, history
from qualcode.services import people as services_people
from qualcode.services.study import Study
from qualcode.store import attributes, belonging, documents, people
from qualcode.store.schema.documents import assignment
from tests.store.conftest import Again
from tests.store.samples import FEAR, HASTE, OLD, add_document, content, put


def _remove(study: Study, entity: Entity, key: str) -> None:
    with study.write("people", "Removed") as unit:
        people.remove(unit, entity, key)


def test_an_informant_is_added_described_and_found_with_the_organisation(study: Study) -> None:
    with study.write("people", "Put") as unit:
        row_id = people.put(unit, Entity.INFORMANT, "report", title="Rapporten", kind=InformantKind.DOCUMENT)
        attributes.set_values(unit, Entity.INFORMANT, row_id, {"post": ("author",)})
    with study.store.read() as connection:
        assert people.informants(connection) == [
            Informant("kari", "", InformantKind.PERSON, "firm", {}),
            Informant("report", "Rapporten", InformantKind.DOCUMENT, None, {"post": ("author",)}),
        ]


def test_what_is_not_given_of_a_person_is_left(study: Study) -> None:
    with study.write("people", "Put") as unit:
        people.put(unit, Entity.INFORMANT, "kari", title="Kari")
    with study.store.read() as connection:
        assert people.informants(connection) == [Informant("kari", "Kari", InformantKind.PERSON, "firm", {})]


def test_several_values_keep_their_order_and_are_replaced_as_a_whole(study: Study) -> None:
    def values() -> dict[str, tuple[str, ...]]:
        with study.store.read() as connection:
            return attributes.values_of(connection, Entity.CASE).get(1, {})

    for topics in (("light", "beds", "night"), ("beds", "light"), ()):
        with study.write("people", "Topics") as unit:
            attributes.set_values(unit, Entity.CASE, 1, {"topics": topics})
        assert values() == ({"topics": topics} if topics else {})
    history.undo(study)
    assert values() == {"topics": ("beds", "light")}


def test_the_same_values_again_write_nothing(study: Study) -> None:
    for written in (3, 0):
        with study.write("people", "Topics") as unit:
            attributes.set_values(unit, Entity.CASE, 1, {"topics": ("b", "a"), "size": ("small",)})
            assert unit.changes == written


def test_a_removed_case_goes_with_links_and_values_and_its_codings_lose_it(study: Study) -> None:
    add_document(study, "a", cases=("north", "south"))
    with study.write("people", "Described") as unit:
        attributes.set_values(unit, Entity.CASE, 2, {"size": ("small",), "topics": ("x", "y")})
    of_south, of_north = (
        put(study, "a", FEAR, "fear", case="south"),
        put(study, "a", OLD, "old-goods", case="north"),
    )
    before = content(study)
    _remove(study, Entity.CASE, "south")
    after = content(study)
    assert {row["uid"]: row["case_id"] for row in after["coding"]} == {of_south: None, of_north: None}
    assert after["attribute_value"] == []
    assert [item.case for item in coding.of_document(study, "a")] == ["north", "north"]
    history.undo(study)
    assert content(study) == before


def test_a_case_is_not_removed_where_two_codings_would_become_one(study: Study) -> None:
    add_document(study, "a", cases=("north", "south"))
    put(study, "a", FEAR, "fear", case="south")
    put(study, "a", FEAR, "fear")
    before = content(study)
    with pytest.raises(Conflict, match="stand a second time without this case and would then be there twice: 1"):
        _remove(study, Entity.CASE, "south")
    assert content(study) == before


def test_an_own_case_that_becomes_the_only_one_of_the_document_is_stored_as_empty(study: Study) -> None:
    add_document(study, "a", cases=("north", "south"))
    put(study, "a", FEAR, "fear", case="north")
    put(study, "a", HASTE, "haste", case="south")
    with study.write("documents", "Cases") as unit:
        belonging.set_cases(unit, "a", ["north"])
    assert [row["case_id"] for row in content(study)["coding"]] == [None, 2]
    assert [item.case for item in coding.of_document(study, "a")] == ["north", "south"]


def test_two_codings_stay_apart_where_the_only_case_would_make_them_one(study: Study) -> None:
    add_document(study, "a", cases=("north", "south"))
    put(study, "a", FEAR, "fear", case="north")
    put(study, "a", FEAR, "fear")
    with study.write("documents", "Cases") as unit:
        belonging.set_cases(unit, "a", ["north"])
    assert sorted(str(row["case_id"]) for row in content(study)["coding"]) == ["1", "None"]


def test_a_removed_informant_leaves_the_label_unmapped(study: Study) -> None:
    add_document(study, "a")
    put(study, "a", FEAR, "fear")
    before = content(study)
    _remove(study, Entity.INFORMANT, "kari")
    with study.store.read() as connection:
        assert people.informants(connection) == []
        assert belonging.speakers_of(connection, "a") == [Speaker("I", SpeakerRole.INTERVIEWER)]
    assert coding.of_document(study, "a")[0].informant is None
    history.undo(study)
    assert content(study) == before


def test_a_removed_organisation_leaves_its_people(study: Study) -> None:
    _remove(study, Entity.ORGANISATION, "firm")
    with study.store.read() as connection:
        assert people.organisations(connection) == []
        assert people.informants(connection) == [Informant("kari", "", InformantKind.PERSON, None, {})]


def test_a_removed_case_comes_back_when_it_is_put_again(study: Study) -> None:
    _remove(study, Entity.CASE, "south")
    with study.write("people", "Put") as unit:
        people.put(unit, Entity.CASE, "south", title="Again")
    with study.store.read() as connection:
        assert [(case.id, case.title) for case in people.cases(connection)] == [("north", ""), ("south", "Again")]


def test_an_id_is_renamed_unless_it_is_taken(study: Study) -> None:
    add_document(study, "a", cases=("north", "south"))
    put(study, "a", FEAR, "fear", case="south")
    with study.write("people", "Renamed") as unit:
        people.rename(unit, Entity.CASE, "south", "east")
    assert coding.of_document(study, "a")[0].case == "east"
    with pytest.raises(Conflict, match="'north' is taken already"), study.write("people", "Renamed") as unit:
        people.rename(unit, Entity.CASE, "east", "north")


def test_a_coder_with_work_is_deactivated_and_one_without_is_removed(study: Study, again: Again) -> None:
    add_document(study, "a")
    put(again("bo"), "a", FEAR, "fear")
    with study.write("people", "Coder") as unit:
        people.add_coder(unit, "cy")
    with study.write("people", "Coders") as unit:
        assert people.remove_coder(unit, "bo") is True
        assert people.remove_coder(unit, "cy") is False
    with study.store.read() as connection:
        assert [(coder.name, coder.active) for coder in people.coders(connection)] == [("ada", True), ("bo", False)]
    assert coding.of_document(study, "a")[0].coding.coder == "bo"
    with study.write("people", "Back") as unit:
        people.add_coder(unit, "bo")
    with study.store.read() as connection:
        assert [coder.active for coder in people.coders(connection)] == [True, True]


def test_a_coder_somebody_else_gave_work_to_is_deactivated_too(study: Study) -> None:
    add_document(study, "a")
    with study.write("people", "Assigned") as unit:
        unit.insert(assignment, document_id=1, assignee_id=2, blind=True, done_at=None)
    with study.write("people", "Coder") as unit:
        assert people.remove_coder(unit, "bo") is True


def test_labels_are_mapped_to_people_the_interviewer_or_nobody(study: Study) -> None:
    add_document(study, "a")
    with study.write("speakers", "Mapped") as unit:
        belonging.map_speakers(
            unit, "a", {"K": Speaker("K", SpeakerRole.NONE), "X": Speaker("X", SpeakerRole.INFORMANT, "kari")}
        )
    with study.store.read() as connection:
        assert belonging.speakers_of(connection, "a") == [
            Speaker("I", SpeakerRole.INTERVIEWER),
            Speaker("K", SpeakerRole.NONE),
            Speaker("X", SpeakerRole.INFORMANT, "kari"),
        ]
    nobody = {"K": Speaker("K", SpeakerRole.INFORMANT, "nobody")}
    with pytest.raises(NotFound, match="no informant 'nobody'"), study.write("speakers", "Mapped") as unit:
        belonging.map_speakers(unit, "a", nobody)


def test_a_removed_document_is_in_no_listing_and_its_codings_stay(study: Study) -> None:
    add_document(study, "a")
    put(study, "a", FEAR, "fear")
    with study.write("documents", "Removed") as unit:
        documents.remove(unit, "a")
    with study.store.read() as connection:
        assert documents.listing(connection) == []
        assert [(item.id, item.removed) for item in documents.listing(connection, removed=True)] == [("a", True)]
    assert (coding.everything(study), len(content(study)["coding"])) == ([], 1)
    with study.write("documents", "Back") as unit:
        documents.bring_back(unit, "a")
    assert [item.coding.code for item in coding.everything(study)] == ["fear"]


def test_a_document_is_listed_with_its_words_turns_cases_and_values(study: Study) -> None:
    add_document(study, "a", cases=("south", "north"))
    with study.store.read() as connection:
        (document,) = documents.listing(connection)
    assert (document.id, document.version, document.words, document.turns) == ("a", 1, 20, 4)
    assert (document.cases, document.language, document.date) == (("south", "north"), "nb", "2026-02-01")


def test_a_name_that_is_too_long_is_refused_on_either_database_and_nothing_stored(study: Study) -> None:
    before = content(study)
    with pytest.raises(BadInput, match=r"^K{40}… is too long: 101 characters, where 100 are the most\."):
        services_people.add_coder(study, "K" * 101)
    services_people.add_coder(study, "K" * 100)
    with pytest.raises(BadInput, match="101 characters"):
        services_people.rename_coder(study, "K" * 100, "L" * 101)
    history.undo(study)
    assert content(study) == before
