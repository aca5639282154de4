"""Duties that follow from an answer: three years after the day of the last plan, ten days after each drill."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from campaign.pack import load
from campaign.pack_check import check
from service.core.unit_of_work import UnitOfWork
from storage import duties, registry
from talk.messages import FileRef
from tests.service.conftest import FOOD, row
from tests.town import Person, Town

PACK = """\
name: anchored
extends: shenyang_2023
change:
  emergency-plan: {done_on: [plan_day]}
obligations:
  - id: plan-evaluation
    clause: 预案办法35
    title: {zh: 预案评估, en: Evaluation of the plan}
    demand: 每三年评估一次应急预案
    owner: principal
    subject: enterprise
    minutes: 2
    ladder: enterprise
    anchor: {answer: emergency-plan.plan_day, plus: "3 years [S]", ahead: "60 days [D]"}
    variants: [{cadence: event}]
  - id: drill-evaluation
    clause: 预案办法34
    title: {zh: 演练评估, en: Evaluation of the drill}
    demand: 演练结束后书面评估
    owner: principal
    subject: enterprise
    minutes: 2
    ladder: enterprise
    anchor: {answered: drill}
    variants:
      - scope: {employees: 50+, all_tags: [ammonia, confined-space]}
        cadence: event
        due: "within 10 working days [D]"
"""


def written(folder: Path, text: str = PACK) -> Path:
    """Write the pack."""
    place = folder / "anchored"
    place.mkdir()
    (place / "pack.yaml").write_text(text, encoding="utf-8")
    return place


def owed(town: Town, obligation: str) -> list[tuple[str, str]]:
    """Return the duties of an obligation: until when, and how each stands."""
    found = [
        one for one in town.use(lambda uow: duties.find(uow.conn, enterprise=FOOD)) if one.obligation == obligation
    ]
    return [(str(one.due and one.due.astimezone(town.now.tzinfo).date()), one.status) for one in found]


def at(town: Town, day: str) -> None:
    """Let time come to a day, and tick twice."""
    town.now = datetime.fromisoformat(f"{day}T09:00:00+08:00")
    town.tick()
    town.tick()


async def plan_of(person: Person, day: str, *, anew: bool = False) -> None:
    """Tell of the plan, made on a day; `anew`: correct what was told."""
    found = person.town.use(lambda uow: duties.of_period(uow.conn, "emergency-plan", FOOD, "once"))
    assert found is not None
    await person.press_data(f"a:fill:{found.id}")
    answers = ("修改", "2", day) if anew else ("已建立", day, "火灾爆炸", "已完善", "暂不附")
    for said in answers:
        await person.say(said)
    assert "已收到" in await person.say("确认提交")


async def test_a_duty_follows_so_long_after_the_day_that_an_answer_told(
    town: Town, principal: Person, tmp_path: Path
) -> None:
    town.app.context = replace(town.app.context, pack=load(str(written(tmp_path))))
    await plan_of(principal, "2020-08-31")
    at(town, "2023-07-01")
    assert owed(town, "plan-evaluation") == []
    at(town, "2023-07-02")
    assert owed(town, "plan-evaluation") == [("2023-08-31", "open")]
    found = town.use(lambda uow: duties.find(uow.conn, enterprise=FOOD))
    (evaluation,) = [one for one in found if one.obligation == "plan-evaluation"]
    assert await principal.press_data(f"a:fill:{evaluation.id}")
    # A plan that is made anew makes it moot.
    await plan_of(principal, "2023-07-01", anew=True)
    at(town, "2023-07-03")
    assert owed(town, "plan-evaluation") == [("2023-08-31", "withdrawn")]
    # It is three years after that one that the next is due.
    at(town, "2026-05-02")
    assert owed(town, "plan-evaluation") == [("2023-08-31", "withdrawn"), ("2026-07-01", "open")]


@pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)
async def test_what_follows_from_a_deed_of_long_ago_leaves_time(town: Town, principal: Person, tmp_path: Path) -> None:
    town.app.context = replace(town.app.context, pack=load(str(written(tmp_path))))
    await plan_of(principal, "2019-03-01")
    at(town, "2023-06-06")
    assert owed(town, "plan-evaluation") == [("2023-08-05", "open")]


@pytest.mark.parametrize("town_url", ["sqlite"], indirect=True)
async def test_a_duty_follows_each_answer_within_so_many_days_for_whom_it_concerns(
    town: Town, principal: Person, photo: FileRef, tmp_path: Path
) -> None:
    town.app.context = replace(town.app.context, pack=load(str(written(tmp_path))))
    found = town.use(lambda uow: duties.of_period(uow.conn, "drill", FOOD, "once"))
    assert found is not None
    await principal.press_data(f"a:fill:{found.id}")
    for said in ("今天", "火灾爆炸", "80", "都熟知"):
        await principal.say(said)
    await principal.attach(photo)
    await principal.tap("确认提交")
    at(town, "2023-06-06")
    assert owed(town, "drill-evaluation") == [("2023-06-19", "open")]
    # Who has too few people, or lacks one of the risks, is not meant.
    for enterprise in (row(职工人数="49"), row(风险标签="涉氨制冷")):
        town.use(lambda uow: duties.set_status(uow.conn, found.id, "open"))
        town.register(enterprise)
        assert town.use(_falls) is False
    # Nothing follows from what was answered long before the pack asked for it.
    at(town, "2023-12-01")
    assert len(owed(town, "drill-evaluation")) == 1


def _falls(uow: UnitOfWork) -> bool:
    enterprise = registry.enterprise(uow.conn, FOOD)
    assert enterprise is not None
    return uow.pack.obligation("drill-evaluation").variant_for(enterprise) is not None


MONTHLY = """\
name: sized
extends: shenyang_2023
change:
  monthly-dispatch:
    variants:
      - {scope: {employees: 100+, all_tags: [ammonia]}, cadence: monthly, due: "period end [D]"}
      - {scope: {employees: 50-99, all_tags: [ammonia, confined-space]}, cadence: quarterly, due: "period end [D]"}
  study-plan: {counts_as: null}
  management-lists: {off: true, unsure: 待核实}
bundles: []
"""


def test_a_duty_follows_the_number_of_people_in_the_registry(town: Town, tmp_path: Path) -> None:
    town.app.context = replace(town.app.context, pack=load(str(written(tmp_path, MONTHLY))))

    def states() -> list[str]:
        found = town.use(lambda uow: duties.find(uow.conn, enterprise=FOOD))
        return sorted(
            one.period
            for one in found
            if (one.obligation, one.status) == ("monthly-dispatch", "open") and one.due and one.due > town.now
        )

    at(town, "2023-06-06")
    # What is off is owed no more, by whoever owed it.
    assert owed(town, "management-lists") == [("2023-05-30", "withdrawn")]
    for people, risks, periods in (
        ("85", "涉氨制冷、有限空间", ["2023-Q2"]),
        ("85", "涉氨制冷", []),
        ("100", "涉氨制冷", ["2023-06"]),
        ("100", "有限空间", []),
        ("99", "涉氨制冷、有限空间", ["2023-Q2"]),
        ("49", "涉氨制冷、有限空间", []),
    ):
        town.register(row(职工人数=people, 风险标签=risks))
        assert states() == periods, (people, risks)


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ("emergency-plan.plan_day, plus", "emergency-plan.plan_days, plus", "pack-unknown-name"),
        ("emergency-plan.plan_day, plus", "emergency-plans.plan_day, plus", "pack-unknown-name"),
        ("emergency-plan.plan_day, plus", "emergency-plan, plus", "pack-unknown-name"),
        ('plus: "3 years [S]"', 'plus: "3 years"', "pack-bad-stretch"),
        ('plus: "3 years [S]"', 'plus: "three years [S]"', "pack-bad-stretch"),
        ('plus: "3 years [S]", ', "", "pack-anchor"),
        ("{answered: drill}", "{}", "pack-anchor"),
        ("{answered: drill}", "{answered: drill, answer: drill.day}", "pack-anchor"),
        ("{answered: drill}", "{answered: drill-evaluation}", "pack-anchored"),
        ("[{cadence: event}]", '[{cadence: once, due: "2023-12-31 [D]"}]', "pack-anchored"),
        ("[{cadence: event}]", '[{cadence: event, due: "within 3 days [D]"}]', "pack-anchored"),
        ('        due: "within 10 working days [D]"\n', "", "pack-anchored"),
    ],
)
def test_an_anchor_that_holds_nothing_is_refused(tmp_path: Path, good: str, bad: str, fault: str) -> None:
    assert good in PACK
    assert fault in [problem.what.id for problem in check(written(tmp_path, PACK.replace(good, bad, 1)))]
