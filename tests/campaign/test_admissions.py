"""Which answers admit a criterion of major hazards: by the shipped pack, in a kept copy, and the faults of a pack."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from campaign.forms import Form
from campaign.pack import load
from campaign.pack_check import check
from campaign.unmet import Measure
from tests.campaign.test_forms import FORMS, folder
from tests.campaign.test_pack_check import spoil

__all__ = ["folder"]

PACK = load("shenyang_2023")
MEASURE = Measure(date(2023, 5, 22), 573)
NOTHING_DONE: dict[str, Any] = {"ids": [], "other": ""}


@pytest.mark.parametrize(
    ("form", "values", "admitted"),
    [
        ("hot-work-check", {"uncertified": 2}, [("3-2", ["无证2人"], 1)]),
        ("hot-work-check", {"uncertified": 0}, []),
        ("hot-work-check", {}, []),
        ("outsourcing-check", {"no_agreement": 3}, [("3-1", ["未签协议3家"], 1)]),
        ("outsourcing-check", {"no_agreement": 0, "managed": {"ids": ["checks"], "other": ""}}, []),
        # One criterion is told once, with all that was said of it.
        (
            "outsourcing-check",
            {"no_agreement": 1, "managed": NOTHING_DONE},
            [("3-1", ["未签协议1家", "没有定期进行安全检查"], 1)],
        ),
        # Whoever adds words of their own lacks nothing.
        ("outsourcing-check", {"managed": {"ids": [], "other": "每月联合检查"}}, []),
        ("led-inspection", {"findings": 5, "major": 2}, [(None, ["其中重大隐患"], 2)]),
        ("led-inspection", {"findings": 5, "major": 0}, []),
        ("expert-round", {"majors": 4}, [(None, ["发现重大隐患"], 4)]),
    ],
)
def test_what_is_admitted(form: str, values: dict[str, Any], admitted: list[tuple[str | None, list[str], int]]) -> None:
    for one in (PACK.form(form), Form.stored(PACK.form(form).as_json())):
        found = one.admissions(values, MEASURE)
        assert [(told.criterion, [said.zh for said in told.said], told.number) for told in found] == admitted


def test_a_copy_of_before_admits_nothing() -> None:
    kept = PACK.form("hot-work-check").as_json()
    for field in kept["fields"]:
        field.pop("admits", None)
    assert Form.stored(kept).admissions({"uncertified": 2}, MEASURE) == ()


@pytest.mark.parametrize(
    ("admits", "fault"),
    [
        ("{above: 0, criterion: 9-9, why: 有}", "pack-unknown-name"),
        ("{above: 0, why: 有}", "pack-missing"),
        ("{criterion: 3-1, why: 有}", "pack-unmet"),
        ("{has: films, criterion: 3-1, why: 有}", "pack-unmet"),
        ("{above: 0, criterion: 3-1}", "pack-missing"),
        ("{above: 0, criterion: 3-1, why: '{nobody}人'}", "pack-unknown-name"),
    ],
)
def test_a_fault_is_found_where_it_is(folder: Path, admits: str, fault: str) -> None:
    line = spoil(folder, FORMS, "unit: 人\n", f"unit: 人\n        admits:\n          - {admits}\n") + 2
    found = {(problem.what.id, problem.line) for problem in check(folder)}
    assert (fault, line) in found
