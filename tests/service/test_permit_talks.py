"""The talks about permits as people have them: from the first question to what is kept of it."""

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from PIL import Image

from campaign.applications import MeasureTaken
from campaign.permits import Event, Gate, State
from service.core.refusal import saying_refusals
from service.core.unit_of_work import Speaker, UnitOfWork
from service.hot_work import briefs, letters, outcomes
from service.hot_work.in_hand import PermitInHand
from service.hot_work.papers import PermitPaper
from service.hot_work.steps import opened
from service.people import ending
from storage import people, permits, registry
from storage.files import FileStore
from talk.messages import FileRef
from tests.samples import picture
from tests.service.conftest import FOOD
from tests.service.site import Site, moment, photo
from tests.service.welders import bring, line, number
from tests.town import Person, Town

SITE = photo(998)
PEOPLE = ("何演松", "周演工", "吴演看", "检测", "冯演气")
BEFORE_THE_PHOTO = ("10:00", "12:00", *PEOPLE, "不涉及", "按建议", "全部落实", "4具")


@pytest.fixture
async def site(town: Town) -> Site:
    """A crew at 09:00 on 5 June, a Monday."""
    return await Site.found(town)


def applies(site: Site, seat: str = "officer") -> str:
    """Begin an application; what is said."""

    def case(uow: UnitOfWork, me: Speaker) -> None:
        enterprise = registry.enterprise(uow.conn, FOOD)
        assert enterprise is not None
        with saying_refusals(uow, me):
            briefs.begin_application(uow, me, enterprise)

    site.crew[seat].look()
    site.use(seat, case)
    return site.crew[seat].look()


def begins(site: Site, seat: str, begin: Callable[..., None], *more: Any) -> str:
    """Begin a talk about the first permit; what is said."""

    def case(uow: UnitOfWork, me: Speaker) -> None:
        with saying_refusals(uow, me):
            begin(uow, me, opened(uow, me.person, 1), *more)

    site.crew[seat].look()
    site.use(seat, case)
    return site.crew[seat].look()


def correction(uow: UnitOfWork, me: Speaker, permit: PermitInHand) -> None:
    """Begin to put an application right."""
    briefs.begin_correction(uow, me, permit.row.id)


async def to_the_times(person: Person, place: str = "2号车间", surroundings: str = "其他场所") -> None:
    for said in (place, "除尘管道", "焊接支架", surroundings, "其他部位", "室内"):
        await person.say(said)
    await person.tap("电焊")
    await person.tap("完成")


async def to_the_end(person: Person, starts: str = "10:00", until: str = "12:00") -> str:
    for said in (starts, until, *BEFORE_THE_PHOTO[2:]):
        await person.say(said)
    return await person.attach(SITE)


async def handed_in(site: Site, place: str = "2号车间", starts: str = "10:00") -> str:
    officer = site.crew["officer"]
    applies(site)
    await to_the_times(officer, place)
    await to_the_end(officer, starts)
    await officer.tap("都没有")
    return await officer.tap("确认提交")


PLAN = FileRef("b" * 64, "方案.pdf", "application/pdf", 9)


def taken_on(site: Site, written: str) -> FileRef:
    """Keep a photo that says when it was taken."""
    told = Image.Exif()
    told.get_ifd(0x8769)[0x9003] = written
    out = io.BytesIO()
    picture(written).save(out, "JPEG", exif=told)
    return site.town.use(lambda uow: FileStore(uow.context.files).keep(out.getvalue(), "现场.jpg"))


def attempts(site: Site) -> list[tuple[Any, str]]:
    found = site.town.use(lambda uow: permits.attempts_of(uow.conn, FOOD))
    return [(one.data.get("name", one.data.get("numbers")), one.gate) for one in found]


# Applications


async def test_an_application_is_filled_in_and_goes_to_the_approver(site: Site) -> None:
    said = await handed_in(site)
    assert said.splitlines()[0] == (
        "作业票 D-0605-01 已送审批（参照GB 30871-2022：所在基层单位）。"
        "计划6月5日 10:00至6月5日 12:00。批准、分析、监护到场后才能动火。"
    )
    one = site.permit()
    assert one.life.state is State.SUBMITTED
    assert (one.application.place, one.application.tester) == ("2号车间", site.who("tester"))
    assert one.application.guardian == site.who("guardian")


async def test_a_job_like_the_last_one_takes_twelve_messages(site: Site) -> None:
    await handed_in(site)
    officer = site.crew["officer"]
    assert applies(site).startswith("上次：2号车间（除尘管道），焊接支架。焊工何演松，负责人周演工，监护人吴演看。")
    before = site.town.updates
    await officer.tap("与上次相同")
    await officer.say("3号车间")
    for label in ("除尘管道", "其他场所", "室内", "2小时后", "至13:00", "全部落实"):
        await officer.tap(label)
    await officer.attach(SITE)
    await officer.tap("都没有")
    assert "作业票 D-0605-02 已送审批" in await officer.tap("确认提交")
    assert site.town.updates - before <= 12
    assert site.permit(2).application.place == "3号车间"
    # Both places are offered from now on.
    assert "1. 3号车间\n2. 2号车间" in applies(site) + await officer.tap("重新填写")


async def test_nobody_with_a_valid_certificate_is_no_application(site: Site) -> None:
    site.expire_certificate(date(2023, 6, 4))
    assert applies(site).startswith("沈阳白桦示范食品有限公司的登记册中没有证书有效的焊工，不能申请动火。")


async def test_a_worker_does_not_apply(site: Site) -> None:
    assert applies(site, "guardian").startswith("这一项您现在不能办理。")


async def test_whoever_is_named_without_a_valid_certificate_is_told_and_counted_for_the_enterprise(site: Site) -> None:
    bring(site.town, line(), line(2, 3, 姓名="李演杉", 证号=number(2), 应复审日期="2023-06-01", 有效期至="2026-08-31"))
    officer = site.crew["officer"]
    applies(site)
    await to_the_times(officer)
    await officer.say("10:00")
    assert "李演杉：证书应复审日期2023年6月1日，已过，未复审" in await officer.say("12:00")
    assert "李演杉不能列入作业票：证书应复审日期2023年6月1日，已过，未复审" in await officer.say("李演杉")
    assert "登记册中没有“生演人”" in await officer.say("生演人")
    await officer.say("生演人")
    assert attempts(site) == [("李演杉", Gate.CERTIFIED), ("生演人", Gate.CERTIFIED)]
    assert "作业负责人是谁？" in await officer.say("何演松")


async def test_a_photo_of_another_day_is_not_taken(site: Site) -> None:
    officer = site.crew["officer"]
    applies(site)
    await to_the_times(officer)
    for said in (
        "10:00",
        "12:00",
        "何演松",
        "周演工",
        "吴演看",
        "检测",
        "冯演气",
        "不涉及",
        "按建议",
        "全部落实",
        "4具",
    ):
        await officer.say(said)
    assert (await officer.attach(PLAN)).startswith("“方案.pdf”不是照片，没有保存。")
    assert await officer.attach(taken_on(site, "2023:06:03 16:20:00")) == (
        "这张照片是6月3日拍的，不是今天的现场，没有保存。请拍一张现在的现场照片。\n前面的回答已保留。"
    )
    assert "十不准" in await officer.attach(taken_on(site, "2023:06:05 08:50:00"))


async def test_a_photo_of_another_day_that_comes_by_its_code_is_kept_and_opens_nothing(site: Site) -> None:
    site.approved()
    guardian = site.crew["guardian"]
    said = await guardian.attach(taken_on(site, "2023:06:03 16:20:00"), text="D-0605-01")
    assert said.startswith("这张照片是6月3日拍的，已按当时的时间记入D-0605-01，但不能用作今天的现场照片。")
    assert site.permit().life.pictured_at == moment("03T16:20")
    site.at("05T10:00")
    site.do("guardian", Event.ARRIVE)
    site.check("leader")
    site.sample()
    assert site.do("leader", Event.START) == (Gate.PICTURED,)
    said = await guardian.attach(taken_on(site, "2024:01:01 00:00:00"), text="D-0605-01")
    assert said.startswith("这张照片是2024年1月1日拍的，不是今天的现场，没有保存。")


async def test_a_photo_from_before_midnight_is_one_of_now_just_after_it(site: Site) -> None:
    site.approved(site.application(starts=moment("05T23:00"), until=moment("06T03:00")))
    site.at("06T00:10")
    begins(site, "guardian", briefs.begin, Event.ARRIVE)
    await site.crew["guardian"].attach(taken_on(site, "2023:06:05 23:55:00"))
    assert "已记录监护人到场" in await site.crew["guardian"].tap("全部到位")
    assert site.permit().life.pictured_at == moment("06T00:10")


async def test_a_start_that_passes_while_an_application_is_filled_in_is_asked_again(site: Site) -> None:
    officer = site.crew["officer"]
    applies(site)
    await to_the_times(officer)
    await to_the_end(officer)
    await officer.tap("都没有")
    site.at("05T10:40")
    said = await officer.tap("确认提交")
    assert said.startswith(
        "开始时间已过，或时长超过本级别的上限（参照GB 30871-2022），没有提交。作业票不能补办；已经动火的，请立即停止。"
    )
    assert "计划什么时候开始？" in said
    assert "已过。作业票不能补办" in await officer.say("10:00")
    assert "请您核对" in await officer.say("11:00")
    assert "作业票 D-0605-01 已送审批" in await officer.tap("确认提交")
    assert site.permit().terms.starts == moment("05T11:00")


async def test_a_second_permit_at_a_place_is_stopped_and_can_be_moved(site: Site) -> None:
    await handed_in(site)
    officer = site.crew["officer"]
    applies(site)
    await officer.tap("与上次相同")
    for label in ("2号车间", "除尘管道", "其他场所", "室内", "2小时后", "至13:00", "全部落实"):
        await officer.tap(label)
    await officer.attach(SITE)
    await officer.tap("都没有")
    said = await officer.tap("确认提交")
    assert said.startswith("这个地点在同一时间已有一张作业票，没有提交。请改时间或地点，或先了结那一张。")
    assert "请您核对" in said
    await officer.tap("修改")
    await officer.tap("动火地点")
    await officer.say("4号车间")
    assert "作业票 D-0605-02 已送审批" in await officer.tap("确认提交")
    # Of two permits each question says which one it is about.
    begins(site, "principal", briefs.begin, Event.RETURN)
    said = await site.crew["principal"].say("监护人")
    assert said.startswith("作业票 D-0605-01（")


async def test_a_prohibition_forbids_the_job_and_stays_with_the_enterprise(site: Site) -> None:
    officer = site.crew["officer"]
    applies(site)
    await to_the_times(officer)
    await to_the_end(officer)
    said = await officer.say("5、8")
    assert said.startswith(
        "⚠️ 2号车间不准动火。有“十不准”（参照县级政府网站ynlf.gov.cn所载条文）的以下情形：\n1. 各种装过可燃气体"
    )
    assert said.endswith("请先消除这些情形，再重新申请。消除之前，现场不得动火。")
    assert attempts(site) == [([5, 8], Gate.HARMLESS)]
    assert site.town.use(lambda uow: permits.find(uow.conn)) == []


# What an approver says


async def test_one_wrong_answer_goes_back_and_only_it_is_asked_again(site: Site) -> None:
    await handed_in(site)
    principal, officer = site.crew["principal"], site.crew["officer"]
    assert "作业票 D-0605-01：哪一项不对？" in begins(site, "principal", briefs.begin, Event.RETURN)
    said = await principal.say("监护人")
    assert "请用一句话说明“监护人”哪里不对。" in said
    assert "已退回 D-0605-01，申请人会重填这一项。" in await principal.say("吴演看今天请假")
    assert "吴演看今天请假" in officer.look()
    said = begins(site, "officer", correction)
    assert "退回说明：吴演看今天请假" in said
    assert "监护人是谁？" in said
    assert "请您核对" in await officer.say("冯演气")
    assert "作业票 D-0605-01 已送审批" in await officer.tap("确认提交")
    assert site.permit().application.guardian == site.who("tester")
    assert site.events() == ["submit", "return", "submit"]
    assert "作业票 D-0605-01 现在是“待审批”，不能这样操作。" in begins(site, "officer", correction)


async def test_a_welder_who_came_into_the_register_meanwhile_can_be_named(site: Site) -> None:
    await handed_in(site)
    site.decide("principal", "return_", "welders", "何演松下班了")
    bring(site.town, line(), line(2, 3, 姓名="李演杉", 证号=number(2)))
    assert "2. 李演杉" in begins(site, "officer", correction)
    await site.crew["officer"].say("李演杉")
    await site.crew["officer"].tap("确认提交")
    assert [who.name for who in site.permit().application.welders] == ["李演杉"]


async def test_an_application_is_discarded_and_one_that_came_back_is_cancelled_with_it(site: Site) -> None:
    await handed_in(site)
    officer = site.crew["officer"]
    site.decide("principal", "return_", "guardian", "吴演看今天请假")
    begins(site, "officer", correction)
    await officer.say("/cancel")
    said = await officer.tap("放弃")
    assert said.startswith("已放弃动火作业票申请，填过的内容已删除。")
    assert site.events() == ["submit", "return", "cancel"]
    applies(site)
    await officer.say("/cancel")
    await officer.tap("放弃")
    assert "放弃" not in await officer.say("/cancel")
    assert site.events() == ["submit", "return", "cancel"]


async def test_a_refusal_and_a_cancellation_ask_once_more(site: Site) -> None:
    site.apply()
    principal = site.crew["principal"]
    assert "为什么不批准作业票 D-0605-01" in begins(site, "principal", briefs.begin, Event.REFUSE)
    await principal.say("附近在喷漆")
    assert "未批准 D-0605-01，申请人会看到原因。" in await principal.tap("不批准")
    assert "“不予批准”，不能这样操作" in begins(site, "principal", briefs.begin, Event.CANCEL)


async def test_a_permit_is_cancelled_with_why(site: Site) -> None:
    site.approved()
    officer = site.crew["officer"]
    begins(site, "officer", briefs.begin, Event.CANCEL)
    assert "现场须立即停止动火" in await officer.say("不做了")
    assert (await officer.tap("作废")).startswith("D-0605-01 已取消。")


# On site


async def tells(site: Site, *said: str, seat: str = "tester", gas: str = "氢气") -> str:
    person = site.crew[seat]
    begins(site, seat, briefs.begin, Event.SAMPLE)
    await person.say(gas)
    answer = ""
    for one in said:
        answer = await person.say(one)
    return answer


async def test_a_sample_opens_the_gate_while_it_is_fresh(site: Site) -> None:
    site.approved()
    site.at("05T09:50")
    assert "合格（参照GB 30871-2022，不高于0.5%）" in await tells(site, "0,05%", "现在")
    assert (await site.crew["tester"].tap("完成")).startswith("作业票 D-0605-01：氢气 0.05%，合格，已记录。")
    assert site.permit().life.last_good == moment("05T09:50")


async def test_an_old_sample_is_kept_and_opens_nothing(site: Site) -> None:
    site.approved()
    site.at("05T09:50")
    await tells(site, "0.05%", "9:05")
    assert (await site.crew["tester"].tap("完成")).splitlines()[0] == (
        "作业票 D-0605-01：氢气 0.05%已记录，"
        "但6月5日 09:05取样已超过30分钟（参照GB 30871-2022），不能凭它开始或恢复动火。请重新取样。"
    )
    site.do("guardian", Event.ARRIVE)
    site.check()
    site.photo("leader")
    site.at("05T10:00")
    assert site.do("leader", Event.START) == (Gate.SAMPLED,)


async def test_a_sample_over_the_limit_stops_the_job_at_once(site: Site) -> None:
    site.started()
    assert (await tells(site, "0.6%", "现在")).splitlines()[0] == (
        "⛔ 作业票 D-0605-01 气体超限：氢气0.6%（参照GB 30871-2022，限值0.5%）。"
        "作业票已暂停，立即停止动火，人员撤离现场；处置后重新检测。"
    )
    assert site.permit().life.state is State.SUSPENDED
    for seat in ("leader", "guardian", "welder", "tester", "officer", "principal"):
        site.crew[seat].look()
        told = [shown.text for shown in site.crew[seat].screen]
        assert any(
            "⛔ 作业票 D-0605-01 气体超限：氢气0.6%（参照GB 30871-2022，限值0.5%）。立即停止动火" in text
            for text in told
        ), seat


async def test_a_sample_in_percent_of_the_explosive_limit_is_kept_as_a_share_of_volume(site: Site) -> None:
    site.approved()
    site.at("05T09:50")
    said = await tells(site, "5%")
    assert "体积分数，还是爆炸下限的百分比" in said
    assert "5%LEL折算为体积分数0.2%" in await site.crew["tester"].tap("%LEL")
    await site.crew["tester"].tap("现在")
    await site.crew["tester"].tap("完成")
    assert str(site.permit().life.samples[0].value) == "0.2"


async def test_whoever_is_not_the_tester_says_who_took_it(site: Site) -> None:
    site.approved()
    assert "由谁取样分析的？" in begins(site, "leader", briefs.begin, Event.SAMPLE)
    leader = site.crew["leader"]
    for said in ("冯演气", "氢气", "0", "现在"):
        await leader.say(said)
    await leader.tap("完成")
    kept = site.town.use(lambda uow: permits.steps(uow.conn, 1))[-1]
    assert kept.data["by"] == {"name": "冯演气", "person": site.crew["tester"].id}


async def test_a_sample_that_arrives_after_the_end_changes_nothing(site: Site) -> None:
    site.started()
    begins(site, "tester", briefs.begin, Event.SAMPLE)
    site.at("05T16:05")
    tester = site.crew["tester"]
    for said in ("氢气", "0.05", "15:55"):
        await tester.say(said)
    assert "作业票 D-0605-01（已过期）：已记录，但不再改变作业票的状态。" in await tester.tap("完成")
    assert site.permit().life.state is State.EXPIRED


async def test_the_guardian_arrives_with_a_photo(site: Site) -> None:
    site.approved()
    assert "请拍一张现场照片，确认您已到场监护" in begins(site, "guardian", briefs.begin, Event.ARRIVE)
    assert "1. 现场配备灭火器、消防水带、灭火毯等消防器材（2）" in await site.crew["guardian"].attach(SITE)
    assert "已记录监护人到场" in await site.crew["guardian"].tap("全部到位")
    life = site.permit().life
    assert (life.guarded_since, life.pictured_at) == (moment("05T09:00"), moment("05T09:00"))
    assert "不能这样操作" in begins(site, "leader", briefs.begin, Event.ARRIVE)


async def test_a_measure_that_is_lacking_stops_the_start_until_somebody_confirms_it(site: Site) -> None:
    """Each measure bears who found it in place and when; what is lacking is said to whoever would begin."""
    measures = (MeasureTaken("extinguishers", 2), MeasureTaken("machine"))
    site.approved(site.application(measures=measures, others=("height",)))
    site.at("05T10:00")
    leader, guardian = site.crew["leader"], site.crew["guardian"]
    begins(site, "guardian", briefs.begin, Event.ARRIVE)
    await guardian.attach(SITE)
    assert "“高处作业”须另办作业票，票号是多少？" in await guardian.say("2")
    lacking = "安全措施未到位：电焊机接地、高处作业票号（吴演看 10:00核对）"
    said = await guardian.tap("还没有")
    assert "已记录监护人到场" in said
    assert f"作业票 D-0605-01 不能开工。{lacking}。到位后请点“核对措施”重新确认；确认之前不得动火。" in said
    site.sample()
    assert "⚠️ 动火作业票 D-0605-01　已批准，现在不得开工" in leader.look()
    assert lacking in leader.screen[-1].text
    assert "开始作业" not in leader.labels
    assert begins(site, "leader", lambda uow, me, one: outcomes.do(uow, me, one, Event.START)) == (
        f"不能开工，还需：安全措施现场确认\n{lacking}"
    )
    sheet = site.town.use(lambda uow: PermitPaper((), FOOD, 1).gather(uow))
    assert [(one.confirmed_by, one.lacking) for one in sheet.measures if one.applies] == [
        ("吴演看", False),
        ("吴演看", True),
    ]
    assert sheet.others == "高处作业（票号未填）"
    site.at("05T10:12")
    begins(site, "leader", briefs.begin, Event.MEASURES)
    assert "已现场确认：现场配备灭火器、消防水带、灭火毯等消防器材（吴演看 10:00）" in leader.screen[-1].text
    await leader.tap("全部到位")
    said = await leader.say("G-0605-02")
    assert "已记录您对安全措施的现场确认。" in said
    assert "安全措施：3项已现场确认（吴演看 10:00、周演工 10:12）" in said
    sheet = site.town.use(lambda uow: PermitPaper((), FOOD, 1).gather(uow))
    assert [(one.confirmed_by, one.confirmed_at) for one in sheet.measures if one.applies] == [
        ("吴演看", moment("05T10:00")),
        ("周演工", moment("05T10:12")),
    ]
    assert sheet.others == "高处作业（票号G-0605-02）"
    assert "今天已全部现场确认" in begins(site, "guardian", briefs.begin, Event.MEASURES)
    assert "不能这样操作" in begins(site, "welder", briefs.begin, Event.MEASURES)
    assert site.do("leader", Event.START) is State.STARTED


@pytest.mark.parametrize(
    ("days", "why"),
    [
        ({"应复审日期": "2023-06-04", "有效期至": "2026-08-31"}, "证书应复审日期2023年6月4日，已过，未复审"),
        ({"应复审日期": "2023-06-04", "有效期至": "2023-06-04"}, "证书有效期至2023年6月4日，已过"),
        ({"在岗状态": "离岗"}, "不在登记册"),
    ],
)
@pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)
async def test_who_is_kept_from_the_start_by_a_certificate_is_told_which_of_its_days_has_passed(
    site: Site, days: dict[str, str], why: str
) -> None:
    site.approved()
    site.at("05T10:00")
    site.ready()
    bring(site.town, line(1, 2, **days))
    assert begins(site, "leader", lambda uow, me, one: outcomes.do(uow, me, one, Event.START)) == (
        f"不能开工，还需：动火人持有效证件\n何演松：{why}"
    )
    card = begins(site, "officer", lambda uow, me, one: letters.show(uow, me.person, one))
    assert f"开工前还需：动火人持有效证件\n何演松：{why}" in card


async def test_a_permit_of_yesterday_prints_the_applicant_and_goes_on(site: Site) -> None:
    """Before measures were asked for on site they were stated by who applied, at that minute."""
    site.approved()
    site.at("05T10:00")
    # Begun by a program that knew no such gate.
    site.town.use(lambda uow: begun_before(uow, uow.now))
    assert site.permit().life.state is State.STARTED
    assert "安全措施" not in begins(site, "officer", lambda uow, me, one: letters.show(uow, me.person, one))
    sheet = site.town.use(lambda uow: PermitPaper((), FOOD, 1).gather(uow))
    (taken,) = (one for one in sheet.measures if one.applies)
    assert (taken.confirmed_by, taken.confirmed_at, taken.lacking) == ("钱演七", moment("05T09:00"), False)
    site.at("05T10:05")
    site.do("leader", Event.PAUSE)
    assert "还有1项未现场确认" in begins(site, "officer", lambda uow, me, one: letters.show(uow, me.person, one))
    assert site.check("leader") is State.SUSPENDED


def begun_before(uow: UnitOfWork, at: datetime) -> None:
    """Write what a program from before wrote when the guardian came and work began."""
    for event, moved in ((Event.ARRIVE, None), (Event.START, State.STARTED)):
        permits.add_step(uow.conn, 1, event, at=at, received=at, person=None, moved_to=moved, data={})
    permits.change(uow.conn, 1, state=State.STARTED, begun=True)


async def test_why_a_job_was_stopped_is_kept_with_it(site: Site) -> None:
    site.started()
    site.do("guardian", Event.STOP)
    begins(site, "guardian", briefs.begin, Event.NOTE)
    assert await site.crew["guardian"].tap("气体报警") == "原因已记入作业票 D-0605-01。"
    kept = site.town.use(lambda uow: permits.steps(uow.conn, 1))[-1]
    assert (kept.event, kept.data["remark"]) == (Event.NOTE, "气体报警")


async def watched(site: Site) -> None:
    site.started()
    site.at("05T14:00")
    site.do("leader", Event.FINISH)
    site.do("guardian", Event.WATCH)


async def test_a_look_too_early_is_no_look_and_one_in_time_is(site: Site) -> None:
    await watched(site)
    begins(site, "guardian", briefs.begin, Event.LOOK)
    assert "还没到看火检查时间（14:30）" in await site.crew["guardian"].tap("无火种余烟")
    site.at("05T14:30")
    begins(site, "guardian", briefs.begin, Event.LOOK)
    await site.crew["guardian"].tap("无火种余烟")
    assert len(site.permit().life.looks) == 1


async def test_a_fire_is_told_to_everybody_and_ends_no_watch(site: Site) -> None:
    await watched(site)
    site.at("05T14:30")
    for person in site.crew.values():
        person.look()
    left = site.crew["welder"]
    number = left.id
    (post,) = site.town.use(lambda uow: people.posts(uow.conn, person=number))
    site.town.use(lambda uow: ending.end(uow, post, ending.Way.OPERATOR))
    left.look()
    begins(site, "guardian", briefs.begin, Event.LOOK)
    assert "拨打119" in await site.crew["guardian"].tap("发现火情")
    for seat in ("leader", "officer", "principal", "tester"):
        assert "吴演看看火时发现火情" in site.crew[seat].look()
    assert site.crew["clerk"].look() == ""
    # What happens in an enterprise is told to nobody who has left it.
    assert left.look() == ""
    assert site.permit().life.looks == ()


async def test_a_place_that_is_in_order_is_accepted_and_the_permit_closed(site: Site) -> None:
    await watched(site)
    leader = site.crew["leader"]
    begins(site, "leader", briefs.begin, Event.CLOSE)
    assert await leader.tap("还有问题") == "作业票 D-0605-01 还未验收。请处理好现场，再来验收。"
    begins(site, "leader", briefs.begin, Event.CLOSE)
    await leader.tap("验收合格")
    assert "还需：看火满时" in await leader.attach(photo(50))
    for at in ("05T14:30", "05T15:00"):
        site.at(at)
        site.do("guardian", Event.LOOK)
    begins(site, "leader", briefs.begin, Event.CLOSE)
    await leader.tap("验收合格")
    await leader.attach(photo(51))
    assert site.permit().life.state is State.CLOSED


async def test_what_is_no_picture_is_none_of_a_site(site: Site) -> None:
    site.approved()
    assert site.permit().life.pictured_at is None
    said = await site.crew["guardian"].attach(PLAN, text="D-0605-01")
    assert said.startswith("“方案.pdf”不是照片，没有保存。")
    assert site.permit().life.pictured_at is None
