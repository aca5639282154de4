"""A permit as its people live it in their chats, from the application to the closure, and what goes wrong."""

from service import permit_pulse
from tests.service.site import Site, photo
from tests.town import Person, Town

CODE = "D-0605-01"


def tick(town: Town) -> None:
    """The look of a minute at live permits."""
    town.use(permit_pulse.tick)


def pulse(june: Site, *minutes: str) -> None:
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
    pulse(june, "10:00")
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
    assert f"作业票 {CODE} 已送审批（安全管理部门）" in await apply(crew["officer"])
    crew["principal"].look()
    assert crew["principal"].labels == ["批准", "退回修改", "不予批准"]
    assert newest(crew["principal"]).splitlines()[2:] == [
        "一级　10:00至16:00",
        "1号冷库机房：更换支架",
        "动火人：何演松（证至2023年8月31日）",
        "负责人：周演工　监护人：吴演看",
        "分析人：冯演气",
        "安全措施：10项已确认",
        "未选措施：防火堤内无排放、高处防飞溅、可燃内衬保护、气瓶间距直立、视频监控",
    ]
    assert f"已批准 {CODE}，现场已通知。" in await crew["principal"].tap("批准")
    june.at("05T09:50")
    assert "开工前还需：到作业时间、气体检测、监护人到场、现场照片" in newest(crew["guardian"])
    assert crew["guardian"].labels == ["监护到场", "气体检测", "现场照片", "打印作业票"]
    await crew["guardian"].tap("监护到场")
    assert "作业期间不得离开" in await crew["guardian"].attach(photo(2))
    assert "0.05%，合格，已记录" in await measure_after_look(crew["tester"], "0,05")
    pulse(june, "10:00")
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
        pulse(june, minute)
        assert f"看火检查时间已到（{minute}）" in newest(crew["guardian"])
        await crew["guardian"].tap("看火无异常")
        assert "已记录看火检查" in await crew["guardian"].tap("无火种余烟")
    assert "看火已满。请负责人周演工拍照验收" in newest(crew["leader"])
    await crew["leader"].tap("验收关闭")
    await crew["leader"].tap("验收合格")
    assert f"{CODE} 已验收关闭" in await crew["leader"].attach(photo(3))
    assert newest(crew["officer"]).startswith(f"✅ 动火作业票 {CODE}　已关闭")
    assert june.events() == [
        "submit", "approve", "photo", "arrive", "sample", "start", "sample", "finish", "watch", "look", "look", "photo",
        "close",
    ]  # fmt: skip
    # One card in each chat, edited: it moved down only where its reader had to notice that something was decided.
    assert cards(crew["welder"]) == cards(crew["guardian"]) == ["permit/1/0"]
    assert cards(crew["officer"]) == ["permit/1/0", "permit/1/1"]


async def measure_after_look(tester: Person, value: str) -> str:
    """A gas sample by the newest card."""
    tester.look()
    return await measure(tester, value)
