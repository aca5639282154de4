"""Certificates of special operations (特种作业操作证): the number, how long one is valid, when to bring it to mind."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Final, Literal
from zoneinfo import ZoneInfo

from pydantic import StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from campaign.fields import Part
from campaign.notation import MARK
from campaign.workdays import DAY_BEGINS, workday_not_after
from talk.cleaning import likeness

# ISO 7064 MOD 11-2, as GB 11643-1999 writes it for identity numbers: 2^17 … 2^1 modulo 11.
_WEIGHTS: Final = tuple(pow(2, 17 - place, 11) for place in range(17))
_CHECK_SIGNS: Final = "0123456789X"
_IDENTITY: Final = re.compile(r"T[0-9]{17}[0-9X]", re.ASCII)
_ANY_NUMBER: Final = re.compile(r"(?=.*[0-9])[0-9A-Z()/-]{6,40}", re.ASCII)
_BETWEEN_WORDS: Final = re.compile(r"[、,，\s]+")

SHOWN_FIRST: Final = 4
SHOWN_LAST: Final = 2
HIDDEN: Final = 4
"""Places of a number that stay hidden at the least: of a short one the beginning is not shown either."""


class NumberFault(StrEnum):
    """What is odd about a number. Only NONE bars it: the others are worth a second look, for a holder with a
    passport has another pattern and an old card may have been miscopied.
    """

    NONE = "none"
    PATTERN = "pattern"
    CHECK = "check"


def normalise_number(text: str) -> str:
    """A number as it is kept: half-width capitals and digits without any space or invisible mark, dashes as "-"."""
    return likeness(text).upper()


def number_fault(number: str) -> NumberFault | None:
    """What is odd about a normalised number; None when it is T and a sound identity number."""
    if _IDENTITY.fullmatch(number):
        return None if check_sign(number[1:-1]) == number[-1] else NumberFault.CHECK
    # 无, 办理中, 见附件: no number at all, and whoever has none may not weld.
    return NumberFault.PATTERN if _ANY_NUMBER.fullmatch(number) else NumberFault.NONE


def check_sign(body: str) -> str:
    """The 18th place of an identity number that belongs to the first 17 digits."""
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True))
    return _CHECK_SIGNS[(12 - total) % 11]


def masked(number: str) -> str:
    """A number as people may see it: the first 4 and last 2 places, T210*************3X."""
    last = number[-SHOWN_LAST:] if len(number) >= SHOWN_LAST + HIDDEN else ""
    first = number[:SHOWN_FIRST] if len(number) >= SHOWN_FIRST + SHOWN_LAST + HIDDEN else ""
    return first + "*" * (len(number) - len(first) - len(last)) + last


_Marked = Annotated[str, StringConstraints(pattern=rf"^[1-9][0-9]? {MARK}$")]


class CertificateRules(Part):
    """How long a certificate is valid and which trades may weld, each with the mark of who says so: [S] a public
    source, [D] we.
    """

    valid_years: _Marked = "6 [S]"
    review_years: _Marked = "3 [S]"
    """Reviewed (复审) every so many years; without it a certificate is void."""
    remind_days: Annotated[str, StringConstraints(pattern=rf"^[1-9][0-9]{{0,2}}(, [1-9][0-9]{{0,2}})* {MARK}$")] = (
        "90, 60, 30, 7 [D]"
    )
    """So many days before either day it is brought to mind, the most first."""
    hot_work_trades: Annotated[str, StringConstraints(pattern=rf"^[^\[]+ {MARK}$")] = "焊、热切割、气割 [D]"
    """A trade with one of these words may do hot work."""

    @property
    def years_valid(self) -> int:
        """Years from the day of issue, or of renewal (换证), to the last valid day."""
        return int(_unmarked(self.valid_years))

    @property
    def years_to_review(self) -> int:
        """Years from issue to review."""
        return int(_unmarked(self.review_years))

    @property
    def days_ahead(self) -> tuple[int, ...]:
        """The rungs of the reminder, the first first."""
        return _numbers(self.remind_days)

    @field_validator("review_years")
    @classmethod
    def _before_it_expires(cls, years: str, info: ValidationInfo) -> str:
        valid = info.data.get("valid_years")
        if valid is not None and int(_unmarked(years)) > int(_unmarked(valid)):
            raise PydanticCustomError("late", "reviewed after it has expired")
        return years

    @field_validator("remind_days")
    @classmethod
    def _fewer_and_fewer(cls, days: str) -> str:
        if any(less >= more for more, less in pairwise(_numbers(days))):
            raise PydanticCustomError("order", "the most days first")
        return days

    def allows_hot_work(self, trade: str) -> bool:
        """Whether a certificate for this trade is one for welding and hot cutting (焊接与热切割)."""
        words = _BETWEEN_WORDS.split(_unmarked(self.hot_work_trades))
        return any(likeness(word) in likeness(trade) for word in words)

    def last_day(self, issued: date) -> date:
        """The last valid day of a certificate issued on a day, where its card says nothing else."""
        return years_after(issued, self.years_valid) - timedelta(days=1)

    def review_day(self, valid_until: date) -> date:
        """The last day for the review within a term, where the card says nothing else: counted from the end of
        the term, since a renewed card still names the day on which the first one was issued.
        """
        return years_after(valid_until + timedelta(days=1), self.years_to_review - self.years_valid) - timedelta(days=1)


def years_after(day: date, years: int) -> date:
    """The same day some years on, or back; 1 March for a 29 February that is not there."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _unmarked(text: str) -> str:
    return text.rpartition(" [")[0]


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in _unmarked(text).split(", "))


class Validity(StrEnum):
    """How a certificate stands on a day."""

    VALID = "valid"
    REVIEW_OVERDUE = "review_overdue"
    """Not reviewed in time (逾期未复审): void, like an expired one."""
    EXPIRED = "expired"


CertificateDay = Literal["review", "expiry"]
"""What a day of a certificate is: 应复审日期, or 有效期至."""


@dataclass(frozen=True, slots=True)
class CertificateStanding:
    """How a certificate stands: `until` is its last valid day, of review and expiry whichever comes first, and `kind`
    says which of them that is.
    """

    validity: Validity
    until: date
    kind: CertificateDay

    @property
    def is_valid(self) -> bool:
        """Whether its holder may be named for hot work."""
        return self.validity is Validity.VALID


def standing(review_due: date, valid_until: date, on: date) -> CertificateStanding:
    """How a certificate stands on a day; the two days named are themselves still valid."""
    until = min(review_due, valid_until)
    # Where both are one day a review is of no use any more: a new card is due.
    kind: CertificateDay = "review" if review_due < valid_until else "expiry"
    if on > valid_until:
        return CertificateStanding(Validity.EXPIRED, until, kind)
    return CertificateStanding(Validity.VALID if on <= review_due else Validity.REVIEW_OVERDUE, until, kind)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A rung of the reminder: how many days before the last valid day, and the aware moment when it is due."""

    days: int
    at: datetime


def newest_reminder(rules: CertificateRules, until: date, now: datetime, zone: ZoneInfo) -> Reminder | None:
    """The newest rung that is due by now, of a certificate that is still valid; those that were missed are not
    made up for. Each is due at 08:30 of its day, or of the last working day before it.
    """
    if now.astimezone(zone).date() > until:
        return None
    rungs = [Reminder(days, _morning(until - timedelta(days=days), zone)) for days in rules.days_ahead]
    return next((rung for rung in reversed(rungs) if rung.at <= now), None)


def _morning(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(workday_not_after(day), DAY_BEGINS, zone)
