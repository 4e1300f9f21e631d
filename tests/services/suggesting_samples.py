"""An invented study of a choir: two short interviews and a note, and a codebook with four codes."""

from __future__ import annotations

from pathlib import Path

from qualcode.domain.codebook import Code, Codebook, Qualifier, QualifierType, QualifierValue
from qualcode.domain.span import quote
from qualcode.domain.suggestion import Suggestion
from qualcode.services import importing, people, suggesting
from qualcode.services.study import Study, create_study

CHOIR = Codebook(
    "choir", "1", ("nb", "en"),
    (
        Code("choir", None, {"nb": "Kor", "en": "Choir"}, assignable=False),
        Code("rehearsal", "choir", {"nb": "Øving", "en": "Rehearsal"}, keywords={"nb": ("øv*",)}),
        Code("money", "choir", {"nb": "Kontingent", "en": "Fee"}, keywords={"nb": ("kontingent*",)}),
        Code("sheets", "choir", {"nb": "Noter", "en": "Sheet music"}, keywords={"nb": ("note*",)}),
        Code("travel", "choir", {"nb": "Turer", "en": "Trips"}, keywords={"nb": ("tur", "turer")}),
    ),
    qualifiers=(
        Qualifier(
            "tone", {"nb": "Tone"}, QualifierType.ENUM,
            (QualifierValue("-1", "-"), QualifierValue("0", "0"), QualifierValue("1", "+")),
            applies_to=("choir",), default_by_code={"money": "-1"},
        ),
    ),
)  # fmt: skip

ALTO = """---
id: alto
speakers: {I: interviewer, Kari: kari}
---
I: Hvordan er øvingene, notene og kontingenten?

Kari: Vi øver hver tirsdag. Kontingenten er for høy.

Per: Jeg har aldri sett en note.

I: Aldri?

Per: Aldri.
"""
BASS = """---
id: bass
speakers: {I: interviewer, Ola: ola}
---
I: Hvor ofte øver dere?

Ola: Kontingenten er grei. Men øvingene er for lange, og så øver vi på det samme.
"""
NOTE = """---
id: note
---
Koret øver i kapellet.
"""


def choir(folder: Path, *, codebook: Codebook | None = CHOIR, files: tuple[str, ...] = (ALTO, BASS, NOTE)) -> Study:
    """The study in `folder`, with the coders anna, who acts, and bjorn."""
    study = create_study(folder / "choir", coder="anna", codebook=codebook)
    people.add_coder(study, "bjorn")
    for number, content in enumerate(files):
        path = folder / f"{number}.md"
        path.write_text(content, encoding="utf-8")
        (report,) = importing.import_files(study, [path])
        assert report.reason is None
    return study


def words(study: Study, item: Suggestion) -> str:
    """What a suggestion lies on."""
    return quote(study.text(item.document).text, item.span)


def offered(study: Study, document: str | None = None) -> list[tuple[str, str, str]]:
    """Document, code and words of what is open for the coder who acts."""
    return [(item.document, item.code, words(study, item)) for item in suggesting.open_suggestions(study, document)]


def find(study: Study, document: str, code: str) -> Suggestion:
    """The only open suggestion of this code in this document."""
    (found,) = [item for item in suggesting.open_suggestions(study, document) if item.code == code]
    return found
