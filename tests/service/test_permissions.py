"""The one table of permissions: every cell, and everyone at their own place and at another."""

import ast
from pathlib import Path

from sqlalchemy import update

from campaign.roles import DISTRICT_ROLES, ROLES
from service.core.permissions import CITY_ITSELF, TABLE, Act, Area, may
from service.core.unit_of_work import UnitOfWork
from storage import duties, people
from storage.registry import Enterprise
from storage.tables import enterprises
from tests.service.conftest import CITY, DISTRICT, FOOD, row
from tests.town import Person, Town

EXPECTED = """
see a duty of an enterprise                  principal officer clerk leader city
fill in a duty of an enterprise              principal officer
confirm a duty of an enterprise in person    principal
explain why a duty is not done (说明情况)    principal officer
see a duty of a district                     clerk leader city
fill in a duty of a district                 clerk
fill in a duty of the city's own bureau         city
explain why a duty of a district is not done (说明情况)  clerk
accept or return what a district explains    city
see who is checked and trained in a district (应检、应训)  clerk leader city
record a training on the criteria, or take it back  clerk city
have a report of a district drafted (草稿)   clerk leader city
see who has answered in a district           clerk leader city
see who has answered in every district       city
have who owes what, and whom to telephone, as a file (导出、电话名单)  clerk leader city
nudge the people of an enterprise about what it owes (催办)  clerk city
enter an answer that an enterprise gave by phone (电话代录)  clerk city
accept or decline a second principal         clerk city
end the role of a principal, or lock them out (结束身份、锁定)  clerk city
end the role of an officer or a worker, or lock them out (结束身份、锁定)  principal clerk city
end the role of a clerk or a leader, or lock them out (结束身份、锁定)  city
reset the second factor of somebody of an enterprise who lost the phone (重置二次验证)  clerk city
reset the second factor of a clerk or a leader (重置二次验证)  city
give an answer of an enterprise back with one question (退回补正)  clerk city
give an answer of a district back with one question (退回补正)  city
invite a principal, or take a code back (邀请)  clerk city
invite an officer or a worker, or take a code back (邀请)  principal clerk city
invite a clerk or a leader, or take a code back (邀请)  city
correct the name of somebody of an enterprise (更正姓名)  clerk city
correct the name of a clerk or a leader (更正姓名)  city
accept or return an explanation (说明情况)   clerk city
enter that an enterprise stands still, resumes or is gone, or take it back (停产、复产、注销、迁出、合并)   clerk city
see the telephone numbers of an enterprise (联系电话)  clerk leader city
correct a telephone number of an enterprise (更正电话)  clerk city
see a hazard of the ledger                   principal officer worker clerk leader city
report a hazard of one's enterprise          principal officer worker
plan and rectify a hazard                    principal officer
confirm that a hazard was evaluated (整改评估)  principal
enter a hazard that a department found       clerk city
reinspect, close and look back at a hazard   clerk city
list a hazard for supervision (挂牌督办)     clerk city
have the inspection file of an enterprise (迎检资料)    principal officer clerk leader city
say what became of a problem raised in a dispatch    principal
say that a problem of an enterprise was coordinated (已协调)  clerk city
see the register of workers of one's enterprise (特种作业人员)  principal officer
report an accident of one's enterprise (事故报告)  principal officer worker
see what was reported of an accident  principal officer worker clerk leader city
take note of the report of an accident (知悉)  clerk city
send a notice (通知) to enterprises of one's place  clerk city
see what came of a notice of one's place  clerk leader city
take note of a notice that one received, and answer it  principal officer worker clerk
see the annex table of a district (调度表)   clerk leader city
fill in and file the annex table of a district  clerk
review the annex table of a district (审核)  leader
fill in and file the city's own column of the annex (市本级)  city
return a cell of a filed annex table         city
enter a spot check or an enforcement action, or take it back  clerk city
sign a spot check that one made, or object to it (谁检查、谁签名)  clerk leader city
plan spot checks (抽查), draw them at random, name inspectors  clerk city
see the spot checks of one's place  clerk leader city
see what a spot check of an enterprise found, once it is entered  principal officer clerk leader city
add or remove a tag of risk as an enterprise proposes (有无)  clerk city
apply for a hot-work permit (动火作业票)      principal officer
see a hot-work permit; a worker only one that he is on  principal officer worker clerk leader city
take part in a hot-work permit in one's seat  principal officer worker
approve a hot-work permit, where its level allows the role  principal officer worker
see how many attempts a permit's gates stopped  clerk leader city
see how the bot itself is (运行状态)  operator
"""

OWN = {"principal": FOOD, "officer": FOOD, "worker": FOOD, "clerk": DISTRICT, "leader": DISTRICT}
FAR = "91210112155117772D"


def enterprise(code: str = FOOD, district: str = DISTRICT, *, municipal: bool = False) -> Enterprise:
    """An enterprise of a district."""
    return Enterprise(
        code=code,
        name=code,
        district=district,
        sector="light-industry",
        municipal=municipal,
        supervisor="",
        sector_department="",
        principal_name="",
        officer_name="",
        employees=1,
        tags=frozenset(),
    )


def test_the_table_is_this_one() -> None:
    expected = {}
    for line in EXPECTED.strip().splitlines():
        act, _, roles = line.partition("  ")
        expected[act] = set(roles.split())
    assert {act.value: set(roles) for act, roles in TABLE.items()} == expected


def test_every_cell(town: Town) -> None:
    def case(uow: UnitOfWork) -> dict[tuple[str, str], tuple[bool, bool, bool, bool]]:
        found = {}
        for act in Act:
            for role in ROLES:
                guest = people.add_guest(uow.conn, "zh-CN")
                membership = people.grant(uow.conn, guest, role, OWN.get(role, CITY), "active", uow.now)
                at_home = may(uow, guest, act, enterprise())
                of_the_city = may(uow, guest, act, enterprise(municipal=True))
                abroad = may(uow, guest, act, enterprise(FAR, "沈河区"))
                people.set_state(uow.conn, membership, "ended", uow.now)
                found[act.value, role] = at_home, of_the_city, abroad, may(uow, guest, act, enterprise())
        return found

    def expected(act: Act, role: str) -> tuple[bool, bool, bool, bool]:
        has = role in TABLE[act]
        everywhere = has and role in ("city", "operator")
        return has, has and not (role in DISTRICT_ROLES and act in JUDGED_BY_THE_CITY), everywhere, False

    assert town.use(case) == {(act.value, role): expected(act, role) for act in Act for role in ROLES}


JUDGED_BY_THE_CITY = {
    Act.END_PRINCIPAL,
    Act.END_ENTERPRISE_ROLE,
    Act.RESET_ENTERPRISE_FACTOR,
    Act.NUDGE,
    Act.NOTE_ACCIDENT,
    Act.ENTER_BY_PHONE,
    Act.RECORD_TRAINING,
    Act.DECIDE_MEMBERSHIP,
    Act.RETURN_ANSWER,
    Act.DECIDE_EXPLANATION,
    Act.ENTER_STATE,
    Act.CORRECT_TELEPHONE,
    Act.INVITE_PRINCIPAL,
    Act.INVITE_ENTERPRISE_ROLE,
    Act.CORRECT_ENTERPRISE_NAME,
    Act.ENTER_HAZARD,
    Act.JUDGE_HAZARD,
    Act.LIST_HAZARD,
    Act.COORDINATE_PROBLEM,
    Act.SEND_NOTICE,
    Act.RECORD_ACTION,
    Act.PLAN_CHECK,
    Act.DECIDE_TAG,
}
"""What a district does not do to a unit that the city supervises itself (市直)."""


def test_a_duty_reaches_as_far_as_its_enterprise(town: Town) -> None:
    def case(uow: UnitOfWork) -> list[tuple[bool, bool]]:
        clerk = people.add_guest(uow.conn, "zh-CN")
        people.grant(uow.conn, clerk, "clerk", DISTRICT, "active", uow.now)
        found = []
        for municipal in (False, True):
            uow.conn.execute(update(enterprises).where(enterprises.c.code == FOOD).values(municipal=municipal))
            duty = duties.find(uow.conn, enterprise=FOOD)[0]
            found.append((may(uow, clerk, Act.SEE_ENTERPRISE_DUTY, duty), may(uow, clerk, Act.ENTER_BY_PHONE, duty)))
        return found

    assert town.use(case) == [(True, True), (True, False)]


def test_a_pending_role_gives_nothing(town: Town) -> None:
    def case(uow: UnitOfWork) -> bool:
        guest = people.add_guest(uow.conn, "zh-CN")
        people.grant(uow.conn, guest, "principal", FOOD, "pending", uow.now)
        return may(uow, guest, Act.SEE_ENTERPRISE_DUTY, enterprise())

    assert town.use(case) is False


def test_a_district_does_not_reach_the_city(town: Town) -> None:
    def case(uow: UnitOfWork) -> list[bool]:
        clerk, principal = people.add_guest(uow.conn, "zh-CN"), people.add_guest(uow.conn, "zh-CN")
        people.grant(uow.conn, clerk, "clerk", DISTRICT, "active", uow.now)
        people.grant(uow.conn, principal, "principal", FOOD, "active", uow.now)
        return [
            may(uow, clerk, Act.SEE_ANNEX, CITY_ITSELF),
            may(uow, principal, Act.FILL_ENTERPRISE_DUTY, Area(DISTRICT)),
        ]

    assert town.use(case) == [False, False]


async def test_a_district_does_not_decide_who_leads_a_unit_of_the_city(town: Town, clerk: Person) -> None:
    town.register(row(监管单位="沈阳市应急管理局"))
    first = await town.join("郑演丙", "principal", FOOD)
    await town.join("许演候", "principal", FOOD)
    city = await town.join("赵演六", "city", CITY)
    second = town.use(lambda uow: people.posts(uow.conn, state="pending")[0].id)
    for decision in ("accept", "decline"):
        assert "您现在不能办理" in await clerk.press_data(f"a:{decision}:{second}")
    assert town.use(lambda uow: people.holders(uow.conn, "principal", FOOD)) == [first.id]
    assert "已" in await city.press_data(f"a:accept:{second}")
    assert first.id not in town.use(lambda uow: people.holders(uow.conn, "principal", FOOD))


def test_no_act_on_an_enterprise_is_asked_for_its_district() -> None:
    """An enterprise is handed over whole: whose say counts follows from the act, and nobody chooses."""
    found = [
        f"{path}:{node.lineno}"
        for path in [*Path("service").rglob("*.py"), *Path("bot").rglob("*.py")]
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Area"
        and any(isinstance(part, ast.Name) and part.id in {"enterprise", "where", "held"} for part in ast.walk(node))
    ]
    assert found == []
