from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.domain.turn_finding import find_turns, look_for_turns, milliseconds, time_alone


def spoken(text: str, known: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    return [(turn.speaker, text[turn.body_start : turn.end]) for turn in find_turns(text, known)]


def test_a_known_label_counts_at_first_sight() -> None:
    assert spoken("Intervjuer: Hvordan gikk det?\n\nInformant: Greit.") == [
        ("Intervjuer", "Hvordan gikk det?"),
        ("Informant", "Greit."),
    ]


def test_an_unknown_label_counts_when_it_stands_twice() -> None:
    text = "Ragnhild: Hei.\n\nOle: Hallo.\n\nRagnhild: Skal vi?\n\nKonklusjon: ferdig."
    assert spoken(text) == [("Ragnhild", "Hei.\n\nOle: Hallo."), ("Ragnhild", "Skal vi?\n\nKonklusjon: ferdig.")]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Kari: Hvordan gikk det?\n\nOla: Bra.", ["Kari", "Ola"]),
        ("# Samtale\n\nKari: Hvordan\ngikk det?\nOla: Bra.", ["Kari", "Ola"]),
        ("I: Hvordan gikk det?\n\nOla: Bra.\n\nVi dro hjem.", ["I", "Ola"]),
        ("Kari: «Gikk det?»\n\nOla: Bra.\n\nKari: Takk.", ["Kari", "Ola", "Kari"]),
    ],
)
def test_one_question_and_its_answer_have_their_speakers(text: str, speakers: list[str]) -> None:
    assert [turn.speaker for turn in find_turns(text)] == speakers


@pytest.mark.parametrize(
    "text",
    [
        "Sted: kontoret\n\nMerk: det regnet.",
        "Sak: Hvem gjør hva?\n\nMøtet tok opp saken.\n\nMerk: det regnet.",
        "Sak: Hvem gjør hva?\n\nBakgrunn: det regnet.\n\nEn.\n\nTo.\n\nTre.",
        "Vi møttes.\n\nSak: Hvem gjør hva?\n\nMerk: det regnet.",
        "Sak: Hvem?\n\nSted: kontoret\n\nMerk: det regnet.",
        "Kari: Hva nå?",
    ],
)
def test_headwords_of_a_note_are_no_speakers(text: str) -> None:
    assert find_turns(text) == ()


def test_labels_of_the_front_matter_count_at_first_sight_in_any_case() -> None:
    assert spoken("Ragnhild: Hei.\n\nOLE: Hallo.", ("ragnhild", "Ole")) == [("Ragnhild", "Hei."), ("OLE", "Hallo.")]


def test_a_name_seen_once_below_a_speaker_is_reported_as_doubtful() -> None:
    assert look_for_turns("I: Hei.\n\nOle: Hallo.\n\nog da sa jeg: nei").doubtful == ("Ole",)


def test_clock_times_addresses_and_paths_are_no_labels() -> None:
    text = "I: Når?\n\nKlokka 10:30: ja.\n\nhttp://eksempel.no\n\nKlokka 10:30: nei.\n\nhttp://eksempel.no\n\nC:\\a\n\nC:\\b"
    assert [turn.speaker for turn in find_turns(text)] == ["I"]


def test_a_label_has_at_most_forty_characters() -> None:
    fits, too_long = "K" * 40, "L" * 41
    text = f"{fits}: a\n\n{fits}: b\n\n{too_long}: c\n\n{too_long}: d"
    assert [turn.speaker for turn in find_turns(text)] == [fits, fits]


def test_a_sentence_before_a_colon_is_no_label() -> None:
    assert find_turns("Ja. Og poenget er: en\n\nJa. Og poenget er: to") == ()


def test_lower_case_labels_of_one_word_count() -> None:
    assert [turn.speaker for turn in find_turns("klient: ja\n\nterapeut: hm\n\nklient: nei\n\nterapeut: ok")] == [
        "klient",
        "terapeut",
        "klient",
        "terapeut",
    ]


@pytest.mark.parametrize(
    ("line", "speaker", "start_ms", "words"),
    [
        ("I [00:12:31]: Hei", "I", 751_000, "Hei"),
        ("[00:12:31] I: Hei", "I", 751_000, "Hei"),
        ("I (12:31): Hei", "I", 751_000, "Hei"),
        ("00:03:40.5Hanne: Hei", "Hanne", 220_500, "Hei"),
        ("00:21:14\tOle Vik:\tHei", "Ole Vik", 1_274_000, "Hei"),
        ("Kari Nes  1:02:05  \nHei", "Kari Nes", 3_725_000, "Hei"),
        ("0:00:07.0\nI: Hei", "I", 7_000, "Hei"),
        ("**I:** Hei", "I", None, "Hei"),
        ("**I**: Hei", "I", None, "Hei"),
        ("**I [00:01]:** Hei", "I", 1_000, "Hei"),
        ("[SPEAKER_00]: Hei", "SPEAKER_00", None, "Hei"),
        ("[SPEAKER_00] Hei", "SPEAKER_00", None, "Hei"),
        ("I:\tHei", "I", None, "Hei"),
        ("I:Hei", "I", None, "Hei"),
        ("I:\nHei", "I", None, "Hei"),
        ("  P1:  Hei", "P1", None, "Hei"),
    ],
)
def test_labels_are_read_with_their_times_and_marks(
    line: str, speaker: str, start_ms: int | None, words: str
) -> None:
    (turn,) = find_turns(line)
    assert (turn.speaker, turn.start_ms, line[turn.body_start : turn.end]) == (speaker, start_ms, words)


def test_one_turn_per_line_needs_no_blank_lines() -> None:
    assert spoken("I: En?\nP1: Ja.\nI: To?\nP1: Nei,\nikke det.") == [
        ("I", "En?"),
        ("P1", "Ja."),
        ("I", "To?"),
        ("P1", "Nei,\nikke det."),
    ]


def test_a_label_inside_hard_wrapped_paragraphs_is_part_of_the_words() -> None:
    wrapped = "\n".join(["ord og mange flere ord på linja"] * 10)
    paragraphs = [f"{label}: {wrapped}" for label in ("Kari", "Ole") * 12]
    paragraphs[3] += "\nKari: sa hun visst en gang"
    turns = find_turns("\n\n".join(paragraphs))
    assert len(turns) == 24


def test_a_forgotten_blank_line_still_parts_two_speakers() -> None:
    text = "I: En?\nB1: Ja.\n\nI: To?"
    assert [turn.speaker for turn in find_turns(text)] == ["I", "B1", "I"]


def test_a_paragraph_without_a_label_goes_on_with_the_speaker_above() -> None:
    assert spoken("Sted: kontoret\n\nI: Hei.\n\nOg så videre.\n\nP: Ja.") == [
        ("I", "Hei.\n\nOg så videre."),
        ("P", "Ja."),
    ]


def test_headings_rules_and_times_between_turns_are_nobodys_words() -> None:
    assert spoken("I: Hei.\n\n## Del to\n\n---\n\n00:10:00\n\nP: Ja.") == [("I", "Hei."), ("P", "Ja.")]


def test_a_label_without_words_is_a_turn_without_a_body() -> None:
    turns = find_turns("I:\n\nP: Ja.")
    assert next((turn.speaker, turn.body) for turn in turns) == ("I", None)


@pytest.mark.parametrize(
    ("time_text", "ms"), [("0:03", 3_000), ("1:02:05", 3_725_000), ("00:00.5", 500), ("00:00:01,25", 1_250)]
)
def test_times_are_read_to_the_millisecond(time_text: str, ms: int) -> None:
    assert milliseconds(time_text) == ms
    assert time_alone(f"[{time_text}]") == ms


def test_words_are_no_time() -> None:
    assert time_alone("kl. 10:30") is None


LABELS = st.sampled_from(["I", "P1", "Kari Nes", "Ordfører (Vik)", "SPEAKER_01", "Hege-Anita"])
WORDS = st.text(alphabet="abcæøå .,!?…«»–😀\u00a0\u0301", min_size=1, max_size=40).filter(
    lambda words: words.strip()
)


@given(st.lists(st.tuples(LABELS, WORDS), min_size=1, max_size=12), st.sampled_from(["\n", "\n\n"]))
def test_what_is_written_as_turns_is_found_as_turns(said: list[tuple[str, str]], between: str) -> None:
    said = [*said, *((label, "ja") for label, _ in said)]
    text = between.join(f"{label}: {words}" for label, words in said)
    assert spoken(text) == [(label, words.strip()) for label, words in said]


@given(st.text(alphabet="IPa1:[]()*\n\t .#-0:9ÅK\u00a0", max_size=200))
def test_turns_of_any_text_are_in_order_and_apart(text: str) -> None:
    turns = find_turns(text)
    assert [turn.number for turn in turns] == list(range(1, len(turns) + 1))
    low = 0
    for turn in turns:
        assert low <= turn.start < turn.body_start <= turn.end <= len(text)
        assert turn.speaker in text[turn.start : turn.body_start]
        body = text[turn.body_start : turn.end]
        assert body == body.strip()
        low = turn.end
