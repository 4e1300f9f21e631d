"""The themes of the desk: dark, light, contrast.

Textual's ANSI themes may be chosen where the terminal has colours. Under NO_COLOR they come out black on black
(measured), so there `allowed` answers with the contrast theme.
"""

from __future__ import annotations

from typing import Any

from textual.app import App
from textual.theme import Theme
from textual.widget import Widget

DARK = Theme(
    name="qualcode-dark",
    primary="#6C9BF5",
    secondary="#5BB8A6",
    accent="#E3B567",
    foreground="#D6DCE4",
    background="#12161C",
    surface="#171C23",
    panel="#1E252E",
    warning="#E8C95A",
    error="#F07C86",
    success="#67C297",
    dark=True,
)
LIGHT = Theme(
    name="qualcode-light",
    primary="#2B62C4",
    secondary="#0F6E60",
    accent="#8A5200",
    foreground="#22272E",
    background="#F3F0E9",
    surface="#FBF9F5",
    panel="#E9E4D9",
    warning="#7A5C00",
    error="#A8201A",
    success="#1B6E46",
    dark=False,
)
CONTRAST = Theme(
    name="qualcode-contrast",
    primary="#8FBCFF",
    secondary="#7FF0D8",
    accent="#FFD75F",
    foreground="#FFFFFF",
    background="#000000",
    surface="#000000",
    panel="#1C1C1C",
    warning="#FFFF5F",
    error="#FF9B9B",
    success="#87FFAF",
    dark=True,
)
THEMES = (DARK, LIGHT, CONTRAST)
FAINT = 0.68
"""The share of ink in what matters less: with half of it the light theme falls to a contrast of 2.9.

Text is never merely `dim`: what that looks like is up to the terminal, and to some it is all but invisible.
"""


def register(app: App[Any]) -> None:
    """Make the themes known to `app`."""
    for theme in THEMES:
        app.register_theme(theme)


def faint(widget: Widget, share: float = FAINT) -> str:
    """The ink for what matters less on a widget, as a style."""
    background, foreground = widget.background_colors[1], widget.colors[3]
    return background.blend(foreground, share, alpha=1.0).hex6


def allowed(name: str, app: App[Any]) -> str:
    """`name`, or the contrast theme where `name` is unknown or would be unreadable on this terminal."""
    theme = app.available_themes.get(name)
    if theme is None or (theme.ansi and app.no_color):
        return CONTRAST.name
    return name
