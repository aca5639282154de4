"""Typed questions, one class for each kind of answer.

A dialog takes an answer with `held = yield from YesNo("held", ask=…, label=…)`; the type checker
knows that `held` is a bool. Nothing here has a clock: only `read`, `choose` and `options` see the
moment at which a person spoke, so that 今天 is decided once and replay never parses again. What
`decode` lets pass, a person could have answered: bounds and options hold for stored answers too.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from talk import parsing
from talk.asking import ANYONE, PRINCIPAL, TEXT_LIMIT, Hint, Option, Question, labels, too_long
from talk.cleaning import clean, simplified, tidy
from talk.messages import FileRef
from talk.naming import is_name
from talk.texts import LANGUAGES, DayAndWeekday, FullDay, Listed, Phrase, Say, render

__all__ = [
    "ANYONE",
    "PRINCIPAL",
    "TEXT_LIMIT",
    "Amount",
    "Choice",
    "Choices",
    "Confirm",
    "Count",
    "Day",
    "Hint",
    "Moment",
    "Name",
    "Option",
    "Photo",
    "Picked",
    "Question",
    "Text",
    "YesNo",
]


@dataclass(frozen=True, kw_only=True)
class YesNo(Question[bool]):
    """Yes or no, in words of one's own: 已调度 / 还没有."""

    yes: Phrase = field(default_factory=lambda: Say("option-yes"))
    no: Phrase = field(default_factory=lambda: Say("option-no"))

    def read(self, text: str, at: datetime) -> bool | Hint:
        said = self.named(text, at)
        if said is None:
            said = parsing.yes_no(text)
        return self.refusal(text) if said is None else said

    def offers(self, at: datetime) -> tuple[tuple[Option, bool], ...]:
        del at
        return ((Option("yes", self.yes), True), (Option("no", self.no), False))

    def describe(self, value: bool) -> Phrase:
        return self.yes if value else self.no

    def decode(self, stored: Any) -> bool:
        if not isinstance(stored, bool):
            raise TypeError(stored)
        return stored

    def samples(self) -> tuple[bool, ...]:
        return (True, False)

    def accepts(self) -> Say:
        return Say("accepts-option", first=self.yes, second=self.no)


@dataclass(frozen=True, kw_only=True)
class Choice(Question[str]):
    """One of several; the value is the option's id. `likely` is moved to the front."""

    choices: tuple[Option, ...]
    likely: str | None = None

    def read(self, text: str, at: datetime) -> str | Hint:
        return self.named(text, at) or self.refusal(text)

    def offers(self, at: datetime) -> tuple[tuple[Option, str], ...]:
        del at
        likely_first = sorted(self.choices, key=lambda option: option.id != self.likely)
        return tuple((option, option.id) for option in likely_first)

    def describe(self, value: str) -> Phrase:
        return _label_of(self.choices, value)

    def decode(self, stored: Any) -> str:
        _label_of(self.choices, stored)
        return str(stored)

    def samples(self) -> tuple[str, ...]:
        return tuple(option.id for option in self.choices)

    def accepts(self) -> Say:
        return Say("accepts-choice", example=self.choices[0].label)


@dataclass(frozen=True, slots=True)
class Picked:
    """What was taken of several choices, and words of one's own beside them."""

    ids: tuple[str, ...]
    other: str = ""


@dataclass(frozen=True, kw_only=True)
class Choices(Question[Picked]):
    """Any of several, and with `free` also a text. Toggles live on the prompt; only 完成 answers.
    `nothing` labels a button that says in one tap that none of them applies.
    """

    choices: tuple[Option, ...]
    free: bool = False
    nothing: Phrase | None = None
    limit: int = TEXT_LIMIT

    def read(self, text: str, at: datetime) -> Picked | Hint:
        del at
        kept = tidy(text)
        if len(kept) > self.limit:
            return too_long(kept, self.limit)
        if self.nothing is not None:
            none = (*_NOTHING, "0", *(render(self.nothing, language) for language in LANGUAGES))
            if any(_alike(kept, word) for word in none):
                return Picked(())
        ids, other = parsing.picks(kept, labels(self.choices))
        return self.refusal(text) if other and not self.free else self.finish(ids, other)

    def finish(self, ids: Sequence[str], other: str = "") -> Picked | Hint:
        """The answer that 完成 makes of the toggles."""
        taken = tuple(option.id for option in self.choices if option.id in ids)
        return Picked(taken, other) if taken or other else Hint(self.accepts())

    def offers(self, at: datetime) -> tuple[tuple[Option, Picked], ...]:
        del at
        return ((Option("none", self.nothing), Picked(())),) if self.nothing is not None else ()

    def options(self, at: datetime) -> tuple[Option, ...]:
        return (*self.choices, *super().options(at))

    def describe(self, value: Picked) -> Phrase:
        if value == Picked(()):
            return Say("shown-nothing")
        taken = tuple(_label_of(self.choices, id_) for id_ in value.ids)
        return Say("listed", items=Listed((*taken, value.other) if value.other else taken))

    def encode(self, value: Picked) -> Any:
        return {"ids": list(value.ids), "other": value.other}

    def decode(self, stored: Any) -> Picked:
        ids, other = _list(stored["ids"]), _text(stored["other"])
        for id_ in ids:
            _label_of(self.choices, id_)
        if len(set(ids)) < len(ids) or not (ids or other or self.nothing) or (other and not self.free):
            raise ValueError(stored)
        return Picked(tuple(ids), other)

    def samples(self) -> tuple[Picked, ...]:
        every = tuple(option.id for option in self.choices)
        own = (Picked((), "…"),) if self.free else ()
        none = (Picked(()),) if self.nothing is not None else ()
        return tuple(dict.fromkeys((Picked(every[:1]), Picked(every), *own, *none)))

    def accepts(self) -> Say:
        if self.nothing is not None:
            return Say("accepts-choices-or-none", none=self.nothing)
        return Say("accepts-choices-free" if self.free else "accepts-choices")


@dataclass(frozen=True, kw_only=True)
class Count(Question[int]):
    """A whole number of things: 12, 十二, １２人. `unit` is shown after it and may be typed; `usual` is a button for
    the likely number, `nothing` labels one for 0.
    """

    minimum: int = 0
    maximum: int = 1_000_000
    unit: Phrase = ""
    usual: int | None = None
    nothing: Phrase | None = None

    def read(self, text: str, at: datetime) -> int | Hint:
        number = parsing.count(text, [render(self.unit, language) for language in LANGUAGES])
        if number is None:
            number = self.named(text, at)
        if number is None:
            return self.refusal(text)
        if not self.minimum <= number <= self.maximum:
            return Hint(Say("hint-range", minimum=self.minimum, maximum=self.maximum))
        return number

    def offers(self, at: datetime) -> tuple[tuple[Option, int], ...]:
        del at
        offered: list[tuple[Option, int]] = []
        if self.usual is not None and self._within(self.usual) == self.usual and (self.usual or not self.nothing):
            offered.append((Option("usual", Say("shown-count", number=self.usual, unit=self.unit)), self.usual))
        if self.nothing is not None and not self.minimum:
            offered.append((Option("none", self.nothing), 0))
        return tuple(offered)

    def describe(self, value: int) -> Phrase:
        return Say("shown-count", number=value, unit=self.unit) if self.unit else str(value)

    def decode(self, stored: Any) -> int:
        if isinstance(stored, bool) or not isinstance(stored, int):
            raise TypeError(stored)
        if not self.minimum <= stored <= self.maximum:
            raise ValueError(stored)
        return stored

    def samples(self) -> tuple[int, ...]:
        return tuple(dict.fromkeys((self._within(1), self.minimum)))

    def accepts(self) -> Say:
        example = self._within(3)
        return Say(
            "accepts-count", example=Say("shown-count", number=example, unit=self.unit) if self.unit else example
        )

    def _within(self, number: int) -> int:
        return min(max(number, self.minimum), self.maximum)


@dataclass(frozen=True, kw_only=True)
class Amount(Question[Decimal]):
    """Money in yuan, to the 分: 30000, 3万, 3.5万元."""

    def read(self, text: str, at: datetime) -> Decimal | Hint:
        del at
        amount = parsing.amount(text)
        return self.refusal(text) if amount is None else amount

    def describe(self, value: Decimal) -> Phrase:
        return Say("amount-yuan", amount=f"{value:f}")

    def encode(self, value: Decimal) -> Any:
        return str(value)

    def decode(self, stored: Any) -> Decimal:
        # Decimal itself takes NaN, 1E+999999 and the digits of every script, and its error is no ValueError.
        if not _YUAN.fullmatch(_text(stored)):
            raise ValueError(stored)
        return Decimal(stored)

    def samples(self) -> tuple[Decimal, ...]:
        return (Decimal(30000), Decimal(0))

    def accepts(self) -> Say:
        return Say("accepts-amount")


LAST_DAYS: Final = 3
"""How many days of a period that is over have a button: its last ones."""


@dataclass(frozen=True, kw_only=True)
class Day(Question[date]):
    """A day within `first`..`last`; `past` refuses the future, `future` the past."""

    first: date
    last: date
    past: bool = False
    future: bool = False

    def read(self, text: str, at: datetime) -> date | Hint:
        today = at.date()
        day = parsing.day(text, today, near=min(max(today, self.first), self.last))
        if day is None:
            return self.refusal(text)
        if self.past and day > today:
            return Hint(Say("hint-day-future", day=self._shown(day), accepts=self.accepts()))
        if self.future and day < today:
            return Hint(Say("hint-day-past", day=self._shown(day), accepts=self.accepts()))
        if not self._holds(day):
            return Hint(Say("hint-day-outside", day=self._shown(day), accepts=self.accepts()))
        return day

    def offers(self, at: datetime) -> tuple[tuple[Option, date], ...]:
        if self.future:
            return ()
        today = at.date()
        if self.last < today - timedelta(days=1):
            days = (self.last - timedelta(days=back) for back in range(LAST_DAYS))
            return tuple((Option(day.isoformat(), Say("option-day", day=day)), day) for day in days if self._holds(day))
        offered = (
            (Option("today", Say("option-today")), today),
            (Option("yesterday", Say("option-yesterday")), today - timedelta(days=1)),
        )
        return tuple((option, day) for option, day in offered if self._holds(day))

    def describe(self, value: date) -> Phrase:
        return Say("shown-day", day=DayAndWeekday(value))

    def encode(self, value: date) -> Any:
        return value.isoformat()

    def decode(self, stored: Any) -> date:
        day = date.fromisoformat(stored)
        if not self._holds(day):
            raise ValueError(stored)
        return day

    def samples(self) -> tuple[date, ...]:
        return (self.first,)

    def accepts(self) -> Say:
        # The first day of what is still to come may have passed, the last has not.
        example = self.last if self.future else self.first
        if (self.first.year, self.first.month) == (self.last.year, self.last.month):
            return Say("accepts-day-in-month", month=self.first.month, example=example)
        first, last, shown = self._shown(self.first), self._shown(self.last), self._shown(example)
        if self.past:
            # Its last day is often the end of the campaign, months away: only what has been can be told.
            return Say("accepts-day-past", first=first, example=shown)
        if self.future:
            return Say("accepts-day-future", last=last, example=shown)
        return Say("accepts-day", first=first, last=last, example=shown)

    def _holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def _shown(self, day: date) -> date | FullDay:
        """The day as a hint names it, with its year where that is not plain."""
        return day if day.year == self.first.year == self.last.year else FullDay(day)


@dataclass(frozen=True, kw_only=True)
class Moment(Question[datetime]):
    """An instant to the minute, aware, in the zone of the campaign."""

    def read(self, text: str, at: datetime) -> datetime | Hint:
        moment = parsing.moment(text, at)
        return self.refusal(text) if moment is None else moment

    def offers(self, at: datetime) -> tuple[tuple[Option, datetime], ...]:
        return ((Option("now", Say("option-now")), at.replace(second=0, microsecond=0)),)

    def describe(self, value: datetime) -> Phrase:
        return Say("shown-moment", moment=value)

    def encode(self, value: datetime) -> Any:
        return value.isoformat()

    def decode(self, stored: Any) -> datetime:
        moment = datetime.fromisoformat(stored)
        if moment.tzinfo is None:
            raise ValueError(stored)
        return moment

    def samples(self) -> tuple[datetime, ...]:
        return (datetime.fromisoformat("2023-06-05T14:30:00+08:00"),)

    def accepts(self) -> Say:
        return Say("accepts-moment")


@dataclass(frozen=True, kw_only=True)
class Text(Question[str]):
    """Words of one's own. `nothing` labels a button for "none"; `same` offers an earlier text again."""

    limit: int = TEXT_LIMIT
    nothing: Phrase | None = None
    same: str = ""

    def read(self, text: str, at: datetime) -> str | Hint:
        kept = tidy(text)
        if len(kept) > self.limit:
            return too_long(kept, self.limit)
        # Only a label as a whole is meant as the button: any less may be the beginning of an answer.
        for option, value in self.offers(at):
            if any(_alike(kept, render(option.label, language)) for language in LANGUAGES):
                return value
        if self.nothing is not None and any(_alike(kept, word) for word in _NOTHING):
            return ""
        return kept or self.refusal("")

    def offers(self, at: datetime) -> tuple[tuple[Option, str], ...]:
        del at
        same = ((Option("same", Say("option-same")), self.same),) if self.same else ()
        return same if self.nothing is None else (*same, (Option("none", self.nothing), ""))

    def default(self) -> str:
        return ""

    def describe(self, value: str) -> Phrase:
        return value or self.nothing or Say("shown-nothing")

    def decode(self, stored: Any) -> str:
        text = _text(stored)
        # Of signs that nobody sees there is nothing to show, nor to confirm.
        if not tidy(text) and (text or self.nothing is None):
            raise ValueError(stored)
        return text

    def samples(self) -> tuple[str, ...]:
        return ("…", "") if self.nothing is not None else ("…",)

    def accepts(self) -> Say:
        return Say("accepts-text", limit=self.limit)


@dataclass(frozen=True, kw_only=True)
class Name(Text):
    """The name of a person, which cannot imitate those who give orders; `reserved` are their names."""

    reserved: tuple[str, ...] = ()

    def read(self, text: str, at: datetime) -> str | Hint:
        kept = super().read(clean(text), at)
        return kept if isinstance(kept, Hint) or is_name(kept, self.reserved) else Hint(Say("name-refused"))

    def decode(self, stored: Any) -> str:
        name = super().decode(stored)
        # The sample of an outline stands for any name.
        if name not in self.samples() and not is_name(name, self.reserved):
            raise ValueError(stored)
        return name


@dataclass(frozen=True, kw_only=True)
class Photo(Question[tuple[FileRef, ...]]):
    """One or more photos, already kept by content; with `documents` files of other kinds, too. What must show a place
    is a picture, in a stored answer as well. `nothing` labels the way past it.
    """

    nothing: Phrase | None = None
    documents: bool = False

    def read(self, text: str, at: datetime) -> tuple[FileRef, ...] | Hint:
        none = self.named(text, at)
        if none is None and self.nothing is not None and parsing.yes_no(text) is False:
            none = ()
        return self.refusal(text) if none is None else none

    def receive(self, files: Sequence[FileRef]) -> tuple[FileRef, ...] | Hint:
        other = None if self.documents else next((file for file in files if not file.is_picture), None)
        return (tuple(files) or self.refusal("")) if other is None else Hint(Say("hint-not-a-photo", name=other.name))

    def offers(self, at: datetime) -> tuple[tuple[Option, tuple[FileRef, ...]], ...]:
        del at
        return ((Option("none", self.nothing), ()),) if self.nothing is not None else ()

    def default(self) -> tuple[FileRef, ...]:
        return ()

    def describe(self, value: tuple[FileRef, ...]) -> Phrase:
        return Say("shown-photos", number=len(value)) if value else Say("shown-nothing")

    def encode(self, value: tuple[FileRef, ...]) -> Any:
        return [file.as_json() for file in value]

    def decode(self, stored: Any) -> tuple[FileRef, ...]:
        files = tuple(_file(parts) for parts in _list(stored))
        if (not files and self.nothing is None) or not (self.documents or all(file.is_picture for file in files)):
            raise ValueError(stored)
        return files

    def samples(self) -> tuple[tuple[FileRef, ...], ...]:
        photo = (FileRef("0" * 64, "photo.jpg", "image/jpeg", 1),)
        return (photo, ()) if self.nothing is not None else (photo,)

    def accepts(self) -> Say:
        return Say("accepts-photo-or-file" if self.documents else "accepts-photo")


@dataclass(frozen=True, kw_only=True)
class Confirm(Question[str]):
    """The last question: the value is the digest of everything it binds, so any edit asks it again.

    `digest` is filled in by `conversation.drive`; a dialog leaves it empty.
    """

    digest: str = ""
    yes: Phrase = field(default_factory=lambda: Say("option-confirm"))

    def read(self, text: str, at: datetime) -> str | Hint:
        if self.named(text, at) is not None or parsing.yes_no(text):
            return self.digest
        return self.refusal(text)

    def offers(self, at: datetime) -> tuple[tuple[Option, str], ...]:
        del at
        return ((Option("confirm", self.yes), self.digest),)

    def describe(self, value: str) -> Phrase:
        del value
        return self.yes

    def decode(self, stored: Any) -> str:
        if stored != self.digest:
            raise ValueError("confirmed something else")
        return self.digest

    def samples(self) -> tuple[str, ...]:
        return (self.digest,)

    def accepts(self) -> Say:
        return Say("accepts-confirm", confirm=self.yes)


_YUAN = re.compile(r"[0-9]{1,12}(\.[0-9]{2})?")
_NOTHING = ("无", "没有", "没有了", "没", "暂无", "暂时没有", "none", "nothing", "no")
"""How people type that there is nothing to tell."""


def _alike(text: str, words: str) -> bool:
    """Whether two texts say the same but for width, case, spaces at the ends and a full stop."""
    return simplified(clean(text)).lower().rstrip("。.!") == clean(words).lower()


def _label_of(options: Sequence[Option], wanted: Any) -> Phrase:
    for option in options:
        if option.id == wanted:
            return option.label
    raise LookupError(wanted)


def _list(stored: Any) -> list[Any]:
    if not isinstance(stored, list):
        raise TypeError(stored)
    return stored


def _text(stored: Any) -> str:
    if not isinstance(stored, str):
        raise TypeError(stored)
    return stored


def _file(parts: Any) -> FileRef:
    sha256, name, mime, size, *taken = _list(parts)
    if isinstance(size, bool) or not isinstance(size, int) or len(taken) > 1:
        raise TypeError(parts)
    return FileRef(_text(sha256), _text(name), _text(mime), size, *map(_text, taken))
