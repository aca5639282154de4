"""What a pack asks in a year: the calendar for an enterprise and a bureau, what has no day, what is off."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from icalendar import Calendar as IcsFile
from openpyxl import load_workbook

from campaign.pack import load
from campaign.pack_calendar import Whom, calendar, line, years
from campaign.pack_check import check
from campaign.scope import Profile
from reports.pack_calendar import ics, xlsx
from talk.texts import Say, render
from tests.campaign.test_pack_extends import packs

PACK = load("shenyang_2023")
UNSURE = """\
name: careful
extends: base
change:
  plan: {off: true, unsure: {zh: "请律师核对：是否仍有效；\\n第三条, 第四条", en: Is it in force?}}
"""


def test_an_enterprise_sees_what_falls_to_it_in_the_order_of_days() -> None:
    plain, smelter = Whom(), Whom("enterprise", Profile("metallurgy", frozenset({"metal-smelting"})))
    assert years(PACK) == range(2023, 2024)
    for whom in (plain, smelter):
        dated = calendar(PACK, whom, 2023).dated
        assert [entry.due for entry in dated] == sorted(entry.due for entry in dated if entry.due)
        assert {entry.obligation.owner for entry in dated} == {"principal"}
    drills = [
        [
            (entry.period, entry.due)
            for entry in calendar(PACK, whom, 2023).dated
            if entry.obligation.id == "led-inspection"
        ]
        for whom in (plain, smelter)
    ]
    assert [len(found) for found in drills] == [3, 8]
    events = [entry.obligation.trigger for entry in calendar(PACK, plain, 2023).undated]
    assert events == ["hazard-found", "hazard-open", "hot-job"]
    assert not calendar(PACK, plain, 2024).dated


def test_a_line_says_what_is_due_when_and_why() -> None:
    found = {entry.obligation.id: entry for entry in calendar(PACK, Whom("district"), 2023).dated}
    shown = [render(cell, "zh-CN") for cell in line(PACK, found["annex-table"])]
    assert shown[0].startswith("12月28日")
    assert shown[2:5] == ["12月进展情况调度表", "区县应急管理局", "沈应急发〔2023〕27号《方案》五（四）、附件注1"]
    assert shown[6] == "通知规定"
    (city,) = calendar(PACK, Whom("city"), 2023).dated
    assert render(line(PACK, city)[3], "en") == "沈阳市应急管理局"


def test_a_due_day_on_which_nobody_works_says_so() -> None:
    texts = [render(line(PACK, entry)[0], "zh-CN") for entry in calendar(PACK, Whom(), 2023).dated]
    assert "9月30日（周六），节假日" in texts


def test_what_is_unsure_and_off_is_owed_by_nobody_and_said(tmp_path: Path) -> None:
    folder = packs(tmp_path, careful=UNSURE + "drop: [bundles/first]\n") / "careful"
    assert check(folder) == []
    pack = load(str(folder))
    assert "plan" not in [rule.id for rule in pack.obligations]
    whom = Whom("enterprise", Profile("light", frozenset({"hot-work"})))
    found = calendar(pack, whom, 2024)
    assert [rule.id for rule in found.off] == ["plan"]
    assert "plan" not in [entry.obligation.id for entry in (*found.dated, *found.undated)]
    # A pack upon it switches it on.
    (tmp_path / "on").mkdir()
    on = "name: on\nextends: careful\nchange: {plan: {off: false}}\n"
    (tmp_path / "on" / "pack.yaml").write_text(on, encoding="utf-8")
    found = calendar(load(str(tmp_path / "on")), whom, 2024)
    assert (found.off, found.dated[0].obligation.id) == ((), "plan")
    book = load_workbook(BytesIO(xlsx(load(str(tmp_path / "on")), found, Say("calendar-always"))))
    assert book["有日期的"]["H2"].value == "请律师核对：是否仍有效；\n第三条, 第四条"


def test_what_is_off_cannot_be_named_and_says_why(tmp_path: Path) -> None:
    # The bundle of the base names it.
    folder = packs(tmp_path, careful=UNSURE) / "careful"
    assert [problem.what.id for problem in check(folder)] == ["pack-unknown-name"]
    text = (folder / "pack.yaml").read_text(encoding="utf-8").replace("off: true, unsure", "off: true, note")
    (folder / "pack.yaml").write_text(text, encoding="utf-8")
    assert "pack-off" in [problem.what.id for problem in check(folder)]


def test_a_calendar_file_is_read_again_as_it_was_meant(tmp_path: Path) -> None:
    text = UNSURE.replace("off: true, ", 'title: "年度计划；第一、二, 三", ')
    folder = packs(tmp_path, careful=text) / "careful"
    pack = load(str(folder))
    found = calendar(pack, Whom("enterprise", Profile("light", frozenset({"hot-work"}))), 2024)
    made = datetime(2026, 12, 1, 8, tzinfo=UTC)
    content = ics(pack, found, Say("calendar-always"), made)
    # RFC 5545, 3.1: lines of 75 octets at the most, each ended by CR LF.
    assert all(len(written) <= 75 for written in content.split(b"\r\n"))
    assert b"\n" not in content.replace(b"\r\n", b"")
    events = IcsFile.from_ical(content).walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == [entry.due for entry in found.dated]
    (plan,) = [event for event in events if str(event["uid"]).startswith("plan/")]
    assert str(plan["summary"]) == "年度计划；第一、二, 三"
    assert "请律师核对：是否仍有效；\n第三条, 第四条" in str(plan["description"])
    assert plan.decoded("dtend") == date(2024, 2, 1)
    assert ics(pack, found, Say("calendar-always"), made) == content
    assert len({event["uid"] for event in events}) == len(events)


@pytest.mark.parametrize("year", [2024, 1, 9999])
def test_a_year_without_duties_is_empty(year: int) -> None:
    assert calendar(PACK, Whom(), year).dated == ()
