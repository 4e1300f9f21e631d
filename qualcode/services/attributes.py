"""Attribute values as users write them: checked against the codebook, by name or in a CSV."""

from __future__ import annotations

from collections.abc import Collection, Generator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date

from qualcode.domain.codebook import Attribute, Codebook, Entity
from qualcode.errors import N_, BadInput, QualcodeError
from qualcode.formats.csv_rows import CsvRow, CsvTable

SEPARATOR = "|"
"""Joins several values of one cell."""
CLEAR = "-"
"""A cell or value that clears; an empty one leaves what is stored."""

_TRUTH = {"true": "true", "yes": "true", "ja": "true", "false": "false", "no": "false", "nei": "false"}


def checked(
    codebook: Codebook, entity: Entity, given: Mapping[str, str], *, fields: Collection[str] = ()
) -> dict[str, tuple[str, ...]]:
    """Attribute id -> values as stored; `-` clears, empty ones are left out. `fields` are named in the error only.

    Raises BadInput for an unknown or derived attribute, or a value that its type does not allow.
    """
    known = {attribute.id: attribute for attribute in codebook.attributes_of(entity)}
    found: dict[str, tuple[str, ...]] = {}
    for key, text in given.items():
        if key not in known or known[key].derived:
            raise BadInput(
                N_("{entity} has no attribute {key!r} that can be set."),
                hint=N_("It has: {known}."),
                entity=entity.value,
                key=key,
                known=", ".join([*fields, *settable(codebook, entity)]) or "-",
            )
        if text.strip() == CLEAR:
            found[key] = ()
        elif text.strip():
            found[key] = _values(known[key], text)
    return found


def settable(codebook: Codebook, entity: Entity) -> list[str]:
    """The ids of the attributes that are entered, not derived, in codebook order."""
    return [attribute.id for attribute in codebook.attributes_of(entity) if not attribute.derived]


def _values(attribute: Attribute, text: str) -> tuple[str, ...]:
    parts = [part.strip() for part in text.split(SEPARATOR)] if attribute.multiple else [text.strip()]
    return tuple(_value(attribute, part) for part in parts if part)


def _value(attribute: Attribute, text: str) -> str:
    if attribute.type == "enum":
        allowed = [value.id for value in attribute.values]
        if text in allowed:
            return text
        raise _wrong(attribute.id, text, N_("One of {allowed}."), ", ".join(allowed))
    if attribute.type == "bool":
        if text.casefold() in _TRUTH:
            return _TRUTH[text.casefold()]
        raise _wrong(attribute.id, text, N_("true or false."))
    if attribute.type == "date":
        return iso_date(attribute.id, text)
    if attribute.type == "number":
        plain = text.replace(" ", "").replace("\u00a0", "").replace(",", ".")
        try:
            float(plain)
        except ValueError:
            raise _wrong(attribute.id, text, N_("A number.")) from None
        return plain
    return text


def iso_date(attribute: str, text: str) -> str:
    """`text` as an ISO 8601 date. Raises BadInput, naming the attribute or field."""
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError:
        raise _wrong(attribute, text, N_("A date such as 2024-03-01.")) from None


def _wrong(attribute: str, text: str, hint: str, allowed: str = "") -> BadInput:
    return BadInput(
        N_("{value!r} is no value of {attribute}."), hint=hint, value=text, attribute=attribute, allowed=allowed
    )


def check_columns(
    codebook: Codebook, entity: Entity, headers: Sequence[str], *, name: str, fields: Collection[str]
) -> None:
    """The header of a CSV about one kind of thing: `id` first, then fields and attributes.

    Raises BadInput for an unknown column: a misspelt one would otherwise be lost without a word.
    """
    if not headers or headers[0] != "id":
        raise BadInput(N_("{file}: the first column must be `id`."), hint=N_("Put the ids first."), file=name)
    known = [*fields, *settable(codebook, entity)]
    for header in headers[1:]:
        if header not in known:
            raise BadInput(
                N_("{file}: unknown column {column!r}."),
                hint=N_("Columns may be {known}."),
                file=name,
                column=header,
                known=", ".join(known),
            )


def described(table: CsvTable, row: CsvRow) -> dict[str, str]:
    """The cells of a row that say something, without its id; free text without its formula guard."""
    cells = {header: row.verbatim(header).strip() for header in table.headers[1:]}
    return {header: cell for header, cell in cells.items() if cell}


@contextmanager
def located(name: str, line: int) -> Generator[None]:
    """Errors inside the block say which file and line they come from."""
    try:
        yield
    except QualcodeError as error:
        raise BadInput(
            N_("{file}, line {line}: {reason}"),
            hint=error.hint.template,
            file=name,
            line=line,
            reason=error.message,
            **error.hint.params,
        ) from None
