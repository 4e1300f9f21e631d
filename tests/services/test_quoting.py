"""What a list of quotes shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualcode.domain.rendering import RenderingKind
from qualcode.errors import NotFound
from qualcode.services import blinding, coding, memos, quotes, quoting
from qualcode.services.study import Study
from tests.tui.studies import AVERSION, DOCUMENT, FEAR, TEMPLATE, TRUST, TRUSTED, span_of, study_in


def put(study: Study, words: str, code: str) -> str:
    return coding.add(study, DOCUMENT, span_of(study, words), code).segment.coding.uid


def test_quotes_come_in_the_order_asked_for_with_what_is_written_on_them(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        first, second = put(study, FEAR, AVERSION), put(study, TRUSTED, TRUST)
        memos.add(study, first, "Ser igjen i tunnelen.")
        quotes.add(study, second, RenderingKind.TRANSLATION, "en", "After the workshop we trusted each other.")
        found = quoting.quoted(study, [second, first, second, "gone"])
        assert [item.segment.coding.anchor.exact for item in found] == [TRUSTED, FEAR]
        assert [[memo.text for memo in item.memos] for item in found] == [[], ["Ser igjen i tunnelen."]]
        assert [[one.language for one in item.renderings] for item in found] == [["en"], []]
        coding.remove(study, [second])
        assert [item.segment.coding.uid for item in quoting.quoted(study, [second, first])] == [first]


def test_what_must_stay_hidden_is_not_quoted(tmp_path: Path) -> None:
    with study_in(tmp_path, others=("ola",)) as study:
        theirs = put(study, FEAR, AVERSION)
        study.act_as("ola")
        assert [item.segment.coding.uid for item in quoting.quoted(study, [theirs])] == [theirs]
        blinding.set_blind(study, DOCUMENT, True)
        assert quoting.quoted(study, [theirs]) == []
        blinding.reveal(study, DOCUMENT, 2)
        assert [item.segment.coding.uid for item in quoting.quoted(study, [theirs])] == [theirs]


def test_the_quotes_of_a_code_are_those_of_all_below_it_in_text_order(tmp_path: Path) -> None:
    with study_in(tmp_path) as study:
        trust = put(study, TRUSTED, TRUST)
        aversion = put(study, TEMPLATE, AVERSION)
        fear = put(study, FEAR, AVERSION)
        assert quoting.uids_with(study, AVERSION) == [fear, aversion]
        assert quoting.uids_with(study, study.codebook.family(AVERSION)) == [fear, aversion]
        assert quoting.uids_with(study, TRUST) == [trust]
        with pytest.raises(NotFound, match="brrier"):
            quoting.uids_with(study, "brrier")
