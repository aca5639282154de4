"""A talk about duties that nothing but its subject's registration knows: in a bundle, by phone, handed over."""

import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot import subjects
from campaign import talks
from campaign.pack import load
from campaign.pack_file import folder_of
from campaign.talks.duties import DutyBrief
from service.core.duty_talk import OwnedDuty
from service.core.unit_of_work import Speaker, UnitOfWork
from service.duties.talks import duty_talk
from storage import duties
from talk.conversation import Talk
from talk.questions import PRINCIPAL, Confirm, Day, YesNo
from talk.texts import Say
from tests.service.conftest import DISTRICT, FOOD, row
from tests.town import Town

OBLIGATION = """
  - id: {id}
    clause: 三(一)2
    title: {{zh: {title}}}
    demand: {{zh: 演练一次}}
    owner: principal
    subject: enterprise
    minutes: 2
    form: drill-report
    ladder: enterprise
    variants:
      - {{cadence: once, due: "2023-07-31 [D]"}}
"""
BUNDLE = """
  - id: drills
    title: {zh: 演练清单}
    due: 2023-07-31 [D]
    ladder: enterprise
    parts: [{obligation: fire-drill}, {obligation: gas-drill}]
"""


class DrillBrief(DutyBrief, frozen=True):
    """A drill is reported."""

    talk = "drill-report"


@dataclass(frozen=True, slots=True)
class Drilled:
    """It took place; `led`: under the principal in person."""

    led: bool


def drill(brief: DrillBrief) -> Talk[Drilled]:
    """When, and whether the principal led it."""
    yield from Day(key="day", ask="哪天演练的？", label="演练日期", first=brief.first, last=brief.last, past=True)
    led = yield from YesNo(key="led", ask="您带队了吗？", label="带队", by=PRINCIPAL)
    yield from Confirm(key="sure", ask=Say("confirm-any-time", name=brief.principal_name), by=PRINCIPAL)
    return Drilled(led)


@pytest.fixture
def counted() -> list[Drilled]:
    return []


@pytest.fixture
def town(town: Town, counted: list[Drilled], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A town whose pack has two such duties in a bundle."""

    def count(uow: UnitOfWork, me: Speaker, owned: OwnedDuty, result: Drilled) -> None:
        del uow, me, owned
        counted.append(result)

    words = (*talks.duty_forms(), DrillBrief.talk)
    monkeypatch.setattr(talks, "duty_forms", lambda: words)
    pack = Path(shutil.copytree(folder_of("shenyang_2023"), tmp_path / "drilling"))
    text = (pack / "pack.yaml").read_text(encoding="utf-8")
    (pack / "pack.yaml").write_text(text.replace("\nbundles:", "\nbundles:" + BUNDLE, 1), encoding="utf-8")
    drills = {"fire-drill": "消防演练", "gas-drill": "燃气演练"}
    both = (OBLIGATION.format(id=id_, title=title) for id_, title in drills.items())
    (pack / "drills.yaml").write_text("obligations:" + "".join(both), encoding="utf-8")
    spec = duty_talk(DrillBrief, drill, lambda _uow, _owned, facts: DrillBrief(**facts), counts=count)
    monkeypatch.setitem(subjects.subject("duties").talks, DrillBrief.talk, spec)
    monkeypatch.setitem(subjects._TALKS, DrillBrief.talk, "duties")
    town.app.context = replace(town.app.context, pack=load(str(pack)))
    town.register(row())
    return town


def duty(town: Town, obligation: str) -> duties.Duty:
    found = town.use(lambda uow: duties.of_period(uow.conn, obligation, FOOD, "once"))
    assert found is not None
    return found


async def test_it_is_a_part_of_a_bundle_and_confirmed_with_the_others(town: Town, counted: list[Drilled]) -> None:
    principal = await town.join("郑演丙", "principal", FOOD)
    assert "共2项，还有2项未填报" in await principal.press_data("a:bundle:drills")
    for obligation in ("fire-drill", "gas-drill"):
        await principal.press_data(f"a:fill:{duty(town, obligation).id}")
        await principal.say("今天")
        await principal.say("是")
    assert "以上2项" in principal.screen[-1].text
    assert "已收到您的2项填报" in await principal.tap("确认提交")
    assert [duty(town, obligation).status for obligation in ("fire-drill", "gas-drill")] == ["answered", "answered"]
    assert counted == [Drilled(led=True), Drilled(led=True)]


async def test_it_is_answered_by_phone(town: Town, counted: list[Drilled]) -> None:
    clerk = await town.join("陈演三", "clerk", DISTRICT)
    await clerk.press_data(f"a:by-phone:{duty(town, 'fire-drill').id}")
    for said in ("郑演丙", "今天", "今天", "否"):
        await clerk.say(said)
    assert "代录" in await clerk.tap("确认代录")
    assert duty(town, "fire-drill").status == "answered"
    assert counted == [Drilled(led=False)]


async def test_an_officer_hands_it_over_and_it_is_sent_back(town: Town, counted: list[Drilled]) -> None:
    principal = await town.join("郑演丙", "principal", FOOD)
    officer = await town.join("钱演七", "officer", FOOD)
    other = duty(town, "gas-drill").id
    town.use(lambda uow: duties.set_status(uow.conn, other, "excused"))
    number = duty(town, "fire-drill").id
    await officer.press_data(f"a:fill:{number}")
    assert "已交" in await officer.say("今天")
    assert "您带队了吗" in await principal.press_data(f"a:check:{number}")
    await principal.say("是")
    await principal.tap("退回")
    await principal.tap("演练日期")
    assert "已退回" in await principal.say("日期不对")
    assert "哪天演练的" in await officer.press_data(f"a:check:{number}")
    await officer.say("昨天")
    await principal.press_data(f"a:check:{number}")
    await principal.tap("确认提交")
    assert counted == [Drilled(led=True)]
