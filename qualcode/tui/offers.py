"""What the palette offers on a screen: actions, where `g` leads, documents, codes; and doing what was chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qualcode import i18n
from qualcode.i18n import _
from qualcode.services import documents
from qualcode.tui.keymap import goes_from, keys_of, shown, words_of
from qualcode.tui.keys import ACTIONS, TOGETHER
from qualcode.tui.screens.desk import DeskScreen

ACTION, GO, DOCUMENT, CODE = "action", "go", "document", "code"
_NOT_OFFERED = ("palette", "go")


@dataclass(frozen=True, slots=True)
class Offer:
    """`names` in every language, the one on the screen first; `kind` and `value` say what is done, as by `key`."""

    names: tuple[str, ...]
    kind: str
    value: str
    key: str = ""


def offered(screen: DeskScreen) -> list[Offer]:
    """All of it, actions first. Raises StudyUnavailable."""
    return [*_actions(screen), *_goes(screen), *_documents(screen), *_codes(screen)]


async def take(screen: DeskScreen, offer: Offer) -> None:
    """Do what was chosen, as its key would."""
    if offer.kind == ACTION:
        where, call = offer.value.split(" ", 1)
        await screen.desk.run_action(call, default_namespace=screen.owner(where))
    elif offer.kind == GO:
        screen.chosen_go(offer.value, offer.value)
    elif offer.kind == DOCUMENT:
        screen.desk.open_document(offer.value)
    else:
        screen.show_code(offer.value)


def _actions(screen: DeskScreen) -> Iterator[Offer]:
    seen: set[str] = set()
    for where in TOGETHER[screen.context]:
        for action in ACTIONS:
            label = words_of(action, screen.context).label
            if action.where != where or label in seen or action.call in _NOT_OFFERED:
                continue
            seen.add(label)
            names = tuple(i18n.in_every_language(label))
            yield Offer(names, ACTION, f"{where} {action.call}", shown(keys_of(action)[0]))


def _goes(screen: DeskScreen) -> Iterator[Offer]:
    for go in goes_from(screen.CONTEXT):
        yield Offer(tuple(i18n.in_every_language(go.label)), GO, go.key, f"g {go.key}")


def _documents(screen: DeskScreen) -> Iterator[Offer]:
    for document in documents.listing(screen.study):
        names = (document.title, document.id) if document.title else (document.id,)
        yield Offer(names, DOCUMENT, document.id)


def _codes(screen: DeskScreen) -> Iterator[Offer]:
    for code in screen.study.codebook.codes:
        if not code.retired:
            here = code.name(i18n.language())
            yield Offer((here, *(name for name in code.names.values() if name != here), code.id), CODE, code.id)


def kind_in_words(offer: Offer) -> str:
    """What stands beside the name, where no key does."""
    return offer.key or {DOCUMENT: _("document"), CODE: _("code")}.get(offer.kind, "")
