"""An invented study of a wharf, with everything that counting has to get right.

Cases A and B and an empty C. d1 is of A; d2 of A and B; d3 of no case, and Ola is nobody's informant. Kari (buyer)
and Per (supplier) are heard; Nora never was. Anna and Bjørn code.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from qualcode.domain.codebook import (
    ActorMapRow,
    Attribute,
    AttributeValue,
    Code,
    Codebook,
    Entity,
    Qualifier,
    QualifierType,
    QualifierValue,
    Side,
    Theme,
)
from qualcode.domain.coding import CodedSegment
from qualcode.domain.span import occurrences
from qualcode.services import coding, importing, people
from qualcode.services.study import Study, create_study

DOCUMENTS = {
    "d1": "---\nid: d1\nlanguage: nb\ncases: [A]\nspeakers: {I: interviewer, Kari: kari}\n---\n"
    "I: Hva skjedde på kaia?\n\n"
    "Kari: Vi var redde for å feile. Derfor ble den dyr. =SUM(A1) sa sjefen.\n\n"
    "I: Og så?\n\n"
    "Kari: Så lærte vi av leverandøren. Året etter gikk det bedre.\n",
    "d2": "---\nid: d2\nlanguage: nb\ncases: [A, B]\nspeakers: {I: interviewer, Per: per}\n---\n"
    "I: Hva tok dere på dere?\n\n"
    "Per: Vi tok hele risikoen i A. I B delte vi   den\nmed kommunen.\n",
    "d3": "---\nid: d3\nlanguage: nb\nspeakers: {I: interviewer, Ola: none}\n---\n"
    "I: Og verdien?\n\n"
    "Ola: Verdien så vi aldri. <b>Aldri</b>.\n",
}


def codebook() -> Codebook:
    """Two families; `risk` is a group above `risk-fear`; `old` is retired into `risk`."""
    values = tuple(QualifierValue(value, key) for value, key in (("-1", "-"), ("0", "0"), ("1", "+")))

    def enum(id: str, entity: Entity, *ids: str, derived_from: str | None = None) -> Attribute:
        allowed = tuple(AttributeValue(value, {"nb": value.title()}) for value in ids)
        return Attribute(id, entity, "enum", {"nb": id.title()}, allowed, derived_from=derived_from)

    return Codebook(
        "wharf",
        "1",
        ("nb", "en"),
        (
            Code("barrier", None, {"nb": "Barriere", "en": "Barrier"}, assignable=False),
            Code("risk", "barrier", {"nb": "Risiko", "en": "Risk"}),
            Code("risk-fear", "risk", {"nb": "Frykt", "en": "Fear"}),
            Code("old", "barrier", {"nb": "Gammel"}, retired=True, merged_into="risk"),
            Code("value", None, {"nb": "Verdi", "en": "Value"}, assignable=False),
            Code("learning", "value", {"nb": "Læring", "en": "Learning"}),
        ),
        qualifiers=(
            Qualifier("valence", {"nb": "Valens"}, QualifierType.ENUM, values, applies_to=("barrier", "value")),
            Qualifier(
                "quotable",
                {"nb": "Kan siteres"},
                QualifierType.ENUM,
                (QualifierValue("yes", "y"), QualifierValue("no", "n")),
                applies_to=("barrier", "value"),
            ),
        ),
        themes=(
            Theme("both", {"nb": "Begge"}, codes=("risk", "learning")),
            Theme("worn", {"nb": "Slitt"}, codes=("old", "learning")),
        ),
        sides=(Side("demand", {"nb": "etterspørsel"}), Side("supply", {"nb": "tilbud"})),
        settings={"privacy.class": "red"},
        actor_map=(ActorMapRow("buyer", None, "demand"), ActorMapRow("supplier", None, "supply")),
        attributes=(
            enum("sector", Entity.CASE, "roads", "sea"),
            Attribute("value-nok", Entity.CASE, "number", {"nb": "Verdi i kroner"}),
            enum("actor-type", Entity.INFORMANT, "buyer", "supplier", "other"),
            enum("side", Entity.INFORMANT, "demand", "supply", derived_from="actor-type"),
            enum("size", Entity.ORGANISATION, "small", "large"),
        ),
    )


def empty_wharf(folder: Path) -> Study:
    """The study with its documents and people, and nothing coded; its title is hostile."""
    study = create_study(folder / "wharf", coder="anna", codebook=codebook(), title="Kaia <script>x</script>")
    people.add_coder(study, "bjørn")
    people.add(study, Entity.ORGANISATION, "yard", {"title": "Verftet", "size": "small"})
    for key, values in {
        "A": {"title": "Kai A", "sector": "sea", "value-nok": "900"},
        "B": {"title": "=Kai B", "sector": "roads", "value-nok": "1200"},
        "C": {"title": "Kai C", "sector": "sea"},
    }.items():
        people.add(study, Entity.CASE, key, values)
    people.add(study, Entity.INFORMANT, "kari", {"actor-type": "buyer"})
    people.add(study, Entity.INFORMANT, "per", {"actor-type": "supplier", "organisation": "yard"})
    people.add(study, Entity.INFORMANT, "nora", {"actor-type": "other"})
    source = folder / "source"
    source.mkdir()
    for name, text in DOCUMENTS.items():
        (source / f"{name}.md").write_text(text, encoding="utf-8")
    importing.import_files(study, [source])
    return study


def put(
    study: Study,
    document: str,
    words: str,
    code: str | None,
    *,
    coder: str = "anna",
    case: str | None = None,
    **qualifiers: str,
) -> CodedSegment:
    """Code the one place of `words`."""
    (span,) = occurrences(study.text(document).text, words)
    study.act_as(coder)
    said: Mapping[str, str] = qualifiers
    return coding.add(study, document, span, code, case=case, qualifiers=said).segment


def wharf(folder: Path) -> Study:
    """The study, coded."""
    study = empty_wharf(folder)
    put(study, "d1", "Vi var redde for å feile.", "risk-fear", valence="-1")
    put(study, "d1", "Vi var redde for å feile.", "risk-fear", coder="bjørn", valence="0")
    put(study, "d1", "Derfor ble den dyr. =SUM(A1) sa sjefen.", "risk", valence="-1")
    put(study, "d1", "Så lærte vi av leverandøren.", "learning", valence="1", quotable="no")
    put(study, "d2", "Vi tok hele risikoen i A.", "risk", case="A", valence="-1")
    put(study, "d2", "I B delte vi   den\nmed kommunen.", "risk", case="B", valence="1")
    put(study, "d2", "Vi tok hele risikoen", "learning", coder="bjørn")
    put(study, "d3", "Verdien så vi aldri. <b>Aldri</b>.", "learning", valence="-1")
    put(study, "d1", "Året etter gikk det bedre.", None)
    study.act_as("anna")
    return study
