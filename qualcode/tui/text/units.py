"""Words, sentences and turns around an offset: what the cursor steps by and what a selection grows to.

Sentence bounds are the domain's rules, the same that suggestions and counts use. Nothing here crosses a block.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import lru_cache

from qualcode.domain.sentences import sentences
from qualcode.domain.span import Span
from qualcode.tui.text.blocks import Block

# `\w` has no combining marks: without them a decomposed "é" would end its word.
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0e31\u0e34-\u0e3a"
    "\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff\u200c\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
)
_WORD = re.compile(rf"\w[\w{_MARKS}]*(?:['’\-‐‑]\w[\w{_MARKS}]*)*|(?<!\S)[^\w\s]+(?!\S)")
_KEPT = 16
"""Blocks whose words and sentences are kept: the ones on the screen."""


_StartsOf = Callable[[int], Sequence[int]]


class Units:
    """The units of one document. `language` is BCP-47."""

    def __init__(self, text: str, blocks: Sequence[Block], language: str) -> None:
        self.text = text
        self.blocks = blocks
        self.language = language
        self._outer = array("I", (block.outer for block in blocks))
        self._words = lru_cache(_KEPT)(self._find_words)
        self._sentences = lru_cache(_KEPT)(self._find_sentences)

    def block_index(self, offset: int) -> int:
        return max(0, bisect_right(self._outer, offset) - 1)

    def turn_at(self, offset: int) -> Span | None:
        """The shown text of the block at `offset`; None where it has none."""
        if not self.blocks:
            return None
        block = self.blocks[self.block_index(offset)]
        return Span(block.start, block.end) if block.start < block.end else None

    def turn_start(self, offset: int, steps: int) -> int:
        """Where the block `steps` further on begins; the first or last block at the ends."""
        if not self.blocks:
            return 0
        index = max(0, min(self.block_index(offset) + steps, len(self.blocks) - 1))
        return self.blocks[index].start

    def word_at(self, offset: int) -> Span | None:
        """The word under `offset`, else the next one of the block, else its last."""
        starts, ends = self._words(self.block_index(offset)) if self.blocks else ((), ())
        if not starts:
            return self._character(offset)
        index = max(0, bisect_right(starts, offset) - 1)
        if ends[index] <= offset and index + 1 < len(starts):
            index += 1
        return Span(starts[index], ends[index])

    def word_start(self, offset: int, steps: int) -> int:
        """Where the word `steps` (1 or -1) from the one at `offset` begins, into the neighbouring blocks."""
        if not self.blocks:
            return 0
        index = self.block_index(offset)
        starts, _ = self._words(index)
        here = bisect_right(starts, offset) - 1
        inside = here + steps
        if steps < 0 and here >= 0 and starts[here] < offset:
            inside = here
        if 0 <= inside < len(starts):
            return starts[inside]
        return self._edge(index + steps, offset, steps, lambda i: self._words(i)[0])

    def sentence_at(self, offset: int) -> Span | None:
        """The sentence under `offset`; None in a block without text."""
        found = self._sentences(self.block_index(offset)) if self.blocks else ()
        if not found:
            return None
        return found[max(0, bisect_right(found, offset, key=lambda span: span.start) - 1)]

    def sentence_start(self, offset: int, steps: int) -> int:
        """Where the next sentence begins (1), or this one, or from its first character the one before (-1)."""
        if not self.blocks:
            return 0
        index = self.block_index(offset)
        starts = [span.start for span in self._sentences(index)]
        here = bisect_right(starts, offset) - 1
        inside = here + steps
        if steps < 0 and here >= 0 and starts[here] < offset:
            inside = here
        if 0 <= inside < len(starts):
            return starts[inside]
        return self._edge(index + steps, offset, steps, lambda i: [span.start for span in self._sentences(i)])

    def next_sentence(self, sentence: Span) -> Span | None:
        """The sentence after `sentence`, in the next block where it was the last of its own."""
        start = self.sentence_start(sentence.start, 1)
        return self.sentence_at(start) if start > sentence.start else None

    def _edge(self, index: int, offset: int, steps: int, starts_of: _StartsOf) -> int:
        """The first or last unit of block `index`; a block without units is stood on itself."""
        if not 0 <= index < len(self.blocks):
            return offset
        starts = starts_of(index)
        return (starts[0] if steps > 0 else starts[-1]) if starts else self.blocks[index].start

    def _character(self, offset: int) -> Span | None:
        turn = self.turn_at(offset)
        if turn is None:
            return None
        start = max(turn.start, min(offset, turn.end - 1))
        return Span(start, start + 1)

    def _find_words(self, index: int) -> tuple[Sequence[int], Sequence[int]]:
        block = self.blocks[index]
        starts, ends = array("I"), array("I")
        for match in _WORD.finditer(self.text, block.start, block.end):
            starts.append(match.start())
            ends.append(match.end())
        return starts, ends

    def _find_sentences(self, index: int) -> Sequence[Span]:
        block = self.blocks[index]
        if block.start == block.end:
            return ()
        return sentences(self.text, block.start, block.end, self.language)
