"""What is wrong with a query, and what was probably meant: the reasons that `query_reading` gives with a place."""

from __future__ import annotations

from collections.abc import Iterable

from qualcode.domain.facts import Facts
from qualcode.domain.near import nearest
from qualcode.domain.query import NAMED
from qualcode.domain.query_values import JOINING
from qualcode.errors import N_, BadInput, NotFound, QualcodeError

UNCLOSED_PARENTHESIS = BadInput(N_("This parenthesis is not closed."), hint=N_("Write the `)`."))
UNCLOSED_QUOTATION = BadInput(N_("This quotation mark is not closed."), hint=N_('Write the second `"`.'))
NO_TURNS = BadInput(N_("Here `within` is not all."), hint=N_("Write `within 2 turns of`, `after` or `before`."))
NO_WORDS = BadInput(N_("It is not said which words to look for."), hint=N_("Write them after the sign."))
TOO_DEEP = BadInput(
    N_("The query is too deep from here on."), hint=N_("Save a part of it, and ask for it by @NAME.")
)
_EMPTY = BadInput(N_("The query is empty."), hint=N_("Write FIELD=VALUE, for example `case=A`."))
_ENDS_EARLY = BadInput(N_("The query ends where a condition must follow."), hint=N_("Write FIELD=VALUE."))
_UNOPENED = BadInput(N_("This parenthesis was never opened."), hint=N_("Leave it out."))


def no_condition(facts: Facts, saved: Iterable[str], text: str, word: str) -> QualcodeError:
    """Where a condition must begin, `word` stands instead, or nothing."""
    if not word:
        return _ENDS_EARLY if text.strip() else _EMPTY
    meant = {field.id: f"{field.id}=VALUE" for field in facts.fields}
    meant |= {code.id: f"code={code.id}" for code in facts.codebook.codes}
    meant |= {name: NAMED + name for name in saved}
    near = [meant[found] for found in nearest(word, meant, at_most=3)]
    return BadInput(
        N_("{word!r} is no condition."),
        hint=N_("Did you mean {near}?") if near else N_("Write FIELD=VALUE; the fields are {known}."),
        word=word,
        near=", ".join(near),
        known=", ".join(field.id for field in facts.fields),
    )


def joining_meant(word: str) -> list[str]:
    """The joining word that `word` is a slip for, if it is one: near to it, or its letters in another order."""
    return nearest(word, JOINING) or [known for known in JOINING if sorted(known) == sorted(word.lower())]


def unexpected(word: str) -> QualcodeError:
    """`word` stands where only a joining word may."""
    if word == ")":
        return _UNOPENED
    near = joining_meant(word)
    joins = N_("Between conditions stand {known}. Put a value of several words between quotation marks.")
    return BadInput(
        N_("{word!r} cannot stand here."),
        hint=N_("Did you mean {near}?") if near else joins,
        word=word,
        near=", ".join(near),
        known=", ".join(JOINING),
    )


def no_query(name: str, saved: Iterable[str]) -> QualcodeError:
    """No saved query is called so."""
    near = nearest(name, saved)
    return NotFound(
        N_("There is no saved query {name!r}."),
        hint=N_("Did you mean {near}?") if near else N_("`qualcode query list` lists them."),
        name=name,
        near=", ".join(near),
    )


def asks_for_itself(name: str) -> QualcodeError:
    """The saved query is reached again from within itself."""
    return BadInput(
        N_("The saved query {name!r} asks for itself."), hint=N_("Write out what it is to find."), name=name
    )
