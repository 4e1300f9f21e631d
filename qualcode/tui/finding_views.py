"""Findings as they are shown: rows by research question, and one in full with what speaks for and against it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table as Columns
from rich.text import Text

from qualcode import i18n
from qualcode.domain.codebook import in_language
from qualcode.domain.coding import CodedSegment
from qualcode.domain.evidence import Level
from qualcode.domain.finding import CaseResult, Evidence, FindingState, Role, Verdict
from qualcode.domain.inert import inert
from qualcode.domain.relation import PlacedRelation
from qualcode.i18n import _, ngettext
from qualcode.services import appraising, blinding, documents, people
from qualcode.services.appraising import Appraised
from qualcode.services.study import Study
from qualcode.tui.relation_words import in_a_line
from qualcode.tui.widgets.table import Column, TableRow
from qualcode.tui.wording import Wording

_PARTED = " · "
_SUPPORTING = 5
"""Supporting quotes on the card before the rest is only counted. What contradicts is always whole."""
_BESIDE = 120
"""Columns of the screen from which for and against stand side by side."""


class FindingViews:
    """`found` by uid, as of now. Evidence that is hidden from the coder who acts is counted, but not shown."""

    def __init__(self, study: Study) -> None:
        self._study = study
        self.wording = Wording(study.codebook, i18n.language(), {})
        self.found = {item.finding.uid: item for item in appraising.appraise(study)}
        self.titles = {item.id: item.title or item.id for item in documents.listing(study)}
        self.cases = {item.id: item.title or item.id for item in people.cases(study)}
        self.informants = {item.id: item.title or item.id for item in people.informants(study)}
        self._hidden = {item.coding.uid for item in blinding.hidden_codings(study)}

    def questions(self) -> list[tuple[str, str]]:
        """Id and text of each research question of the codebook."""
        language = self.wording.language
        return [(one.id, in_language(one.text, language, one.id)) for one in self._study.codebook.questions]

    # As a list

    def columns(self) -> Sequence[Column]:
        return (
            Column(_("Claim"), share=2),
            Column("F", 1),
            Column(_("Evidence"), 10),
            Column(_("Strength"), share=1),
            Column(_("State"), 13),
        )

    def rows(self, pinned: str) -> Iterator[TableRow]:
        """Under each research question its findings, last those without one; `pinned` has its mark."""
        asked = self.questions()
        known = {id for id, _text in asked}
        for id, text in asked:
            yield from self._group(
                f"{id}  {text}", [item for item in self._all if item.finding.question == id], pinned
            )
        rest = [item for item in self._all if item.finding.question not in known]
        heading = _("Without a research question") if len(rest) < len(self.found) else ""
        yield from self._group(heading, rest, pinned)

    @property
    def _all(self) -> Iterable[Appraised]:
        return self.found.values()

    def _group(self, heading: str, items: Sequence[Appraised], pinned: str) -> Iterator[TableRow]:
        if items and heading:
            yield TableRow("", (heading, "", "", "", ""))
        for item in items:
            mark = "F" if item.finding.uid == pinned else ""
            cells = (item.finding.claim, mark, evidence_words(item), strength_words(item), state_words(item))
            yield TableRow(item.finding.uid, cells)

    # In full

    def card(self, item: Appraised, width: int, faint: str) -> RenderableType:
        """`width` is that of the screen; `faint` the style of what stands beside the words."""
        head = Text().append(inert(item.finding.claim), "bold")
        head.append(f"\n{inert(strength_words(item))}", "bold")
        head.append(_PARTED + _PARTED.join((*_numbers(item), state_words(item))), faint)
        for reason in item.strength.reasons:
            head.append(f"\n{inert(reason.render(_))}")
        if item.strength.reached is not item.strength.level:
            without = _("Without that it would be {level}.").format(level=level_word(item.strength.reached))
            head.append(f" {without}", faint)
        head.append(f"\n{inert(search_words(item))}")
        head.append(f"\n{inert(self._case_words(item))}\n", faint)
        parts: list[RenderableType] = [head, *self._both_sides(item, width, faint)]
        nuancing = self._quotes(item, Role.NUANCES, faint)
        return Group(*parts, nuancing) if nuancing else Group(*parts)

    def _both_sides(self, item: Appraised, width: int, faint: str) -> list[RenderableType]:
        """One below the other what contradicts is first: it must not be scrolled to."""
        supporting = self._quotes(item, Role.SUPPORTS, faint, _SUPPORTING)
        contradicting = self._quotes(item, Role.CONTRADICTS, faint)
        if width < _BESIDE or not supporting or not contradicting:
            return [one for one in (contradicting, supporting) if one]
        beside = Columns.grid(expand=True, padding=(0, 4, 0, 0))
        beside.add_column(ratio=1)
        beside.add_column(ratio=1)
        beside.add_row(supporting, contradicting)
        return [beside]

    def _quotes(self, item: Appraised, role: Role, faint: str, most: int | None = None) -> Text | None:
        """The quotes of one role under a heading; None where there are none."""
        held = item.finding.of(role)
        if not held:
            return None
        seen = self.in_sight(held)
        text = Text().append(f"{role_heading(role)} ({len(held)})", "bold")
        # Two coders of one passage are two pieces of evidence, and one quote to read.
        quotes = Counter((words_of(one), self.source(one)) for one in seen)
        for (words, source), times in list(quotes.items())[:most]:
            text.append(f"\n“{inert(words)}”")
            text.append(f" {inert(source)}" + (f" ×{times}" if times > 1 else ""), faint)
        left = len(quotes) - len(list(quotes)[:most])
        if left:
            more = ngettext("{n} more: Enter lists all", "{n} more: Enter lists all", left)
            text.append(f"\n{more.format(n=left)}", faint)
        hidden = len(held) - len(seen)
        if hidden:
            text.append(f"\n{hidden_words(hidden)}", faint)
        return text.append("\n")

    def _case_words(self, item: Appraised) -> str:
        said = [
            f"{self.cases.get(case, case)}: {result_word(result)}, {verdict_word(verdict)}"
            for case, (result, verdict) in item.cases.items()
        ]
        return _PARTED.join(said)

    # Evidence and hits, one by one

    def in_sight(self, held: Iterable[Evidence]) -> list[Evidence]:
        """Without what this coder must not see yet."""
        return [one for one in held if not any(segment.coding.uid in self._hidden for segment in one.segments)]

    def hits(self, item: Appraised) -> list[CodedSegment]:
        """Those not looked at first."""
        unseen = {segment.coding.uid for segment in item.unseen}
        shown = [segment for segment in item.hits if segment.coding.uid not in self._hidden]
        return sorted(shown, key=lambda segment: segment.coding.uid not in unseen)

    def source(self, held: Evidence | CodedSegment) -> str:
        """Who says it, and in which case."""
        informant, case = held.informant or "", held.case or ""
        parts = (self.informants.get(informant, informant), self.cases.get(case, case))
        return _PARTED.join(filter(None, parts)) or _("nobody's words")

    def names(self, held: Evidence | CodedSegment) -> str:
        """The code with its sign, or the relation in a line."""
        if isinstance(held, CodedSegment):
            return self.wording.summary(held.coding.code, held.coding.qualifiers)
        if held.relation is not None:
            return in_a_line(self.wording, held.relation)
        return self.names(held.segments[0])

    def piece(self, held: Evidence | CodedSegment, faint: str) -> Text:
        """One piece of evidence, or one hit, in full."""
        related = held.relation if isinstance(held, Evidence) else None
        first = related or (held if isinstance(held, CodedSegment) else held.segments[0])
        made = first.relation if isinstance(first, PlacedRelation) else first.coding
        turn = "" if first.turn is None else _("turn {number}").format(number=first.turn)
        where = (self.source(held), self.titles.get(made.document, made.document), turn, made.coder)
        text = Text().append(inert(self.names(held)), "bold")
        text.append(f"\n{inert(_PARTED.join(filter(None, where)))}", faint)
        return text.append(f"\n“{inert(words_of(held))}”")


def words_of(held: Evidence | CodedSegment) -> str:
    """The words of a coding, or of the quote of a relation."""
    if isinstance(held, CodedSegment):
        return " ".join(held.coding.anchor.exact.split())
    if held.relation is not None:
        return " ".join(held.relation.relation.anchor.exact.split())
    return words_of(held.segments[0])


def evidence_words(item: Appraised) -> str:
    """`+5 −2 ~1`; a role that nothing has is left out."""
    signs = (("+", Role.SUPPORTS), ("−", Role.CONTRADICTS), ("~", Role.NUANCES))
    counted = [f"{sign}{len(item.finding.of(role))}" for sign, role in signs if item.finding.of(role)]
    return " ".join(counted) or "–"


def strength_words(item: Appraised) -> str:
    """The level, and what has to stand beside it."""
    refuted = item.weighed.informants == 0 and item.weighed.against > 0
    words = [level_word(item.strength.level)]
    if refuted:
        words.append(_("refuted"))
    elif item.strength.contested:
        words.append(_("contested"))
    if item.strength.expected:
        words.append(_("expected"))
    return ", ".join(words)


def state_words(item: Appraised) -> str:
    if item.finding.state is FindingState.DRAFT:
        return _("draft")
    return f"{_('ready')}, {_('stale')}" if item.stale else _("ready")


def search_words(item: Appraised) -> str:
    """How far the search for negative cases has come."""
    if item.search is None:
        return _("Nobody has looked for negative cases yet: c looks.")
    if item.search_fault is not None:
        return item.search_fault.render(_)
    left = len(item.unseen)
    if left:
        said = ngettext(
            "{n} negative case not looked at: c lists it.", "{n} negative cases not looked at: c lists them.", left
        )
        return said.format(n=left)
    return _("All negative cases that were found are looked at.")


def hidden_words(n: int) -> str:
    return ngettext(
        "{n} is hidden while you read blind first", "{n} are hidden while you read blind first", n
    ).format(n=n)


def _numbers(item: Appraised) -> Iterator[str]:
    """What the rule counts."""
    weighed = item.weighed
    yield _("{n} of {all} cases").format(n=weighed.cases, all=len(item.cases))
    said = ngettext(
        "{n} informant for, {against} against", "{n} informants for, {against} against", weighed.informants
    )
    yield said.format(n=weighed.informants, against=weighed.against)
    if weighed.sides:
        yield ngettext("{n} side", "{n} sides", len(weighed.sides)).format(n=len(weighed.sides))


def level_word(level: Level) -> str:
    return {
        Level.NONE: _("none"),
        Level.ANECDOTAL: _("single statement"),
        Level.WEAK: _("weak"),
        Level.MODERATE: _("moderate"),
        Level.STRONG: _("strong"),
    }[level]


def role_heading(role: Role) -> str:
    return {Role.SUPPORTS: _("Supports"), Role.CONTRADICTS: _("Contradicts"), Role.NUANCES: _("Nuances")}[role]


def result_word(result: CaseResult) -> str:
    return {
        CaseResult.SUPPORTED: _("supported"),
        CaseResult.CONTRADICTED: _("contradicted"),
        CaseResult.MIXED: _("mixed"),
        CaseResult.SILENT: _("silent"),
    }[result]


def verdict_word(verdict: Verdict) -> str:
    return {
        Verdict.LITERAL: _("literal"),
        Verdict.CONTRAST: _("contrast"),
        Verdict.NOT_REPLICATED: _("not replicated"),
        Verdict.OPEN: _("undecided"),
    }[verdict]
