from __future__ import annotations

import sys
from pathlib import Path

import pytest

from qualcode.errors import BadInput, NotFound
from qualcode.nlp import suggesters
from qualcode.nlp.lexicon import LexiconSuggester

PLUG_IN = """
class Quiet:
    id = "quiet"
    version = "3"

    def learn(self, texts, codings, decisions):
        pass

    def suggest(self, codebook, texts):
        return iter(())
"""


@pytest.fixture
def plug_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package that brings the suggesters `quiet` and `broken`, and tries to take `lexicon`."""
    (tmp_path / "quiet_plug_in.py").write_text(PLUG_IN, encoding="utf-8")
    meta = tmp_path / "quiet_plug_in-3.dist-info"
    meta.mkdir()
    (meta / "METADATA").write_text("Metadata-Version: 2.1\nName: quiet-plug-in\nVersion: 3\n", encoding="utf-8")
    (meta / "entry_points.txt").write_text(
        "[qualcode.suggesters]\nquiet = quiet_plug_in:Quiet\nbroken = quiet_plug_in:Missing\n"
        "lexicon = quiet_plug_in:Quiet\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    monkeypatch.delitem(sys.modules, "quiet_plug_in", raising=False)
    return tmp_path


def test_the_lexicon_is_built_in_and_each_load_is_a_new_one() -> None:
    first, second = suggesters.load("lexicon"), suggesters.load("lexicon")
    assert isinstance(first, LexiconSuggester)
    assert first is not second
    assert (first.id, first.version) == ("lexicon", "1")


def test_an_unknown_suggester_is_refused_with_those_there_are() -> None:
    with pytest.raises(NotFound, match=r"no suggester 'lexikon'.*There are: lexicon"):
        suggesters.load("lexikon")


@pytest.mark.usefixtures("plug_in")
def test_an_installed_package_can_bring_a_suggester() -> None:
    assert suggesters.load("quiet").version == "3"
    assert suggesters.ids() == ["lexicon", "broken", "quiet"]


@pytest.mark.usefixtures("plug_in")
def test_no_package_takes_the_place_of_a_built_in_one() -> None:
    assert isinstance(suggesters.load("lexicon"), LexiconSuggester)


@pytest.mark.usefixtures("plug_in")
def test_a_suggester_that_cannot_be_loaded_is_refused_with_its_place() -> None:
    with pytest.raises(BadInput, match=r"'broken' cannot be loaded from quiet_plug_in:Missing"):
        suggesters.load("broken")
