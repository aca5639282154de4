"""Roles end, people are locked out, codes are listed and taken back: at the command line."""

import json
import os
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import FOOD, Anzhu, Join


def officer(june: Anzhu, join: Join) -> int:
    """The number of an officer who joined."""
    join("钱演七", "officer", FOOD)
    return int(june.good("people", "--json").json[-1]["id"])


def test_a_role_is_ended_with_a_reason(june: Anzhu, join: Join) -> None:
    number = officer(june, join)
    june.good("invite", "--role", "officer", "--for", FOOD)
    told = june.good("people", "end", str(number), "--reason", "已调离").out
    assert told.startswith("已结束：沈阳白桦示范食品0001有限公司安全管理人员。")
    assert "作废邀请码1个" in told
    assert [person["roles"] for person in june.good("people", "--json").json] == [[]]
    assert "没有这样的角色" in june("people", "end", str(number), "--reason", "已调离").err
    (ended,) = [letter for letter in june.good("outbox", "--json").json if letter["kind"] == "role-ended"]
    assert ended["person"] == number


def test_a_role_is_ended_with_a_day(june: Anzhu, join: Join) -> None:
    number = str(officer(june, join))
    assert (
        "到2099年12月31日结束"
        in june.good(
            "people", "end", number, "--reason", "借调", "--on", "2099-12-31", "--role", "officer", "--for", FOOD
        ).out
    )


@pytest.mark.parametrize("current_database_url", ["sqlite"], indirect=True)
def test_somebody_gets_all_that_is_kept_and_is_let_go(june: Anzhu, join: Join, tmp_path: Path) -> None:
    number = str(officer(june, join))
    out = tmp_path / "his.zip"
    assert "只能交给本人" in june.good("people", "data", number, "--out", str(out)).out
    assert out.stat().st_mode & 0o077 == 0
    with ZipFile(out) as archive:
        told = json.loads(archive.read("我的资料.txt"))
    assert told["name"].startswith("钱演七")
    assert told["roles"][0]["role"] == "officer"
    assert "已存在" in june.refused("people", "data", number, "--out", str(out))
    (look,) = june.good("audit", "show", "--json").json[-1:]
    assert (look["event"], look["subject"], look["command"]) == ("data-exported", f"person/{number}", "people data")
    said = june.good("people", "forget", number).out
    assert f"已删除{number}号人员的姓名、聊天账号" in said
    assert "备份" in said
    assert june.good("people", "--json").json == []
    assert f"没有编号为“{number}”的人员" in june.refused("people", "forget", number)
    assert "审计记录完整" in june.good("audit", "verify").out
    # Whoever has no account is asked for by name and place, and the log has no name.
    named = tmp_path / "named.zip"
    june.good("people", "data", "郑演丙", "--for", FOOD, "--out", str(named))
    with ZipFile(named) as archive:
        assert json.loads(archive.read("我的资料.txt"))["name"] == "郑演丙"
    assert "郑演丙" not in june.good("audit", "show", "--event", "all", "--json").out


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("people data 99 --out /tmp/x.zip", "没有编号为“99”的人员"),
        ("people data 1 --for 浑南区 --out /tmp/x.zip", "“1”不是姓名"),
        ("people forget 99", "没有编号为“99”的人员"),
        ("people forget 1 --for 浑南区", "“1”不是姓名"),
        ("people forget 无此人 --for 浑南区", "浑南区没有叫“无此人”的"),
        ("people forget 无此人 --for 无此地", "没有信用代码为“无此地”的企业"),
        ("people end 99 --reason x", "没有编号为“99”的人员"),
        ("people end x --reason x", "没有编号为“x”的人员"),
        ("people end 1", "--reason"),
        ("people lock 99", "没有编号为“99”的人员"),
        ("people unlock 99", "没有编号为“99”的人员"),
        ("people stop 1", "没有“stop”这个命令"),
        ("people --stop", "没有“--stop”这个参数"),
        ("invite", "请写明 --role 和 --for"),
        ("invite --role officer", "请写明 --role 和 --for"),
        ("invite --void all", "全部作废请用 --for"),
        ("invite --void 99", "没有可以作废的邀请码“99”"),
        ("invite --void AAAA-AAAA-AAAA", "没有可以作废的邀请码“AAAA-AAAA-AAAA”"),
        ("invite --role clerk --for 浑南区 --until soon", "看不懂日期“soon”"),
        ("invite --role clerk --for 浑南区 --until 2001-01-01", "已经过去"),
    ],
)
def test_bad_input_is_one_line(june: Anzhu, line: str, told: str) -> None:
    result = june(*line.split())
    assert result.code == 2
    assert told in result.err
    assert len(result.err.splitlines()) == 1


def test_other_ends_that_cannot_be_are_one_line(june: Anzhu, join: Join) -> None:
    number = str(officer(june, join))
    for args, told in (
        (("--on", "2001-01-01"), "已经过去"),
        (("--on", "tomorrow"), "看不懂日期"),
        (("--role", "boss"), "没有“boss”这种角色"),
        (("--role", "clerk"), "没有这样的角色"),
        (("--for", "沈河区"), "没有这样的角色"),
        (("--for", "nowhere"), "没有信用代码为“nowhere”的企业"),
    ):
        result = june("people", "end", number, "--reason", "x", *args)
        assert (result.code, told in result.err) == (2, True), (args, result.err)
    for reason in (" ", "长" * 201):
        assert "原因须为1至200个字" in june("people", "end", number, "--reason", reason).err


def test_a_lost_phone_is_locked_and_let_in_by_a_code(june: Anzhu, join: Join) -> None:
    number = str(officer(june, join))
    assert f"没有锁定。换手机的，请先运行 anzhu people lock {number}" in june("people", "unlock", number).err
    assert "已锁定" in june.good("people", "lock", number).out
    assert "早已锁定" in june.good("people", "lock", number).out
    assert "这个账号已锁定" in june.good("chat", "--as", number, say="/tasks\n").out
    (person,) = [one for one in june.good("people", "--json").json if str(one["id"]) == number]
    assert person["locked_at"] is not None
    code = june.good("people", "unlock", number, "--json").json["code"]
    assert "已恢复使用" in june.good("chat", "--as", "new:新手机", say=f"/start {code}\n").out
    june.good("people", "lock", number)
    june.good("people", "end", number, "--reason", "已离职")
    assert "没有角色可恢复" in june("people", "unlock", number).err


def test_invitations_are_listed_without_their_codes_and_taken_back(june: Anzhu) -> None:
    codes = [
        june.good("invite", "--role", role, "--for", FOOD, "--json").json["code"] for role in ("officer", "worker")
    ]
    june.good("--operator", "王演一", "invite", "--role", "clerk", "--for", "浑南区", "--until", "2099-12-31")
    listed = june.good("invite", "--list", "--json")
    assert not [code for code in codes if code in listed.out or code.replace("-", "") in listed.out]
    assert [(one["role"], one["subject"], one["state"]) for one in listed.json] == [
        ("officer", FOOD, "open"),
        ("worker", FOOD, "open"),
        ("clerk", "浑南区", "open"),
    ]
    assert listed.json[2]["operator"] == "王演一"
    assert listed.json[2]["role_ends"] == "2100-01-01T00:00:00+08:00"
    assert "可用" in june.good("invite", "--list").out
    assert "已作废邀请码1个" in june.good("invite", "--void", codes[0].lower()).out
    assert "没有可以作废的邀请码" in june("invite", "--void", codes[0]).err
    assert "已作废邀请码1个" in june.good("invite", "--void", "all", "--for", FOOD).out
    assert "已作废邀请码1个" in june.good("invite", "--void", str(listed.json[2]["id"])).out
    assert {one["state"] for one in june.good("invite", "--list", "--json").json} == {"voided"}


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o277])
def test_codes_are_for_their_owner_alone_whatever_the_umask(june: Anzhu, tmp_path: Path, umask: int) -> None:
    out = tmp_path / f"codes-{umask}.csv"
    before = os.umask(umask)
    try:
        june.good("invite", "--role", "principal", "--for", "浑南区", "--all", "--out", str(out))
    finally:
        os.umask(before)
    assert out.stat().st_mode & 0o777 == 0o600
    # One that is there may be somebody else's to read, and is never written into.
    there = tmp_path / "there.csv"
    there.write_text("")
    there.chmod(0o644)
    refused = june("invite", "--role", "principal", "--for", "浑南区", "--all", "--out", str(there))
    assert (refused.code, there.read_text()) == (2, "")


def test_the_roles_are_listed_for_a_review_and_kept(june: Anzhu, join: Join, tmp_path: Path) -> None:
    number = officer(june, join)
    (row,) = june.good("people", "--review", "--json").json
    assert (row["person"], row["role"], row["subject"], row["state"]) == (number, "officer", FOOD, "active")
    assert row["granted_by"]
    assert row["seen_at"]
    assert row["reviewed_at"] is None
    out = tmp_path / "roles.xlsx"
    assert "1个身份" in june.good("people", "--review", "--out", str(out)).out
    assert out.stat().st_mode & 0o777 == 0o600
    sheet = load_workbook(out).active
    assert sheet is not None
    head, line = sheet.iter_rows(values_only=True)
    assert head[-1] == "保留／结束"
    assert line[1] == row["name"]
    assert "已记录保留：1个" in june.good("people", "keep", str(number)).out
    (row,) = june.good("people", "--review", "--json").json
    assert row["reviewed_at"]
    assert "--out 只与 --review 合用" in june("people", "--out", str(out)).err
    shown = june.good("audit", "show", "--json").json
    assert [one for one in shown if "people --review" in str(one)]
