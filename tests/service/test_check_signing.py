"""谁检查、谁签名、谁负责: each named inspector signs a spot check alone, by phone or by code, or objects to it."""

import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select, text

from service.people import inviting
from storage import checks
from storage.check_tables import check_inspectors
from storage.checks import Signature
from tests.service.checking import FINDINGS, enter, figures, letters, look, plan, rows
from tests.service.conftest import CITY, DISTRICT
from tests.service.noticing import end_role
from tests.town import Person, Town

CODE = re.compile(r"[A-Z0-9]{4}-[A-Z0-9]{4}")


def signatures(town: Town, number: int = 1) -> list[Signature]:
    """Who signed a check, and who is to."""
    return look(town, lambda conn: checks.signatures(conn, [number])[number])


async def entered(clerk: Person, who: str, *found: str) -> str:
    """Plan a check and enter it in the names of its inspectors."""
    await plan(clerk)
    return await enter(clerk, *found, who=who)


async def test_each_inspector_signs_on_the_own_phone_at_his_own_minute(
    town: Town, principal: Person, clerk: Person
) -> None:
    li = await town.join("李演强", "leader", DISTRICT)
    wang = await town.join("王演芳", "clerk", DISTRICT)
    for person in (principal, clerk, li, wang):
        person.look()
    said = await entered(clerk, "李演强、王演芳", *FINDINGS)
    assert "检查人：李演强（待签）、王演芳（待签）" in said
    assert "待签（2人）" in said
    assert "检查人：李演强（待签）、王演芳（待签）" in principal.look()
    # It counts since it was entered, and signatures change no figure.
    assert figures(town) == {"B1": "1", "B3": "1"}
    assert [one.signed_at for one in signatures(town)] == [None, None]
    assert "请您签名：沈阳白桦示范食品有限公司抽查结果" in li.look()
    assert li.labels == ["签名", "有异议"]
    town.pass_time(minutes=42)
    asked = li.button("签名")
    assert "李演强（6月5日 09:42本人签名）、王演芳（待签）" in await li.press(asked)
    assert "待签（1人）" in li.screen[-1].text
    # Twice is once, and of nobody else.
    await li.press(asked)
    assert [one.signed_by for one in signatures(town)] == [li.id, None]
    assert "已全部签名" not in clerk.look()
    town.pass_time(days=3)
    assert "待签名1家次" in await wang.say("/checks")
    await wang.tap("待签名")
    await wang.tap("第1项")
    said = await wang.tap("签名")
    assert "王演芳（6月8日 09:42本人签名）" in said
    assert "待签（" not in said
    assert "检查人已全部签名" in clerk.look()
    assert "李演强（6月5日 09:42本人签名）、王演芳（6月8日 09:42本人签名）" in await principal.press_data("a:spot:1")
    assert (figures(town), rows(town)) == ({"B1": "1", "B3": "1"}, (2, 2))


async def test_who_enters_and_checked_signs_with_the_same_tap_for_himself_alone(clerk: Person) -> None:
    await plan(clerk)
    shown = await enter(clerk, sign=False, who="孙演九、李演强")
    assert "提交即为您本人签名；孙演九、李演强中的其他人另行签名" in shown
    assert "孙演九（6月5日 09:00本人签名）、李演强（待签）" in await clerk.tap("提交结果")
    assert "签名" not in clerk.labels


async def test_who_was_named_wrongly_objects_and_the_check_is_entered_anew(town: Town, clerk: Person) -> None:
    li = await town.join("李演强", "clerk", DISTRICT)
    await entered(clerk, "孙演九、李演强")
    li.look()
    clerk.look()
    await li.tap("有异议")
    await li.say("当天没有参加这次检查")
    button = li.button("确认提交")
    assert "已记下您的异议" in await li.press(button)
    assert "李演强对沈阳白桦示范食品有限公司的抽查结果有异议：当天没有参加这次检查" in clerk.look()
    assert "李演强（待签，有异议：当天没有参加这次检查）" in await clerk.tap("查看")
    await clerk.tap("冲销")
    await clerk.say("检查人登记错了")
    await clerk.tap("确认提交")
    # What was taken back is signed by nobody.
    assert "已冲销" in await li.press_data("a:check-sign:1")
    assert "已冲销" in await li.press_data("a:check-object:1")
    assert [one.signed_at is None for one in signatures(town)] == [False, True]
    await clerk.tap("重新登记")
    await enter(clerk, who="孙演九、赵演三", number=2)
    assert figures(town) == {"B1": "1"}


async def test_who_objected_may_sign_after_all(town: Town, clerk: Person) -> None:
    li = await town.join("李演强", "clerk", DISTRICT)
    await entered(clerk, "孙演九、李演强")
    li.look()
    await li.tap("有异议")
    await li.say("日期好像不对")
    await li.tap("确认提交")
    assert "异议" not in await li.press_data("a:check-sign:1")
    assert [one.objection for one in signatures(town)] == [None, None]


@pytest.mark.parametrize("role", ["clerk", "leader", "principal", "other district"])
async def test_nobody_signs_for_another(town: Town, principal: Person, clerk: Person, role: str) -> None:
    other = principal
    if role != "principal":
        place = "沈河区" if role == "other district" else DISTRICT
        # Of the same name, in a bureau that did not check: a stranger to it.
        name = "李演强" if role == "other district" else "冯演十"
        other = await town.join(name, "clerk" if role == "other district" else role, place)
    await entered(clerk, "李演强、王演芳")
    for act in ("check-sign:1", "check-object:1"):
        await other.press_data(f"a:{act}")
        await clerk.press_data(f"a:{act}")
    assert [one.signed_at for one in signatures(town)] == [None, None]


async def test_an_inspector_who_left_office_does_not_sign_any_more(town: Town, clerk: Person) -> None:
    li = await town.join("李演强", "clerk", DISTRICT)
    await entered(clerk, "孙演九、李演强")
    li.look()
    button = li.button("签名")
    end_role(town, li.id)
    await li.press(button)
    assert [one.signed_at is None for one in signatures(town)] == [False, True]
    # He comes back, or signs by a code: late as it is.
    city = await town.join("周演九", "city", CITY)
    await city.press_data("a:spot:1")
    assert city.can_tap("发码给李演强")


async def test_an_inspector_without_the_bot_signs_by_a_code_that_a_colleague_hands_over(
    town: Town, principal: Person, clerk: Person
) -> None:
    colleague = await town.join("褚演八", "clerk", DISTRICT)
    await entered(clerk, "孙演九、赵演三", *FINDINGS)
    # Who entered it gets no code: it would be the old way again.
    assert not clerk.can_tap("发码给赵演三")
    assert "不能由登记人自己发" in await clerk.press_data(f"a:check-code:1:{signatures(town)[1].inspector}")
    await colleague.press_data("a:spot:1")
    said = await colleague.tap("发码给赵演三")
    code = CODE.findall(said)[0]
    assert "30分钟内有效" in said
    assert code not in str(look(town, lambda conn: conn.execute(select(check_inspectors)).all()))
    # Who handed it over does not sign with it either.
    assert "由您本人发出" in await colleague.say(f"/sign {code}")
    assert "这个签名码不能用" in await principal.say("/sign AAAA-AAAA")
    town.pass_time(minutes=5)
    shown = await clerk.say(f"/sign {code.lower()}")
    assert "请赵演三核对后本人签名：沈阳白桦示范食品有限公司抽查结果" in shown
    assert "发现问题1项" in shown
    button = clerk.button("签名")
    told = await clerk.press(button)
    assert "赵演三（6月5日 09:05凭一次性码签名，码由褚演八发给，在孙演九手机上输入）" in told
    assert "这个签名码不能用" in await clerk.press(button)
    assert "赵演三（6月5日 09:05凭一次性码签名" in await principal.press_data("a:spot:1")


async def test_a_code_runs_out_is_replaced_and_is_not_guessed(town: Town, clerk: Person) -> None:
    colleague = await town.join("褚演八", "clerk", DISTRICT)
    await entered(clerk, "孙演九、赵演三")
    await colleague.press_data("a:spot:1")
    first = CODE.findall(await colleague.tap("发码给赵演三"))[0]
    await colleague.press_data("a:spot:1")
    second = CODE.findall(await colleague.tap("发码给赵演三"))[0]
    assert "这个签名码不能用" in await clerk.say(f"/sign {first}")
    assert "请赵演三核对" in await clerk.say(f"/sign {second}")
    button = clerk.button("签名")
    town.now += timedelta(minutes=31)
    assert "这个签名码不能用" in await clerk.press(button)
    assert "请回复“/sign 签名码”" in await clerk.say("/sign")
    for _ in range(3):
        await clerk.say("/sign AAAA-AAAA")
    await colleague.press_data("a:spot:1")
    good = CODE.findall(await colleague.tap("发码给赵演三"))[0]
    assert "试的次数过多" in await clerk.say(f"/sign {good}")
    assert signatures(town)[1].signed_at is None
    town.now += timedelta(hours=1)


async def test_the_citys_own_check_is_signed_by_the_citys_people(town: Town, clerk: Person) -> None:
    city = await town.join("周演九", "city", CITY)
    await plan(city)
    assert "周演九（6月5日 09:00本人签名）、孙演九（待签）" in await enter(city, who="周演九、孙演九")
    # The clerk of that name is not of the bureau that checked.
    await clerk.press_data("a:check-sign:1")
    assert signatures(town)[1].signed_at is None


async def test_of_two_of_one_name_each_is_asked_and_one_signs(town: Town, clerk: Person) -> None:
    first, second = await town.join("李演强", "clerk", DISTRICT), town.newcomer("李演强二")
    code = town.use(lambda uow: inviting.invite(uow, "leader", DISTRICT, "浑南区应急管理局")).code
    await second.say(f"/start {code}")
    await second.tap("同意加入")
    await second.say("李演强")
    await entered(clerk, "孙演九、李 演强")
    assert letters(town, first) == [("李演强", "check-sign")]
    assert letters(town, second) == [("李演强二", "check-sign")]
    await second.press_data("a:check-sign:1")
    await first.press_data("a:check-sign:1")
    assert signatures(town)[1].signed_by == second.id


@pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)
async def test_what_was_signed_before_each_signed_alone_says_by_whom(
    town: Town, clerk: Person, principal: Person
) -> None:
    await entered(clerk, "李演强、王演芳")

    def as_before(uow: object) -> None:
        conn = uow.conn  # type: ignore[attr-defined]
        conn.execute(
            text(
                "UPDATE check_inspectors SET how = 'entered', signed_at = (SELECT recorded_at FROM checks "
                'WHERE checks.id = check_inspectors."check"), signed_by = (SELECT recorded_by FROM checks '
                'WHERE checks.id = check_inspectors."check")'
            )
        )

    town.use(as_before)
    line = "检查人：李演强（6月5日 09:00由孙演九登记时代签）、王演芳（6月5日 09:00由孙演九登记时代签）"
    assert line in await clerk.press_data("a:spot:1")
    assert line in await principal.press_data("a:spot:1")


@pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)
async def test_who_has_signed_meanwhile_is_not_asked_and_what_is_unsigned_stands_on_the_morning_card(
    town: Town, clerk: Person
) -> None:
    li, wang = await town.join("李演强", "leader", DISTRICT), await town.join("王演芳", "clerk", DISTRICT)
    await entered(clerk, "李演强、王演芳")
    await li.press_data("a:check-sign:1")
    await town.app.delivery.round()
    asked = [[said for said in town.channel.texts_to(who.address) if "请您签名" in said] for who in (li, wang)]
    assert [len(told) for told in asked] == [0, 1]
    # As it is when it leaves, and not as it was when the check was entered.
    assert "李演强（6月5日 09:00本人签名）、王演芳（待签）" in asked[1][0]

    seen = []
    for day in ("06", "07", "12"):
        town.now = datetime.fromisoformat(f"2023-06-{day}T08:30:00+08:00")
        town.tick()
        seen.append(["待签名的抽查：1家次" in clerk.look(), "待签名的抽查：1家次，其中待您签名1家次" in wang.look()])
    # In the morning after it was entered, then once a week.
    assert seen == [[True, True], [False, False], [True, True]]
    await wang.tap("待签名")
    await wang.tap("第1项")
    await wang.tap("签名")
    town.now = datetime.fromisoformat("2023-06-19T08:30:00+08:00")
    town.tick()
    assert "待签名" not in clerk.look()


@pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)
async def test_what_was_taken_back_before_the_letter_left_is_signed_by_nobody(town: Town, clerk: Person) -> None:
    li = await town.join("李演强", "leader", DISTRICT)
    await entered(clerk, "孙演九、李演强")
    await clerk.press_data("a:check-take-back:1")
    await clerk.say("登记错了")
    await clerk.tap("确认提交")
    await town.app.delivery.round()
    assert not [text for text in town.channel.texts_to(li.address) if "请您签名" in text]
