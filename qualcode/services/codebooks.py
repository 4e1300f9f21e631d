"""The study's codebook: finding shipped ones, reading files, and changing what is stored."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from qualcode.domain import codebook_edit
from qualcode.domain.codebook import Code, Codebook
from qualcode.domain.codebook_diff import Difference, differences
from qualcode.errors import N_, Message, NotFound
from qualcode.formats.codebook_problems import Problem
from qualcode.formats.codebook_writer import write_codebook
from qualcode.formats.codebook_yaml import check_codebook, read_codebook
from qualcode.services.disk import content_of
from qualcode.services.study import Study
from qualcode.settings import shipped
from qualcode.store import codebooks, settings
from qualcode.store.merging import Moved, move_codings

_NEAR_NAME = 80.0
"""rapidfuzz ratio from which two names are said to be near."""


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


def check_file(path: Path) -> list[Problem]:
    """What is wrong with a codebook file, in order of its lines; empty for a good one. Raises NotFound."""
    return check_codebook(content_of(path))


def as_file(study: Study) -> bytes:
    """The codebook as its YAML file."""
    return write_codebook(study.codebook)


def current(study: Study) -> Codebook:
    """The codebook as it is now; empty in a study without one."""
    return study.codebook


@dataclass(frozen=True, slots=True)
class FileImported:
    """What an imported file changed. `kept` are codes, attributes and relation types it no longer has."""

    differences: list[Difference]
    kept: list[str]


def import_file(study: Study, path: Path) -> FileImported:
    """Make the study's codebook that of a file. Raises NotFound, BadInput with the line.

    What the file no longer has is kept, since codings and values may rest on it: codes as retired ones.
    """
    wanted, sha256 = read_file(path)
    old = study.codebook
    merged, kept = with_what_was(wanted, old)
    found = differences(old, merged)
    with study.write(
        "codebook", N_("Codebook {id} {version} imported"), id=wanted.id, version=wanted.version
    ) as unit:
        codebooks.save(unit, merged, sha256=sha256)
        known = settings.settings(unit.connection)
        for key, value in merged.settings.items():
            if key not in known:
                settings.put(unit, key, value)
    return FileImported(found, kept)


def with_what_was(new: Codebook, old: Codebook) -> tuple[Codebook, list[str]]:
    """`new`, and at its end what only `old` has; the ids of that."""
    codes = [
        replace(code, retired=True, parent=code.parent if code.parent in new or code.parent in old else None)
        for code in old.codes
        if code.id not in new
    ]
    present = {(attribute.entity, attribute.id) for attribute in new.attributes}
    attributes = [item for item in old.attributes if (item.entity, item.id) not in present]
    types = {kind.id for kind in new.relation_types}
    relation_types = [kind for kind in old.relation_types if kind.id not in types]
    merged = replace(
        new,
        codes=(*new.codes, *codes),
        attributes=(*new.attributes, *attributes),
        relation_types=(*new.relation_types, *relation_types),
    )
    return merged, [item.id for item in (*codes, *attributes, *relation_types)]


def change(study: Study, summary: Message, edit: Callable[[Codebook], Codebook]) -> Codebook:
    """Apply a pure edit of `domain.codebook_edit` or `codebook_themes` and store the result as one operation."""
    edited = edit(study.codebook)
    with study.write("codebook", summary.template, **summary.params) as unit:
        codebooks.save(unit, edited)
    return edited


def merge(study: Study, code: str, into: str) -> Moved:
    """Merge one code into another with its codings, relations, keywords and themes, as one operation (rule 6)."""
    edited = codebook_edit.merge(study.codebook, code, into)
    applying = {qualifier.id for qualifier in edited.qualifiers_for(into)}
    code_id, into_id = study.code_id(code), study.code_id(into)
    assert code_id is not None and into_id is not None
    with study.write("codebook", N_("{code} merged into {into}"), code=code, into=into) as unit:
        codebooks.save(unit, edited)
        return move_codings(unit, code_id, into_id, applying)


def near_names(codebook: Codebook, name: str) -> list[Code]:
    """Active codes whose name in some language is nearly `name`: said before a new code is made."""
    from rapidfuzz import fuzz  # 18 ms, which reading a codebook does without

    wanted = name.casefold()
    return [
        code
        for code in codebook.codes
        if not code.retired
        and any(fuzz.ratio(wanted, known.casefold()) >= _NEAR_NAME for known in code.names.values())
    ]
