"""双随机: the seed is made before the pool is chosen and told after, and whoever asks later draws the same."""

from sqlalchemy import select, update

from campaign.checks import fingerprint
from service.checks import draws
from service.core.unit_of_work import UnitOfWork
from storage import checks, people
from storage.check_tables import check_draws as table
from storage.checks import Draw
from storage.tables import audit
from tests.service.checking import enter, look, plan
from tests.service.conftest import CITY, DISTRICT, FOOD
from tests.service.noticing import CITYS, ELSEWHERE, FAR, MACHINES, end_role, widen
from tests.town import Person, Town


async def name(clerk: Person, names: str = "赵演三、钱演四，孙演五") -> str:
    """Name inspectors."""
    await clerk.press_data("a:check-name:")
    return await clerk.say(names)


async def ask(clerk: Person, number: str = "1", *conditions: str) -> str:
    """Ask for a draw, as far as the confirmation."""
    await clerk.press_data("a:check-draw:")
    for tap in conditions or ("全部企业",):
        await clerk.tap(tap)
    return await clerk.say(number)


def the(town: Town, number: int = 1) -> Draw:
    """The draw of a number."""
    found = look(town, lambda conn: checks.draw(conn, number))
    assert found is not None
    return found


async def test_inspectors_are_named_first_and_let_go(town: Town, clerk: Person) -> None:
    assert "现登记0名。请先登记执法人员" in await clerk.press_data("a:check-draw:")
    await clerk.tap("执法人员")
    assert "还没有登记执法人员" in clerk.screen[-1].text
    await clerk.tap("加人员")
    assert "不像姓名" in await clerk.say("赵" * 61)
    said = await clerk.say("赵演三、赵 演三、钱演四")
    assert said == "执法人员2名。点序号移出，以前的签名仍保留：\n1. 赵演三：移出\n2. 钱演四：移出"
    gone = clerk.button("第1项")
    assert "执法人员1名" in await clerk.tap("第1项")
    await clerk.press(gone)
    assert "现登记1名" in await clerk.press_data("a:check-draw:")
    # Named again they are another entry; of another district they are nobody's to let go.
    await name(clerk, "赵演三")
    stranger = await town.join("何演五", "clerk", FAR)
    await stranger.press_data("a:check-inspector-gone:2")
    assert [one.id for one in look(town, lambda conn: checks.serving(conn, DISTRICT))] == [2, 3]


async def test_enterprises_and_inspectors_are_both_drawn_and_the_seed_is_told(town: Town, clerk: Person) -> None:
    widen(town)
    await name(clerk)
    said = await ask(clerk, "2家")
    seed = the(town).seed
    assert f"随机种子在选择范围之前已生成，指纹{fingerprint(seed)}。" in said
    assert seed not in "".join(message.text for message in clerk.screen)
    said = await clerk.tap("开始抽取")
    lines = said.splitlines()
    assert lines[:3] == [
        "【浑南区应急管理局】第1号随机抽取（6月5日 09:00）",
        "抽取范围2家企业、3名执法人员，抽中2家：",
        f"种子：{seed}（抽取前的指纹：{fingerprint(seed)}）",
    ]
    assert lines[-1] == "任何时候都可重新验证：anzhu checks --draw 1"
    drawn = the(town)
    assert drawn.pool == sorted([FOOD, MACHINES])
    assert (drawn.inspectors, draws.drawn_again(drawn)) == ([1, 2, 3], drawn.result)
    # The unit of the city and the other district are not in the pool; what was drawn is planned.
    found = look(town, lambda conn: checks.find(conn, draw_=1))
    assert [[one.enterprise, list(one.assigned)] for one in found] == drawn.result
    await clerk.tap("计划中")
    await clerk.tap("第1项")
    assert "来源：第1号随机抽取\n抽中的执法人员：" in clerk.screen[-1].text
    assert seed in await clerk.tap("抽取记录")


async def test_whoever_begins_again_gets_the_same_seed_until_it_is_drawn(town: Town, clerk: Person) -> None:
    widen(town)
    await name(clerk)
    colleague = await town.join("褚演八", "clerk", DISTRICT)
    first = await ask(clerk)
    # Nobody begins until a seed suits, and nobody knows it while the pool is chosen.
    assert await ask(colleague, "1", "按行业", "完成", "机械", "完成") != first
    seed = the(town).seed
    assert all(fingerprint(seed) in one.screen[-1].text for one in (clerk, colleague))
    assert "抽中1家" in await colleague.tap("开始抽取")
    said = await clerk.tap("开始抽取")
    assert "第1号已抽取，结果如下。" in said
    assert len(look(town, checks.find)) == 1
    await ask(clerk)
    assert the(town, 2).seed != seed
    statement = select(audit.c.subject, audit.c.event, audit.c.data).where(audit.c.subject.like("check-draw/%"))
    told = [
        (row.subject, row.event) for row in look(town, lambda conn: conn.execute(statement.order_by(audit.c.id)).all())
    ]
    assert told == [
        ("check-draw/1", "check-draw-begun"),
        ("check-draw/1", "check-drawn"),
        ("check-draw/2", "check-draw-begun"),
    ]
    assert "第2号随机抽取还没有抽" in await clerk.press_data("a:check-drawn:2")
    assert the(town, 2).seed not in clerk.screen[-1].text


async def test_conditions_narrow_the_pool_and_what_is_planned_or_checked_is_out(town: Town, clerk: Person) -> None:
    widen(town)
    await name(clerk)
    await plan(clerk)
    await ask(clerk, "2")
    assert "范围内只有1家，抽不出2家，没有抽取" in await clerk.tap("开始抽取")
    await enter(clerk)
    await ask(clerk, "1", "还没查过的", "按风险", "完成", "涉氨制冷", "完成")
    # The one with ammonia was checked.
    assert "范围内没有可抽取的企业" in await clerk.tap("开始抽取")
    await ask(clerk, "1", "还没查过的", "完成")
    assert "沈阳青松示范机械有限公司：" in await clerk.tap("开始抽取")
    assert the(town).conditions == {"places": [], "sectors": [], "tags": [], "unchecked": True}
    await ask(clerk, "1")
    # What was drawn is planned and drawn no more; what was checked may be.
    assert "沈阳白桦示范食品有限公司：" in await clerk.tap("开始抽取")
    await ask(clerk, "1")
    assert "范围内没有可抽取的企业" in await clerk.tap("开始抽取")


async def test_the_city_draws_from_everybody_or_from_its_own_units(town: Town) -> None:
    widen(town)
    city = await town.join("周演九", "city", CITY)
    await name(city)
    await ask(city, "1", "市本级", "完成", "全部企业")
    await city.tap("开始抽取")
    assert the(town).pool == [CITYS]
    await ask(city, "3", "全市", "全部企业")
    await city.tap("开始抽取")
    assert the(town, 2).pool == sorted([FOOD, MACHINES, ELSEWHERE])
    assert {one.place for one in look(town, checks.find)} == {"市本级"}


async def test_what_was_drawn_is_dropped_with_a_reason_only(town: Town, clerk: Person) -> None:
    await name(clerk)
    await ask(clerk)
    await clerk.tap("开始抽取")
    await clerk.press_data("a:check-drop:1")
    assert clerk.labels == []
    assert "请回复文字" in await clerk.say(" ")
    assert "已撤下" in await clerk.say("企业已注销")
    assert "原因：企业已注销" in await clerk.press_data("a:spot:1")
    assert [one.state for one in look(town, lambda conn: checks.find(conn, draw_=1))] == ["dropped"]


async def test_odd_numbers_get_a_line_and_draw_nothing(town: Town, clerk: Person) -> None:
    await name(clerk)
    await ask(clerk, "很多")
    for odd in ("0", "-3", "201", "1.5", "字" * 10_000):
        said = await clerk.say(odd)
        assert "请您核对" not in said, odd
        assert said
    assert the(town).result is None
    await clerk.say("１家")
    assert "请您核对" in clerk.screen[-1].text


async def test_a_role_that_ends_in_the_middle_draws_nothing(town: Town, clerk: Person) -> None:
    await name(clerk)
    await ask(clerk)
    end_role(town, clerk.id)
    assert "不能办理" in await clerk.tap("开始抽取")
    assert the(town).result is None


async def test_inspectors_who_go_in_the_middle_stop_the_draw(town: Town, clerk: Person) -> None:
    await name(clerk, "赵演三、钱演四")
    await ask(clerk)
    button = clerk.button("开始抽取")
    await clerk.press_data("a:check-inspector-gone:1")
    assert "现登记1名" in await clerk.press(button)
    assert the(town).result is None


async def test_a_tap_twice_draws_once(town: Town, clerk: Person) -> None:
    widen(town)
    await name(clerk)
    await ask(clerk)
    button = clerk.button("开始抽取")
    await clerk.press(button)
    await clerk.press(button)
    assert len(look(town, checks.find)) == 1


async def test_a_result_that_was_changed_afterwards_is_found_out(town: Town, clerk: Person) -> None:
    widen(town)
    await name(clerk)
    await ask(clerk)
    await clerk.tap("开始抽取")
    drawn = the(town)
    assert draws.drawn_again(drawn) == drawn.result
    other = next(one for one in drawn.pool or () if one != (drawn.result or [[""]])[0][0])
    town.use(lambda uow: uow.conn.execute(update(table).values(result=[[other, [1, 2]]])).close())
    changed = the(town)
    assert draws.drawn_again(changed) != changed.result


async def test_an_inspector_who_has_gone_is_named_where_he_was_drawn_and_not_offered(clerk: Person) -> None:
    await name(clerk, "赵演三、钱演四")
    await ask(clerk)
    await clerk.tap("开始抽取")
    await clerk.press_data("a:check-inspector-gone:1")
    await clerk.press_data("a:check-record:1")
    await clerk.tap("今天")
    assert "按抽取的" not in clerk.labels
    assert "检查人应为2至10名" in await clerk.say("1")
    await clerk.say("1、孙演五")
    for _ in range(2):
        await clerk.tap("都没有")
    await clerk.tap("提交结果")
    drawn, _, made = clerk.screen[-1].text.splitlines()[4:7]
    assert set(drawn.removeprefix("抽中的执法人员：").split("、")) == {"赵演三", "钱演四"}
    assert made == "检查人：钱演四（待签）、孙演五（待签）"


def test_the_seed_stands_before_the_pool(town: Town) -> None:
    """One draw is open for a place, whoever begins it and however often."""

    def case(uow: UnitOfWork) -> list[str]:
        conn, now = uow.conn, uow.now
        person = people.add_guest(conn, "zh-CN")
        seeds = [checks.open_draw(conn, DISTRICT, seed, person, now).seed for seed in ("A" * 24, "B" * 24)]
        return [*seeds, checks.open_draw(conn, FAR, "C" * 24, person, now).seed]

    assert town.use(case) == ["A" * 24, "A" * 24, "C" * 24]
    assert look(town, lambda conn: conn.execute(select(table.c.pool)).scalars().all()) == [None, None]
