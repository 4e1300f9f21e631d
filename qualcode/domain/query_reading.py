"""From the text of a query to the query, by recursive descent. Errors say at which character, and what is near.

query      = every { "or" every }
every      = part { ("and" | "&") part }
part       = "not" part | positioned
positioned = one { position one }
position   = ["not"] ( "with" | "without" | "overlaps" | "encloses" | "inside" | "after" | "before"
                     | "within" NUMBER ("turn" | "turns") ("of" | "after" | "before") )
one        = "(" query ")" | "@" NAME | condition
condition  = FIELD ( "=" | "!=" | "==" | "~" | "!~" ) value { "|" value }
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from qualcode.domain import query_slips as slips
from qualcode.domain import query_values as values
from qualcode.domain.conditions import OR, Condition, Sign, check_value, condition_on
from qualcode.domain.facts import Facts, Field
from qualcode.domain.query import (
    NAMED,
    Either,
    Named,
    Not,
    Position,
    Positioned,
    PositionKind,
    Query,
    Together,
)
from qualcode.errors import BadInput, BadQuery, QualcodeError

T = TypeVar("T")

_DEEPEST = 40
"""Parentheses, `not`, positions and saved queries within each other: Python's stack ends too."""
_POSITION = re.compile(
    r"(?P<not>not\s+)?(?:(?P<word>with|without|after|before|overlaps|encloses|inside)"
    r"|within\s+(?P<turns>[0-9]{1,6})\s+turns?\s+(?P<where>of|after|before))(?=[\s(@]|$)",
    re.IGNORECASE,
)
_WITHIN = re.compile(r"(?:not\s+)?within(?=\s|$)", re.IGNORECASE)
_NAME = re.compile(r"[\w.-]*")
_WORD = re.compile(r"[^\s()]+|[()]")
_SPACES = re.compile(r"\s*")
_WORDS = (Sign.HAS, Sign.HAS_NOT)


def query_of(
    facts: Facts, text: str, saved: Mapping[str, str], *, exact: bool = False, asking: tuple[str, ...] = ()
) -> Query:
    """The query written as `text`; `exact` takes codes without their subtrees, `saved` are the queries by name.

    `asking`: the saved queries that the text is part of, which it must not ask for.

    Raises BadQuery.
    """
    return _Reading(facts, text, saved, exact=exact, asking=asking).whole()


def named_or_read(facts: Facts, text: str, saved: Mapping[str, str], *, exact: bool = False) -> Query:
    """The saved query called `text`, else the query written so. Raises BadQuery."""
    return query_of(facts, NAMED + text if text in saved else text, saved, exact=exact)


class _Reading:
    """One text being read: `at` is the place reached, `depth` how deep that is, `asking` the queries around."""

    def __init__(
        self, facts: Facts, text: str, saved: Mapping[str, str], *, exact: bool, asking: tuple[str, ...]
    ) -> None:
        self.facts = facts
        self.text = text
        self.saved = saved
        self.exact = exact
        self.asking = asking
        self.at = 0
        self.depth = len(asking)
        self.parentheses = 0

    def whole(self) -> Query:
        query = self._either()
        if self.at < len(self.text):
            raise self._unexpected()
        return query

    # From what binds least to what binds most

    def _either(self) -> Query:
        parts = [self._together()]
        while self._took("or"):
            parts.append(self._together())
        return Either(tuple(parts)) if len(parts) > 1 else parts[0]

    def _together(self) -> Query:
        parts = [self._part()]
        while self._took("and") or self._took_mark("&"):
            parts.append(self._part())
        return Together(tuple(parts)) if len(parts) > 1 else parts[0]

    def _part(self) -> Query:
        return self._deeper(lambda: Not(self._part())) if self._took("not") else self._positioned()

    def _positioned(self) -> Query:
        chosen = self._one()
        chained = 0
        while (found := self._position()) is not None:
            position, negated = found
            chained += 1
            if self.depth + chained > _DEEPEST:
                raise self._wrong(self.at, slips.TOO_DEEP)
            chosen = Positioned(chosen, position, self._one(), negated)
        return chosen

    def _position(self) -> tuple[Position, bool] | None:
        self._skip()
        match = _POSITION.match(self.text, self.at)
        if match is not None:
            self.at = match.end()
            return _as_position(match)
        if _WITHIN.match(self.text, self.at):
            raise self._wrong(self.at, slips.NO_TURNS)
        return None

    def _one(self) -> Query:
        self._skip()
        begun = self.at
        if self._took_mark("("):
            return self._deeper(lambda: self._in_parentheses(begun))
        return self._named(begun) if self._took_mark(NAMED) else self._condition()

    def _in_parentheses(self, begun: int) -> Query:
        self.parentheses += 1
        query = self._either()
        self.parentheses -= 1
        if not self._took_mark(")"):
            raise self._unexpected() if self.at < len(self.text) else self._wrong(begun, slips.UNCLOSED_PARENTHESIS)
        return query

    def _named(self, begun: int) -> Query:
        name = self._match(_NAME)
        if name not in self.saved:
            raise self._wrong(begun, slips.no_query(name, self.saved))
        if name in self.asking:
            raise self._wrong(begun, slips.asks_for_itself(name))
        if self.depth > _DEEPEST:
            raise self._wrong(begun, slips.TOO_DEEP)
        asking = (*self.asking, name)
        try:
            inner = query_of(self.facts, self.saved[name], self.saved, exact=self.exact, asking=asking)
            return Named(name, inner)
        except BadQuery as error:
            raise self._wrong(begun, error) from None

    # Conditions

    def _condition(self) -> Condition:
        begun = self.at
        name = self._match(values.FIELD)
        self._skip()
        signed = self.at
        sign = self._match(values.SIGN)
        if not name or not sign:
            self.at = begun
            word = self._match(_WORD)
            raise self._wrong(begun, slips.no_condition(self.facts, self.saved, self.text, word))
        field = self._checked(begun, lambda: self.facts.queried(name))
        said = [self._value(field, Sign(sign))]
        while self._took_mark(OR):
            said.append(self._value(field, Sign(sign)))
        if sign in _WORDS and "" in said:
            raise self._wrong(signed, slips.NO_WORDS)
        return condition_on(self.facts, field, tuple(said), Sign(sign), exact=self.exact)

    def _value(self, field: Field, sign: Sign) -> str:
        self._skip()
        begun = self.at
        found = self._found(field, sign, begun)
        if sign not in _WORDS:
            self._checked(begun, lambda: check_value(field, found.value))
        self.at = found.end
        return found.value

    def _found(self, field: Field, sign: Sign, begun: int) -> values.Found:
        is_inside = self.parentheses > 0
        if self.text.startswith('"', begun):
            quoted = values.quoted_value(self.text, begun)
            if quoted is None:
                raise self._wrong(begun, slips.UNCLOSED_QUOTATION)
            return quoted
        if sign not in _WORDS and field.choices is not None:
            own = values.own_value(field, self.text, begun)
            return own or values.bare_value(self.text, begun, in_parentheses=is_inside)
        bare = values.bare_words if sign in _WORDS else values.bare_text
        found = bare(self.text, begun, in_parentheses=is_inside)
        self._refuse_swallowed(found, begun)
        return found

    def _refuse_swallowed(self, found: values.Found, begun: int) -> None:
        """A slip in a joining word would make all that follows part of a value that nothing has."""
        for name, place in values.inner_fields(self.text, found, begun):
            try:
                self.facts.queried(name)
            except BadInput:
                continue
            words = list(_WORD.finditer(self.text, begun, place))
            slipped = [word.start() for word in words if slips.joining_meant(word[0])]
            self.at = slipped[-1] if slipped else place
            raise self._unexpected()

    # Errors

    def _unexpected(self) -> BadQuery:
        begun = self.at
        return self._wrong(begun, slips.unexpected(self._match(_WORD)))

    def _wrong(self, place: int, reason: QualcodeError) -> BadQuery:
        return BadQuery(self.text, place + 1, reason)

    def _checked(self, place: int, look: Callable[[], T]) -> T:
        try:
            return look()
        except BadInput as error:
            raise self._wrong(place, error) from None

    # Reading on

    def _deeper(self, read: Callable[[], Query]) -> Query:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._wrong(self.at, slips.TOO_DEEP)
        query = read()
        self.depth -= 1
        return query

    def _skip(self) -> None:
        self._match(_SPACES)

    def _match(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.at)
        if match is None:
            return ""
        self.at = match.end()
        return match[0]

    def _took(self, word: str) -> bool:
        """Passes over `word` where it stands here as a word of its own."""
        self._skip()
        end = self.at + len(word)
        if self.text[self.at : end].lower() != word or not _ends(self.text, end):
            return False
        self.at = end
        return True

    def _took_mark(self, mark: str) -> bool:
        self._skip()
        if not self.text.startswith(mark, self.at):
            return False
        self.at += len(mark)
        return True


def _ends(text: str, at: int) -> bool:
    return at >= len(text) or text[at].isspace() or text[at] in "(@"


def _as_position(match: re.Match[str]) -> tuple[Position, bool]:
    word = (match["word"] or "").lower()
    negated = (match["not"] is not None) is not (word == "without")
    if word:
        return Position(PositionKind("with" if word == "without" else word)), negated
    return Position(PositionKind(match["where"].lower()), int(match["turns"])), negated
