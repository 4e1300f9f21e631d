"""Synthesis: matrices and co-occurrences of a study, from one reading of it to what reports lay out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property

from qualcode import i18n
from qualcode.domain.codebook import Codebook
from qualcode.domain.coding import CodedSegment
from qualcode.domain.conditions import Condition, condition, condition_on, selector
from qualcode.domain.cooccurrence import Cooccurrence, cooccurrence, unit_named
from qualcode.domain.facts import Facts, Population
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
from qualcode.errors import N_, BadInput, NotFound
from qualcode.i18n import _
from qualcode.reporting.heading import Heading
from qualcode.reporting.quote import Quote, Quotes
from qualcode.services import blinding
from qualcode.services.study import Study
from qualcode.services.unit_numbers import numbered
from qualcode.store import belonging, codings, documents, lookup, people

QUOTABLE = "quotable"
"""The qualifier that says whether the words of a coding may be printed."""
_HELD_BACK = frozenset({"no", "paraphrase-only"})


@dataclass(frozen=True)
class Synthesis:
    """What a question is answered from: the fields of the study, and the codings that meet the conditions."""

    study: Study
    facts: Facts
    conditions: tuple[Condition, ...]
    segments: tuple[CodedSegment, ...]
    """Only those that count (accepted, placed, first round, with a code), in any order."""

    def heading(self, title: str) -> Heading:
        """What stands over a table of this question."""
        privacy = self.study.settings().get("privacy.class")
        return Heading(
            self.study.title, title, filter=" & ".join(map(str, self.conditions)), privacy=str(privacy or "")
        )


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


def facts_of(study: Study) -> Facts:
    """The fields that rows, filters and exports can ask for, with the values the study has."""
    codebook = study.codebook
    with study.store.read() as connection:
        by_row = belonging.speakers_by_document(connection)
        ids = documents.keys_by_id(connection)
        voices = {
            ids[row]: tuple(dict.fromkeys(speaker.informant for speaker in mapped if speaker.informant))
            for row, mapped in by_row.items()
            if row in ids
        }
        population = Population(
            people.cases(connection),
            documents.listing(connection),
            people.informants(connection),
            people.organisations(connection),
            people.coders(connection),
            voices,
        )
    return Facts(codebook, population)


def gather(
    study: Study,
    where: Iterable[str] = (),
    *,
    exact: bool = False,
    work_of: str | None = None,
    shown_only: bool = False,
) -> Synthesis:
    """The codings that count and meet all conditions (see `domain.conditions`); of one coder with `work_of`.

    `shown_only`: without those that must stay hidden from the coder who acts (see `blinding`).

    Raises BadInput for a condition that cannot be understood, NotFound for an unknown coder.
    """
    facts = facts_of(study)
    conditions = [condition(facts, text, exact=exact) for text in where]
    with study.store.read() as connection:
        if work_of is not None:
            lookup.row_id(connection, lookup.CODER, work_of)
            conditions.append(condition_on(facts, facts.field("coder"), (work_of,)))
        found = codings.segments(connection)
    hidden = {item.coding.uid for item in blinding.hidden_codings(study)} if shown_only else set[str]()
    meets = selector(conditions)
    counting = tuple(
        segment for segment in found if segment.counts and segment.coding.uid not in hidden and meets(segment)
    )
    return Synthesis(study, facts, tuple(conditions), counting)


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

    Raises BadInput (field, condition, a theme that is a query), NotFound (coder, column).
    """
    asked = gather(study, where, exact=exact, work_of=work_of, shown_only=shown_only)
    facts, language = asked.facts, language or study.language
    field = facts.field(rows_by)
    columns = _columns(asked, columns_by, language, exact=exact)
    found = rows(facts, field, asked.conditions, asked.segments, language)
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

    Raises BadInput (unit, condition), NotFound (coder, column).
    """
    wanted = unit_named(unit)
    asked = gather(study, where, exact=exact, work_of=work_of)
    columns = _columns(asked, columns_by, study.language, exact=exact)
    units_of, units = numbered(study, wanted.kind, asked.segments)
    result = cooccurrence(asked.segments, wanted, columns, units_of=units_of, units=units)
    title = _("Co-occurrence by {unit}").format(unit=wanted)
    return Met(result, asked.heading(title))


def columns_of(
    codebook: Codebook, columns_by: str, language: str, *, used: Collection[str] = (), exact: bool = False
) -> list[Column]:
    """The columns called `family`, `code`, `theme`, or ids of any of these joined by commas.

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
            columns = theme_columns(codebook, language)
        case _:
            return chosen_columns(codebook, ids, language, exact=exact)
    if not columns:
        raise NotFound(
            N_("The codebook has none of these: {columns}."),
            hint=N_("Give family, code, theme, or ids joined by commas."),
            columns=columns_by,
        )
    return columns


def _columns(asked: Synthesis, columns_by: str, language: str, *, exact: bool) -> list[Column]:
    """Without columns that the conditions rule out: those would say "not mentioned" of what was not looked at."""
    codebook, conditions = asked.facts.codebook, asked.conditions
    used = {segment.coding.code for segment in asked.segments if segment.coding.code is not None}
    columns = columns_of(codebook, columns_by, language, used=used, exact=exact)
    on_code = [item for item in conditions if item.field.id == "code"]
    on_family = [item for item in conditions if item.field.id == "family"]
    possible = {
        code.id
        for code in codebook.codes
        if all(item.holds((code.id,)) for item in on_code)
        and all(item.holds((codebook.family(code.id),)) for item in on_family)
    }
    return [column for column in columns if not column.codes.isdisjoint(possible)] or columns


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
