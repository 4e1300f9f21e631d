"""The claims of the answer key, entered as findings with the relations that the key names."""

from __future__ import annotations

from typing import Any

import yaml

from qualcode.domain.finding import Role
from qualcode.domain.relation import Stance
from qualcode.services import findings, relations
from qualcode.services.study import Study
from tests.sample.study import TRANSCRIPTS


def answer_key() -> dict[str, Any]:
    return yaml.safe_load((TRANSCRIPTS / "answer_key.yaml").read_text(encoding="utf-8"))


def enter(study: Study) -> dict[str, str]:
    """Id of a claim in the key -> uid of its finding."""
    known = {
        (
            *(item.relation.document, item.turn, item.informant, item.relation.coder, item.relation.stance),
            *(item.relation.type, item.source.coding.code, item.target.coding.code),
        ): item.relation.uid
        for item in relations.listing(study)
    }
    entered: dict[str, str] = {}
    for claim in answer_key()["claims"]:
        uid = entered[claim["id"]] = findings.add(study, claim["claim"], question=claim["question"])
        pattern = claim["pattern"]
        for role, stance in ((Role.SUPPORTS, Stance.STATES), (Role.CONTRADICTS, Stance.CONTRADICTS)):
            said = [
                known[
                    (
                        *(item["document"], item["turn"], item["informant"], item["coder"], stance),
                        *(pattern["type"], pattern["source"], pattern["target"]),
                    )
                ]
                for item in claim[role]
            ]
            findings.link(study, uid, role, said)
    return entered
