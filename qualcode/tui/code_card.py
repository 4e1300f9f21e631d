"""The definition card of a code: its texts in the screen language and the other, and what it stands in."""

from __future__ import annotations

from collections.abc import Iterator

from qualcode import i18n
from qualcode.domain.codebook import Code, Codebook, Origin
from qualcode.domain.codebook_edit import ListPart, TextPart
from qualcode.i18n import _, ngettext
from qualcode.services.code_usage import CodeUsage, Usage
from qualcode.tui.widgets.labelled import CardPart, CardView

LANGUAGE_NAMES = {"nb": "norsk bokmål", "nn": "norsk nynorsk", "en": "English"}


def sides() -> tuple[str, str]:
    """The screen language, and the other one."""
    here = i18n.language()
    return here, next(other for other in i18n.LANGUAGES if other != here)


def part_label(part: TextPart | ListPart) -> str:
    return {
        TextPart.NAME: _("name"),
        TextPart.DEFINITION: _("definition"),
        TextPart.INCLUDE: _("include"),
        TextPart.EXCLUDE: _("exclude"),
        ListPart.EXAMPLES: _("examples"),
        ListPart.KEYWORDS: _("keywords"),
    }[part]


def written(code: Code, part: TextPart | ListPart, language: str) -> str:
    """A text as it is written and edited: of a list, one on each line."""
    if isinstance(part, TextPart):
        return getattr(code, part.field).get(language, "")
    return "\n".join(getattr(code, part.value).get(language, ()))


def card_of(codebook: Codebook, code: Code, used: CodeUsage | None) -> CardView:
    columns = sides()
    above = " › ".join(one.name(columns[0]) for one in codebook.path(code.id)[:-1])
    return CardView(
        code.name(columns[0]),
        tuple(_facts(codebook, code, above, used)),
        tuple(LANGUAGE_NAMES.get(tag, tag) for tag in columns),
        tuple(_parts(code, columns)),
    )


def _facts(codebook: Codebook, code: Code, above: str, used: CodeUsage | None) -> Iterator[str]:
    kind = _("from the data") if code.origin is Origin.INDUCTIVE else _("from theory")
    heading = "" if code.assignable else _("a heading that no coding carries")
    yield " · ".join(filter(None, (above, code.id, kind, heading)))
    if code.retired:
        into = codebook[code.merged_into].name(i18n.language()) if code.merged_into else ""
        yield _("retired: merged into {code}").format(code=into) if into else _("retired")
    if used is not None:
        yield in_words(used.own if code.assignable else used.whole)
        if code.assignable and used.whole.codings > used.own.codings:
            yield _("with what lies under it: {used}").format(used=in_words(used.whole))


def in_words(used: Usage) -> str:
    """`12 codings · 4 documents · 3 informants`."""
    return " · ".join(
        (
            ngettext("{n} coding", "{n} codings", used.codings).format(n=used.codings),
            ngettext("{n} document", "{n} documents", used.documents).format(n=used.documents),
            ngettext("{n} informant", "{n} informants", used.informants).format(n=used.informants),
        )
    )


def _parts(code: Code, columns: tuple[str, str]) -> Iterator[CardPart]:
    for part in (*TextPart, ListPart.EXAMPLES, ListPart.KEYWORDS):
        texts = [written(code, part, language) for language in columns]
        if part is ListPart.KEYWORDS:
            texts = [", ".join(text.splitlines()) for text in texts]
        yield CardPart(part_label(part).capitalize(), texts)
