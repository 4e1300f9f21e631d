"""The framework grid on both databases: words, states, staleness, who was asked; each taken back by undo."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.domain.asked import Asked, Reason, Statement
from qualcode.domain.grid import CellKey, RowKind, SummaryState
from qualcode.errors import BadInput, Conflict, NotFound
from qualcode.services import asking, coding, grid, history, people
from qualcode.services.grid_import import SummariesImported, import_summaries
from qualcode.services.study import Study
from tests.store.conftest import Again
from tests.store.samples import FEAR, HASTE, OLD, add_document, content, put

NORTH = CellKey(RowKind.CASE, "north", "barrier")
KARI = CellKey(RowKind.INFORMANT, "kari", "fear")


@pytest.fixture
def study(study: Study) -> Study:
    add_document(study, "one")
    add_document(study, "two", cases=("south",))
    return study


def test_a_summary_rests_on_the_codings_of_its_cell_and_is_stale_when_they_are_others(study: Study) -> None:
    fear = put(study, "one", FEAR, "fear")
    put(study, "two", FEAR, "fear")
    made = grid.write(study, NORTH, "They dared not.\r\n")
    assert made.summary is not None
    assert (made.text, made.state, made.summary.rests_on, made.summary.coder, made.stale) == (
        "They dared not.",
        SummaryState.DRAFTED,
        (fear,),
        "ada",
        False,
    )
    haste = put(study, "one", HASTE, "haste")
    now = grid.cell(study, NORTH)
    assert (now.stale, now.added, now.removed) == (True, (haste,), ())
    history.undo(study)
    assert not grid.cell(study, NORTH).stale


def test_a_coding_that_is_moved_away_makes_stale_and_one_that_is_said_more_of_does_not(study: Study) -> None:
    fear = put(study, "one", FEAR, "fear")
    grid.write(study, NORTH, "They dared not.")
    coding.edit(study, fear, qualifiers={"certainty": "sure"})
    assert not grid.cell(study, NORTH).stale
    coding.edit(study, fear, code="haste")
    assert not grid.cell(study, NORTH).stale
    coding.edit(study, fear, code="old-goods")
    assert grid.cell(study, NORTH).removed == (fear,)
    assert grid.write(study, NORTH, "They dared not.").stale is False


def test_checking_names_who_and_when_and_new_words_are_a_draft_again(study: Study, again: Again) -> None:
    put(study, "one", FEAR, "fear")
    grid.write(study, KARI, "Kari was afraid.")
    checked = grid.set_state(again("bo"), KARI, SummaryState.CHECKED).summary
    assert checked is not None
    assert (checked.state, checked.coder, checked.checked_by) == (SummaryState.CHECKED, "ada", "bo")
    assert checked.checked_at is not None
    rewritten = grid.write(study, KARI, "Kari was not afraid.").summary
    assert rewritten is not None
    assert (rewritten.state, rewritten.checked_by, rewritten.checked_at) == (SummaryState.DRAFTED, "", None)


def test_a_stale_summary_and_an_empty_cell_cannot_be_checked(study: Study) -> None:
    with pytest.raises(BadInput, match="Nothing is written in case:north / barrier"):
        grid.set_state(study, NORTH, SummaryState.CHECKED)
    grid.write(study, NORTH, "Nothing stopped them.")
    put(study, "one", FEAR, "fear")
    with pytest.raises(Conflict, match="1 came, 0 went"):
        grid.set_state(study, NORTH, SummaryState.CHECKED)
    assert grid.cell(study, NORTH).state is SummaryState.DRAFTED


def test_words_changed_by_somebody_meanwhile_are_not_overwritten(study: Study, again: Again) -> None:
    grid.write(study, NORTH, "First.")
    grid.write(again("bo"), NORTH, "Second.")
    with pytest.raises(Conflict, match="changed meanwhile"):
        grid.write(study, NORTH, "Third.", seen=(), instead_of="First.")
    now = grid.cell(study, NORTH).summary
    assert now is not None
    assert (now.text, now.coder) == ("Second.", "bo")


def test_undo_and_redo_bring_back_every_row(study: Study) -> None:
    states = [content(study)]
    for act in (
        lambda: grid.write(study, NORTH, "Words."),
        lambda: grid.set_state(study, NORTH, SummaryState.CHECKED),
        lambda: grid.write(study, NORTH, ""),
        lambda: asking.note(study, "kari", ["barrier", "fear"], Asked.ASKED),
        lambda: asking.note(study, "kari", ["fear"], None),
    ):
        act()
        states.append(content(study))
    assert states[3]["framework_cell"] == states[0]["framework_cell"] == []
    for before in reversed(states[:-1]):
        history.undo(study)
        assert content(study) == before
    for after in states[1:]:
        history.redo(study)
        assert content(study) == after


def test_why_nothing_is_coded_follows_from_who_was_asked(study: Study) -> None:
    def reasons(kind: RowKind) -> list[list[Reason | None]]:
        return [[cell.reason for cell in cells] for cells in grid.grid(study, kind).grid.cells]

    assert reasons(RowKind.INFORMANT) == [[Reason.UNKNOWN, Reason.UNKNOWN]]
    put(study, "one", OLD, "old-goods")
    asking.note(study, "kari", ["barrier", "effect"], Asked.NOT_ASKED)
    assert reasons(RowKind.INFORMANT) == [[Reason.NOT_ASKED, None]]
    assert reasons(RowKind.CASE) == [[Reason.NOT_ASKED, None], [Reason.NOT_ASKED, Reason.NOT_ASKED]]
    asking.note(study, "kari", ["haste"], Asked.ASKED)
    assert reasons(RowKind.INFORMANT) == [[Reason.SILENT, None]]
    assert asking.listing(study, "kari") == [
        Statement("kari", "barrier", Asked.NOT_ASKED),
        Statement("kari", "haste", Asked.ASKED),
        Statement("kari", "effect", Asked.NOT_ASKED),
    ]


def test_notes_come_in_from_a_csv_all_or_none(study: Study, tmp_path: Path) -> None:
    file = tmp_path / "asked.csv"
    file.write_text("informant,about,asked\nkari,barrier,asked\nkari,fear,not-asked\nkari,effect,\n", "utf-8")
    assert asking.import_notes(study, file) == 2
    file.write_text("informant,about,asked\nkari,fear,-\nkari,haste,perhaps\n", "utf-8")
    with pytest.raises(BadInput, match=r"asked\.csv, line 3: 'perhaps'"):
        asking.import_notes(study, file)
    file.write_text("informant,about,asked\nkari,fear,-\n", "utf-8")
    assert asking.import_notes(study, file) == 1
    assert asking.listing(study) == [Statement("kari", "barrier", Asked.ASKED)]


def test_the_history_names_cells_and_who_was_asked(study: Study) -> None:
    grid.write(study, NORTH, "Words.")
    grid.set_state(study, NORTH, SummaryState.CHECKED)
    asking.note(study, "kari", ["fear"], Asked.ASKED)
    asking.note(study, "kari", ["fear"], Asked.NOT_ASKED)
    entries = [entry.operation.id for entry in history.listing(study, limit=4)]
    subjects = [str(changed.subject) for id in reversed(entries) for changed in history.changes(study, id)]
    assert subjects == ["summary of north / barrier"] * 2 + ["whether kari was asked about fear"] * 2


def test_a_removed_case_takes_its_row_along_and_brings_it_back(study: Study) -> None:
    from qualcode.domain.codebook import Entity

    grid.write(study, NORTH, "Words.")
    people.remove(study, Entity.CASE, "north")
    assert grid.written(study)[0] == []
    history.undo(study)
    assert [cell.text for cell in grid.written(study)[0]] == ["Words."]


def test_summaries_come_in_from_a_csv_with_what_they_rest_on(study: Study, tmp_path: Path) -> None:
    fear = put(study, "one", FEAR, "fear")
    file = tmp_path / "grid.csv"
    file.write_text(
        "row_kind,row,column,state,text,checked_by,coding_ids\n"
        f"case,north,barrier,checked,'=They dared not.,bo,{fear}\n"
        "informant,kari,fear,unsummarised,Filled in.,,\n"
        "case,south,barrier,unsummarised,,,\n",
        "utf-8",
    )
    assert import_summaries(study, file) == SummariesImported(2, 0, 0)
    north, kari = (grid.cell(study, key) for key in (NORTH, KARI))
    assert north.summary is not None
    assert (north.text, north.state, north.summary.checked_by, north.stale) == (
        "=They dared not.",
        SummaryState.CHECKED,
        "bo",
        False,
    )
    assert (kari.text, kari.state, kari.added) == ("Filled in.", SummaryState.DRAFTED, (fear,))
    file.write_text("row,column,text\nnorth,barrier,-\nkari,fear,Filled in.\n", "utf-8")
    assert import_summaries(study, file) == SummariesImported(1, 1, 0)
    assert grid.cell(study, KARI).stale is False


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("nort,barrier,x", "There is no case or informant 'nort'"),
        ("north,barier,x", "no family, code or theme 'barier'"),
        ("north,theme,x", "no family, code or theme 'theme'"),
        ('north,"fear,haste",x', "no family, code or theme 'fear,haste'"),
        ("north,barrier,a\x00b", "cannot be stored, at offset 1|NUL"),
    ],
)
def test_what_a_csv_gets_wrong_is_told_with_its_line_and_nothing_is_stored(
    study: Study, tmp_path: Path, row: str, said: str
) -> None:
    file = tmp_path / "grid.csv"
    file.write_text(f"row,column,text\nsouth,barrier,Good.\n{row}\n", "utf-8")
    with pytest.raises(BadInput, match=said):
        import_summaries(study, file)
    assert grid.written(study)[0] == []


def test_a_check_does_not_vouch_for_words_that_a_file_changed(study: Study, tmp_path: Path) -> None:
    grid.write(study, NORTH, "Words.")
    checked = grid.set_state(study, NORTH, SummaryState.CHECKED).summary
    assert checked is not None and checked.checked_at is not None
    file = tmp_path / "grid.csv"
    for text, expected in (("Words.", SummaryState.CHECKED), ("Other words.", SummaryState.DRAFTED)):
        cells = f"north,barrier,checked,{text},ada,{checked.checked_at.isoformat()}"
        file.write_text(f"row,column,state,text,checked_by,checked_at\n{cells}\n", "utf-8")
        import_summaries(study, file)
        assert grid.cell(study, NORTH).state is expected


def test_a_long_summary_with_markup_is_kept_as_it_is(study: Study) -> None:
    words = "<script>alert(1)</script> | *x* [a](b) 😀\n" * 1300
    assert grid.write(study, NORTH, words).text == words.strip()
    assert len(words) > 50_000


def test_rows_are_named_with_or_without_their_kind(study: Study) -> None:
    assert grid.key_of(study, "kari", "fear") == grid.key_of(study, "informant:kari", "fear") == KARI
    with pytest.raises(NotFound, match="no case 'kari'"):
        grid.key_of(study, "case:kari", "fear")
