"""Changing a codebook: what comes of it, and what is refused."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qualcode.domain.codebook import (
    ActorMapRow,
    Code,
    Codebook,
    Qualifier,
    QualifierType,
    QualifierValue,
    Question,
    RelationType,
    Theme,
)
from qualcode.domain.codebook_check_parts import faults_of
from qualcode.domain.codebook_edit import (
    ListPart,
    TextPart,
    add,
    family_users,
    merge,
    move,
    recolor,
    rename,
    restore,
    retire,
    set_list,
    set_text,
)
from qualcode.domain.codebook_themes import remove_theme, set_theme
from qualcode.errors import BadInput, Conflict, NotFound


def code(code_id: str, parent: str | None = None, *, color: str | None = None, **keywords: tuple[str, ...]) -> Code:
    names = {"nb": code_id.title()}
    return Code(code_id, parent, names, assignable=parent is not None, color=color, keywords=keywords)


BOOK = Codebook(
    id="x",
    version="v1",
    languages=("nb", "en"),
    codes=(
        code("actor"),
        code("buyer", "actor"),
        code("seller", "actor"),
        code("barrier"),
        code("risk", "barrier", nb=("risiko*", "fare")),
        code("fear", "risk", nb=("redd*", "fare"), en=("fear*",)),
        code("panic", "fear"),
        code("time", "barrier"),
        code("spare"),
        code("spare-part", "spare"),
    ),
    qualifiers=(
        Qualifier(
            "about",
            {"nb": "Om"},
            QualifierType.CODE,
            (QualifierValue("buyer", "b"), QualifierValue("seller", "s")),
            family="actor",
            applies_to=("barrier",),
        ),
    ),
    relation_types=(RelationType("causes", {"nb": "gir"}, domain=("barrier",)),),
    questions=(Question("Q1", "question", {"nb": "Hva?"}, families=("barrier",)),),
    themes=(Theme("t", {"nb": "T"}, codes=("fear", "time")),),
    actor_map=(ActorMapRow("kommune", "buyer", None), ActorMapRow("fare", "fear", None)),
)


def ids(codebook: Codebook) -> list[str]:
    return [one.id for one in codebook.codes]


def sound(codebook: Codebook) -> bool:
    return faults_of(codebook) == []


def test_the_codebook_of_these_tests_is_sound() -> None:
    assert sound(BOOK)


def test_a_code_is_added_last_under_its_parent() -> None:
    new = add(BOOK, code("anger", "fear"))
    assert ids(new)[4:9] == ["risk", "fear", "panic", "anger", "time"]
    assert ids(BOOK) == [one for one in ids(new) if one != "anger"]
    assert sound(new)


def test_a_family_is_added_last() -> None:
    assert ids(add(BOOK, code("late")))[-1] == "late"


def test_a_language_that_comes_with_a_name_is_added_to_the_codebook() -> None:
    new = add(BOOK, Code("anger", "fear", {"da": "Vrede"}))
    assert new.languages == ("nb", "en", "da")
    assert sound(new)


@pytest.mark.parametrize(
    ("added", "error", "message"),
    [
        (code("risk", "time"), Conflict, "The id 'risk' is taken"),
        (code("t", "time"), Conflict, "The id 't' is taken"),
        (code("two words", "time"), BadInput, "The id 'two words' cannot be used"),
        (code("new", "nowhere"), NotFound, "The codebook has no code 'nowhere'"),
        (Code("new", "time", {"nb": " "}), BadInput, "The code 'new' has no name"),
        (Code("new", "time", {"n": "N"}), BadInput, "'n' is not a language tag"),
        (code("new", "time", color="red"), BadInput, "'red' is not a colour"),
    ],
)
def test_a_code_that_cannot_be_added(added: Code, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        add(BOOK, added)


def test_nothing_is_added_under_a_retired_code() -> None:
    with pytest.raises(Conflict, match="The code 'time' is retired"):
        add(retire(BOOK, "time"), code("new", "time"))


def test_the_tree_grows_to_ten_levels_and_no_deeper() -> None:
    book = BOOK
    for level in range(5, 11):
        book = add(book, code(f"l{level}", "panic" if level == 5 else f"l{level - 1}"))
    assert book.level("l10") == 10
    with pytest.raises(Conflict, match="Codes under 'l10' would lie deeper than level 10"):
        add(book, code("l11", "l10"))
    with pytest.raises(Conflict, match="Codes under 'time' would lie deeper than level 10"):
        move(book, "risk", "time")


def test_a_text_is_set_and_taken_away() -> None:
    new = set_text(BOOK, "risk", TextPart.DEFINITION, "da", "  Frygt for tab. ")
    assert new["risk"].definition == {"da": "Frygt for tab."}
    assert new.languages == ("nb", "en", "da")
    assert set_text(new, "risk", TextPart.DEFINITION, "da", " ")["risk"].definition == {}


def test_renaming_keeps_the_id_and_the_other_languages() -> None:
    new = rename(rename(BOOK, "risk", "en", "Risk"), "risk", "nb", "Risikoatferd")
    assert new["risk"].names == {"nb": "Risikoatferd", "en": "Risk"}
    assert ids(new) == ids(BOOK)


def test_the_last_name_of_a_code_stays() -> None:
    with pytest.raises(BadInput, match="The name is empty"):
        rename(BOOK, "risk", "nb", " ")
    with pytest.raises(BadInput, match="The code 'risk' would be without a name"):
        set_text(BOOK, "risk", TextPart.NAME, "nb", "")


def test_keywords_are_set_each_once() -> None:
    new = set_list(BOOK, "time", ListPart.KEYWORDS, "nb", ["frist*", " frist* ", "", "tid"])
    assert new["time"].keywords == {"nb": ("frist*", "tid")}
    assert set_list(new, "time", ListPart.KEYWORDS, "nb", [])["time"].keywords == {}


def test_a_colour_is_set_and_given_back() -> None:
    new = recolor(BOOK, "risk", "#0072B2")
    assert new["risk"].color == "#0072B2"
    assert recolor(new, "risk", None)["risk"].color is None
    with pytest.raises(BadInput, match="'blue' is not a colour"):
        recolor(BOOK, "risk", "blue")


def test_a_code_moves_with_all_below_it() -> None:
    new = move(BOOK, "fear", "time")
    assert ids(new)[3:8] == ["barrier", "risk", "time", "fear", "panic"]
    assert [one.id for one in new.path("panic")] == ["barrier", "time", "fear", "panic"]
    assert sound(new)


def test_a_code_that_becomes_a_family_is_a_heading() -> None:
    new = move(BOOK, "fear", None)
    assert ids(new)[-2:] == ["fear", "panic"]
    assert (new["fear"].assignable, new["panic"].assignable) == (False, True)


def test_a_family_that_comes_under_another_can_be_assigned() -> None:
    new = move(BOOK, "spare", "time")
    assert new["spare"].assignable
    assert new.level("spare-part") == 4


def test_moving_to_where_it_lies_changes_nothing() -> None:
    assert move(BOOK, "risk", "barrier") is BOOK


@pytest.mark.parametrize(
    ("moved", "parent", "message"),
    [
        ("risk", "panic", "The code 'risk' cannot lie under 'panic', which is below it"),
        ("risk", "risk", "The code 'risk' cannot lie under 'risk'"),
        ("barrier", "spare", "'barrier' must stay a family: about, causes, Q1 name it"),
        ("buyer", "barrier", "The code 'buyer' is a value of the qualifier 'about'"),
        ("seller", None, "The code 'seller' is a value of the qualifier 'about'"),
    ],
)
def test_a_move_that_would_break_the_codebook_is_refused(moved: str, parent: str | None, message: str) -> None:
    with pytest.raises(Conflict, match=message):
        move(BOOK, moved, parent)


def test_a_value_of_a_qualifier_may_move_within_its_family() -> None:
    assert sound(move(BOOK, "buyer", "seller"))


def test_who_names_a_family() -> None:
    assert family_users(BOOK, "barrier") == ["about", "causes", "Q1"]
    assert family_users(BOOK, "actor") == ["about"]
    assert family_users(BOOK, "spare") == []


def test_a_retired_code_stays_in_the_tree() -> None:
    new = retire(BOOK, "time")
    assert (new["time"].retired, new["time"].merged_into) == (True, None)
    assert ids(new) == ids(BOOK)
    with pytest.raises(Conflict, match="The code 'time' is retired already"):
        retire(new, "time")


def test_a_code_with_active_codes_under_it_is_not_retired() -> None:
    with pytest.raises(Conflict, match="The code 'risk' has active codes under it: fear"):
        retire(BOOK, "risk")
    assert retire(retire(BOOK, "panic"), "fear")["fear"].retired


def test_a_retired_code_comes_back_once_what_it_lies_under_is_in_use() -> None:
    retired = retire(retire(BOOK, "panic"), "fear")
    with pytest.raises(Conflict, match="The code 'panic' lies under 'fear', which is retired"):
        restore(retired, "panic")
    assert restore(restore(retired, "fear"), "panic") == BOOK
    with pytest.raises(Conflict, match="The code 'fear' is in use"):
        restore(BOOK, "fear")


def test_a_merged_code_comes_back_as_one_of_its_own() -> None:
    back = restore(merge(BOOK, "fear", "time"), "fear")
    assert (back["fear"].retired, back["fear"].merged_into) == (False, None)
    assert sound(back)


def test_merging_retires_the_one_and_enriches_the_other() -> None:
    new = merge(BOOK, "fear", "time")
    assert (new["fear"].retired, new["fear"].merged_into) == (True, "time")
    assert new["panic"].parent == "time"
    assert new["time"].keywords == {"nb": ("redd*", "fare"), "en": ("fear*",)}
    assert new.themes[0].codes == ("time",)
    assert new.actor_map[1].code == "time"
    assert sound(new)


def test_merging_upwards_keeps_each_keyword_once_and_in_order() -> None:
    new = merge(BOOK, "fear", "risk")
    assert new["risk"].keywords == {"nb": ("risiko*", "fare", "redd*"), "en": ("fear*",)}
    assert new["panic"].parent == "risk"


@pytest.mark.parametrize(
    ("merged", "into", "message"),
    [
        ("risk", "risk", "The code 'risk' cannot be merged into 'risk'"),
        ("risk", "panic", "The code 'risk' cannot be merged into 'panic', which is the same or lies below it"),
        ("spare", "time", "'spare' is a heading that no coding carries"),
        ("time", "spare", "'spare' is a heading that no coding carries"),
        ("buyer", "seller", "The code 'buyer' is a value of the qualifier 'about'"),
    ],
)
def test_a_merge_that_would_break_the_codebook_is_refused(merged: str, into: str, message: str) -> None:
    with pytest.raises(Conflict, match=message):
        merge(BOOK, merged, into)


def test_a_retired_code_is_not_merged_and_nothing_into_it() -> None:
    book = retire(BOOK, "time")
    with pytest.raises(Conflict, match="The code 'time' is retired"):
        merge(book, "time", "fear")
    with pytest.raises(Conflict, match="The code 'time' is retired"):
        merge(book, "fear", "time")


def test_an_unknown_code_is_not_found() -> None:
    changes: list[Callable[[], Codebook]] = [
        lambda: retire(BOOK, "nowhere"),
        lambda: move(BOOK, "nowhere", None),
        lambda: move(BOOK, "risk", "nowhere"),
        lambda: merge(BOOK, "nowhere", "risk"),
        lambda: merge(BOOK, "risk", "nowhere"),
        lambda: rename(BOOK, "nowhere", "nb", "X"),
        lambda: set_list(BOOK, "nowhere", ListPart.EXAMPLES, "nb", ["X"]),
        lambda: recolor(BOOK, "nowhere", None),
    ]
    for change in changes:
        with pytest.raises(NotFound, match="The codebook has no code 'nowhere'"):
            change()


def test_a_theme_is_added_replaced_and_removed() -> None:
    new = set_theme(BOOK, Theme("u", {"nb": "U"}, codes=("risk",), questions=("Q1",)))
    assert [theme.id for theme in new.themes] == ["t", "u"]
    changed = set_theme(new, Theme("t", {"nb": "T2"}, query="risiko"))
    assert [(theme.id, theme.query) for theme in changed.themes] == [("t", "risiko"), ("u", None)]
    assert [theme.id for theme in remove_theme(changed, "t").themes] == ["u"]
    assert sound(changed)


@pytest.mark.parametrize(
    ("theme", "error", "message"),
    [
        (Theme("a b", {"nb": "U"}, codes=("risk",)), BadInput, "The id 'a b' cannot be used"),
        (Theme("risk", {"nb": "U"}, codes=("risk",)), Conflict, "The id 'risk' is taken"),
        (Theme("u", {}, codes=("risk",)), BadInput, "The theme 'u' has no name"),
        (Theme("u", {"nb": "U"}), BadInput, "The theme 'u' must have either codes or a saved query"),
        (Theme("u", {"nb": "U"}, codes=("nowhere",)), NotFound, "The codebook has no code 'nowhere'"),
        (Theme("u", {"nb": "U"}, codes=("risk",), questions=("Q9",)), NotFound, "has no question 'Q9'"),
    ],
)
def test_a_theme_that_cannot_be_set(theme: Theme, error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        set_theme(BOOK, theme)


def test_a_theme_that_is_not_there_is_not_removed() -> None:
    with pytest.raises(NotFound, match="The codebook has no theme 'z'"):
        remove_theme(BOOK, "z")
