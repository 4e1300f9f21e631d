"""Renderings of a quote for publication: translated, reworded or shortened; the text itself never changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RenderingKind(StrEnum):
    TRANSLATION = "translation"
    PARAPHRASE = "paraphrase"
    TRIMMED = "trimmed"


@dataclass(frozen=True, slots=True)
class Rendering:
    """What may stand for a coding's words in a report. `coding` is its uid, `language` a BCP-47 tag."""

    uid: str
    coding: str
    kind: RenderingKind
    language: str
    text: str
    coder: str
    created_at: datetime
    updated_at: datetime
