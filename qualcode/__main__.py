"""The entry point, and the only place that knows both front ends: it hands the desk to the command line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from qualcode.cli.app import run

if TYPE_CHECKING:
    from qualcode.services.study import Study


def open_desk(study: Study) -> None:
    """Run the desk on `study` until it is left."""
    from qualcode.tui.app import run as run_desk  # 0.2 s of Textual, only for the desk

    run_desk(study)


def main() -> None:
    """The `qualcode` command."""
    sys.exit(run(desk=open_desk))


if __name__ == "__main__":
    main()
