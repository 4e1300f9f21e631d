"""Memos as they are shown: what each is on, in words, and where in a text that stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.domain.codebook import in_language
from qualcode.domain.coding import CodedSegment
from qualcode.domain.relation import PlacedRelation
from qualcode.i18n import _
from qualcode.services import blinding, coding, documents, memos, people, relations
from qualcode.services.memos import Memo
from qualcode.services.study import Study
from qualcode.tui.relation_words import in_a_line
from qualcode.tui.wording import Wording

DIARY = "study"
"""The target of a memo on the study itself."""
_CODING, _RELATION = "coding", "relation"


@dataclass(frozen=True, slots=True)
class Target:
    """What a memo is on; `document` is empty where no text can be opened for it."""

    words: str
    document: str = ""
    offset: int | None = None
    coding: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    memo: Memo
    target: Target


def kind_words(kind: str) -> str:
    """What a kind of target is called."""
    return {
        "document": _("Document"),
        "case": _("Case"),
        "code": _("Code"),
        "informant": _("Informant"),
        "organisation": _("Organisation"),
        "theme": _("Theme"),
        _RELATION: _("Relation"),
        DIARY: _("Research diary"),
    }.get(kind, _("Coding"))


def newest_first(study: Study, wording: Wording) -> list[Listed]:
    """All memos but those on another's coding in a turn that this coder has still to read blind."""
    hidden = {item.coding.uid for item in blinding.hidden_codings(study)}
    found = [memo for memo in memos.everything(study) if memo.target_uid not in hidden]
    targets = _Targets(study, wording, found)
    pairs = zip(found, memos.targets(study, found), strict=True)
    return [Listed(memo, targets.of(memo, written)) for memo, written in pairs][::-1]


def own_latest(study: Study, target: str) -> Memo | None:
    """The memo on `target` that this coder goes on with. Raises NotFound."""
    own = [memo for memo in memos.of_target(study, target) if memo.coder == study.coder]
    return own[-1] if own else None


def keep(study: Study, target: str, known: Memo | None, text: str) -> bool:
    """Store what was written on `target`, going on from `known`; False where nothing has changed."""
    if text == (known.text.strip() if known else ""):
        return False
    if known is None:
        memos.add(study, target, text)
    else:
        memos.edit(study, known.uid, text)
    return True


class _Targets:
    """Names are read once for each kind that has memos, not once for each memo."""

    def __init__(self, study: Study, wording: Wording, found: Sequence[Memo]) -> None:
        self._study, self._wording = study, wording
        self._kinds = {memo.target_table for memo in found}
        self._codings: Mapping[str, CodedSegment] = {}
        self._relations: Mapping[str, PlacedRelation] = {}
        if self._kinds & {_CODING, _RELATION}:
            placed = coding.everything(study)
            lost = coding.everything(study, placed=False) if _CODING in self._kinds else []
            self._codings = {item.coding.uid: item for item in (*placed, *lost)}
            if _RELATION in self._kinds:
                self._relations = {item.relation.uid: item for item in relations.listing(study, segments=placed)}
        self._titles = self._read_titles()

    def of(self, memo: Memo, written: str) -> Target:
        kind, _colon, key = written.partition(":")
        if memo.target_table == _CODING:
            return self._of_coding(memo.target_uid)
        if kind == _RELATION:
            return self._of_relation(memo.target_uid)
        if kind == DIARY:
            return Target(kind_words(DIARY))
        titles = self._titles.get(kind, {})
        words = f"{kind_words(kind)}: {titles.get(key, key)}"
        return Target(words, key) if kind == "document" and key in titles else Target(words)

    def _of_coding(self, uid: str) -> Target:
        item = self._codings.get(uid)
        if item is None:
            return Target(_("a coding out of sight"))
        made = item.coding
        words = f"{self._wording.name(made.code)} · {made.document}"
        return Target(words, made.document, made.span.start, uid) if made.placed else Target(words)

    def _of_relation(self, uid: str) -> Target:
        item = self._relations.get(uid)
        if item is None:
            return Target(_("a relation out of sight"))
        made = item.relation
        return Target(in_a_line(self._wording, item), made.document, made.span.start, made.source)

    def _read_titles(self) -> dict[str, dict[str, str]]:
        study, language, themes = self._study, self._wording.language, self._wording.codebook.themes
        readers: dict[str, Callable[[], dict[str, str]]] = {
            "document": lambda: {item.id: item.title or item.id for item in documents.listing(study)},
            "case": lambda: {item.id: item.title or item.id for item in people.cases(study)},
            "informant": lambda: {item.id: item.title or item.id for item in people.informants(study)},
            "organisation": lambda: {item.id: item.title or item.id for item in people.organisations(study)},
            "code": lambda: {code.id: code.name for code in self._wording.codes.values()},
            "theme": lambda: {theme.id: in_language(theme.names, language, theme.id) for theme in themes},
        }
        return {kind: read() for kind, read in readers.items() if kind in self._kinds}
