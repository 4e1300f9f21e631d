"""A disk that fills up: one clear line, nothing acknowledged is lost, and work goes on once there is room."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import REPOSITORY

SCRIPT = """
import json, sys
from pathlib import Path
from qualcode.errors import QualcodeError
from qualcode.services import doctor, memos, safety
from qualcode.services.study import create_study, open_study

home = Path(sys.argv[1]) / "study"
study = create_study(home, coder="ada")
ballast = Path(sys.argv[1]) / "ballast"
written = 0
with ballast.open("wb", buffering=0) as stream:
    try:
        while True:
            written += stream.write(bytes(4096))
    except OSError:
        stream.truncate(written - 300_000)
acknowledged = []
try:
    while True:
        acknowledged.append(memos.add(study, "study", f"{len(acknowledged)} " * 2000).uid)
except QualcodeError as error:
    told = str(error)
try:
    safety.backup(study)
except QualcodeError as error:
    backup_told = str(error)
left = sorted(path.name for path in (home / "backups").iterdir())
full = [memo.uid for memo in memos.everything(study)]
study.close()
ballast.unlink()
study = open_study(home, coder="ada")
kept = [memo.uid for memo in memos.everything(study)]
remarks = [str(remark.message) for remark in doctor.examine(study) if remark.severity == "error"]
memos.add(study, "study", "Room again")
print(json.dumps({
    "acknowledged": acknowledged, "full": full, "kept": kept, "told": told, "backup_told": backup_told,
    "left": left, "remarks": remarks, "then": memos.everything(study)[-1].text,
}))
"""


@pytest.mark.requires_mount_namespace
def test_a_full_disk_loses_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = 'mount -t tmpfs -o size=4m tmpfs "$1" && exec "$2" -c "$3" "$1"'
    done = subprocess.run(
        ["unshare", "--mount", "sh", "-c", mount, "sh", str(disk), sys.executable, SCRIPT],
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    where = disk / "study" / "study.db"
    assert found["told"] == (
        f"The disk that holds the study {where} is full. Nothing was changed; make room and try again."
    )
    assert found["backup_told"].startswith(f"The disk that holds the study {where} is full.")
    assert found["left"] == []
    assert len(found["acknowledged"]) >= 2
    assert found["full"] == found["kept"] == found["acknowledged"]
    assert found["remarks"] == []
    assert found["then"] == "Room again"
