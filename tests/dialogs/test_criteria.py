"""The check against the 64 criteria as a conversation: 三(一)1, 四(二)1."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from msgspec import to_builtins

from bot.subjects import TALKS
from campaign.hazards import Finding, Plan
from campaign.pack import load
from campaign.scope import Profile
from campaign.talks.criteria import Checked
from service.hazards.criteria import articles
from talk.messages import TEXT_LIMIT
from talk.questions import Hint
from talk.texts import CHINESE, render
from tests.dialogs.talker import Talker, duty_brief, photo

PACK = load("shenyang_2023")


def check(sector: str = "light", *tags: str) -> Talker:
    """A check by an enterprise of a sector with tags."""
    concerned = to_builtins(articles(PACK, Profile(sector, frozenset(tags)), PACK.start))
    return Talker(TALKS["criteria-check"].opened, duty_brief(articles=concerned, plans_until="2024-12-28"))


def test_the_first_card_says_what_other_standards_are_for() -> None:
    others = [to_builtins(other) for other in PACK.standard.others]
    concerned = to_builtins(articles(PACK, Profile("light"), PACK.start))
    brief = duty_brief(articles=concerned, plans_until="2024-12-28", others=others)
    talker = Talker(TALKS["criteria-check"].opened, brief)
    said = talker.prompt[0]
    assert said.startswith("本次对照工贸行业判定标准。其他方面另有标准：消防看《重大火灾隐患判定方法》")
    assert said.endswith("。\n第3条通用管理｜承包承租（1/7）")
    assert "另有标准" not in talker.taps("none").prompt[0]


def test_no_card_is_longer_than_a_message() -> None:
    tags = frozenset(tag.id for tag in PACK.tags)
    for sector in PACK.sectors:
        concerned = to_builtins(articles(PACK, Profile(sector.id, tags), PACK.start))
        talker = Talker(TALKS["criteria-check"].opened, duty_brief(articles=concerned, plans_until="2024-12-28"))
        while talker.asked != "confirm":
            assert len("\n".join(talker.prompt)) < TEXT_LIMIT / 4
            talker.taps("none")


def nothing_until(talker: Talker, key: str) -> Talker:
    """Tap 本组均无 until a question of a key is there."""
    while talker.asked != key:
        talker.taps("none")
    return talker


def test_a_group_is_a_card_with_its_facts_and_one_tap_says_none() -> None:
    talker = check("metallurgy", "metal-smelting")
    assert talker.prompt == [
        "第3条通用管理｜承包承租（1/5）",
        (
            "1. 承包承租未统一管理\n"
            "原文：未对承包单位、承租单位的安全生产工作统一协调、管理，或者未定期进行安全检查的。\n"
            "有的请点序号，或回复“1、3”；都没有的，请点“本组均无”。已查0/11条。"
        ),
    ]
    assert talker.buttons == ["情形1", "本组均无"]
    talker.taps("none")
    assert "\n".join(talker.prompt) == (
        "第3条通用管理｜人员资格（2/5）\n"
        "1. 特种作业无证上岗\n原文：特种作业人员未按照规定经专门的安全作业培训并取得相应资格，上岗作业的。\n"
        "2. 管理人员未考核合格（仅适用于金属冶炼企业）\n"
        "原文：金属冶炼企业主要负责人、安全生产管理人员未按照规定经考核合格的。\n"
        "有的请点序号，或回复“1、3”；"
        "都没有的，请点“本组均无”。已查1/11条。"
    )
    talker.taps("none", "none", "none", "none")
    assert talker.asked == "confirm"
    assert talker.summary[-1] == "第4条冶金｜煤气区域：无"
    assert talker.taps("confirm").end.result == Checked(11, ())


@pytest.mark.parametrize("text", ["没有", "无", "0", "本组均无", "None here"])
def test_none_can_be_typed(text: str) -> None:
    talker = check().says(text)
    assert talker.state.visited[0].value.ids == ()


def test_one_number_is_the_one_that_is_found() -> None:
    assert check().says("1").state.visited[0].value.ids == ("3-1",)


@pytest.mark.parametrize("text", ["1、3", "１，３", "13", "情形1、情形3", "未装CO报警或无值守，煤气排水器不合要求"])
def test_what_is_found_is_tapped_or_its_numbers_are_typed(text: str) -> None:
    talker = nothing_until(check("metallurgy"), "group/4-6").says(text)
    assert talker.state.visited[-1].value.ids == ("4-6", "4-8")


def test_words_that_name_no_fact_are_no_answer() -> None:
    talker = check()
    assert isinstance(talker.question.read("也许", talker.at), Hint)
    assert isinstance(talker.question.read("9", talker.at), Hint)


def test_a_finding_is_asked_in_the_criterions_own_words() -> None:
    talker = nothing_until(check("metallurgy"), "group/4-6").toggles("4-6", "4-7")
    own = next(one.text.zh for one in PACK.criteria_for(Profile("metallurgy"), PACK.start) if one.id == "4-6")
    assert talker.prompt == [
        f"第4条第6项原文：{own}。\n本企业确有此情形吗？",
        "装置已设置但失效的，按第14条同样判定。",
    ]
    assert talker.buttons == ["确有此问题", "已设置但失效", "不属于"]
    talker.taps("failed").says("2号转炉煤气加压站").sends(photo("报警器.jpg")).taps("no")
    talker.says("设备部王演五", "更换报警器并接入值班室", "3万元", "6月30日", "专人携带便携式报警器值守")
    # 4-7 says nothing of a device that is missing, so there is no third answer.
    assert talker.buttons == ["确有此问题", "不属于"]
    talker.taps("found").says("除尘器入口").taps("none").taps("yes")
    assert talker.asked == "confirm"
    assert talker.summary[-2:] == ["4-7 照片：无", "4-7 整改：已整改"]
    assert talker.taps("confirm").end.result == Checked(
        10,
        (
            Finding(
                "2号转炉煤气加压站",
                "4-6",
                device_failed=True,
                photos=(photo("报警器.jpg"),),
                fixed=False,
                plan=Plan(
                    "设备部王演五",
                    "更换报警器并接入值班室",
                    Decimal(30000),
                    date(2023, 6, 30),
                    "专人携带便携式报警器值守",
                ),
            ),
            Finding("除尘器入口", "4-7", device_failed=False, photos=(), fixed=True, plan=None),
        ),
    )


def test_what_does_not_fit_its_own_words_is_no_finding() -> None:
    talker = nothing_until(check("metallurgy"), "group/4-6").toggles("4-6").taps("not")
    assert talker.taps("confirm").end.result == Checked(10, ())


@pytest.mark.parametrize(
    ("text", "hint"),
    [("6月1日", "6月1日已过"), ("2030年1月1日", "不在范围内"), ("尽快", "未能识别")],
)
def test_a_deadline_is_a_day_to_come(text: str, hint: str) -> None:
    talker = check("metallurgy")
    nothing_until(talker, "group/4-6").toggles("4-8").taps("found").says("排水器").taps("none").taps("no")
    talker.says("王演五", "分设排水器", "0元")
    assert talker.asked == "criterion/4-8/deadline"
    refused = talker.question.read(text, talker.at)
    assert isinstance(refused, Hint)
    assert hint in render(refused.what, CHINESE)


def test_the_example_of_a_deadline_is_never_past() -> None:
    talker = check("metallurgy")
    nothing_until(talker, "group/4-6").toggles("4-8").taps("found").says("排水器").taps("none").taps("no")
    talker.says("王演五", "分设排水器", "0元")
    (example,) = re.findall("如“(.+)”", "\n".join(talker.prompt))
    for month in (6, 8, 12):
        said = talker.question.read(example, talker.at.replace(month=month))
        assert not isinstance(said, Hint), month


def test_funds_are_an_amount() -> None:
    talker = nothing_until(check("metallurgy"), "group/4-6").toggles("4-8").taps("found").says("排水器")
    talker.taps("none").taps("no").says("王演五", "分设排水器")
    refused = talker.question.read("大概有吧", talker.at)
    assert isinstance(refused, Hint)
    assert "30000元" in render(refused.what, CHINESE)


@pytest.mark.parametrize(
    ("sector", "tags", "criteria"),
    [
        ("commerce", (), 2),
        ("light", ("ammonia", "confined-space"), 13),
        ("nonferrous", ("explosive-dust",), 25),
        ("nonferrous", ("metal-smelting",), 16),
    ],
)
def test_only_what_concerns_the_enterprise_is_asked(sector: str, tags: tuple[str, ...], criteria: int) -> None:
    talker = nothing_until(check(sector, *tags), "confirm")
    result: Any = talker.taps("confirm").end.result
    assert result == Checked(criteria, ())


def test_any_article_can_be_asked_to_its_end() -> None:
    for sector in PACK.sectors:
        talker = check(sector.id, *(tag.id for tag in PACK.tags))
        assert nothing_until(talker, "confirm").summary
