"""Lists: fields as the contract names them, tables on a terminal, plain lines into a pipe."""

import io
import re
import sys
from unicodedata import east_asian_width
from zoneinfo import ZoneInfo

import pytest

from bot.cli import output
from tests.cli.conftest import FOOD, Anzhu, Join

DUTY = {
    "id", "obligation", "clause", "subject", "enterprise", "district", "owner", "period", "opens", "due", "status",
    "answered_at", "late", "overdue", "escalated", "escalated_at", "receipt",
}  # fmt: skip
LETTER = {
    "id", "class", "person", "channel", "kind", "about", "state", "not_before", "sent_at", "attempts", "error",
}  # fmt: skip
PERSON = {"id", "name", "roles", "channels", "joined_at", "locked_at"}


class Screen(io.StringIO):
    """A terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def test_have_the_fields_of_the_contract(june: Anzhu, join: Join) -> None:
    join("郑演丙", "principal", FOOD)
    for command, fields in (("duties", DUTY), ("outbox", LETTER), ("people", PERSON)):
        found = june.good(command, "--json").json
        assert found
        assert all(set(one) == fields for one in found), command


def test_of_duties_can_be_narrowed(june: Anzhu) -> None:
    everything = june.good("duties", "--json").json
    assert {one["district"] for one in everything} > {"浑南区", "苏家屯区"}
    assert all(one["enterprise"] is None for one in everything if one["owner"] == "clerk")
    owned = june.good("duties", "--enterprise", FOOD, "--json").json
    assert {one["subject"] for one in owned} == {FOOD}
    district = june.good("duties", "--district", " 浑南区 ", "--status", "open", "--json").json
    assert {(one["district"], one["status"]) for one in district} == {("浑南区", "open")}
    assert june.good("duties", "--status", "excused", "--json").out == "[]\n"
    assert june.good("duties", "--status", "excused").out == "没有符合条件的内容。\n"


def test_of_duties_know_what_is_overdue_now_or_at_another_time(june: Anzhu) -> None:
    def overdue(*options: str) -> set[str]:
        found = june.good("duties", "--enterprise", FOOD, "--json", *options).json
        return {one["period"] for one in found if one["overdue"] and one["obligation"] == "monthly-dispatch"}

    assert overdue() == {"2023-05"}
    assert overdue("--now", "2023-05-31T23:59:00+08:00") == set()
    assert overdue("--now", "2023-06-30T16:00:00Z") == {"2023-05", "2023-06"}
    late = june.good("duties", "--enterprise", FOOD).out
    assert "5月调度确认\t2023-05-31\t待填报、已逾期" in late
    assert "6月调度确认\t2023-06-30\t待填报\n" in late


def test_show_what_was_escalated(june: Anzhu) -> None:
    found = june.good("duties", "--enterprise", FOOD, "--json").json
    plan = next(one for one in found if one["obligation"] == "study-plan")
    assert (plan["escalated"], plan["escalated_at"]) == ("city", "2023-06-05T08:30:00+08:00")
    assert "已报市局" in june.good("duties", "--enterprise", FOOD).out


def test_of_people_say_who_is_pending(june: Anzhu, join: Join) -> None:
    join("郑演丙", "principal", FOOD)
    code = june.good("invite", "--role", "principal", "--for", FOOD, "--json").json["code"]
    june.good("chat", "--as", "new:周演新", say=f"/start {code}\n同意加入\n不是\n周演新\n")
    first, second = june.good("people", "--json").json
    assert (first["name"], len(first["roles"])) == ("郑演丙", 1)
    assert (second["name"], second["roles"]) == ("周演新", [])
    assert f"{FOOD}企业主要负责人（待确认）" in june.good("people").out


def test_are_tables_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    with monkeypatch.context() as patch:
        patch.setenv("COLUMNS", "100")
        patch.setattr(sys, "stdout", screen)
        output.table(["编号", "任务"], [["1", "6月调度确认" * 20], ["2", "\x1b[31m红"]], ZoneInfo("Asia/Shanghai"))
    shown = screen.getvalue()
    assert "───" in shown
    assert "\x1b[31m" not in shown
    plain = re.sub("\x1b\\[[0-9;]*m", "", shown)
    assert all(sum(1 + (east_asian_width(sign) == "W") for sign in line) <= 100 for line in plain.splitlines())


def test_are_plain_lines_in_a_pipe(june: Anzhu) -> None:
    lines = june.good("duties", "--enterprise", FOOD).out.splitlines()
    assert lines[0] == "编号\t区县\t对象\t任务\t截止\t状态"
    assert {line.count("\t") for line in lines} == {5}


def test_of_messages_hold_no_contents(june: Anzhu) -> None:
    june.good("chat", "--as", "new:路人", say="/help\n")
    (letter,) = june.good("outbox", "--json").json
    assert (letter["class"], letter["state"], letter["person"], letter["attempts"]) == ("reply", "sent", None, 1)
    assert "已发出" in june.good("outbox").out
    assert "待办任务" not in june.good("outbox").out
