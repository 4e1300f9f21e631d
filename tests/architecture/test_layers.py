"""Who may know whom, as DESIGN.md's house has it: checked, since a convention nobody checks is gone in a year."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

PACKAGE = REPOSITORY / "qualcode"
MODULES = sorted(PACKAGE.rglob("*.py"))
HEAVY = ("sqlalchemy", "textual", "spacy", "numpy", "aiohttp")


def imported(path: Path) -> Iterator[str]:
    """Every module a file imports, in functions too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def knowers(package: str) -> set[str]:
    """The files outside `package` that import it."""
    home = PACKAGE / package.removeprefix("qualcode.")
    return {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        if not path.is_relative_to(home)
        and any(name == package or name.startswith(f"{package}.") for name in imported(path))
    }


def test_every_import_contract_holds() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    result = subprocess.run([linter, "--no-cache"], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout


# A sub-process, because only a fresh interpreter shows that a lazy import stays lazy.
@pytest.mark.parametrize(
    "statement", ["import qualcode", "import runpy; runpy.run_module('qualcode', run_name='__main__')"]
)
def test_starting_loads_no_heavy_library(statement: str) -> None:
    script = f"""
import atexit, sys
atexit.register(lambda: print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr))
sys.argv = ["qualcode", "--help"]
{statement}
"""
    command = [sys.executable, "-c", script]
    result = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "[]\n")


def test_the_entry_point_alone_knows_both_front_ends() -> None:
    assert knowers("qualcode.cli") == {"__main__.py"}
    assert knowers("qualcode.tui") == {"__main__.py"}


def test_sql_is_written_in_the_store_alone() -> None:
    writes = re.compile(r"(?<![.\w])(?<!def )(insert|update|delete)\(")
    from_sqlalchemy = {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        if not path.is_relative_to(PACKAGE / "store")
        and (
            any(name.split(".")[0] in {"sqlalchemy", "sqlite3", "psycopg", "alembic"} for name in imported(path))
            or writes.search(path.read_text(encoding="utf-8"))
        )
    }
    assert from_sqlalchemy == set()


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_says_what_lives_in_it(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
