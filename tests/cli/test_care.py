"""Care: the doctor, the audit, dialogs as pictures, the pack."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst

from bot.subjects import TALKS
from reports import typesetting
from storage import engine, inbox, outbox, schema
from storage.schema import upgrade
from storage.tables import channel_accounts
from talk.messages import Address, Inbound, Kind, Outbound
from tests.cli.conftest import Anzhu

LONG_AGO = datetime(2023, 1, 1, tzinfo=UTC)


def checks(anzhu: Anzhu) -> dict[str, str]:
    return {one["check"]: one["level"] for one in anzhu("doctor", "--json").json}


def test_the_doctor_finds_nothing_before_the_first_use_and_makes_nothing(bare: Anzhu, tmp_path: Path) -> None:
    assert checks(bare) == {
        "data": "warning",
        "modes": "warning",
        "key": "warning",
        "files": "ok",
        "pack": "ok",
        "ways": "ok",
        "administrators": "warning",
        "schema": "warning",
    }
    assert bare.good("doctor").out.count("\n") == 8
    assert not (tmp_path / "data").exists()


def test_the_doctor_says_that_all_is_well(june: Anzhu) -> None:
    said = june.good("doctor").out
    (note,) = [line for line in said.splitlines() if not line.startswith("正常")]
    assert "没有分设系统、安全、审计管理员" in note
    assert "正在测试：行动时间为 2023-06-05 09:00" in said
    assert set(checks(june)) == {
        "data", "modes", "key", "files", "pack", "ways", "administrators", "schema", "database", "clock", "ticks",
        "polls", "inbox", "inbox-failed", "outbox", "outbox-failed", "leases", "papers", "sent-files", "kept-files",
        "rows", "audit", "channels", "holidays", "campaign", "fonts", "registry", "growth", "seals",
    }  # fmt: skip


def test_the_doctor_tells_of_an_update_that_was_set_aside_and_why(june: Anzhu, current_database_url: str) -> None:
    database = engine.open_database(current_database_url)
    unknown = Address("telegram", "1", "")
    database.run(lambda conn: inbox.set_aside(conn, unknown, -7, "[" * 99, LONG_AGO, "not understood: \x1b[31mred"))
    database.close()
    told = june("doctor")
    assert told.code == 1
    (line,) = [line for line in told.out.splitlines() if "已搁置" in line]
    assert "有1条" in line
    assert "2023-01-01 08:00" in line
    assert "not understood: \ufffd[31mred" in line


@pytest.mark.parametrize("what", ["outbox", "failed", "inbox", "audit", "channels"])
def test_the_doctor_says_what_is_wrong(june: Anzhu, current_database_url: str, what: str) -> None:
    address = Address("web", "test", "x")
    database = engine.open_database(current_database_url)
    match what:
        case "outbox" | "failed":
            letter = outbox.Letter("d", outbox.REPLY, address, None, "reply", None, Outbound("x"), LONG_AGO, None)
            database.run(lambda conn: outbox.put(conn, letter, LONG_AGO))
            if what == "failed":
                database.run(lambda conn: conn.exec_driver_sql("UPDATE outbox SET state = 'failed'"))
        case "inbox":
            database.run(
                lambda conn: inbox.receive(conn, Inbound(address, 1, LONG_AGO, Kind.TEXT), LONG_AGO, error="x")
            )
        case "audit":
            database.run(lambda conn: conn.exec_driver_sql("UPDATE audit SET subject = '' WHERE seq = 1"))
        case "channels":
            row = {"channel": "telegram", "account": "bot", "down_since": LONG_AGO, "down_reason": "401"}
            database.run(lambda conn: conn.execute(channel_accounts.insert(), row))
        case _:
            raise AssertionError(what)
    database.close()
    told = june("doctor")
    (wrong,) = [line for line in told.out.splitlines() if line.startswith("异常")]
    assert told.code == 1
    assert wrong
    name = {"failed": "outbox-failed", "inbox": "inbox-failed"}.get(what, what)
    assert {check for check, state in checks(june).items() if state == "error"} == {name}


def test_the_doctor_says_when_no_round_was_run(anzhu: Anzhu) -> None:
    anzhu.good("people")
    assert "提示　行动时间" in anzhu.good("doctor").out
    anzhu.good("tick", "--now", "2023-06-05T09:00:00+08:00")
    assert "上一轮在 2023-06-05 09:00。请运行 anzhu tick。" in anzhu.good("doctor").out


def test_a_changed_audit_row_is_found(bare: Anzhu, tmp_path: Path) -> None:
    for name in ("一", "二"):
        bare.good("invite", "--role", "clerk", "--for", "浑南区", "--json")
        assert name
    bare.good("tick")
    assert "审计记录完整：共4条，都已封存。" in bare.good("audit", "verify").out
    with sqlite3.connect(tmp_path / "data" / "anzhu.db") as conn:
        conn.execute("UPDATE audit SET subject = '铁西区' WHERE seq = 2")
    assert "审计记录在第2条断裂，此前1条完整。" in bare.refused("audit", "verify", code=1)
    assert bare("audit", "verify", "--json").json == {
        "state": "broken",
        "sealed": 1,
        "unsealed": 0,
        "broken_at": 2,
        "anchored": None,
    }


@pytest.mark.parametrize("dialog", TALKS)
def test_every_dialog_is_drawn(bare: Anzhu, dialog: str) -> None:
    drawn = bare.good("outline", dialog).out
    assert drawn.startswith("flowchart TD\n")
    assert " --> " in drawn.replace("-->|", " --> ")


@pytest.mark.parametrize("name", ["led-inspection", "hot-work-check", "criteria-training"])
def test_an_obligation_is_drawn_by_what_it_asks(bare: Anzhu, name: str) -> None:
    drawn = bare.good("outline", name).out
    assert drawn.startswith("flowchart TD\n")
    assert ("本企业有无动火等危险作业" in drawn) == (name == "hot-work-check")
    assert ("第二季度带队检查" in drawn or "5月带队检查" in drawn) == (name == "led-inspection")


def test_the_shipped_pack_is_listed_and_sound(bare: Anzhu) -> None:
    (pack,) = bare.good("pack", "list", "--json").json
    assert (pack["name"], pack["document"], pack["in_force"]) == ("shenyang_2023", "沈应急发〔2023〕27号", True)
    assert "2023年5月22日至2023年12月31日\t启用中" in bare.good("pack", "list").out
    assert bare.good("pack", "check", "shenyang_2023").out == "规则包“shenyang_2023”没有问题。\n"
    assert bare.good("pack", "check", "campaign/packs/shenyang_2023", "--json").json == []


def test_a_tick_is_the_same_however_often(june: Anzhu) -> None:
    assert june.good("tick").out.startswith("6月5日 09:00：新增任务0项，提醒0人，升级0项，发出消息0条。")
    now = "2023-07-01T08:30:00+08:00"
    told = june.good("tick", "--now", now, "--json").json
    assert set(told) == {"now", "planned", "reminded", "escalated", "sent"}
    assert told["now"] == now
    assert told["planned"] > 0
    assert june.good("tick", "--now", now, "--json").json["planned"] == 0


@pytest.mark.parametrize("current_database_url", ["sqlite"], indirect=True)
def test_data_that_ran_out_a_name_that_no_font_has_is_told_by_the_doctor(
    june: Anzhu, current_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[typesetting.FONTS])
    monkeypatch.setattr(typesetting, "_fonts", lambda: alone)
    assert "正常　名录和人员姓名里的字，都有字体可印。" in june.good("doctor").out
    database = engine.open_database(current_database_url)
    database.run(lambda conn: conn.exec_driver_sql("UPDATE enterprises SET principal_name = '郑𬎆'"))
    database.close()
    assert "提示　名录或人员姓名里的“𬎆”没有字体可印" in june.good("doctor").out


@pytest.mark.parametrize(("oldest", "told"), [("0041", "可以在新的表结构上继续运行"), ("9999", "会自行结束，退出码78")])
def test_an_upgrade_says_what_becomes_of_the_processes_at_work(
    bare: Anzhu, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, oldest: str, told: str
) -> None:
    file = tmp_path / "data" / "anzhu.db"
    upgrade(f"sqlite:///{file}", "0041")
    monkeypatch.setattr(schema, "head", lambda: "0042")
    monkeypatch.setattr(schema, "oldest_served", lambda *_: oldest)
    before = file.read_bytes()
    said = bare.good("db", "upgrade", "--dry-run").out
    assert "将升级到版本 0042；现在没有改动" in said
    assert told in said
    assert file.read_bytes() == before
    monkeypatch.setattr(schema, "upgrade", lambda _: None)
    assert told in bare.good("db", "upgrade").out
