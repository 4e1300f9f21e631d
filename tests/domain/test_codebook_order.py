"""Codes are put in another order among those under the same parent."""

from __future__ import annotations

import pytest

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.codebook_order import reorder
from qualcode.errors import BadInput

TREE = {"a": None, "a1": "a", "a2": "a", "a21": "a2", "a3": "a", "b": None, "b1": "b", "c": None}
CODEBOOK = Codebook("tree", "1", ("en",), tuple(Code(key, parent, {"en": key}) for key, parent in TREE.items()))


@pytest.mark.parametrize(
    ("code", "before", "expected"),
    [
        ("a3", "a1", "a a3 a1 a2 a21 b b1 c"),
        ("a2", "a1", "a a2 a21 a1 a3 b b1 c"),
        ("a1", None, "a a2 a21 a3 a1 b b1 c"),
        ("a2", None, "a a1 a3 a2 a21 b b1 c"),
        ("c", "a", "c a a1 a2 a21 a3 b b1"),
        ("a", None, "b b1 c a a1 a2 a21 a3"),
        ("a2", "a2", "a a1 a2 a21 a3 b b1 c"),
        ("b1", None, "a a1 a2 a21 a3 b b1 c"),
    ],
)
def test_a_code_goes_with_all_below_it_before_another_or_to_the_end(
    code: str, before: str | None, expected: str
) -> None:
    changed = reorder(CODEBOOK, code, before)
    assert " ".join(item.id for item in changed.codes) == expected
    assert {item.id: item.parent for item in changed.codes} == TREE


def test_codes_under_different_parents_have_no_order_between_them() -> None:
    with pytest.raises(BadInput, match="a1 and b1 do not stand under the same code"):
        reorder(CODEBOOK, "a1", "b1")
