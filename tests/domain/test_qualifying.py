"""What may be said of a coding, what is proposed, and what is still missing."""

from __future__ import annotations

import pytest

from qualcode.domain import qualifying
from qualcode.domain.codebook import Code, Codebook, Qualifier, QualifierType, QualifierValue
from qualcode.errors import BadInput

BOOK = Codebook(
    id="book",
    version="1",
    languages=("en",),
    codes=(
        Code("actor", None, {"en": "Actor"}),
        Code("buyer", "actor", {"en": "Buyer"}),
        Code("seller", "actor", {"en": "Seller"}),
        Code("user", "actor", {"en": "User"}),
        Code("barrier", None, {"en": "Barrier"}),
        Code("fear", "barrier", {"en": "Fear"}),
        Code("envy", "barrier", {"en": "Envy"}),
        Code("talk", None, {"en": "Talk"}),
    ),
    qualifiers=(
        Qualifier(
            "valence",
            {"en": "Valence"},
            QualifierType.ENUM,
            (QualifierValue("-1", "-"), QualifierValue("1", "+")),
            applies_to=("barrier", "actor"),
            required_for=("barrier",),
            default={"barrier": "-1"},
            default_by_code={"envy": "1"},
        ),
        Qualifier(
            "about",
            {"en": "About"},
            QualifierType.CODE,
            (QualifierValue("buyer", "b"), QualifierValue("seller", "s")),
            family="actor",
            applies_to=("barrier",),
            carry_over=True,
        ),
        Qualifier(
            "pair",
            {"en": "Pair"},
            QualifierType.CODE_PAIR,
            (),
            family="actor",
            applies_to=("talk",),
            required_for=("talk",),
        ),
    ),
)


def test_qualifiers_come_in_the_order_of_the_codebook_without_empty_ones() -> None:
    given = {"about": "seller", "valence": "-1"}
    assert list(qualifying.validated(BOOK, "fear", given).items()) == [("valence", "-1"), ("about", "seller")]
    assert qualifying.validated(BOOK, "fear", {"about": "", "valence": ""}) == {}


@pytest.mark.parametrize(("given", "stored"), [("seller+buyer", "buyer+seller"), ("buyer+user", "buyer+user")])
def test_a_pair_is_stored_in_the_order_of_the_codebook(given: str, stored: str) -> None:
    assert qualifying.validated(BOOK, "talk", {"pair": given}) == {"pair": stored}


@pytest.mark.parametrize(
    ("code", "given", "told"),
    [
        ("fear", {"mood": "x"}, "The codebook has no qualifier 'mood'. It has: valence, about, pair."),
        ("talk", {"valence": "1"}, "valence does not apply to talk. It applies to the families barrier, actor."),
        (
            None,
            {"valence": "1"},
            "valence does not apply to a quotation. It applies",
        ),
        ("fear", {"valence": "2"}, "valence has no value '2'. One of -1, 1."),
        ("fear", {"about": "user"}, "about has no value 'user'. One of buyer, seller."),
        ("talk", {"pair": "buyer"}, "pair has no value 'buyer'. Two of buyer, seller, user, joined by +."),
        (
            "talk",
            {"pair": "buyer+buyer"},
            "pair has no value 'buyer+buyer'. Two of buyer, seller, user",
        ),
        (
            "talk",
            {"pair": "buyer+fear"},
            "pair has no value 'buyer+fear'. Two of buyer, seller, user",
        ),
    ],
)
def test_what_cannot_be_said_is_refused_with_what_can(code: str | None, given: dict[str, str], told: str) -> None:
    with pytest.raises(BadInput) as refused:
        qualifying.validated(BOOK, code, given)
    assert str(refused.value).startswith(told)


def test_defaults_are_those_of_the_code_else_of_its_family_and_nothing_is_guessed() -> None:
    assert qualifying.defaults(BOOK, "fear") == {"valence": "-1"}
    assert qualifying.defaults(BOOK, "envy") == {"valence": "1"}
    assert qualifying.defaults(BOOK, "buyer") == {}
    assert qualifying.defaults(BOOK, "talk") == {}


def test_only_what_the_codebook_says_carries_over() -> None:
    assert qualifying.carried_over(BOOK, "fear", {"valence": "1", "about": "buyer"}) == {"about": "buyer"}
    assert qualifying.carried_over(BOOK, "fear", {"valence": "1"}) == {}
    assert qualifying.carried_over(BOOK, "buyer", {"about": "buyer"}) == {}


def test_missing_are_the_required_qualifiers_that_are_not_said() -> None:
    assert qualifying.missing(BOOK, "fear", {}) == ["valence"]
    assert qualifying.missing(BOOK, "fear", {"valence": "1"}) == []
    assert qualifying.missing(BOOK, "talk", {"valence": "1"}) == ["pair"]
    assert qualifying.missing(BOOK, "buyer", {}) == []
    assert qualifying.missing(BOOK, None, {}) == []
