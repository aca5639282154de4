"""The check against the criteria of major hazards (对标对表自查)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

import msgspec

from campaign.hazards import Finding
from campaign.talks.duties import DutyBrief
from talk.samples import sample_of
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


class AdmittedBefore(msgspec.Struct, frozen=True):
    """What the answer of a duty admits and the ledger does not have: of a criterion, or (None) so many major hazards of
    whichever, of which so many are there.
    """

    criterion: str | None
    title: Words
    said: tuple[Words, ...]
    number: int = 1
    there: int = 0


class CriteriaCheckBrief(DutyBrief, frozen=True, kw_only=True):
    """An enterprise checks itself against the criteria that concern it."""

    talk = "criteria-check"
    SAMPLE: ClassVar[Mapping[str, Any]] = {
        "articles": (sample_of(ArticleToCheck, groups=(sample_of(PlaceToCheck),)),),
        "admitted": (AdmittedBefore("a", Words("……"), (Words("……"),)),),
    }

    articles: tuple[ArticleToCheck, ...]
    plans_until: date
    """The last day on which a plan of rectification can end."""
    others: tuple[Words, ...] = ()
    """What is judged by other standards, and by which; nothing in a talk that was begun before it was told."""
    admitted: tuple[AdmittedBefore, ...] = ()
    """Nothing in a talk that was begun before it was compared."""


@dataclass(frozen=True, slots=True)
class Checked:
    """Every criterion that concerns the enterprise was looked at; these hazards were found."""

    criteria: int
    findings: tuple[Finding, ...]
