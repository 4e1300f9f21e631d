"""The colours of codes: deterministic, readable, and of their family's hue."""

from __future__ import annotations

from colorsys import rgb_to_hls

import pytest

from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.codebook_shades import OKABE_ITO, luminance, shade
from qualcode.errors import NotFound


def book(color: str | None, children: int = 12, *, families: int = 1) -> Codebook:
    codes = [Code(f"f{n}", None, {"nb": "F"}, color=color) for n in range(families)]
    codes += [Code(f"c{n}", "f0", {"nb": "C"}) for n in range(children)]
    return Codebook("x", "v1", ("nb",), tuple(codes))


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def test_luminance_is_that_of_the_guidelines() -> None:
    assert (luminance("#000000"), luminance("#FFFFFF")) == (0.0, pytest.approx(1.0))
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_a_colour_of_its_own_is_kept() -> None:
    codebook = Codebook("x", "v1", ("nb",), (Code("a", None, {"nb": "A"}, color="#abcdef"),))
    assert shade(codebook, "a") == "#ABCDEF"


def test_families_without_a_colour_take_the_palette_in_turn() -> None:
    codebook = book(None, families=10)
    assert [shade(codebook, f"f{n}") for n in range(10)] == [*OKABE_ITO, *OKABE_ITO[:2]]


@pytest.mark.parametrize("color", [*OKABE_ITO, "#A65628", "#000000", "#FFFFFF", "#FF0000"])
def test_every_shade_stands_out_from_black_and_from_white(color: str) -> None:
    codebook = book(color)
    for code in codebook.children("f0"):
        assert contrast(shade(codebook, code.id), "#FFFFFF") >= 3
        assert contrast(shade(codebook, code.id), "#000000") >= 3


def hue(color: str) -> float:
    return rgb_to_hls(*(int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)))[0]


def test_shades_keep_the_hue_of_the_family() -> None:
    codebook = book("#0072B2")
    hues = [hue(shade(codebook, f"c{n}")) for n in range(6)]
    assert hues == pytest.approx([hue("#0072B2")] * 6, abs=0.01)


def test_six_neighbours_differ_and_the_seventh_begins_again() -> None:
    codebook = book("#009E73")
    shades = [shade(codebook, f"c{n}") for n in range(12)]
    assert len(set(shades[:6])) == 6
    assert shades[6:] == shades[:6]


def test_a_code_added_at_the_end_changes_no_other_shade() -> None:
    small, large = book("#D55E00", 5), book("#D55E00", 9)
    assert [shade(small, f"c{n}") for n in range(5)] == [shade(large, f"c{n}") for n in range(5)]


def test_an_unknown_code_has_no_shade() -> None:
    with pytest.raises(NotFound):
        shade(book(None), "nowhere")
