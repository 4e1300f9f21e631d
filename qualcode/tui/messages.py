"""What widgets say to screens, and jobs to the app. A message carries values, never a widget's inner state."""

from __future__ import annotations

from textual.message import Message

from qualcode.domain.progress import Step
from qualcode.domain.span import Span
from qualcode.errors import QualcodeError


class CursorMoved(Message):
    """The cursor stands on `offset`, with `selection` or without."""

    def __init__(self, offset: int, selection: Span | None) -> None:
        super().__init__()
        self.offset = offset
        self.selection = selection


class NothingToClear(Message):
    """Esc in the text where nothing is marked."""


class CodePicked(Message):
    """A code was taken in the picker or the codebook pane."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code


class NewCodeAsked(Message):
    """The picker's words are to become a new code."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class PickerChanged(Message):
    """The words in the picker are now `words`: the screen ranks and answers with `Picker.show`."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


class FavouriteChosen(Message):
    """A code is to be put by this digit from now on."""

    def __init__(self, code: str, digit: str) -> None:
        super().__init__()
        self.code = code
        self.digit = digit


class KeyChosen(Message):
    """A key of the strip was pressed; `value` is what its choice stands for, `key` what was pressed."""

    def __init__(self, name: str, key: str, value: str) -> None:
        super().__init__()
        self.name = name
        self.key = key
        self.value = value


class KeyRefused(Message):
    """A key was pressed that the strip does not offer; the screen may know more (two-letter pairs)."""

    def __init__(self, name: str, key: str) -> None:
        super().__init__()
        self.name = name
        self.key = key


class Closed(Message):
    """The widget called `name` (picker, strip, search, memo) was left without a choice."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name


class SearchChanged(Message):
    """The words being searched for, while they are typed."""

    def __init__(self, words: str, regex: bool) -> None:
        super().__init__()
        self.words = words
        self.regex = regex


class SearchWidened(Message):
    """The same words are to be found in the whole study."""

    def __init__(self, words: str, regex: bool) -> None:
        super().__init__()
        self.words = words
        self.regex = regex


class SearchDone(Message):
    """Enter in the search line: stay on the hit."""


class MemoKept(Message):
    """The memo is finished; `text` may be unchanged or empty."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class LineGiven(Message):
    """What was written in the prompt called `name`."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__()
        self.name = name
        self.text = text


class RowChosen(Message):
    """Enter or a second click on the row of a table; `id` is the row's."""

    def __init__(self, id: str) -> None:
        super().__init__()
        self.id = id


class RowReached(Message):
    """Another row of a table is in hand; `id` is the row's, empty where there is none."""

    def __init__(self, id: str) -> None:
        super().__init__()
        self.id = id


class CellReached(Message):
    """Another cell of a grid is in hand; row and column count from 0."""

    def __init__(self, row: int, column: int) -> None:
        super().__init__()
        self.row = row
        self.column = column


class CellChosen(CellReached):
    """Enter or a second click on a cell."""


class DocumentChosen(Message):
    """A document of the home screen is to be opened."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.document = document


class JobStep(Message):
    """A job has come this far."""

    def __init__(self, step: Step) -> None:
        super().__init__()
        self.step = step


class JobEnded(Message):
    """The job is over: what it made, or why it made nothing."""

    def __init__(self, result: object = None, error: QualcodeError | None = None) -> None:
        super().__init__()
        self.result = result
        self.error = error
