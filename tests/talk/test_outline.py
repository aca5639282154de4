import re
from dataclasses import dataclass
from datetime import date

import pytest

from talk.conversation import StoredBrief, Talk
from talk.outline import LONGEST, EndlessError, outline, paths
from talk.questions import Choice, Confirm, Count, Day, Option, Photo, Text, YesNo
from talk.texts import CHINESE, ENGLISH, Words

YES, NO = True, False
KINDS = (
    Option("gas", Words("燃气", "Gas")),
    Option("dust", Words("粉尘", "Dust")),
    Option("other", Words("其他", "Other")),
)


@dataclass(frozen=True)
class Checked:
    """What the check came to."""

    found: bool
    note: str = ""


def check(brief: StoredBrief) -> Talk[Checked | None]:
    """A check with a branch in a branch, and a photo on request."""
    held = yield from YesNo(key="held", ask=Words("查了吗？", "Was it checked?"))
    if not held:
        return None
    kind = yield from Choice(key="kind", ask=Words("哪一类？", "Of what kind?"), choices=KINDS)
    note = ""
    if kind == "other":
        note = yield from Text(key="note", ask=brief["note"], nothing=Words("没有", "None"))
    photos = yield from Photo(key="photos", ask="photos", on_request=Words("附照片", "Add photos"), nothing="no")
    if photos:
        yield from YesNo(key="faces", ask="faces")
    yield from Confirm(key="confirm", ask="confirm")
    return Checked(found=kind != "gas", note=note)


BRIEF: StoredBrief = {"note": "说明"}
PHOTO = "photos"


def test_each_sample_is_tried_once_while_the_others_keep_their_first() -> None:
    tried = [{key: value for key, value in path.steps if key not in ("confirm", PHOTO)} for path in paths(check, BRIEF)]
    assert tried == [
        {"held": True, "kind": "gas"},
        {"held": False},
        {"held": True, "kind": "dust"},
        {"held": True, "kind": "other", "note": "…"},
        {"held": True, "kind": "gas", "faces": True},
        {"held": True, "kind": "gas"},
        {"held": True, "kind": "other", "note": ""},
        {"held": True, "kind": "gas", "faces": False},
    ]


def test_every_path_comes_to_its_end() -> None:
    assert [path.result for path in paths(check, BRIEF)][:4] == [
        Checked(found=False),
        None,
        Checked(found=True),
        Checked(found=True, note="…"),
    ]


def test_the_paths_as_a_flowchart() -> None:
    assert outline(check, BRIEF) == (
        "flowchart TD\n"
        '    q0["查了吗？"]\n'
        '    q1["哪一类？"]\n'
        '    q2["confirm"]\n'
        '    q3["photos"]\n'
        '    q4["说明"]\n'
        '    q5["faces"]\n'
        '    e0(["Checked found=False"])\n'
        '    e1(["NoneType"])\n'
        '    e2(["Checked found=True"])\n'
        '    q0 -->|"是"| q1\n'
        '    q1 -->|"燃气 / 粉尘"| q2\n'
        '    q2 -->|"确认提交"| e0\n'
        '    q0 -->|"否"| e1\n'
        '    q2 -->|"确认提交"| e2\n'
        '    q1 -->|"其他"| q4\n'
        '    q4 -->|"… / 没有"| q2\n'
        '    q1 -->|"燃气"| q5\n'
        '    q5 -->|"是 / 否"| q2\n'
        '    q2 <-.->|"附照片"| q3\n'
    )


def test_the_flowchart_speaks_the_language_asked_for_and_is_the_same_every_time() -> None:
    english = outline(check, BRIEF, ENGLISH)
    assert 'q1["Of what kind?"]' in english
    assert 'q1 -->|"Gas / Dust"| q2' in english
    assert outline(check, BRIEF, ENGLISH) == english
    assert outline(check, BRIEF, CHINESE) != english


def test_what_mermaid_would_take_for_its_own_is_escaped() -> None:
    told = outline(check, {"note": '1. "燃气" [a](b)\n{c} <i>d</i> | #35; `e` & end'})
    escaped = (
        "1#46; #34;燃气#34; #91;a#93;#40;b#41; #123;c#125; #60;i#62;d#60;/i#62; #124; #35;35#59; #96;e#96; #38; end"
    )
    assert f'q4["{escaped}"]' in told
    for line in told.splitlines()[1:]:
        inside = "".join(re.findall(r'"([^"]*)"', line))
        assert not set(inside) & set("[](){}<>|\\`&")


def round_of_places(brief: StoredBrief) -> Talk[int]:
    total = 0
    for place in brief["places"]:
        found = yield from Count(key=f"place/{place}/found", ask="found", maximum=9)
        if found:
            yield from Day(key=f"place/{place}/until", ask="until", first=date(2023, 6, 1), last=date(2023, 6, 30))
        total += found
    return total


def test_the_elements_of_a_loop_are_tried_one_by_one() -> None:
    totals = [
        [value for key, value in path.steps if key.endswith("found")]
        for path in paths(round_of_places, {"places": [41, 42]})
    ]
    assert totals == [[1, 1], [0, 1], [1, 0]]


def test_further_elements_of_a_loop_are_passed_and_not_tried() -> None:
    totals = [
        [value for key, value in path.steps if key.endswith("found")]
        for path in paths(round_of_places, {"places": [41, 42, 43]})
    ]
    assert totals == [[1, 1, 0], [0, 1, 0], [1, 0, 0]]


def until_no(brief: StoredBrief) -> Talk[int]:
    del brief
    number = 0
    while (yield from YesNo(key=f"hazard/{number}/more", ask="more")):
        number += 1
    return number


def test_a_loop_that_only_an_answer_ends_is_ended() -> None:
    assert [path.result for path in paths(until_no, {})] == [2, 0, 1]


def test_a_dialog_without_an_end_is_an_error() -> None:
    def endless(brief: StoredBrief) -> Talk[None]:
        del brief
        number = 0
        while True:
            yield from YesNo(key=f"hazard/{number}/more", ask="more")
            number += 1

    with pytest.raises(EndlessError, match=f"hazard/{LONGEST}/more"):
        outline(endless, {})


def test_a_sample_that_does_not_answer_its_own_question_is_an_error() -> None:
    class Broken(YesNo):
        def decode(self, stored: object) -> bool:
            raise ValueError(stored)

    def dialog(brief: StoredBrief) -> Talk[bool]:
        del brief
        return (yield from Broken(key="held", ask="held"))

    with pytest.raises(EndlessError, match="held"):
        outline(dialog, {})


def test_results_are_told_apart_by_type_and_by_yes_or_no() -> None:
    def told(result: object) -> str:
        def dialog(brief: StoredBrief) -> Talk[object]:
            del brief
            yield from ()
            return result

        return outline(dialog, {})

    assert told(YES) == 'flowchart TD\n    e0(["True"])\n'
    assert told("赵演丁") == 'flowchart TD\n    e0(["str"])\n'
    assert told(Checked(found=NO, note="赵演丁")) == 'flowchart TD\n    e0(["Checked found=False"])\n'
