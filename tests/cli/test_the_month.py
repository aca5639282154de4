"""A month in the terminal: the registry in, an invitation, the question out, the answer kept and listed."""

import re
from pathlib import Path

from tests.cli.conftest import FOOD, Anzhu, Join

CODE = re.compile("[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}")


def duty_of_june(anzhu: Anzhu) -> dict[str, object]:
    found = anzhu.good("duties", "--enterprise", FOOD, "--json").json
    (duty,) = [one for one in found if (one["obligation"], one["period"]) == ("monthly-dispatch", "2023-06")]
    return dict(duty)


def test_from_the_registry_to_the_receipt(june: Anzhu, join: Join) -> None:
    joined = join("郑演丙", "principal", FOOD)
    assert "【系统测试，非正式通知】" in joined.out
    assert "✅ 郑演丙，您已加入" in joined.out
    assert "#1 我已知悉" in joined.out
    (person,) = june.good("people", "--json").json
    assert person["roles"] == [{"role": "principal", "subject": FOOD}]
    assert person["channels"] == ["terminal"]
    assert person["joined_at"].startswith("2023-06-05T09:")

    before = duty_of_june(june)
    assert (before["status"], before["due"], before["receipt"]) == ("open", "2023-06-30T23:59:59+08:00", None)
    screen = june.good("chat", "--as", "new:郑演丙", say="/tasks\n更多\n9\n").out
    assert "【浑南区应急管理局】6月调度确认" in screen
    assert "#1 已调度  #2 还没有" in screen

    answers = ("/tasks", "更多", "9", "1", "1", "6月35日", "今天", "现场调度", "#1", "完成", "资金3万元", "1")
    screen = june.good("chat", "--as", str(person["id"]), say="\n".join(answers)).out
    assert "未能识别“6月35日”" in screen
    assert "由您本人主持：是" in screen
    assert "待解决：资金3万元" in screen
    code = CODE.findall(screen)[-1]

    after = duty_of_june(june)
    filed = {"status": "answered", "answered_at": after["answered_at"], "receipt": code}
    assert after == {**before, **filed, "done_on": "2023-06-05", "met": True}
    (listed,) = june.good("duties", "--status", "answered").out.splitlines()[1:]
    assert "沈阳白桦示范食品0001有限公司\t6月调度确认\t2023-06-30\t已填报" in listed
    proof = june.good("receipt", code).out
    assert f"回执 {code}" in proof
    assert "状态：有效" in proof
    assert "郑演丙" not in proof
    assert june.good("receipt", code.replace("-", "").lower(), "--json").json["counts"] is True

    (pace,) = june.good("duties", "--stats", "--json").json
    assert (pace["dialog"], pace["conversations"]) == ("monthly-dispatch", 1)
    assert 0 <= pace["median_seconds"] <= pace["p90_seconds"] < 600
    assert "monthly-dispatch\t1\t" in june.good("duties", "--stats").out


def test_a_reminder_waits_for_the_person_and_is_shown_at_the_next_chat(june: Anzhu, join: Join) -> None:
    join("郑演丙", "principal", FOOD)
    june.settings["ANZHU_CLOCK_START"] = "2023-06-27T08:30:00+08:00"
    assert june.good("tick", "--json").json["reminded"] == 1
    (waiting,) = [one for one in june.good("outbox", "--json").json if one["state"] == "ready"]
    assert (waiting["class"], waiting["kind"], waiting["channel"]) == ("deadline", "reminder", "terminal")
    assert "⚠️ 您有16项任务待填报，其中已逾期11项" in june.good("chat", "--as", "1").out
    assert june.good("chat", "--as", "1").out == ""


def test_what_waits_for_a_working_moment_comes_along_when_the_clock_is_moved(june: Anzhu, join: Join) -> None:
    join("郑演丙", "principal", FOOD)
    june.settings["ANZHU_CLOCK_START"] = "2023-06-17T23:00:00+08:00"
    june.good("tick")
    assert june.good("chat", "--as", "1").out == ""
    june.settings["ANZHU_CLOCK_START"] = "2023-06-19T08:30:00+08:00"
    june.good("tick")
    assert "您有" in june.good("chat", "--as", "1").out


def test_nobody_gets_what_waits_for_somebody_else(june: Anzhu, join: Join) -> None:
    join("郑演丙", "principal", FOOD)
    join("孙演九", "clerk", "浑南区")
    june.settings["ANZHU_CLOCK_START"] = "2023-06-27T08:30:00+08:00"
    june.good("tick")
    assert june.good("chat", "--as", "new:路人").out == ""
    assert "调度表" in june.good("chat", "--as", "2").out
    assert "6月调度确认" in june.good("chat", "--as", "1").out


def test_a_journal_is_driven_again(june: Anzhu, join: Join) -> None:
    join("郑演丙", "principal", FOOD)
    journal = june.good("replay", "1")
    assert "join，人员1，状态 finished" in journal.out
    assert "重演：到达结尾 Joined。" in journal.out
    told = june.good("replay", "1", "--json").json
    assert told["end"] == {"result": "Joined", "visited": ["consent", "name_correct"]}
    assert [(one["key"], one["value"], one["current"]) for one in told["answers"]] == [
        ("consent", True, True),
        ("name_correct", True, True),
    ]
    june.good("chat", "--as", "1", say="/feedback\n")
    assert "停在问题“text”" in june.good("replay", "2").out
    assert june.good("replay", "2", "--json").json["end"] == {"asks": "text"}


def test_the_audit_log_is_sealed_with_each_event_and_verified(june: Anzhu, join: Join) -> None:
    before = june.good("audit", "verify", "--json").json
    join("郑演丙", "principal", FOOD)
    after = june.good("audit", "verify", "--json").json
    assert after["sealed"] > before["sealed"]
    assert (after["unsealed"], after["broken_at"]) == (0, None)
    assert "审计记录完整" in june.good("audit", "verify").out


def test_a_pack_is_shown_for_one_enterprise_and_written_to_files(june: Anzhu, tmp_path: Path) -> None:
    show = ("pack", "show", "shenyang_2023")
    shown = june.good(*show, "--sector", "冶金", "--tags", "有限空间，hot-work").out
    assert shown.startswith("全市工贸行业重大事故隐患专项排查整治2023行动，2023年，企业（冶金、有限空间、动火）\n")
    assert "6月30日（周五）\t6月1日（周四）\t6月调度确认\t主要负责人\t沈应急发〔2023〕27号《方案》三（一）1\t" in shown
    assert "动火作业审批" in shown.partition("没有固定日期的：")[2]
    told = june.good(*show, "--of", "district", "--json").json
    assert {entry["owner"] for entry in told["dated"]} == {"clerk"}
    for name in ("year.xlsx", "year.ics"):
        assert (
            "24项" in june.good(*show, "--sector", "冶金", "--tags", "有限空间,动火", "--out", str(tmp_path / name)).out
        )
    assert (tmp_path / "year.ics").read_bytes().count(b"BEGIN:VEVENT") == 24
    for wrong, named in (
        (("--sector", "渔业"), "metallurgy"),
        (("--tags", "火"), "hot-work"),
        (("--of", "我"), "municipal"),
        (("--year", "2024"), "2023"),
        (("--out", "x.pdf"), ".ics"),
    ):
        assert named in june.refused(*show, *wrong)


def test_a_pack_is_begun_compared_and_taken_into_another_year(bare: Anzhu, tmp_path: Path) -> None:
    there = ("--in", str(tmp_path))
    bare.good("pack", "new", "near_2027", "--extends", "shenyang_2023", *there)
    own = tmp_path / "near_2027"
    assert sorted(file.name for file in own.iterdir()) == ["pack.schema.json", "pack.yaml"]
    with (own / "pack.yaml").open("a", encoding="utf-8") as file:
        file.write("change: {drill: {minutes: 7}}\n")
    bare.good("pack", "check", str(own))
    assert bare.good("pack", "diff", "shenyang_2023", str(own)).out.splitlines()[1:] == [
        "obligations/drill/minutes\t3\t7",
        "name\tshenyang_2023\tnear_2027",
    ]
    told = bare.good("pack", "renew", str(own), "--year", "2028").out
    assert "obligations/mobilise/done_by：2028-05-25 [N]，原通知或法规写明的日期，请核对" in told
    bare.good("pack", "check", str(tmp_path / "near_2028"))
    kept = (own / "pack.yaml").read_bytes()
    for wrong, named in (
        (("new", "near_2027", *there), "已经存在"),
        (("new", "Near 2027", *there), "小写字母"),
        (("new", "../x", *there), "小写字母"),
        (("new", "shenyang_2023", *there), "随附的规则包已叫"),
        (("new", "far", "--extends", "nowhere", *there), "nowhere"),
        (("renew", str(own), "--year", "2023"), "2023"),
        (("renew", str(own), "--year", "20280"), "20280"),
        (("renew", str(own), "--year", "2028"), "已经存在"),
        (("renew", str(own), "--year", "2029", "--in", str(tmp_path / "away")), str(tmp_path)),
        (("renew", "nowhere", "--year", "2028"), "nowhere"),
        (("diff", "nowhere", str(own)), "nowhere"),
    ):
        assert named in bare.refused("pack", *wrong), wrong
    assert (own / "pack.yaml").read_bytes() == kept
    assert sorted(folder.name for folder in tmp_path.iterdir() if folder.name.startswith(("near", "far", "away"))) == [
        "near_2027",
        "near_2028",
    ]
