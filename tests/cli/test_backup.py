"""A backup and its way back as an operator types them, on both databases."""

import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyrage
import pytest
from sqlalchemy import inspect

from storage import leases
from storage.engine import open_database
from storage.files import FileStore
from tests.cli.conftest import Anzhu
from tests.postgres import Postgres

OTHER_KEY = "dHR0dHR0dHR0dHR0dHR0dHR0dHR0dHR0dHR0dHR0dHQ="
CHANGED = {"audit", "audit_head", "rewinds", "poll_leases"}
"""What a restore itself writes into."""


def rows(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that a database holds."""
    with closing(open_database(url)) as database:
        names = database.look(lambda conn: inspect(conn).get_table_names())
        return {
            name: sorted(database.look(lambda conn, name=name: _rows(conn, name)), key=str)  # type: ignore[misc]
            for name in names
            if name not in CHANGED
        }


def _rows(conn: Any, name: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in conn.exec_driver_sql(f"SELECT * FROM {name}")]  # noqa: S608  # a table of ours


@pytest.fixture
def elsewhere(anzhu: Anzhu, request: pytest.FixtureRequest) -> Iterator[dict[str, str]]:
    """An empty place of the same kind."""
    folder = anzhu.folder / "elsewhere"
    place = {"ANZHU_DATA_DIR": str(folder), "ANZHU_DATABASE_URL": f"sqlite:///{folder}/anzhu.db"}
    if anzhu.environment["ANZHU_DATABASE_URL"].startswith("sqlite"):
        yield place
        return
    server: Postgres = request.getfixturevalue("postgres")
    url = server.create()
    yield place | {"ANZHU_DATABASE_URL": url}
    server.drop(url)


def test_a_backup_brings_everything_back_and_says_what_is_older(
    june: Anzhu, elsewhere: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    joined = june.good("invite", "--role", "clerk", "--for", "浑南区", "--json").json["code"]
    june.good("chat", "--as", "new:孙演九", say=f"/start {joined}\n同意加入\n孙演九\n/tasks\n")
    file = FileStore(june.folder / "files").keep_drawn(b"{}", "x.json")
    with closing(open_database(june.environment["ANZHU_DATABASE_URL"])) as database:
        database.run(lambda conn: leases.take(conn, "telegram", "1", "a process at work", datetime.now(UTC)))
    before = rows(june.environment["ANZHU_DATABASE_URL"])
    target = june.folder / "备份.zip"
    told = june.good("--operator", "王值班", "backup", str(target)).out
    assert "已备份到" in told
    assert "它不在备份里" in told
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert "已存在，没有覆盖" in june.refused("backup", str(target), code=1)
    assert "已存在" in june.refused("backup", "", code=1)
    assert "不存在，没有备份" in june.refused("backup", str(june.folder / "nowhere" / "b.zip"), code=1)
    (noted,) = june.good("audit", "show", "--event", "backup-taken", "--json").json
    assert (noted["operator"], noted["people"]) == ("王值班", 1)
    assert "完好" in june.good("backup", "--verify", str(target)).out
    after = june.good("audit", "anchor").out
    facts = june.good("backup", "--verify", str(target), "--json").json
    assert (facts["sealed"], facts["files"], facts["missing"]) == (True, 0, 0), file

    june.settings |= elsewhere
    del june.settings["ANZHU_CLOCK_START"]
    june.settings["ANZHU_SECRET_KEY"] = OTHER_KEY
    assert "没有核对封签" in june.good("backup", "--verify", str(target)).out
    assert f"需要密钥 {facts['keys'][0]}" in june.refused("restore", str(target), code=1)
    assert not Path(elsewhere["ANZHU_DATA_DIR"]).exists()
    del june.settings["ANZHU_SECRET_KEY"]
    assert "此后的不在其中" in june.good("--operator", "李值班", "restore", str(target)).out
    assert rows(elsewhere["ANZHU_DATABASE_URL"]) == before
    with closing(open_database(elsewhere["ANZHU_DATABASE_URL"])) as database:
        # Who starts here polls at once, and waits for nobody who is at work on another database.
        lease = database.look(lambda conn: leases.of(conn, "telegram", "1"))
    assert lease is not None
    assert lease.holder is None
    assert "已有内容，没有恢复" in june.refused("restore", str(target), code=1)
    assert "审计记录完整" in june.good("audit", "verify").out
    (restored,) = june.good("audit", "show", "--event", "restored", "--json").json
    assert (restored["operator"], restored["anchor"]) == ("李值班", facts["anchor"])
    # What came after the backup is gone, and an anchor of then shows it.
    told = june.refused("audit", "verify", "--anchor", after, code=1)
    assert "与锚点不符：数据库于" in told
    assert f"那个备份的记录到第{facts['anchor'].split()[2]}条" in told
    assert (
        f"与第{facts['anchor'].split()[2]}条的锚点一致" in june.good("audit", "verify", "--anchor", facts["anchor"]).out
    )
    for _ in range(2):
        june.good("tick")
    assert caplog.text.count("审计记录到第") == 1
    assert "系统已于" in june.good("chat", "--as", "1", say="").out


@pytest.mark.parametrize("current_database_url", ["sqlite"], indirect=True)
def test_a_backup_waits_for_nobody_who_writes(anzhu: Anzhu) -> None:
    anzhu.good("people")
    with closing(open_database(anzhu.environment["ANZHU_DATABASE_URL"])) as database:

        def importing(conn: Any) -> None:
            conn.exec_driver_sql("INSERT INTO people (name, language) VALUES ('甲', 'zh-CN')")
            anzhu.good("backup", str(anzhu.folder / "b.zip"))

        database.run(importing)
    anzhu.good("tick")
    assert len(anzhu.good("audit", "show", "--event", "backup-taken", "--json").json) == 1


@pytest.mark.parametrize("current_database_url", ["sqlite"], indirect=True)
def test_an_encrypted_backup_needs_its_secret_key(anzhu: Anzhu, elsewhere: dict[str, str]) -> None:
    secret = pyrage.x25519.Identity.generate()
    key = anzhu.folder / "key.txt"
    key.write_text(f"# 恢复用\n{secret}\n", encoding="utf-8")
    target = anzhu.folder / "b.age"
    anzhu.good("people")
    assert "不是公钥" in anzhu.refused("backup", str(target), "--recipient", "age1", code=1)
    anzhu.good("backup", str(target), "--recipient", str(secret.to_public()))
    assert target.read_bytes().startswith(b"age-encryption.org/v1")
    assert {path.name for path in anzhu.folder.iterdir()} == {"anzhu.db", "b.age", "key.txt"}
    anzhu.settings |= elsewhere
    assert "--identity" in anzhu.refused("restore", str(target), code=1)
    assert "没有可用的私钥" in anzhu.refused("restore", str(target), "--identity", str(target), code=1)
    anzhu.good("restore", str(target), "--identity", str(key))
    anzhu.good("doctor")


def test_a_restore_makes_no_key_and_an_old_copy_is_put_back_by_hand(bare: Anzhu, tmp_path: Path) -> None:
    assert "还没有数据库" in bare.refused("backup", str(tmp_path / "b.zip"))
    assert not (tmp_path / "data").exists()
    bare.good("invite", "--role", "clerk", "--for", "浑南区")
    bare.good("backup", str(tmp_path / "b.zip"))
    (key,) = bare.good("key", "list", "--json").json
    copied = tmp_path / "copied"
    copied.mkdir()
    with closing(sqlite3.connect(tmp_path / "data" / "anzhu.db")) as database:
        database.execute("VACUUM INTO ?", (str(copied / "anzhu.db"),))
    shutil.copy(tmp_path / "data" / "secret.key", copied)
    bare.settings["ANZHU_DATA_DIR"] = str(tmp_path / "new")
    assert f"需要密钥 {key['id']}" in bare.refused("restore", str(tmp_path / "b.zip"))
    assert not (tmp_path / "new").exists()
    bare.settings["ANZHU_DATA_DIR"] = str(copied)
    assert "审计记录完整" in bare.good("audit", "verify").out


def test_who_runs_the_system_backs_it_up(anzhu: Anzhu) -> None:
    names = anzhu.folder / "administrators.toml"
    names.write_text('system = ["王值班"]\nsecurity = ["李值班"]\naudit = ["赵值班"]\n', encoding="utf-8")
    anzhu.settings |= {"ANZHU_ADMINISTRATORS": str(names), "ANZHU_OPERATOR": "赵值班"}
    for command in ("backup", "restore"):
        assert "由系统管理员办理" in anzhu.refused(command, str(anzhu.folder / "b.zip"))
