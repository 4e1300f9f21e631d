"""Quotes as they are shown: a block in the list, and in full on the card."""

from __future__ import annotations

from collections.abc import Mapping

from rich.text import Text

from qualcode import i18n
from qualcode.domain.codebook import Code
from qualcode.domain.inert import inert, inert_block
from qualcode.domain.rendering import Rendering, RenderingKind
from qualcode.i18n import _
from qualcode.reporting.cells import one_line, source
from qualcode.services import documents, people
from qualcode.services.quoting import Quoted
from qualcode.services.study import Study
from qualcode.tui.widgets.quotes import QuoteView
from qualcode.tui.wording import Wording

QUOTABLE = "quotable"
"""The qualifier that says whether the words of a coding may be printed."""
_PARTED = " · "
_NO_COLOUR = "#888888"


class QuoteViews:
    """How the quotes of a study are shown, with the names that cases, informants and documents have now."""

    def __init__(self, study: Study) -> None:
        self.wording = Wording(study.codebook, i18n.language(), {})
        self._cases = {case.id: case.title or case.id for case in people.cases(study)}
        self._informants = {one.id: one.title or one.id for one in people.informants(study)}
        self._documents = {one.id: one.title or one.id for one in documents.listing(study)}

    def view(self, item: Quoted) -> QuoteView:
        """The block in the list."""
        made = item.segment.coding
        code = self.wording.codes.get(made.code or "")
        lacking = "?" if self.wording.lacking(made.code, made.qualifiers) else ""
        marks = (self.wording.sign(made.qualifiers), lacking, "*" if item.memos else "")
        return QuoteView(
            made.uid,
            self.wording.name(made.code),
            code.colour if code else _NO_COLOUR,
            " ".join(filter(None, marks)),
            made.coder,
            made.anchor.exact,
            self._source(item),
            self._place(item),
            tuple(f"{rendered_as(one)}: {one_line(one.text)}" for one in item.renderings),
        )

    def _source(self, item: Quoted) -> str:
        """Case, informant and document by their names."""
        segment = item.segment
        parts = (
            self._named(self._cases, segment.case, _("no case")),
            self._named(self._informants, segment.informant, segment.speaker or _("no informant")),
            self._named(self._documents, segment.coding.document, ""),
        )
        return _PARTED.join(parts)

    def _place(self, item: Quoted) -> str:
        segment = item.segment
        turn = "" if segment.turn is None else _("turn {number}").format(number=segment.turn)
        return turn if segment.coding.placed else _PARTED.join(filter(None, (turn, _("its place is not certain"))))

    def card(self, item: Quoted, faint: str) -> Text:
        """All there is to a quote; `faint` is the style of what stands beside the words."""
        made = item.segment.coding
        text = Text()
        text.append(inert_block(made.anchor.exact))
        for rendering in item.renderings:
            text.append(f"\n\n{rendered_as(rendering)}: ", faint)
            text.append(inert_block(rendering.text), "italic")
        path = " › ".join(node.name(self.wording.language) for node in self._path(made.code))
        detail = self.wording.detail(made.code, made.qualifiers)
        place = _PARTED.join(filter(None, (self._source(item), self._place(item), made.document, made.coder)))
        text.append("\n")
        for line in filter(None, (path, detail, place)):
            text.append(f"\n{inert(line)}", faint)
        for memo in item.memos:
            text.append("\n\n* ", "bold")
            text.append(inert_block(memo.text))
            text.append(f" · {inert(memo.coder)}", faint)
        return text

    def _path(self, code: str | None) -> list[Code]:
        codebook = self.wording.codebook
        return list(codebook.path(code)) if code is not None and code in codebook else []

    def _named(self, names: Mapping[str, str], key: str | None, otherwise: str) -> str:
        return otherwise if key is None else names.get(key, key)


def rendered_as(rendering: Rendering) -> str:
    """Kind and language of a rendering in words."""
    return f"{kind_name(rendering.kind)} ({inert(rendering.language)})"


def kind_name(kind: RenderingKind) -> str:
    return {
        RenderingKind.TRANSLATION: _("translation"),
        RenderingKind.PARAPHRASE: _("paraphrase"),
        RenderingKind.TRIMMED: _("trimmed"),
    }[kind]


def copied(item: Quoted) -> str:
    """The words with their source in one line, by the ids that exports use."""
    return f"“{one_line(item.segment.coding.anchor.exact)}” ({', '.join(source(item.segment))})"
