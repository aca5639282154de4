"""The one table of permissions: every cell, and everyone at their own place and at another."""

from campaign.roles import ROLES
from service.core.permissions import TABLE, Act, Target, covers, may
from service.core.unit_of_work import UnitOfWork
from storage import people
from tests.service.conftest import CITY, DISTRICT, FOOD
from tests.town import Town

EXPECTED = """
see a duty of an enterprise                  principal officer clerk leader city
fill in a duty of an enterprise              principal officer
confirm a duty of an enterprise in person    principal
explain why a duty is not done (说明情况)    principal officer
see a duty of a district                     clerk leader city
fill in a duty of a district                 clerk
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
accept or return an explanation (说明情况)   clerk city
see a hazard of the ledger                   principal officer worker clerk leader city
report a hazard of one's enterprise          principal officer worker
plan and rectify a hazard                    principal officer
confirm that a hazard was evaluated (整改评估)  principal
enter a hazard that a department found       clerk city
reinspect, close and look back at a hazard   clerk city
list a hazard for supervision (挂牌督办)     clerk city
have the inspection file of an enterprise (迎检资料)    principal officer
say what became of a problem raised in a dispatch    principal
say that a problem of an enterprise was coordinated (已协调)  clerk city
see the register of workers of one's enterprise (特种作业人员)  principal officer
send a notice (通知) to enterprises of one's place  clerk city
see what came of a notice of one's place  clerk leader city
see the annex table of a district (调度表)   clerk leader city
fill in and file the annex table of a district  clerk
review the annex table of a district (审核)  leader
fill in and file the city's own column of the annex (市本级)  city
return a cell of a filed annex table         city
enter a spot check or an enforcement action, or take it back  clerk city
plan spot checks (抽查), draw them at random, name inspectors  clerk city
see the spot checks of one's place  clerk leader city
see what a spot check of one's enterprise found  principal officer
add or remove a tag of risk as an enterprise proposes (有无)  clerk city
apply for a hot-work permit (动火作业票)      principal officer
see a hot-work permit; a worker only one that he is on  principal officer worker clerk leader city
take part in a hot-work permit in one's seat  principal officer worker
approve a hot-work permit, where its level allows the role  principal officer worker
see how many attempts a permit's gates stopped  clerk leader city
"""

OWN = {"principal": FOOD, "officer": FOOD, "worker": FOOD, "clerk": DISTRICT, "leader": DISTRICT}
HERE = Target(DISTRICT, FOOD)
ELSEWHERE = Target("沈河区", "91210112155117772D")


def test_the_table_is_this_one() -> None:
    expected = {}
    for line in EXPECTED.strip().splitlines():
        act, _, roles = line.partition("  ")
        expected[act] = set(roles.split())
    assert {act.value: set(roles) for act, roles in TABLE.items()} == expected


def test_every_cell(town: Town) -> None:
    def case(uow: UnitOfWork) -> dict[tuple[str, str], tuple[bool, bool, bool]]:
        found = {}
        for act in Act:
            for role in ROLES:
                guest = people.add_guest(uow.conn, "zh-CN")
                membership = people.grant(uow.conn, guest, role, OWN.get(role, CITY), "active", uow.now)
                at_home = may(uow, guest, act, HERE)
                abroad = may(uow, guest, act, ELSEWHERE)
                people.set_state(uow.conn, membership, "ended", uow.now)
                found[act.value, role] = at_home, abroad, may(uow, guest, act, HERE)
        return found

    assert town.use(case) == {
        (act.value, role): (role in TABLE[act], role in TABLE[act] and role == "city", False)
        for act in Act
        for role in ROLES
    }


def test_a_pending_role_gives_nothing(town: Town) -> None:
    def case(uow: UnitOfWork) -> bool:
        guest = people.add_guest(uow.conn, "zh-CN")
        people.grant(uow.conn, guest, "principal", FOOD, "pending", uow.now)
        return may(uow, guest, Act.SEE_ENTERPRISE_DUTY, HERE)

    assert town.use(case) is False


def test_a_district_does_not_reach_the_city() -> None:
    assert not covers("clerk", DISTRICT, Target())
    assert not covers("principal", FOOD, Target(DISTRICT))
