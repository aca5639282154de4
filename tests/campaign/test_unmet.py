"""Which answers do not meet the clause: each kind of comparison, the shipped pack's own, and the faults of a pack."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from campaign.pack import load
from campaign.pack_check import check
from campaign.unmet import Measure, shortfalls
from tests.campaign.test_forms import FORMS, folder
from tests.campaign.test_pack_check import FIRST, SECOND, spoil

__all__ = ["folder"]

PACK = load("shenyang_2023")
MEASURE = Measure(date(2023, 5, 22), 573)


def unmet(form: str, **values: Any) -> list[str]:
    return [words.zh for words in shortfalls(PACK.form(form).judged, values, MEASURE)]


@pytest.mark.parametrize(
    ("form", "values", "why"),
    [
        ("led-inspection", {"led": False}, ["本次不是由主要负责人带队"]),
        ("led-inspection", {"led": True}, []),
        ("hot-work-education", {"staff": 573, "reached": 573, "film": False}, ["培训片没有观看"]),
        ("hot-work-education", {"staff": 573, "reached": 100, "film": True}, ["应参加573人，实际参加100人"]),
        ("hot-work-education", {"staff": 100, "reached": 100, "film": True}, ["应参加100人，少于登记的职工573人"]),
        ("hot-work-education", {"staff": 600, "reached": 600, "film": True}, []),
        ("post-responsibility", {"posts": {"ids": ["operators"], "other": ""}}, ["没有覆盖管理岗位"]),
        ("post-responsibility", {"posts": {"ids": [], "other": "全部岗位"}}, []),
        ("post-responsibility", {"mechanism": False}, ["内部监督考核机制没有建立"]),
        ("management-lists", {"organisation": True, "full_time": 0, "part_time": 1}, []),
        ("management-lists", {"organisation": True, "full_time": 0, "part_time": 0}, ["没有配备安全生产管理人员"]),
        ("management-lists", {"organisation": False, "full_time": 2, "part_time": 0}, []),
        (
            "management-lists",
            {"organisation": False, "full_time": 0, "part_time": 3},
            ["依法应设安全生产管理机构或者配备专职安全生产管理人员"],
        ),
        ("hot-work-check", {"not_carrying": 2}, ["2人没有落实岗位责任"]),
        (
            "hot-work-check",
            {"managed": {"ids": ["approval", "guardian"], "other": ""}},
            ["危险作业条件确认没有落实", "危险作业应急处置没有落实"],
        ),
        (
            "outsourcing-check",
            {"managed": {"ids": [], "other": ""}},
            [
                "承包发包商管理制度没有建立",
                "安全技术交底没有落实",
                "承包商安全培训教育没有落实",
                "没有定期进行安全检查",
            ],
        ),
        ("emergency-plan", {"responsibility": False, "revised": True}, ["应急工作责任制没有建立"]),
        ("study-plan", {"in_person": False}, ["不是由主要负责人亲自动员部署"]),
        ("study-plan", {"deployed_to": {"ids": ["managers"], "other": ""}}, ["任务和责任没有落实到全员全岗位"]),
        ("study-plan", {"standardisation": "none"}, ["安全生产标准化建设没有开展"]),
        ("study-plan", {"standardisation": "underway"}, []),
        ("mobilise", {"by_head": False}, ["专题会议不是由主要负责同志召开"]),
        ("control-check", {"covers": {"ids": ["failure", "attack"], "other": ""}}, ["数据丢失没有纳入排查范围"]),
        ("outsourcing-check", {"agreement_done": {"ids": ["deadline"], "other": ""}}, ["有单位还没有签订安全管理协议"]),
        ("outsourcing-check", {"agreement_done": {"ids": ["signed"], "other": ""}}, []),
        ("plan-filing", {"filed_day": "2022-07-01"}, ["备案日期早于专项行动，不是本次修订后的备案"]),
        ("plan-filing", {"filed_day": "2023-05-22"}, []),
        ("mentoring", {"rhythm": "irregular"}, ["帮扶时间还没有固定"]),
        ("criteria-training", {"to_train": 58, "trained": 40, "criteria_sent": True}, ["应训58人，已训40人"]),
        ("drill", {"exits": False}, ["还有从业人员不熟知安全逃生出口或避灾路线"]),
        # What was not asked, or was kept in another shape, fulfils nothing.
        ("drill", {}, []),
        ("criteria-training", {"trained": 40}, []),
        ("plan-filing", {"filed_day": None}, []),
    ],
)
def test_an_answer_that_does_not_meet_the_clause_says_why(form: str, values: dict[str, Any], why: list[str]) -> None:
    assert unmet(form, **values) == why


def test_where_the_registry_has_no_number_nothing_is_compared_with_it() -> None:
    values = {"staff": 100, "reached": 100, "film": True}
    assert shortfalls(PACK.form("hot-work-education").judged, values, Measure(MEASURE.start)) == ()


@pytest.mark.parametrize(
    ("measure", "met"),
    [
        (Measure(MEASURE.start, 100), True),
        (Measure(MEASURE.start, 101), False),
        (Measure(MEASURE.start), True),
        (Measure(MEASURE.start, 20, frozenset({"metal-smelting"})), False),
        (Measure(MEASURE.start, 20, frozenset({"explosive-dust"})), True),
    ],
)
def test_what_the_law_asks_of_large_and_of_smelting_enterprises_is_judged_of_no_other(
    measure: Measure, met: bool
) -> None:
    values = {"organisation": False, "full_time": 0, "part_time": 2}
    assert (shortfalls(PACK.form("management-lists").judged, values, measure) == ()) is met


def test_equipment_is_judged_by_the_places_that_there_are() -> None:
    def missing(places: list[str], environment: list[str], *kinds: str) -> list[str]:
        values = {"places": places, "environment": environment, "kinds": list(kinds)}
        return unmet("equipment-check", **{key: {"ids": ids, "other": ""} for key, ids in values.items()})

    assert missing([], [], "systems") == []
    assert missing([], ["environmental-equipment"], "systems") == ["环保设备设施没有排查"]
    assert missing(["ammonia"], [], "systems", "rescue") == ["较大危险场所的设备设施没有排查"]
    assert missing(["ammonia"], [], "equipment", "rescue") == ["信息系统运行保障没有排查"]


def test_talks_in_code_are_judged_by_their_obligation() -> None:
    for name, key in (("monthly-dispatch", "in_person"), ("first-round", "platform")):
        conditions = [(condition.key, condition) for condition in PACK.obligation(name).unmet]
        assert len(shortfalls(conditions, {key: False}, MEASURE)) == 1
        assert shortfalls(conditions, {key: True}, MEASURE) == ()


@pytest.mark.parametrize(
    ("good", "bad", "met", "not_met"),
    [
        ("label: 完成", "label: 完成, unmet: [{is: false, why: 没做}]", {"done": True}, {"done": False}),
        ("unit: 人\n", "unit: 人\n        unmet: [{above: 9, why: 多于9人}]\n", {"people": 9}, {"people": 10}),
        ("at_most: people", "at_most: people, unmet: [{below: people, why: 少}]",
         {"people": 3, "trained": 3}, {"people": 3, "trained": 2}),
        ("nothing: 不说明", "nothing: 不说明\n        unmet: [{missing: true, why: 无}]", {"note": "有"}, {"note": ""}),
        ("in_period: 2024-Q1", "unmet: [{before: '2024-02-01 [D]', why: 太早}]",
         {"day": "2024-02-01"}, {"day": "2024-01-31"}),
        ("label: 照片", "label: 照片, nothing: 没有照片, unmet: [{missing: true, why: 无}]", {"day": [1]}, {"day": []}),
    ],
)  # fmt: skip
def test_each_comparison(folder: Path, good: str, bad: str, met: dict[str, Any], not_met: dict[str, Any]) -> None:
    spoil(folder, FORMS, good, bad)
    assert check(folder) == []
    conditions = [one for form in load(str(folder)).forms for one in form.judged]
    assert shortfalls(conditions, met, MEASURE) == ()
    assert len(shortfalls(conditions, not_met, MEASURE)) == 1


@pytest.mark.parametrize(
    ("file", "good", "bad", "fault", "shift"),
    [
        (FORMS, "label: 完成", "label: 完成, unmet: [{is: maybe, why: 没做}]", "pack-unmet", 0),
        (FORMS, "label: 完成", "label: 完成, unmet: [{above: 3, why: 没做}]", "pack-unmet", 0),
        (FORMS, "label: 完成", "label: 完成, unmet: [{why: 没做}]", "pack-unmet", 0),
        (FORMS, "label: 完成", "label: 完成, unmet: [{is: false}]", "pack-missing", 0),
        (FORMS, "label: 完成", "label: 完成, unmet: [{is: false, why: ''}]", "pack-no-chinese", 0),
        (FORMS, "label: 完成", "label: 完成, unmet: [{are: false, why: 没做}]", "pack-unknown-key", 0),
        (FORMS, "unit: 人\n", "unit: 人\n        unmet: [{above: 1, below: 3, why: 不对}]\n", "pack-unmet", 1),
        (FORMS, "unit: 人\n", "unit: 人\n        unmet:\n          - {below: a, why: 少}\n", "pack-unknown-name", 2),
        (FORMS, "unit: 人\n", "unit: 人\n        unmet:\n          - {below: 3, why: '{a}'}\n", "pack-unknown-name", 2),
        (FORMS, "unit: 人\n", "unit: 人\n        unmet:\n          - {below: done, why: 少}\n", "pack-unknown-name", 2),
        (FORMS, "label: 方式\n", "label: 方式\n        unmet: [{is: films, why: 不对}]\n", "pack-unknown-name", 1),
        (FORMS, "in_period: 2024-Q1", "unmet: [{before: 2024-02-01, why: 太早}]", "pack-no-mark", 0),
        (FORMS, "in_period: 2024-Q1", "unmet: [{missing: true, why: 太早}]", "pack-unmet", 0),
        (FORMS, "label: 完成", "label: 完成, unmet: [{is: false, of: {tags: [x]}, why: 没做}]", "pack-unknown-name", 0),
        (FORMS, "unit: 人\n", "unit: 人\n        unmet: [{is: 0, only_if: {key: x}, why: 0}]\n",
         "pack-unknown-name", 1),
        (FORMS, "label: 完成", "label: 完成, unmet: [{is: false, row: B9, why: 没做}]", "pack-unknown-name", 0),
        (FORMS, "unit: 人\n", "unit: 人\n        admits: [{above: 0, criterion: 3-1, row: A1, why: 有}]\n",
         "pack-unknown-name", 1),
        (FORMS, "label: 照片", "label: 照片, evidence: maybe", "pack-not-one-of", 0),
        (FIRST, "minutes: 5", "minutes: 5\n    unmet: [{key: led, is: false, why: 否}]", "pack-unknown-name", 1),
        (SECOND, "id: dispatch", "id: dispatch\n    unmet: [{key: led, is: false, why: 否}]", "pack-unknown-name", 1),
    ],
)  # fmt: skip
def test_a_fault_is_found_where_it_is(folder: Path, file: str, good: str, bad: str, fault: str, shift: int) -> None:
    line = spoil(folder, file, good, bad) + shift
    found = [(problem.file, problem.line) for problem in check(folder) if problem.what.id == fault]
    assert found == [(str(folder / file), line)]


def test_evidence_is_missing_where_it_was_wanted_and_could_be_given(folder: Path) -> None:
    form = PACK.form("study-plan")
    assert [words.zh for words in form.missing({"plan": []}, required=False)] == ["计划"]
    assert [words.zh for words in form.missing({}, required=False)] == ["计划"]
    assert form.missing({"plan": [{"sha256": "0"}]}, required=False) == ()
    assert form.missing({}, required=True) == ()
    spoil(folder, FORMS, "label: 照片", "label: 照片, evidence: required, only_if: {key: asked, is: true}")
    spoil(
        folder,
        FORMS,
        "      - {kind: photo",
        "      - {kind: yes-no, key: asked, ask: 有吗？, label: 有无}\n      - {kind: photo",
    )
    other = load(str(folder)).form("other")
    assert [words.zh for words in other.missing({"asked": True}, required=True)] == ["照片"]
    assert other.missing({"asked": False}, required=True) == ()
