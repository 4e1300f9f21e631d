"""How often codes are used: codings, documents and informants, of a code alone or with all below it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.domain.coding import CodedSegment
from qualcode.services import blinding, coding
from qualcode.services.study import Study


@dataclass(frozen=True, slots=True)
class Usage:
    """Distinct documents and informants; codings without an informant count among the codings alone."""

    codings: int = 0
    documents: int = 0
    informants: int = 0


@dataclass(frozen=True, slots=True)
class CodeUsage:
    own: Usage
    """Of the code alone."""
    whole: Usage
    """With its subtree; not the sum, since one informant may speak of several codes."""


def usage(study: Study) -> dict[str, CodeUsage]:
    """Code -> its use, of every code in the codebook, from one reading of all placed codings.

    Without those that must stay hidden from the coder who acts (blind-first reading).
    """
    codebook = study.codebook
    hidden = {segment.coding.uid for segment in blinding.hidden_codings(study)}
    by_code: dict[str, list[CodedSegment]] = {code.id: [] for code in codebook.codes}
    for segment in coding.everything(study):
        if segment.coding.code is not None and segment.coding.uid not in hidden:
            by_code[segment.coding.code].append(segment)
    return {
        code.id: CodeUsage(
            _counted(by_code[code.id]),
            _counted(segment for below in codebook.subtree(code.id) for segment in by_code[below]),
        )
        for code in codebook.codes
    }


def _counted(segments: Iterable[CodedSegment]) -> Usage:
    found = list(segments)
    return Usage(
        len(found),
        len({segment.coding.document for segment in found}),
        len({segment.informant for segment in found if segment.informant is not None}),
    )
