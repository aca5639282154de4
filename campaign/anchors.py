"""Duties that follow from an answer: so long after the day of the deed that it told, or within so long of it."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Final, Literal, Self

from pydantic import PlainValidator, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from campaign.fields import Name, Part, known
from campaign.notation import MARK, days_of

AFTER: Final = "after/"
"""How the period of a duty that follows from an answer begins: after/41, of the duty that was answered."""
DATED: Final = "day of the deed of "
"""Under which name a pack knows the questions for the day of the deed of an obligation, while it is read."""
AHEAD: Final = 90

_MONTHS: Final = {"year": 12, "month": 1}
_STRETCH: Final = re.compile(rf"([1-9]\d?) (year|month|day)s? {MARK}")


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many years, months or days."""

    number: int
    unit: Literal["year", "month", "day"]

    def after(self, day: date) -> date:
        """Return the day so long after one; of a day that its month lacks the month's last."""
        if self.unit == "day":
            return day + timedelta(days=self.number)
        months = day.year * 12 + day.month - 1 + self.number * _MONTHS[self.unit]
        year, month = months // 12, months % 12 + 1
        return date(year, month, min(day.day, monthrange(year, month)[1]))

    def before(self, day: date) -> date:
        """Return a day so long before one, or a few days later."""
        days = self.number * {"year": 365, "month": 28, "day": 1}[self.unit]
        return day - timedelta(days=days)


def stretch(value: object) -> Stretch:
    """Read so long a time with its mark, `3 years [N]`; PydanticCustomError bad_stretch."""
    found = _STRETCH.fullmatch(str(value))
    if found is None:
        raise PydanticCustomError("bad_stretch", "no stretch of time")
    return Stretch(int(found[1]), {"year": "year", "month": "month"}.get(found[2], "day"))  # type: ignore[arg-type]  # one of three


class AnchorRule(Part):
    """What a duty follows from. Either `answer`, an obligation and its question for the day of the deed
    (`emergency-plan.plan_day`): then it is due so long after that day (`plus`), and opens so many days `ahead`; each
    new answer moves it. Or `answered`, an obligation: then each answer makes one, due within what its variant says.
    """

    answer: Name | None = None
    answered: Name | None = None
    plus: Annotated[Stretch, PlainValidator(stretch)] | None = None
    ahead: Annotated[int, PlainValidator(days_of)] = AHEAD

    @property
    def source(self) -> str:
        """The obligation whose answers count."""
        return self.answered or str(self.answer).partition(".")[0]

    @model_validator(mode="after")
    def _one_of_two(self, info: ValidationInfo) -> Self:
        if (self.answer is None) == (self.answered is None) or (self.answer is None) != (self.plus is None):
            raise PydanticCustomError("anchor", "answer with plus, or answered")
        there = known(info).names
        if self.source not in there["obligation"]:
            raise PydanticCustomError(
                "unknown", "not defined", {"given": self.source, "known": "、".join(sorted(there["obligation"]))}
            )
        if self.answer is not None and (key := self.answer.partition(".")[2]) not in there[f"{DATED}{self.source}"]:
            dated = "、".join(sorted(there[f"{DATED}{self.source}"]))
            raise PydanticCustomError("unknown", "no day of the deed", {"given": key, "known": dated})
        return self
