"""The registry of suggesters: the built-in ones in a table, others by the entry point group `qualcode.suggesters`.

A plug-in's entry point names a class (or function) that takes no arguments and gives a
`qualcode.domain.suggestion.Suggester`; the name of the entry point is the id users give.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points

from qualcode.domain.suggestion import Suggester
from qualcode.errors import N_, BadInput, NotFound

GROUP = "qualcode.suggesters"
_BUILT_IN = {"lexicon": "qualcode.nlp.lexicon:LexiconSuggester"}


def ids() -> list[str]:
    """The ids of all suggesters, the built-in ones first. Reads what is installed."""
    others = {point.name for point in entry_points(group=GROUP)} - _BUILT_IN.keys()
    return [*_BUILT_IN, *sorted(others)]


def load(suggester: str) -> Suggester:
    """A new suggester. A plug-in cannot take the id of a built-in one.

    Raises NotFound for an unknown id, BadInput for a plug-in that cannot be loaded.
    """
    if suggester in _BUILT_IN:
        module, name = _BUILT_IN[suggester].split(":")
        make: Callable[[], Suggester] = getattr(import_module(module), name)
        return make()
    return _load_plug_in(_entry_point(suggester))


def _entry_point(suggester: str) -> EntryPoint:
    for point in entry_points(group=GROUP, name=suggester):
        return point
    raise NotFound(
        N_("There is no suggester {suggester!r}."),
        hint=N_("There are: {known}."),
        suggester=suggester,
        known=", ".join(ids()),
    )


def _load_plug_in(point: EntryPoint) -> Suggester:
    try:
        made: Suggester = point.load()()
    except Exception as error:
        raise BadInput(
            N_("The suggester {suggester!r} cannot be loaded from {place}: {problem}"),
            hint=N_("Install its package again, or remove it."),
            suggester=point.name,
            place=point.value,
            problem=error,
        ) from error
    return made
