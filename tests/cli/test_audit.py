"""What an operator sees of the audit log after it was tampered with, put back, or sealed with another key."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Anzhu

OTHER_KEY = "dHR0dHR0dHR0dHR0dHR0dHR0dHR0dHR0dHR0dHR0dHQ="


@pytest.fixture
def log(bare: Anzhu, tmp_path: Path) -> Anzhu:
    """A log of four rows: that it began, and three invitations."""
    for _ in range(3):
        bare.good("--operator", "王值班", "invite", "--role", "clerk", "--for", "浑南区")
    assert (tmp_path / "data" / "anzhu.db").exists()
    return bare


def file(log: Anzhu) -> Path:
    return log.folder / "data" / "anzhu.db"


def tamper(log: Anzhu, *statements: str) -> None:
    with sqlite3.connect(file(log)) as conn:
        for statement in statements:
            conn.execute(statement)
    conn.close()


def audit_of_doctor(log: Anzhu) -> tuple[str, str]:
    (found,) = [one for one in log("doctor", "--json").json if one["check"] == "audit"]
    return found["level"], found["detail"]


def invite(log: Anzhu) -> None:
    log.good("invite", "--role", "clerk", "--for", "浑南区")


def test_what_nobody_touched_is_whole(log: Anzhu) -> None:
    said = log.good("audit", "verify").out
    assert "审计记录完整：共4条，都已封存。" in said
    assert "没有锚点可比" in said
    assert audit_of_doctor(log) == ("ok", "审计记录共4条，逐条核验，完整。")


FORGED = "INSERT INTO audit (at, event, subject, data) VALUES ('2023-06-05 01:00:00.000000', 'left', 'person/1', '{}')"


@pytest.mark.parametrize(
    ("attack", "told"),
    [
        (("DELETE FROM audit", "DELETE FROM audit_head"), "在第1条断裂"),
        (("DELETE FROM audit",), "在第1条断裂"),
        (("DELETE FROM audit_head",), "在第1条断裂"),
        ((FORGED,), "有1条审计记录没有封存，不是本系统写入的；其余4条完整"),
        (("DELETE FROM audit WHERE seq = 4",), "在第4条断裂"),
        (("UPDATE audit SET operator = '李值班' WHERE seq = 3",), "在第3条断裂"),
        (("UPDATE audit SET seq = 9 WHERE seq = 2", "UPDATE audit SET seq = 2 WHERE seq = 3"), "在第2条断裂"),
        (("UPDATE audit SET data = '{' WHERE seq = 2",), "在第2条断裂"),
    ],
    ids=["emptied", "no-rows", "no-head", "unsealed", "last", "operator", "swapped", "garbage"],
)
def test_an_attack_is_told_by_verify_and_by_the_doctor_before_and_after_the_next_event(
    log: Anzhu, attack: tuple[str, ...], told: str
) -> None:
    tamper(log, *attack)
    assert told in log.refused("audit", "verify", code=1)
    state, detail = audit_of_doctor(log)
    assert (state, told in detail) == ("error", True)
    log.good("tick")
    invite(log)
    assert log("audit", "verify").code == 1
    assert audit_of_doctor(log)[0] == "error"


@pytest.mark.parametrize("in_file", [False, True])
def test_an_older_database_in_the_place_of_the_present_one_shows_by_its_anchor(
    log: Anzhu, tmp_path: Path, *, in_file: bool
) -> None:
    shutil.copy(file(log), tmp_path / "older.db")
    invite(log)
    anchor = log.good("audit", "anchor").out
    assert anchor.count("\n") == 1
    given = anchor
    if in_file:
        given = str(tmp_path / "anchors.txt")
        Path(given).write_text(f"# 张贴于6月5日\n{anchor}", encoding="utf-8")
    assert "与第5条的锚点一致" in log.good("audit", "verify", "--anchor", given).out
    invite(log)
    assert "与第5条的锚点一致" in log.good("audit", "verify", "--anchor", given).out
    shutil.copy(tmp_path / "older.db", file(log))
    assert "审计记录完整" in log.good("audit", "verify").out
    told = log.refused("audit", "verify", "--anchor", given, code=1)
    assert "审计记录自身相连，但只到第4条，而" in told
    assert "的锚点在第5条。数据库被换成了旧的，或末尾被截掉。" in told
    for _ in range(2):
        invite(log)
    told = log.refused("audit", "verify", "--anchor", given, code=1)
    assert "第5条与锚点不符（锚点时间20" in told
    assert "到这一条为止的记录被改写过，或换成旧数据库后又写到了这里。" in told


def test_the_anchor_of_each_day_is_kept_and_held_against_the_log(log: Anzhu, tmp_path: Path) -> None:
    log.settings["ANZHU_AUDIT_ANCHOR_FILE"] = str(tmp_path / "anchors")
    shutil.copy(file(log), tmp_path / "older.db")
    invite(log)
    for _ in range(2):
        log.good("tick")
    assert (tmp_path / "anchors").read_text(encoding="utf-8").count("\n") == 1
    assert (tmp_path / "anchors").stat().st_mode & 0o077 == 0
    assert audit_of_doctor(log)[0] == "ok"
    (written,) = (tmp_path / "anchors").read_text(encoding="utf-8").splitlines()
    for at in ("2023-06-01T00:00:00+00:00", "2099-01-01T00:00:00+00:00", "2023-06-01T00:00:00"):
        # Data that runs out: anchors that ended, are of a clock that leapt, or are none.
        (tmp_path / "anchors").write_text(f"{written.rpartition(' ')[0]} {at}\n", encoding="utf-8")
        assert audit_of_doctor(log)[0] == "warning"
    (tmp_path / "anchors").write_text(f"{written}\n", encoding="utf-8")
    shutil.copy(tmp_path / "older.db", file(log))
    assert "与锚点不符" in log.refused("audit", "verify", code=1)
    assert audit_of_doctor(log)[0] == "error"


def test_what_was_cut_off_and_what_an_anchor_vouches_for_is_told(log: Anzhu) -> None:
    anchor = log.good("audit", "anchor").out
    for _ in range(3):
        invite(log)
    tamper(log, "DELETE FROM audit WHERE seq > 5")
    copied = f"【沈阳市应急管理局】\n{anchor[:40]}\n{anchor[40:]}请保留"
    told = log.refused("audit", "verify", "--anchor", copied, code=1)
    assert told.startswith("审计记录在第6条断裂：第6条到第7条不见了，此前5条完整，第4条及以前与锚点一致。")


def test_an_anchor_of_another_database_is_told(log: Anzhu) -> None:
    other = f"anzhu-audit {'0' * 16} 1 {'ab' * 32} 2023-06-05T01:00:00+00:00"
    assert "另一个数据库" in log.refused("audit", "verify", "--anchor", other, code=1)


@pytest.mark.parametrize("given", ["x", "anzhu-audit", "/nowhere", "x" * 5000, "\n"])
def test_what_is_no_anchor_is_refused_in_one_line(log: Anzhu, given: str) -> None:
    assert "不是完整的锚点" in log.refused("audit", "verify", "--anchor", given)


def test_another_key_is_no_tampering_and_breaks_nothing(log: Anzhu) -> None:
    anchor = log.good("audit", "anchor").out
    log.settings["ANZHU_SECRET_KEY"] = OTHER_KEY
    for command in (
        ("audit", "verify"),
        ("audit", "verify", "--anchor", anchor),
        ("audit", "anchor"),
        ("tick",),
        ("invite", "--role", "clerk", "--for", "浑南区"),
    ):
        assert "密钥不是封存审计记录的那一把（封存用的是 " in log.refused(*command)
    state, detail = audit_of_doctor(log)
    assert (state, "另一把密钥" in detail) == ("error", True)
    del log.settings["ANZHU_SECRET_KEY"]
    assert "审计记录完整：共4条" in log.good("audit", "verify").out


def test_a_key_that_is_lost_is_named_and_no_other_one_made(log: Anzhu, tmp_path: Path) -> None:
    (key,) = log.good("key", "list", "--json").json
    secret = tmp_path / "data" / "secret.key"
    secret.rename(tmp_path / "elsewhere")
    given = ("audit", "verify", "--anchor", f"anzhu-audit {'0' * 16} 1 {'ab' * 32} 2023-06-05T01:00:00+00:00")
    for command in (("audit", "verify"), given, ("audit", "anchor"), ("tick",), ("key", "list"), ("key", "rotate")):
        told = log.refused(*command)
        assert f"是用密钥 {key['id']} 封存的" in told
    assert [one["detail"] for one in log("doctor", "--json").json if key["id"] in one["detail"]]
    assert not secret.exists()
    (tmp_path / "elsewhere").rename(secret)
    assert "审计记录完整：共4条" in log.good("audit", "verify").out


def test_events_are_listed_by_kind_operator_and_object(log: Anzhu) -> None:
    def listed(*given: str) -> list[str]:
        return [row["event"] for row in log.good("audit", "show", "--json", *given).json]

    assert listed() == []
    assert listed("--event", "all") == ["audit-begun", "invited", "invited", "invited"]
    assert listed("--event", "invited", "--operator", "王值班") == ["invited"] * 3
    assert listed("--event", "all", "--operator", "别人") == []
    assert listed("--event", "all", "--about", "audit") == ["audit-begun"]
    assert listed("--event", "all", "--since", "2099-01-01T00:00:00+08:00") == []
    assert "时区" in log.refused("audit", "show", "--since", "2023-06-05T00:00:00")
