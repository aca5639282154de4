"""A district in which everything has happened once, and everything that its people were shown."""

import re
from dataclasses import dataclass

from sqlalchemy import select

from bot import subjects
from storage import duties
from storage.permit_tables import permits
from talk.messages import FileRef
from tests.service.checking import FINDINGS, enter, plan
from tests.service.conftest import CITY, DISTRICT, FOOD, row
from tests.service.lines import code
from tests.service.noticing import end_role, sent, write
from tests.service.site import CREW, Site
from tests.service.test_annex import acts
from tests.service.test_coverage import record
from tests.service.test_dispatch import answer_all
from tests.service.test_hazards import report_with_plan
from tests.service.test_permit_walk import ready
from tests.service.test_risks import says
from tests.service.welders import number
from tests.town import Person, Town

COMMANDS = tuple(subjects.COMMANDS)
ACTIONS = tuple(subjects.ACTIONS)
OTHER = "91210112155117772D"
FAR = "沈河区"
ELSEWHERE = row(
    OTHER,
    2,
    企业名称="沈阳青禾试用商厦有限公司",
    所属区县=FAR,
    主要负责人="外演甲",
    安全管理人员="外演乙",
    监管单位="沈河区应急管理局",
)
NEAR = code(4)
NEXT_DOOR = row(NEAR, 3, 企业名称="沈阳青松示范机械有限公司", 行业="机械", 风险标签="", 主要负责人="邻演甲")
"""In the same district."""
NAME = "沈阳白桦示范食品有限公司"
PEOPLE = (*CREW.values(), "孙演九", "李演五", "赵演六", "韩演旧", "许演候")
SECRETS = (
    *(NAME, FOOD, *PEOPLE, number(1)),
    *(
        "1号冷库机房",
        "氨管支架",
        "增设氨气报警装置",
        "更换除尘风机",
        "资金3万元",
        "设备检修",
        "台风将至",
        "台账里没有记录",
        "区会议中心",
    ),
)
"""Names, places and sentences of the district that nobody elsewhere may read."""
UNSEEN = (FOOD, number(1))
"""Of them, what not even its own people are shown."""
PERMIT = "D-0605-01"

BEGINNING = frozenset({"start", "language", "cancel", "back", "feedback", "report", "notice", "permit", "file"})
"""Commands that begin or end something; all others only show."""
LOOKING = {
    *("firm-phones", "firm-state", "people", "invitations"),
    *("show", "ground", "answers", "hazard", "history", "photos", "permit", "notice", "progress", "annex"),
    *("city", "owed", "owes", "owes-group", "owes-tools", "unreached", "firm", "firm-duties", "firm-hazards"),
    *("phone-duties", "phone-card", "phone-cards", "own-duties", "own-duty", "drafts", "coverage"),
    *("checks", "spot", "check-hazards", "check-photos", "check-suggested", "check-inspectors"),
    *("waiting", "actions", "action"),
}
"""Buttons that only show, and lead to more buttons."""


@dataclass
class Fenced:
    """What a district has that another must not see."""

    town: Town
    people: list[Person]
    former: Person
    """An officer whose role has ended, in the middle of an answer."""
    pending: Person
    """A second principal who waits to be accepted."""
    duties: list[int]
    """Explained, half answered, answered."""
    receipts: list[str]
    token: str
    """Of the permit at work, as its QR code has it."""

    @property
    def buttons(self) -> list[str]:
        """What every button carries that anybody of the district was ever shown, each once."""
        return list(dict.fromkeys(data for person in (*self.people, self.former) for data in _shown(person)))


async def fenced(town: Town, photo: FileRef) -> Fenced:
    """Fill 浑南区: a permit at work, a hazard, duties answered, explained and half answered, a proposal, notices, an
    annex table under review, a second principal who waits.
    """
    site = await Site.found(town)
    principal, clerk = site.crew["principal"], site.crew["clerk"]
    leader = await town.join("李演五", "leader", DISTRICT)
    city = await town.join("赵演六", "city", CITY)
    former = await town.join("韩演旧", "officer", FOOD)
    people = [*site.crew.values(), leader, city]

    await ready(site)
    await answer_all(principal)
    await principal.attach(photo)
    await principal.tap("确认提交")
    await says(principal, "有")
    await report_with_plan(principal, photo)
    await _explain(principal, _duty(town, "outsourcing-check"))

    await write(clerk)
    await clerk.tap("确认发送")
    await sent(town)
    await write(clerk)
    await plan(clerk)
    await enter(clerk, *FINDINGS)
    await plan(clerk)
    await record(clerk, "全部企业", roles=("主要负责人",))
    await clerk.tap("确认提交")
    await clerk.press_data(f"a:by-phone:{_duty(town, 'control-inventory')}")
    await clerk.say("郑演丙")
    await clerk.say("今天")
    acts(clerk, "C3", "3", "5.2", enterprise=FOOD)

    pending = await town.join("许演候", "principal", FOOD)
    await former.press_data(f"a:fill:{_duty(town, 'hot-work-check')}")
    for person in (*people, former):
        looked: set[str] = set()
        person.look()
        for command in set(COMMANDS) - BEGINNING:
            await person.say(f"/{command}")
        # A button of the morning's card.
        await person.press_data("a:waiting:")
        for _ in range(2):
            for data in [data for data in _shown(person) if data.partition(":")[0] == "a"]:
                if data.split(":")[1] in LOOKING and data not in looked:
                    await person.press_data(data)
                    looked.add(data)
    await clerk.say("/annex")
    await clerk.tap("填报")
    leader.look()
    receipts = sorted(set(re.findall(r"回执编号 ?(.{4}-.{4})", "\n".join(m.text for m in principal.screen))))
    token = town.use(lambda uow: uow.conn.execute(select(permits.c.token)).scalars().first())
    end_role(town, former.id)
    former.look()
    owed = [_duty(town, name) for name in ("outsourcing-check", "hot-work-check", "control-check")]
    return Fenced(town, people, former, pending, owed, receipts, str(token))


def _shown(person: Person) -> list[str]:
    found = (button.data for message in person.screen for line in message.buttons for button in line)
    return list(dict.fromkeys(found))


def _duty(town: Town, obligation: str) -> int:
    return next(
        one.id for one in town.use(lambda uow: duties.find(uow.conn, enterprise=FOOD)) if one.obligation == obligation
    )


async def _explain(principal: Person, duty: int) -> None:
    await principal.press_data(f"a:explain:{duty}")
    await principal.tap("其他")
    await principal.say("设备检修，计划7月10日完成")
    await principal.tap("确认提交")
