"""A town with four enterprises in which notices are sent, and what a test does and sees of them."""

from datetime import timedelta

from sqlalchemy import update

from service.core.unit_of_work import UnitOfWork
from service.imports.sheets import Row
from storage import notices
from storage.tables import memberships, outbox
from tests.service.conftest import row
from tests.service.lines import code
from tests.town import Person, Town

MACHINES, ELSEWHERE, CITYS = code(1), code(2), code(3)
TEXT = "台风将至，请做好防范。\n各企业请检查排水。"
FAR = "沈河区"
MISSING = {"孙演一": "not-joined", "王演九": "not-joined"}
"""Whom the registry names in the second enterprise, and who have not joined."""


def machines(name: str) -> Row:
    """The second enterprise of the district."""
    return row(MACHINES, 3, 企业名称=name, 行业="机械", 风险标签="动火", 主要负责人="孙演一", 安全管理人员="王演九")


def widen(town: Town) -> None:
    """An enterprise more in the district, one in another, and one that the city supervises."""
    town.register(
        row(),
        machines("沈阳青松示范机械有限公司"),
        row(
            ELSEWHERE,
            4,
            企业名称="沈阳红枫示范建材有限公司",
            所属区县=FAR,
            行业="建材",
            主要负责人="李演二",
            监管单位="沈河区应急管理局",
        ),
        row(
            CITYS, 5, 企业名称="沈阳市管示范冶金有限公司", 行业="冶金", 主要负责人="周演三", 监管单位="沈阳市应急管理局"
        ),
    )
    town.tick()


async def write(who: Person, *taps: str, text: str = TEXT) -> str:
    """Write a notice and go as far as the preview; give that card."""
    await who.say("/notice")
    await who.say(text)
    for tap in taps or ("全部企业", "主要负责人", "完成"):
        await who.tap(tap)
    await who.tap("到8月31日")
    await who.tap("不用答复")
    await who.tap("预览")
    return who.screen[-1].text


async def sent(town: Town) -> None:
    """Let everything leave that may."""
    await town.app.delivery.round()


def standings(town: Town, number: int = 1) -> dict[str, str]:
    """Whom a notice is for, and how far each has come."""
    found = town.app.look(lambda uow: notices.receipts(uow.conn, number))
    return {one.name: str(one.standing) for one in found}


def noticed(town: Town, who: Person) -> list[str]:
    """The notices that really went to somebody's address."""
    return [text for text in town.channel.texts_to(who.address) if "看过后，请点" in text]


def end_role(town: Town, person: int) -> None:
    """Whatever somebody is, they are it no more."""

    def case(uow: UnitOfWork) -> None:
        statement = update(memberships).where(memberships.c.person == person)
        uow.conn.execute(statement.values(state="ended", until=uow.now))

    town.use(case)


def hold(town: Town, who: Person) -> None:
    """The letters to somebody wait, as when the budget has no room for them yet."""
    _put_off(town, who, timedelta(hours=1))


def release(town: Town, who: Person) -> None:
    """They wait no more."""
    _put_off(town, who, timedelta(hours=-1))


def _put_off(town: Town, who: Person, by: timedelta) -> None:
    def case(uow: UnitOfWork) -> None:
        owned = outbox.c.external_id == who.address.external_id
        uow.conn.execute(update(outbox).where(owned, outbox.c.state == "ready").values(not_before=uow.wall + by))

    town.use(case)
