"""What a person gets for odd input: each row of the contract's table is a test named after it."""

from datetime import datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from service.people import inviting
from storage.engine import PostgresDatabase, SqliteDatabase
from storage.tables import answers, conversations, inbox, invitations, memberships, outbox
from talk.messages import Inbound, Kind
from tests.service.conftest import FOOD
from tests.service.test_dispatch import answer_all, june, open_card
from tests.town import Person, Town


def count(town: Town, table: object) -> int:
    """How many rows a table has."""
    return int(town.app.database.look(lambda conn: conn.execute(select(func.count()).select_from(table)).scalar_one()))  # type: ignore[arg-type]  # any table


async def test_text_in_a_dialog_that_does_not_parse(town: Town, principal: Person) -> None:
    await open_card(principal)
    await principal.tap("已调度")
    await principal.tap("是")
    before = count(town, answers)
    assert await principal.say("上个礼拜吧") == (
        "未能识别“上个礼拜吧”。请回复6月内的日期，如“6月1日”。\n前面的回答已保留。"
    )
    assert count(town, answers) == before
    assert "什么形式" in await principal.tap("今天")


async def test_unknown_command_or_text_outside_a_dialog(town: Town, principal: Person) -> None:
    for text in ("/nonsense", "你好", "在吗？"):
        said = await principal.say(text)
        assert said.startswith("最近的一项：")
        assert principal.labels == ["现在填报", "全部任务"]
    assert count(town, inbox) >= 3


async def test_sticker_voice_or_video_where_text_is_asked(principal: Person) -> None:
    await open_card(principal)
    await principal.tap("已调度")
    await principal.tap("是")
    assert await principal.do(Kind.UNSUPPORTED) == "请回复6月内的日期，如“6月1日”。"


async def test_a_sticker_outside_a_dialog(principal: Person) -> None:
    assert "只收文字、照片和文件" in await principal.do(Kind.UNSUPPORTED)


async def test_ten_thousand_characters(town: Town, principal: Person) -> None:
    await answer_all(principal)
    await principal.tap("修改")
    await principal.tap("待解决")
    before = count(town, answers)
    said = await principal.say("很长" * 5000)
    assert "您发了10000字，未保存。请缩短后再发。" in said
    assert count(town, answers) == before
    assert "您发了501字" in await principal.say("长" * 501)


async def test_old_button(town: Town, principal: Person) -> None:
    await open_card(principal)
    await principal.tap("已调度")
    old_no = principal.button("否")
    await principal.tap("是")
    before = count(town, answers)
    assert await principal.press(old_no) == "这一项您已回答：是。"
    assert principal.labels == ["修改"]
    assert count(town, answers) == before
    assert "由您本人主持" in await principal.tap("修改")
    assert "哪天" in await principal.tap("否")


async def test_old_button_of_a_duty_that_was_handed_in(principal: Person) -> None:
    await answer_all(principal)
    old = principal.button("修改")
    await principal.tap("确认提交")
    assert await principal.press(old) == "6月调度确认已办理过，这里不用再答。"
    assert principal.labels == ["更正"]


async def test_double_tap_of_the_same_option(town: Town, principal: Person) -> None:
    await open_card(principal)
    await principal.tap("已调度")
    yes = principal.button("是")
    await principal.press(yes)
    before = count(town, answers)
    assert await principal.press(yes) == ""
    assert count(town, answers) == before


async def test_double_tap_of_the_confirmation(town: Town, principal: Person) -> None:
    await answer_all(principal)
    confirm = principal.button("确认提交")
    assert "回执编号" in await principal.press(confirm)
    assert await principal.press(confirm) == ""
    assert june(town).status == "answered"


async def test_edited_message(town: Town, principal: Person) -> None:
    await answer_all(principal)
    before = count(town, answers)
    assert await principal.do(Kind.EDITED) == "以您第一次发送的为准。要更改，请点“修改”。"
    assert count(town, answers) == before


async def test_two_answers_at_once(principal: Person) -> None:
    await open_card(principal)
    await principal.tap("已调度")
    await principal.tap("是")
    assert "什么形式" in await principal.say("6月2日")
    assert "未能识别“6月3日”" in await principal.say("6月3日")
    assert "议定了哪些事项" in await principal.say("现场")


async def test_group_chat(town: Town) -> None:
    group = town.newcomer("群")
    assert await group.do(Kind.GROUP) == "请与我单独聊天办理，群里不处理任务。"
    assert await group.do(Kind.GROUP) == ""


async def test_person_without_a_role(town: Town) -> None:
    stranger = town.newcomer("路人")
    for text in ("你好", "/tasks", "/me", "/district", "/receipt AAAA-BBBB", "/start"):
        said = await stranger.say(text)
        assert "您还没有加入" in said
        assert "白桦" not in said
    assert "您还没有加入" in await stranger.press_data(f"a:show:{june(town).id}")


async def test_used_code_by_the_same_person(town: Town) -> None:
    code = town.use(lambda uow: inviting.invite(uow, "principal", FOOD, "浑南区应急管理局")).code
    person = town.newcomer("郑演丙")
    await person.say(f"/start {code}")
    await person.tap("同意加入")
    await person.tap("是我")
    before = count(town, memberships)
    assert await person.say(f"/start {code}") == "您已加入。"
    assert count(town, memberships) == before


async def test_wrong_used_expired_or_guessed_code(town: Town, principal: Person) -> None:
    refusal = "这个邀请码不能用。请核对，或向监管部门重新索取。"
    used = town.use(lambda uow: inviting.invite(uow, "officer", FOOD, "浑南区应急管理局")).code
    officer = town.newcomer("钱演七")
    await officer.say(f"/start {used}")
    await officer.tap("同意加入")
    await officer.tap("是我")
    expired = town.use(lambda uow: inviting.invite(uow, "officer", FOOD, "浑南区应急管理局")).code
    town.pass_time(days=31)
    guesser = town.newcomer("猜")
    for code in ("AAAA-AAAA", used, expired, "x" * 3000, "'; drop table people; --"):
        assert await guesser.say(f"/start {code}") == refusal
    good = town.use(lambda uow: inviting.invite(uow, "officer", FOOD, "浑南区应急管理局")).code
    assert await guesser.say(f"/start {good}") == "试的次数过多，请一小时后再试。"
    town.pass_time(minutes=61)
    assert "邀请您以安全管理人员身份加入" in await guesser.say(f"/start {good}")
    del principal


async def test_second_principal_of_an_enterprise(town: Town, principal: Person, clerk: Person) -> None:
    second = await town.join("吴演二", "principal", FOOD)
    assert "待监管部门确认" in second.screen[-1].text
    said = await second.say("/tasks")
    assert "6月" not in said
    assert "您现在不能办理" in await second.press_data(f"a:show:{june(town).id}")
    assert "吴演二申请以主要负责人身份加入" in await clerk.waiting()
    assert "已接受" in await clerk.tap("接受")
    assert "这一项已处理过" in await clerk.tap("不接受")
    assert "监管部门已确认" in second.look()
    assert "首轮清单" in await second.say("/tasks")
    assert "您现在不能办理" in await principal.press_data(f"a:show:{june(town).id}")


async def test_bot_blocked(town: Town, principal: Person) -> None:
    await principal.do(Kind.BLOCKED)
    town.pass_time(days=15)
    town.tick()
    assert principal.look() == ""
    assert "最近的一项" in await principal.say("回来了")
    town.now = datetime.fromisoformat("2023-06-27T09:00:00+08:00")
    town.tick()
    assert "6月调度确认" in principal.look()


async def test_update_twice(town: Town, principal: Person) -> None:
    await open_card(principal)
    button = principal.button("已调度")
    update = Inbound(principal.address, 9_000, town.now, Kind.BUTTON, data=button.data)
    assert await town.app.take(update) is True
    assert await town.app.take(update) is False
    assert principal.look().count("主持") == 1
    assert count(town, conversations) == 2  # joining, and this one


async def test_declining_leaves_nothing_behind(town: Town) -> None:
    code = town.use(lambda uow: inviting.invite(uow, "principal", FOOD, "浑南区应急管理局")).code
    person = town.newcomer("郑演丙")
    assert "只保存：您的姓名、聊天账号、填报内容和时间" in await person.say(f"/start {code}")
    assert "没有保存您的资料" in await person.tap("暂不加入")
    assert count(town, memberships) == 0
    used = town.app.database.look(lambda conn: conn.execute(select(invitations.c.used_at)).scalar_one())
    assert used is None
    await person.say(f"/start {code}")
    await person.tap("同意加入")
    assert "您已加入" in await person.tap("是我")


async def test_a_handler_that_fails_apologises_and_the_next_message_works(
    town: Town, principal: Person, monkeypatch: object
) -> None:
    del monkeypatch
    await open_card(principal)
    failed = Inbound(principal.address, 9_001, town.now, Kind.BUTTON, data="a:show:99999999999999999999")
    await town.app.take(failed)
    assert principal.look() in (
        "抱歉，刚才没有处理成功，您已填的内容都在。请再发一次；仍不行的，请联系您的监管部门。",
        "这一项您现在不能办理。请回复 /tasks 查看您的任务。",
    )
    assert "主持" in await principal.tap("已调度")
    states = town.app.database.look(lambda conn: conn.execute(select(outbox.c.state).distinct()).scalars().all())
    assert set(states) <= {"ready", "cancelled"}


async def test_an_old_confirmation_does_not_confirm_what_it_does_not_show(town: Town, principal: Person) -> None:
    await answer_all(principal)
    old = principal.button("确认提交")
    await principal.tap("修改")
    await principal.tap("时间")
    await principal.tap("昨天")
    said = await principal.press(old)
    assert "请您核对" in said
    assert "6月4日" in said
    assert june(town).status == "open"
    assert "回执编号" in await principal.tap("确认提交")


async def test_a_question_that_is_asked_again_takes_a_tap_on_its_older_card(principal: Person) -> None:
    await open_card(principal)
    await principal.tap("已调度")
    yes = principal.button("是")
    await principal.press(yes)
    await principal.say("/back")
    assert "哪天" in await principal.press(yes)


async def test_control_characters_and_half_characters(town: Town, principal: Person) -> None:
    await answer_all(principal)
    await principal.tap("修改")
    await principal.tap("待解决")
    assert "待解决：资金3万元" in await principal.say("资金\x003万元\ud800")
    assert "不能用" in await principal.press_data("p:\x00:\ud83d")
    assert "不能办理" in await principal.press_data("a:show:\ud800")
    assert count(town, answers) > 0


async def test_overdue_and_not_held_leads_to_the_explanation_alone(town: Town, principal: Person) -> None:
    town.now = datetime.fromisoformat("2023-07-04T09:00:00+08:00")
    await open_card(principal)
    assert "原因是什么" in await principal.tap("还没有")


async def test_disk_full_or_database_that_refuses(town: Town, principal: Person) -> None:
    """Nothing is acknowledged: whoever polls hears of it, backs off and brings the update again."""
    await open_card(principal)
    await principal.tap("已调度")
    before = count(town, answers), count(town, inbox)
    update = Inbound(principal.address, 9_500, town.now, Kind.TEXT, text="好", raw={"text": "长" * 20_000})
    refuse_writing(town, refuse=True)
    with pytest.raises(DBAPIError):
        await town.app.take(update)
    assert (count(town, answers), count(town, inbox)) == before
    refuse_writing(town, refuse=False)
    assert await town.app.take(update)
    assert count(town, inbox) == before[1] + 1


def refuse_writing(town: Town, *, refuse: bool) -> None:
    """A disk that is full, or a server that has become read-only; or not any longer."""
    database = town.app.database
    if isinstance(database, SqliteDatabase):
        pages = 1 if refuse else 1_000_000
        database.run(lambda conn: conn.exec_driver_sql(f"PRAGMA max_page_count = {pages}").close())
        return
    assert isinstance(database, PostgresDatabase)
    with database._engine.connect() as conn:
        name = conn.exec_driver_sql("SELECT current_database()").scalar_one()
        conn.rollback()
        conn.exec_driver_sql("SET transaction_read_only = off")
        conn.exec_driver_sql(f"ALTER DATABASE {name} SET default_transaction_read_only = {'on' if refuse else 'off'}")
        conn.commit()
    database._engine.dispose()
