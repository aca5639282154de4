"""Every command over hostile data and hostile arguments: one line in words of ours, whatever a library says."""

import logging
import re
import sqlite3
import sys
import warnings
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import make_url
from typer.main import get_group

from bot.__main__ import main
from bot.cli import logs, words
from bot.cli.entry import app
from bot.cli.words import words as in_words
from storage.schema import upgrade
from talk.texts import CHINESE, ENGLISH, LANGUAGES, Say
from tests.cli.conftest import Anzhu
from tests.postgres import Postgres
from tests.town import SECRET

SERVING: Final = frozenset({"demo"})
"""What would begin to serve whatever the data is."""
_FOREIGN: Final = re.compile(
    r"Traceback|[A-Za-z]*(?:Error|Exception|Warning)\b|site-packages|\.py\b|sqlalche|psycopg|sqlite3|FATAL|errno",
    re.IGNORECASE,
)
_ENGLISH: Final = re.compile(r"(?:\b[a-z]{2,} ){3}")
_COMMAND: Final = re.compile(r"anzhu(?: [a-z-]+)+")
_QUOTED: Final = re.compile("“.*?”")
_HAN: Final = re.compile("[\u4e00-\u9fff]")


def leaves(group: Any, before: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each command with its words."""
    for name in group.list_commands(None):
        found = group.get_command(None, name)
        if hasattr(found, "list_commands"):
            yield from leaves(found, (*before, name))
        elif name not in SERVING:
            yield (*before, name), found


COMMANDS: Final = tuple(leaves(get_group(app)))


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command writes where it is called, as `pack new`, is nobody else's."""
    monkeypatch.chdir(tmp_path)


def needed(command: Any, given: str) -> list[str]:
    """The arguments without which a command does not begin."""
    found: list[str] = []
    for parameter in command.params:
        if parameter.required:
            found += [given] if parameter.param_type_name == "argument" else [parameter.opts[0], given]
    return found


def sound(result: Any, language: str) -> None:
    """Hold what a command said: an exit code, a line at the most on stderr, nobody's words but ours."""
    assert result.code in {0, 1, 2}, result
    assert result.err.count("\n") <= 1, result.err
    assert not _FOREIGN.search(result.out + result.err), result
    assert in_words(Say("cli-unexpected")) not in result.out + result.err
    if language == CHINESE:
        assert not _ENGLISH.search(_COMMAND.sub("", result.err)), result.err
    else:
        assert not _HAN.search(_QUOTED.sub("", result.err)), result.err


def _newer(file: Path) -> None:
    upgrade(f"sqlite:///{file}")
    with sqlite3.connect(file) as conn:
        conn.execute("UPDATE alembic_version SET version_num = '9999'")


def _corrupt(file: Path) -> None:
    upgrade(f"sqlite:///{file}")
    whole = file.read_bytes()
    file.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))


def _foreign(file: Path) -> None:
    with sqlite3.connect(file) as conn:
        conn.execute("CREATE TABLE people (x)")


def _two_versions(file: Path) -> None:
    upgrade(f"sqlite:///{file}")
    with sqlite3.connect(file) as conn:
        conn.execute("INSERT INTO alembic_version VALUES ('8888')")


STATES: Final[dict[str, tuple[Callable[[Path], Any], str]]] = {
    "newer": (_newer, "数据库是更新的版本建立的"),
    "two versions": (_two_versions, "数据库是更新的版本建立的"),
    "corrupt": (_corrupt, "数据库文件已损坏"),
    "text": (lambda file: file.write_text("企业名称,信用代码\n" * 99, encoding="utf-8"), "数据库文件已损坏"),
    "foreign": (_foreign, "数据库里已有别的程序的表"),
    "folder": (lambda file: file.mkdir(), "anzhu.db”无法读写（是文件夹）"),
}


@pytest.mark.parametrize("state", STATES)
def test_a_librarys_words_every_command_over_hostile_data(
    bare: Anzhu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    make, told = STATES[state]
    (tmp_path / "data").mkdir()
    make(tmp_path / "data" / "anzhu.db")
    bare.settings["ANZHU_SECRET_KEY"] = SECRET
    heard = 0
    for name, command in COMMANDS:
        result = bare(*name, *needed(command, "1"))
        sound(result, CHINESE)
        heard += told in result.err
    assert heard > 8
    assert told in bare("doctor").out
    monkeypatch.setattr(words, "language", lambda: ENGLISH)
    for name in (("people",), ("tick",), ("db", "upgrade"), ("doctor",), ("audit", "verify")):
        sound(bare(*name), ENGLISH)


ODD: Final = (
    "",
    " ",
    "x" * 5000,
    "-1",
    "９" * 30,
    "2023-13",
    "9999-12-31T23:59:59+14:00",
    "../..",
    "/dev/null",
    "\udcff",
)
"""What people type by mistake, or to see what happens."""


@pytest.mark.parametrize("current_database_url", ["sqlite"], indirect=True)
def test_a_librarys_words_every_argument_of_every_command(
    anzhu: Anzhu, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    odd = cycle(ODD)
    for name, command in COMMANDS:
        for parameter in command.params:
            if parameter.param_type_name == "argument":
                sound(anzhu(*name, next(odd)), CHINESE)
            elif not parameter.is_flag and parameter.opts[0] != "--help":
                sound(anzhu(*name, parameter.opts[0], next(odd), *needed(command, "1")), CHINESE)


def test_a_librarys_words_postgresql_that_does_not_let_in(bare: Anzhu, postgres: Postgres) -> None:
    url = postgres.create()
    bare.settings["ANZHU_SECRET_KEY"] = SECRET
    address = make_url(url)
    for wrong, told in (
        (address.set(database="nowhere"), "PostgreSQL 上没有这个库"),
        (address.set(username="nobody"), "不接受这个用户或密码"),
        (address.set(host="127.0.0.1", port=9), "连不上 PostgreSQL"),
        (address, "数据库的表不是当前版本"),
    ):
        bare.settings["ANZHU_DATABASE_URL"] = wrong.render_as_string(hide_password=False)
        for line in (("people",), ("tick",), ("doctor",), ("db", "upgrade")) if wrong != address else (("people",),):
            result = bare(*line)
            sound(result, CHINESE)
            assert told in result.err + result.out
    postgres.drop(url)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("HOLIDAYS", value) for value in ("/nowhere", "/", "pyproject.toml", "/dev/full")),
        *(("DATA_DIR", value) for value in ("/dev/null", "/proc/none", "x" * 5000)),
        *(("PACK", value) for value in ("/", "/dev/null", "tests/data", "\udcff", "x" * 5000)),
        *(("SECRET_KEY_FILE", value) for value in ("/nowhere", "/", "/dev/null", "pyproject.toml")),
        *(("SECRET_KEY_COMMAND", value) for value in ("'", "/nowhere", "false", "echo x", "/")),
        *(("ADMINISTRATORS", value) for value in ("/nowhere", "/", "pyproject.toml")),
        *(("AUDIT_ANCHOR_FILE", value) for value in ("/nowhere/x", "/", "/dev/full")),
        *(("SYSLOG", value) for value in ("x", "udp://[", "/nowhere")),
        *(("TIMEZONE", value) for value in ("/", "Asia", "\udcff", "a/b" * 2000)),
        *(("DATABASE_URL", value) for value in ("sqlite:////", "sqlite:////proc/nowhere/x.db", "sqlite:///\udcff")),
    ],
)
def test_a_librarys_words_a_setting_that_cannot_be_used(
    bare: Anzhu, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    bare.settings[f"ANZHU_{name}"] = value
    sound(bare("doctor"), CHINESE)
    for language in LANGUAGES:
        monkeypatch.setattr(words, "language", lambda language=language: language)
        sound(bare("people"), language)


def test_a_librarys_words_warnings_and_logs_of_a_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A command that ends shows none of them; a process that stays logs what its libraries have to say."""

    def warning(_: object) -> int:
        warnings.warn("UserWarning of a library", stacklevel=2)
        logs.to_stderr(libraries=_ == ["stays"])
        logging.getLogger("library").warning("in English")
        logging.getLogger("anzhu.sending").warning("one of ours")
        return 0

    monkeypatch.setattr("bot.__main__.run", warning)
    root = logging.getLogger()
    before = root.handlers[:]
    for stays in (False, True):
        root.handlers[:] = []
        monkeypatch.setattr(sys, "warnoptions", [])
        monkeypatch.setattr(sys, "argv", ["anzhu", *["stays"] * stays])
        with warnings.catch_warnings():
            warnings.simplefilter("default")
            with pytest.raises(SystemExit):
                main()
        root.handlers[:] = before
        told = capsys.readouterr().err
        assert ("one of ours" in told, "in English" in told, "UserWarning" in told) == (True, stays, False)
