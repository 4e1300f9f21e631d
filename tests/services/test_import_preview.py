"""What an import would come to is foreseen, and then done file by file as chosen."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.domain.progress import Step
from qualcode.errors import Cancelled
from qualcode.services import documents, history, importing
from qualcode.services.importing import Choices, Outcome
from qualcode.services.study import Study
from tests.services.furnished import furnished


@pytest.fixture
def study(tmp_path: Path) -> Study:
    return furnished(tmp_path / "study")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two interviews in a folder of their own, one whose id is taken, one that is empty, and a picture."""
    folder = tmp_path / "new"
    (folder / "round1").mkdir(parents=True)
    (folder / "round1" / "eva.txt").write_text("I: Hva skjedde?\n\nEva: Vi ventet.\n\nI: Og?\n\nEva: Ingenting.\n")
    (folder / "per.md").write_text(
        "---\ncases: [south]\n---\nI: Hva nå?\n\nPer: Nå går det.\n\nI: Ja?\n\nPer: Ja.\n"
    )
    (folder / "one.txt").write_text("I: Et annet intervju?\n\nBo: Ja.\n\nI: Så?\n\nBo: Nei.\n")
    (folder / "empty.txt").write_text("")
    (folder / "map.png").write_bytes(b"\x89PNG")
    return folder


def test_each_file_is_foreseen_with_its_id_case_speakers_and_what_is_in_the_way(study: Study, folder: Path) -> None:
    steps: list[Step] = []
    previews = importing.preview([folder], Choices(cases=("north",)), study=study, report=steps.append)
    told = {item.path.name: (item.outcome, item.document, item.cases) for item in previews}
    assert told == {
        "empty.txt": (Outcome.REFUSED, "", ()),
        "one.txt": (Outcome.REFUSED, "", ()),
        "per.md": (Outcome.IMPORTED, "per", ("south",)),
        "eva.txt": (Outcome.IMPORTED, "round1-eva", ("north",)),
    }
    eva = next(item for item in previews if item.document == "round1-eva")
    assert [(speaker.label, speaker.role) for speaker in eva.speakers] == [("I", "interviewer")]
    assert eva.imported is not None
    assert (eva.imported.speakers, len(eva.imported.turns)) == (("I", "Eva"), 4)
    taken = next(item for item in previews if item.path.name == "one.txt")
    assert taken.refusal is not None
    assert str(taken.refusal.message) == (
        "one.txt has changed since it was imported as one; its codings stay on the text of then."
    )
    assert (steps[-1].done, steps[-1].total) == (4, 4)
    assert [document.id for document in documents.listing(study)] == ["one", "two"]


def test_what_is_in_the_study_already_or_was_removed_from_it_is_foreseen(study: Study, folder: Path) -> None:
    importing.import_files(study, [folder / "per.md", folder / "round1" / "eva.txt"])
    documents.remove(study, "eva")
    previews = importing.preview([folder / "per.md", folder / "round1" / "eva.txt"], study=study)
    assert [(item.document, item.outcome) for item in previews] == [("per", "known"), ("eva", "restored")]


def test_the_chosen_files_alone_are_imported_each_with_what_is_said_of_it(study: Study, folder: Path) -> None:
    eva, per = folder / "round1" / "eva.txt", folder / "per.md"
    reports = importing.import_chosen(
        study,
        [folder],
        {
            eva: Choices(cases=("north",), speakers={"Eva": "eva"}),
            per: Choices(speakers={"Per": "kari", "I": "none"}),
            folder / "empty.txt": Choices(),
        },
    )
    assert [(item.path.name, item.outcome, item.document) for item in reports] == [
        ("empty.txt", "refused", ""),
        ("per.md", "imported", "per"),
        ("eva.txt", "imported", "round1-eva"),
    ]
    assert reports[2].added == ("eva",)
    assert documents.get(study, "round1-eva").cases == ("north",)
    assert documents.get(study, "per").cases == ("south",)
    assert documents.speakers(study, "per")["Per"].informant == "kari"


def test_an_import_can_be_stopped_between_files_and_keeps_those_that_are_in(study: Study, folder: Path) -> None:
    eva, per = folder / "round1" / "eva.txt", folder / "per.md"

    def stop(step: Step) -> None:
        if step.done == 1:
            raise Cancelled

    with pytest.raises(Cancelled):
        importing.import_chosen(study, [folder], {eva: Choices(), per: Choices()}, report=stop)
    assert [document.id for document in documents.listing(study)] == ["one", "two", "per"]
    assert str(history.undo(study)) == "per.md imported as per"
