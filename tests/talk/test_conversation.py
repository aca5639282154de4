import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, assert_type
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from talk.conversation import DuplicateKeyError, Finished, Remembered, StoredBrief, Talk, Turn, digest, drive
from talk.messages import FileRef
from talk.questions import (
    Amount,
    Choice,
    Choices,
    Confirm,
    Count,
    Day,
    Moment,
    Option,
    Photo,
    Picked,
    Question,
    Text,
    YesNo,
)
from talk.texts import Phrase, Words

ASK = "…？"
YES, NO = True, False
KINDS = (
    Option("gas", Words("燃气", "Gas")),
    Option("dust", Words("粉尘", "Dust")),
    Option("other", Words("其他", "Other")),
)
PHOTO = FileRef("0" * 64, "风机.jpg", "image/jpeg", 7)
"""The name of a file is somebody's own text, too."""


def inspection(brief: StoredBrief) -> Talk[str]:
    """An inspection: who led it, what was found of what kind at each place, the funds, a confirmation."""
    led = yield from YesNo(key="led", ask=ASK, label="带队", yes=Words("是", "Yes"), no=Words("否", "No"))
    leader = "本人"
    if not led:
        leader = yield from Text(key="leader", ask=ASK, label="带队人")
    total = 0
    for place in brief["places"]:
        total += yield from hazards_at(place)
    if total:
        yield from Amount(key="funds", ask=ASK, label="资金")
    yield from Photo(key="photos", ask=ASK, label="附件", on_request="附照片", nothing="不附了")
    yield from Confirm(key="confirm", ask=ASK)
    return f"{leader}：{total}"


def hazards_at(place: str) -> Talk[int]:
    found = yield from Count(key=f"place/{place}/found", ask=ASK, label=place, maximum=9)
    if found:
        yield from Choices(key=f"place/{place}/kinds", ask=ASK, label="类别", choices=KINDS, free=True)
        yield from Day(
            key=f"place/{place}/until", ask=ASK, label="期限", first=date(2023, 6, 1), last=date(2023, 6, 30)
        )
    return found


BRIEF: StoredBrief = {"places": ["涂装车间", "除尘间"]}


@dataclass
class Person:
    """Whoever answers a dialog: keeps the answers as a database would, by key and as JSON."""

    dialog: Callable[[StoredBrief], Talk[Any]]
    brief: StoredBrief = field(default_factory=dict)
    answers: dict[str, Remembered] = field(default_factory=dict)
    focus: str | None = None

    @property
    def turn(self) -> Turn | Finished[Any]:
        """Where the dialog stands."""
        return drive(self.dialog, self.brief, self.answers, self.focus)

    @property
    def asked(self) -> str:
        """The key of the question that waits, "" at the end."""
        turn = self.turn
        return turn.question.key if isinstance(turn, Turn) else ""

    def answer(self, *values: Any) -> "Person":
        """Answer one question after the other, each with a value of its kind."""
        for value in values:
            question = self.question
            self.put(question, value)
            self.focus = None
        return self

    def put(self, question: Question[Any], value: Any) -> None:
        """Keep an answer."""
        self.answers[question.key] = Remembered(question.rev, json.loads(json.dumps(question.encode(value))))

    def ask_again(self, key: str) -> "Person":
        """Go back to a question."""
        self.focus = key
        return self

    def confirm(self) -> "Person":
        """Confirm what the confirmation binds."""
        question = self.question
        assert isinstance(question, Confirm)
        assert question.digest
        return self.answer(question.digest)

    @property
    def question(self) -> Question[Any]:
        """The question that waits."""
        turn = self.turn
        assert isinstance(turn, Turn)
        return turn.question

    @property
    def path(self) -> list[str]:
        """The keys passed so far."""
        return [one.question.key for one in self.turn.visited]

    @property
    def result(self) -> Any:
        """What the dialog decided."""
        turn = self.turn
        assert isinstance(turn, Finished)
        return turn.result


def inspector() -> Person:
    """Somebody who found two hazards in the first place and stands before the confirmation."""
    person = Person(inspection, BRIEF)
    return person.answer(YES, 2, Picked(("dust",), "积尘"), date(2023, 6, 20), 0, Decimal(30000))


# Types and keys.


def typed(brief: StoredBrief) -> Talk[bool]:
    """The type checker proves which types the answers have, the run that they have them."""
    del brief
    held = yield from YesNo(key="held", ask=ASK)
    assert_type(held, bool)
    form = yield from Choice(key="form", ask=ASK, choices=KINDS)
    assert_type(form, str)
    matters = yield from Choices(key="matters", ask=ASK, choices=KINDS)
    assert_type(matters, Picked)
    people = yield from Count(key="people", ask=ASK)
    assert_type(people, int)
    funds = yield from Amount(key="funds", ask=ASK)
    assert_type(funds, Decimal)
    day = yield from Day(key="day", ask=ASK, first=date(2023, 6, 1), last=date(2023, 6, 30))
    assert_type(day, date)
    moment = yield from Moment(key="moment", ask=ASK)
    assert_type(moment, datetime)
    note = yield from Text(key="note", ask=ASK)
    assert_type(note, str)
    photos = yield from Photo(key="photos", ask=ASK)
    assert_type(photos, tuple[FileRef, ...])
    places = yield from hazards_at("除尘间")
    assert_type(places, int)
    confirmed = yield from Confirm(key="confirm", ask=ASK)
    assert_type(confirmed, str)
    answers = (held, form, matters, people, funds, day, moment, note, photos, places, confirmed)
    kinds = (bool, str, Picked, int, Decimal, date, datetime, str, tuple, int, str)
    return all(type(answer) is kind for answer, kind in zip(answers, kinds, strict=True))


def test_an_answer_has_the_type_of_its_question() -> None:
    talk = Person(typed)
    at = datetime(2023, 6, 20, 9, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    talk.answer(YES, "gas", Picked(("gas",)), 3, Decimal(1), date(2023, 6, 20), at, "…", (PHOTO,), 0).confirm()
    assert talk.result is True


def test_a_key_that_is_asked_twice_is_an_error_also_in_a_loop() -> None:
    def twice(brief: StoredBrief) -> Talk[None]:
        for _ in brief["places"]:
            yield from YesNo(key="found", ask=ASK)

    talk = Person(twice, BRIEF)
    with pytest.raises(DuplicateKeyError, match="found"):
        talk.answer(YES).asked  # noqa: B018  # looking is what raises


def test_a_key_is_taken_also_by_a_question_that_nobody_opened() -> None:
    def twice(brief: StoredBrief) -> Talk[None]:
        del brief
        yield from Photo(key="photos", ask=ASK, on_request="附照片")
        yield from Photo(key="photos", ask=ASK, on_request="附照片")

    with pytest.raises(DuplicateKeyError, match="photos"):
        drive(twice, {}, {})


def test_an_error_of_the_dialog_is_not_taken_for_an_undecodable_answer() -> None:
    def broken(brief: StoredBrief) -> Talk[str]:
        yield from YesNo(key="held", ask=ASK)
        return str(brief["missing"])

    talk = Person(broken)
    with pytest.raises(KeyError, match="missing"):
        talk.answer(YES).asked  # noqa: B018  # looking is what raises


def test_a_dialog_is_closed_whether_it_waits_or_ends() -> None:
    talks: list[Talk[bool]] = []
    ends: list[str] = []

    def watched(brief: StoredBrief) -> Talk[bool]:
        del brief
        try:
            return (yield from YesNo(key="held", ask=ASK))
        finally:
            ends.append("closed")

    def kept(brief: StoredBrief) -> Talk[bool]:
        # Held here, so that it is drive that closes it, and not that it is forgotten.
        talks.append(watched(brief))
        return talks[-1]

    drive(kept, {}, {})
    assert ends == ["closed"]
    drive(kept, {}, {"held": Remembered(1, value=True)})
    assert ends == ["closed", "closed"]


# Memory by key.


def test_a_dialog_without_questions_ends_at_once() -> None:
    def silent(brief: StoredBrief) -> Talk[str]:
        yield from ()
        return str(brief["name"])

    assert drive(silent, {"name": "郑演丙"}, {}) == Finished("郑演丙", ())


def test_driving_again_gives_the_same_turn() -> None:
    for talk in (Person(inspection, BRIEF), inspector(), inspector().ask_again("led"), inspector().confirm()):
        again = Person(inspection, json.loads(json.dumps(BRIEF)), dict(talk.answers), talk.focus)
        assert talk.turn == again.turn


def test_the_order_in_which_answers_are_remembered_does_not_matter() -> None:
    talk = inspector()
    other_way = Person(inspection, BRIEF, dict(reversed(talk.answers.items())))
    assert other_way.turn == talk.turn


def test_a_question_added_by_a_deploy_is_asked_and_nothing_else() -> None:
    def longer(brief: StoredBrief) -> Talk[str]:
        yield from Text(key="inspector", ask=ASK)
        return (yield from inspection(brief))

    talk = inspector().confirm()
    talk.dialog = longer
    assert talk.asked == "inspector"
    assert talk.answer("郑演丙").asked == "confirm"
    assert talk.confirm().result == "本人：2"


def test_answers_of_another_branch_sleep_and_wake() -> None:
    talk = inspector().confirm()
    assert talk.ask_again("place/涂装车间/found").answer(0).asked == "confirm"
    assert talk.path == ["led", "place/涂装车间/found", "place/除尘间/found"]
    assert talk.confirm().result == "本人：0"
    assert talk.ask_again("place/涂装车间/found").answer(2).asked == "confirm"
    assert talk.path == [
        "led",
        "place/涂装车间/found",
        "place/涂装车间/kinds",
        "place/涂装车间/until",
        "place/除尘间/found",
        "funds",
    ]


def test_an_answer_under_another_rev_is_asked_again() -> None:
    def asked_anew(brief: StoredBrief) -> Talk[bool]:
        del brief
        held = yield from YesNo(key="held", ask=ASK, rev=2)
        yield from Confirm(key="confirm", ask=ASK)
        return held

    talk = Person(asked_anew, {}, {"held": Remembered(1, value=True)})
    assert talk.asked == "held"
    assert talk.answer(NO).confirm().result is False
    talk.answers["held"] = Remembered(3, value=True)
    assert talk.asked == "held"


def test_a_confirmation_under_another_rev_is_asked_again() -> None:
    talk = inspector().confirm()
    confirmed = talk.answers["confirm"]
    talk.answers["confirm"] = Remembered(confirmed.rev + 1, confirmed.value)
    assert talk.asked == "confirm"


@pytest.mark.parametrize(
    ("key", "broken"),
    [
        ("led", 1),
        ("led", None),
        ("place/涂装车间/found", True),
        ("place/涂装车间/found", 10),
        ("place/涂装车间/kinds", {"ids": ["noise"], "other": ""}),
        ("place/涂装车间/kinds", []),
        ("place/涂装车间/until", "2023-07-01"),
        ("place/涂装车间/until", "6月20日"),
        ("funds", "NaN"),
        ("funds", "三万"),
        ("photos", [["0", "a.jpg"]]),
        ("confirm", "0" * 64),
        ("confirm", None),
    ],
)
def test_what_cannot_be_decoded_is_asked_again(key: str, broken: object) -> None:
    talk = inspector().confirm()
    talk.answers[key] = Remembered(1, broken)
    assert talk.asked == key


def test_an_answer_that_another_one_made_impossible_is_asked_again() -> None:
    def standstill(brief: StoredBrief) -> Talk[None]:
        del brief
        start = yield from Day(key="from", ask=ASK, first=date(2023, 6, 1), last=date(2023, 6, 30))
        yield from Day(key="until", ask=ASK, first=start, last=date(2023, 6, 30))

    talk = Person(standstill).answer(date(2023, 6, 5), date(2023, 6, 10))
    assert talk.ask_again("from").answer(date(2023, 6, 12)).asked == "until"
    assert talk.ask_again("from").answer(date(2023, 6, 8)).asked == ""


# Back and edit.


def test_a_question_in_focus_is_asked_although_it_has_an_answer() -> None:
    talk = inspector().confirm()
    for key in ("led", "place/涂装车间/kinds", "funds", "confirm"):
        assert talk.ask_again(key).asked == key
        assert key not in talk.path
    talk.focus = None
    assert talk.result == "本人：2"


def test_going_back_step_by_step_comes_to_the_first_question() -> None:
    talk = inspector()
    passed = [talk.asked]
    while talk.path:
        passed.append(talk.ask_again(talk.path[-1]).asked)
    assert passed == ["confirm", "funds", "place/除尘间/found", *(
        f"place/涂装车间/{what}" for what in ("until", "kinds", "found")
    ), "led"]  # fmt: skip


def test_a_question_in_focus_that_is_not_on_the_path_holds_nothing_up() -> None:
    assert inspector().ask_again("leader").asked == "confirm"
    assert inspector().confirm().ask_again("gone").asked == ""


def test_a_question_returned_is_asked_with_what_it_opens_then_the_confirmation_and_nothing_else() -> None:
    talk = inspector().confirm()
    del talk.answers["confirm"]
    talk.ask_again("place/除尘间/found")
    asked = [talk.asked, *(talk.answer(value).asked for value in (1, Picked(("gas",)), date(2023, 6, 25)))]
    assert asked == ["place/除尘间/found", "place/除尘间/kinds", "place/除尘间/until", "confirm"]
    assert talk.confirm().result == "本人：3"


def test_a_question_returned_and_answered_as_before_goes_straight_to_the_confirmation() -> None:
    talk = inspector().confirm()
    del talk.answers["confirm"]
    assert talk.ask_again("funds").answer(Decimal(30000)).asked == "confirm"


# Questions on request.


def test_a_photo_is_offered_and_not_asked() -> None:
    turn = inspector().turn
    assert isinstance(turn, Turn)
    assert turn.question.key == "confirm"
    assert [extra.key for extra in turn.offered] == ["photos"]
    assert "photos" not in [one.question.key for one in turn.visited]


def test_a_photo_that_was_asked_for_is_kept_shown_and_can_be_changed() -> None:
    talk = inspector()
    assert talk.ask_again("photos").asked == "photos"
    turn = talk.turn
    assert isinstance(turn, Turn)
    assert turn.offered == ()
    assert talk.answer((PHOTO,)).asked == "confirm"
    turn = talk.turn
    assert isinstance(turn, Turn)
    assert (turn.visited[-1].question.key, turn.visited[-1].value) == ("photos", (PHOTO,))
    assert [extra.key for extra in turn.offered] == ["photos"]
    assert talk.confirm().result == "本人：2"


def test_a_photo_added_after_the_confirmation_is_confirmed_too() -> None:
    talk = inspector().confirm()
    assert talk.ask_again("photos").answer((PHOTO,)).asked == "confirm"


def test_what_nobody_opened_stands_for_its_default() -> None:
    def with_note(brief: StoredBrief) -> Talk[tuple[str, int]]:
        del brief
        note = yield from Text(key="note", ask=ASK, on_request="补充", nothing="没有")
        photos = yield from Photo(key="photos", ask=ASK, on_request="附照片")
        return note, len(photos)

    assert Person(with_note).result == ("", 0)
    assert Person(with_note).ask_again("note").answer("已更换").result == ("已更换", 0)


def test_a_kind_without_a_default_cannot_be_on_request() -> None:
    def optional_yes(brief: StoredBrief) -> Talk[bool]:
        del brief
        return (yield from YesNo(key="held", ask=ASK, on_request="补充"))

    with pytest.raises(NotImplementedError):
        drive(optional_yes, {}, {})


# The confirmation and its digest.

EDITS: Mapping[str, st.SearchStrategy[Any]] = {
    "led": st.booleans(),
    "leader": st.sampled_from(["赵演丁", "钱演戊"]),
    "place/涂装车间/found": st.integers(0, 3),
    "place/涂装车间/kinds": st.sampled_from([Picked(("gas",)), Picked(("gas", "dust")), Picked((), "积尘")]),
    "place/涂装车间/until": st.dates(date(2023, 6, 1), date(2023, 6, 4)),
    "place/除尘间/found": st.integers(0, 3),
    "place/除尘间/kinds": st.sampled_from([Picked(("gas",)), Picked(("dust",))]),
    "place/除尘间/until": st.dates(date(2023, 6, 1), date(2023, 6, 4)),
    "funds": st.sampled_from([Decimal(0), Decimal(1), Decimal("1.00")]),
    "photos": st.sampled_from([(), (PHOTO,)]),
}


def said(talk: Person) -> list[tuple[str, Any]]:
    """Give what a confirmation binds: the answers on the present path."""
    return [
        (one.question.key, one.question.encode(one.value)) for one in talk.turn.visited if one.question.key != "confirm"
    ]


@given(st.data())
def test_any_edit_asks_the_confirmation_again_until_all_is_as_it_was_confirmed(data: st.DataObject) -> None:
    talk = inspector().confirm()
    confirmed = said(talk)
    for _ in range(data.draw(st.integers(1, 6))):
        on_path = [*talk.path, "photos"]
        key = data.draw(st.sampled_from([key for key in EDITS if key in on_path]))
        talk.ask_again(key)
        assert talk.asked == key
        talk.answer(data.draw(EDITS[key]))
        while talk.asked not in ("", "confirm"):
            talk.answer(data.draw(EDITS[talk.asked]))
        # What stands confirmed is exactly what was confirmed last, never more and never less.
        assert (talk.asked == "confirm") == (said(talk) != confirmed)
        if talk.asked == "confirm" and data.draw(st.booleans()):
            confirmed = said(talk.confirm())
            assert talk.asked == ""


def test_answers_changed_back_to_what_was_confirmed_are_confirmed() -> None:
    talk = inspector().confirm()
    assert talk.ask_again("funds").answer(Decimal(1)).asked == "confirm"
    assert talk.ask_again("funds").answer(Decimal(30000)).asked == ""


def spoken(yes: Phrase, ask: Phrase, label: Phrase) -> Callable[[StoredBrief], Talk[None]]:
    def dialog(brief: StoredBrief) -> Talk[None]:
        del brief
        yield from YesNo(key="held", ask=ask, label=label, yes=yes)
        yield from Confirm(key="confirm", ask=ask)

    return dialog


def test_wordings_and_languages_are_not_in_the_digest() -> None:
    talk = Person(spoken("已调度", "开展了吗？", "时间")).answer(YES).confirm()
    talk.dialog = spoken("Held", "Was it held?", "Day")
    assert talk.asked == ""


def test_the_digest_binds_the_brief_the_order_the_rev_and_the_type() -> None:
    def answered(brief: StoredBrief, *revs: int, keys: str = "ab", value: Any = True) -> str:
        def dialog(brief: StoredBrief) -> Talk[None]:
            del brief
            for key, rev in zip(keys, revs, strict=True):
                kind = YesNo(key=key, ask=ASK, rev=rev) if isinstance(value, bool) else Count(key=key, ask=ASK, rev=rev)
                yield from kind

        return digest(brief, Person(dialog, brief).answer(*(value for _ in keys)).turn.visited)

    same = answered({"due": "2023-06-30", "month": 6}, 1, 1)
    assert answered({"month": 6, "due": "2023-06-30"}, 1, 1) == same
    others = [
        answered({"month": 6, "due": "2023-06-29"}, 1, 1),
        answered({"month": "6", "due": "2023-06-30"}, 1, 1),
        answered({"month": 6, "due": "2023-06-30"}, 1, 2),
        answered({"month": 6, "due": "2023-06-30"}, 1, 1, keys="ba"),
        answered({"month": 6, "due": "2023-06-30"}, 1, 1, value=1),
        answered({"month": 6, "due": "2023-06-30"}, 1, 1, value=False),
    ]
    assert len({same, *others}) == 1 + len(others)


def test_the_digest_is_that_of_canonical_json() -> None:
    talk = Person(spoken("已调度", ASK, ASK), {"due": "2023-06-30", "by": "郑"}).answer(YES)
    canonical = r'{"answers":[["held",1,true]],"brief":{"by":"\u90d1","due":"2023-06-30"}}'
    # Stored confirmations hold such digests: were it another, everybody would be asked to confirm again.
    question = talk.question
    assert isinstance(question, Confirm)
    assert question.digest == hashlib.sha256(canonical.encode()).hexdigest()


def test_a_file_name_that_no_text_encoding_takes_can_be_confirmed() -> None:
    talk = inspector().ask_again("photos").answer((FileRef("0" * 64, "\ud83d.jpg", "image/jpeg", 7),))
    assert talk.confirm().result == "本人：2"


def test_a_brief_that_came_through_the_database_confirms_the_same() -> None:
    talk = Person(inspection, {"places": ("涂装车间", "除尘间")}).answer(YES, 0, 0).confirm()
    talk.brief = json.loads(json.dumps(talk.brief))
    assert talk.asked == ""
