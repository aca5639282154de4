"""The kinds of values in a pack, and what a pack has defined so far.

What a later part of a pack names (a tag, a ladder, a phase …) an earlier part must have defined: pydantic
validates in the order of the fields, `Known` fills meanwhile, and so each fault carries its own place.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainValidator,
    StringConstraints,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

from campaign.notation import DueRule, Moment, OnDate, PeriodDay, days_of, due_rule, moment, on_date, period_day
from campaign.periods import Period
from talk.texts import Words

T = TypeVar("T", str, int)
Rule = TypeVar("Rule", bound=DueRule)


@dataclass(slots=True)
class Known:
    """What a pack has defined so far, while it is being validated."""

    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    phases: list[Period] = field(default_factory=list)
    earlier: list[Any] | None = None
    """The scopes of the variants of an obligation before the one that is read; None: scopes do not count there."""
    start: date | None = None
    edition: str | None = None
    campaign: Period | None = None
    endless: bool = False
    """Whether the campaign has no end of its own."""
    closing: int = 0
    """Days after the campaign in which something may still be due."""

    def define(self, kind: str, name: str) -> None:
        """Remember a name; PydanticCustomError when it is taken."""
        if name in self.names[kind]:
            raise PydanticCustomError("repeated", "defined twice", {"name": name})
        self.names[kind].add(name)

    def inside(self, day: date) -> None:
        """PydanticCustomError when a day lies outside the campaign."""
        if self.campaign and not self.campaign.first <= day <= self.campaign.last:
            raise PydanticCustomError("outside", "outside the campaign", {"day": day.isoformat()})

    def within_reach(self, day: date) -> None:
        """PydanticCustomError when a day lies outside the campaign and the days of its closing."""
        if self.campaign and day > self.campaign.last + timedelta(days=self.closing):
            raise PydanticCustomError("after", "after the closing", {"day": day.isoformat()})
        if self.campaign and day < self.campaign.first:
            self.inside(day)


def known(info: ValidationInfo) -> Known:
    """What is defined so far, inside a validator."""
    if not isinstance(info.context, Known):
        raise TypeError("the parts of a pack are made by Pack.of")
    return info.context


def defines(kind: str) -> AfterValidator:
    """The value is the name of a new thing of a kind."""

    def define(name: T, info: ValidationInfo) -> T:
        known(info).define(kind, str(name))
        return name

    return AfterValidator(define)


def names(kind: str) -> AfterValidator:
    """The value is the name of a thing defined before."""

    def find(name: T, info: ValidationInfo) -> T:
        there = known(info).names[kind]
        if str(name) not in there:
            raise PydanticCustomError("unknown", "not defined", {"known": "、".join(sorted(there))})
        return name

    return AfterValidator(find)


def _inside(rule: Rule, info: ValidationInfo) -> Rule:
    if isinstance(rule, OnDate):
        known(info).inside(rule.day)
    return rule


def _within_reach(rule: Rule, info: ValidationInfo) -> Rule:
    if isinstance(rule, OnDate):
        known(info).within_reach(rule.day)
    return rule


def _closes(value: object, info: ValidationInfo) -> int:
    known(info).closing = days_of(value)
    return known(info).closing


def _plain_day(value: object) -> date:
    return on_date(value).day


def _said(value: object) -> object:
    words = value if isinstance(value, Mapping) else {"zh": value}
    if not str(words.get("zh") or "").strip():
        raise PydanticCustomError("no_chinese", "no Chinese text")
    return words


def _joined(value: object) -> str:
    clauses = [str(clause or "").strip() for clause in (value if isinstance(value, list) else [value])]
    if not clauses or not all(clauses):
        raise PydanticCustomError("no_clause", "no clause")
    return "、".join(clauses)


Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Name = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Text = Annotated[Words, BeforeValidator(_said)]
"""Words in two languages; one plain text where there is no English."""
Clause = Annotated[str, BeforeValidator(_joined)]
"""A clause of the plan, or several, which are joined with 、."""
Day = Annotated[OnDate, PlainValidator(on_date), AfterValidator(_inside)]
PlainDay = Annotated[date, PlainValidator(_plain_day)]
"""A date whose mark serves the reader of the pack alone."""
OpensDay = Annotated[PeriodDay, PlainValidator(period_day), AfterValidator(_within_reach)]
DueDay = Annotated[DueRule, PlainValidator(due_rule), AfterValidator(_within_reach)]
Closing = Annotated[int, PlainValidator(_closes)]
"""So many days after the campaign, in which what was owed in it may be due."""
When = Annotated[Moment, PlainValidator(moment)]


class Part(BaseModel):
    """What every part of a pack has in common: it never changes, and knows all its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")
