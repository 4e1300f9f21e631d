"""The inspector: what lies on the selection, or on the sentence under the cursor."""

from __future__ import annotations

from collections.abc import Mapping
from textwrap import wrap

from rich.text import Text
from textual.color import Color
from textual.content import Content
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer
from textual.visual import Visual

from qualcode.domain.inert import inert
from qualcode.i18n import _
from qualcode.tui.themes import FAINT, faint
from qualcode.tui.themes.colour import legible
from qualcode.tui.view import CardLine, CodeView, Passage

_MERGE_S = 0.03
"""While a key repeats, only the place where it stops is inspected."""
_QUOTE = 240
_RELATIONS = 4
"""Lines of relations at most: more are a list's work."""


class Inspector(ScrollView, can_focus=False):
    """`show` paints a passage some 30 ms after the last call, so that it never costs a moving cursor its frame.

    On the line API: a Static as high as its text lays the whole screen out anew for each passage, which took more
    time than painting the transcript did (4 ms a key, measured).
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Inspector {
        background: $background; color: $foreground; padding: 0 1;
        scrollbar-size-vertical: 1; overflow-x: hidden; overflow-y: auto;
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._codes: Mapping[str, CodeView] = {}
        self._passage = Passage("", "")
        self._timer: Timer | None = None
        self._rows: list[Strip] = []

    def show_codes(self, codes: Mapping[str, CodeView]) -> None:
        """Names or colours of codes have changed."""
        self._codes = codes
        self._paint()

    def show(self, passage: Passage) -> None:
        self._passage = passage
        if self._timer is None:
            self._timer = self.set_timer(_MERGE_S, self._paint)
        else:
            self._timer.reset()

    @property
    def is_at_rest(self) -> bool:
        """True once what was shown last is painted."""
        return self._timer is None

    def _paint(self) -> None:
        self._timer = None
        width, height = self.content_region.size
        if not self.is_mounted or not width:
            return
        content = Content.from_rich_text(self.text(), self.app.console)
        self._rows = Visual.to_strips(self, content, width, None, self.visual_style)
        if len(self._rows) > height:
            width -= self.styles.scrollbar_size_vertical
            self._rows = Visual.to_strips(self, content, width, None, self.visual_style)
        # What fits has always the same size: another one would have the screen laid out anew.
        self.virtual_size = Size(width, len(self._rows) if len(self._rows) > height else 0)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        row, width = int(self.scroll_offset.y) + y, self.scrollable_content_region.width
        if row >= len(self._rows):
            return Strip.blank(width, self.rich_style)
        return self._rows[row].adjust_cell_length(width, self.rich_style)

    def text(self) -> Text:
        """The passage as it is painted."""
        passage = self._passage
        text = Text()
        if not passage.place:
            return text
        text.append(inert(passage.place), "bold")
        words = inert(" ".join(passage.words.split()))
        text.append(f"\n“{words[:_QUOTE]}{'…' if len(words) > _QUOTE else ''}”\n\n", self._faint(0.8))
        if not passage.lines:
            text.append(_("nothing coded here yet"), self._faint())
        pointed = (passage.visited, passage.current)
        for line in sorted(passage.lines, key=lambda line: line.painted.id not in pointed):
            self._append(text, line)
        for memo in passage.memos:
            text.append(f"\n* {inert(memo)}\n")
        return text

    def _append(self, text: Text, line: CardLine) -> None:
        painted = line.painted
        code = self._codes.get(painted.code) if painted.code else None
        pointed = painted.id in (self._passage.current, self._passage.visited)
        background = self.background_colors[1]
        colour = legible(Color.parse(code.colour if code else "#888888"), background)
        text.append("▸ " if pointed else "  ")
        text.append("◌ " if painted.suggestion else "▌ ", colour.hex6)
        name = inert(code.name if code else painted.code or _("quotation"))
        style = "bold" if pointed else ""
        marks = "".join(f" {mark}" for mark in (painted.sign, line.certainty, "*" * painted.memo) if mark)
        lines = wrap(name + "\N{NO-BREAK SPACE}" * len(marks + " ?" * painted.lacking), self._room)
        for number, part in enumerate(lines):
            text.append("\n    " if number else "")
            text.append(part.rstrip("\N{NO-BREAK SPACE}"), f"{style} italic" if painted.suggestion else style)
        text.append(marks, self._faint())
        text.append(" ?\n" if painted.lacking else "\n", "bold")
        for detail in filter(None, (line.detail, line.by)):
            self._append_indented(text, detail)
        if painted.id == self._passage.current:
            self._append_relations(text)

    def _append_relations(self, text: Text) -> None:
        """What the current coding is related to."""
        related = self._passage.relations
        for relation in related[:_RELATIONS]:
            self._append_indented(text, relation, 1.0)
        if len(related) > _RELATIONS:
            self._append_indented(text, _("… and {n} more: g r").format(n=len(related) - _RELATIONS))

    def _append_indented(self, text: Text, words: str, strength: float = FAINT) -> None:
        for part in wrap(inert(words), self._room):
            text.append(f"    {part}\n", self._faint(strength))

    @property
    def _room(self) -> int:
        """Cells beside the bracket."""
        return max(16, self.size.width - 7)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._paint()

    def on_resize(self) -> None:
        self._paint()

    def _faint(self, strength: float = FAINT) -> str:
        return faint(self, strength)
