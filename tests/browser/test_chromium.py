"""`qualcode serve` with a real browser: from the printed address to a coding in the study."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from yarl import URL

from qualcode.services.study import open_study
from tests.browser.chromium import chromium
from tests.conftest import GUARDED, REPOSITORY
from tests.tui.studies import AVERSION, FEAR, placed, study_in

pytestmark = pytest.mark.requires_chromium


@pytest.fixture
def server(tmp_path: Path) -> Generator[subprocess.Popen[str]]:
    """`qualcode serve` on a study with one interview, itself without a network."""
    study_in(tmp_path).close()
    with (tmp_path / "stderr").open("w") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "qualcode", "--study", "study", "--coder", "kari", "serve"],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": os.pathsep.join([str(GUARDED), str(REPOSITORY)])},
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
    yield process
    process.kill()
    process.communicate()


async def test_from_the_printed_address_to_a_coding_and_nothing_leaves_the_machine(
    server: subprocess.Popen[str], tmp_path: Path
) -> None:
    assert server.stdout is not None
    address = server.stdout.readline().strip()
    origin = address.partition("/?token=")[0]
    async with chromium(tmp_path / "chromium") as browser:
        await browser.tell("Page.navigate", url=address)
        await browser.until_received("Innkjøper", "Gangbrua")
        assert await browser.evaluate("location.href") == f"{origin}/"
        assert await browser.evaluate("document.cookie") == ""

        await browser.press("Enter")
        await browser.until_received("Kan du fortelle", "sentence")
        assert await browser.colours() > 50
        await browser.press("t", "c")
        await browser.until_received("a few letters of a code")
        await browser.press("risk av")
        await browser.until_received("Chooses the safe")
        await browser.press("Enter")
        await browser.until_received("1 coding")
        with open_study(tmp_path / "study") as study:
            assert placed(study) == [(FEAR, AVERSION)]

        await browser.press("Q")
        assert await browser.until_shown(".closed") == "The desk is closed; everything is stored. Open it again"
        await browser.evaluate("document.querySelector('.closed a').click()")
        await browser.until_received("Innkjøper", "Gangbrua")

        asked = [URL(each) for each in browser.asked]
        assert {each.authority for each in asked} == {URL(address).authority}
        assert {each.path for each in asked} == {"/", "/textual.js", "/page.js", "/xterm.css", "/ws"}
        assert browser.complaints == []
        # What a click on an address in a transcript would do.
        assert await browser.evaluate(f"window.open('{origin}/') === null")

        server.send_signal(signal.SIGINT)
        assert server.wait(timeout=60) == 0
    assert (tmp_path / "stderr").read_text().count("\n") == 1
