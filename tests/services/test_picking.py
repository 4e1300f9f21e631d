from __future__ import annotations

import pytest

from qualcode.domain.codebook import Code, Codebook
from qualcode.services.picking import rank


def code(code_id: str, nb: str, en: str, *keywords: str, retired: bool = False) -> Code:
    return Code(code_id, "work", {"nb": nb, "en": en}, keywords={"nb": keywords}, retired=retired)


BOOK = Codebook(
    "ward", "1", ("nb", "en"),
    (
        Code("work", None, {"nb": "Arbeid", "en": "Work"}, assignable=False),
        code("w-exhaust", "Utmattelse", "Exhaustion", "sliten*", "utslitt"),
        code("w-under", "Underbemanning", "Under-staffing"),
        code("w-night", "Nattevakter", "Night shifts", "vakt*"),
        code("w-peer", "Støtte fra kolleger", "Peer support"),
        code("w-boss", "Støtte fra leder", "Supervisor support"),
        code("w-old", "Utgått", "Outdated", retired=True),
    ),
)  # fmt: skip


def ids(words: str, *recent: str) -> list[str]:
    return [found.id for found in rank(BOOK, words, recent=recent)]


@pytest.mark.parametrize(("words", "first"), [
    ("utm", "w-exhaust"),  # name start
    ("exh", "w-exhaust"),  # name in the other language
    ("staff", "w-under"),  # word start
    ("led", "w-boss"),
    ("ps", "w-peer"),  # initials
    ("støtte kol", "w-peer"),  # all words
    ("kol støtte", "w-peer"),
    ("slit", "w-exhaust"),  # keyword
    ("unst", "w-under"),  # letters in order
    ("w-night", "w-night"),  # id
    ("exuastion", "w-exhaust"),  # typo
    ("UNDERB", "w-under"),  # capitals
])  # fmt: skip
def test_a_few_letters_find_the_code(words: str, first: str) -> None:
    assert ids(words)[0] == first


def test_better_kinds_of_match_come_first() -> None:
    assert ids("s") == ["w-boss", "w-peer", "w-night", "w-under", "w-exhaust"]


def test_spelling_is_only_guessed_where_nothing_else_matches() -> None:
    assert ids("unst") == ["w-under"]
    assert ids("xyzw") == []
    assert ids("qz") == []


def test_equal_matches_are_ordered_by_own_recent_use_then_by_the_shorter_name() -> None:
    assert ids("støtte") == ["w-boss", "w-peer"]
    assert ids("støtte", "w-night", "w-peer", "w-boss") == ["w-peer", "w-boss"]


def test_recent_use_never_lifts_a_worse_match() -> None:
    assert ids("under", "w-peer", "w-exhaust")[0] == "w-under"


def test_with_nothing_typed_the_recent_codes_stand_first() -> None:
    assert ids("", "w-boss", "w-night", "w-boss", "gone") == ["w-boss", "w-night", "w-exhaust", "w-under", "w-peer"]


def test_families_and_retired_codes_cannot_be_picked() -> None:
    assert ids("arbeid") == []
    assert "w-old" not in ids("ut")
    assert "work" not in ids("")


def test_names_in_the_language_of_the_screen_come_first_among_equals() -> None:
    assert [found.id for found in rank(BOOK, "u", language="nb")][:2] == ["w-exhaust", "w-under"]
    assert [found.id for found in rank(BOOK, "u", language="en")][:2] == ["w-under", "w-exhaust"]
