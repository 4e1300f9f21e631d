"""Studies on both databases, each a copy of one furnished study: making the tables takes longer than a test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from qualcode.services.study import Study
from qualcode.settings import StudyFile
from qualcode.store.study_store import create, open_store
from tests.conftest import postgresql_database
from tests.store.samples import furnish, ticking

Again = Callable[[str], Study]


def _furnished(address: str) -> None:
    store = create(address, language="nb", clock=ticking())
    with Study(store, folder=None, file=StudyFile(), coder=None) as study:
        furnish(study)


@pytest.fixture(scope="session")
def furnished_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A furnished study in a file, closed."""
    file = tmp_path_factory.mktemp("furnished") / "study.db"
    _furnished(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def furnished_postgresql() -> Iterator[str]:
    """The name of a PostgreSQL database with a furnished study, closed."""
    with postgresql_database() as url:
        _furnished(url)
        yield str(make_url(url).database)


@pytest.fixture(params=["sqlite", "postgresql"])
def study_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A furnished study of its own on each database."""
    if request.param == "sqlite":
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('furnished_file'), tmp_path / 'study.db')}"
    else:
        with postgresql_database(request.getfixturevalue("furnished_postgresql")) as url:
            yield url


@pytest.fixture
def study(study_url: str) -> Iterator[Study]:
    """The furnished study, ada acting."""
    store = open_store(study_url, clock=ticking(datetime(2026, 3, 2, tzinfo=UTC)))
    with Study(store, folder=None, file=StudyFile(), coder=None) as opened:
        opened.act_as("ada")
        yield opened


@pytest.fixture
def again(study: Study) -> Iterator[Again]:
    """`again("bo")` opens the same study once more, as by another program, and lets that coder act."""
    opened: list[Study] = []

    def call(coder: str) -> Study:
        store = open_store(study.store.address)
        opened.append(Study(store, folder=None, file=StudyFile(), coder=None))
        opened[-1].act_as(coder)
        return opened[-1]

    yield call
    for other in opened:
        other.close()
