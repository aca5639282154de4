"""The city's card of the 28th: who filed, who did not and why, what changed, which hazards nobody asked about."""

import io
from dataclasses import replace
from datetime import date, datetime, time

import pytest
from PIL import Image
from pydantic_core import PydanticCustomError
from sqlalchemy import select

from campaign.notation import time_of_day
from campaign.pack import load
from reports import chief as picture
from service.annex import chief
from service.annex import tables as annex
from service.annex.chief import Chief, Column
from service.core.unit_of_work import UnitOfWork
from storage import duties
from storage.tables import outbox
from talk.messages import FileRef
from tests.service.conftest import CITY, DISTRICT
from tests.service.test_annex import acts, file
from tests.service.test_hazards import report_with_plan
from tests.town import Person, Town

JUNE = "2023-06"


@pytest.fixture
async def leader(town: Town) -> Person:
    """The leader of the district."""
    return await town.join("李演五", "leader", DISTRICT)


@pytest.fixture
async def city(town: Town) -> Person:
    """Staff of the city."""
    return await town.join("赵演六", "city", CITY)


async def at(town: Town, moment: str) -> None:
    """Set the clock and let the scheduler look, as the bot does it."""
    town.now = datetime.fromisoformat(f"{moment}+08:00")
    await town.app.tick()


def cards(town: Town, person: Person) -> list[str]:
    """The cards of months that came to somebody of their own accord."""
    rows = town.app.database.look(
        lambda conn: (
            conn.execute(
                select(outbox.c.body["text"].as_string()).where(
                    outbox.c.kind == "chief", outbox.c.external_id == person.address.external_id
                )
            )
            .scalars()
            .all()
        )
    )
    return [str(text) for text in rows]


async def test_on_the_28th_the_city_gets_one_card_with_its_picture(
    town: Town, principal: Person, clerk: Person, leader: Person, city: Person, photo: FileRef
) -> None:
    await report_with_plan(principal, photo, "7月20日")
    acts(clerk, "C3", "3", "5.2")
    await at(town, "2023-06-27T09:00:00")
    clerk.look()
    await file(clerk, leader)
    city.look()
    await at(town, "2023-06-28T16:59:00")
    assert cards(town, city) == []
    await at(town, "2023-06-28T17:00:00")
    # Another replica, and a later tick.
    await at(town, "2023-06-28T17:00:00")
    await at(town, "2023-06-28T17:01:00")
    (card,) = cards(town, city)
    assert card.startswith("【沈阳市应急管理局】6月调度情况（截至6月28日 17:00）\n调度表已报出1个，共15个。\n")
    assert "未报出也未说明的14个：和平区、沈河区、" in card
    assert "与5月相比，有变化的2项：\n企业自查发现的重大事故隐患（个）：1（+1）\n" in card
    assert "行政处罚（次、万元）：3、5.2（+3、+5.2）" in card
    assert "未销号的重大事故隐患：1处\n其中本周尚未填报整改进展的1处：\n浑南区　沈阳白桦示范食品有限公司：1处" in card
    assert cards(town, clerk) == cards(town, leader) == []
    city.look()
    pictures = [message for message in city.screen if message.files]
    assert [message.text for message in pictures] == ["6月各地区发现、整改和报出情况："]
    (file_,) = pictures[0].files
    assert file_.name == "2023-06调度简报.png"
    with Image.open(io.BytesIO(town.app.file_store.path(file_.sha256).read_bytes())) as image:
        assert image.width == 1080


async def test_when_the_28th_is_no_working_day_it_comes_on_the_last_one_before(town: Town, city: Person) -> None:
    days = town.use(lambda uow: {name: annex.chief_at(uow, month) for name, month in annex.months(uow).items()})
    assert {moment.time() for moment in days.values()} == {time(17)}
    assert [moment.date() for moment in days.values()] == [
        *(date(2023, 5, 26), date(2023, 6, 28), date(2023, 7, 28), date(2023, 8, 28)),
        *(date(2023, 9, 28), date(2023, 10, 27), date(2023, 11, 28), date(2023, 12, 28)),
    ]
    await at(town, "2023-10-27T16:00:00")
    await at(town, "2023-10-27T17:00:00")
    assert len(cards(town, city)) == 1


def test_the_time_is_a_setting_of_the_pack_with_its_mark() -> None:
    assert load("shenyang_2023").annex.chief_card == time(17)
    assert time_of_day("08:30 [D]") == time(8, 30)
    for wrong, why in (("17:00", "no_mark"), ("25:00 [D]", "bad_time"), ("5pm [D]", "bad_time")):
        with pytest.raises(PydanticCustomError) as refused:
            time_of_day(wrong)
        assert refused.value.type == why


async def test_who_slept_at_its_time_sends_it_later_and_who_slept_for_days_does_not(town: Town, city: Person) -> None:
    await at(town, "2023-06-28T09:00:00")
    await at(town, "2023-06-29T09:00:00")
    assert len(cards(town, city)) == 1
    await at(town, "2023-08-05T09:00:00")
    assert len(cards(town, city)) == 1


async def test_the_city_asks_for_it_under_its_table(clerk: Person, city: Person) -> None:
    assert len((await city.say("/annex 6月")).splitlines()) > 1
    assert city.labels == ["各地区", "总体情况", "抽查检查", "精准执法", "本月简报", "下载表格"]
    said = await city.tap("本月简报")
    assert "【沈阳市应急管理局】6月调度情况（截至6月5日 09:00）" in said
    assert [one.name for one in city.screen[-1].files] == ["2023-06调度简报.png"]
    assert "您现在不能办理" in await clerk.press_data("a:annex:chief:2023-06:")
    assert "您现在不能办理" in await city.press_data("a:annex:chief:2024-06:")
    assert "本月简报" not in "".join(message.text for message in clerk.screen)


async def test_a_missing_table_is_shown_with_the_reason_that_was_given_whatever_came_of_it(
    town: Town, clerk: Person, city: Person
) -> None:
    await at(town, "2023-06-26T09:00:00")
    duty = town.use(lambda uow: duties.of_period(uow.conn, "annex-table", DISTRICT, JUNE))
    assert duty is not None
    await clerk.press_data(f"a:explain:{duty.id}")
    await clerk.say("系统故障")
    await clerk.say("6月29日")
    await clerk.tap("确认提交")
    await city.say("/annex 6月")
    told = "未报出，已说明：浑南区（原因：系统故障、计划完成：6月29日（周四））"
    assert told in await city.tap("本月简报")
    await city.waiting()
    await city.tap("接受")
    await city.say("/annex 6月")
    said = await city.tap("本月简报")
    assert told in said
    assert "未报出也未说明的14个：" in said


def test_the_picture_says_what_the_card_says(town: Town) -> None:
    def case(uow: UnitOfWork) -> Chief:
        return chief.gather(uow, annex.months(uow)[JUNE])

    facts = town.use(case)
    document = picture.document(facts)
    assert [one["name"] for one in document["columns"]] == [one.name for one in facts.columns]
    assert document["missing"] == "15"
    assert document["title"] == "2023年6月重大事故隐患排查整治"


def test_a_picture_without_a_single_hazard_is_drawn_all_the_same(town: Town) -> None:
    facts = town.use(lambda uow: chief.gather(uow, annex.months(uow)[JUNE]))
    nothing = (Column("浑南区", filed=False, found=0, rectified=0, why=()),)
    none = replace(facts, columns=nothing, now={}, before={}, rehearsal=True)
    assert picture.picture(none).startswith(b"\x89PNG")
