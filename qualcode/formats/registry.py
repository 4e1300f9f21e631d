"""Which reader reads which file: by the ending of its name.

The table holds addresses, not functions, so that listing formats imports no reader. Readers of other packages are
entry points of the group `qualcode.readers`, named by their ending (`.otr = "package.module:function"`).
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import PurePath
from typing import cast

from qualcode.domain.reading import Reader
from qualcode.errors import N_, BadInput

GROUP = "qualcode.readers"

_READERS = {
    ".txt": "qualcode.formats.plain_text:read",
    ".md": "qualcode.formats.plain_text:read",
    ".docx": "qualcode.formats.docx:read",
    ".vtt": "qualcode.formats.vtt:read",
    ".srt": "qualcode.formats.srt:read",
}


def reader_for(name: str) -> Reader:
    """The reader for a file called `name`. Raises BadInput, with the endings there are, for any other."""
    ending = PurePath(name).suffix.lower()
    address = _READERS.get(ending)
    if address:
        module, _, function = address.partition(":")
        return cast(Reader, getattr(import_module(module), function))
    plugin = _plugins().get(ending)
    if plugin:
        return _loaded(plugin, name)
    raise BadInput(
        N_("{file}: no reader for the ending {ending!r}."),
        hint=N_("Transcripts may be {endings}."),
        file=name,
        ending=ending,
        endings=", ".join(endings()),
    )


def endings() -> tuple[str, ...]:
    """All endings that can be read, our own first."""
    return tuple(dict.fromkeys((*_READERS, *sorted(_plugins()))))


def _plugins() -> dict[str, EntryPoint]:
    return {point.name.lower(): point for point in entry_points(group=GROUP)}


def _loaded(plugin: EntryPoint, name: str) -> Reader:
    try:
        return cast(Reader, plugin.load())
    except (ImportError, AttributeError) as error:
        raise BadInput(
            N_("{file}: the reader {plugin!r} cannot be loaded: {reason}"),
            hint=N_("Install the package again, or remove it."),
            file=name,
            plugin=plugin.value,
            reason=str(error),
        ) from None
