"""Settings as a screen lists them, and a coder's preferences."""

from __future__ import annotations

from pathlib import Path

from qualcode.services import marking, settings
from qualcode.services.codebooks import find, read_file
from qualcode.services.study import Study, create_study
from tests.services.furnished import furnished


def made(folder: Path) -> Study:
    codebook, sha256 = read_file(find("ioa-svc"))
    return create_study(folder, coder="ada", codebook=codebook, codebook_sha256=sha256, title="Trust")


def test_every_setting_is_described_with_its_value_and_when_it_was_last_changed(tmp_path: Path) -> None:
    with made(tmp_path / "study") as study:
        listed = {item.key: item for item in settings.described(study)}
        assert list(listed)[:5] == [
            "title",
            "language",
            "evidence.side_attribute",
            "evidence.required_sides",
            "approach",
        ]
        assert listed["title"].value == "Trust"
        assert str(listed["title"].description) == "The title of the study, on every screen and report."
        sides = listed["evidence.required_sides"]
        assert (sides.text, sides.coder) == ("demand,supply", "")
        assert {"demand", "supply"} <= set(sides.choices or ())
        approach = listed["approach"]
        assert (approach.text, approach.changed_at) == ("", None)
        assert approach.choices == ("reflexive", "codebook", "reliability")
        settings.put(study, "approach", "codebook")
        approach = next(item for item in settings.described(study) if item.key == "approach")
        assert (approach.text, approach.coder, approach.changed_at is not None) == ("codebook", "ada", True)


def test_what_a_coder_prefers_is_listed_without_places_in_texts(tmp_path: Path) -> None:
    study = furnished(tmp_path / "study")
    marking.remember_place(study, "one", 12)
    marking.put_favourite(study, "1", "fear")
    marking.put_preference(study, "theme", "dark")
    assert marking.preferences(study) == {"favourites": {"1": "fear"}, "theme": "dark"}
    study.act_as("bo")
    assert marking.preferences(study) == {}
