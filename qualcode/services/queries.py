"""Queries: reading them for a study, and keeping them under a name."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from qualcode.domain.codebook_check import is_id
from qualcode.domain.coding import CodedSegment
from qualcode.domain.facts import Facts
from qualcode.domain.query import NAMED, Query, named_in
from qualcode.domain.query_matching import Among
from qualcode.domain.query_reading import named_or_read, query_of
from qualcode.errors import N_, BadInput, Conflict, QualcodeError
from qualcode.services.fields import facts_of
from qualcode.services.study import Study
from qualcode.services.unit_numbers import turns_touched
from qualcode.store import saved_queries
from qualcode.store.saved_queries import SavedQuery


def texts(study: Study) -> dict[str, str]:
    """Name -> text of the saved queries."""
    with study.store.read() as connection:
        return saved_queries.texts(connection)


def read(study: Study, facts: Facts, written: Iterable[str], *, exact: bool = False) -> list[Query]:
    """The queries written so (see `domain.query_reading`), each of which must hold.

    Raises BadQuery for one that cannot be understood.
    """
    asked = list(written)
    saved = texts(study) if asked else {}
    return [query_of(facts, text, saved, exact=exact) for text in asked]


def of_theme(facts: Facts, theme: str, query: str, saved: dict[str, str], *, exact: bool = False) -> Query:
    """What a theme asks: the name of a saved query, or a query. Raises BadInput, naming the theme."""
    try:
        return named_or_read(facts, query, saved, exact=exact)
    except QualcodeError as error:
        raise BadInput(
            N_("The theme {theme!r} cannot be asked: {reason}"),
            hint=error.hint.template,
            **{**error.hint.params, "theme": theme, "reason": error.message},
        ) from None


def among(study: Study, segments: Callable[[], Iterable[CodedSegment]]) -> Among:
    """What a query's positions are looked for among: these codings, and the turns they touch."""
    return Among(segments, turns_touched(study))


def listing(study: Study) -> list[SavedQuery]:
    """The saved queries, by name."""
    with study.store.read() as connection:
        return saved_queries.listing(connection)


def written(study: Study, name_or_query: str) -> str:
    """A saved query's name as it is asked for in a query; anything else as it is."""
    return NAMED + name_or_query if name_or_query in texts(study) else name_or_query


def check(study: Study, name_or_query: str) -> None:
    """Raises BadQuery for what is no saved query and cannot be understood as one."""
    named_or_read(facts_of(study), name_or_query, texts(study))


def save(study: Study, name: str, text: str) -> bool:
    """Keep a query under a name; one that has the name already is replaced. False where it was the same.

    Raises BadInput for a name that cannot be used, BadQuery for a query that cannot be understood.
    """
    if not is_id(name):
        raise BadInput(
            N_("The name {name!r} cannot be used."),
            hint=N_("Use letters, digits and - _ . only, beginning with a letter or digit."),
            name=name,
        )
    query_of(facts_of(study), text, texts(study) | {name: text}, asking=(name,))
    with study.write("query", N_("Query {name} saved"), name=name) as unit:
        return saved_queries.put(unit, name, text)


def remove(study: Study, name: str) -> None:
    """Forget a saved query. Raises NotFound; Conflict where a theme or another query asks for it."""
    users = _users(study, name)
    if users:
        raise Conflict(
            N_("The query {name!r} is asked for by {users}."),
            hint=N_("Change or remove what asks for it first."),
            name=name,
            users=", ".join(users),
        )
    with study.write("query", N_("Query {name} removed"), name=name) as unit:
        saved_queries.remove(unit, name)


def _users(study: Study, name: str) -> list[str]:
    """The themes and the other saved queries that ask for a query, also by way of others."""
    facts, saved = facts_of(study), texts(study)
    themes = {f"theme:{theme.id}": theme.query for theme in study.codebook.themes if theme.query is not None}
    others = {NAMED + other: text for other, text in saved.items() if other != name}
    return [user for user, text in (themes | others).items() if name in _named(facts, text, saved)]


def _named(facts: Facts, text: str, saved: dict[str, str]) -> dict[str, Query]:
    """The saved queries that a text asks for; none where it cannot be understood any more."""
    try:
        return named_in(named_or_read(facts, text, saved))
    except QualcodeError:
        return {}
