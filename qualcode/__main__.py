"""The entry point, and the only place that knows both front ends: it hands the desk to the command line."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from qualcode.cli.app import run

if TYPE_CHECKING:
    from qualcode.services.study import Study


def open_desk(study: Study, document: str | None) -> None:
    """Run the desk on `study`, and on one document where it is named, until it is left."""
    from qualcode.tui.app import run as run_desk  # 0.2 s of Textual, only for the desk

    gc.enable()
    run_desk(study, document)


def main() -> None:
    """The `qualcode` command.

    A command is over before a cycle of references matters, while looking for them takes a tenth of its time. The
    desk stays open for hours and collects.
    """
    gc.disable()
    sys.exit(run(desk=open_desk))


if __name__ == "__main__":
    main()
