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
        ("management-lists", {"lists": True, "task_list": True, "safety_staff": 0}, ["没有配备安全生产管理人员"]),
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
