"""An action of the desk, its keys and its words, as data."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.errors import N_


@dataclass(frozen=True, slots=True)
class Action:
    """`call` is Textual's action string; `keys` its key names, the first one shown.

    `where` is the widget or screen that has the method; `group` the heading in the help; `hint` the short words of
    the hint line, empty for actions that are not hinted at.
    """

    call: str
    keys: tuple[str, ...]
    label: str
    where: str
    group: str
    hint: str = ""

    @property
    def id(self) -> str:
        """What a coder's own keys name it by."""
        return f"{self.where}.{self.call}"


@dataclass(frozen=True, slots=True)
class Words:
    """What an action is called where a screen answers it in its own way: label and hint as in `Action`."""

    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Go:
    """A letter after `g`, its words, and the contexts of the screens that offer it.

    A screen answers it by its method `go_<key>`; a screen without one is left for the screen class that `opens`
    names, as `module:Class`.
    """

    key: str
    label: str
    where: tuple[str, ...]
    opens: str = ""


READING, CODING, EDITING, DECIDING, CODEBOOK, PEOPLE, IN_HAND, COMPARING, GOING = (
    N_("Reading and marking"),
    N_("Coding the marked text or the sentence"),
    N_("Editing the current coding"),
    N_("Suggestions"),
    N_("Changing the codebook"),
    N_("Cases and people"),
    N_("What is in hand"),
    N_("What the matrix compares"),
    N_("Going about"),
)
