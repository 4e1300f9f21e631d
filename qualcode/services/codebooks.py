"""The study's codebook: finding shipped ones, reading files, and changing what is stored."""

from __future__ import annotations

import hashlib
from pathlib import Path

from qualcode.domain.codebook import Codebook
from qualcode.errors import N_, NotFound
from qualcode.formats.codebook_writer import write_codebook
from qualcode.formats.codebook_yaml import read_codebook
from qualcode.services.disk import content_of
from qualcode.services.study import Study
from qualcode.settings import shipped


def shipped_ids() -> list[str]:
    """The ids of the codebooks that come with the program."""
    return sorted(path.stem for path in (shipped() / "codebooks").glob("*.yaml"))


def find(name: str) -> Path:
    """The file of a codebook named by a shipped id or by its path. Raises NotFound."""
    path = Path(name).expanduser()
    if path.suffix or path.exists():
        return path
    if name in shipped_ids():
        return shipped() / "codebooks" / f"{name}.yaml"
    raise NotFound(
        N_("There is no codebook {name!r}."),
        hint=N_("Give a file, or one of {known}."),
        name=name,
        known=", ".join(shipped_ids()),
    )


def read_file(path: Path) -> tuple[Codebook, str]:
    """A codebook file and the sha256 of its bytes. Raises NotFound, BadInput with the line."""
    content = content_of(path)
    return read_codebook(content, name=path.name), hashlib.sha256(content).hexdigest()


def as_file(study: Study) -> bytes:
    """The codebook as its YAML file."""
    return write_codebook(study.codebook)


def current(study: Study) -> Codebook:
    """The codebook as it is now; empty in a study without one."""
    return study.codebook
