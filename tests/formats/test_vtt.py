from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.reading import Imported
from qualcode.errors import BadInput
from qualcode.formats.vtt import read


def imported(text: str) -> Imported:
    return read(text.encode(), name="a.vtt")


def turns(found: Imported) -> list[tuple[str, int | None, int | None, str]]:
    return [(t.speaker, t.start_ms, t.end_ms, found.text[t.body_start : t.end]) for t in found.turns]


def warned(found: Imported) -> str:
    return " ".join(str(warning) for warning in found.warnings)


TEAMS = """WEBVTT\r
\r
0b7d-41/12-0\r
00:00:03.300 --> 00:00:06.870\r
<v Åse Vik>Er du klar?</v>\r
\r
0b7d-41/12-1\r
00:00:06.870 --> 00:00:09.100\r
<v Åse Vik>Da går\r
opptaket.</v>\r
\r
0b7d-41/15-0\r
00:00:09.100 --> 01:00:11.000\r
<v Per &amp; Pål (gjest)>Ja &lt;nå&gt;.</v>\r
"""


def test_voices_of_teams_become_turns_with_first_and_last_time() -> None:
    found = imported(TEAMS)
    assert found.text == "Åse Vik: Er du klar? Da går opptaket.\n\nPer & Pål (gjest): Ja <nå>.\n"
    assert turns(found) == [
        ("Åse Vik", 3_300, 9_100, "Er du klar? Da går opptaket."),
        ("Per & Pål (gjest)", 9_100, 3_611_000, "Ja <nå>."),
    ]
    assert (found.newline, found.warnings) == ("crlf", ())


def test_names_of_zoom_stand_before_a_colon_and_go_on_until_the_next() -> None:
    found = imported(
        "WEBVTT\n\n1\n00:00:04.859 --> 00:00:07.410\nÅse Vik: Da tar vi opp\n\n"
        "2\n00:00:09.540 --> 00:00:12.990\nKlokka 10:30: ja\n"
    )
    assert turns(found) == [("Åse Vik", 4_859, 12_990, "Da tar vi opp Klokka 10:30: ja")]


@pytest.mark.parametrize("label", ["[SPEAKER_00]:", "SPEAKER_00:", "[SPEAKER_00]", "<v SPEAKER_00>"])
def test_labels_of_speech_recognisers_are_read_in_every_shape(label: str) -> None:
    found = imported(f"WEBVTT\n\n00:00.000 --> 00:04.480\n{label} Hei du.\n\n01:00:06.000 --> 01:00:07.000\nJa.\n")
    assert turns(found) == [("SPEAKER_00", 0, 3_607_000, "Hei du. Ja.")]


def test_several_voices_in_one_cue_are_several_turns() -> None:
    found = imported("WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud Åse>Ja? <v Per><i>Nei</i>.\n")
    assert [(speaker, words) for speaker, _, _, words in turns(found)] == [("Åse", "Ja?"), ("Per", "Nei.")]


def test_cues_without_any_speaker_are_paragraphs_and_said_so() -> None:
    found = imported("WEBVTT\n\n00:00.000 --> 00:04.480\nDa er vi\ni gang.\n\n00:04.480 --> 00:06.120\nGreit.\n")
    assert (found.text, found.turns) == ("Da er vi i gang.\n\nGreit.\n", ())
    assert "No speakers" in warned(found)


def test_notes_styles_regions_and_tags_are_no_words() -> None:
    found = imported(
        "WEBVTT - en fil\nKind: captions\n\nSTYLE\n::cue { color: red }\n\nREGION\nid:r\n\nNOTE Confidence: 0.9\n\n"
        "00:00.000 --> 00:01.000 align:start\n<c.gul>Gul</c> <00:00.500>og <b>grønn</b>\n\nNOTE\nto linjer\n\n"
        "00:01.000 --> 00:02.000\n- Ja.\n- Nei.\n\nNOTE slutt\n"
    )
    assert found.text == "Gul og grønn\n\n- Ja.\n- Nei.\n"


def test_arrows_and_less_than_signs_among_the_words_are_kept() -> None:
    found = imported("WEBVTT\n\n00:00.000 --> 00:01.000\nfra A --> B der a < b &amp; c\n")
    assert found.text == "fra A --> B der a < b & c\n"


def test_a_broken_time_costs_no_words_and_is_named() -> None:
    found = imported(
        "WEBVTT\n\n00:00.000 --> 00:01.000\n<v A>en\n\n00:01.000 --> 00:1x.000\n<v B>to\n\n"
        "00:02.000 --> 00:03.000\n<v A>tre\n"
    )
    assert turns(found) == [("A", 0, 1_000, "en"), ("B", None, None, "to"), ("A", 2_000, 3_000, "tre")]
    assert "without readable times: 1, the first is cue 2 on line 6" in warned(found)


def test_words_after_a_blank_line_stay_with_their_cue() -> None:
    assert imported("WEBVTT\n\n00:00.000 --> 00:01.000\nen\n\nto\n\n00:02.000 --> 00:03.000\ntre\n").text == (
        "en to\n\ntre\n"
    )


def test_times_that_run_backwards_are_named() -> None:
    found = imported(
        "WEBVTT\n\n00:05.000 --> 00:06.000\na\n\n00:02.000 --> 00:03.000\nb\n\n00:09.000 --> 00:08.000\nc\n"
    )
    assert "before the one above: 1, the first is cue 2 on line 6" in warned(found)
    assert "end before they start: 1, the first is cue 3 on line 9" in warned(found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("00:00.000 --> 00:01.000\nhei\n", "not WEBVTT"),
        ("WEBVTT\n", "no cues"),
        ("WEBVTT\n\nhei\n", "no cues"),
        ("WEBVTT\n\n00:00.000 --> 00:01.000\n\n", "no cues"),
    ],
)
def test_files_without_cues_are_refused(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        imported(text)


@pytest.mark.parametrize("reference", ["&#13;", "&#10;", "&#0;", "&#xD800;", "&#27;"])
def test_character_references_smuggle_in_nothing_that_cannot_be_stored(reference: str) -> None:
    text = imported(f"WEBVTT\n\n00:00.000 --> 00:01.000\na{reference}b\n").text
    assert not set(text) & {"\r", "\0", "\x1b"}
    text.encode()


SAID = st.lists(
    st.tuples(
        st.sampled_from(["Åse", "Per & Pål", "B1"]), st.text(alphabet="aåb .,!<&😀", min_size=1, max_size=20)
    ),
    min_size=1,
    max_size=8,
).filter(lambda said: all(words.strip() for _, words in said))


@given(SAID)
def test_voices_and_words_come_back_joined_by_speaker(said: list[tuple[str, str]]) -> None:
    def written(words: str) -> str:
        return words.replace("&", "&amp;").replace("<", "&lt;")

    cues = [
        f"00:00:{index:02}.000 --> 00:00:{index + 1:02}.000\n<v {written(label)}>{written(words)}</v>"
        for index, (label, words) in enumerate(said)
    ]
    found = imported("WEBVTT\n\n" + "\n\n".join(cues) + "\n")
    expected: list[tuple[str, str]] = []
    for label, words in said:
        if expected and expected[-1][0] == label:
            expected[-1] = (label, f"{expected[-1][1]} {words.strip()}")
        else:
            expected.append((label, words.strip()))
    assert [(speaker, words) for speaker, _, _, words in turns(found)] == expected
    assert found.text == "".join(f"{label}: {words}\n\n" for label, words in expected)[:-1]
