"""The doors of words: what people type, tap and are called, without a database behind it."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final
from unicodedata import category

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from bot import subjects
from bot.channels.telegram.writing import calls, units
from bot.subjects import TALKS
from campaign import identity
from storage.files import NAME_LIMIT
from talk import cleaning, numbers, parsing
from talk.actions import MalformedError
from talk.conversation import Finished, Remembered, Turn, drive
from talk.messages import TEXT_LIMIT, FileRef, Outbound
from talk.outline import paths
from talk.questions import Hint, Question
from talk.texts import LANGUAGES, Phrase, Say, render
from tests.dialogs.talker import NOW
from tests.dialogs.test_every_dialog import BRIEFS, asked
from tests.fuzz.harness import Door, Enter
from tests.telegram.rules import shown_text

ODD: Final = (
    *("", "\0", "\x1b]0;x\x07\x1b[31m", "\u202e倒过来", "\ud800", "\ufeff", "\u200b", "\u2028", "e\u0301" * 9),
    *("｛｝", "{$x}", "{ -brand }", "%s%n", "${7*7}", "{{7*7}}", "<b>&amp;</b>", "<script>", "'; DROP TABLE people--"),
    *("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-1", '#link("x")', "$ x^2 $", "\\u0000", "../../etc/passwd", "％"),
    *("９" * 30, "0" * 300, "1e308", "٣", "²", "Ⅷ", "①", "壹佰万亿", "第二个", "是", "没有", "确认", "全部", "1、更换"),
    *("昨天", "6月31日", "99999年1月1日", "上上周日", "25:61", "半小时前", "2023-06-05T09:00", "5 June", "零点三"),
)  # fmt: skip
"""What has broken programs before, and pieces of what these doors know."""

LONGEST: Final = 20_000
"""Characters of words: no channel lets more through."""

words: SearchStrategy[str] = st.one_of(
    st.text(max_size=200),
    st.text(alphabet=st.characters(), max_size=40),
    st.lists(st.sampled_from(ODD), max_size=6).map("".join),
    st.text(alphabet="0123456789一二三四五十百千万亿零半点月日号年周上下个前后早晚:.-/,、，。 是不没有", max_size=50),
    st.builds(lambda piece, times: (piece * times)[:LONGEST], st.sampled_from(ODD), st.integers(1, 3000)),
)
"""Words as anybody may send them."""

json_values: SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=8,
)


def pure(enter: Enter) -> Callable[[Path], Any]:
    """Open a door that needs nothing."""

    @contextmanager
    def opened(_: Path) -> Iterator[Enter]:
        yield enter

    return opened


def said(phrase: Phrase) -> None:
    """Check that something can be said in every language, with nothing but words."""
    for language in LANGUAGES:
        assert render(phrase, language)


def _parsed(text: str) -> None:
    options = (("held", ("已调度", "held")), ("not", ("还没有", "not yet")), ("other", ("其他", "other")))
    assert parsing.yes_no(text) in {True, False, None}
    picked = parsing.pick(text, options)
    assert picked is None or picked in dict(options)
    ids, _ = parsing.picks(text, options)
    assert set(ids) <= set(dict(options))
    number = parsing.count(text, ["台", "persons"])
    assert number is None or 0 <= number < 10**12
    for read in (parsing.amount, numbers.decimal):
        amount = read(text)
        assert amount is None or 0 <= amount < Decimal(10**12)
    assert numbers.whole(text) is None or isinstance(numbers.whole(text), int)
    telephone = numbers.telephone(text)
    assert telephone is None or (telephone.isascii() and len(telephone) < 40)
    day = parsing.day(text, NOW.date())
    assert day is None or day.year
    moment = parsing.moment(text, NOW)
    assert moment is None or moment.tzinfo is not None


def _cleaned(text: str) -> None:
    for kept in (cleaning.clean(text), cleaning.clean(text, lines=True), cleaning.tidy(text), cleaning.compact(text)):
        kept.encode()
        assert not any(category(letter) in {"Cc", "Cs"} and letter != "\n" for letter in kept)
    assert cleaning.tidy(cleaning.tidy(text)) == cleaning.tidy(text)
    shown = cleaning.printable(text)
    shown.encode()
    assert not any(category(letter) == "Cc" and letter not in "\n\t" for letter in shown)


@cache
def questions() -> list[Question[Any]]:
    """Return every question of every talk, once for each way in which it is asked."""
    found = {
        repr(question): question
        for name, brief in BRIEFS
        for path in paths(TALKS[name].opened, brief)
        for question, _ in asked(path)
    }
    return list(found.values())


def _answered(value: tuple[int, str, Any]) -> None:
    place, text, stored = value
    question = questions()[place % len(questions())]
    files = (FileRef("0" * 64, text[:NAME_LIMIT], "image/jpeg", 1),)
    for answer in (question.read(text, NOW), question.choose(text, NOW), question.receive(files)):
        if isinstance(answer, Hint):
            said(answer.what)
        else:
            again = question.decode(json.loads(json.dumps(question.encode(answer))))
            assert question.encode(again) == question.encode(answer)
            said(question.describe(answer))
    with suppress(LookupError, TypeError, ValueError):
        question.decode(stored)


def _brief_read(value: tuple[int, list[tuple[int, Any]], list[int]]) -> None:
    """A brief out of the database, with fields that are not what they were, or are gone."""
    place, changed, dropped = value
    name, brief = BRIEFS[place % len(BRIEFS)]
    fields = dict(brief)
    names = list(fields) or ["subject"]
    for number, odd in changed:
        fields[names[number % len(names)]] = odd
    for number in dropped:
        fields.pop(names[number % len(names)], None)
    with suppress(ValueError):
        TALKS[name].brief.from_json(fields).as_json()


def _half_remembered(value: tuple[int, list[Any], int]) -> None:
    place, stored, rev = value
    name, brief = BRIEFS[place % len(BRIEFS)]
    dialog = TALKS[name].opened
    first = next(iter(paths(dialog, brief)))
    keys = [one.question.key for one in first.visited]
    kept = {one.question.key: Remembered(one.question.rev, one.question.encode(one.value)) for one in first.visited[:3]}
    odd = {key: Remembered(rev, value) for key, value in zip(reversed(keys), stored, strict=False)}
    outcome = drive(dialog, brief, kept | odd)
    assert isinstance(outcome, (Turn, Finished))


def _tapped(data: str) -> None:
    behind = subjects.action_behind(data)
    if behind is not None:
        action, rest = behind
        try:
            values = action.read(rest)
        except MalformedError:
            return
        assert isinstance(values, tuple)


def _coded(text: str) -> None:
    code = identity.normalise_code(text)
    fault = identity.code_fault(code)
    assert fault is not None or (len(code) == identity.CODE_LENGTH and code.isascii())
    identity.unify_text(text)
    cleaning.likeness(text)


def _rendered(text: str) -> None:
    for language in LANGUAGES:
        shown = render(text, language)
        assert shown in render(Say("listed", items=text), language)
        # Nobody's words stand where a bureau signs, nor turn round what is written beside them.
        assert not set(shown) & set("【】\u202a\u202e\u2066\u200f")


def _written(value: tuple[str, str]) -> None:
    heading, text = (cleaning.tidy(part) for part in value)
    message = Outbound(f"{heading}\n{text}" if heading else text)
    parts = calls(message, "7", None)
    shown = [shown_text(call.params["text"]) for call in parts]
    assert all(0 < units(part) <= TEXT_LIMIT for part in shown)
    assert "".join("".join(shown).split()) == "".join(message.text.split())


_a_place = st.integers(0, 10_000)
_verbs = st.sampled_from(sorted(subjects.ACTIONS))
_arguments = st.lists(words | st.integers().map(str) | st.just("9" * 19), max_size=5).map(":".join)

DOORS: Final = (
    Door("typed words: yes, options, numbers, days", words, pure(_parsed)),
    Door("words made storable and printable", words, pure(_cleaned)),
    Door("questions of every talk", st.tuples(_a_place, words, json_values), pure(_answered)),
    Door(
        "stored briefs",
        st.tuples(_a_place, st.lists(st.tuples(_a_place, json_values), max_size=3), st.lists(_a_place, max_size=2)),
        pure(_brief_read),
    ),
    Door(
        "stored answers",
        st.tuples(_a_place, st.lists(json_values, max_size=6), st.integers(0, 3)),
        pure(_half_remembered),
    ),
    Door("buttons", st.one_of(words, st.builds("{}:{}".format, _verbs, _arguments)), pure(_tapped)),
    Door("credit codes and names", words, pure(_coded)),
    Door("words in sentences", words, pure(_rendered)),
    Door("words in Telegram's markup", st.tuples(words, words), pure(_written)),
)
