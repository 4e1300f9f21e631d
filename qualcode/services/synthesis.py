"""Synthesis: matrices and co-occurrences of a study, from one reading of it to what reports lay out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from qualcode import i18n
from qualcode.domain.codebook import Codebook
from qualcode.domain.coding import CodedSegment
from qualcode.domain.conditions import condition_on
from qualcode.domain.cooccurrence import Cooccurrence, cooccurrence, unit_named
from qualcode.domain.facts import Facts, Field
from qualcode.domain.matrix import (
    CellKind,
    Column,
    Matrix,
    chosen_columns,
    code_columns,
    family_columns,
    pivot,
    theme_columns,
    transposed,
)
from qualcode.domain.matrix_rows import row_finder, rows
from qualcode.domain.query import Query, explained, verdict
from qualcode.domain.query_matching import Among, matcher, matcher_of_all
from qualcode.errors import N_, BadInput, NotFound
from qualcode.i18n import _
from qualcode.reporting.heading import Heading
from qualcode.reporting.quote import Quote, Quotes
from qualcode.services import blinding, queries
from qualcode.services.fields import facts_of
from qualcode.services.study import Study
from qualcode.services.unit_numbers import numbered
from qualcode.store import codings, lookup

QUOTABLE = "quotable"
"""The qualifier that says whether the words of a coding may be printed."""
_HELD_BACK = frozenset({"no", "paraphrase-only"})


@dataclass(frozen=True)
class Synthesis:
    """What a question is answered from: the fields of the study, and the codings that all its queries choose."""

    study: Study
    facts: Facts
    queries: tuple[Query, ...]
    segments: tuple[CodedSegment, ...]
    """Only those that count (accepted, placed, first round, with a code), in any order."""
    among: Among
    """All codings that could have been chosen: what a query's positions were looked for among."""

    def heading(self, title: str) -> Heading:
        """What stands over a table of this question."""
        privacy = self.study.settings().get("privacy.class")
        return Heading(self.study.title, title, filter=explained(self.queries), privacy=str(privacy or ""))


@dataclass(frozen=True)
class Compared:
    """A matrix with what its reports need beside it."""

    matrix: Matrix
    kind: CellKind
    heading: Heading
    synthesis: Synthesis

    @cached_property
    def quotes(self) -> Quotes:
        """By coding uid, of every coding in the table or beside it. Looked up when a report prints words."""
        return quotes_of(self.synthesis, self.matrix.total.codings + self.matrix.without_row.codings)


@dataclass(frozen=True)
class Met:
    """Co-occurrences with what stands over them."""

    result: Cooccurrence
    heading: Heading


def gather(
    study: Study,
    where: Iterable[str] = (),
    *,
    exact: bool = False,
    work_of: str | None = None,
    shown_only: bool = False,
) -> Synthesis:
    """The codings that count and that all queries choose (see `domain.query`); of one coder with `work_of`.

    `shown_only`: without those that must stay hidden from the coder who acts (see `blinding`).

    Raises BadQuery for a query that cannot be understood, NotFound for an unknown coder.
    """
    facts = facts_of(study)
    asked = queries.read(study, facts, where, exact=exact)
    with study.store.read() as connection:
        if work_of is not None:
            lookup.row_id(connection, lookup.CODER, work_of)
            asked.append(condition_on(facts, facts.field("coder"), (work_of,)))
        found = codings.segments(connection, coder_name=work_of)
    hidden = {item.coding.uid for item in blinding.hidden_codings(study)} if shown_only else set[str]()
    counting = [segment for segment in found if segment.counts and segment.coding.uid not in hidden]
    among = queries.among(study, lambda: counting)
    chosen = tuple(filter(matcher_of_all(asked, among), counting))
    return Synthesis(study, facts, tuple(asked), chosen, among)


def matrix(
    study: Study,
    rows_by: str = "case",
    columns_by: str = "family",
    *,
    kind: CellKind = CellKind.INFORMANTS,
    where: Iterable[str] = (),
    exact: bool = False,
    work_of: str | None = None,
    transpose: bool = False,
    shown_only: bool = False,
    language: str | None = None,
) -> Compared:
    """Rows by a field (`case`, `side`, `informant.role`, a qualifier ...), columns by `family`, `code`, `theme` or
    ids joined by commas. Rows without any coding are there too. Names are in `language`, else in the study's.

    Raises BadInput (field, query, a theme's query), NotFound (coder, column).
    """
    asked = gather(study, where, exact=exact, work_of=work_of, shown_only=shown_only)
    facts, language = asked.facts, language or study.language
    field = facts.field(rows_by)
    columns = _columns(asked, columns_by, language, exact=exact)
    found = rows(facts, field, asked.queries, asked.segments, language)
    pivoted = pivot(asked.segments, found, row_finder(facts, field, exact=exact), columns)
    names = [field.label(i18n.language()), _columns_title(columns_by)]
    title = " × ".join(reversed(names) if transpose else names)
    return Compared(transposed(pivoted) if transpose else pivoted, kind, asked.heading(_upper(title)), asked)


def meetings(
    study: Study,
    unit: str = "overlap",
    columns_by: str = "code",
    *,
    where: Iterable[str] = (),
    exact: bool = False,
    work_of: str | None = None,
) -> Met:
    """Which columns meet in which units (see `domain.cooccurrence`).

    For turns and sentences N, of which the coefficients are made, is their number in the documents that hold a
    coding here, whoever speaks.

    Raises BadInput (unit, query, a theme's query), NotFound (coder, column).
    """
    wanted = unit_named(unit)
    asked = gather(study, where, exact=exact, work_of=work_of)
    columns = _columns(asked, columns_by, study.language, exact=exact)
    units_of, units = numbered(study, wanted.kind, asked.segments)
    result = cooccurrence(asked.segments, wanted, columns, units_of=units_of, units=units)
    title = _("Co-occurrence by {unit}").format(unit=wanted)
    return Met(result, asked.heading(title))


def columns_of(
    codebook: Codebook,
    columns_by: str,
    language: str,
    *,
    used: Collection[str] = (),
    exact: bool = False,
    found: Mapping[str, Collection[str]] | None = None,
) -> list[Column]:
    """The columns called `family`, `code`, `theme`, or ids of any of these joined by commas.

    `found`: what themes that are queries chose (see `found_by_themes`).

    Raises NotFound for an unknown id, BadInput where there would be no column.
    """
    ids = [part.strip() for part in columns_by.split(",") if part.strip()]
    if not ids:
        raise BadInput(N_("No columns are named."), hint=N_("Give family, code, theme, or ids joined by commas."))
    match ids:
        case ["family"]:
            columns = family_columns(codebook, language, used=used)
        case ["code"]:
            columns = code_columns(codebook, language, used=used, exact=exact)
        case ["theme"]:
            columns = theme_columns(codebook, language, found=found)
        case _:
            return chosen_columns(codebook, ids, language, exact=exact, found=found)
    if not columns:
        raise NotFound(
            N_("The codebook has none of these: {columns}."),
            hint=N_("Give family, code, theme, or ids joined by commas."),
            columns=columns_by,
        )
    return columns


def found_by_themes(asked: Synthesis, columns_by: str, *, exact: bool = False) -> dict[str, frozenset[str]]:
    """Theme id -> the uids of the codings it chooses, of each theme among the columns that is a query.

    Raises BadInput for a theme whose query cannot be understood.
    """
    named = {part.strip() for part in columns_by.split(",")}
    themes = [
        (theme.id, theme.query)
        for theme in asked.facts.codebook.themes
        if theme.query is not None and (theme.id in named or named == {"theme"})
    ]
    saved = queries.texts(asked.study) if themes else {}
    found: dict[str, frozenset[str]] = {}
    for theme, query in themes:
        chooses = matcher(queries.of_theme(asked.facts, theme, query, saved, exact=exact), asked.among)
        found[theme] = frozenset(segment.coding.uid for segment in asked.segments if chooses(segment))
    return found


def _columns(asked: Synthesis, columns_by: str, language: str, *, exact: bool) -> list[Column]:
    """Without columns that the queries rule out: those would say "not mentioned" of what was not looked at."""
    codebook = asked.facts.codebook
    used = {segment.coding.code for segment in asked.segments if segment.coding.code is not None}
    found = found_by_themes(asked, columns_by, exact=exact)
    columns = columns_of(codebook, columns_by, language, used=used, exact=exact, found=found)

    def is_possible(code: str) -> bool:
        known = {"code": (code,), "family": (codebook.family(code),)}

        def values(field: Field) -> tuple[str, ...] | None:
            return known.get(field.id)

        return all(verdict(query, values) is not False for query in asked.queries)

    possible = {code.id for code in codebook.codes if is_possible(code.id)}
    return [column for column in columns if column.id in found or not column.codes.isdisjoint(possible)] or columns


def quotes_of(asked: Synthesis, segments: Iterable[CodedSegment]) -> Quotes:
    """The words under codings, by uid. Left out are those whose coder said they must not be quoted."""
    codebook, language = asked.facts.codebook, asked.study.language
    languages = {document.id: document.language for document in asked.facts.population.documents}
    paths = {code.id: tuple(node.name(language) for node in codebook.path(code.id)) for code in codebook.codes}
    return {
        segment.coding.uid: _quote(segment, paths, languages)
        for segment in segments
        if segment.coding.qualifiers.get(QUOTABLE) not in _HELD_BACK
    }


def _quote(segment: CodedSegment, paths: dict[str, tuple[str, ...]], languages: dict[str, str]) -> Quote:
    coding = segment.coding
    return Quote(
        uid=coding.uid,
        text=coding.anchor.exact,
        document=coding.document,
        turn=segment.turn,
        speaker=segment.speaker,
        informant=segment.informant,
        case=segment.case,
        coder=coding.coder,
        code_path=paths.get(coding.code or "", ()),
        valence=segment.valence,
        language=languages.get(coding.document, ""),
    )


def _columns_title(columns_by: str) -> str:
    titles = {"family": _("families"), "code": _("codes"), "theme": _("themes")}
    return titles.get(columns_by.strip(), _("chosen codes and themes"))


def _upper(title: str) -> str:
    return title[:1].upper() + title[1:]
