"""What is committed and what is shipped: nothing of one machine, and no real transcript."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

# In pieces, so that this file does not find itself.
OF_A_MACHINE = "|".join([r"(^|[^a-z.])/(work|farm|tm" + r"p|home|Users|root)/[a-z]", r"\.\./share" + "d"])
REGISTRIES = "|".join(["py" + r"pi\.org", "python" + "hosted", "npm" + "js", r"debian\.org", "index" + "-url"])


def tracked() -> list[str]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    return [name for name in listing.stdout.split("\0") if name and (REPOSITORY / name).is_file()]


@pytest.mark.parametrize("pattern", [OF_A_MACHINE, REGISTRIES], ids=["machine paths", "registry hosts"])
def test_nothing_committed_names(pattern: str) -> None:
    found = subprocess.run(
        ["git", "grep", "-nIiE", pattern], cwd=REPOSITORY, capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stdout) == (1, "")


def test_a_constraint_is_an_exact_version_and_nothing_else() -> None:
    lines = [
        line
        for line in (REPOSITORY / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    assert len(lines) > 50
    assert [
        line for line in lines if not line.replace("==", "", 1).replace(".", "").replace("-", "").isalnum()
    ] == []
    assert all(line.count("==") == 1 for line in lines)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of what is committed, with a real transcript lying beside the samples."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    for name in tracked():
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / name, source / name)
    (source / "transcripts" / "intervju-7.md").write_text("Kari: dette er sagt i fortrolighet.", encoding="utf-8")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)]
    subprocess.run(build, capture_output=True, check=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_ships_codebooks_and_sample_transcripts(wheel: Path) -> None:
    shipped = {f"qualcode/_shipped/{n}" for n in tracked() if n.startswith(("codebooks/", "transcripts/"))}
    inside = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("qualcode/_shipped/")}
    assert inside == shipped
    assert any(name.startswith("qualcode/_shipped/codebooks/") for name in inside)
    assert any(name.startswith("qualcode/_shipped/transcripts/") for name in inside)


def test_the_wheel_has_no_tests_and_no_other_transcript(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert [n for n in names if "intervju-7" in n or n.startswith(("tests/", "scripts/"))] == []
    assert "qualcode/py.typed" in names
