"""Forms of a pack: each fault is refused with its file, its line and what to do; a stored copy is the form itself."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from campaign.conditions import OnlyIf
from campaign.fields import Known
from campaign.forms import CountAsk, DayAsk, Form
from campaign.pack import PackError, load
from campaign.pack_check import check
from tests.campaign.test_pack_check import FIRST, SMALL, spoil

FORMS = "forms.yaml"
SOUND = """\
forms:
  - id: check
    fields:
      - {kind: yes-no, key: done, ask: 做了吗？, label: 完成}
      - kind: count
        key: people
        ask: 多少人？
        label: 人数
        only_if: {key: done, is: true}
        unit: 人
      - {kind: count, key: trained, ask: 其中多少人？, label: 其中, unit: 人, at_most: people, nothing: 没有人}
      - kind: choice
        key: how
        ask: 怎么做的？
        label: 方式
        only_if: {key: trained, above: 0}
        options:
          - {id: course, label: 上课}
          - {id: film, label: {zh: 看片, en: film}}
      - kind: text
        key: note
        ask: 说明什么？
        label: 说明
        only_if: {key: how, is: film}
        nothing: 不说明
      - kind: day
        key: day
        ask: 哪天？
        label: 日期
        since: 2024-01-01 [D]
        in_period: 2024-Q1
  - id: other
    fields:
      - {kind: photo, key: day, ask: 请发照片。, label: 照片}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small pack with a form, which one of its obligations names."""
    pack = Path(shutil.copytree(SMALL, tmp_path / "pack"))
    (pack / FORMS).write_text(SOUND, encoding="utf-8")
    spoil(pack, FIRST, "minutes: 5", "minutes: 5\n    form: check")
    return pack


def test_a_form_is_sound_and_an_obligation_names_it(folder: Path) -> None:
    assert check(folder) == []
    pack = load(str(folder))
    assert pack.obligation("plan").form == "check"
    assert [field.key for field in pack.form("check").fields] == ["done", "people", "trained", "how", "note", "day"]


CASES = [
    # file, what is replaced, by what, the fault, how many lines after the place the fault stands
    (FORMS, "{key: done, is: true}", "{key: doen, is: true}", "pack-unknown-name", 0),
    (FORMS, "{key: done, is: true}", "{key: how, is: film}", "pack-unknown-name", 0),  # a later one
    (FORMS, "at_most: people", "at_most: day", "pack-unknown-name", 0),
    (FORMS, "at_most: people", "at_most: done", "pack-at-most", 0),
    (FORMS, "{key: done, is: true}", "{key: done, is: maybe}", "pack-only-if", 0),
    (FORMS, "{key: done, is: true}", "{key: done, above: 0}", "pack-only-if", 0),
    (FORMS, "{key: done, is: true}", "{key: done}", "pack-only-if", 0),
    (FORMS, "{key: trained, above: 0}", "{key: trained, above: 0, is: 3}", "pack-only-if", 0),
    (FORMS, "{key: trained, above: 0}", "{key: trained, over: 0}", "pack-unknown-key", 0),
    (FORMS, "{key: how, is: film}", "{key: how, is: films}", "pack-unknown-name", 0),
    (FORMS, "key: people\n", "key: done\n", "pack-repeated", 0),
    (FORMS, "key: people\n", "key: photos\n", "pack-reserved-key", 0),
    (FORMS, "key: people\n", "key: confirm\n", "pack-reserved-key", 0),
    (FORMS, "key: people\n", "key: Leute\n", "pack-bad-value", 0),
    (FORMS, "id: film,", "id: course,", "pack-repeated", 0),
    (FORMS, "kind: choice\n", "kind: choices\n        tags: true\n", "pack-unknown-name", 0),
    (FORMS, "label: {zh: 看片, en: film}", "label: {en: film}", "pack-no-chinese", 0),
    (FORMS, "label: 上课", "label: 由老师当面上课讲解", "pack-button", 0),
    (FORMS, "nothing: 没有人", "nothing: 无", "pack-button", 0),
    (FORMS, "ask: 多少人？", "ask: {en: How many?}", "pack-no-chinese", 0),
    (FORMS, "          - {id: course, label: 上课}\n", "", "pack-how-many", -1),
    (FORMS, "kind: text", "kind: essay", "pack-not-one-of", 0),
    (FORMS, "kind: text", "sort: text", "pack-missing", 0),
    (FORMS, "unit: 人\n", "unit: 人\n        minimum: 3\n        maximum: 2\n", "pack-bounds", -5),
    (FORMS, "unit: 人\n", "unit: 人\n        minimum: many\n", "pack-bad-value", 1),
    (FORMS, "unit: 人\n", "units: 人\n", "pack-unknown-key", 0),
    (FORMS, "        unit: 人\n", "", "pack-missing", -5),
    (FORMS, "since: 2024-01-01 [D]", "since: 2024-01-01", "pack-no-mark", 0),
    (FORMS, "since: 2024-01-01 [D]", "since: year", "pack-no-mark", 0),
    (FORMS, "in_period: 2024-Q1", "in_period: 2025-Q1", "pack-no-such-period", -5),
    (FORMS, "id: other", "id: check", "pack-repeated", 0),
    (FORMS, "id: other", "id: plain", "pack-repeated", 0),
    (
        FORMS,
        "    fields:\n      - {kind: photo, key: day, ask: 请发照片。, label: 照片}",
        "    fields: []",
        "pack-how-many",
        0,
    ),
    (FIRST, "form: check", "form: checks", "pack-unknown-name", 0),
]


@pytest.mark.parametrize(("file", "good", "bad", "fault", "shift"), CASES)
def test_a_fault_is_found_where_it_is(folder: Path, file: str, good: str, bad: str, fault: str, shift: int) -> None:
    line = spoil(folder, file, good, bad) + shift
    found = [(problem.file, problem.line) for problem in check(folder) if problem.what.id == fault]
    assert found == [(str(folder / file), line)]
    with pytest.raises(PackError):
        load(str(folder))


COUNTED = """\
  - id: look
    clause: 三(一)1
    title: 检查
    demand: 检查
    owner: principal
    subject: enterprise
    minutes: 1
    form: check
    counts_as: {obligation: dispatch, period: 2024-01, asked: done}
    ladder: usual
    variants:
      - {cadence: once, due: "2024-01-31 [N]"}
"""


@pytest.mark.parametrize(
    ("good", "bad", "fault"),
    [
        ("asked: done", "asked: people", "pack-counts-as"),
        ("obligation: dispatch", "obligation: dispatches", "pack-unknown-name"),
        ("period: 2024-01,", "period: 2025-01,", "pack-no-such-period"),
        ("asked: done", "asked: done, done_on: done", "pack-unknown-name"),
        ("    form: check\n", "    form: check\n    done_on: [people]\n", "pack-unknown-name"),
        ("    form: check\n", "    form: check\n    done_by: 2024-01-20 [D]\n", "pack-done-by"),
    ],
)
def test_what_an_answer_counts_as_besides_must_exist_and_be_asked(
    folder: Path, good: str, bad: str, fault: str
) -> None:
    file = folder / "obligations-2.yaml"
    file.write_text(file.read_text(encoding="utf-8") + COUNTED, encoding="utf-8")
    assert check(folder) == []
    spoil(folder, file.name, good, bad)
    assert [problem.what.id for problem in check(folder)] == [fault]


def test_a_stored_copy_is_the_form_itself() -> None:
    for form in load("shenyang_2023").forms:
        assert Form.stored(form.as_json()).as_json() == form.as_json()
        assert [field.key for field in Form.stored(form.as_json()).fields] == [field.key for field in form.fields]


def test_what_is_left_out_takes_along_what_depends_on_it() -> None:
    form = load("shenyang_2023").form("hot-work-check")
    kept = Form.stored(form.as_json(without={"uncertified", "equipment"}))
    assert [field.key for field in kept.fields] == ["people", "key_posts", "not_carrying", "managed", "rule"]


def test_what_only_the_principal_answers_comes_last_where_another_fills_in() -> None:
    form = load("shenyang_2023").form("led-inspection")
    assert form.in_order(delegated=False)[0].key == "led"
    assert form.in_order(delegated=True)[-1].key == "led"


def test_an_earlier_day_counts_in_its_period_only() -> None:
    (day, *_) = load("shenyang_2023").form("drill").fields
    assert isinstance(day, DayAsk)
    pack = load("shenyang_2023")
    assert day.first("2023-H1", pack.start).isoformat() == "2023-01-01"
    assert day.first("2023-H2", pack.period("2023-H2").first).isoformat() == "2023-07-01"
    assert day.first("once", pack.start) == pack.start


class Anything(Known):
    """A form in which every key has been defined, with a fault."""

    def __init__(self) -> None:
        super().__init__()
        self.names["key of a form"].add("x")


@pytest.mark.parametrize(
    ("condition", "value", "holds"),
    [
        ({"is": "true"}, True, True),
        ({"is": "true"}, False, False),
        ({"is": "false"}, False, True),
        ({"is": "false"}, None, False),
        ({"is": "3"}, 3, True),
        ({"is": "3"}, 4, False),
        ({"above": 0}, 1, True),
        ({"above": 0}, 0, False),
        ({"above": 0}, None, False),
        ({"is": "film"}, "film", True),
        ({"is": "film"}, "course", False),
        ({"has": "film"}, ("course", "film"), True),
        ({"has": "film"}, ("course",), False),
        ({"some": "true"}, ("course",), True),
        ({"some": "true"}, (), False),
        ({"some": "true"}, None, False),
    ],
)
def test_a_condition_reads_the_earlier_answer(condition: dict[str, object], value: object, holds: bool) -> None:
    assert OnlyIf.model_validate({"key": "x"} | condition, context=Anything()).holds(value) is holds


def test_every_number_of_the_shipped_forms_has_its_unit() -> None:
    fields = [field for form in load("shenyang_2023").forms for field in form.fields]
    assert all(field.unit.zh and field.unit.en for field in fields if isinstance(field, CountAsk))


@pytest.mark.parametrize(
    ("since", "period", "own", "first"),
    [
        ("period", "2024-H1", date(2024, 1, 10), date(2024, 1, 1)),
        ("period", "2024-Q2", date(2024, 4, 1), date(2024, 4, 1)),
        ("period", "once", date(2024, 1, 10), date(2024, 1, 10)),
        ("period", "phase-2", date(2024, 4, 1), date(2024, 4, 1)),
        ("period", "hazard/7", date(2024, 2, 3), date(2024, 2, 3)),
        ("campaign", "2024-Q2", date(2024, 4, 1), date(2024, 1, 10)),
        ("2023-01-01 [D]", "2024-Q2", date(2024, 4, 1), date(2023, 1, 1)),
    ],
)
def test_how_far_back_a_day_may_lie(folder: Path, since: str, period: str, own: date, first: date) -> None:
    spoil(folder, FORMS, "since: 2024-01-01 [D]\n        in_period: 2024-Q1", f"since: {since}")
    form = load(str(folder)).form("check")
    # A conversation keeps a copy, which knows of no campaign.
    for kept in (form, Form.stored(json.loads(json.dumps(form.as_json())))):
        (day,) = [field for field in kept.fields if isinstance(field, DayAsk)]
        assert day.first(period, own) == first
