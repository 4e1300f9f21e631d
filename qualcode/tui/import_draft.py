"""An import as it is being prepared: files that were read, and what the coder says of them before they come in.

What a file says of itself stands: only what it leaves open can be said here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from qualcode.domain.people import Speaker, SpeakerRole
from qualcode.domain.placing import WHOLE_DOCUMENT
from qualcode.domain.turn_finding import same_label
from qualcode.services.documents import INTERVIEWER_LABELS, as_speaker
from qualcode.services.importing import Choices, Outcome, Preview


class Draft:
    """`previews` in order of their paths."""

    def __init__(self, previews: Sequence[Preview]) -> None:
        self.previews = {item.path: item for item in previews}
        self.left_out: set[Path] = set()
        self._cases: dict[Path, tuple[str, ...]] = {}
        self._means: dict[tuple[Path, str], str] = {}

    def labels(self, path: Path) -> tuple[str, ...]:
        """The speakers of a file that would come in, in order; the whole document where it has no turns."""
        item = self.previews[path]
        if item.imported is None or item.outcome is not Outcome.IMPORTED:
            return ()
        return item.imported.speakers or (WHOLE_DOCUMENT,)

    def open_for_case(self, path: Path) -> bool:
        """False where the file says its cases itself, or its document is in the study already."""
        return bool(self.labels(path)) and not self.previews[path].cases

    def put_cases(self, path: Path, cases: Sequence[str]) -> None:
        self._cases[path] = tuple(cases)

    def cases(self, path: Path) -> tuple[str, ...]:
        return self.previews[path].cases or self._cases.get(path, ())

    def open_for_speaker(self, path: Path, label: str) -> bool:
        """False where the file itself says who speaks; a usual label of interviewers is only taken for one."""
        said = self._foreseen(path).get(label)
        return said is None or (
            said.role is SpeakerRole.INTERVIEWER
            and label.casefold() in INTERVIEWER_LABELS
            and same_label(label) not in map(same_label, self._front_matter(path))
        )

    def put_speaker(self, path: Path, label: str, means: str) -> None:
        self._means[path, label] = means

    def speaker(self, path: Path, label: str) -> Speaker | None:
        """Whom a label would stand for; None: nobody yet."""
        means = self._means.get((path, label))
        return as_speaker(label, means) if means is not None else self._foreseen(path).get(label)

    def same_labels(self, label: str) -> list[tuple[Path, str]]:
        """Where the same label is open, in all files."""
        wanted = same_label(label)
        return [
            (path, other)
            for path in self.previews
            for other in self.labels(path)
            if same_label(other) == wanted and self.open_for_speaker(path, other)
        ]

    def choices(self) -> dict[Path, Choices]:
        """What to import each file with, those left out not among them."""
        return {path: self._choices(path) for path in self.previews if path not in self.left_out}

    def _choices(self, path: Path) -> Choices:
        said = {label: means for (where, label), means in self._means.items() if where == path}
        return Choices(cases=self._cases.get(path, ()), informant=said.pop(WHOLE_DOCUMENT, None), speakers=said)

    def _foreseen(self, path: Path) -> dict[str, Speaker]:
        return {speaker.label: speaker for speaker in self.previews[path].speakers}

    def _front_matter(self, path: Path) -> Mapping[str, str]:
        imported = self.previews[path].imported
        return imported.metadata.get("speakers", {}) if imported else {}
