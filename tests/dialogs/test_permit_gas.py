"""Transcripts of gas samples."""

from decimal import Decimal
from typing import Any

import pytest

from bot.subjects import TALKS
from campaign.applications import Who
from campaign.permit_life import Sample
from campaign.talks.hot_work import Sampled
from tests.dialogs.permit_briefs import NOW, gas_brief
from tests.dialogs.talker import Talker


def measures(**changed: Any) -> Talker:
    return Talker(TALKS["permit-gas"].opened, gas_brief(**changed))


def reading(said: str, id_: str = "methane", *taps: str) -> Sample:
    """Give the sample that a reading becomes."""
    talk = measures().taps(id_).says(said).taps(*taps, "now")
    if talk.answers.keys().isdisjoint({"more/1"}) and not hasattr(talk.state, "result"):
        talk.taps("yes")
    (one,) = talk.end.result.samples
    assert isinstance(one, Sample)
    return one


def test_a_sample_takes_four_taps_and_one_number() -> None:
    talk = measures()
    assert talk.prompt[0] == "作业票 D-0606-07：测的是哪种气体？"
    # The gas of the last sample first.
    assert talk.prompt[1].splitlines()[1] == "1. 天然气（甲烷）"
    assert talk.buttons == ["天然气（甲烷）", "液化石油气", "第3项", "氢气", "氧气"]
    talk.taps("methane")
    assert talk.prompt == [
        "天然气（甲烷）的读数是多少？合格：参照GB 30871-2022，不高于0.5%。",
        "请回复体积分数，如“0.05%”；仪器显示%LEL的，请写“5%LEL”。",
    ]
    talk.says("0.05%")
    assert talk.buttons == ["现在", "5分钟前", "15分钟前"]
    talk.taps("now")
    assert talk.prompt == ["天然气（甲烷） 0.05%，合格（参照GB 30871-2022，不高于0.5%）。还测了别的气体吗？"]
    talk.taps("yes")
    assert talk.end.result == Sampled((Sample(NOW, "methane", Decimal("0.05"), ok=True),), None)


def test_another_gas_is_told_in_the_same_talk() -> None:
    talk = measures().taps("methane").says("0.1").taps("now", "no").says("氧气")
    assert talk.prompt[0] == "氧气的读数是多少？合格：参照GB 30871-2022，19.5%至21%。"
    talk.says("20.9%").taps("now")
    assert talk.prompt == ["氧气 20.9%，合格（参照GB 30871-2022，19.5%至21%）。还测了别的气体吗？"]
    talk.taps("yes")
    assert [(one.gas, str(one.value), one.ok) for one in talk.end.result.samples] == [
        ("methane", "0.1", True),
        ("oxygen", "20.9", True),
    ]


def test_a_sample_over_the_limit_ends_the_talk_at_once() -> None:
    assert reading("0.6%") == Sample(NOW, "methane", Decimal("0.6"), ok=False)
    assert not reading("15", "oxygen").ok
    assert not reading("0.3%", "lpg").ok


@pytest.mark.parametrize("said", ["0,3", "0.3%", "０.３％", ".3", "百分之零点三", "0.3%vol", "3000ppm"])
def test_however_it_is_written_it_is_one_share(said: str) -> None:
    assert reading(said).value == Decimal("0.3")


def test_a_share_of_the_explosive_limit_is_converted_and_shown() -> None:
    talk = measures().taps("methane").says("5%LEL")
    assert talk.prompt[0] == "5%LEL折算为体积分数0.25%。什么时候取样的？"
    talk.taps("now", "yes")
    assert talk.end.result.samples[0] == Sample(NOW, "methane", Decimal("0.25"), ok=True)


def test_a_number_that_is_no_likely_share_of_volume_asks_for_its_unit() -> None:
    talk = measures().taps("methane").says("5%")
    assert talk.prompt[0] == (
        "5是体积分数，还是爆炸下限的百分比（%LEL）？如是%LEL，按爆炸下限5.0%折算，体积分数为0.25%。"
    )
    assert talk.buttons == ["%LEL", "体积分数"]
    assert talk.taps("lel").prompt[0] == "5%LEL折算为体积分数0.25%。什么时候取样的？"
    assert reading("5", "methane", "volume") == Sample(NOW, "methane", Decimal(5), ok=False)


@pytest.mark.parametrize("said", ["-0.1", "合格", "0.1 0.2 0.3", "0.05%和20.9%", "", "1,200"])
def test_what_is_no_reading_is_told_what_is_wanted(said: str) -> None:
    talk = measures().taps("methane")
    assert talk.refused(said).endswith("请回复一个读数，如“0.05%”“5%LEL”“300ppm”，不能是负数；几种气体请分开回复。")


def test_what_no_gas_can_have_is_refused() -> None:
    assert measures().taps("methane").refused("120%LEL").startswith("没有这样的读数。")
    assert measures().taps("methane").refused("101%vol").startswith("没有这样的读数。")
    # Oxygen has no explosive limit.
    assert measures().says("氧气").refused("20%LEL").startswith("没有这样的读数。")


def test_a_sample_is_not_taken_in_the_future_nor_on_the_air_of_another_day() -> None:
    talk = measures().taps("methane").says("0.05")
    assert talk.refused("14:30") == "6月6日 14:30还没到。取样时间不能晚于现在，请回复实际取样的时间，如“14:25”。"
    assert talk.refused("明天8:00").startswith("6月7日 08:00还没到。")
    assert talk.refused("6月4日8:00") == "6月4日 08:00取的样太早，不能用。请重新取样检测。"
    assert "请点选，或回复取样时间" in talk.refused("刚才")
    assert talk.says("8:45").answers["taken/1"].value == NOW.replace(hour=8, minute=45).isoformat()
    assert measures().taps("methane").says("0.05", "10分钟前").answers["taken/1"].value.startswith("2023-06-06T08:50")


def test_just_after_midnight_the_minutes_before_it_are_those_of_yesterday() -> None:
    talk = measures().taps("methane").says("0.05")
    talk.at = NOW.replace(hour=0, minute=10)
    assert talk.says("23:55").answers["taken/1"].value.startswith("2023-06-05T23:55")


def test_who_is_not_the_tester_says_who_took_the_sample() -> None:
    talk = measures(own=False)
    assert talk.prompt[0] == "作业票 D-0606-07：由谁取样分析的？"
    talk.says("郑演丙").taps("methane").says("0.05").taps("now", "yes")
    assert talk.end.result.by == Who("郑演丙")
