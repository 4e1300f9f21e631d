"""The sample study: built from the shipped files, and the whole job done on it."""

from __future__ import annotations

import getpass
import shutil
from dataclasses import dataclass
from pathlib import Path

from qualcode.domain.codebook import Entity
from qualcode.domain.coding import CodedSegment
from qualcode.domain.matrix import CellKind
from qualcode.domain.people import Document
from qualcode.domain.progress import Report, silent
from qualcode.errors import N_, Conflict
from qualcode.files import replacing
from qualcode.reporting.csv_table import table_csv
from qualcode.reporting.matrix_page import matrix_html
from qualcode.reporting.tables import matrix_table
from qualcode.services import (
    codebooks,
    coding,
    coding_import,
    documents,
    exporting,
    importing,
    people,
    relation_import,
    relations,
    suggesting,
    synthesis,
)
from qualcode.services.study import Study, create_study, open_study
from qualcode.services.synthesis import Compared
from qualcode.settings import STUDY_FILE, shipped

CODER = "anna"
"""The first of the two invented coders: codings that name nobody are hers."""
TITLE = "Oppdiktet prøvestudie · invented sample study"

_CODEBOOK = "ioa-svc"
_TABLES = ((Entity.CASE, "cases"), (Entity.ORGANISATION, "organisations"), (Entity.INFORMANT, "informants"))


@dataclass(frozen=True, slots=True)
class Demo:
    """What the sample study holds, and the files that were written."""

    folder: Path
    documents: list[Document]
    segments: list[CodedSegment]
    relations: int
    suggestions: int
    themes: Compared
    """Cases by themes, informants in the cells."""
    barriers: Compared
    """The codes right under the barrier family by cases: few cases, and eighty columns."""
    written: tuple[Path, ...]


def run(folder: Path, *, report: Report = silent) -> Demo:
    """Build the sample study in `folder`, or bring the one there up to date, and export from it.

    Run again it keeps what somebody has coded there: what is known already is recognised. Raises Conflict where
    the folder is another study.
    """
    folder = folder.expanduser().resolve()
    with _opened(folder) as study:
        _fill(study, _brought_along(folder), report)
        suggested = suggesting.run(study, report=report)
        themes = synthesis.matrix(study, "case", "theme")
        groups = ",".join(code.id for code in study.codebook.children("barrier"))
        return Demo(
            folder=folder,
            documents=documents.listing(study),
            segments=coding.everything(study),
            relations=len(relations.listing(study)),
            suggestions=suggested.suggestions,
            themes=themes,
            barriers=synthesis.matrix(study, "case", groups, transpose=True),
            written=_export(study, themes),
        )


def _opened(folder: Path) -> Study:
    if not (folder / STUDY_FILE).exists():
        codebook, sha256 = codebooks.read_file(codebooks.find(_CODEBOOK))
        return create_study(folder, coder=CODER, codebook=codebook, codebook_sha256=sha256, title=TITLE)
    study = open_study(folder)
    if study.title != TITLE:
        study.close()
        raise Conflict(
            N_("{folder} is a study of its own; the sample study is not mixed into it."),
            hint=N_("Choose another folder: `qualcode demo DIR`."),
            folder=str(folder),
        )
    study.act_as(CODER)
    return study


def _brought_along(folder: Path) -> Path:
    """The sample's files inside the study folder, copied there from the program unless that is where they lie."""
    source, target = shipped() / "transcripts", folder / "transcripts"
    if source.resolve() != target.resolve():
        for path in sorted(source.iterdir()):
            if path.is_file():
                shutil.copyfile(path, target / path.name)
    return target


def _fill(study: Study, sample: Path, report: Report) -> None:
    """People, interviews, both coders' codings and their relations; a second time all of it is known."""
    for entity, name in _TABLES:
        people.import_table(study, entity, sample / f"{name}.csv")
    importing.import_files(study, [sample], report=report)
    coding_import.import_codings(study, sample / "reference_codings.csv", new_coders=True, report=report)
    relation_import.import_relations(study, sample / "reference_relations.csv", report=report)
    # Whoever runs the program can open the desk as themselves right away.
    login = getpass.getuser()
    if login not in {coder.name for coder in people.coders(study)}:
        people.add_coder(study, login)


def _export(study: Study, themes: Compared) -> tuple[Path, ...]:
    files = {
        "segments.csv": table_csv(exporting.segments_table(study)),
        "relations.csv": table_csv(exporting.relations_table(study)),
        "themes-by-case.csv": table_csv(matrix_table(themes.matrix, CellKind.INFORMANTS)),
        "themes-by-case.html": matrix_html(themes.matrix, CellKind.INFORMANTS, themes.heading, themes.quotes),
    }
    written: list[Path] = []
    for name, content in files.items():
        path = exporting.default_file(study, name)
        with replacing(path) as stream:
            stream.write(content)
        written.append(path)
    return tuple(written)
