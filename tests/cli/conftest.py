"""Commands as people call them, in this process or in one of their own, on both databases."""

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

# The language is settled when a module of the command line is imported, as it is when one is called.
os.environ["LC_ALL"] = "zh_CN.UTF-8"

from bot.cli.entry import run
from bot.cli.words import language
from talk.texts import CHINESE
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
    registry = anzhu.folder / "registry.csv"
    registry.write_text("\n".join(THE_300.read_text(encoding="utf-8").splitlines()[:11]), encoding="utf-8")
    anzhu.good("import", "enterprises", str(registry))
    anzhu.good("tick")
    return anzhu


Join = Callable[[str, str, str], Result]


@pytest.fixture
def join(june: Anzhu) -> Join:
    """Give a way to join by invitation, in the terminal; the name must be the registry's, where it has one."""

    def joining(name: str, role: str, subject: str) -> Result:
        code = june.good("invite", "--role", role, "--for", subject, "--json").json["code"]
        return june.good("chat", "--as", f"new:{name}", say=f"/start {code}\n同意加入\n是我\n")

    return joining
