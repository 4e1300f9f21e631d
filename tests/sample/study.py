"""The sample study built once per test run, from its files, by the services."""

from __future__ import annotations

from pathlib import Path

from qualcode.domain.codebook import Entity
from qualcode.services import codebooks, coding_import, importing, people, relation_import
from qualcode.services.study import Study, create_study

ROOT = Path(__file__).parents[2]
TRANSCRIPTS = ROOT / "transcripts"
CODEBOOK = ROOT / "codebooks" / "ioa-svc.yaml"


def build(folder: Path, *, codings: Path = TRANSCRIPTS / "reference_codings.csv") -> Study:
    """A study in `folder` with the twelve interviews, both coders' codings and their relations."""
    codebook, sha256 = codebooks.read_file(CODEBOOK)
    study = create_study(folder, coder="anna", codebook=codebook, codebook_sha256=sha256)
    for entity, name in (
        (Entity.CASE, "cases"),
        (Entity.ORGANISATION, "organisations"),
        (Entity.INFORMANT, "informants"),
    ):
        people.import_table(study, entity, TRANSCRIPTS / f"{name}.csv")
    importing.import_files(study, [TRANSCRIPTS])
    coding_import.import_codings(study, codings, new_coders=True)
    relation_import.import_relations(study, TRANSCRIPTS / "reference_relations.csv")
    return study
