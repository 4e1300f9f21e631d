from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint

import pytest

from qualcode.errors import BadInput
from qualcode.formats import plain_text, registry


def plugged(monkeypatch: pytest.MonkeyPatch, *points: EntryPoint) -> None:
    def found(*, group: str) -> tuple[EntryPoint, ...]:
        assert group == "qualcode.readers"
        return points

    monkeypatch.setattr(registry, "entry_points", found)


def test_the_ending_in_any_case_decides() -> None:
    assert registry.reader_for("a.b/Intervju.TXT") is plain_text.read
    assert registry.reader_for("x.md") is plain_text.read


@pytest.mark.parametrize("name", ["bilde.png", "LESMEG", ".txt/x"])
def test_an_unknown_ending_is_refused_with_the_known_ones(name: str) -> None:
    with pytest.raises(BadInput) as refused:
        registry.reader_for(name)
    assert ".txt, .md, .docx, .vtt, .srt" in str(refused.value)


def test_every_ending_of_our_own_has_a_reader() -> None:
    assert registry.endings()[:5] == (".txt", ".md", ".docx", ".vtt", ".srt")
    for ending in registry.endings():
        assert callable(registry.reader_for(f"a{ending}"))


def test_another_package_can_bring_a_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    plugged(monkeypatch, EntryPoint(".Otr", "qualcode.formats.plain_text:read", registry.GROUP))
    assert registry.reader_for("a.otr") is plain_text.read
    assert ".otr" in registry.endings()


def test_a_plug_in_cannot_take_the_place_of_our_own(monkeypatch: pytest.MonkeyPatch) -> None:
    plugged(monkeypatch, EntryPoint(".txt", "nowhere:read", registry.GROUP))
    assert registry.reader_for("a.txt") is plain_text.read


def test_a_plug_in_that_is_gone_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    plugged(monkeypatch, EntryPoint(".otr", "no_such_package_here:read", registry.GROUP))
    with pytest.raises(BadInput, match="no_such_package_here"):
        registry.reader_for("a.otr")


def test_listing_the_endings_imports_no_reader() -> None:
    program = (
        "import sys; from qualcode.formats.registry import endings; endings();"
        "print([m for m in sys.modules if m.startswith(('qualcode.formats.', 'yaml', 'defusedxml'))])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['qualcode.formats.registry']"
