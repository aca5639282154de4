"""Every sentence of the bot, by id: Fluent resources in `talk/locales`, Chinese first."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from itertools import count

from fluent.runtime import FluentBundle, FluentResource
from fluent.runtime.resolver import Pattern
from fluent.runtime.types import fluent_number

from talk.cleaning import writable

CHINESE = "zh-CN"
ENGLISH = "en"
LANGUAGES = (CHINESE, ENGLISH)

_REMEMBERED = 2048
_SHORT = 60
"""How many sentences are kept as they read, and how long a value of theirs may be: most are said again and again, and
what people write is not kept.
"""
LONG = 1000
"""Characters of a value that Fluent is handed; one over 2,500 is an error to it. A longer one is put in afterwards."""

_MESSAGE = re.compile(r"^([a-zA-Z][a-zA-Z0-9_-]*) *=", re.MULTILINE)

_FIRST_SIGN = 0x10FF00
"""Characters of nobody's use, which stand for long values until Fluent is done."""

_WEEKDAYS = {
    CHINESE: ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    ENGLISH: ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}


_campaign_years: list[range] = []
"""The years of the campaign that this process serves; nothing: none is known."""


def years_go_without_saying(first: int, last: int) -> None:
    """Let days and periods be shown with their year from now on in this process, unless these years of its campaign
    are one, and it is that.
    """
    _campaign_years[:] = [range(first, last + 1)]


def goes_without_saying(year: int) -> bool:
    """Return whether a reader knows which year is meant: it is the only one of the campaign, or none is known."""
    return all(len(years) == 1 and year in years for years in _campaign_years)


@dataclass(frozen=True, slots=True, init=False)
class Say:
    """A sentence of the bot: the id of a Fluent message and the arguments that it names."""

    id: str
    args: tuple[tuple[str, "Arg"], ...]

    def __init__(self, id: str, **args: "Arg") -> None:  # noqa: A002  # Fluent's own word
        object.__setattr__(self, "id", id)
        object.__setattr__(self, "args", tuple(args.items()))

    @classmethod
    def of(cls, parts: tuple[str, dict[str, "Arg"]]) -> "Say":
        """The sentence that a child process of the bot sent, or a row keeps, in its parts: its id, its arguments."""
        return cls(parts[0], **parts[1])


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence that belongs to a pack, not to the bot; English is optional there."""

    zh: str
    en: str | None = None

    def as_json(self) -> dict[str, str | None]:
        """As a brief carries it; `Words(**…)` reads it again."""
        return {"zh": self.zh, "en": self.en}


Phrase = Say | Words | str
"""A str is somebody's own text (a name, a note); it is shown as it is, but that it cannot sign (`unsigned`)."""


@dataclass(frozen=True, slots=True)
class DayAndWeekday:
    """A day shown with its weekday: 6月30日（周五）."""

    day: date


@dataclass(frozen=True, slots=True)
class FullDay:
    """A day shown with its year: 2023年6月30日."""

    day: date


@dataclass(frozen=True, slots=True)
class Listed:
    """Several phrases in one line, joined as the language joins a list."""

    items: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """Several phrases, each on a line of its own with its number, so that the number can be replied."""

    items: tuple[Phrase, ...]


def listed(items: Iterable[Phrase]) -> Say:
    """Return several phrases as one, joined as the language joins a list."""
    return Say("listed", items=Listed(tuple(items)))


def shortened(text: str, most: int) -> str:
    """Return a text of somebody's, cut behind so many characters with a mark that it was."""
    return text if len(text) <= most else f"{text[:most]}…"


Arg = Phrase | int | date | datetime | DayAndWeekday | FullDay | Listed | Numbered


class MissingTextError(LookupError):
    """A sentence that no locale file holds; a test keeps this from happening."""


_SIGNING = str.maketrans(
    {**dict.fromkeys("【〖〘〚⟦⦗⁅⎡﹝︗︹︻", "（"), **dict.fromkeys("】〗〙〛⟧⦘⁆⎤﹞︘︺︼", "）")}
    | dict.fromkeys("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
"""The brackets in which a bureau's name stands as its signature, and those that look like them, as others that do not;
marks that turn the direction of text are left out.
"""


def unsigned(text: str) -> str:
    """Return somebody's own words so that they cannot stand where a bureau's signature stands: 【 and 】 are ours; and
    without what no platform and no document carries, which words from before may hold.
    """
    return writable(text).translate(_SIGNING)


def render(phrase: Phrase, language: str) -> str:
    """The phrase in a language of `LANGUAGES`; a pack without English falls back to Chinese."""
    match phrase:
        case str():
            return unsigned(phrase)
        case Words(zh, en):
            return en if language == ENGLISH and en else zh
        case Say(id=message_id, args=args):
            shown = tuple((name, arg if isinstance(arg, int) else show(arg, language)) for name, arg in args)
            is_short = all(isinstance(value, int) or len(value) <= _SHORT for _, value in shown)
            return _remembered(message_id, shown, language) if is_short else _message(message_id, shown, language)


def show(arg: Arg, language: str) -> str:
    """An argument as it stands in a sentence; a datetime must already be in the zone of its reader. This is the one
    place in which a day is written for people: with its year, where that does not go without saying.
    """
    match arg:
        case Say() | Words() | str():
            return render(arg, language)
        case Listed(items):
            return ("、" if language == CHINESE else ", ").join(render(item, language) for item in items)
        case Numbered(items):
            return "\n".join(f"{number}. {render(item, language)}" for number, item in enumerate(items, 1))
        case DayAndWeekday(day):
            weekday = _WEEKDAYS[language][day.weekday()]
            return f"{show(day, language)}（{weekday}）" if language == CHINESE else f"{weekday} {show(day, language)}"
        case FullDay(day):
            return (
                f"{day.year}年{in_year(day, language)}"
                if language == CHINESE
                else f"{in_year(day, language)} {day.year}"
            )
        case datetime():
            return f"{show(arg.date(), language)} {arg:%H:%M}"
        case date():
            return in_year(arg, language) if goes_without_saying(arg.year) else show(FullDay(arg), language)
        case int():
            return str(arg)


def in_year(day: date, language: str) -> str:
    """Return a day without its year, which is said beside it or goes without saying."""
    return f"{day.month}月{day.day}日" if language == CHINESE else f"{day.day} {day:%B}"


@cache
def _files(language: str) -> dict[str, str]:
    """The locale files by name, as text."""
    folder = files("talk") / "locales" / language
    return {file.name: file.read_text(encoding="utf-8") for file in folder.iterdir() if file.name.endswith(".ftl")}


@cache
def _sources(language: str) -> dict[str, str]:
    """The source of each message. No message refers to another, so each can be parsed by itself."""
    sources: dict[str, str] = {}
    for text in _files(language).values():
        begins = list(_MESSAGE.finditer(text))
        ends = [*(following.start() for following in begins[1:]), len(text)]
        sources |= {found[1]: text[found.start() : end] for found, end in zip(begins, ends, strict=False)}
    return sources


@cache
def _bundle(language: str) -> FluentBundle:
    # Isolating marks are invisible characters around every value: they break copying and matching.
    return FluentBundle([language], use_isolating=False)


@cache
def _pattern(message_id: str, language: str) -> Pattern:
    # A message at a time: to parse a whole file takes longer than most commands do.
    source = _sources(language).get(message_id)
    if source is None:
        raise MissingTextError(message_id)
    bundle = _bundle(language)
    bundle.add_resource(FluentResource(source), allow_overrides=True)
    pattern = bundle.get_message(message_id).value
    if pattern is None:
        raise MissingTextError(message_id)
    return pattern


def _message(message_id: str, shown: tuple[tuple[str, str | int], ...], language: str) -> str:
    pattern = _pattern(message_id, language)
    # A number stays one, so that English can tell 1 file from 2 files; without grouping: 1234, not 1,234.
    args = {name: fluent_number(v, useGrouping=False) if isinstance(v, int) else v for name, v in shown}
    # A list of names grows with the registry, and a sentence that fails takes its whole transaction with it.
    long = {name: value for name, value in args.items() if isinstance(value, str) and len(value) > LONG}
    # People may send even those; a sign that stands in a value of theirs stands for nothing.
    unused = (sign for sign in map(chr, count(_FIRST_SIGN)) if not any(sign in str(value) for value in args.values()))
    signs = dict(zip(long, unused, strict=False))
    text, errors = _bundle(language).format_pattern(pattern, args | signs)
    if errors:
        raise MissingTextError(f"{message_id}: {errors[0]}")
    known = {sign: long[name] for name, sign in signs.items()}
    return "".join(known.get(letter, letter) for letter in str(text)) if known else str(text)


# By what is shown and not by what it is made of: one instant in two zones is equal, and reads differently.
_remembered = lru_cache(_REMEMBERED)(_message)


def known_ids(language: str) -> Sequence[str]:
    """The message ids that a locale holds."""
    return sorted(_sources(language))
