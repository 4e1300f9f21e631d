"""A program of its own that matches one regular expression against many texts, so that it can be stopped.

An expression such as `(a+)+b` can take longer than the age of the universe on one line, and Python cannot interrupt
a match from another thread. Here it runs in a process that is simply ended when its time is up. It knows nothing of
qualcode: it is started without the site packages, in some 15 ms.

stdin: one JSON line with the expression and its flags, then one JSON line per text. stdout: one JSON line per text
with `[start, end]` pairs, or one line `{"error": ..., "at": ...}`.
"""

from __future__ import annotations

import json
import re
import sys
import warnings
from typing import Any


def main() -> None:
    """Answer stdin on stdout, one line at a time: what came before a timeout tells which text took too long."""
    warnings.simplefilter("ignore")  # re warns of doubtful sets, and nobody could read it here
    asked: dict[str, Any] = json.loads(sys.stdin.readline())
    try:
        pattern: re.Pattern[str] = re.compile(asked["expression"], asked["flags"])
    except (re.error, OverflowError, RecursionError) as error:
        print(json.dumps({"error": str(getattr(error, "msg", error)), "at": getattr(error, "pos", None)}))  # noqa: T201
        return
    for line in sys.stdin:
        spans = [match.span() for match in pattern.finditer(json.loads(line))]
        print(json.dumps([span for span in spans if span[0] < span[1]]), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
