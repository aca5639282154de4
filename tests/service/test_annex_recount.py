"""A small town lives through a summer in the chat; every cell of every filed table equals a slow count of the answers.

The model reads nothing but what people typed and tapped, and knows neither the ledger nor the rules of the count.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

from sqlalchemy import select

from service.annex import tables as annex
from service.core.unit_of_work import UnitOfWork
from storage.tables import answers, conversations
from talk.messages import FileRef
from tests.recount import OWN, Column, Known, Records, Report, after, changes, entered, records
from tests.service.conftest import CITY, DISTRICT, FOOD, row
from tests.service.test_annex import acts, takes_back
from tests.town import Person, Town

ELSEWHERE = "沈河区"
MOVING, MUNICIPAL = "91210112155117772D", "91210111919112673K"
MOVED_ON = date(2023, 7, 10)
FILINGS = {
    "2023-06": "2023-06-27T15:00:00+08:00",
    "2023-07": "2023-08-02T10:00:00+08:00",
    "2023-08": "2023-08-28T11:00:00+08:00",
}
"""July's comes late, when August has begun."""


def home(enterprise: str, day: date) -> str:
    """The column in which an enterprise counts on a day."""
    if enterprise == MUNICIPAL:
        return OWN
    return ELSEWHERE if enterprise == MOVING and day < MOVED_ON else DISTRICT


def recount(uow: UnitOfWork, column: str, month: str, filed: datetime) -> Mapping[str, Records]:
    """What counts for every row of a column at an instant, as the answers have it."""
    hazards: list[Known] = []
    for talk in uow.conn.execute(
        select(conversations).where(conversations.c.state == "finished").order_by(conversations.c.finished_at)
    ).mappings():
        at = talk["finished_at"].astimezone(uow.context.zone)
        said = {
            one.key: one.value
            for one in uow.conn.execute(
                select(answers.c.key, answers.c.value).where(answers.c.conversation == talk["id"], answers.c.current)
            )
        }
        # Numbers are given in the order of reports, also of those that come too late to count.
        if talk["dialog"] == "hazard-report":
            enterprise = talk["brief"]["enterprise"]
            own = not talk["brief"]["department"]
            sure = not any(key.startswith("criterion/") and value == "unsure" for key, value in said.items())
            hazards.append(Known(len(hazards) + 1, home(enterprise, at.date()), own, at, major=sure))
        if at <= filed and at.date() < after(month):
            hear(hazards, talk["dialog"], talk["brief"], said, at.date())
    return records(hazards, entered(uow.conn), column, month, filed)


def hear(hazards: list[Known], dialog: str, brief: dict[str, Any], said: dict[str, Any], day: date) -> None:
    """What one talk about a hazard changes."""
    if dialog == "hazard-update":
        number = brief["hazard"]["number"]
        one = hazards[number - 1]
        if said.get(f"hazard/{number}/evaluated") in (True, "evaluated"):
            one.take("evaluate", day)
        if f"hazard/{number}/relapsed" in said:
            one.take("relapse", day)
    elif dialog == "hazard-decision":
        hazards[brief["number"] - 1].take(brief["act"], day)
    elif dialog == "hazard-listing":
        hazards[brief["number"] - 1].take("list", day)


@dataclass
class People:
    """Who plays in the town."""

    principals: dict[str, Person]
    clerks: dict[str, Person]
    leaders: dict[str, Person]
    city: Person
    photo: FileRef

    def department(self, enterprise: str, day: date) -> Person:
        """Who decides for the department of an enterprise."""
        column = home(enterprise, day)
        return self.city if column == OWN else self.clerks[column]


async def settle(town: Town) -> People:
    """Three enterprises and everybody around them."""
    town.register(
        row(),
        row(
            MOVING, 3, 企业名称="沈阳青禾示范机械有限公司", 行业="机械", 所属区县=ELSEWHERE, 监管单位="沈河区应急管理局"
        ),
        row(MUNICIPAL, 4, 企业名称="沈阳云杉示范冶金有限公司", 行业="冶金", 监管单位="沈阳市应急管理局"),
    )
    names = {FOOD: "郑演丙", MOVING: "王演丙", MUNICIPAL: "李演丙"}
    return People(
        {code: await town.join(name, "principal", code) for code, name in names.items()},
        {place: await town.join(f"{place[:2]}联", "clerk", place) for place in (DISTRICT, ELSEWHERE)},
        {place: await town.join(f"{place[:2]}领", "leader", place) for place in (DISTRICT, ELSEWHERE)},
        await town.join("赵演六", "city", CITY),
        FileRef("ab" * 32, "现场.jpg", "image/jpeg", 1024),
    )


async def finds(
    everybody: People, person: Person, enterprise: str, *, department: bool, fixed: bool, sure: bool
) -> None:
    """A hazard is reported, fixed on the spot or not, with its criterion or as 说不准."""
    await person.press_data(f"a:report:{enterprise}")
    await person.say("冷库机房")
    for label in ("通用管理", "人员资格", "符合原文") if sure else ("说不准",):
        await person.tap(label)
    await person.say("没有氨气报警装置")
    if person.can_tap("另一处"):
        await person.tap("另一处")
    await person.attach(everybody.photo)
    if not department:
        await person.tap("已整改好" if fixed else "还没有")
        await (person.say("已清理") if fixed else person.tap("先报告"))
    await person.tap("确认提交")


async def acts_once(town: Town, everybody: People, chance: Random, ledger: list[str]) -> None:
    """Something happens: a report, or the next step of a hazard that somebody may take."""
    if not ledger or chance.random() < 0.2:  # a fifth
        enterprise = chance.choice((FOOD, MOVING, MUNICIPAL))
        department = chance.random() < 0.4  # two fifths
        staff = everybody.department(enterprise, town.now.date())
        person = staff if department else everybody.principals[enterprise]
        await finds(
            everybody,
            person,
            enterprise,
            department=department,
            fixed=chance.random() < 0.5,
            sure=chance.random() < 0.8,
        )
        ledger.append(enterprise)
        return
    number = chance.randrange(len(ledger)) + 1
    enterprise = ledger[number - 1]
    principal = everybody.principals[enterprise]
    staff = everybody.department(enterprise, town.now.date())
    card = await staff.press_data(f"a:hazard:{number}")
    offered = [button.data for line in staff.screen[-1].buttons for button in line]
    decisions = [one for one in offered if one.startswith(("a:decide:", "a:list:"))]
    usual = [one for one in decisions if not one.endswith(("not_major", "lift")) and "list" not in one]
    if chance.random() < 0.8:
        decisions = usual
    if decisions and (usual or chance.random() < 0.5):  # three fifths
        await decides(staff, chance.choice(decisions))
    elif "已销号" not in card:
        await goes_on(principal, number, everybody.photo, chance)


async def decides(staff: Person, data: str) -> None:
    """A decision of a department, or 挂牌."""
    told = await staff.press_data(data)
    if ":list:" in data:
        for said in ("沈阳市安委办", "沈安委办〔2023〕12号", "今天", "12月31日"):
            await staff.say(said)
    while "确认提交" not in staff.labels:
        asked = staff.screen[-1].text
        if "无说明" in staff.labels:
            await staff.tap("无说明")
        elif staff.can_tap(staff.name):
            await staff.tap(staff.name)
        elif len(staff.labels) > 1:
            await staff.tap(staff.labels[0])
        else:
            await staff.say("12月31日" if "期限" in asked else f"说明：{told[:4]}")
    await staff.tap("确认提交")


async def goes_on(principal: Person, number: int, photo: FileRef, chance: Random) -> None:
    """The principal says how a hazard goes, whatever is asked."""
    await principal.press_data(f"a:update:{number}")
    for _ in range(9):
        labels = [label for label in principal.labels if label != "上一步"]
        if "确认提交" in labels:
            await principal.tap("确认提交")
            return
        if "暂无照片" in labels:
            await principal.tap("暂无照片")
        elif "照片" in principal.screen[-1].text:
            await principal.attach(photo)
        elif labels and not principal.screen[-1].text.startswith("✅"):
            likely = [label for label in labels if label in ("整改完了", "已评估")]
            usual = [label for label in labels if label not in ("遇到困难", "要延期")]
            await principal.tap(chance.choice(likely if likely and chance.random() < 0.8 else usual))
        else:
            await principal.say("情况正常")


async def files(town: Town, everybody: People, month: str) -> None:
    """Every column is filed."""
    for column, clerk in (*everybody.clerks.items(), (OWN, everybody.city)):
        await clerk.say(f"/annex {month} {column}")
        await clerk.tap("填报")
        leader = everybody.leaders.get(column, clerk)
        leader.look()
        await leader.tap("审核通过")
        clerk.look()
        await clerk.tap("报出")
        await clerk.tap("确认报出")
        town.pass_time(minutes=1)


async def test_every_cell_of_every_filed_table_equals_a_recount_of_the_answers(town: Town) -> None:
    everybody = await settle(town)
    chance, ledger = Random(1), list[str]()
    moved = False
    for month, filing in FILINGS.items():
        last = datetime.fromisoformat(filing)
        while (last - town.now).days > 1:
            town.pass_time(hours=chance.randrange(24, 72))
            if town.now.date() >= MOVED_ON and not moved:
                town.register(
                    row(MOVING, 3, 企业名称="沈阳青禾示范机械有限公司", 行业="机械", 监管单位="浑南区应急管理局"),
                )
                moved = True
            for _ in range(4):
                await acts_once(town, everybody, chance, ledger)
                town.pass_time(minutes=1)
            enters(town, everybody, chance)
        town.now = last
        town.tick()
        for person in (*everybody.clerks.values(), *everybody.leaders.values(), everybody.city):
            person.look()
        if month == "2023-07":
            clerk = everybody.clerks[DISTRICT]
            await clerk.press_data(f"a:annex:override:{month}:6:C3")
            for said in ("9", "12.5万", "含纸质决定书"):
                await clerk.say(said)
            await clerk.tap("确认提交")
        await files(town, everybody, month)
    assert len(ledger) > 8  # else there is little to count
    compared = 0
    totals: defaultdict[str, Decimal] = defaultdict(Decimal)
    reports: defaultdict[str, list[Report]] = defaultdict(list)
    by_hands: list[tuple[str, str]] = []
    for month in FILINGS:
        period = town.use(annex.months)[month]
        for table in town.use(lambda uow, period=period: annex.tables(uow, period)):  # type: ignore[misc]
            if table.column not in (DISTRICT, ELSEWHERE, OWN):
                continue
            assert table.state == "filed"
            model, by_hand = town.use(partial(modelled, reports[table.column], table.column, month, table.as_of))
            reports[table.column].append(Report(month, table.as_of, by_hand))
            assert table.values == model, (month, table.column)
            by_hands += [(month, name) for name in by_hand]
            compared += len(model)
            for name, numbers in model.items():
                totals[name] += sum(numbers)
    assert compared == 3 * 3 * 24
    # What was put in by hand in July stands in August too.
    assert by_hands == [("2023-07", "C3"), ("2023-08", "C3")]
    assert all(totals[name] for name in ("A1", "A2", "A3", "A4", "A5", "A6", "B1", "B6", "C2", "C3")), dict(totals)


def modelled(
    reports: Sequence[Report], column: str, month: str, filed: datetime, uow: UnitOfWork
) -> tuple[dict[str, tuple[Decimal, ...]], frozenset[str]]:
    """The figures of a column as the answers have them, and those put in by hand."""
    known = partial(recount, uow, column)
    entries = entered(uow.conn)
    whole = Column(name=column, entries=entries, changed=changes(uow.conn), reports=reports, known=known)
    return whole.reported(month, filed)


def enters(town: Town, everybody: People, chance: Random) -> None:
    """Actions of the bureaus, some of days before, some taken back later."""
    day = town.now.date()
    column = chance.choice((DISTRICT, ELSEWHERE))
    clerk = everybody.clerks[column]
    # Of other places nobody enters anything.
    own = [code for code in (FOOD, MOVING) if home(code, day) == column]
    row_ = chance.choice(("B1", "B6", "C2", "C3", "C6", "C8", "C9") if own else ("C2", "C3", "C8", "C9"))
    earlier = max(date(2023, 5, 22), day.replace(day=1)) if chance.random() < 0.3 else day
    one = {"day": earlier.isoformat(), "column": column}
    if row_ in ("B1", "B6", "C6"):
        number = acts(clerk, row_, enterprise=chance.choice(own), **one)
    elif row_ in ("C3", "C8"):
        number = acts(clerk, row_, str(chance.randrange(1, 4)), "1.25" if row_ == "C3" else "1", **one)
    else:
        number = acts(clerk, row_, str(chance.randrange(1, 9)), **one)
    if chance.random() < 0.2:  # a fifth
        takes_back(clerk, number, "重复录入")
