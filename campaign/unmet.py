"""Which answers do not meet the clause that they answer: `unmet` in a pack, and what is missing as evidence.

An answer is judged as it is stored, by the keys of its questions, so one of yesterday is judged like one of today.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal, Self, TypeVar

from pydantic import AfterValidator, Field, NonNegativeInt, PlainValidator, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from campaign.annex import FOUND_IN_CHECKS
from campaign.conditions import KIND, OnlyIf
from campaign.fields import Id, Part, Text, known, names
from campaign.notation import on_date
from talk.texts import Words

EMPLOYEES: Final = "employees"
"""The registry's number of employees, where a number is compared with it."""
START: Final = "campaign"
"""The first day of the campaign, where a day is compared with it."""
JUDGED: Final = "kind that is judged"
JUDGED_KEY: Final = "key that is judged"
JUDGED_OPTION: Final = "option that is judged"
_NAMED: Final = re.compile(r"\{([a-z0-9_]+)\}")
_COMPARISONS: Final = ("is_", "has", "lacks", "above", "below", "before", "missing")


def _numbers(info: ValidationInfo) -> set[str]:
    there = known(info).names
    earlier = {name.removeprefix(KIND) for name in there if name.startswith(KIND) and "count" in there[name]}
    return {EMPLOYEES, *earlier, *(there[JUDGED_KEY] if "count" in there[JUDGED] else ())}


def _bound(value: object, info: ValidationInfo) -> int | str:
    text = str(value)
    if text.isdecimal():
        return int(text)
    if text not in (there := _numbers(info)):
        raise PydanticCustomError("unknown", "no number", {"given": text, "known": "、".join(sorted(there))})
    return text


def _before(value: str, info: ValidationInfo) -> str:
    if value != START and "day" not in known(info).names[f"{KIND}{value}"]:
        on_date(value)
    return value


def _names_numbers(why: Words, info: ValidationInfo) -> Words:
    there = _numbers(info)
    for name in _NAMED.findall(f"{why.zh}{why.en or ''}"):
        if name not in there:
            raise PydanticCustomError("unknown", "no number", {"given": name, "known": "、".join(sorted(there))})
    return why


Bound = Annotated[int | str, PlainValidator(_bound)]
"""A number, the key of an earlier question for one, or `employees`."""
Before = Annotated[str, AfterValidator(_before)]
"""A day with its mark, the key of an earlier question for one, or `campaign`."""
Why = Annotated[Text, AfterValidator(_names_numbers)]
Row = Annotated[str, names(FOUND_IN_CHECKS)]


@dataclass(frozen=True, slots=True)
class Measure:
    """What answers are compared with besides one another."""

    start: date
    """The first day of the campaign."""
    employees: int | None = None
    """By the registry; None: not known, and nothing is compared with it."""
    tags: AbstractSet[str] = frozenset()
    """Of the enterprise, by the registry."""


class Who(Part):
    """Of whom something is judged: an enterprise with any of these `tags`, or with more employees than so many."""

    tags: tuple[Annotated[Id, names("tag")], ...] = ()
    employees_above: NonNegativeInt | None = None

    def covers(self, measure: Measure) -> bool:
        """Return whether the enterprise that is measured is meant; one of unknown size is not for its size."""
        bound, employees = self.employees_above, measure.employees
        large = bound is not None and employees is not None and employees > bound
        return large or not measure.tags.isdisjoint(self.tags)


class Judgement(Part):
    """What an answer tells, and `why`, without a full stop; it may name {employees} and the keys of numbers.

    One comparison: `is` a value (true, false, an option, a number), `has` or `lacks` an option among several (who adds
    words of their own lacks none), lies `above` or `below` a number, `before` a day (with its mark), an earlier day or
    the `campaign`, or is `missing`: no photo, no words. Judged of everybody, or of the enterprises that `of` means; and
    where there is an `only_if`, only beside that other answer. `row`: what a spot check that finds the same enters, by
    the row of the annex that counts it; a ground to look there, and never a finding.
    """

    why: Why
    row: Annotated[Row | None, Field(exclude=True)] = None
    of: Who | None = None
    only_if: OnlyIf | None = None
    is_: Annotated[str | None, Field(alias="is")] = None
    has: str | None = None
    lacks: str | None = None
    above: Bound | None = None
    below: Bound | None = None
    before: Before | None = None
    missing: Literal["true"] | None = None

    def holds(self, value: object, values: Mapping[str, Any], measure: Measure) -> bool:
        """Return whether a stored answer, among the others, is such a one."""
        if self.of is not None and not self.of.covers(measure):
            return False
        if self.only_if is not None and not self.only_if.holds_stored(values.get(self.only_if.key)):
            return False
        match value:
            case bool():
                return value == (self.is_ == "true") if self.is_ else False
            case int():
                return self._counts(value, values, measure)
            case {"ids": list() as ids, "other": str() as other}:
                return self.has in ids or (self.lacks is not None and self.lacks not in ids and not other)
            case str():
                return value == self.is_ or self._lies_before(value, values, measure) or self._lacking(value)
            case list():
                return self._lacking(value)
            case _:
                return False

    def said(self, values: Mapping[str, Any], measure: Measure) -> Words:
        """Return the words of `why`, with the numbers that it names."""
        numbers = {**values, EMPLOYEES: measure.employees}

        def fill(text: str) -> str:
            return _NAMED.sub(lambda name: str(numbers[name[1]]) if name[1] in numbers else "…", text)

        return Words(fill(self.why.zh), fill(self.why.en) if self.why.en else None)

    def _counts(self, value: int, values: Mapping[str, Any], measure: Measure) -> bool:
        above, below = _value(self.above, values, measure), _value(self.below, values, measure)
        more, less = above is not None and value > above, below is not None and value < below
        return more or less or str(value) == self.is_

    def _lies_before(self, value: str, values: Mapping[str, Any], measure: Measure) -> bool:
        match self.before:
            case None:
                return False
            case "campaign":
                other = measure.start.isoformat()
            case key if key in values:
                other = str(values[key])
            case day if day[0].isdecimal():
                other = on_date(day).day.isoformat()
            case _:
                return False  # that day was not asked for
        return value < other

    def _lacking(self, value: object) -> bool:
        return self.missing is not None and not value

    @model_validator(mode="after")
    def _fits(self, info: ValidationInfo) -> Self:
        there = known(info).names
        kind = next(iter(there[JUDGED]), "")
        said = tuple(name for name in _COMPARISONS if getattr(self, name) is not None)
        match kind, said:
            case ("choice", ("is_",)) | ("choices", ("has",) | ("lacks",)):
                if (given := self.is_ or self.has or self.lacks) not in there[JUDGED_OPTION]:
                    options = "、".join(sorted(there[JUDGED_OPTION]))
                    raise PydanticCustomError("unknown", "not an option", {"given": given, "known": options})
            case "yes-no", ("is_",) if self.is_ in ("true", "false"):
                pass
            case "count", ("above",) | ("below",):
                pass
            case "count", ("is_",) if str(self.is_).isdecimal():
                pass
            case ("day", ("before",)) | ("text" | "photo", ("missing",)):
                pass
            case "", (_,):
                pass  # a question with a fault of its own is told once
            case _:
                raise PydanticCustomError("unmet", "the comparison does not fit the question")
        return self


OneJudgement = TypeVar("OneJudgement", bound=Judgement)


class Unmet(Judgement):
    """An answer that does not meet the clause."""


def told(
    conditions: Iterable[tuple[str, OneJudgement]], values: Mapping[str, Any], measure: Measure
) -> Iterator[tuple[OneJudgement, Words]]:
    """Give the judgements, by the keys of their questions, that hold of stored answers, each with its words; what was
    not asked tells nothing.
    """
    for key, condition in conditions:
        if key in values and condition.holds(values[key], values, measure):
            yield condition, condition.said(values, measure)


def _value(bound: int | str | None, values: Mapping[str, Any], measure: Measure) -> int | None:
    number = measure.employees if bound == EMPLOYEES else values.get(bound) if isinstance(bound, str) else bound
    return number if isinstance(number, int) else None


def shortfalls(
    conditions: Iterable[tuple[str, Unmet]], values: Mapping[str, Any], measure: Measure
) -> tuple[Words, ...]:
    """Return why the stored answers of a talk do not meet the clause, each reason once; empty: they do.

    What was not asked fulfils nothing.
    """
    return tuple(dict.fromkeys(said for _, said in told(conditions, values, measure)))


@dataclass(frozen=True, slots=True)
class Judged:
    """What an answer is worth: why it does not meet the clause, and which evidence it lacks, by its labels."""

    unmet: tuple[Words, ...] = ()
    required: tuple[Words, ...] = ()
    """Evidence without which the clause is not met."""
    wanted: tuple[Words, ...] = ()
    """Evidence that staff see is missing, and no more."""

    @property
    def met(self) -> bool:
        """The clause is met."""
        return not (self.unmet or self.required)

    def as_json(self) -> dict[str, Any] | None:
        """Return it as it is kept beside the answer; None: nothing is missing."""
        kept = {"unmet": self.unmet, "required": self.required, "wanted": self.wanted}
        found = {name: [words.as_json() for words in some] for name, some in kept.items() if some}
        return found or None

    @classmethod
    def from_json(cls, kept: Mapping[str, Any] | None) -> Self:
        """Return it from what is kept."""
        found = {name: tuple(Words(**words) for words in some) for name, some in (kept or {}).items()}
        return cls(**found)
