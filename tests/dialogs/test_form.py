"""Transcripts of duties that are answered by a form of the pack."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.subjects import TALKS
from campaign.forms import Form
from campaign.talks.duties import Filled
from talk.outline import paths
from talk.questions import PRINCIPAL
from tests.dialogs.talker import PACK, Talker, form_brief, photo

PRESENCE = {"zh": "本企业有无动火等危险作业？", "en": None}


def talk(name: str, **changed: object) -> Talker:
    title = {"zh": PACK.obligation(name).title.zh, "en": PACK.obligation(name).title.en}
    return Talker(TALKS["form"].opened, form_brief(name, title=title) | changed)


def test_a_form_without_conditions_counts_its_questions() -> None:
    report = talk("control-inventory")
    assert report.prompt == ["台账（清单）共列入多少套系统和智能设备？（1/2）", "请回复数字，如“3套”。"]
    assert report.refused("约5套") == "未能识别“约5套”。请回复数字，如“3套”。"
    assert report.refused("0") == "请回复1至1000000之间的数字。"
    assert report.says("五套").prompt == ["请发送台账（清单）的照片或文件。（2/2）"]
    report.sends(photo("台账.xlsx"))
    assert report.summary == ["系统和设备：5套", "台账：1个文件"]
    assert report.says("确认").end.result == Filled(
        present=True, values={"systems": 5, "inventory": (photo("台账.xlsx"),)}
    )


def test_what_does_not_exist_ends_in_one_tap_and_the_confirmation() -> None:
    report = talk("hot-work-check", presence=PRESENCE)
    assert report.buttons == ["有", "没有"]
    assert report.taps("no").summary == ["有无：没有"]
    assert report.turn.offered == ()
    assert report.taps("confirm").end.result == Filled(present=False)


def test_a_question_is_asked_only_if_an_earlier_answer_says_so() -> None:
    report = talk("hot-work-check", presence=PRESENCE).taps("yes").says("12人")
    assert report.prompt == ["其中无证的有多少人？", "请回复数字，如“3人”。"]
    assert report.buttons == ["都持证"]
    assert report.refused("13") == "请回复0至12之间的数字。"
    report.says("2")
    assert report.asked == "uncertified_done"
    report.toggles("stopped", "training").says("20人", "1人").toggles("approval", "guardian").says("6台")
    assert report.taps("none").asked == "rule"
    report.taps("yes")
    assert report.summary == [
        "有无：有",
        "排查人员：12人",
        "无证人员：2人",
        "无证人员处理：停止作业、安排取证",
        "关键岗位人员：20人",
        "未落实岗位责任：1人",
        "作业管理：方案审批、现场监护",
        "电气焊设备：6台",
        "停用淘汰：0台",
        "招请无证人员责任：已写入",
    ]
    assert report.edits("uncertified").taps("none").asked == "confirm"
    assert "无证人员处理：停止作业、安排取证" not in report.summary


def test_a_number_that_another_limits_is_asked_again_when_that_one_falls() -> None:
    report = talk("hot-work-education", usual={"staff": 85, "reached": 85}).taps("today")
    assert report.buttons == ["85人"]
    report.taps("usual").says("80", "已观看").taps("none")
    assert report.asked == "confirm"
    assert report.edits("staff").says("70").asked == "reached"
    assert report.buttons == []
    assert report.refused("80") == "请回复0至70之间的数字。"


def test_a_hint_compares_with_the_registry_and_refuses_nothing() -> None:
    report = talk("management-lists").taps("no", "yes")
    assert report.asked == "organisation"
    assert report.prompt[1].startswith("登记职工85人。《安全生产法》第二十四条")
    assert report.taps("no").prompt[1].startswith("登记职工85人。《安全生产法》第二十四条")
    assert report.says("没有专职", "1").asked == "experts"
    unknown = talk("management-lists", employees=None).taps("no", "yes", "yes")
    assert unknown.prompt[1] == "请回复数字，如“3人”。"


def test_who_answers_for_the_plan_is_asked_one_by_one_and_is_a_person() -> None:
    report = talk("study-plan").taps("today").toggles("leaders").toggles("all").toggles("criteria")
    assert report.says("安全部").asked == "person_in_charge"
    for nobody in ("安全部", "安全员", "总经理", "生产车间", "待定", "无", "12", "钱某、安全部"):
        assert "不是姓名" in report.refused(nobody)
    assert report.says("钱某,李科").asked == "leader_in_charge"
    assert report.says("郑某").asked == "deployed_day"
    report.taps("today").toggles("everybody").taps("yes", "underway", "none")
    assert {"责任部门：安全部", "责任人：钱某、李科", "责任领导：郑某"} <= set(report.says("是").summary)


def test_names_are_told_apart_as_in_a_check() -> None:
    """A comma behind the last name was refused as a person without a name."""
    report = talk("study-plan").taps("today").toggles("leaders").toggles("all").toggles("criteria").says("安全部")
    assert "请回复姓名" in report.refused("、")
    assert report.says("钱某；\n李科、钱 某，").asked == "leader_in_charge"
    assert report.says("郑某").asked == "deployed_day"
    report.taps("today").toggles("everybody").taps("yes", "underway", "none")
    assert "责任人：钱某、李科" in report.says("是").summary


def test_none_of_several_is_an_answer() -> None:
    report = talk("outsourcing-check").says("3家", "都已签订", "都具备").taps("yes", "yes")
    assert "都没有" in report.buttons
    assert "管理措施：无" in report.taps("none").summary


def test_last_times_answers_are_offered_and_the_likely_one_comes_first() -> None:
    report = talk("mentoring", usual={"enterprises": 3, "rhythm": "quarterly"}).taps("yes")
    assert report.buttons == ["3家", "还没有"]
    assert report.taps("usual").buttons[0] == "每季度"


@pytest.mark.parametrize("usual", [{"enterprises": "3", "rhythm": "daily"}, {"enterprises": -1, "rhythm": 7}])
def test_what_was_answered_under_an_older_form_and_no_longer_fits_is_not_offered(usual: dict[str, object]) -> None:
    report = talk("mentoring", usual=usual).taps("yes")
    assert report.buttons == ["还没有"]
    assert report.says("3").buttons == ["每周", "每月", "每季度", "还没固定"]


def test_a_drill_of_metal_smelting_since_january_counts_for_the_first_half_only() -> None:
    def of(period: str) -> Talker:
        days = PACK.period(period)
        return talk("drill", period=period, first=days.first.isoformat(), last=days.last.isoformat())

    assert of("2023-H1").says("2023-02-14").asked == "scenario"
    assert "不在范围内" in of("once").refused("2023-02-14")


def test_what_turns_on_in_person_is_one_question_to_the_principal_alone() -> None:
    delegated = talk("led-inspection", delegated=True).taps("today").toggles("workshops").says("没有").taps("none")
    assert (delegated.asked, delegated.question.by) == ("led", PRINCIPAL)
    assert delegated.taps("yes").asked == "confirm"
    assert talk("led-inspection").asked == "led"


def test_the_form_is_what_the_brief_says_whatever_the_pack_says_now() -> None:
    older = {
        "id": "hot-work-education",
        "fields": [
            {"kind": "yes-no", "key": "held", "ask": {"zh": "教育过了吗？"}, "label": {"zh": "教育"}},
            {"kind": "amount", "key": "cost", "ask": {"zh": "花了多少钱？"}, "label": {"zh": "费用"}, "rev": 2},
        ],
    }
    report = Talker(TALKS["form"].opened, form_brief("hot-work-education") | {"form": older}).taps("yes").says("3千元")
    assert report.summary == ["教育：是", "费用：3000元"]
    assert report.sends(photo()).taps("confirm").end.result == Filled(present=True, values={"held": True, "cost": 3000})


def test_a_title_stands_in_the_question() -> None:
    title = {"zh": "6月带队检查", "en": None}
    report = talk("led-inspection", title=title, first="2023-06-01", last=date(2023, 6, 30).isoformat()).taps("yes")
    assert report.prompt == ["6月带队检查是哪天开展的？", "请点选，或回复日期，如“6月1日”。"]


def test_what_a_question_depends_on_is_asked_before_it() -> None:
    for kept in PACK.forms:
        for delegated in (False, True):
            asked: set[str] = set()
            for field in kept.in_order(delegated=delegated):
                assert field.needs <= asked
                asked.add(field.key)


OPTIONS = [{"id": "a", "label": {"zh": "第一"}}, {"id": "b", "label": {"zh": "第二"}}]
CONDITIONS: dict[str, dict[str, Any]] = {
    "yes-no": {"is": "true"},
    "choice": {"is": "b"},
    "choices": {"has": "b"},
    "count": {"above": 0},
}


@st.composite
def any_form(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a form of any questions, each of which may depend on an earlier one."""
    fields: list[dict[str, Any]] = []
    kinds = st.sampled_from(("yes-no", "choice", "choices", "count", "amount", "day", "text", "photo"))
    for number, kind in enumerate(draw(st.lists(kinds, min_size=1, max_size=6))):
        field: dict[str, Any] = {"kind": kind, "key": f"q{number}", "ask": {"zh": "？"}, "label": {"zh": "甲"}}
        field |= {"options": OPTIONS} if kind in ("choice", "choices") else {}
        field |= {"unit": {"zh": "个"}} if kind == "count" else {}
        earlier = draw(st.none() | st.sampled_from(fields)) if fields else None
        if earlier is not None and earlier["kind"] in CONDITIONS:
            field["only_if"] = {"key": earlier["key"], **CONDITIONS[earlier["kind"]]}
        if kind == "count" and earlier is not None and earlier["kind"] == "count":
            field["at_most"] = earlier["key"]
        if draw(st.booleans()):
            field["by"] = "principal"
        fields.append(field)
    return {"id": "any", "fields": fields}


@settings(max_examples=60, deadline=None)
@given(drawn=any_form(), delegated=st.booleans())
def test_every_form_comes_to_its_end_on_every_path(drawn: dict[str, Any], *, delegated: bool) -> None:
    kept = Form.stored(drawn)
    assert Form.stored(kept.as_json()) == kept
    brief = form_brief("drill", delegated=delegated) | {"form": kept.as_json()}
    keys = {field.key for field in kept.fields}
    for path in paths(TALKS["form"].opened, brief):
        asked = [key for key, _ in path.steps if key in keys]
        own = [field.by is not None for key in asked for field in kept.fields if field.key == key]
        if delegated and not any(field.needs for field in kept.fields):
            # What is the principal's alone is asked after everything that another can answer.
            assert own == sorted(own)
    assert {key for path in paths(TALKS["form"].opened, brief) for key, _ in path.steps} >= {
        field.key for field in kept.fields if not field.needs
    }
