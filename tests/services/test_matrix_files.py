"""A matrix written among the exports."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.domain.matrix import CellKind
from qualcode.errors import BadInput
from qualcode.services import blinding, coding, matrix_files, synthesis
from tests.tui.studies import AVERSION, DOCUMENT, FEAR, span_of, study_in


def test_each_format_is_written_and_none_over_another(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        coding.add(study, DOCUMENT, span_of(study, FEAR), AVERSION)
        compared = synthesis.matrix(study, kind=CellKind.QUOTES)
        written = [matrix_files.write_matrix(study, compared, format) for format in ("csv", "csv", "html", "xlsx")]
        assert [file.name for file in written] == ["matrix.csv", "matrix-2.csv", "matrix.html", "matrix.xlsx"]
        assert {file.parent for file in written} == {study.exports}
        header, row, *_rest = written[0].read_text(encoding="utf-8").splitlines()
        assert header.startswith("row,label,")
        assert header.endswith(",total")
        assert FEAR in row
        assert b"<!doctype html>" in written[2].read_bytes().lower()
        assert "total" not in matrix_files.matrix_bytes(compared, "csv", totals=False).decode()
        with pytest.raises(BadInput, match="pdf"):
            matrix_files.write_matrix(study, compared, "pdf")


def test_a_matrix_may_leave_out_what_must_stay_hidden(tmp_path: Path) -> None:
    with study_in(tmp_path, others=("ola",)) as study:
        coding.add(study, DOCUMENT, span_of(study, FEAR), AVERSION)
        study.act_as("ola")
        blinding.set_blind(study, DOCUMENT, True)
        assert len(synthesis.matrix(study).matrix.total.codings) == 1
        assert synthesis.matrix(study, shown_only=True).matrix.total.empty
