from __future__ import annotations

import pytest

from qualcode.errors import BadInput
from qualcode.formats.front_matter import cut, iso_date

FULL = """---
id: 007
title: "Intervju: første"
date: 1.3.2024
language: nb
cases: [no, sykehjem]
speakers:
  I: interviewer
  Åse Vik: informant-1
informant: yes
attributes:
  role: leder
  years: 12
  fields: [bygg, drift]
---

I: Hei.
"""


def refused(block: str) -> str:
    with pytest.raises(BadInput) as error:
        cut(f"---\n{block}\n---\ntekst", name="a.md")
    line = str(error.value)
    assert line.startswith("a.md")
    assert "\n" not in line
    return line


def test_every_key_is_read_and_ids_stay_text() -> None:
    front = cut(FULL, name="a.md")
    assert front.metadata == {
        "id": "007",
        "title": "Intervju: første",
        "date": "2024-03-01",
        "language": "nb",
        "cases": ("no", "sykehjem"),
        "speakers": {"I": "interviewer", "Åse Vik": "informant-1"},
        "informant": "yes",
        "attributes": {"role": ("leder",), "years": ("12",), "fields": ("bygg", "drift")},
    }
    assert front.warnings == ()


def test_offset_0_is_the_first_word_after_the_block() -> None:
    assert cut(FULL, name="a.md").text == "I: Hei.\n"


@pytest.mark.parametrize(
    "text", ["I: Hei.\n", "--- ikke\nid: a\n---\nx", "---\nid: a\nuten slutt", " ---\nid: a\n---\n"]
)
def test_text_without_a_block_is_left_as_it_is(text: str) -> None:
    assert cut(text, name="a.md").text == text


@pytest.mark.parametrize("block", ["Bare en tekst", "I: Hei\nP: Hallo", "- a\n- b"])
def test_a_text_between_rules_stays_text_with_a_warning(block: str) -> None:
    text = f"---\n{block}\n---\nmer"
    front = cut(text, name="a.md")
    assert (front.text, front.metadata) == (text, {})
    assert "no front matter" in str(front.warnings[0])


@pytest.mark.parametrize("block", ["", "\n", "# bare en merknad\n"])
def test_an_empty_block_is_cut(block: str) -> None:
    assert cut(f"---\n{block}---\ntekst", name="a.md").text == "tekst"


def test_empty_values_count_as_missing() -> None:
    assert cut("---\nid:\ntitle: ~\ncases:\nlanguage: nb\n...\nx", name="a.md").metadata == {"language": "nb"}


def test_one_case_needs_no_list() -> None:
    assert cut("---\ncases: skole\n---\nx", name="a.md").metadata == {"cases": ("skole",)}


def test_unknown_keys_are_warned_of_with_their_line() -> None:
    front = cut("---\nid: a\nforfatter: x\n---\nx", name="a.md")
    assert front.metadata == {"id": "a"}
    assert [str(warning) for warning in front.warnings] == ["Line 3: unknown front matter 'forfatter'."]


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("id: a\ncases: {a: b}", "line 3: 'cases' must be one value"),
        ("id: [a]", "line 2: 'id' must be one value"),
        ("id: a\nspeakers: [I]", "line 3: 'speakers' must hold lines"),
        ("id: a\nspeakers: {I: [x]}", "line 3: 'I' must be one value"),
        ("id: a\nattributes: x", "line 3: 'attributes' must hold lines"),
        ("id: a\ndate: i fjor", "line 3: 'i fjor' is no date"),
        ("id: a\ndate: 31.2.2024", "line 3: '31.2.2024' is no date"),
        ("id: a\nlanguage: norsk bokmål", "line 3: 'norsk bokmål' is no language tag"),
        ("id: a\nid: b", "line 3"),
        ("id: a\ntitle: Del 1: start", "line 3"),
        ("id: &x a\ntitle: *x", "line 2"),
        ("id: !!python/object:os.system a", "line 2"),
        ("id: " + "[" * 200, "nested"),
        ('id: "a\x01"', "line 2"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_line(block: str, said: str) -> None:
    assert said in refused(block)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2024", "2024"),
        ("2024-03", "2024-03"),
        ("2024-03-01", "2024-03-01"),
        ("2024-03-01 10:30", "2024-03-01"),
        ("2024-03-01T10:30:00Z", "2024-03-01"),
        ("1.3.2024", "2024-03-01"),
        ("01. 03. 2024", "2024-03-01"),
        ("2024-13-01", None),
        ("3/1/2024", None),
        ("", None),
    ],
)
def test_dates_become_iso_or_nothing(written: str, iso: str | None) -> None:
    assert iso_date(written) == iso
