from __future__ import annotations

from itertools import combinations

import pytest
from textual.app import App
from textual.color import Color
from textual.theme import Theme

from qualcode.domain.codebook import Code, Codebook
from qualcode.tui.themes import CONTRAST, DARK, FAINT, LIGHT, THEMES, allowed, register
from qualcode.tui.themes.codes import FAMILIES, colours_of
from qualcode.tui.themes.colour import BRACKET, TEXT, contrast, legible, tinted


def ground(theme: Theme) -> tuple[Color, Color]:
    return Color.parse(theme.surface or ""), Color.parse(theme.foreground or "")


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_every_colour_a_code_may_have_stays_legible(theme: Theme) -> None:
    background, foreground = ground(theme)
    assert contrast(background, foreground) >= 11
    colours = [Color.parse(name) for name in (*FAMILIES, "#000000", "#FFFFFF", "#FFFF00", "#332288")]
    assert all(contrast(legible(colour, background), background) >= BRACKET for colour in colours)
    for three in combinations(colours, 3):
        assert contrast(tinted(background, foreground, three, 0.26), foreground) >= TEXT


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_the_inks_of_a_theme_are_legible_on_all_its_grounds(theme: Theme) -> None:
    for ground_name in ("background", "surface", "panel"):
        background = Color.parse(getattr(theme, ground_name))
        for ink in ("accent", "primary", "success", "error", "warning"):
            assert contrast(Color.parse(getattr(theme, ink)), background) >= BRACKET, (ground_name, ink)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_what_matters_less_can_still_be_read(theme: Theme) -> None:
    foreground = Color.parse(theme.foreground or "")
    for ground_name in ("background", "surface", "panel"):
        background = Color.parse(getattr(theme, ground_name))
        assert contrast(background.blend(foreground, FAINT, alpha=1.0), background) >= BRACKET, ground_name


def test_contrast_is_that_of_wcag() -> None:
    assert contrast(Color(0, 0, 0), Color(255, 255, 255)) == pytest.approx(21)
    assert contrast(Color.parse("#767676"), Color(255, 255, 255)) == pytest.approx(4.54, abs=0.01)


def test_ansi_themes_are_refused_under_no_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app: App[object] = App()
    register(app)
    assert allowed("ansi-dark", app) == CONTRAST.name
    assert allowed(LIGHT.name, app) == LIGHT.name


def test_ansi_themes_are_allowed_where_there_is_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    app: App[object] = App()
    register(app)
    assert allowed("ansi-dark", app) == "ansi-dark"
    assert allowed(DARK.name, app) == DARK.name
    assert allowed("no such theme", app) == CONTRAST.name


def test_codes_take_shades_of_their_family_unless_they_have_their_own() -> None:
    book = Codebook(
        "b", "1", ("en",),
        (
            Code("f", None, {"en": "F"}, color="#0072B2"),
            Code("a", "f", {"en": "A"}),
            Code("b", "f", {"en": "B"}),
            Code("c", "b", {"en": "C"}, color="#123456"),
            Code("g", None, {"en": "G"}),
        ),
    )  # fmt: skip
    colours = colours_of(book)
    assert colours["f"] == "#0072B2"
    assert colours["c"] == "#123456"
    assert colours["g"] == FAMILIES[1]
    assert len({colours["f"], colours["a"], colours["b"]}) == 3
