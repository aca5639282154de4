"""The check against the criteria of major hazards (对标对表自查)."""

from dataclasses import dataclass
from datetime import date
from typing import Self

import msgspec

from campaign.hazards import Finding
from campaign.talks.duties import SAMPLE, DutyBrief
from talk.texts import Words


class CriterionToCheck(msgspec.Struct, frozen=True):
    """A criterion: the fact in short, and its own words, which alone count."""

    id: str
    fact: Words
    text: Words
    device: bool
    """Whether it asks for a device, which may be fitted and have failed (article 14)."""
    note: Words | None


class PlaceToCheck(msgspec.Struct, frozen=True):
    """The criteria of an article about one place."""

    place: Words
    criteria: tuple[CriterionToCheck, ...]


class ArticleToCheck(msgspec.Struct, frozen=True):
    """An article that concerns the enterprise, place by place."""

    number: int
    title: Words
    groups: tuple[PlaceToCheck, ...]


class CriteriaCheckBrief(DutyBrief, frozen=True, kw_only=True):
    """An enterprise checks itself against the criteria that concern it."""

    talk = "criteria-check"

    articles: tuple[ArticleToCheck, ...]
    plans_until: date
    """The last day on which a plan of rectification can end."""

    @classmethod
    def sample(cls) -> Self:
        """One article with two criteria."""
        alarm = CriterionToCheck(
            id="4-6",
            fact=Words("未装CO报警或无值守", "No CO alarm, or its data are not watched"),
            text=Words("……"),
            device=True,
            note=None,
        )
        pipe = CriterionToCheck(
            id="4-7",
            fact=Words("煤气管道未装隔断", "No isolating device in a gas pipe"),
            text=Words("……"),
            device=False,
            note=Words("……"),
        )
        place = PlaceToCheck(Words("煤气区域", "Gas area"), (alarm, pipe))
        article = ArticleToCheck(4, Words("冶金", "Metallurgy"), (place,))
        return cls(**SAMPLE, articles=(article,), plans_until=date(2024, 12, 28))


@dataclass(frozen=True, slots=True)
class Checked:
    """Every criterion that concerns the enterprise was looked at; these hazards were found."""

    criteria: int
    findings: tuple[Finding, ...]
