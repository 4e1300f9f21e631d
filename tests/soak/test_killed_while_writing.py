"""A writer that is killed at any moment leaves the old file or the new one, never half of either."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

ROUNDS = 300
WRITER = """
import itertools, sys
from pathlib import Path
from qualcode.files import replacing
for n in itertools.count():
    with replacing(Path(sys.argv[1])) as stream:
        for _ in range(200):
            stream.write(f"{n:08d}\\n".encode() * 50)
"""


def test_a_killed_writer_leaves_one_whole_file(tmp_path: Path, chance: random.Random) -> None:
    target = tmp_path / "ut.csv"
    for _ in range(ROUNDS):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, target])
        time.sleep(chance.uniform(0.02, 0.2))
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
        if target.exists():
            lines = target.read_text(encoding="ascii").splitlines()
            assert (len(lines), len(set(lines))) == (10_000, 1)
    assert target.exists()
