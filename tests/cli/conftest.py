"""Commands as people call them, in this process or in one of their own, on both databases."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, update

# The language is settled when a module of the command line is imported, as it is when one is called.
os.environ["LC_ALL"] = "zh_CN.UTF-8"

from bot.cli.entry import run
from bot.cli.words import language
from storage.tables import clock, signs
from talk.texts import CHINESE
from tests.conftest import brought_postgres, brought_sqlite, copied
from tests.postgres import Postgres
from tests.town import SECRET

ROOT = Path(__file__).parents[2]
THE_300 = ROOT / "tests" / "data" / "enterprises-300.csv"
FOOD = "91210112114884238K"
JUNE = "2023-06-05T09:00:00+08:00"


@dataclass(frozen=True)
class Result:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The output as JSON."""
        return json.loads(self.out)


@dataclass
class Anzhu:
    """The command line of one installation."""

    folder: Path
    environment: dict[str, str]
    patch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture[str]
    settings: dict[str, str] = field(default_factory=dict[str, str])

    def __call__(self, *args: str, say: str = "") -> Result:
        """Run a command in this process, with lines on its input."""
        with self.patch.context() as patch:
            for name, value in {**self.environment, **self.settings}.items():
                patch.setenv(name, value)
            patch.setattr(sys, "stdin", io.StringIO(say))
            self.capture.readouterr()
            code = run(args)
        out, err = self.capture.readouterr()
        assert "Traceback" not in out + err
        return Result(code, out, err)

    def apart(self, *args: str, say: str = "", **environment: str) -> Result:
        """Run a command in a process of its own."""
        done = subprocess.run(
            [sys.executable, "-m", "bot", *args],
            input=say,
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            env={**os.environ, **self.environment, **self.settings, **environment},
            timeout=60,
            check=False,
        )
        assert "Traceback" not in done.stdout + done.stderr
        return Result(done.returncode, done.stdout, done.stderr)

    def good(self, *args: str, say: str = "") -> Result:
        """Run a command that must succeed, without a word on stderr."""
        result = self(*args, say=say)
        assert (result.code, result.err) == (0, ""), result
        return result

    def refused(self, *args: str, code: int = 2, say: str = "") -> str:
        """Run a command that must fail with one line, and give that line."""
        result = self(*args, say=say)
        assert result.code == code, result
        assert result.err.endswith("\n")
        assert result.err.count("\n") == 1, result.err
        return result.err.strip()


def bring_june(url: str, folder: Path) -> None:
    """Bring a database with the present tables to 5 June 2023 by the commands, with the first ten of the registry."""
    registry = folder / "registry.csv"
    registry.write_text("\n".join(THE_300.read_text(encoding="utf-8").splitlines()[:11]), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ANZHU_DATA_DIR", str(folder))
        patch.setenv("ANZHU_DATABASE_URL", url)
        patch.setenv("ANZHU_SECRET_KEY", SECRET)
        patch.setenv("ANZHU_CLOCK_START", JUNE)
        assert run(("import", "enterprises", str(registry))) == 0
        assert run(("tick",)) == 0


@pytest.fixture(scope="session")
def sqlite_june(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an SQLite file with `june` in it."""
    return brought_sqlite(sqlite_template, tmp_path_factory.mktemp("june"), bring_june)


@pytest.fixture(scope="session")
def postgres_june(postgres: Postgres, postgres_template: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the name of a PostgreSQL database with `june` in it."""
    return brought_postgres(postgres, postgres_template, tmp_path_factory.mktemp("june"), bring_june)


@pytest.fixture(params=["sqlite", "postgresql"])
def current_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the SQLAlchemy URL of a fresh database with the present tables, and with `june` in them where a test asks
    for it; once on each kind.
    """
    what = "june" if "june" in request.fixturenames else "template"
    yield from copied(request, tmp_path, sqlite=f"sqlite_{what}", postgres=f"postgres_{what}")


@pytest.fixture
def anzhu(
    current_database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Anzhu:
    """Give the command line on a database with the present tables and nothing in them."""
    assert language() == CHINESE
    environment = {
        "ANZHU_DATA_DIR": str(tmp_path),
        "ANZHU_DATABASE_URL": current_database_url,
        "ANZHU_SECRET_KEY": SECRET,
    }
    return Anzhu(tmp_path, environment, monkeypatch, capsys)


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Anzhu:
    """Give the command line as it is first called: a data folder that is not there yet, and nothing set."""
    return Anzhu(tmp_path, {"ANZHU_DATA_DIR": str(tmp_path / "data")}, monkeypatch, capsys)


@pytest.fixture
def june(anzhu: Anzhu) -> Anzhu:
    """Give a rehearsal on 5 June 2023 with the first ten of the registry, planned."""
    anzhu.settings["ANZHU_CLOCK_START"] = JUNE
    moment = datetime.now(UTC)
    engine = create_engine(anzhu.environment["ANZHU_DATABASE_URL"])
    with engine.begin() as conn:
        # Its clock went on since it was made, and nobody has ticked: it is 9 o'clock again, and just ticked.
        conn.execute(update(clock).values(offset_seconds=ceil((datetime.fromisoformat(JUNE) - moment).total_seconds())))
        conn.execute(update(signs).values(at=moment))
    engine.dispose()
    return anzhu


Join = Callable[[str, str, str], Result]


@pytest.fixture
def join(june: Anzhu) -> Join:
    """Give a way to join by invitation, in the terminal; the name must be the registry's, where it has one."""

    def joining(name: str, role: str, subject: str) -> Result:
        code = june.good("invite", "--role", role, "--for", subject, "--json").json["code"]
        return june.good("chat", "--as", f"new:{name}", say=f"/start {code}\n同意加入\n是我\n")

    return joining
