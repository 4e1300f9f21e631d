"""Changing the themes of a codebook: every function returns a new codebook and leaves the old as it was."""

from __future__ import annotations

from dataclasses import replace

from qualcode.domain.codebook import Codebook, Theme
from qualcode.domain.codebook_check import is_id
from qualcode.errors import N_, BadInput, Conflict, NotFound


def set_theme(codebook: Codebook, theme: Theme) -> Codebook:
    """With the theme in the place of the one with its id, or as the last."""
    if not is_id(theme.id):
        raise BadInput(
            N_("The id {id!r} cannot be used."),
            hint=N_("Use letters, digits and - _ . only, beginning with a letter or digit."),
            id=theme.id,
        )
    if theme.id in codebook:
        raise Conflict(N_("The id {id!r} is taken."), hint=N_("A code has it; choose another."), id=theme.id)
    if not any(name.strip() for name in theme.names.values()):
        raise BadInput(N_("The theme {id!r} has no name."), hint=N_("Give a name in one language."), id=theme.id)
    if bool(theme.codes) == bool(theme.query):
        raise BadInput(
            N_("The theme {id!r} must have either codes or a saved query."),
            hint=N_("Give one of the two."),
            id=theme.id,
        )
    for code in theme.codes:
        _ = codebook[code]
    known = {question.id for question in codebook.questions}
    for question in theme.questions:
        if question not in known:
            raise NotFound(N_("The codebook has no question {id!r}."), id=question)
    if any(old.id == theme.id for old in codebook.themes):
        return replace(codebook, themes=tuple(theme if old.id == theme.id else old for old in codebook.themes))
    return replace(codebook, themes=(*codebook.themes, theme))


def remove_theme(codebook: Codebook, theme_id: str) -> Codebook:
    """Without the theme; its codes are not touched."""
    if not any(theme.id == theme_id for theme in codebook.themes):
        raise NotFound(
            N_("The codebook has no theme {id!r}."), hint=N_("`qualcode themes list` lists them."), id=theme_id
        )
    return replace(codebook, themes=tuple(theme for theme in codebook.themes if theme.id != theme_id))
