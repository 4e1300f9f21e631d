"""Turn pip's own report of a resolution into a constraints file: one exact version a line, nothing of the machine.

pip install --dry-run --ignore-installed --report REPORT ... && python scripts/lock.py REPORT > constraints.txt
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

HEAD = """\
# Exact versions of everything qualcode runs on and is tested with. Made by `make lock`; do not edit.
"""


def pinned(report: dict[str, Any]) -> str:
    """The constraints file for pip's installation report, sorted by name; the project itself is left out."""
    found = [item["metadata"] for item in report["install"]]
    lines = {f"{normalised(m['name'])}=={m['version']}" for m in found if m["name"] != "qualcode"}
    return HEAD + "".join(f"{line}\n" for line in sorted(lines))


def normalised(name: str) -> str:
    """A package's name as all tools compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    print(pinned(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))), end="")
