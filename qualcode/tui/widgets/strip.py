"""The strip: keys above the status line, of which the next press takes one. Qualifiers, and `g` + letter."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.widgets import Static

from qualcode.domain.inert import inert
from qualcode.tui.keymap import shown
from qualcode.tui.messages import Closed, KeyChosen, KeyRefused
from qualcode.tui.view import Choice


class KeyStrip(Static, can_focus=True):
    """Hidden until `ask`. It holds the keyboard for one press (or until Esc, with `stays`), then gives it back."""

    WRITING = "strip"
    """What `keys.writing` calls it."""
    DEFAULT_CSS = """
    KeyStrip { display: none; height: auto; max-height: 9; background: $panel; color: $foreground; padding: 0 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._name = ""
        self._choices: Sequence[Choice] = ()
        self.stays = False

    def ask(self, name: str, choices: Sequence[Choice], *, stays: bool = False) -> None:
        """Offer `choices` under `name`; the answer is a KeyChosen, KeyRefused or Closed with that name."""
        self._name, self._choices, self.stays = name, choices, stays
        self.display = True
        self._paint()
        # At once: `focus()` waits its turn, and the second letter of a fast `g h` would go to the text.
        self.screen.set_focus(self)

    def close(self) -> None:
        self.display = False
        self._choices = ()

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        pressed = event.character if event.is_printable and event.character else event.key
        if event.key == "escape":
            self.post_message(Closed(self._name))
            return
        choice = next((one for one in self._choices if one.key == pressed), None)
        if choice is None:
            self.post_message(KeyRefused(self._name, pressed))
        else:
            self.post_message(KeyChosen(self._name, pressed, choice.value))

    def on_resize(self) -> None:
        self._paint()

    def _paint(self) -> None:
        self.update(laid_out(self._choices, max(20, self.size.width)))


def laid_out(choices: Sequence[Choice], width: int) -> Text:
    """Each heading with its keys, beside the one before where all of them fit; a key stays with its words."""
    text = Text(no_wrap=True, overflow="crop")
    column, heading = 0, ""
    for at, choice in enumerate(choices):
        lead = f"{inert(choice.heading)}  " if choice.heading != heading else ""
        key, label = shown(choice.key), inert(choice.label)
        patch = " ██" if choice.colour else ""
        need = cell_len(lead) + _need(choice)
        if column and lead:
            group = takewhile(lambda one, same=choice.heading: one.heading == same, choices[at:])
            beside = column + 2 + cell_len(lead) + sum(map(_need, group)) <= width
            text.append("  " if beside else "\n")
            column = column + 2 if beside else 0
        elif column + need > width:
            text.append("\n")
            column = 0
        heading = choice.heading
        text.append(lead, "italic")
        text.append(key, "bold")
        text.append(patch, choice.colour)
        text.append(f" {label}", "reverse" if choice.chosen else "")
        text.append("  ")
        column += need
    return text


def _need(choice: Choice) -> int:
    """The cells of a key, its colour and its words."""
    return cell_len(shown(choice.key)) + 3 * bool(choice.colour) + 1 + cell_len(inert(choice.label)) + 2
