"""Who asks the bureau to be let go stands nowhere but where the law wants it, whoever they were; the log holds."""

from typing import Any

import pytest
from sqlalchemy import select

from scheduler.tidying import tidy
from service.people import forgetting, own_data
from storage import audit_chain, checks, people, registry
from storage.audit_chain import State
from storage.tables import audit
from talk.messages import Address
from talk.texts import CHINESE, render
from tests.service.checking import enter, plan
from tests.service.conftest import DISTRICT, FOOD
from tests.service.site import Site
from tests.service.test_own_data import kept, stored
from tests.service.test_seats import seat
from tests.service.welders import bring, line, register
from tests.town import Person, Town

pytestmark = pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)

NEVER = "华演证"
"""Who is on the register and on no permit."""
RECORDS = {
    *("answers.raw", "answers.value", "conversations.result", "conversations.brief"),
    *("hazards.plan_person", "hazard_steps.data", "checks.why"),
    *("permits.application", "permit_people.name", "permit_steps.data", "permit_attempts.data"),
}
"""Where the law wants a name kept (Work Safety Law 41, GB 30871-2022)."""
LISTS = {
    "enterprises.principal_name",
    "enterprises.officer_name",
    "inspectors.name",
    "inspectors.likeness",
    "workers.name",
}
"""Lists that others keep."""


@pytest.fixture
async def site(town: Town, monkeypatch: pytest.MonkeyPatch) -> Site:
    """A permit that was worked on, and a check that inspectors made and signed; nobody's address is a name."""
    real = town.newcomer

    def newcomer(name: str) -> Person:
        found = real(name)
        found.address = Address("web", "test", f"5550199{len(town.people):03d}")
        return found

    monkeypatch.setattr(town, "newcomer", newcomer)
    found = await Site.found(town)
    bring(town, line(), line(2, 3, 姓名=NEVER))
    found.started()
    clerk = found.crew["clerk"]
    await plan(clerk)
    await enter(clerk)
    return found


def where(town: Town, text: str) -> set[str]:
    """The places of the database and, as "files", of the folder in which a text stands."""
    found = {place for place, value in stored(town) if text in value}
    return found | {"files" for path in kept(town) if text.encode() in path.read_bytes()}


def whole(town: Town) -> State:
    return town.use(lambda uow: audit_chain.verify(uow.conn, uow.context.keys)).state


async def test_who_asks_is_let_go_and_told_whoever_it_was(town: Town, site: Site) -> None:
    """Staff who planned, entered and signed a check; a principal who approved; signers of a permit."""
    gone = [site.crew[seat] for seat in ("clerk", "principal", "guardian", "tester", "welder")]
    for who in gone:
        number = who.id
        person = town.use(lambda uow, number=number: people.person(uow.conn, number))  # type: ignore[misc]
        said = render(town.use(lambda uow, person=person: forgetting.by_request(uow, person)), CHINESE)  # type: ignore[misc]
        assert f"已删除{number}号人员的姓名、聊天账号" in said
        await town.app.delivery.round()
        assert "按您的要求" in who.look()
    await tidy(town.app.database, town.app.context.files, town.now)
    for who in gone:
        assert where(town, who.address.external_id) == set(), who.name
        assert where(town, who.name) <= RECORDS | LISTS | {"outbox.body"}, who.name
        assert where(town, who.name) & RECORDS, who.name
    assert whole(town) is State.WHOLE
    town.pass_time(days=401)
    await tidy(town.app.database, town.app.context.files, town.now)
    assert all(where(town, who.name) <= RECORDS | LISTS for who in gone)
    assert whole(town) is State.WHOLE
    assert "邀请码" in await gone[0].say("/tasks")


async def test_names_without_an_account_go_where_no_record_refers_to_them(town: Town, site: Site) -> None:
    del site
    town.use(lambda uow: checks.name_inspector(uow.conn, DISTRICT, "蒋演空", uow.now))

    def asked(name: str, subject: str) -> list[str]:
        said = town.use(lambda uow: forgetting.name_by_request(uow, forgetting.named(uow, name, subject)))
        return [render(one, CHINESE) for one in said]

    assert [one for one in asked(NEVER, FOOD) if "已从特种作业人员名册删除" in one]
    assert where(town, NEVER) == set()
    assert [one for one in asked("何演松", FOOD) if "出现在动火作业票上，已移出名册" in one]
    assert register(town) == []
    assert asked("蒋 演 空", DISTRICT) == ["已从执法人员名单删除（3号）。"]
    assert where(town, "蒋演空") == set()
    assert [one for one in asked("赵演三", DISTRICT) if "出现在检查或抽取记录上，不再参加抽取" in one]
    assert [one.name for one in town.use(lambda uow: checks.serving(uow.conn, DISTRICT))] == ["钱演四"]
    registered = town.use(lambda uow: registry.enterprise(uow.conn, FOOD))
    assert registered is not None
    assert [one for one in asked(registered.principal_name, FOOD) if "企业名录登记其为" in one]
    assert asked("无此人", FOOD) == asked(NEVER, DISTRICT) == []
    assert whole(town) is State.WHOLE


async def test_what_is_kept_under_a_name_is_given_without_what_others_wrote(town: Town, site: Site) -> None:
    def given(name: str, subject: str) -> dict[str, Any]:
        return dict(town.use(lambda uow: own_data.gathered_by_name(uow, name, subject)).whole)

    del site
    told = given("何演松", FOOD)
    assert [one["trade"] for one in told["workers"]] == ["焊接与热切割作业"]
    assert [one["seat"] for one in told["permits"]] == ["welder"]
    places = {(one["table"], one["as"]) for one in told["mentions"]}
    assert places >= {("workers", "name"), ("permit_people", "name"), ("permits", "application")}
    assert not {key for one in told["mentions"] for key in one} & {"application", "name", "body", "data", "value"}
    told = given("赵演三", DISTRICT)
    assert [one["name"] for one in told["inspectors"]] == ["赵演三"]
    assert len(told["checks"]) == 1
    assert given("无此人", FOOD)["mentions"] == []


async def test_a_name_is_put_right_in_every_list_that_goes_on(town: Town, site: Site) -> None:
    clerk, officer = site.crew["clerk"], site.crew["officer"]
    before = officer.name

    def in_registry() -> str:
        found = town.use(lambda uow: registry.enterprise(uow.conn, FOOD))
        assert found is not None
        return found.officer_name

    assert in_registry() == before
    bring(town, line(), line(2, 3, 姓名=NEVER), line(3, 4, 姓名=before))
    await clerk.press_data(f"a:seat:{seat(town, officer)}")
    await clerk.tap("更正姓名")
    await clerk.say("钱演柒")
    await clerk.tap("确认更正")
    assert "同时更正：企业名录、特种作业人员名册" in clerk.screen[-1].text
    assert in_registry() == "钱演柒"
    assert {one.name for one in register(town)} == {"何演松", NEVER, "钱演柒"}
    # What was written before says who it was then.
    assert "permit_people.name" in where(town, before)
    corrected = select(audit.c.data).where(audit.c.event == "name-corrected")
    assert town.use(lambda uow: uow.conn.execute(corrected).scalars().all()) == [{"also": ["registry", "workers"]}]


def test_no_text_that_somebody_wrote_is_in_the_audit(town: Town) -> None:
    said = town.use(lambda uow: uow.fingerprint("退回：张三算错了"))
    assert len(said) == 64
    assert said == town.use(lambda uow: uow.fingerprint("退回：张三算错了"))
    assert said != town.use(lambda uow: uow.fingerprint("退回：张三算对了"))
