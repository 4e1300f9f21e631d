"""What stands over every matrix: whose work it is, what is left out, and how to read it."""

from __future__ import annotations

from dataclasses import dataclass

from qualcode.domain.counting import Counts
from qualcode.domain.matrix import Cell, CellKind, Matrix
from qualcode.i18n import _, ngettext
from qualcode.reporting.cells import NOT_MENTIONED, counted, kind_label

NO_ROW, NO_CASE, NO_INFORMANT = "no-row", "no-case", "no-informant"


@dataclass(frozen=True, slots=True)
class Heading:
    """What the matrix itself does not know of its study. Texts are as stored: writers make them inert."""

    study: str
    title: str
    filter: str = ""
    """The query in words; empty: no filter."""
    privacy: str = ""
    """The label of the study's privacy class, stamped on everything that leaves it."""


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    text: str
    opens: str = ""
    """The anchor of the section that lists the codings behind a number; empty where there are none."""


def facts(matrix: Matrix, kind: CellKind, heading: Heading) -> list[Fact]:
    """The lines over the table, in the screen language; the numbers left out are said even where they are 0."""
    return [
        Fact(_("Study"), heading.study),
        Fact(_("Coders"), ", ".join(matrix.coders) or _("nobody has coded here")),
        Fact(_("Filter"), heading.filter or _("none")),
        Fact(_("Each cell"), kind_label(kind)),
        Fact(_("In all"), _in_all(matrix.total.counts)),
        _left_out(_("Outside the table"), matrix.without_row, NO_ROW),
        _left_out(_("Without a case"), matrix.without_case, NO_CASE),
        _left_out(_("Without an informant"), matrix.without_informant, NO_INFORMANT),
    ]


def stamp(heading: Heading) -> str:
    """The privacy class as it is stamped on what leaves the study; empty where the study has none."""
    return _("Privacy class: {label}").format(label=heading.privacy) if heading.privacy else ""


def reading_notes() -> list[str]:
    """How the marks and totals are meant."""
    return [
        _("{mark} means not mentioned. It does not mean absent: it may never have been asked.").format(
            mark=NOT_MENTIONED
        ),
        _("Totals count each informant, segment and case once; they are not sums of the cells."),
        _("A coding without an informant counts as a segment, never as an informant."),
    ]


def _left_out(label: str, cell: Cell, anchor: str) -> Fact:
    return Fact(label, _codings(len(cell.codings)), "" if cell.empty else anchor)


def _in_all(counts: Counts) -> str:
    cases = ngettext("{n} case", "{n} cases", counts.cases).format(n=counts.cases)
    return ", ".join((counted(counts), cases, _codings(counts.codings)))


def _codings(n: int) -> str:
    return ngettext("{n} coding", "{n} codings", n).format(n=n)
