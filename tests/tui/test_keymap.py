from __future__ import annotations

import pkgutil

import pytest
from textual.widget import Widget

from qualcode.tui.app import Desk
from qualcode.tui.keymap import help_elsewhere, help_sections, hints
from qualcode.tui.keys import ACTIONS, GO, LEADS_TO, TOGETHER, Action, Go
from qualcode.tui.keys.lists import ENTER
from qualcode.tui.screens.bearing import BearingScreen, EvidenceScreen, HitsScreen
from qualcode.tui.screens.codebook import CodebookScreen
from qualcode.tui.screens.coders import CodersScreen
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.desk import DeskScreen
from qualcode.tui.screens.files import FilesScreen
from qualcode.tui.screens.find import FindScreen
from qualcode.tui.screens.findings import FindingsScreen
from qualcode.tui.screens.grid import GridScreen
from qualcode.tui.screens.history import HistoryScreen
from qualcode.tui.screens.home import HomeScreen
from qualcode.tui.screens.importing import ImportScreen
from qualcode.tui.screens.keylist import KeyListScreen
from qualcode.tui.screens.listing import ListScreen
from qualcode.tui.screens.matrix import MatrixScreen
from qualcode.tui.screens.memos import MemosScreen
from qualcode.tui.screens.offers import OffersScreen
from qualcode.tui.screens.people import PeopleScreen
from qualcode.tui.screens.quotes import QuotesScreen
from qualcode.tui.screens.relations import RelationsScreen
from qualcode.tui.screens.reviewing import Reviewing
from qualcode.tui.screens.settings import SettingsScreen
from qualcode.tui.screens.summary import SummaryScreen
from qualcode.tui.widgets.codebook import CodebookPane
from qualcode.tui.widgets.documents import DocumentTable
from qualcode.tui.widgets.grid import Grid
from qualcode.tui.widgets.marks import MarkTable
from qualcode.tui.widgets.picker import Picker
from qualcode.tui.widgets.table import Table
from qualcode.tui.widgets.transcript import TranscriptView

OWNERS: dict[str, type[Widget] | type[Desk]] = {
    "app": Desk,
    "coding": CodingScreen,
    "transcript": TranscriptView,
    "picker": Picker,
    "codebook": CodebookPane,
    "documents": DocumentTable,
    "table": Table,
    "listing": ListScreen,
    "home": HomeScreen,
    "review": Reviewing,
    "find": FindScreen,
    "relations": RelationsScreen,
    "relation": RelationsScreen,
    "findings": FindingsScreen,
    "bearing": BearingScreen,
    "evidence": EvidenceScreen,
    "hits": HitsScreen,
    "memos": MemosScreen,
    "offers": OffersScreen,
    "settings": SettingsScreen,
    "coders": CodersScreen,
    "marks": MarkTable,
    "files": FilesScreen,
    "importing": ImportScreen,
    "allkeys": KeyListScreen,
    "quotes": QuotesScreen,
    "grid": Grid,
    "matrix": MatrixScreen,
    "framework": GridScreen,
    "summarising": SummaryScreen,
    "history": HistoryScreen,
    "book": CodebookScreen,
    "people": PeopleScreen,
}


@pytest.mark.parametrize("context", TOGETHER)
def test_within_what_listens_at_once_a_key_has_one_action(context: str) -> None:
    keys = [
        key for where in TOGETHER[context] for action in ACTIONS if action.where == where for key in action.keys
    ]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: f"{action.where}.{action.call}")
def test_every_action_has_a_key_words_and_a_place(action: Action) -> None:
    assert action.keys
    assert action.label
    assert any(action.where in places for places in TOGETHER.values())


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: f"{action.where}.{action.call}")
def test_every_action_has_its_method(action: Action) -> None:
    assert callable(getattr(OWNERS[action.where], f"action_{action.call.split('(')[0]}"))


SCREENS: dict[str, type[DeskScreen]] = {"home": HomeScreen, "coding": CodingScreen, "listing": ListScreen}


@pytest.mark.parametrize("go", GO, ids=lambda go: go.key)
def test_each_letter_after_g_leads_somewhere_from_wherever_it_is_offered(go: Go) -> None:
    for where in go.where:
        owner = SCREENS.get(where, ListScreen)
        assert hasattr(owner, f"go_{go.key}") or callable(pkgutil.resolve_name(go.opens))


def test_a_letter_after_g_leads_to_one_place() -> None:
    assert len({go.key for go in GO}) == len(GO)


def test_a_letter_does_everything_that_a_modified_key_does() -> None:
    modified = [action for action in ACTIONS if any("+" in key for key in action.keys)]
    assert modified
    assert all(any("+" not in key for key in action.keys) for action in modified)


def test_the_hints_begin_with_the_help_and_name_real_keys() -> None:
    assert hints("coding")[0] == ("?", "help")
    assert ("c", "code") in hints("coding")
    assert ("Tab", "new code") in hints("picker")


def test_enter_is_called_what_it_does_on_the_screen() -> None:
    assert ("Enter", "change") in hints("settings")
    assert ("Enter", "go to its place in the text") in dict(help_sections("quotes"))["Going about"]
    assert [words for key, words in hints("home") if key == "Enter"] == ["open"]
    assert {ENTER[context].hint for context in ENTER if context in TOGETHER} >= {"quotes", "card", "act as"}


def test_while_something_is_written_the_hints_are_what_ends_it() -> None:
    assert hints("memo") == [("Esc", "keep")]
    assert [key for key, _words in hints("search")] == ["Enter", "Tab", "Esc"]


def test_the_help_knows_what_other_screens_do() -> None:
    elsewhere = dict(help_elsewhere("coding"))
    assert ("M", "merge into another code") in elsewhere["g B · codebook with its texts"]
    assert "g t · text" not in elsewhere
    assert {context for places in LEADS_TO.values() for context in places} <= TOGETHER.keys()


def test_the_help_lists_every_action_of_its_context_once() -> None:
    lines = [line for _, section in help_sections("coding") for line in section]
    assert len(lines) == len(set(lines))
    assert ("1–9", "favourite code") in lines
    assert ("U Ctrl-R", "redo") in lines
    expected = {action.label for action in ACTIONS if action.where in TOGETHER["coding"]}
    assert {words for _, words in lines} == expected
