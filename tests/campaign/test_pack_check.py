"""Each fault that can be put into a pack is refused with its file, its line and what to do."""

import shutil
from pathlib import Path

import pytest

from campaign.pack import PackError, load, shipped
from campaign.pack_check import check, notes
from campaign.pack_file import SIZE
from talk.texts import LANGUAGES, Say, render

SMALL = Path(__file__).parent / "small_pack"
FEBRUARY = '"2024-02-01 [S]"'
BASE, FIRST, SECOND = "pack.yaml", "obligations-1.yaml", "obligations-2.yaml"

CASES: list[tuple[str, str, str, str, int]] = [
    # file, what is replaced, by what, the fault, how many lines after the place the fault stands
    (FIRST, "clause: 三(一)1", "clause:", "pack-no-clause", 0),
    (FIRST, "clause: 三(一)1", "clause: []", "pack-no-clause", 0),
    (SECOND, "clause: [三(一)1, 四]", "clause: [三(一)1, '']", "pack-no-clause", 0),
    (FIRST, "    clause: 三(一)1\n", "", "pack-no-clause", -1),
    (FIRST, "due: 2024-01-31 [N]", "due: 2024-01-31", "pack-no-mark", 0),
    (FIRST, "due: 2024-01-31 [N]", "due: 2024-01-31 [X]", "pack-no-mark", 0),
    (FIRST, "due: 2024-01-31 [N]", "due:\n          - 2024-01-31", "pack-no-mark", 0),
    (SECOND, "due: period end [D]", "due: period end", "pack-no-mark", 0),
    (SECOND, "opens: day 5 [D]", "opens: day 5", "pack-no-mark", 0),
    (BASE, "start: 2024-01-10 [N]", "start: 2024-01-10", "pack-no-mark", 0),
    (BASE, "end: 2024-06-30 [D]", "end: 2024-06-30", "pack-no-mark", 0),
    (BASE, "start: 2024-04-01 [N]", "start: 2024-04-01", "pack-no-mark", 0),
    (BASE, "due: 2024-01-31 [N]", "due: 2024-01-31", "pack-no-mark", 0),
    (FIRST, "due: 2024-01-31 [N]", "due: 2024-02-30 [N]", "pack-bad-day", 0),
    (SECOND, "opens: day 5 [D]", "opens: day 29 [D]", "pack-bad-day", 0),
    (SECOND, "opens: day 5 [D]", "opens: last day [D]", "pack-bad-day", 0),
    (SECOND, "opens: day 5 [D]", "opens: 02-29 of each year [D]", "pack-bad-day", 0),
    (SECOND, "opens: day 5 [D]", "opens: 13-01 of next year [D]", "pack-bad-day", 0),
    (SECOND, "opens: day 5 [D]", "opens: within 3 working days [D]", "pack-bad-day", 0),
    (SECOND, "opens: day 5 [D]", "opens: day 5 [s~]", "pack-no-mark", 0),
    (SECOND, "due: period end [D]", "due: period end + 0 working days [S]", "pack-bad-day", 0),
    (SECOND, "due: period end [D]", "due: day 15 of next month [S~]", "pack-after", -2),
    (BASE, "end: 2024-06-30 [D]", "end: 2024-06-30 [D]\nclosing: 45 days", "pack-no-mark", 1),
    (BASE, "end: 2024-06-30 [D]", "end: 2024-06-30 [D]\nclosing: 45 [D]", "pack-bad-days", 1),
    (BASE, "end: 2024-06-30 [D]", "end: 2024-06-30 [D]\nclosing: 0 days [D]", "pack-bad-days", 1),
    (BASE, "end: 2024-06-30 [D]", "end: 2024-06-30 [D]\nclosing: [45]", "pack-no-mark", 1),
    (SECOND, "opens: day 5 [D]", "opens: within 2 hours [D]", "pack-bad-day", 0),
    (SECOND, "period end + 3 days [N]", "period start + 3 days [N]", "pack-bad-day", 0),
    (BASE, "start: 2024-04-01 [N]", "start: day 1 [N]", "pack-bad-day", 0),
    (FIRST, "due: 2024-01-31 [N]", "due: 2024-07-01 [N]", "pack-after", 0),
    (FIRST, "due: 2024-01-31 [N]", "opens: 2024-01-09 [D]\n        due: 2024-01-31 [N]", "pack-outside", 0),
    (SECOND, "phases: [1]", "phases: [1, 2]", "pack-after", -1),
    (BASE, "due: 2024-01-31 [N]", "due: 2024-01-09 [N]", "pack-outside", 0),
    (BASE, "start: 2024-04-01 [N]", "start: 2023-04-01 [N]", "pack-outside", 0),
    (FIRST, "due: 2024-01-31 [N]", "opens: 2024-02-01 [D]\n        due: 2024-01-31 [N]", "pack-backwards", -2),
    (BASE, "end: 2024-06-30 [D]", "end: 2024-01-09 [D]", "pack-backwards", 0),
    (BASE, "end: 2024-06-30 [N]", "end: 2024-03-30 [N]", "pack-backwards", -3),
    (FIRST, "tag: hot-work", "tag: fire", "pack-unknown-name", 0),
    (FIRST, "tags: [hot-work]", "tags: [ammonia, fire]", "pack-unknown-name", 0),
    (BASE, "sectors: [light]", "sectors: [heavy]", "pack-unknown-name", 0),
    (BASE, "without_tags: [ammonia]", "without_tags: [fire]", "pack-unknown-name", 0),
    (FIRST, "ladder: usual", "ladder: unusual", "pack-unknown-name", 0),
    (BASE, "ladder: usual", "ladder: unusual", "pack-unknown-name", 0),
    (BASE, "obligation: plan", "obligation: plans", "pack-unknown-name", 0),
    (SECOND, "phases: [1]", "phases: [1, 3]", "pack-unknown-name", 0),
    (BASE, "block: B, row: 1", "block: C, row: 1", "pack-unknown-name", 0),
    (BASE, "period: 2024-01}", "period: 2024-07}", "pack-no-such-period", 0),
    (BASE, "{obligation: dispatch, period: 2024-01}", "{obligation: dispatch}", "pack-no-such-period", 0),
    (SECOND, "id: report", "id: dispatch", "pack-repeated", 0),
    (SECOND, "id: report", "id: plan", "pack-repeated", 0),
    (BASE, "id: textile", "id: light", "pack-repeated", 0),
    (BASE, "id: hot-work", "id: ammonia", "pack-repeated", 0),
    (BASE, "aliases: [焊接]", "aliases: [氨]", "pack-repeated", 0),
    (BASE, "name: 丙区", "name: 乙区", "pack-repeated", 0),
    (BASE, "number: 2", "number: 1", "pack-repeated", 0),
    (BASE, "name: nudge", "name: opens", "pack-repeated", -3),
    (BASE, "id: 3-2", "id: 3-1", "pack-repeated", 0),
    (BASE, "place: 厂房, fact: 其他情形", "fact: 其他情形", "pack-missing", 0),
    (BASE, "place: 厂房, fact: 其他情形", "place: 厂房", "pack-missing", 0),
    (BASE, "place: 库房", "place: 库", "pack-length", 0),
    (BASE, "place: 库房", "place: 一二三四五六七八", "pack-length", 0),
    (BASE, "fact: 别的情形", "fact: 不合格", "pack-length", 0),
    (BASE, "fact: 别的情形", "fact: 一二三四五六七八九十一二三四五", "pack-length", 0),
    (BASE, "number: 4", "number: 3", "pack-repeated", 0),
    (BASE, "block: A, row: 2", "block: A, row: 1", "pack-repeated", 0),
    (BASE, "{ledger: [listed]}", "{ledger: []}", "pack-counts-nothing", 0),
    (BASE, "{ledger: [listed]}", "{}", "pack-counts-nothing", 0),
    (BASE, "{ledger: [listed]}", "", "pack-counts-nothing", 0),
    (BASE, ", counts: {ledger: [listed]}", "", "pack-counts-nothing", 0),
    (BASE, "{ledger: [listed]}", "{ledger: [lifted]}", "pack-not-one-of", 0),
    (BASE, "{ledger: [listed]}", "{leger: [listed]}", "pack-unknown-key", 0),
    (BASE, "{id: B,", "{id: E,", "pack-not-one-of", 0),
    (FIRST, "title: {zh: 计划, en: Plan}", "title: {en: Plan}", "pack-no-chinese", 0),
    (FIRST, "title: {zh: 计划, en: Plan}", "title: {zh: ' ', en: Plan}", "pack-no-chinese", 0),
    (BASE, "text: 别的}", "text: }", "pack-no-chinese", 0),
    (FIRST, "title: {zh: 计划, en: Plan}", "title: {zh: 计划, fr: Plan}", "pack-unknown-key", 0),
    (SECOND, "cadence: monthly", "cadence: sometimes", "pack-not-one-of", 0),
    (FIRST, "owner: principal", "owner: boss", "pack-not-one-of", 0),
    (FIRST, "minutes: 5", "minutes: five", "pack-bad-value", 0),
    (FIRST, "minutes: 5", "minutes: 0", "pack-bad-value", 0),
    (FIRST, "id: plan", "id: The plan", "pack-bad-value", 0),
    (BASE, "zone: Asia/Shanghai", "zone: Asia/Shenyang", "pack-bad-value", 0),
    (FIRST, "minutes: 5", "minute: 5", "pack-unknown-key", 0),
    (FIRST, "    minutes: 5\n", "", "pack-missing", -6),
    (FIRST, "        due: 2024-01-31 [N]\n", "", "pack-due", -2),
    (FIRST, "cadence: continuous", "cadence: continuous\n        due: 2024-06-30 [D]", "pack-due", 0),
    (FIRST, "due: 2024-01-31 [N]", "due: within 2 hours [D]", "pack-hours", -2),
    (
        FIRST,
        "- cadence: continuous",
        "- cadence: yearly\n        every: 1 years\n        due: period end [D]",
        "pack-bad-value",
        1,
    ),
    (
        FIRST,
        "- cadence: continuous",
        "- cadence: monthly\n        every: 2 years\n        due: period end [D]",
        "pack-every",
        0,
    ),
    (FIRST, "- cadence: continuous", "- {scope: {tags: [hot-work]}, cadence: continuous}", "pack-shadowed", 0),
    (
        FIRST,
        "- cadence: continuous",
        "- {scope: {sectors: [light], tags: [hot-work]}, cadence: continuous}",
        "pack-shadowed",
        0,
    ),
    (SECOND, "    trigger: hot-job\n", "", "pack-trigger", -8),
    (SECOND, "        phases: [1]\n", "", "pack-phases", -1),
    (FIRST, "cadence: once", "cadence: once\n        phases: [1]", "pack-phases", -1),
    (FIRST, "scope: {tags: [hot-work]}", "scope: {employees: 100}", "pack-bad-range", 0),
    (FIRST, "scope: {tags: [hot-work]}", "scope: {employees: 99-30}", "pack-bad-range", 0),
    (FIRST, "scope: {tags: [hot-work]}", "scope: {all_tags: [ammonia, fire]}", "pack-unknown-name", 0),
    (FIRST, "    minutes: 5", f"    valid: {{from: {FEBRUARY}}}\n    minutes: 5", "pack-valid-from", -6),
    (FIRST, "    minutes: 5", "    valid: {from: 2024-02-01}\n    minutes: 5", "pack-no-mark", 0),
    (FIRST, "    minutes: 5", "    valid: {from: 2024-02-01 [S]}\n    minutes: 5", "pack-not-yaml", 0),
    (FIRST, "    minutes: 5", f"    valid:\n      from: {FEBRUARY}\n      until: 2024-01-09 [S]", "pack-backwards", 0),
    (FIRST, "    minutes: 5", f"    valid: {{since: {FEBRUARY}}}\n    minutes: 5", "pack-unknown-key", 0),
    (FIRST, "    minutes: 5", "    off: true\n    minutes: 5", "pack-off", -6),
    (BASE, "when: due - 3 days", "when: due - 3", "pack-bad-moment", 0),
    (BASE, "when: opens + 1 working day", "when: opens + 1 day", "pack-bad-moment", 0),
    (BASE, "when: halfway", "when: halfway + 1 day", "pack-bad-moment", 0),
    (BASE, "city: 甲市", 'city: "甲\\uFFFF市"', "pack-unwritable", 0),
    (FIRST, "minutes: 5", 'minutes: "5\\e"', "pack-unwritable", 0),
    (BASE, "city: 甲市", "city: 甲市\ncity: 乙市", "pack-key-twice", 1),
    (FIRST, "minutes: 5", "minutes: 5\n    minutes: 6", "pack-key-twice", 1),
    (FIRST, "cadence: once", "cadence once", "pack-not-yaml", 1),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "pack"))


def spoil(folder: Path, name: str, good: str, bad: str) -> int:
    """Replace the first place where something stands; the line (from 1) on which it began."""
    file = folder / name
    before, found, after = file.read_text(encoding="utf-8").partition(good)
    assert found, good
    file.write_text(before + bad + after, encoding="utf-8")
    return before.count("\n") + 1


def test_the_small_pack_is_sound() -> None:
    assert check(SMALL) == []
    assert [obligation.id for obligation in load(str(SMALL)).obligations] == ["plan", "dispatch", "report", "hot-job"]


@pytest.mark.parametrize(("file", "good", "bad", "fault", "shift"), CASES)
def test_a_fault_is_found_where_it_is(folder: Path, file: str, good: str, bad: str, fault: str, shift: int) -> None:
    line = spoil(folder, file, good, bad) + shift
    found = [(problem.file, problem.line) for problem in check(folder) if problem.what.id == fault]
    assert found == [(str(folder / file), line)]
    with pytest.raises(PackError):
        load(str(folder))


PHASE = "      - cadence: phase\n        phases: [{phases}]\n        due: period end [D]\n"


def test_a_period_of_which_nobody_owes_anything_is_noted_and_no_fault(folder: Path) -> None:
    smelting = PHASE.format(phases=1).replace("- cad", "- scope: {tags: [ammonia]}\n        cad")
    spoil(
        folder,
        SECOND,
        "      - cadence: monthly\n        opens: day 5 [D]\n        due: period end [D]\n",
        smelting + PHASE.format(phases="1, 2"),
    )
    spoil(
        folder,
        BASE,
        "      - {obligation: dispatch, period: 2024-01}",
        "      - {obligation: dispatch, period: phase-1}",
    )
    assert check(folder) == []
    (note,) = notes(folder)
    assert (Path(note.file).name, note.line) == (SECOND, 11)
    assert "第二阶段" in render(note.what, "zh-CN")
    assert [notes(pack) for pack in shipped()] == [[] for _ in shipped()]


def test_two_criteria_cannot_be_found_by_the_same_taps(folder: Path) -> None:
    line = spoil(folder, BASE, "fact: 其他情形", "fact: 未装报警") - 4
    (problem,) = check(folder)
    assert (problem.line, problem.what.id) == (line, "pack-repeated")
    assert "厂房：未装报警" in render(problem.what, "zh-CN")


def test_places_and_facts_are_no_more_than_the_buttons_of_a_message(folder: Path) -> None:
    more = "\n".join(f"        - {{id: 4-{n}, place: {{place}}, fact: 第{n}种情形, text: 别的}}" for n in range(2, 8))
    kept = (folder / BASE).read_text(encoding="utf-8")
    places = kept.replace("text: 别的}", "text: 别的}\n" + more.replace("{place}", "库房"), 1)
    (folder / BASE).write_text(places, encoding="utf-8")
    (problem,) = check(folder)
    assert problem.what == Say("pack-many-facts", place="库房", number=7, most=6)
    each = "\n".join(line.replace("{place}", f"库房{n}") for n, line in enumerate(more.splitlines()))
    (folder / BASE).write_text(kept.replace("text: 别的}", "text: 别的}\n" + each, 1), encoding="utf-8")
    (problem,) = check(folder)
    assert problem.what == Say("pack-many-places", number=7, most=6)


def test_a_missing_key_of_the_pack_itself_could_stand_in_any_file(folder: Path) -> None:
    spoil(folder, BASE, "city: 甲市\n", "")
    (problem,) = check(folder)
    assert (problem.file, problem.line, problem.what.id) == (str(folder), 1, "pack-missing")
    assert "city" in render(problem.what, "zh-CN")


def test_all_faults_are_told_at_once_in_the_order_of_the_files(folder: Path) -> None:
    spoil(folder, SECOND, "owner: clerk", "owner: boss")
    spoil(folder, BASE, "sectors: [light]", "sectors: [heavy]")
    spoil(folder, FIRST, "clause: 三(一)1", "clause:")
    spoil(folder, FIRST, "due: 2024-01-31 [N]", "due: 2024-01-31")
    found = [(Path(problem.file).name, problem.what.id) for problem in check(folder)]
    assert found == [
        (FIRST, "pack-no-clause"),
        (FIRST, "pack-no-mark"),
        (SECOND, "pack-not-one-of"),
        (BASE, "pack-unknown-name"),
    ]


@pytest.mark.parametrize("text", ["", "# nothing\n", "- a list\n", "a sentence\n", "{a: [b\n", "\x00", b"\xff\xfe\x00"])
def test_what_is_no_pack_at_all(tmp_path: Path, text: str | bytes) -> None:
    (tmp_path / "pack.yaml").write_bytes(text.encode() if isinstance(text, str) else text)
    problems = check(tmp_path)
    assert problems
    assert {problem.file for problem in problems} <= {str(tmp_path), str(tmp_path / "pack.yaml")}


def test_no_files(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere"):
        (problem,) = check(path)
        assert problem.what.id == "pack-no-files"


def test_a_pack_is_found_by_its_name_its_folder_or_a_file_in_it() -> None:
    assert check(SMALL / "pack.yaml") == []
    assert load(str(SMALL / "pack.yaml")) == load(str(SMALL))
    assert shipped() == ("shenyang_2023",)
    assert [load(name).name for name in shipped()] == list(shipped())


def test_a_refusal_says_what_was_given_and_what_to_do(folder: Path) -> None:
    spoil(folder, FIRST, "due: 2024-01-31 [N]", "due: 2024-01-31")
    (problem,) = check(folder)
    assert "“2024-01-31”" in render(problem.what, "zh-CN")
    assert "[N]" in render(problem.what, "zh-CN")
    assert "2024-01-31" in render(problem.what, "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_its_words(folder: Path, language: str) -> None:
    for file, good, bad, *_ in CASES:
        kept = (folder / file).read_bytes()
        spoil(folder, file, good, bad)
        for problem in check(folder):
            assert render(problem.what, language)
        (folder / file).write_bytes(kept)
    with pytest.raises(PackError) as refusal:
        load(str(folder / "nowhere"))
    assert "nowhere" in render(refusal.value.what, language)


@pytest.mark.parametrize(
    "hostile",
    [
        "a: &a [*a]",
        "a: &a {b: *a}",
        "a: " + "[" * 900 + "]" * 900,
        "\n".join(["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))]),
        f"a: {'x' * SIZE}",
    ],
    ids=["list in itself", "mapping in itself", "deep", "billions", "long"],
)
def test_a_pack_that_holds_or_nests_too_much_is_refused_in_words(tmp_path: Path, hostile: str) -> None:
    (tmp_path / BASE).write_text(hostile, encoding="utf-8")
    (problem,) = check(tmp_path)
    assert "内容过多或层次过深" in render(problem.what, LANGUAGES[0])
