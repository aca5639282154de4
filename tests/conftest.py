"""Fixtures that every test may use: a database of each kind, a browser, and no network."""

import gc
import os
import shutil
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.async_api import Browser, async_playwright, expect
from sqlalchemy import create_engine, make_url
from sqlalchemy.engine.default import DefaultDialect

import storage.engine
from storage.schema import upgrade
from talk.texts import years_go_without_saying
from tests.network import forbid_network
from tests.postgres import Postgres, memory, running_postgres

# No deadlines: two busy cores say nothing about the code. In CI the same examples come every time.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Started in the background by a shell, this process ignores Ctrl-C, and so would every program that a test starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Some machines keep no compiled modules; each of the many programs that tests start would compile its own.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Where tmp_path lies: SQLite waits for its disk at every commit, some twenty times in a test.
if (in_memory := memory()) is not None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", in_memory)

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Five seconds are too few where two cores run the other tests too; a page that is right does not wait.
expect.set_options(timeout=20_000)
ONLY_THIS_MACHINE = (
    "--no-proxy-server",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


def pytest_xdist_auto_num_workers() -> int:
    """Return how many tests run at a time (`-n auto`): three on two cores, since a third of a run is waiting for child
    programs, PostgreSQL and pages.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores * 3 // 2


def pytest_collection_finish() -> None:
    """Let the collector of cycles look at what a test makes, seldom, and never again at the modules and tests that
    are loaded by now: that took a fifteenth of a run.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


@pytest.fixture(scope="session", autouse=True)
def network_tries() -> Iterator[list[str]]:
    """Forbid the network for the whole run."""
    with pytest.MonkeyPatch.context() as patch:
        yield forbid_network(patch)


@pytest.fixture(scope="session", autouse=True)
def _compiled_once() -> Iterator[None]:
    """Let every database of a run share the statements that were compiled for one of its kind: each test has a database
    of its own, and compiling for it took an eighth of a run.
    """
    statements: dict[object, object] = {}
    options = {"compiled_cache": statements}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(storage.engine, "create_engine", partial(create_engine, execution_options=options))
        # What is kept is found by its dialect, and each engine makes one of its own.
        patch.setattr(DefaultDialect, "__hash__", lambda self: hash(type(self)))
        patch.setattr(DefaultDialect, "__eq__", lambda self, other: type(self) is type(other))
        yield


@pytest.fixture(autouse=True)
def _no_network(network_tries: list[str]) -> Iterator[None]:
    """Fail the test that tried to reach the network, also when the code under test swallowed the refusal."""
    network_tries.clear()
    yield
    assert not network_tries


@pytest.fixture(autouse=True)
def _campaign_of_2023() -> None:
    """Let each test begin with the years of the shipped campaign, whichever another one served before."""
    years_go_without_saying(2023, 2023)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """Give this worker's PostgreSQL server."""
    with running_postgres() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the SQLAlchemy URL of a fresh, empty database; the test runs once on each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/anzhu.db"
        return
    # Taken here and not as an argument: a run of SQLite tests alone starts no server.
    server: Postgres = request.getfixturevalue("postgres")
    url = server.create()
    yield url
    server.drop(url)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an SQLite file with the present tables, to be copied: migrating takes longer than many tests."""
    path = tmp_path_factory.mktemp("template") / "anzhu.db"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres: Postgres) -> str:
    """Give the name of a PostgreSQL database with the present tables."""
    url = postgres.create()
    upgrade(url)
    return make_url(url).database or ""


@pytest.fixture(params=["sqlite", "postgresql"])
def current_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the SQLAlchemy URL of a fresh database with the present tables; once on each kind."""
    yield from copied(request, tmp_path, sqlite="sqlite_template", postgres="postgres_template")


Bring = Callable[[str, Path], None]
"""Fills a database with the present tables; it is given the URL, and a folder for files."""


def brought_sqlite(template: Path, folder: Path, bring: Bring) -> Path:
    """Give an SQLite file that was filled, to be copied: planning takes longer than many tests."""
    path = Path(shutil.copy(template, folder))
    bring(f"sqlite:///{path}", folder)
    return path


def brought_postgres(server: Postgres, template: str, folder: Path, bring: Bring) -> str:
    """Give the name of a PostgreSQL database that was filled, to be copied."""
    url = server.create(template=template)
    bring(url, folder)
    return make_url(url).database or ""


def copied(request: pytest.FixtureRequest, folder: Path, *, sqlite: str, postgres: str) -> Iterator[str]:
    """Give the URL of a copy of a template, named by its fixtures, on the kind of database that is the parameter."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue(sqlite), folder / "anzhu.db")
        yield f"sqlite:///{folder}/anzhu.db"
        return
    # Taken here and not as arguments: a run of SQLite tests alone starts no server.
    server: Postgres = request.getfixturevalue("postgres")
    url = server.create(template=request.getfixturevalue(postgres))
    yield url
    server.drop(url)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Give a Chromium that can reach this machine only.

    It is ANZHU_TEST_BROWSER, else one on PATH, else the one that Playwright itself installed; when there is
    none the launch fails (`make browser` installs one).
    """
    found = os.environ.get("ANZHU_TEST_BROWSER") or next(filter(None, map(shutil.which, BROWSERS)), None)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=found, args=ONLY_THIS_MACHINE)
        yield chromium
        await chromium.close()
