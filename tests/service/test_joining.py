"""Joining by invitation, as the invited, the staff and the curious see it."""

from datetime import datetime, timedelta

from sqlalchemy import select

from scheduler.tidying import tidy
from service.people import inviting
from storage import duties
from storage.columns import metadata
from storage.tables import audit, invitations
from tests.service.conftest import CITY, DISTRICT, FOOD, row
from tests.service.noticing import end_role
from tests.service.test_dispatch import answer_all, june
from tests.town import Person, Town


async def invited(town: Town, role: str, subject: str, name: str) -> Person:
    """Somebody who has sent a good code."""
    code = town.use(lambda uow: inviting.invite(uow, role, subject, "浑南区应急管理局")).code
    person = town.newcomer(name)
    await person.say(f"/start {code.lower().replace('-', ' - ')}")
    return person


async def test_who_invites_whom_for_what_and_which_data_is_kept(town: Town) -> None:
    person = await invited(town, "principal", FOOD, "郑演丙")
    assert person.screen[-1].text == (
        "浑南区应急管理局邀请您以企业主要负责人身份加入：沈阳白桦示范食品有限公司。"
        "加入后，与您有关的任务和通知由我提醒。\n"
        "只保存：您的姓名、聊天账号、填报内容和时间，供本企业和监管部门使用；随时可用 /me 查看、导出或退出。"
    )
    assert person.labels == ["同意加入", "暂不加入"]
    assert "登记的姓名是“郑演丙”，是您吗" in await person.tap("同意加入")


async def test_the_principal_gets_only_the_articles_that_concern_the_enterprise(town: Town) -> None:
    person = await invited(town, "principal", FOOD, "郑演丙")
    await person.tap("同意加入")
    said = await person.tap("是我")
    assert "✅ 郑演丙，您已加入：沈阳白桦示范食品有限公司企业主要负责人。" in said
    articles = [line.split()[0] for line in said.splitlines() if line.startswith("第") and "条" in line[:4]]
    assert articles == ["第3条", "第8条", "第12条", "第13条"]
    assert "共13条" in said
    assert "金属冶炼企业" not in said
    assert "其他方面另有标准：消防看《重大火灾隐患判定方法》（GB 35181-2017）" in said
    assert "已记录您已知悉" in await person.tap("我已知悉")
    assert await person.tap("我已知悉") == ""


async def test_a_corrected_name_is_flagged_to_staff(town: Town, clerk: Person) -> None:
    person = await invited(town, "principal", FOOD, "郑演炳")
    await person.tap("同意加入")
    await person.tap("不是")
    assert "最多60字" in await person.say("长" * 61)
    assert "您已加入" in await person.say("郑演炳")
    town.now += timedelta(days=1)
    town.tick()
    assert "登记的姓名是“郑演丙”，本人填写为“郑演炳”" in clerk.look()


async def test_two_people_with_one_code(town: Town) -> None:
    code = town.use(lambda uow: inviting.invite(uow, "officer", FOOD, "浑南区应急管理局")).code
    first, second = town.newcomer("钱演七"), town.newcomer("冒名")
    await first.say(f"/start {code}")
    await second.say(f"/start {code}")
    await first.tap("同意加入")
    await second.tap("同意加入")
    assert "您已加入" in await first.tap("是我")
    assert "邀请码不能用" in await second.tap("是我")
    assert "您还没有加入" in await second.say("/tasks")


async def test_a_code_that_expires_while_it_is_read(town: Town) -> None:
    person = await invited(town, "principal", FOOD, "郑演丙")
    await person.tap("同意加入")
    town.pass_time(days=31)
    assert "邀请码不能用" in await person.tap("是我")


async def test_a_second_role_needs_no_second_name(town: Town, officer: Person) -> None:
    code = town.use(lambda uow: inviting.invite(uow, "clerk", DISTRICT, "沈阳市应急管理局")).code
    await officer.say(f"/start {code}")
    assert "您已加入：浑南区联络人" in await officer.tap("同意加入")
    assert "钱演七，沈阳白桦示范食品有限公司安全管理人员、浑南区联络人" in await officer.say("/me")


async def test_no_code_and_no_name_is_kept_where_it_need_not_be(town: Town, principal: Person) -> None:
    del principal
    stored = town.app.database.look(lambda conn: conn.execute(select(invitations.c.code_hash)).scalars().all())
    assert all(len(code) == 64 for code in stored)
    told = town.app.database.look(lambda conn: conn.execute(select(audit)).all())
    assert told
    assert not [row for row in told if "郑演丙" in str(row.data) + row.subject]


async def test_my_data_can_be_seen_exported_and_left(town: Town, principal: Person) -> None:
    said = await principal.say("/me")
    assert said.splitlines()[0] == "您的资料：郑演丙，沈阳白桦示范食品有限公司企业主要负责人。"
    await principal.tap("导出资料")
    (file,) = principal.screen[-1].files
    kept = (town.app.context.files / file.sha256[:2] / file.sha256).read_text(encoding="utf-8")
    assert '"郑演丙"' in kept
    await principal.say("/me")
    assert "确定退出吗" in await principal.tap("退出")
    assert "您没有退出" in await principal.tap("不退出")
    await principal.say("/me")
    await principal.tap("退出")
    assert "聊天账号、人员表中的姓名、发给您的消息、导出的资料已从本系统删除" in await principal.tap("确定退出")
    await town.app.delivery.round()
    await tidy(town.app.database, town.app.context.files, town.now)
    for table in metadata.sorted_tables:
        if table.name != "enterprises":  # the registry's own name for the principal is the bureau's
            rows = town.app.database.look(lambda conn, table=table: conn.execute(select(table)).all())  # type: ignore[misc]  # bound now
            assert "郑演丙" not in str(rows), table.name
    assert "您还没有加入" in await principal.say("/tasks")
    town.pass_time(days=10)
    town.tick()
    assert principal.look() == ""


async def test_feedback_reaches_the_city_under_a_number(town: Town, principal: Person) -> None:
    city = await town.join("周演市", "city", CITY)
    assert "请写下您的意见" in await principal.say("/feedback")
    assert "已送沈阳市应急管理局，编号1。" in await principal.say("同一件事被两个部门要求填报")
    assert city.look() == "意见与投诉（编号1）：同一件事被两个部门要求填报"
    assert "编号2" in await principal.say("/feedback 谢谢")


async def test_the_language_is_the_persons_own(principal: Person) -> None:
    await principal.say("/language")
    assert "English from now on" in await principal.tap("English")
    assert "to report; tap a number" in await principal.say("/tasks")
    assert "以后用中文" in await principal.say("/language zh")


async def test_tasks_are_most_urgent_first_and_bundled(principal: Person) -> None:
    said = await principal.say("/tasks")
    assert said.splitlines()[2].startswith("1. 5月30日前首轮清单（7项）：已逾期6天")
    said = await principal.tap("第1项")
    assert said.startswith("5月30日前首轮清单：共7项，还有7项未填报")
    card = await principal.tap("第1项")
    assert "【浑南区应急管理局】" in card
    assert "对象：全部工贸企业" in await principal.tap("填报依据")


async def test_staff_see_who_has_answered_in_their_own_district(town: Town, principal: Person, clerk: Person) -> None:
    said = await clerk.say("/district")
    assert said.startswith("浑南区填报进度（截至6月5日 09:00）")
    assert "还有12项" in said
    more = await clerk.tap("更多") + await clerk.tap("更多") + await clerk.tap("更多")
    assert "6月调度确认：已填报0家，应填报1家" in more
    number = next(line.split(".")[0] for line in more.splitlines() if "5月调度" in line)
    assert "沈阳白桦示范食品有限公司" in await clerk.say(f"/district {number}")
    await clerk.say("/district")
    assert "沈阳白桦示范食品有限公司" in await clerk.tap("第1项")
    assert "您现在不能办理" in await clerk.say("/district 沈河区")
    assert "您现在不能办理" in await clerk.press_data("a:progress:monthly-dispatch|2023-06|1")
    assert "您现在不能办理" in await clerk.press_data("a:progress:monthly-dispatch|2023-06|")
    assert "您现在不能办理" in await clerk.press_data("a:progress:monthly-dispatch|2023-06|99")
    assert "您现在不能办理" in await principal.say("/district")
    city = await town.join("周演市", "city", CITY)
    assert (await city.say("/district")).startswith("沈阳市填报进度")
    assert (await city.say("/district 浑南区")).startswith("浑南区填报进度")


async def test_a_role_that_ends_in_the_middle_of_an_answer_submits_nothing(
    town: Town, principal: Person, clerk: Person
) -> None:
    await answer_all(principal)
    second = await town.join("吴演二", "principal", FOOD)
    await clerk.waiting()
    await clerk.tap("接受")
    said = principal.look()
    assert "您在沈阳白桦示范食品有限公司的企业主要负责人身份已结束：已由接替的人担任" in said
    assert "您没有填完的内容已收起，由接替的人继续：6月调度确认。" in said
    await principal.tap("确认提交")
    assert june(town).status == "open"
    assert "6月调度确认" in await second.press_data(f"a:show:{june(town).id}")


async def test_a_duty_that_is_withdrawn_in_the_middle_of_an_answer_is_not_submitted(
    town: Town, principal: Person
) -> None:
    found = town.use(lambda uow: duties.find(uow.conn, enterprise=FOOD))
    drill = next(duty for duty in found if duty.obligation == "drill")
    await principal.press_data(f"a:fill:{drill.id}")
    await principal.tap("今天")
    await principal.say("疏散逃生")
    await principal.say("80")
    await principal.tap("都熟知")
    await principal.tap("暂不附")
    town.register(row(风险标签="人员密集场所"))
    assert "没有提交" in await principal.tap("确认提交")
    assert town.use(lambda uow: duties.get(uow.conn, drill.id)).status == "withdrawn"  # type: ignore[union-attr]  # it is there


async def explained(principal: Person) -> None:
    """Somebody explains why June's dispatch is not done."""
    await principal.press_data(f"a:explain:{june(principal.town).id}")
    await principal.tap("停产停业")
    await principal.say("6月1日")
    await principal.tap("有")
    await principal.say("6月30日")
    await principal.say("设备检修停产")
    await principal.tap("确认提交")
    assert june(principal.town).status == "explained"


async def test_staff_accept_an_explanation(town: Town, principal: Person, clerk: Person) -> None:
    await explained(principal)
    card = await clerk.waiting()
    assert "沈阳白桦示范食品有限公司对6月调度确认说明情况：\n原因：停产停业" in card
    assert "说明：设备检修停产" in card
    assert "不能办理" in await principal.press_data(f"a:excuse:{june(town).id}")
    assert "已接受" in await clerk.tap("接受")
    assert june(town).status == "excused"
    assert "已接受6月调度确认的情况说明" in principal.look()
    assert "已处理过" in await clerk.tap("退回")


async def test_staff_return_an_explanation_and_the_duty_is_owed_as_before(
    town: Town, principal: Person, clerk: Person
) -> None:
    await explained(principal)
    await clerk.waiting()
    assert "已退回" in await clerk.tap("退回")
    assert june(town).status == "returned"
    assert "退回了6月调度确认的情况说明" in principal.look()
    assert "6月调度确认" in await principal.tap("现在填报")
    town.now = datetime.fromisoformat("2023-06-27T09:00:00+08:00")
    town.tick()
    assert "6月调度确认" in principal.look()


async def test_a_page_that_has_emptied_is_the_last_one_there_is(principal: Person) -> None:
    assert "1. 5月30日前首轮清单" in await principal.press_data("a:tasks:1")
    last = await principal.press_data("a:tasks:3")
    assert last.splitlines()[1:]
    assert await principal.press_data("a:tasks:99") == last


async def test_who_waits_is_not_told_to_be_the_principal_and_who_is_gone_is_told_nothing_of_a_place(
    town: Town, principal: Person
) -> None:
    second = await town.join("吴演二", "principal", FOOD)
    assert "您的资料：吴演二，沈阳白桦示范食品有限公司企业主要负责人（待监管部门确认）。" in await second.say("/me")
    assert "（待监管部门确认）" in await second.say("/start")
    end_role(town, principal.id)
    assert "您的资料：郑演丙，目前不代表任何单位。" in await principal.say("/me")
    assert "您还没有加入" in await principal.say("/start")
