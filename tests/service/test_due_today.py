"""What is due today is read as such, with true counts, however much is overdue before it."""

import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import update

from service.duties import reminding
from storage import duties
from storage.tables import duties as rows
from talk.texts import CHINESE, render
from tests.service.conftest import DISTRICT, FOOD
from tests.town import Person, Town

LINE = re.compile(r"^今天（6月30日）截止(\d+)项：(.+)。$", re.MULTILINE)


@pytest.fixture
def town_url(sqlite_town: Path, tmp_path: Path) -> str:
    """Give the town on SQLite alone: no SQL is its own."""
    shutil.copy(sqlite_town, tmp_path / "anzhu.db")
    return f"sqlite:///{tmp_path}/anzhu.db"


@pytest.fixture
def town(town: Town) -> Town:
    town.now = datetime.fromisoformat("2023-06-30T08:30:00+08:00")
    town.tick()
    return town


def due(town: Town, day: str, *obligations: str) -> None:
    """Let duties be due on a day."""
    instant = datetime.fromisoformat(f"{day}T23:59:59+08:00")
    those = rows.c.obligation.in_(obligations)
    town.use(lambda uow: uow.conn.execute(update(rows).where(those).values(due=instant)).close())


def owed(town: Town) -> list[duties.Duty]:
    return [one for one in town.use(lambda uow: duties.find(uow.conn, enterprise=FOOD)) if one.status in duties.UNDONE]


def digest(person: Person, ids: list[int]) -> str:
    """Give the reminder of some duties as it would be sent now."""
    reader = person.id
    draft = person.town.use(lambda uow: reminding.digest(uow, reader, ids))
    assert draft is not None
    return "\n".join(render(line, CHINESE) for line in draft.lines if line is not None)


async def test_it_is_named_with_its_day_and_counted_behind_whatever_is_overdue(town: Town) -> None:
    due(town, "2023-06-20", "emergency-plan", "drill", "equipment-check", "plan-filing")
    due(town, "2023-07-01", "hot-work-education")
    principal = await town.join("郑演丙", "principal", FOOD)
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    today = ("2", "第二季度带队检查、6月调度确认")
    every = [one.id for one in owed(town)]
    joined = next(shown.text for shown in principal.screen if "目前待填报" in shown.text)
    for said in (joined, digest(principal, every), await principal.say("/tasks"), await _card(clerk)):
        assert [found.groups() for found in LINE.finditer(said)] == [today], said
    # What lies ahead has its day as well; what is overdue stands under its heading.
    assert "\n还有：应急救援演练、较大危险场所设备排查、全员安全警示教育（7月1日前，还有1天）。" in digest(
        principal, every
    )
    alone = digest(principal, [one.id for one in owed(town) if one.obligation == "drill"])
    assert "另有今天截止2项：第二季度带队检查、6月调度确认。" in alone
    # Where there is room each has a line of its own, and none stands twice.
    due(town, "2023-06-29", "led-inspection")
    few = [one.id for one in owed(town) if one.obligation in ("led-inspection", "hot-work-education")]
    rest = rows.c.id.in_(set(every) - set(few))
    town.use(lambda uow: uow.conn.execute(update(rows).where(rest).values(status="excused")).close())
    due(town, "2023-06-30", "hot-work-education")
    said = digest(principal, few)
    assert "2. 全员安全警示教育：今天（6月30日）截止" in said
    assert LINE.search(said) is None


async def _card(clerk: Person) -> str:
    return await clerk.press_data(f"a:firm:{FOOD}")


async def test_of_a_list_what_is_due_today_stands_apart_from_the_rest_of_it(town: Town) -> None:
    due(town, "2023-06-30", "study-plan", "post-responsibility")
    principal = await town.join("郑演丙", "principal", FOOD)
    lines = digest(principal, [one.id for one in owed(town)]).splitlines()
    assert "1. 5月30日前首轮清单（5项）：已逾期31天" in lines
    assert "今天（6月30日）截止" in next(line for line in lines if "5月30日前首轮清单（2项）" in line)
