"""qualcode: code interview transcripts in the terminal and carry the codes to cross-case findings.

Names are loaded when first used, so that `import qualcode` and `qualcode --help` load neither SQLAlchemy
nor Textual nor spaCy (0.2, 0.2 and 0.6 s).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from qualcode.domain.codebook import Code, Codebook
    from qualcode.domain.coding import Coding
    from qualcode.domain.finding import Finding
    from qualcode.domain.matrix import Matrix
    from qualcode.domain.reading import Reader
    from qualcode.domain.relation import Relation
    from qualcode.domain.span import Span
    from qualcode.domain.suggestion import Suggester
    from qualcode.errors import QualcodeError
    from qualcode.services.study import Study, create_study, open_study

_HOMES = {
    "open_study": "qualcode.services.study",
    "create_study": "qualcode.services.study",
    "Study": "qualcode.services.study",
    "Span": "qualcode.domain.span",
    "Code": "qualcode.domain.codebook",
    "Codebook": "qualcode.domain.codebook",
    "Coding": "qualcode.domain.coding",
    "Relation": "qualcode.domain.relation",
    "Finding": "qualcode.domain.finding",
    "Matrix": "qualcode.domain.matrix",
    "Reader": "qualcode.domain.reading",
    "Suggester": "qualcode.domain.suggestion",
    "QualcodeError": "qualcode.errors",
}

__all__ = [
    "Code",
    "Codebook",
    "Coding",
    "Finding",
    "Matrix",
    "QualcodeError",
    "Reader",
    "Relation",
    "Span",
    "Study",
    "Suggester",
    "create_study",
    "open_study",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'qualcode' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
