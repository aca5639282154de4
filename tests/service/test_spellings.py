"""Two spellings of one name meet: in searches, in imports against the register, at the command line's words."""

from dataclasses import replace

from bot.cli.options import column_named, subject_of
from service.hazards.hazard_import import import_hazards
from service.imports.sheets import Row
from storage import checks, registry
from tests.service.conftest import FOOD
from tests.service.welders import bring, line, register, told, without
from tests.town import Person, Town

NAME = "沈阳⻘禾•（演示）食品"


async def test_two_spellings_of_an_enterprise_meet_in_a_search_and_in_lists(town: Town, clerk: Person) -> None:
    kept = town.use(lambda uow: registry.enterprise(uow.conn, FOOD))
    assert kept is not None
    town.use(lambda uow: registry.change(uow.conn, [replace(kept, name=NAME)], uow.now))
    for typed in ("青禾", "青禾·〔演示〕", "青禾 (演示)", "９１２１０１１２-114884238k"):
        assert NAME in await clerk.say(f"/district {typed}"), typed
    # A list of workers names it in a third way, and its people in two.
    one = without(line(姓名="阿不都•热合曼", 企业名称="沈阳青禾．(演示)食品"), "统一社会信用代码")
    assert not bring(town, one).refused
    again = bring(town, line(姓名="阿不都·热合曼"), line(1, 3, 姓名="阿不都 热合曼", 作业类别="高处作业"))
    assert not again.refused
    assert [worker.name for worker in register(town)] == ["阿不都·热合曼", "阿不都热合曼"]
    assert "阿不都" in told(bring(town, line(2, 4, 姓名="阿不都‧热合曼")))
    # So does a list of hazards: what the ledger holds is not entered again.
    cells = {"统一社会信用代码": FOOD, "地点": "1号—库", "来源": "市级督查〔2023〕3号", "发现日期": "2023-05-20"}
    rows = [
        Row(2, {**cells, "整改期限": "2023-09-01", "状态": "整改中"}),
        Row(3, {**cells, "地点": "1号-库", "来源": "市级督查[2023]3号", "整改期限": "2023-09-01", "状态": "整改中"}),
    ]
    assert len(town.use(lambda uow: import_hazards(uow, rows[:1])).added) == 1
    assert len(town.use(lambda uow: import_hazards(uow, rows[1:])).unchanged) == 1


async def test_two_spellings_of_places_and_inspectors_meet(town: Town) -> None:
    spelt = ("阿里•江", "阿里·江", "阿里 江")
    numbers = town.use(lambda uow: {checks.name_inspector(uow.conn, "浑南区", name, uow.now) for name in spelt})
    assert len(numbers) == 1
    pack = town.use(lambda uow: uow.pack)
    assert [column_named(pack, given) for given in ("浑 南区", "市 本 级")] == ["浑南区", "市本级"]
    subjects = town.use(lambda uow: [subject_of(uow, given) for given in ("沈\u200b阳市", FOOD.lower())])
    assert subjects == ["沈阳市", FOOD]
