"""Spot checks: planned in silence, entered and signed on the phone, counted by the annex, corrected with a reason."""

import pytest
from sqlalchemy import select

from reports import inspection, typesetting
from service.dossiers import inspection_file
from storage import checks, hazards
from storage.checks import CheckEntry
from storage.tables import audit as audit_rows
from talk.messages import FileRef
from tests.service.checking import (
    FINDINGS,
    all_that_is_seen,
    check,
    enter,
    figures,
    letters,
    look,
    plan,
    rows,
)
from tests.service.conftest import CITY, DISTRICT, FOOD, row
from tests.service.lines import code
from tests.service.noticing import CITYS, ELSEWHERE, FAR, MACHINES, end_role, widen
from tests.town import Person, Town


@pytest.fixture
async def planned(clerk: Person) -> Person:
    """Give the clerk, who has planned a check of the enterprise."""
    await plan(clerk)
    return clerk


# 四不两直


async def test_nothing_that_an_enterprise_can_see_changes_before_the_result_is_entered(
    town: Town, principal: Person, officer: Person, clerk: Person
) -> None:
    everybody = (principal, officer, await town.join("吴演一", "worker", FOOD))
    await all_that_is_seen(town, *everybody)
    before = await all_that_is_seen(town, *everybody)
    written = letters(town, *everybody)

    await plan(clerk)
    await enter(clerk, *FINDINGS, sign=False)
    await clerk.say("/cancel")
    await clerk.press_data("a:check-name:")
    await clerk.say("赵演三、钱演四")
    await clerk.press_data("a:check-drop:1")
    await clerk.tap("不写原因")
    await clerk.press_data("a:check-draw:")
    await clerk.tap("全部企业")
    await clerk.say("1")
    assert "抽中1家" in await clerk.tap("开始抽取")
    town.tick()
    await town.app.delivery.round()

    assert letters(town, *everybody) == written
    assert await all_that_is_seen(town, *everybody) == before
    assert not [text for person in everybody for text in town.channel.texts_to(person.address) if "抽查" in text]

    assert "已告知企业2人" in await enter(clerk, *FINDINGS, number=2)
    assert letters(town, *everybody)[len(written) :] == [("郑演丙", "check"), ("钱演七", "check")]
    assert "抽查结果" in principal.look()


async def test_a_planned_check_and_one_that_is_not_there_look_alike_to_an_enterprise(
    principal: Person, clerk: Person
) -> None:
    await plan(clerk)
    for act in (
        "spot",
        "check-record",
        "check-drop",
        "check-hazard",
        "check-take-back",
        "check-photos",
        "check-hazards",
    ):
        planned, none, odd = [await principal.press_data(f"a:{act}:{given}") for given in ("1", "999", "x" * 9)]
        assert planned == none == odd
        assert planned.startswith("这一项您现在不能办理")


# Planned


async def test_one_enterprise_is_planned_once_by_code_or_by_a_piece_of_its_name(town: Town, planned: Person) -> None:
    widen(town)
    assert check(town).enterprise == FOOD
    assert "已在抽查计划中" in await plan(planned, "白桦")
    assert "沈阳青松示范机械有限公司：计划中" in await plan(planned, "青松示范")
    planned.look()
    await planned.say("/checks")
    assert "计划中2家" in planned.screen[-1].text
    assert await planned.tap("计划中") == (
        "计划抽查2家：\n1. 沈阳青松示范机械有限公司：人工选取\n2. 沈阳白桦示范食品有限公司：人工选取"
    )


async def test_a_pasted_list_tells_what_became_of_each_code(town: Town, planned: Person) -> None:
    widen(town)
    said = await plan(planned, f"{FOOD}，{MACHINES}\n{ELSEWHERE} {code(99)}；{CITYS}")
    assert said.splitlines()[:3] == [
        "已列入抽查计划1家。",
        "此前已在计划中1家。",
        # Of another district, unknown, the city's own: which of them is nobody's to know.
        f"不在您可检查的企业名录中的代码3个：{ELSEWHERE}、{code(99)}、{CITYS}。",
    ]
    assert [one.enterprise for one in look(town, checks.find)] == [FOOD, MACHINES]


async def test_the_city_checks_everywhere_and_in_its_own_name(town: Town, planned: Person) -> None:
    widen(town)
    city = await town.join("周演九", "city", CITY)
    for which in (ELSEWHERE, CITYS, FOOD):
        await plan(city, which)
    assert [one.place for one in look(town, checks.find)] == [DISTRICT, "市本级", "市本级", "市本级"]
    # What the city means to do is not for the district to know.
    for number in (2, 3, 4):
        assert "不能办理" in await planned.press_data(f"a:spot:{number}")
    await enter(city, number=3)
    assert figures(town, "市本级") == {"B1": "1"}
    assert figures(town, FAR) == figures(town) == {}
    assert "计划中1家" in await city.say(f"/checks {DISTRICT}")
    assert "计划中2家" in await city.say("/checks")


async def test_a_leader_looks_and_does_nothing(town: Town, planned: Person) -> None:
    leader = await town.join("冯演十", "leader", DISTRICT)
    assert "计划中1家" in await leader.say("/checks")
    assert leader.labels == ["计划中", "已登记"]
    await leader.tap("计划中")
    await leader.tap("第1项")
    assert leader.labels == []
    for act in (
        "check-record:1",
        "check-drop:1",
        "check-add:",
        "check-draw:",
        "check-suggested:",
        f"check-plan:{MACHINES}",
    ):
        assert "不能办理" in await leader.press_data(f"a:{act}") or "没有找到" in leader.screen[-1].text
    assert check(town).state == "planned"
    assert planned.town is town


async def test_a_plan_is_dropped_and_planned_again(town: Town, planned: Person) -> None:
    await planned.press_data("a:check-drop:1")
    assert "已撤下" in await planned.tap("不写原因")
    assert check(town).state == "dropped"
    # The old buttons show how it stands.
    assert "已撤下" in await planned.press_data("a:check-record:1")
    assert "计划中" in await plan(planned)
    assert check(town, 2).state == "planned"


# Entered


async def test_a_check_without_findings_is_entered_in_six_taps(town: Town, principal: Person, planned: Person) -> None:
    await planned.press_data("a:check-name:")
    await planned.say("赵演三、钱演四")
    await planned.press_data("a:check-record:1")
    for tap in ("今天", "赵演三", "钱演四", "完成", "都没有", "都没有"):
        await planned.tap(tap)
    assert planned.screen[-1].text.splitlines() == [
        "请您核对：",
        "检查日期：6月5日（周一）",
        "检查人：赵演三、钱演四",
        "查出问题：无",
        "还查出：无",
        "谁检查、谁签名、谁负责。提交后由赵演三、钱演四各自签名，签名前记录显示“待签”。结果告知沈阳白桦示范食品有限公司。",
    ]
    said = await planned.tap("提交结果")
    assert said.startswith("✅ 抽查结果已登记，计入调度表。\n已告知企业1人。")
    assert "未发现调度表所列的问题" in said
    assert figures(town) == {"B1": "1"}
    assert principal.look().splitlines() == [
        "【浑南区应急管理局】沈阳白桦示范食品有限公司抽查结果",
        "检查日期：6月5日",
        "检查人：赵演三（待签）、钱演四（待签）",
        "待签（2人）",
        "未发现调度表所列的问题。",
        "目前没有需要您办理的事项。",
        "此消息只告知结果。责令限期整改指令书等执法文书不通过本平台送达。",
    ]


async def test_findings_are_entered_with_photo_and_note_and_told(
    town: Town, principal: Person, planned: Person, photo: FileRef
) -> None:
    await planned.press_data("a:check-record:1")
    await planned.tap("昨天")
    await planned.say("赵演三，钱演四")
    assert "1. 企业主要负责人未按要求亲自研究排查整治工作\n2. 企业主要负责人未带队检查" in planned.screen[-1].text
    await planned.tap("第2项")
    assert "1. 电焊等特种作业岗位人员无证上岗作业" in await planned.tap("完成")
    await planned.tap("第1项")
    assert (
        await planned.tap("完成")
        == "企业：沈阳白桦示范食品有限公司\n“企业主要负责人未带队检查”，具体是什么情况？\n请回复文字，不超过500字。"
    )
    await planned.say("6月没有带队检查的记录")
    assert "申请时已被拦下、没有作业的不算" in await planned.tap("暂无照片")
    await planned.say("焊工李某无证作业，已停止")
    await planned.attach(photo)
    said = await planned.tap("提交结果")
    assert "1. 企业主要负责人未带队检查：6月没有带队检查的记录\n2. 电焊等特种作业岗位人员无证上岗作业：焊工李某" in said
    assert "请对上述问题逐项整改，浑南区应急管理局将复查。" in principal.look()
    assert figures(town) == {"B1": "1", "B3": "1", "B6": "1"}
    assert planned.labels == ["录入隐患", "查看照片", "安排复查", "冲销"]
    assert "检查照片1张" in await planned.tap("查看照片")
    assert planned.screen[-1].files == (photo,)

    def events(conn: object) -> list[object]:
        statement = select(audit_rows.c.data).where(audit_rows.c.event == "check-recorded")
        return list(conn.execute(statement).scalars())  # type: ignore[attr-defined]

    assert look(town, events) == [{"day": "2023-06-04", "rows": ["B3", "B6"], "inspectors": [1, 2]}]


async def test_the_annex_counts_an_enterprise_once_however_often_it_is_checked(town: Town, planned: Person) -> None:
    widen(town)
    await enter(planned, *FINDINGS)
    for number in (2, 3):
        await plan(planned)
        await enter(planned, *FINDINGS, number=number)
    assert figures(town) == {"B1": "1", "B3": "1"}
    assert rows(town) == (6, 6)
    await plan(planned, MACHINES)
    await enter(planned, number=4)
    assert figures(town) == {"B1": "2", "B3": "1"}


async def test_confirming_twice_enters_once(town: Town, principal: Person, planned: Person) -> None:
    await enter(planned, *FINDINGS, sign=False)
    button = planned.button("提交结果")
    await planned.press(button)
    await planned.press(button)
    assert rows(town) == (2, 2)
    assert principal.look().count("抽查结果") == 1


async def test_of_two_clerks_who_enter_the_same_check_the_first_counts(
    town: Town, principal: Person, planned: Person
) -> None:
    colleague = await town.join("褚演八", "clerk", DISTRICT)
    await enter(planned, *FINDINGS, sign=False)
    await enter(colleague, sign=False, who="卫演一、蒋演二")
    await planned.tap("提交结果")
    said = await colleague.tap("提交结果")
    assert "已登记" in said
    assert "赵演三（待签）、钱演四（待签）" in said
    assert rows(town) == (2, 2)
    assert principal.look().count("抽查结果") == 1


async def test_when_nobody_of_the_enterprise_has_joined_the_clerk_is_told(planned: Person) -> None:
    assert "企业还没有人加入，结果没有发出，请另行告知" in await enter(planned)


async def test_a_failure_in_the_middle_leaves_nothing_behind(
    town: Town, principal: Person, planned: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the process is killed between the confirmation and the commit: it is one transaction."""
    await enter(planned, *FINDINGS, sign=False)
    principal.look()
    for broken in ("sign", "change"):
        with monkeypatch.context() as patch:
            patch.setattr(checks, broken, _fails)
            assert "刚才没有处理成功" in await planned.tap("提交结果")
        assert rows(town) == (0, 0)
        assert (check(town).state, figures(town), principal.look()) == ("planned", {}, "")
        assert not look(town, lambda conn: checks.serving(conn, DISTRICT))
    assert "✅ 抽查结果已登记" in await planned.tap("提交结果")
    assert rows(town) == (2, 2)


def _fails(*args: object, **more: object) -> None:
    raise RuntimeError(args, more)


async def test_a_failure_at_a_later_entry_leaves_no_action_without_its_check(
    town: Town, planned: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    await enter(planned, *FINDINGS, sign=False)
    real = checks.enter

    def second(conn: object, number: int, entry: CheckEntry) -> None:
        if entry.row != "B1":
            raise RuntimeError(entry)
        real(conn, number, entry)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(checks, "enter", second)
        await planned.tap("提交结果")
    assert rows(town) == (0, 0)


# Hazards found


async def test_a_hazard_of_a_check_lives_until_it_was_looked_back_at(
    town: Town, principal: Person, planned: Person, photo: FileRef
) -> None:
    await enter(planned, *FINDINGS)
    principal.look()
    await planned.tap("录入隐患")
    await planned.say("1号冷库机房")
    await planned.tap("说不准")
    await planned.say("没有氨气报警装置")
    await planned.attach(photo)
    await planned.tap("确认提交")
    assert "部门检查发现这处重大事故隐患，已录入台账" in principal.look()
    await planned.press(planned.button("返回抽查"))
    assert "已录入台账的重大事故隐患：1号" in planned.screen[-1].text
    assert look(town, lambda conn: checks.hazards_of(conn, [1])[1]) == [1]

    await principal.press_data("a:update:1")
    await principal.tap("整改完了")
    await principal.say("已安装报警装置")
    await principal.tap("已评估")
    for said in ("王演三，本企业安全部", "试运行2小时，报警正常"):
        await principal.say(said)
    await principal.attach(photo)
    await principal.tap("确认提交")
    await planned.press_data("a:decide:1:major")
    for label in ("通用管理", "人员资格", "符合原文"):
        await planned.tap(label)
    await planned.say("现场核实")
    await planned.tap("确认提交")
    for act, remark, state in (
        ("复查通过", "联锁正常", "复查通过，待销号"),
        ("销号", "准予销号", "已销号"),
        ("回头看合格", "现场保持良好", "已销号"),
    ):
        await planned.press_data("a:spot:1")
        await planned.tap("查看隐患")
        assert "1. 1号 1号冷库机房：" in planned.screen[-1].text
        await planned.tap("第1项")
        await planned.tap(act)
        await planned.tap(planned.name)
        await planned.say(remark)
        assert f"1号隐患：{state}" in await planned.tap("确认提交")
    assert [step.event for step in look(town, lambda conn: hazards.steps(conn, 1))][-3:] == [
        *("passed", "close", "look_back")
    ]


async def test_a_hazard_enters_only_from_a_check_that_is_entered(
    town: Town, principal: Person, planned: Person
) -> None:
    assert "计划中" in await planned.press_data("a:check-hazard:1")
    assert principal.look() == ""
    assert look(town, lambda conn: checks.hazards_of(conn, [1])[1]) == []


async def test_listing_is_reached_from_the_card_too(planned: Person, principal: Person) -> None:
    await enter(planned)
    await planned.tap("录入隐患")
    await planned.say("冷库")
    await planned.tap("说不准")
    await planned.say("没有氨气报警装置")
    await planned.tap("暂无照片")
    await planned.tap("确认提交")
    await planned.press_data("a:check-hazards:1")
    await planned.tap("第1项")
    await planned.tap("挂牌督办")
    for said in ("沈阳市安委办", "沈安委办〔2023〕12号", "今天", "8月31日"):
        await planned.say(said)
    await planned.tap("确认提交")
    assert "已列入挂牌督办：沈阳市安委办（沈安委办〔2023〕12号）" in principal.look()


# Corrected


async def test_a_record_is_taken_back_with_a_reason_and_entered_anew(
    town: Town, principal: Person, planned: Person
) -> None:
    await enter(planned, *FINDINGS)
    principal.look()
    await planned.tap("冲销")
    assert "请回复文字" in await planned.say("  ")
    await planned.say("登记错了企业")
    assert "已冲销" in await planned.tap("确认提交")
    assert principal.look().splitlines() == [
        "【浑南区应急管理局】沈阳白桦示范食品有限公司抽查结果",
        "6月5日的抽查结果已由浑南区应急管理局冲销，不再有效。原因：登记错了企业",
    ]
    assert figures(town) == {}
    # A counter-entry for each, and nothing deleted.
    assert rows(town) == (4, 2)
    await planned.tap("重新登记")
    assert check(town, 2).state == "planned"
    assert principal.look() == ""
    await enter(planned, number=2)
    assert figures(town) == {"B1": "1"}
    assert "不再有效" in await principal.press_data("a:spot:1")
    assert "未发现" in await principal.press_data("a:spot:2")


async def test_a_record_is_taken_back_once(town: Town, planned: Person) -> None:
    await enter(planned, *FINDINGS)
    await planned.tap("冲销")
    await planned.say("登记错了")
    button = planned.button("确认提交")
    await planned.press_data("a:check-take-back:1")
    await planned.say("又错了")
    await planned.tap("确认提交")
    await planned.press(button)
    assert rows(town) == (4, 2)
    assert "已冲销" in await planned.press_data("a:check-take-back:1")


# What cannot be


async def test_what_is_typed_wrongly_gets_a_line(town: Town, planned: Person, photo: FileRef) -> None:
    widen(town)
    pdf = FileRef("cd" * 32, "检查表.pdf", "application/pdf", 10)
    await planned.say("/checks")
    await planned.tap("加企业")
    assert "不是有效的统一社会信用代码" in await planned.say(f"{FOOD}\n91210112114884238")
    assert "一次最多200个代码，这里有500个" in await planned.say("\n".join(code(number) for number in range(500)))
    assert "最多60字，您发了10000字" in await planned.say("字" * 10_000)
    assert "没有找到“青禾”" in await planned.say("青禾")
    assert "没有找到" in await plan(planned, code(99))
    assert "没有找到" in await plan(planned, ELSEWHERE)
    assert "没有找到" in await plan(planned, CITYS)

    await planned.press_data("a:check-record:1")
    assert "6月6日" in await planned.say("明天")
    assert "5月21日" in await planned.say("5月21日")
    assert "哪些人检查的" in await planned.say("昨天")
    assert "检查人应为2至10名" in await planned.say("赵演三")
    assert "检查人应为2至10名" in await planned.say("赵演三、赵演三、赵 演三")
    assert "检查人应为2至10名" in await planned.tap("完成")
    assert "不像姓名" in await planned.say(f"赵演三、{'钱' * 61}")
    await planned.say("赵演三、钱演四")
    await planned.tap("第1项")
    await planned.tap("完成")
    await planned.tap("都没有")
    assert "最多500字，您发了10000字" in await planned.say("字" * 10_000)
    await planned.say("没有研究记录")
    assert "请发送照片" in await planned.say("拍了")
    assert "“检查表.pdf”不是照片" in await planned.attach(pdf)
    await planned.attach(photo)
    assert "提交结果" in planned.labels
    assert rows(town) == (0, 0)


async def test_a_role_that_ends_in_the_middle_enters_nothing(town: Town, principal: Person, planned: Person) -> None:
    await enter(planned, *FINDINGS, sign=False)
    principal.look()
    end_role(town, planned.id)
    assert "不能办理" in await planned.tap("提交结果")
    assert rows(town) == (0, 0)
    assert principal.look() == ""
    for text in ("/checks", "a:check-add:", "a:check-draw:", "a:spot:1", "a:check-drop:1", "a:check-name:"):
        assert "不能办理" in await (planned.say(text) if text.startswith("/") else planned.press_data(text))


async def test_an_enterprise_that_moved_is_not_checked_by_its_old_district(town: Town, planned: Person) -> None:
    await enter(planned, sign=False)
    town.register(row(所属区县=FAR, 监管单位="沈河区应急管理局"))
    assert "已不由本部门检查" in await planned.tap("提交结果")
    assert rows(town) == (0, 0)
    assert "已不由本部门检查" in await planned.press_data("a:check-record:1")


async def test_a_guessed_number_shows_and_does_nothing(town: Town, planned: Person) -> None:
    stranger = await town.join("何演五", "clerk", FAR)
    acts = ("spot", "check-record", "check-drop", "check-hazard", "check-take-back", "check-photos", "check-drawn")
    for given in ("2", "999", "0", "-1", "x", "", "1" * 30, "１"):
        for act in acts:
            assert "不能办理" in await planned.press_data(f"a:{act}:{given}")
    for act in (*(f"{act}:1" for act in acts), "checks:planned:7", "checks:planned:99", "checks:planned:x"):
        assert "不能办理" in await stranger.press_data(f"a:{act}")
    assert check(town).state == "planned"


async def test_what_happens_is_in_the_audit_log_without_names(town: Town, planned: Person) -> None:
    await enter(planned, *FINDINGS)
    statement = select(audit_rows.c.event, audit_rows.c.data).where(audit_rows.c.subject.like("check/%"))
    found = look(town, lambda conn: conn.execute(statement).all())
    assert [row.event for row in found] == ["check-planned", "check-recorded"]
    assert "演" not in str([row.data for row in found])


# In the inspection file


@pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)
async def test_checks_stand_in_the_inspection_file_once_they_are_entered(
    town: Town, principal: Person, clerk: Person
) -> None:
    assert "其中有" not in await principal.say("/file")
    await plan(clerk)
    assert made(town) == []
    await enter(clerk, *FINDINGS, who="孙演九、李演强")
    (first,) = made(town)
    assert (first["day"], first["bureau"], first["signed"]) == ("2023-06-05", "浑南区应急管理局", "待签1人")
    assert first["inspectors"] == "孙演九（6月5日 09:00本人签名）、李演强（待签）"
    assert first["found"] == "企业主要负责人未带队检查：台账里没有记录"
    assert first["again"] == "尚未复查"
    # Looked at again by the city; and one that was entered wrongly.
    city = await town.join("周演九", "city", CITY)
    town.pass_time(days=10)
    await plan(city)
    await enter(city, number=2)
    await plan(clerk)
    await enter(clerk, *FINDINGS, number=3)
    await clerk.tap("冲销")
    await clerk.say("登记错了企业")
    await clerk.tap("确认提交")
    first, again, wrong = made(town)
    assert first["again"] == "6月15日复查，上述问题未再发现"
    assert (again["bureau"], again["found"], again["again"]) == ("沈阳市应急管理局", "未发现调度表所列的问题", "")
    assert (wrong["found"], wrong["signed"], wrong["again"]) == ("已冲销：登记错了企业", "", "")
    facts = inspection.document(town.use(lambda uow: inspection_file.gather(uow, FOOD)), {})
    assert len(typesetting.pages("inspection", facts, town.now, {})) > 1

    assert "其中有已登记的抽查3次" in await principal.say("/file")
    listed = await principal.tap("抽查记录")
    assert listed.splitlines() == [
        "沈阳白桦示范食品有限公司已登记的抽查3次，最近的在前：",
        "1. 浑南区应急管理局：6月15日检查，已冲销",
        "2. 沈阳市应急管理局：6月15日检查，未发现问题",
        "3. 浑南区应急管理局：6月5日检查，发现问题1项",
    ]
    assert "目前没有需要您办理的事项" in await principal.tap("第2项")


@pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)
async def test_the_departments_people_have_the_inspection_file_and_nobody_elsewhere(town: Town, clerk: Person) -> None:
    widen(town)
    city = await town.join("周演九", "city", CITY)
    await plan(city)
    await enter(city, *FINDINGS)
    leader, far = await town.join("冯演十", "leader", DISTRICT), await town.join("何演五", "clerk", FAR)
    worker, other = await town.join("吴演一", "worker", FOOD), await town.join("孙演一", "principal", MACHINES)
    for who in (leader, clerk, city):
        assert "其中有已登记的抽查1次" in await who.say(f"/file {FOOD.lower()}")
        assert "1. 沈阳市应急管理局：6月5日检查，发现问题1项" in await who.tap("抽查记录")
        # What the city found, for its district too; what it asks of the enterprise is said to the enterprise.
        assert ("逐项整改" in await who.tap("第1项")) is False
        assert "企业主要负责人未带队检查" in who.screen[-1].text
    for who in (far, worker, other):
        assert await who.say(f"/file {FOOD}") == await who.say(f"/file {code(99)}")
        assert "不能办理" in await who.press_data(f"a:checks-of:{FOOD}:1")
        assert "不能办理" in await who.press_data("a:spot:1")
    assert "请回复“/file 统一社会信用代码”" in await clerk.say("/file")
    await clerk.press_data(f"a:firm-duties:{FOOD}:1")
    assert "正在整理迎检资料" in await clerk.tap("迎检资料")


def made(town: Town) -> list[dict[str, str]]:
    """The checks of the enterprise as its inspection file prints them."""
    dossier = town.app.look(lambda uow: inspection_file.gather(uow, FOOD))
    return list(inspection.document(dossier, {})["checks"])
