"""What an entry changed, told in the users' words, and the entries that touched a coding; on both databases."""

from __future__ import annotations

import pytest

from qualcode.domain.changes import Changed
from qualcode.domain.codebook_edit import TextPart, set_text
from qualcode.domain.rendering import RenderingKind
from qualcode.errors import Message, NotFound
from qualcode.services import codebooks, coding, documents, history, marking, memos, quotes, relations, settings
from qualcode.services.study import Study
from tests.store.samples import FEAR, HASTE, add_document, put


@pytest.fixture
def study(study: Study) -> Study:
    add_document(study, "one")
    return study


def latest(study: Study) -> list[Changed]:
    return history.changes(study, history.revision(study))


def told(study: Study) -> list[str]:
    return [f"{item.kind}: {item.subject}" for item in latest(study)]


def test_a_coding_is_told_by_code_and_place_and_leads_there(study: Study) -> None:
    uid = put(study, "one", FEAR, "fear")
    (added,) = latest(study)
    assert (str(added.subject), added.kind, added.uid) == ("fear on one 25-38", "added", uid)
    assert (added.document, added.start, added.end, added.fields) == ("one", 25, 38, ())
    put(study, "one", HASTE, None)
    assert told(study) == ["added: quotation on one 40-56"]


def test_what_is_different_is_told_in_the_users_ids(study: Study) -> None:
    uid = put(study, "one", FEAR, "fear", qualifiers={"certainty": "sure"})
    coding.edit(study, uid, code="haste", case="south", qualifiers={"certainty": "unsure"})
    (changed,) = latest(study)
    assert {(item.field, item.before, item.after) for item in changed.fields} == {
        ("code", "fear", "haste"),
        ("case", "", "south"),
        ("certainty", "sure", "unsure"),
    }
    history.undo(study)
    assert {(item.field, item.before, item.after) for item in latest(study)[0].fields} == {
        ("code", "haste", "fear"),
        ("case", "south", ""),
        ("certainty", "unsure", "sure"),
    }


def test_a_removal_tells_all_that_went(study: Study) -> None:
    haste, fear = put(study, "one", HASTE, "haste"), put(study, "one", FEAR, "fear", memo="They say so twice.")
    relations.relate(study, haste, "leads-to", fear, quote=("one", FEAR))
    coding.remove(study, [fear])
    assert told(study) == [
        "removed: relation leads-to on one 25-38",
        "removed: memo «They say so twice.»",
        "removed: fear on one 25-38",
    ]
    assert len(history.changes(study, history.revision(study), limit=1)) == 1


def test_other_rows_are_told_by_what_they_describe(study: Study) -> None:
    marking.pass_turn(study, "one", 2)
    assert told(study) == ["added: turn 2 of one"]
    settings.put(study, "approach", "codebook")
    assert told(study) == ["added: setting approach"]
    edit = Message("Text set")
    codebooks.change(study, edit, lambda book: set_text(book, "fear", TextPart.DEFINITION, "en", "Not daring"))
    assert "changed: code fear" in told(study)
    documents.remove(study, "one")
    assert told(study) == ["removed: document one"]
    history.undo(study)
    assert told(study) == ["added: document one"]


def test_an_import_tells_the_document_its_case_and_its_speakers(study: Study) -> None:
    add_document(study, "two")
    assert told(study) == [
        "added: document two",
        "added: document two",
        "added: speaker I of two",
        "added: speaker K of two",
    ]


def test_the_entries_of_a_coding_are_those_that_touched_it_or_what_hangs_on_it(study: Study) -> None:
    fear, haste = put(study, "one", FEAR, "fear"), put(study, "one", HASTE, "haste")
    memos.add(study, fear, "Telling")
    quotes.add(study, fear, RenderingKind.TRANSLATION, "en", "We did not dare")
    relations.relate(study, haste, "leads-to", fear)
    coding.edit(study, fear, qualifiers={"certainty": "sure"})
    history.undo(study)
    entries = history.of_coding(study, fear)
    assert [(str(entry.operation.summary), entry.undone) for entry in entries] == [
        ("Coding of one changed", False),
        ("Coding of one changed", True),
        ("leads-to related in one", False),
        ("Quote of one translated (en)", False),
        (f"Memo on {fear}", False),
        ("fear put on one 25-38", False),
    ]
    assert [str(entry.operation.summary) for entry in history.of_coding(study, haste)] == [
        "leads-to related in one",
        "haste put on one 40-56",
    ]


def test_the_entries_of_a_removed_coding_are_found_by_its_whole_id(study: Study) -> None:
    fear = put(study, "one", FEAR, "fear")
    coding.remove(study, [fear])
    summaries = [str(entry.operation.summary) for entry in history.of_coding(study, fear)]
    assert summaries == ["Coding removed", "fear put on one 25-38"]
    assert history.of_coding(study, "nosuch") == []


def test_an_entry_is_found_by_its_number(study: Study) -> None:
    put(study, "one", FEAR, "fear")
    number = history.revision(study)
    assert str(history.get(study, number).operation.summary) == "fear put on one 25-38"
    with pytest.raises(NotFound, match="The history has no operation 999"):
        history.changes(study, 999)
