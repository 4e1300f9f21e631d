"""A small invented study whose texts hold what breaks offsets: emoji, combining marks, CRLF, BOM, NBSP."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from qualcode.domain.codebook import Code, Codebook, Qualifier, QualifierType, QualifierValue, RelationType
from qualcode.services import importing, people
from qualcode.services.study import Study, create_study, open_study

CODEBOOK = Codebook(
    id="small",
    version="1",
    languages=("en", "nb"),
    codes=(
        Code("feeling", None, {"en": "Feeling"}, assignable=False),
        Code("joy", "feeling", {"en": "Joy", "nb": "Glede"}),
        Code("fear", "feeling", {"en": "=Fear"}),
        Code("faith", "feeling", {"en": "Faith"}),
        Code("thing", None, {"en": "Thing"}, assignable=False),
        Code("boat", "thing", {"en": "Boat, small"}),
    ),
    qualifiers=(
        Qualifier(
            "valence",
            {"en": "Valence"},
            QualifierType.ENUM,
            tuple(QualifierValue(value, key) for value, key in (("-1", "-"), ("0", "0"), ("1", "+"))),
            applies_to=("feeling",),
        ),
        Qualifier(
            "weather",
            {"en": "Weather"},
            QualifierType.ENUM,
            (QualifierValue("calm", "c"), QualifierValue("storm", "s")),
            applies_to=("feeling", "thing"),
        ),
    ),
    relation_types=(
        RelationType("scares", {"en": "scares"}, domain=("thing",), range=("feeling",)),
        RelationType("with", {"en": "goes with"}, directed=False),
    ),
)

FIRST = (
    "\ufeffI: Hvordan\u00a0var turen 🚤 i går?\r\n\r\n"
    "Åse: Cafe\u0301en var stengt 😀, så vi rodde. Ja. =Det var «fint».\r\n\r\n"
    "I: Ja.\r\n\r\n"
    "Åse: Ja. Båten lakk 🌊🌊, og jeg ble redd.\r\n"
)
SECOND = (
    "---\nid: two-cases\ncases: [north, south]\nspeakers: {Bo: bo}\n---\n"
    "I: Og nå?\n\nBo: I nord blåste det. I sør var det stille.\n\nI: Ja.\n\nBo: Ja. Båten lakk.\n"
)


def build(folder: Path) -> Study:
    """Two interviews, two cases, two informants, two coders; no codings. Acts as anna."""
    shutil.copytree(_template(), folder)
    return open_study(folder, coder="anna")


@cache
def _template() -> Path:
    """Made once per process: copying a study takes a hundredth of the time of making one."""
    home = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, home)
    _make(home / "study").close()
    return home / "study"


def _make(folder: Path) -> Study:
    study = create_study(folder, coder="anna", codebook=CODEBOOK, language="nb")
    people.add_coder(study, "bjørn")
    files = folder / "transcripts"
    (files / "first.txt").write_bytes(FIRST.encode("utf-8"))
    (files / "second.md").write_bytes(SECOND.encode("utf-8"))
    choices = importing.Choices(cases=("north",), speakers={"Åse": "åse"})
    reports = importing.import_files(study, [files], choices)
    assert not importing.refusals(reports)
    return study
