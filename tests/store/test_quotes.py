"""Renderings of quotes on both databases."""

from __future__ import annotations

from qualcode.domain.rendering import RenderingKind
from qualcode.services import history, quotes
from qualcode.services.study import Study
from tests.store.samples import FEAR, add_document, content, put


def test_a_rendering_is_added_changed_and_removed_and_undo_goes_back_through_all(study: Study) -> None:
    add_document(study, "one")
    uid = put(study, "one", FEAR, "fear")
    states = [content(study)]
    made = quotes.add(study, uid, RenderingKind.TRANSLATION, "en", "Afraid")
    states.append(content(study))
    changed = quotes.edit(study, made.uid, "We were afraid")
    assert quotes.listing(study, "one") == quotes.of_coding(study, uid) == [changed]
    assert (changed.text, changed.created_at < changed.updated_at) == ("We were afraid", True)
    states.append(content(study))
    quotes.remove(study, made.uid)
    assert content(study)["quote_rendering"] == []
    for state in reversed(states):
        history.undo(study)
        assert content(study) == state
