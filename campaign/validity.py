"""From when until when a rule is in force: a law may begin, end or be replaced in the midst of a campaign."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from campaign.fields import Part, PlainDay
from campaign.periods import Period


class Valid(Part):
    """The first and the last day of a rule; None: it has none. Both may lie outside the campaign."""

    from_: Annotated[PlainDay | None, Field(alias="from")] = None
    until: PlainDay | None = None

    @model_validator(mode="after")
    def _forwards(self) -> Self:
        if self.from_ is not None and self.until is not None and self.until < self.from_:
            raise PydanticCustomError("backwards", "ends before it begins")
        return self


ALWAYS = Valid()


def in_force(valid: Valid, day: date) -> bool:
    """Return whether a rule is in force on a day."""
    return (valid.from_ is None or day >= valid.from_) and (valid.until is None or day <= valid.until)


def cut(valid: Valid, period: Period) -> Period | None:
    """Return the days of a period on which a rule is in force, under the period's name; None: there are none."""
    first = period.first if valid.from_ is None else max(period.first, valid.from_)
    last = period.last if valid.until is None else min(period.last, valid.until)
    return Period(period.name, first, last) if first <= last else None
