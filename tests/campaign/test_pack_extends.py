"""A pack that extends another: what comes of it, and each fault with the file and the line of its key."""

from pathlib import Path

import pytest

from campaign import pack_file
from campaign.pack import load
from campaign.pack_check import check
from campaign.pack_extends import extended
from campaign.pack_values import Problem, Value, unfolded
from talk.texts import LANGUAGES, render
from tests.campaign.test_pack_check import SMALL

OWN = """\
name: nearby
extends: base
title: 邻市行动
districts:
  - {name: 丁区, bureau: 丁区应急管理局}
burden: {reminders_per_week: "5 [D]"}
tags:
  - {id: dust, name: 粉尘}
drop: [hot-job]
change:
  dispatch: {minutes: 9, title: 调度会}
  ladders/usual/rungs/nudge: {when: opens + 2 working days}
  standard/articles/4/title: 轻工企业
  standard/articles/3/criteria/3-1: {device: false}
obligations:
  - id: drill
    clause: 六
    title: 演练
    demand: 每年演练
    owner: principal
    subject: enterprise
    minutes: 2
    ladder: usual
    variants: [{cadence: once, due: "2024-06-30 [D]"}]
"""


def packs(tmp_path: Path, **texts: str) -> Path:
    """Lay packs beside each other, and the small one as `base`; the folder of all."""
    (tmp_path / "base").symlink_to(SMALL)
    for name, text in texts.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "pack.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_a_pack_is_what_it_states_upon_its_base(tmp_path: Path) -> None:
    folder = packs(tmp_path, own=OWN) / "own"
    assert check(folder) == []
    pack, base = load(str(folder)), load(str(SMALL))
    assert [one.id for one in pack.obligations] == ["plan", "dispatch", "report", "drill"]
    assert (pack.name, pack.title.zh, pack.title.en, pack.city) == ("nearby", "邻市行动", None, base.city)
    assert [district.name for district in pack.districts] == ["丁区"]
    assert [tag.id for tag in pack.tags] == ["ammonia", "hot-work", "dust"]
    dispatch, before = pack.obligation("dispatch"), base.obligation("dispatch")
    assert (dispatch.minutes, dispatch.title.zh, dispatch.variants) == (9, "调度会", before.variants)
    assert (before.minutes, base.standard.articles[1].title.zh) == (1, "轻工")
    assert (pack.ladder("usual").rungs[1].when.days, base.ladder("usual").rungs[1].when.days) == (2, 1)
    assert pack.standard.articles[1].title.zh == "轻工企业"
    assert [one.device for one in pack.standard.articles[0].criteria] == [False, False]
    assert pack.burden.weekly_reminders == 5


def test_a_pack_may_extend_one_that_extends(tmp_path: Path) -> None:
    third = "name: third\nextends: own\ndrop: [drill]\nchange: {plan: {minutes: 7}, dispatch: {clause: 七}}\n"
    pack = load(str(packs(tmp_path, own=OWN, third=third) / "third"))
    assert [one.id for one in pack.obligations] == ["plan", "dispatch", "report"]
    assert (pack.obligation("dispatch").minutes, pack.obligation("dispatch").clause) == (9, "七")


def test_an_empty_list_leaves_out_all_that_the_base_has(tmp_path: Path) -> None:
    assert load(str(packs(tmp_path, own=OWN + "bundles: []\n") / "own")).bundles == ()


def test_a_duty_that_was_dropped_can_be_stated_anew(tmp_path: Path) -> None:
    own = OWN.replace("[hot-job]", "[hot-job, plan]").replace("id: drill", "id: plan")
    # The list of the base names the duty; it comes anew behind the others.
    pack = load(str(packs(tmp_path, own=own) / "own"))
    assert [(one.id, one.title.zh) for one in pack.obligations][-1] == ("plan", "演练")


def test_a_shipped_pack_is_extended_by_its_name(tmp_path: Path) -> None:
    own = "name: next\nextends: shenyang_2023\nchange: {drill: {minutes: 4}, districts/和平区: {aliases: [和平]}}\n"
    pack, base = load(str(packs(tmp_path, own=own) / "own")), load("shenyang_2023")
    assert pack.obligation("drill").minutes == 4
    assert pack.district_by_name("和平") == pack.districts[0]
    assert [one for one in pack.obligations if one.id != "drill"] == [
        one for one in base.obligations if one.id != "drill"
    ]


FAULTS = [
    # what is replaced in OWN, by what, the fault, the text of the line on which it stands, what its words name
    ("extends: base", "extends: nowhere", "pack-no-base", "extends: nowhere", "nowhere"),
    ("extends: base", "extends: ''", "pack-extends-what", "extends: ''", "extends"),
    ("extends: base", "extends: [base]", "pack-extends-what", "extends: [base]", "extends"),
    ("extends: base", "extends: " + "x" * 5000, "pack-no-base", "extends: " + "x" * 5000, "xxx"),
    ("extends: base", "extends: own", "pack-extends-circle", "extends: own", "own → own"),
    ("name: nearby", "name: small", "pack-name-of-base", "name: small", "small"),
    ("name: nearby\n", "", "pack-missing", None, "name"),
    ("extends: base\n", "", "pack-no-base-to-change", "drop: [hot-job]", "drop"),
    ("extends: base\n", "", "pack-no-base-to-change", "change:", "change"),
    ("[hot-job]", "[hot-jobs]", "pack-nothing-to-change", "drop: [hot-jobs]", "hot-jobs"),
    ("[hot-job]", "[usual]", "pack-nothing-to-change", "drop: [usual]", "ladders/usual"),
    ("[hot-job]", "[hot-job, hot-job]", "pack-nothing-to-change", "drop: [hot-job, hot-job]", "hot-job"),
    ("[hot-job]", "['', /, //, forms/]", "pack-nothing-to-change", "drop: ['', /, //, forms/]", ""),
    ("[hot-job]", "hot-job", "pack-drop-what", "drop: hot-job", "drop"),
    ("[hot-job]", "[{id: hot-job}]", "pack-drop-what", "drop: [{id: hot-job}]", "drop"),
    ("[hot-job]", "[plan]", "pack-unknown-name", "      - {obligation: plan}", "plan"),
    ("  dispatch: {", "  dispatcher: {", "pack-nothing-to-change", "  dispatcher: {minutes: 9, title: 调度会}", "plan"),
    ("rungs/nudge", "rungs/nudges", "pack-nothing-to-change", None, "opens、nudge"),
    ("articles/4/title", "articles/4/titel", "pack-nothing-to-change", None, "scope"),
    ("{minutes: 9, title: 调度会}", "9", "pack-change-what", "  dispatch: 9", "dispatch"),
    ("{minutes: 9, title: 调度会}", "", "pack-change-what", "  dispatch: ", "dispatch"),
    ("{minutes: 9, title: 调度会}", "{minute: 9}", "pack-unknown-key", "  dispatch: {minute: 9}", "minute"),
    ("{minutes: 9, title: 调度会}", "{minutes: 0}", "pack-bad-value", "  dispatch: {minutes: 0}", "minutes"),
    ("  - id: drill", "  - id: plan", "pack-in-base", "  - id: plan", "plan"),
    ("{id: dust,", "{id: ammonia,", "pack-in-base", "  - {id: ammonia, name: 粉尘}", "tags/ammonia"),
]


def _line(problem: Problem) -> str:
    return Path(problem.file).read_text(encoding="utf-8").splitlines()[problem.line - 1]


@pytest.mark.parametrize(("good", "bad", "fault", "line", "named"), FAULTS)
def test_a_fault_of_what_extends_is_told_where_it_is(
    tmp_path: Path, good: str, bad: str, fault: str, line: str | None, named: str
) -> None:
    assert good in OWN
    folder = packs(tmp_path, own=OWN.replace(good, bad, 1)) / "own"
    found = [problem for problem in check(folder) if problem.what.id == fault]
    told = [_line(one) for one in found if line]
    assert found
    assert line is None or line in told
    for language in LANGUAGES:
        assert any(named in render(problem.what, language) for problem in found)


def test_packs_in_a_circle_are_told_with_their_way(tmp_path: Path) -> None:
    each = {name: f"name: {name}\nextends: {base}\n" for name, base in (("a", "b"), ("b", "c"), ("c", "b"))}
    (problem,) = check(packs(tmp_path, **each) / "a")
    assert (problem.what.id, problem.line) == ("pack-extends-circle", 2)
    assert "a → b → c → b" in render(problem.what, "en")


def test_two_packs_of_one_name_are_told(tmp_path: Path) -> None:
    folder = packs(tmp_path, own=OWN.replace("extends: base", "extends: shenyang_2023"), shenyang_2023="name: x\n")
    (problem,) = check(folder / "own")
    assert (problem.what.id, problem.line) == ("pack-two-of-one-name", 2)
    assert str(folder / "shenyang_2023") in render(problem.what, "zh-CN")


def test_a_fault_of_the_base_is_told_in_the_file_of_the_base(tmp_path: Path) -> None:
    folder = packs(tmp_path, own=OWN.replace("extends: base", "extends: worse"), worse="{a: [b\n")
    (problem,) = check(folder / "own")
    assert (problem.file, problem.what.id) == (str(folder / "worse" / "pack.yaml"), "pack-not-yaml")


def test_merging_changes_neither_side() -> None:
    base = {"obligations": Value("a", 1, [Value("a", 2, {"id": Value("a", 2, "x"), "n": Value("a", 3, "1")})])}
    own = {"change": Value("b", 1, {"x": Value("b", 2, {"n": Value("b", 2, "2")})})}
    kept = unfolded(base), unfolded(own)
    merged, problems = extended(base, own)
    assert (unfolded(base), unfolded(own), problems) == (*kept, [])
    data, places = unfolded(merged)
    assert data == {"obligations": [{"id": "x", "n": "2"}]}
    assert (places["obligations", 0, "id"], places["obligations", 0, "n"]) == (("a", 2), ("b", 2))


def test_the_files_of_what_is_extended_are_known(tmp_path: Path) -> None:
    folder = packs(tmp_path, own=OWN, third="name: third\nextends: own\n")
    assert pack_file.read(folder / "third").bases == (folder / "own", folder / "base")
