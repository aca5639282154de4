"""What fails for reasons outside the command: one line, exit code 1, no traceback."""

import errno
import os
import signal
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError, OperationalError

from bot.cli.faults import explained
from storage.engine import open_database
from tests.cli.conftest import ROOT, THE_300, Anzhu


def test_a_database_that_is_none(bare: Anzhu, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "anzhu.db").write_bytes(b"not a database, but long enough to be taken for one" * 100)
    assert "数据库文件已损坏，或不是数据库。请从备份恢复。" in bare.refused("people", code=1)


def test_a_database_that_was_damaged_is_told_by_the_doctor(bare: Anzhu, tmp_path: Path) -> None:
    bare.good("people")
    (tmp_path / "data" / "anzhu.db").write_bytes(b"x" * 10_000)
    told = bare("doctor")
    assert told.code == 1
    assert "异常　数据库文件已损坏" in told.out
    assert "正常　规则包" in told.out


def test_a_folder_that_cannot_be_one(bare: Anzhu, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file", encoding="utf-8")
    assert "请核对路径和权限" in bare.refused("people", code=1)


def test_postgresql_away(bare: Anzhu) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        bare.settings["ANZHU_DATABASE_URL"] = (
            f"postgresql+psycopg://someone:secret@127.0.0.1:{port}/x?connect_timeout=2"
        )
        told = bare.refused("people", code=1)
        assert "连不上 PostgreSQL" in told
        assert "secret" not in told
        doctor = bare("doctor")
    assert doctor.code == 1
    assert "异常　连不上 PostgreSQL" in doctor.out


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (sqlite3.SQLITE_BUSY, "数据库正被其他程序占用"),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, "数据库正被其他程序占用"),
        (sqlite3.SQLITE_FULL, "磁盘已满"),
        (sqlite3.SQLITE_READONLY, "打不开数据库文件，或文件只读"),
        (sqlite3.SQLITE_CANTOPEN, "打不开数据库文件，或文件只读"),
        (sqlite3.SQLITE_CORRUPT, "数据库文件已损坏"),
        (sqlite3.SQLITE_IOERR_WRITE, "磁盘可能有故障"),
        (sqlite3.SQLITE_MISUSE, "数据库出错（代码SQLite 21）"),
        (sqlite3.SQLITE_ERROR, "请运行 anzhu db upgrade"),
    ],
)
def test_what_sqlite_says_is_said_in_words(code: int, told: str) -> None:
    cause = sqlite3.OperationalError("no such table: people" if code == sqlite3.SQLITE_ERROR else "in English")
    cause.sqlite_errorcode = code
    for error in (cause, DBAPIError("SELECT 1", {}, cause)):
        fault = explained(error)
        assert (fault.code, told in str(fault), "English" in str(fault)) == (1, True, False)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ('connection to server at "h", port 1 failed: Connection refused\n\tIs the server running?', "连不上"),
        ("could not translate host name to address: Name or service not known", "连不上"),
        ("connection timeout expired", "连不上"),
        ("FATAL:  the database system is starting up", "连不上"),
        ('FATAL:  password authentication failed for user "x"', "不接受这个用户或密码"),
        ('FATAL:  role "x" does not exist', "不接受这个用户或密码"),
        ('FATAL:  no pg_hba.conf entry for host "h"', "不接受这个用户或密码"),
        ('FATAL:  database "x" does not exist', "没有这个库"),
        ("FATAL:  sorry, too many clients already", "连接已用完"),
        ("SSL error: certificate verify failed", "证书没有通过核验"),
        ("server does not support SSL, but SSL was required", "不提供加密连接"),
    ],
)
def test_a_librarys_words_postgresql_before_it_lets_in(said: str, told: str) -> None:
    cause = Exception(f"connection failed: {said}")
    fault = explained(OperationalError("SELECT 1", {}, cause))
    assert (fault.code, told in str(fault)) == (1, True)
    assert said not in str(fault)


def test_postgresql_that_refuses_something_is_not_called_away(current_database_url: str) -> None:
    if not current_database_url.startswith("postgresql"):
        return
    database = open_database(current_database_url)
    for statement, told in (
        ("SELECT nothing FROM nowhere", "请运行 anzhu db upgrade"),
        ("SELECT nothing FROM people", "请运行 anzhu db upgrade"),
        ("SELECT 1 / 0", "数据库出错（代码22012）"),
        ("INSERT INTO clock (id, offset_seconds, rehearsal) VALUES (1, 0, true)", "数据库出错（代码23505）"),
        ("SET TRANSACTION READ ONLY; CREATE TABLE x (y int)", "数据库服务器只读"),
    ):
        with pytest.raises(DBAPIError) as caught:
            database.run(lambda conn, statement=statement: conn.exec_driver_sql(statement))  # type: ignore[misc]
        assert told in str(explained(caught.value))
    database.close()


def test_a_locked_database_says_so(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/x.db", connect_args={"timeout": 0})
    holder = sqlite3.connect(tmp_path / "x.db")
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DBAPIError) as caught, engine.connect() as conn:
        conn.execute(text("CREATE TABLE x (y)"))
    assert "数据库正被其他程序占用" in str(explained(caught.value))
    holder.close()
    engine.dispose()


def test_a_full_disk_says_so() -> None:
    assert "磁盘已满" in str(explained(OSError(errno.ENOSPC, "No space left on device")))
    assert "出现意外错误" in str(explained(OSError("strange")))
    assert "打开的文件太多" in str(explained(OSError(errno.EMFILE, "Too many open files")))


def test_an_unexpected_error_is_one_line(bare: Anzhu, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("first line\nsecond line")

    monkeypatch.setattr("bot.cli.session.settings", broken)
    told = bare.refused("people", code=1)
    assert "出现意外错误" in told
    assert "first line" not in told


def test_output_that_nobody_reads_any_more_is_no_failure(bare: Anzhu) -> None:
    bare.good("import", "enterprises", str(THE_300))
    bare.good("tick", "--now", "2023-06-05T09:00:00+08:00")
    command = [sys.executable, "-m", "bot", "duties", "--json"]
    environment = {**os.environ, **bare.environment}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=environment
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == b"[\n"
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux only: a device that is always full")
def test_output_into_a_full_disk_is_a_failure(bare: Anzhu) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "--help"],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=ROOT,
            env={**os.environ, **bare.environment},
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, "磁盘已满，没有保存。请清理出空间后再试。\n")


def test_an_interrupted_chat_ends_quietly(bare: Anzhu) -> None:
    command = [sys.executable, "-m", "bot", "chat", "--as", "new:路人"]
    environment = {**os.environ, **bare.environment, "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT, env=environment
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"/help\n")
        process.stdin.flush()
        # All that is said comes before the next line is read.
        said = b""
        while b"/start K7Q4-M2PX" not in said:
            said += process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 130
        assert process.stderr.read().decode().startswith("已中断。")
