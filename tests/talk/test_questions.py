import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from talk.cleaning import tidy
from talk.messages import FileRef
from talk.questions import (
    TEXT_LIMIT,
    Amount,
    Choice,
    Choices,
    Confirm,
    Count,
    Day,
    Hint,
    Moment,
    Option,
    Photo,
    Picked,
    Question,
    Text,
    YesNo,
)
from talk.texts import CHINESE, ENGLISH, LANGUAGES, Phrase, Say, Words, render

SHENYANG = ZoneInfo("Asia/Shanghai")
NOW = datetime(2023, 6, 20, 9, 30, 20, tzinfo=SHENYANG)
FORMS = (
    Option("meeting", Words("会议调度", "Meeting")),
    Option("on-site", Words("现场调度", "On the site")),
    Option("remote", Words("线上调度", "Video call")),
)
ASK = "…？"

anything = st.text(st.characters(exclude_categories=()), max_size=80)
"""Any text, with controls and with halves of surrogate pairs, as broken JSON brings them."""
moments = st.datetimes(datetime(2023, 5, 20), datetime(2023, 7, 10), timezones=st.just(SHENYANG))  # noqa: DTZ001
own_words = anything.map(tidy)
files = st.builds(
    FileRef, st.text("0123456789abcdef", min_size=64, max_size=64), anything, st.just("image/png"), st.integers(0)
)


@dataclass(frozen=True)
class Sort:
    """A kind of question, and values that it can have."""

    question: Question[Any]
    values: st.SearchStrategy[Any]


YES_NO = YesNo(key="held", ask=ASK, yes=Words("已调度", "Held"), no=Words("还没有", "Not yet"))
CHOICE = Choice(key="form", ask=ASK, choices=FORMS, likely="remote")
CHOICES = Choices(key="matters", ask=ASK, choices=FORMS)
CHOICES_AND_WORDS = Choices(key="matters", ask=ASK, choices=FORMS, free=True)
CHOICES_OR_NONE = Choices(
    key="facts",
    ask=ASK,
    choices=(
        Option("4-6", Words("未装CO报警", "No CO alarm"), Words("情形1", "Case 1")),
        Option("4-7", Words("煤气管道未装隔断", "No isolating device"), Words("情形2", "Case 2")),
    ),
    nothing=Words("本组均无", "None here"),
)
COUNT = Count(key="people", ask=ASK, minimum=1, maximum=300)
AMOUNT = Amount(key="funds", ask=ASK)
DAY = Day(key="day", ask=ASK, first=date(2023, 6, 1), last=date(2023, 6, 30), past=True)
PLANNED = Day(key="planned", ask=ASK, first=date(2023, 6, 1), last=date(2023, 6, 30), future=True)
MOMENT = Moment(key="at", ask=ASK)
TEXT = Text(key="name", ask=ASK, limit=40)
TEXT_OR_NOTHING = Text(key="problems", ask=ASK, nothing=Words("没有", "None"), same="资金3万元")
PHOTO = Photo(key="photo", ask=ASK)
PHOTO_OR_NOTHING = Photo(key="photo", ask=ASK, nothing=Words("不附了", "No photos"))
CONFIRM = Confirm(key="confirm", ask=ASK, digest="a" * 64)

picked = st.lists(st.sampled_from(FORMS), unique=True).map(lambda taken: tuple(o.id for o in FORMS if o in taken))

SORTS: Mapping[str, Sort] = {
    "yes or no": Sort(YES_NO, st.booleans()),
    "choice": Sort(CHOICE, st.sampled_from([option.id for option in FORMS])),
    "choices": Sort(CHOICES, st.builds(Picked, picked.filter(bool))),
    "choices and words": Sort(
        CHOICES_AND_WORDS, st.builds(Picked, picked, own_words).filter(lambda p: p.ids or p.other)
    ),
    "choices or none": Sort(
        CHOICES_OR_NONE,
        st.sets(st.sampled_from(["4-6", "4-7"])).map(lambda taken: Picked(tuple(sorted(taken)))),
    ),
    "count": Sort(COUNT, st.integers(1, 300)),
    "amount": Sort(AMOUNT, st.integers(0, 10**12 - 1).map(Decimal) | st.decimals(0, 10**11, places=2)),
    "day": Sort(DAY, st.dates(DAY.first, DAY.last)),
    "planned day": Sort(PLANNED, st.dates(PLANNED.first, PLANNED.last)),
    "moment": Sort(MOMENT, moments),
    "text": Sort(TEXT, own_words.filter(bool)),
    "text or nothing": Sort(TEXT_OR_NOTHING, own_words),
    "photo": Sort(PHOTO, st.lists(files, min_size=1, max_size=3).map(tuple)),
    "photo or nothing": Sort(PHOTO_OR_NOTHING, st.lists(files, max_size=3).map(tuple)),
    "confirm": Sort(CONFIRM, st.just("a" * 64)),
}
every_sort = pytest.mark.parametrize("sort", SORTS.values(), ids=SORTS)
TAPPED = {
    name: sort for name, sort in SORTS.items() if sort.question.offers(NOW) and not isinstance(sort.question, Choices)
}
"""Where one tap is an answer; the toggles of several choices are none."""
every_tapped_sort = pytest.mark.parametrize("sort", TAPPED.values(), ids=TAPPED)

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | anything | st.dates().map(str) | st.decimals().map(str),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(anything, inner, max_size=3)
        | st.fixed_dictionaries({"ids": inner, "other": inner})
    ),
    max_leaves=6,
)


def stored(question: Question[Any], value: Any) -> Any:
    """Give an answer as it comes back from a database."""
    return json.loads(json.dumps(question.encode(value)))


def shown(phrase: Phrase) -> list[str]:
    """Give a phrase in every language, fit for a database and for UTF-8."""
    texts = [render(phrase, language) for language in LANGUAGES]
    assert all(text and "\0" not in text and text.encode() for text in texts)
    return texts


def heard(question: Question[Any], text: str, at: datetime = NOW) -> Any:
    """Give what a text answers; what is none must be a hint that can be said."""
    value = question.read(text, at)
    if isinstance(value, Hint):
        shown(value.what)
    return value


def refused(value: Any) -> str:
    """Give the id of the sentence with which something was refused."""
    assert isinstance(value, Hint)
    return value.what.id


# What every kind of question holds to.


@every_sort
@given(st.data())
def test_an_answer_comes_back_from_storage_as_it_was(sort: Sort, data: st.DataObject) -> None:
    value = data.draw(sort.values)
    back = sort.question.decode(stored(sort.question, value))
    assert back == value
    assert type(back) is type(value)
    assert stored(sort.question, back) == stored(sort.question, value)


@every_sort
def test_samples_are_answers_and_differ(sort: Sort) -> None:
    samples = sort.question.samples()
    assert samples
    assert len(set(samples)) == len(samples)
    for sample in samples:
        assert sort.question.decode(stored(sort.question, sample)) == sample


@every_sort
@given(st.data())
def test_an_answer_reads_back_in_every_language(sort: Sort, data: st.DataObject) -> None:
    value = data.draw(sort.values)
    assert all(render(sort.question.describe(value), language) for language in LANGUAGES)


@every_sort
@given(text=anything, at=moments)
@example(text="\0", at=NOW)
@example(text="\ud83d", at=NOW)
@example(text="\u202e否", at=NOW)
@example(text="\u200d\ufe0f", at=NOW)
@example(text="1" * 30, at=NOW)
@example(text="九" * 30, at=NOW)
@example(text="{0} { $ask } %s \\", at=NOW)
@example(text="－１", at=NOW)
@example(text="٣", at=NOW)
@example(text="²", at=NOW)
def test_any_text_is_an_answer_that_can_be_stored_or_a_hint(sort: Sort, text: str, at: datetime) -> None:
    value = heard(sort.question, text, at)
    if not isinstance(value, Hint):
        assert sort.question.decode(stored(sort.question, value)) == value
        shown(sort.question.describe(value))


@every_sort
@given(json_values)
@example({"ids": ["meeting"]})
@example({"ids": "meeting", "other": ""})
@example([[]])
@example("\x1f")
def test_what_is_stored_is_decoded_or_refused_in_a_way_that_drive_expects(sort: Sort, value: Any) -> None:
    try:
        decoded = sort.question.decode(value)
    except (LookupError, TypeError, ValueError):
        return
    assert sort.question.decode(stored(sort.question, decoded)) == decoded
    assert all(render(sort.question.describe(decoded), language) for language in LANGUAGES)


@every_sort
@pytest.mark.parametrize("sign", ["字", "1", "是", "九", ",", "\u200b", "😀"])
def test_ten_thousand_characters_are_answered_with_the_limit(sort: Sort, sign: str) -> None:
    value = heard(sort.question, sign * 10_000)
    limit = sort.question.limit if isinstance(sort.question, Text | Choices) else TEXT_LIMIT
    if tidy(sign):
        assert value == Hint(Say("hint-too-long", limit=limit, length=10_000))
    else:
        assert isinstance(value, Hint)


@every_tapped_sort
@settings(max_examples=20)
@given(at=moments)
def test_every_button_gives_an_answer_that_can_be_stored(sort: Sort, at: datetime) -> None:
    for option in sort.question.options(at):
        value = sort.question.choose(option.id, at)
        assert not isinstance(value, Hint)
        assert sort.question.decode(stored(sort.question, value)) == value


@every_tapped_sort
@settings(max_examples=20)
@given(at=moments)
def test_a_label_or_number_typed_is_the_button_tapped(sort: Sort, at: datetime) -> None:
    for number, option in enumerate(sort.question.options(at), 1):
        tapped = sort.question.choose(option.id, at)
        for label, stop in zip(shown(option.label), "。.", strict=True):
            assert heard(sort.question, label, at) == tapped
            assert heard(sort.question, f" {label}{stop}", at) == tapped
        if isinstance(sort.question, YesNo | Choice | Confirm | Photo):
            assert heard(sort.question, str(number), at) == tapped


@every_tapped_sort
@settings(max_examples=20)
@given(at=moments)
def test_buttons_can_be_told_apart_and_fit_on_a_platform(sort: Sort, at: datetime) -> None:
    options = sort.question.options(at)
    assert len({option.id for option in options}) == len(options)
    for language in LANGUAGES:
        assert len({render(option.label, language) for option in options}) == len(options)


@every_sort
@given(option=anything | st.sampled_from(["none", "same", "yes", "today", "yesterday", "now", "confirm", "1", "!back"]))
@example(option="昨天")
@example(option="会议调度")
def test_a_button_that_is_not_offered_is_no_answer(sort: Sort, option: str) -> None:
    if option not in {offered.id for offered in sort.question.options(NOW)}:
        assert isinstance(sort.question.choose(option, NOW), Hint)


@every_sort
def test_files_answer_only_a_question_for_them(sort: Sort) -> None:
    file = FileRef("0" * 64, "风机.jpg", "image/jpeg", 7)
    value = sort.question.receive([file])
    assert value == (file,) if isinstance(sort.question, Photo) else isinstance(value, Hint)
    assert isinstance(sort.question.receive([]), Hint)


@every_sort
def test_what_is_accepted_is_said_in_every_language(sort: Sort) -> None:
    shown(sort.question.accepts())
    assert refused(heard(sort.question, "")) == sort.question.accepts().id
    assert refused(heard(sort.question, " \n\u3000\u200b")) == sort.question.accepts().id


def test_what_can_be_left_out_says_what_it_then_stands_for() -> None:
    assert TEXT.default() == ""
    assert PHOTO.default() == ()
    with pytest.raises(NotImplementedError):
        YES_NO.default()


def test_a_refusal_quotes_the_beginning_of_what_was_typed_and_nothing_unseen() -> None:
    assert COUNT.read("很多\0人\u202e，\n说不清\ud800", NOW) == Hint(
        Say("hint-not-understood", text="很多人， 说不清", accepts=COUNT.accepts())
    )
    quoted = COUNT.read("数" * 21, NOW)
    assert quoted == Hint(Say("hint-not-understood", text="数" * 20 + "…", accepts=COUNT.accepts()))


# Yes or no, and choices.


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("已调度", True), ("调度了", True), ("是", True), ("1", True), ("held", True), ("ｙｅｓ", True)),
        *(("还没有", False), ("没", False), ("2", False), ("Not yet.", False), ("未调度", False), ("否", False)),
    ],
)
def test_yes_and_no_as_people_say_it(text: str, value: bool) -> None:
    assert heard(YES_NO, text) is value


@pytest.mark.parametrize("number", [0, 1, "true", None, [True]])
def test_only_a_boolean_is_a_stored_yes_or_no(number: object) -> None:
    with pytest.raises(TypeError):
        YES_NO.decode(number)


def test_the_likely_choice_comes_first_and_numbers_follow_what_is_shown() -> None:
    assert [option.id for option in CHOICE.options(NOW)] == ["remote", "meeting", "on-site"]
    assert heard(CHOICE, "1") == "remote"
    assert heard(CHOICE, "②") == "meeting"
    assert heard(CHOICE, "现场") == "on-site"
    assert refused(heard(CHOICE, "调度")) == "hint-not-understood"
    unknown = Choice(key="form", ask=ASK, choices=FORMS, likely="by-letter")
    assert unknown.options(NOW) == FORMS


@pytest.mark.parametrize("gone", ["by-letter", 1, None, ["meeting"], True])
def test_a_choice_that_is_gone_is_no_answer_any_more(gone: object) -> None:
    with pytest.raises(LookupError):
        CHOICE.decode(gone)


def test_several_choices_typed() -> None:
    assert heard(CHOICES, "3、1") == Picked(("meeting", "remote"))
    assert heard(CHOICES, "会议和线上") == Picked(("meeting", "remote"))
    assert refused(heard(CHOICES, "会议，更换风机")) == "hint-not-understood"
    assert heard(CHOICES_AND_WORDS, "更换\0除尘风机") == Picked((), "更换除尘风机")
    assert heard(CHOICES_AND_WORDS, "现场调度，更换除尘风机") == Picked(("on-site",), "更换除尘风机")
    assert refused(heard(CHOICES_AND_WORDS, "风" * (TEXT_LIMIT + 1))) == "hint-too-long"
    assert heard(CHOICES_OR_NONE, "情形2") == heard(CHOICES_OR_NONE, "煤气管道未装隔断") == Picked(("4-7",))
    assert heard(CHOICES_OR_NONE, "2、1") == heard(CHOICES_OR_NONE, "都有") == Picked(("4-6", "4-7"))
    assert heard(CHOICES_OR_NONE, "本组均无。") == heard(CHOICES_OR_NONE, "无") == Picked(())
    assert refused(heard(CHOICES_OR_NONE, "说不好")) == "hint-not-understood"
    assert refused(heard(CHOICES, "无")) == "hint-not-understood"


def test_done_makes_the_answer_of_the_toggles_in_the_order_of_the_choices() -> None:
    assert CHOICES.finish(["remote", "meeting"]) == Picked(("meeting", "remote"))
    assert CHOICES_AND_WORDS.finish([], "更换风机") == Picked((), "更换风机")
    assert refused(CHOICES.finish([])) == "accepts-choices"
    # 完成 with nothing picked may be a slip; "none" is said with its own button.
    assert refused(CHOICES_OR_NONE.finish([])) == "accepts-choices-or-none"
    # A toggle from before a deploy that took the option away.
    assert refused(CHOICES.finish(["by-letter"])) == "accepts-choices"
    assert CHOICES.finish(["by-letter", "remote"]) == Picked(("remote",))


@pytest.mark.parametrize(
    "broken",
    [
        {"ids": [], "other": ""},
        {"ids": ["meeting", "meeting"], "other": ""},
        {"ids": ["by-letter"], "other": ""},
        {"ids": ["meeting"], "other": "更换风机"},
        {"ids": ["meeting"], "other": None},
        {"ids": [["meeting"]], "other": ""},
        {"ids": "", "other": ""},
        {"ids": {"meeting": 1}, "other": ""},
        {"other": "更换风机"},
        ["meeting"],
        "meeting",
        None,
    ],
)
def test_choices_that_nobody_can_have_made_are_no_answer(broken: object) -> None:
    with pytest.raises((LookupError, TypeError, ValueError)):
        CHOICES.decode(broken)


# Numbers and money.


@pytest.mark.parametrize("text", ["0", "301", "1000000000000"[:12], "一千"])
def test_a_count_out_of_range_names_the_range(text: str) -> None:
    assert heard(COUNT, text) == Hint(Say("hint-range", minimum=1, maximum=300))


def test_counts() -> None:
    assert heard(COUNT, "１２人") == 12
    assert heard(COUNT, "十二") == 12
    assert refused(heard(COUNT, "9" * 30)) == "hint-not-understood"
    for broken in (True, 3.0, "3", None, 0, 301):
        with pytest.raises((TypeError, ValueError)):
            COUNT.decode(broken)


def test_samples_and_examples_of_a_count_lie_in_its_range() -> None:
    assert Count(key="n", ask=ASK).samples() == (1, 0)
    assert Count(key="n", ask=ASK, minimum=5).samples() == (5,)
    assert Count(key="n", ask=ASK, maximum=0).samples() == (0,)
    assert Count(key="n", ask=ASK, maximum=2).accepts() == Say("accepts-count", example=2)


def test_amounts() -> None:
    assert heard(AMOUNT, "3万") == Decimal(30000)
    assert heard(AMOUNT, "３．５万元") == Decimal(35000)
    assert refused(heard(AMOUNT, "9" * 30)) == "hint-not-understood"
    assert shown(AMOUNT.describe(Decimal("12.50"))) == ["12.50元", "12.50 yuan"]
    for broken in (
        "NaN",
        "Infinity",
        "1E+999999",
        "-1",
        "1e5",
        "٣",
        " 1",
        "1\n",
        "",
        "三",
        "1.5",
        "9" * 13,
        5,
        5.0,
        None,
    ):
        with pytest.raises((TypeError, ValueError)):
            AMOUNT.decode(broken)


# Days and moments.


def test_a_day_in_the_range() -> None:
    assert heard(DAY, "6月5日") == date(2023, 6, 5)
    assert heard(DAY, "昨天") == date(2023, 6, 19)
    assert heard(DAY, "5号") == date(2023, 6, 5)
    assert shown(DAY.describe(date(2023, 6, 5))) == ["6月5日（周一）", "Mon 5 June"]


def test_after_the_month_a_bare_day_still_lies_in_it() -> None:
    assert heard(DAY, "5号", NOW + timedelta(days=14)) == date(2023, 6, 5)


@pytest.mark.parametrize(
    ("question", "text", "hint", "said"),
    [
        (DAY, "6月25日", "hint-day-future", "6月25日还没到。请回复6月内的日期，如“6月1日”。"),
        (DAY, "5月31日", "hint-day-outside", "5月31日不在范围内。请回复6月内的日期，如“6月1日”。"),
        # Without the year, "6月5日不在范围内" would contradict what is asked for.
        (DAY, "2022-06-05", "hint-day-outside", "2022年6月5日不在范围内。请回复6月内的日期，如“6月1日”。"),
        (DAY, "6月35日", "hint-not-understood", "未能识别“6月35日”。请回复6月内的日期，如“6月1日”。"),
        # The example must not itself be refused for being over.
        (PLANNED, "6月5日", "hint-day-past", "6月5日已过。请回复6月内的日期，如“6月30日”。"),
        (PLANNED, "7月1日", "hint-day-outside", "7月1日不在范围内。请回复6月内的日期，如“6月30日”。"),
    ],
)
def test_a_day_that_is_refused(question: Day, text: str, hint: str, said: str) -> None:
    value = question.read(text, NOW)
    assert refused(value) == hint
    assert isinstance(value, Hint)
    assert shown(value.what)[0] == said


def test_a_range_of_several_months_is_named() -> None:
    campaign = Day(key="day", ask=ASK, first=date(2023, 5, 22), last=date(2023, 12, 31))
    assert render(campaign.accepts(), CHINESE) == "请回复5月22日至12月31日之间的日期，如“5月22日”。"
    winter = Day(key="day", ask=ASK, first=date(2023, 12, 1), last=date(2024, 1, 31))
    assert render(winter.accepts(), ENGLISH) == (
        "Please send a day from 1 December 2023 to 31 January 2024, for example “1 December 2023”."
    )


def test_today_and_yesterday_are_offered_where_they_count() -> None:
    def offered(question: Day, day: int, month: int = 6) -> list[str]:
        return [option.id for option in question.options(NOW.replace(month=month, day=day))]

    assert offered(DAY, 20) == ["today", "yesterday"]
    assert offered(DAY, 1) == ["today"]
    assert offered(DAY, 1, month=7) == ["yesterday"]
    assert offered(PLANNED, 20) == []


def test_of_a_period_that_is_over_its_last_days_are_offered() -> None:
    """Whoever answers for May in June, or for June in August, has a button all the same."""
    later = NOW.replace(month=8, day=20)
    assert [(option.id, shown(option.shown)[0]) for option in DAY.options(later)] == [
        ("2023-06-30", "6月30日"),
        ("2023-06-29", "6月29日"),
        ("2023-06-28", "6月28日"),
    ]
    assert DAY.choose("2023-06-29", later) == heard(DAY, "6月29日", later) == date(2023, 6, 29)
    assert refused(DAY.choose("2023-06-27", later)) == "accepts-day-in-month"
    short = replace(DAY, first=date(2023, 6, 30))
    assert [option.id for option in short.options(later)] == ["2023-06-30"]


@pytest.mark.parametrize("broken", ["2023-05-31", "2023-07-01", "2023-06-31", "", "今天", 20230605, None, True])
def test_a_stored_day_outside_the_range_is_no_answer_any_more(broken: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        DAY.decode(broken)


def test_moments() -> None:
    half_past_two = datetime(2023, 6, 20, 14, 30, tzinfo=SHENYANG)
    assert heard(MOMENT, "下午2点半") == half_past_two
    assert heard(MOMENT, "现在") == NOW.replace(second=0)
    assert MOMENT.encode(half_past_two) == "2023-06-20T14:30:00+08:00"
    assert shown(MOMENT.describe(MOMENT.decode("2023-06-20T14:30:00+08:00"))) == ["6月20日 14:30", "20 June 14:30"]
    for broken in ("2023-06-20T14:30:00", "14:30", 0, None):
        with pytest.raises((TypeError, ValueError)):
            MOMENT.decode(broken)


# Words and photos.


@pytest.mark.parametrize("text", ["没有", "没有。", "无", "None", " none ", "暂无", "没"])
def test_nothing_typed_is_nothing_and_not_a_text(text: str) -> None:
    assert heard(TEXT_OR_NOTHING, text) == ""


@pytest.mark.parametrize("text", ["没有资金", "没整改完", "未调度", "1", "无证上岗3人", "none of the fans works"])
def test_a_text_that_begins_like_a_button_is_a_text(text: str) -> None:
    assert heard(TEXT_OR_NOTHING, text) == text


def test_where_something_must_be_said_nothing_is_a_word() -> None:
    assert heard(TEXT, "没有") == "没有"
    with pytest.raises(ValueError, match=r"^$"):
        TEXT.decode("")


def test_the_earlier_text_is_offered_again() -> None:
    assert [option.id for option in TEXT_OR_NOTHING.options(NOW)] == ["same", "none"]
    assert TEXT_OR_NOTHING.choose("same", NOW) == "资金3万元"
    assert heard(TEXT_OR_NOTHING, "同上次") == "资金3万元"
    assert [option.id for option in TEXT.options(NOW)] == []


def test_words_are_kept_as_written_but_for_what_nobody_sees() -> None:
    written = "更换：除尘风机（２台），\u3000费用＄3\n  资金\t3万元❤️👨‍👩‍👧 "
    assert heard(TEXT_OR_NOTHING, written) == "更换：除尘风机（２台），\u3000费用＄3\n资金 3万元❤️👨‍👩‍👧"
    assert heard(TEXT_OR_NOTHING, "\u202e\0郑\u200b演\ud800丙\x7f\n\n\n") == "郑演丙"
    assert refused(heard(TEXT, "\u3164\u2800\u200d")) == "accepts-text"


def test_the_limit_counts_what_is_kept() -> None:
    assert heard(TEXT, "字" * 40 + "\n\0  ") == "字" * 40
    assert heard(TEXT, "字" * 41) == Hint(Say("hint-too-long", limit=40, length=41))


def test_a_longer_text_from_before_a_lower_limit_stays_an_answer() -> None:
    assert TEXT.decode("字" * 41) == "字" * 41


@pytest.mark.parametrize("text", ["不附了", "没有", "No photos", "1"])
def test_photos_can_be_declined_in_words(text: str) -> None:
    assert heard(PHOTO_OR_NOTHING, text) == ()
    assert isinstance(heard(PHOTO, text), Hint)


def test_photos_read_back_by_their_number() -> None:
    file = FileRef("0" * 64, "风机.jpg", "image/jpeg", 7)
    assert shown(PHOTO.describe((file, file))) == ["2个文件", "2 files"]
    assert shown(PHOTO_OR_NOTHING.describe(())) == ["无", "none"]


@pytest.mark.parametrize(
    "broken",
    [
        [],
        {},
        "",
        ["abcd"],
        [["0", "a.jpg", "image/jpeg"]],
        [["0", "a.jpg", "image/jpeg", "1"]],
        [["0", "a.jpg", "image/jpeg", True]],
        [["0", None, "image/jpeg", 1]],
        [["0", "a.jpg", "image/jpeg", 1, 1]],
        [{"sha256": "0", "name": "a", "mime": "b", "size": 1}],
    ],
)
def test_a_file_of_another_shape_is_no_answer(broken: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        PHOTO.decode(broken)


# The confirmation.


@pytest.mark.parametrize("text", ["确认提交", "确认", "提交", "是", "没问题", "ok", "1", "Confirm"])
def test_a_confirmation_takes_the_digest_that_was_shown(text: str) -> None:
    assert heard(CONFIRM, text) == "a" * 64


@pytest.mark.parametrize("text", ["不对", "修改", "等等", "否", "2", "a" * 64])
def test_what_does_not_confirm(text: str) -> None:
    assert isinstance(heard(CONFIRM, text), Hint)


@pytest.mark.parametrize("other", ["b" * 64, "", None, True])
def test_a_confirmation_of_something_else_is_none(other: object) -> None:
    with pytest.raises(ValueError, match="something else"):
        CONFIRM.decode(other)


def test_what_must_show_a_place_is_a_picture() -> None:
    plan = FileRef("b" * 64, "方案.pdf", "application/pdf", 9)
    said = PHOTO.receive((plan,))
    assert isinstance(said, Hint)
    assert render(said.what, CHINESE) == "“方案.pdf”不是照片，没有保存。请发送拍的照片；文件可以拍照后发送。"
    # Neither does an answer of yesterday count as one: the question is asked again.
    with pytest.raises(ValueError, match="application/pdf"):
        PHOTO.decode([plan.as_json()])
    with_files = replace(PHOTO, documents=True)
    assert with_files.receive((plan,)) == (plan,) == with_files.decode([plan.as_json()])


def test_a_photo_carries_when_it_was_taken_and_one_of_yesterday_does_not() -> None:
    stored = ["b" * 64, "现场.jpg", "image/jpeg", 9]
    assert [file.as_json() for file in PHOTO.decode([stored])] == [stored]
    (file,) = PHOTO.decode([[*stored, "2023-06-05T09:30:00"]])
    assert (file.taken, file.as_json()) == ("2023-06-05T09:30:00", [*stored, "2023-06-05T09:30:00"])
    with pytest.raises(TypeError):
        PHOTO.decode([[*stored, 5]])
