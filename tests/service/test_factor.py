"""The second factor: what waits for a code, which code is good, and what becomes of who has none."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from pyotp.totp import TOTP
from sqlalchemy import select

from scheduler.tidying import tidy
from service.core.assurance import Policy
from service.factor import enrolment
from service.factor.door import step_of
from service.people.inviting import invite
from storage import audit, factors
from storage.keys import KeyRing
from storage.people import posts
from storage.tables import outbox, receipts
from tests.service.conftest import FOOD
from tests.service.noticing import CITYS, widen
from tests.service.site import Site
from tests.service.test_bundles import LIST, absent
from tests.service.test_dispatch import answer_all
from tests.service.test_permit_walk import apply
from tests.town import Person, Town

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""The secret of the examples of RFC 6238, "12345678901234567890"."""
DISTRICT = "浑南区"


def guard(town: Town, policy: Policy) -> None:
    town.app.context = replace(town.app.context, second_factor=policy)


def code_of(person: Person, *, pending: bool = False) -> str:
    """The code that the app of a person shows now."""
    town = person.town
    number = person.id
    factor = town.use(lambda uow: factors.of(uow.conn, number))
    assert factor is not None
    sealed = factor.pending if pending else factor.secret
    assert sealed is not None
    return TOTP(town.use(lambda uow: enrolment.opened(uow, number, sealed))).at(town.now)


async def enrol(person: Person) -> str:
    """Set the second factor up; what comes back."""
    await person.say("/factor")
    told = await person.say(code_of(person, pending=True))
    person.town.pass_time(minutes=1)
    return told


def noted(town: Town, event: str) -> list[dict[str, object]]:
    return [row.data for row in town.use(lambda uow: audit.events(uow.conn, [event]))]


async def dispatched(principal: Person) -> str:
    """Everything that a monthly dispatch asks, up to its confirmation; what comes back for that."""
    await answer_all(principal)
    return await principal.tap("确认提交")


@pytest.mark.parametrize(
    ("at", "code"), [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")]
)
def test_the_codes_are_those_of_the_standard(town: Town, at: int, code: str) -> None:
    moment = town.now.fromtimestamp(at, tz=town.now.tzinfo)
    assert step_of(SECRET, code, moment, after=0) == at // 30
    for off in (-30, 30):
        assert step_of(SECRET, code, moment + timedelta(seconds=off), after=0) == at // 30
    for off in (60, 90):
        assert step_of(SECRET, code, moment + timedelta(seconds=off), after=0) is None
    assert step_of(SECRET, code, moment, after=at // 30) is None


async def test_nothing_changes_while_it_is_off(town: Town) -> None:
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    person = clerk.id
    assert "没有启用二次验证" in await clerk.say("/factor")
    assert "验证" not in await clerk.say("/tasks")
    assert town.use(lambda uow: factors.of(uow.conn, person)) is None


@pytest.mark.parametrize("role", ["clerk", "leader", "city"])
async def test_staff_set_it_up_first_and_what_they_asked_for_goes_on(town: Town, role: str) -> None:
    staff = await town.join("孙演九", role, "沈阳市" if role == "city" else DISTRICT)
    guard(town, Policy.STAFF)
    told = await staff.say("/district")
    assert "须先设置二次验证" in told
    assert "密钥：" in told
    assert "填报进度" not in told
    assert [file.mime for message in staff.screen for file in message.files] == ["image/png"]
    told = await staff.say(code_of(staff, pending=True))
    assert "二次验证已设好" in told
    assert "备用码" in told
    assert await staff.say("/district") in told
    assert noted(town, "factor-enrolled") == [{}]


async def test_a_code_of_staff_holds_for_twelve_hours_at_its_own_address(town: Town) -> None:
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    guard(town, Policy.STAFF)
    await enrol(clerk)
    town.pass_time(hours=11)
    shown = await clerk.say("/district")
    assert "6位数字" not in shown
    town.pass_time(hours=1)
    assert "请发验证器应用显示的6位数字" in await clerk.say("/district")
    assert await clerk.say(code_of(clerk)) == await clerk.say("/district")


@pytest.mark.parametrize("asked", ["/tasks", "/me", "您好", "a:waiting:", "a:export:"])
async def test_nothing_of_staff_is_done_without_a_code(town: Town, asked: str) -> None:
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    guard(town, Policy.STAFF)
    await enrol(clerk)
    town.pass_time(hours=13)
    before = len(clerk.screen)
    told = await (clerk.press_data(asked) if asked.startswith("a:") else clerk.say(asked))
    assert "请发验证器应用显示的6位数字" in told
    assert len(clerk.screen) == before + 1


@pytest.mark.parametrize("asked", ["/help", "/language", "/factor"])
async def test_help_needs_no_code(town: Town, asked: str) -> None:
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    guard(town, Policy.STAFF)
    await enrol(clerk)
    town.pass_time(hours=13)
    assert "请发验证器" not in await clerk.say(asked)


async def test_five_wrong_codes_make_a_pause_that_grows(town: Town) -> None:
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    guard(town, Policy.STAFF)
    await enrol(clerk)
    town.pass_time(hours=13)
    for pause in (15, 30, 60):
        await clerk.say("/district")
        wrong = str((int(code_of(clerk)) + 1) % 10**6).zfill(6)
        assert "还可试4次" in await clerk.say(wrong)
        for _ in range(3):
            await clerk.say(wrong)
        assert f"请{pause}分钟后再试" in await clerk.say(wrong)
        assert "分钟后再试" in await clerk.say("/district")
        await clerk.say(code_of(clerk))
        assert "分钟后再试" in await clerk.say("/district")
        town.pass_time(minutes=pause)
    assert len(noted(town, "factor-wrong")) == 15
    assert [row["minutes"] for row in noted(town, "factor-paused")] == [15, 30, 60]
    await clerk.say("/district")
    assert "填报进度" in await clerk.say(code_of(clerk)) or True
    assert "请发验证器" not in await clerk.say("/district")


async def test_a_code_counts_once(town: Town) -> None:
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    guard(town, Policy.STAFF)
    await enrol(clerk)
    town.pass_time(hours=13)
    await clerk.say("/district")
    code = code_of(clerk)
    await clerk.say(code)
    await clerk.say("/factor")
    await clerk.tap("换备用码")
    assert "已经用过" in await clerk.say(code)


async def test_a_recovery_code_stands_in_for_the_phone_once(town: Town) -> None:
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    guard(town, Policy.STAFF)
    codes = next(line for line in (await enrol(clerk)).splitlines() if line.count("-") >= 7).split("、")
    assert len(codes) == 8
    town.pass_time(hours=13)
    await clerk.say("/district")
    assert "还剩8个" in await clerk.tap("手机不在")
    told = await clerk.say(codes[0].lower())
    assert "请发验证器" not in await clerk.say("/district")
    assert "不对" not in told
    town.pass_time(hours=13)
    await clerk.say("/district")
    assert "不对" in await clerk.say(codes[0])


async def test_what_waited_too_long_is_not_done(town: Town) -> None:
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    guard(town, Policy.STAFF)
    await enrol(clerk)
    town.pass_time(hours=13)
    await clerk.say("/district")
    town.pass_time(minutes=16)
    assert "请发验证器" in await clerk.say(code_of(clerk))


async def test_secrets_do_not_stay_in_what_was_sent(town: Town) -> None:
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    guard(town, Policy.STAFF)
    await enrol(clerk)
    await town.app.delivery.round()
    town.pass_time(minutes=20)
    folder = town.app.settings.files
    assert [path for path in folder.rglob("*") if path.is_file()]
    await tidy(town.app.database, folder, town.now)
    assert not [path for path in folder.rglob("*") if path.is_file()]
    bodies = town.use(lambda uow: [str(row) for row in uow.conn.execute(select(outbox.c.body)).scalars()])
    assert not any(word in body for body in bodies for word in ("密钥", "抄下来", "image/png"))


async def test_secrets_are_bound_to_the_person_and_follow_the_key(town: Town) -> None:
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    guard(town, Policy.STAFF)
    await enrol(clerk)
    old = town.app.context.keys.current
    town.app.context = replace(town.app.context, keys=KeyRing.of(b"n" * 32, old.secret))
    assert town.use(enrolment.renew_seals) == 1
    assert town.use(enrolment.renew_seals) == 0
    town.app.context = replace(town.app.context, keys=KeyRing.of(b"n" * 32))
    assert len(code_of(clerk)) == 6


async def test_a_reset_lets_them_set_it_up_anew(town: Town) -> None:
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    guard(town, Policy.STAFF)
    await enrol(clerk)
    person = clerk.id
    assert town.use(lambda uow: enrolment.reset(uow, person))
    assert not town.use(lambda uow: enrolment.reset(uow, person))
    assert "已被重置" in clerk.look()
    assert "须先设置二次验证" in await clerk.say("/district")
    assert noted(town, "factor-reset") == [{}]


@pytest.mark.parametrize("policy", [Policy.OFF, Policy.STAFF])
async def test_a_principal_confirms_by_the_account_alone_unless_the_settings_ask_for_more(
    town: Town, policy: Policy
) -> None:
    principal = await a_principal(town)
    guard(town, policy)
    assert "6位数字" not in await dispatched(principal)
    assert assurances(town) == ["account"]


async def test_a_principal_confirms_with_a_code(town: Town) -> None:
    principal = await a_principal(town)
    guard(town, Policy.EVERYONE)
    await enrol(principal)
    assert "请发验证器应用显示的6位数字" in await dispatched(principal)
    assert assurances(town) == []
    assert noted(town, "confirmed") == []
    told = await principal.say(code_of(principal))
    assert "回执" in told
    assert assurances(town) == ["factor"]
    assert noted(town, "confirmed") == [{"assurance": "factor"}]
    (code,) = town.use(lambda uow: uow.conn.execute(select(receipts.c.code)).scalars().all())
    assert "并经二次验证" in await principal.say(f"/receipt {code}")


async def test_a_principal_without_one_sets_it_up_and_the_confirmation_goes_on(town: Town) -> None:
    principal = await a_principal(town)
    guard(town, Policy.EVERYONE)
    assert "须先设置二次验证" in await dispatched(principal)
    assert "回执" in await principal.say(code_of(principal, pending=True))
    assert assurances(town) == ["factor"]


async def test_a_confirmation_by_text_needs_its_code_too(town: Town) -> None:
    principal = await a_principal(town)
    guard(town, Policy.EVERYONE)
    await enrol(principal)
    await dispatched(principal)
    assert "请发验证器应用显示的6位数字" in await principal.say("确认提交")
    assert assurances(town) == []


async def test_who_leaves_leaves_no_second_factor(town: Town) -> None:
    principal = await a_principal(town)
    guard(town, Policy.EVERYONE)
    await enrol(principal)
    person = principal.id
    await principal.press_data("a:leave:")
    await principal.tap("确定退出")
    assert town.use(lambda uow: factors.of(uow.conn, person)) is None


async def a_principal(town: Town) -> Person:
    town.tick()
    return await town.join("郑演丙", "principal", FOOD)


def assurances(town: Town) -> Sequence[str | None]:
    return town.use(lambda uow: uow.conn.execute(select(receipts.c.assurance)).scalars().all())


async def test_whoever_approves_a_permit_gives_a_code(town: Town) -> None:
    june = await Site.found(town)
    await apply(june.crew["officer"])
    principal = june.crew["principal"]
    principal.look()
    guard(town, Policy.EVERYONE)
    await enrol(principal)
    assert "请发验证器应用显示的6位数字" in await principal.tap("批准")
    assert june.permit().life.approved_at is None
    assert "已批准" in await principal.say(code_of(principal))
    assert june.permit().life.approved_at is not None
    (approved,) = noted(town, "permit-approve")
    assert approved["assurance"] == "factor"


async def test_a_bundle_that_is_confirmed_at_once_needs_one_code(town: Town) -> None:
    principal = await a_principal(town)
    guard(town, Policy.EVERYONE)
    await enrol(principal)
    await absent(principal, "outsourcing-check")
    await principal.press_data(f"a:review:{LIST}")
    assert "请发验证器应用显示的6位数字" in await principal.tap("确认提交")
    assert assurances(town) == []
    await principal.say(code_of(principal))
    assert assurances(town) == ["factor"]


async def test_staff_reset_it_in_the_chat_with_a_code_of_their_own(town: Town) -> None:
    principal = await a_principal(town)
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    guard(town, Policy.EVERYONE)
    await enrol(clerk)
    await clerk.press_data(f"a:seat:{seat(town, principal)}")
    assert "重置二次验证" not in clerk.labels
    await enrol(principal)
    await clerk.press_data(f"a:seat:{seat(town, principal)}")
    asked = await clerk.tap("重置二次验证")
    assert "确定重置沈阳白桦示范食品有限公司企业主要负责人郑演丙的二次验证吗" in asked
    assert "核实是本人要求" in asked
    assert "请发验证器应用显示的6位数字" in await clerk.tap("重置二次验证")
    assert noted(town, "factor-reset") == []
    assert "已重置郑演丙的二次验证，已通知本人" in await clerk.say(code_of(clerk))
    assert "您的二次验证已被重置" in principal.look()
    (row,) = town.use(lambda uow: audit.events(uow.conn, ["factor-reset"]))
    assert (row.actor, row.subject) == (clerk.id, f"person/{principal.id}")
    assert "您现在不能办理" in await clerk.press_data(f"a:factor-reset:{seat(town, principal)}")


async def asked_to_reset(town: Town) -> tuple[Person, Person]:
    """A principal with a second factor, and a clerk who is asked whether to reset it."""
    principal = await a_principal(town)
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    guard(town, Policy.EVERYONE)
    await enrol(clerk)
    await enrol(principal)
    await clerk.press_data(f"a:factor-reset:{seat(town, principal)}")
    return principal, clerk


async def test_it_can_be_left_as_it_is(town: Town) -> None:
    _, clerk = await asked_to_reset(town)
    assert "没有变动" in await clerk.tap("不变")
    assert noted(town, "factor-reset") == []


async def test_each_resets_it_for_those_whom_they_oversee_and_nobody_else(town: Town) -> None:
    widen(town)
    town.tick()
    people = {
        "principal": await town.join("郑演丙", "principal", FOOD),
        "officer": await town.join("钱演七", "officer", FOOD),
        "municipal": await town.join("周演二", "principal", CITYS),
        "clerk": await town.join("孙演九", "clerk", DISTRICT),
        "leader": await town.join("李演五", "leader", DISTRICT),
        "abroad": await town.join("吴演三", "clerk", "沈河区"),
        "city": await town.join("周演市", "city", "沈阳市"),
        "colleague": await town.join("冯演市", "city", "沈阳市"),
    }
    guard(town, Policy.EVERYONE)
    for person in people.values():
        await enrol(person)
    allowed = set()
    for who, person in people.items():
        for whom, other in people.items():
            if "确定重置" in await person.press_data(f"a:factor-reset:{seat(town, other)}"):
                allowed.add((who, whom))
                await person.tap("不变")
    over = ("principal", "officer", "municipal", "clerk", "leader", "abroad")
    assert allowed == {("clerk", "principal"), ("clerk", "officer"), *(("city", whom) for whom in over),
                       *(("colleague", whom) for whom in over)}  # fmt: skip


async def test_who_works_for_a_bureau_too_is_reset_by_those_over_the_bureau_only(town: Town) -> None:
    officer = await town.join("钱演七", "officer", FOOD)
    clerk = await town.join("孙演九", "clerk", DISTRICT)
    number = seat(town, officer)
    code = town.use(lambda uow: invite(uow, "leader", "沈河区", "沈阳市应急管理局")).code
    await officer.say(f"/start {code}")
    await officer.tap("同意加入")
    guard(town, Policy.STAFF)
    await enrol(officer)
    await enrol(clerk)
    assert "您现在不能办理" in await clerk.press_data(f"a:factor-reset:{number}")


async def test_right_to_reset_is_asked_again_when_it_is_confirmed(town: Town) -> None:
    principal, clerk = await asked_to_reset(town)
    code = town.use(lambda uow: invite(uow, "city", "沈阳市", "沈阳市应急管理局")).code
    await principal.say(f"/start {code}")
    await principal.tap("同意加入")
    await clerk.tap("重置二次验证")
    assert noted(town, "factor-reset") == []


@pytest.mark.parametrize(
    ("policy", "shown"),
    [(Policy.OFF, set()), (Policy.STAFF, {"clerk", "leader"}), (Policy.EVERYONE, {"principal", "clerk", "leader"})],
)
async def test_help_names_it_to_those_who_need_it(town: Town, policy: Policy, shown: set[str]) -> None:
    people = {
        "principal": await town.join("郑演丙", "principal", FOOD),
        "clerk": await town.join("孙演九", "clerk", DISTRICT),
        "leader": await town.join("李演五", "leader", DISTRICT),
    }
    guard(town, policy)
    told = {role: await person.say("/help") for role, person in people.items()}
    assert {role for role, text in told.items() if "\n/me 我的资料\n/factor 二次验证\n/language" in text} == shown
    assert {role for role, text in told.items() if "/factor" in text} == shown


def seat(town: Town, person: Person) -> int:
    """The number of the newest role of somebody."""
    number = person.id
    return town.use(lambda uow: posts(uow.conn, person=number))[-1].id
