"""A permit as its people live it in their chats, from the application to the closure, and what goes wrong."""

from decimal import Decimal

from sqlalchemy import select

from campaign.permit_life import Pause
from campaign.permits import Event, State
from service.hot_work import pulse
from storage.outbox import PERMIT
from storage.tables import outbox
from talk.messages import Address, Outbound, Outcome, Refused
from tests.service.conftest import FOOD, row
from tests.service.site import Site, moment, photo
from tests.town import Person, Town

CODE = "D-0605-01"


def tick(town: Town) -> None:
    """The look of a minute at live permits."""
    town.use(pulse.tick)


def minutes_pass(june: Site, *minutes: str) -> None:
    """A look at each of these minutes of the day."""
    for minute in minutes:
        june.at(f"05T{minute}")
        tick(june.town)


async def apply(officer: Person) -> str:
    """A first application, in full; what came of it."""
    await officer.say("/permit")
    for said in ("1号冷库机房", "氨管支架", "更换支架"):
        await officer.say(said)
    for tap in ("易燃易爆场所", "没有全做到", "管道", "室内", "电焊", "完成"):
        await officer.tap(tap)
    for said in ("10:00", "16:00", "何演松", "周演工", "吴演看", "冯演气"):
        await officer.say(said)
    for tap in ("不涉及", "按建议", "全部落实"):
        await officer.tap(tap)
    await officer.say("2处")
    await officer.say("4具")
    await officer.attach(photo(1))
    await officer.tap("都没有")
    return await officer.tap("确认提交")


async def ready(june: Site) -> None:
    """Approved, the guardian on site with a photo, the gas measured."""
    crew = june.crew
    await apply(crew["officer"])
    crew["principal"].look()
    await crew["principal"].tap("批准")
    june.at("05T09:50")
    for seat in ("guardian", "tester", "leader", "welder", "officer"):
        crew[seat].look()
    await crew["guardian"].tap("监护到场")
    await crew["guardian"].attach(photo(2))
    await crew["guardian"].tap("全部到位")
    await measure(crew["tester"], "0,05")


async def measure(tester: Person, value: str) -> str:
    """A gas sample by the dialog."""
    await tester.tap("气体检测")
    await tester.say("氨")
    await tester.say(value)
    await tester.tap("现在")
    return await tester.tap("完成")


async def working(june: Site) -> None:
    """Work is under way since ten."""
    await ready(june)
    minutes_pass(june, "10:00")
    june.crew["leader"].look()
    assert "已开工，作业至16:00" in await june.crew["leader"].tap("开始作业")
    for person in june.crew.values():
        person.look()


def newest(person: Person) -> str:
    """The newest message of somebody's chat."""
    person.look()
    return person.screen[-1].text


def cards(person: Person) -> list[str]:
    """The names of the cards that a chat was sent, each once: edits of one are one."""
    person.look()
    named = [message.card for message in person.screen if message.card is not None]
    return list(dict.fromkeys(card for card in named if card.startswith("permit/")))


async def test_from_the_application_to_the_closure(town: Town) -> None:
    june = await Site.found(town)
    crew = june.crew
    assert f"作业票 {CODE} 已送审批（参照GB 30871-2022：安全管理部门）" in await apply(crew["officer"])
    crew["principal"].look()
    assert crew["principal"].labels == ["批准", "退回修改", "不予批准"]
    assert newest(crew["principal"]).splitlines()[2:] == [
        "一级（参照GB 30871-2022）　10:00至16:00",
        "1号冷库机房：更换支架",
        "动火人：何演松（证书有效期至2023年8月31日）",
        "负责人：周演工　监护人：吴演看",
        "分析人：冯演气",
        "安全措施：10项已确认",
        "未选措施：防火堤内无排放、高处防飞溅、可燃内衬保护、气瓶间距直立、视频监控、停产停机、积尘已清除、除尘系统隔离、喷涂停止清理、通风换气",
    ]
    assert f"已批准 {CODE}，现场已通知。" in await crew["principal"].tap("批准")
    june.at("05T09:50")
    assert "开工前还需：到作业时间、气体检测、监护人到场、安全措施现场确认、现场照片" in newest(crew["guardian"])
    assert crew["guardian"].labels == ["监护到场", "气体检测", "现场照片", "打印作业票"]
    await crew["guardian"].tap("监护到场")
    asked = await crew["guardian"].attach(photo(2))
    assert "请在现场逐项核对安全措施，有没有未到位的？\n申请时由钱演七填报：\n1. " in asked
    assert "作业期间不得离开" in await crew["guardian"].tap("全部到位")
    assert "安全措施：10项已现场确认（吴演看 09:50）" in newest(crew["officer"])
    assert "0.05%，合格，已记录" in await measure_after_look(crew["tester"], "0,05")
    minutes_pass(june, "10:00")
    assert "开工前还需" not in newest(crew["leader"])
    assert "已开工，作业至16:00" in await crew["leader"].tap("开始作业")
    assert newest(crew["welder"]).startswith(f"⏰ 动火作业票 {CODE}　作业中")
    assert crew["welder"].labels == ["立即停止", "暂时休息", "打印作业票"]
    june.at("05T12:30")
    assert "0.02%，合格" in await measure_after_look(crew["tester"], "0.02%")
    assert "下次复测：15:30" in newest(crew["leader"])
    june.at("05T14:00")
    assert "已完工" in await crew["leader"].tap("作业完工")
    assert "请监护人吴演看清理现场、开始看火" in newest(crew["guardian"])
    await crew["guardian"].tap("开始看火")
    for minute in ("14:30", "15:00"):
        minutes_pass(june, minute)
        assert f"看火检查时间已到（{minute}）" in newest(crew["guardian"])
        await crew["guardian"].tap("看火无异常")
        assert "已记录看火检查" in await crew["guardian"].tap("无火种余烟")
    assert "看火已满。请负责人周演工拍照验收" in newest(crew["leader"])
    await crew["leader"].tap("验收关闭")
    await crew["leader"].tap("验收合格")
    assert f"{CODE} 已验收关闭" in await crew["leader"].attach(photo(3))
    assert newest(crew["officer"]).startswith(f"✅ 动火作业票 {CODE}　已关闭")
    assert june.events() == [
        "submit", "approve", "photo", "measures", "arrive", "sample", "start", "sample", "finish", "watch", "look",
        "look", "photo", "close",
    ]  # fmt: skip
    # One card in each chat, edited: it moved down only where its reader had to notice that something was decided.
    assert cards(crew["welder"]) == cards(crew["guardian"]) == ["permit/1/0"]
    assert cards(crew["officer"]) == ["permit/1/0", "permit/1/1"]


async def measure_after_look(tester: Person, value: str) -> str:
    """A gas sample by the newest card."""
    tester.look()
    return await measure(tester, value)


async def test_a_missed_recheck_suspends_by_itself_and_is_passed_on_until_somebody_taps(town: Town) -> None:
    june = await Site.found(town)
    crew = june.crew
    await working(june)
    minutes_pass(june, "12:50")
    asked = "气体复测时间已到（12:50）。请冯演气立即检测"
    assert asked in newest(crew["tester"])
    assert asked in newest(crew["guardian"])
    assert asked not in newest(crew["leader"])
    minutes_pass(june, "12:52")
    assert asked not in newest(crew["leader"])
    minutes_pass(june, "12:53")
    assert "现场3分钟无人确认，转请您处理。" in newest(crew["leader"])
    assert "已记录您收到" in await crew["leader"].tap("收到")
    minutes_pass(june, "12:56", "13:04")
    assert asked not in crew["officer"].look()
    minutes_pass(june, "13:05")
    for seat in ("guardian", "leader", "welder"):
        assert "未按时复测，13:05已自动暂停。请立即停止动火" in newest(crew[seat])
    assert "未按时复测，13:05起自动暂停" in crew["officer"].look()
    minutes_pass(june, "13:08")
    assert "现场3分钟无人确认" in newest(crew["officer"])
    # A value by the code ends it; the leader goes on.
    june.at("05T13:10")
    assert "0.03%，合格，已记录" in await crew["tester"].say(f"{CODE} 0.03%")
    assert "已恢复作业" in await june_leader(june, "恢复作业")


async def june_leader(june: Site, label: str) -> str:
    """A tap of the leader on his card as it is now."""
    june.crew["leader"].look()
    return await june.crew["leader"].tap(label)


async def test_who_cannot_be_reached_is_not_waited_for(town: Town) -> None:
    june = await Site.found(town)
    await working(june)
    await town.app.delivery.round()
    blocked = {june.crew[seat].address for seat in ("tester", "guardian")}
    told = town.channel.send

    async def send(address: Address, message: Outbound, replaces: str | None) -> Outcome:
        return Refused("blocked") if address in blocked else await told(address, message, replaces)

    town.channel.send = send  # type: ignore[method-assign]  # a phone that blocked the bot
    minutes_pass(june, "12:50")
    await town.app.delivery.round()
    minutes_pass(june, "12:51")
    assert "气体复测时间已到" in newest(june.crew["leader"])


async def test_anybody_on_the_permit_stops_the_job_in_one_tap_and_all_hear_of_it_at_once(town: Town) -> None:
    june = await Site.found(town)
    crew = june.crew
    await working(june)
    june.at("05T10:20")
    assert f"{CODE} 已叫停，现场人员已通知。" in await crew["welder"].tap("立即停止")
    for seat in ("guardian", "leader"):
        assert f"作业票 {CODE} 已被叫停（何演松）。请立即停止动火" in newest(crew[seat])
    rows = town.app.database.look(lambda conn: conn.execute(select(outbox.c.priority, outbox.c.kind)).all())
    assert {priority for priority, kind in rows if kind == "permit-prompt"} == {PERMIT}
    await crew["welder"].tap("说明原因")
    assert "原因已记入" in await crew["welder"].say("下方有人喷漆")
    # The leader cannot go on by himself: a new sample is asked for.
    assert "恢复前还需：气体检测" in crew["officer"].look()


async def test_what_comes_by_the_code_finds_its_permit_late_twice_and_out_of_order(town: Town) -> None:
    june = await Site.found(town)
    crew = june.crew
    await working(june)
    june.at("05T11:00")
    tester = crew["tester"]
    assert "0.04%，合格" in await tester.say("d0605 01 ０,０４％ 10:45")
    assert "0.04%，合格" in await tester.say("D-0605-01 0.04% 10:45")
    assert "0.03%，合格" in await tester.say("D-0605-1：0.03% 10:30")
    assert [one.value for one in june.permit().life.samples] == [Decimal("0.05"), Decimal("0.04"), Decimal("0.03")]
    assert "“5%”请注明单位" in await tester.say(f"{CODE} 5%")
    assert "没看懂气体数值“很好”" in await tester.say(f"{CODE} 很好")
    assert "没有编号为 D-0605-09 的作业票" in await tester.say("D-0605-09 0.05%")
    assert f"照片已存入 {CODE}" in await crew["welder"].attach(photo(7), text=CODE)
    assert f"照片已存入 {CODE}" in await crew["welder"].attach(photo(8))
    assert "气体超限：氨0.6%（参照GB 30871-2022，限值0.5%）。作业票已暂停" in await tester.say(f"{CODE} 0.6%")
    assert june.permit().life.why is Pause.GAS
    # After its end nothing revives it.
    june.at("05T16:05")
    assert "不再改变作业票的状态" in await tester.say(f"{CODE} 0.01% 15:50")
    assert june.permit().life.state is State.EXPIRED


async def test_whoever_scans_the_code_learns_whether_it_holds_and_nothing_else(town: Town) -> None:
    june = await Site.found(town)
    await apply(june.crew["officer"])
    token = june.permit().row.token
    passer = town.newcomer("路人")
    assert f"作业票 {CODE} 未经批准，无效" in await passer.say(f"/verify {token}")
    june.crew["principal"].look()
    await june.crew["principal"].tap("批准")
    said = await passer.say(f"/start v_{token}")
    assert f"✅ 作业票 {CODE} 有效" in said
    assert not any(name in said for name in ("何演松", "吴演看", "白桦", "冷库"))
    june.at("05T16:01")
    assert "已于6月5日 16:00到期失效" in await passer.say(f"/verify {token.lower()}")
    for _ in range(20):
        assert "没有这个查验码" in await passer.say("/verify ABCDEFGHJKLM")
    assert "查验次数过多" in await passer.say("/verify ABCDEFGHJKLM")


async def test_of_two_who_approve_at_once_the_second_is_told_who_was_first(town: Town) -> None:
    june = await Site.found(town)
    other = await town.join("许演二", "officer", FOOD)
    await apply(june.crew["officer"])
    june.crew["principal"].look()
    other.look()
    button = other.button("批准")
    await june.crew["principal"].tap("批准")
    assert f"作业票 {CODE} 已由郑演丙处理：已批准，未开工。" in await other.press(button)


async def test_the_lists_show_what_is_live_and_a_district_no_names_of_who_was_stopped(town: Town) -> None:
    june = await Site.found(town)
    crew = june.crew
    assert "现在没有动火作业票" in await crew["officer"].say("/permits")
    assert crew["officer"].labels == ["申请动火"]
    await working(june)
    assert "动火作业票：作业中1张，待办0张" in await crew["officer"].say("/permits")
    assert CODE in await crew["welder"].say("/permits")
    said = await crew["clerk"].say("/permits")
    assert "浑南区动火作业：进行中1张（其中暂停0张）" in said
    assert "拦截不合条件的申请0次" in said
    town.register(row(), row("91210112155117772D", 3, 企业名称="沈阳云杉示范机械有限公司"))
    stranger = await town.join("冯演外", "principal", "91210112155117772D")
    assert "现在没有动火作业票" in await stranger.say("/permits")
    assert await stranger.press_data("a:permit:1") == await stranger.press_data("a:permit-do:1:stop")
    assert june.permit().life.state is State.STARTED


async def test_the_page_and_the_card_come_to_whoever_asks(town: Town) -> None:
    june = await Site.found(town)
    await working(june)
    officer = june.crew["officer"]
    await officer.tap("打印作业票")
    files = officer.screen[-1].files
    assert [file.name for file in files] == [f"{CODE}动火作业票.pdf", f"{CODE}动火作业票.png"]
    assert "证号已隐去" in officer.screen[-1].text


async def test_a_job_that_nobody_accepted_is_named_where_it_keeps_the_next_one_from_starting(town: Town) -> None:
    """It holds its place until it is closed, and nobody was told so."""
    june = await Site.found(town)
    june.started()
    june.do("leader", Event.FINISH)
    june.do("guardian", Event.WATCH)
    for minute in ("10:30", "11:00"):
        june.at(f"05T{minute}")
        june.do("guardian", Event.LOOK)
    tick(town)
    june.crew["officer"].look()
    june.approved(june.application(starts=moment("05T12:00"), until=moment("05T16:00")), number=2)
    june.at("05T12:00")
    june.ready(2)
    leader = june.crew["leader"]
    leader.look()
    assert f"这个部位的作业票 {CODE} 还没有验收关闭" in await leader.press_data("a:permit-do:2:start")
    june.at("05T14:00")
    tick(town)
    assert f"作业票 {CODE} 看火已满" in june.crew["officer"].look()


async def test_the_button_to_start_goes_when_the_sample_is_too_old(town: Town) -> None:
    june = await Site.found(town)
    await ready(june)
    minutes_pass(june, "10:00")
    leader = june.crew["leader"]
    leader.look()
    assert leader.can_tap("开始作业")
    minutes_pass(june, "10:20", "10:21")
    assert "开工前还需：气体检测" in leader.look()
    assert not leader.can_tap("开始作业")
