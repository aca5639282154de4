"""Who is to be checked without exception, as having places of greater danger (较大危险因素作业场所), and trained."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final, Literal

from pydantic import StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from campaign.fields import Part, known
from campaign.notation import MARK
from campaign.roles import OFFICER, PRINCIPAL

Trainee = Literal["principal", "officer"]
TRAINEES: Final[tuple[Trainee, ...]] = (PRINCIPAL, OFFICER)
"""Whom the training on the criteria is to reach in every enterprise."""


@dataclass(frozen=True, slots=True)
class Held:
    """A training was held. Whom it reached: in these `roles` the people of enterprises of these `sectors` or `codes`,
    of all where neither is given.
    """

    day: date
    venue: str
    roles: tuple[str, ...]
    sectors: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()

    def reaches(self, code: str, sector: str) -> bool:
        """Whether people of an enterprise were there."""
        return (not self.sectors or sector in self.sectors) and (not self.codes or code in self.codes)


class CoverageRules(Part):
    """`danger_tags`: the tags of which an enterprise has such places, with the mark of who says so. None: there is
    no list of who must be checked, every one of them.
    """

    danger_tags: (
        Annotated[str, StringConstraints(pattern=rf"^[a-z0-9]+(-[a-z0-9]+)*(, [a-z0-9]+(-[a-z0-9]+)*)* {MARK}$")] | None
    ) = None

    @property
    def dangers(self) -> tuple[str, ...]:
        """The tags, in their order."""
        return () if self.danger_tags is None else _tags(self.danger_tags)

    def concerns(self, tags: AbstractSet[str]) -> bool:
        """Whether an enterprise of these tags is to be checked."""
        return not tags.isdisjoint(self.dangers)

    @field_validator("danger_tags")
    @classmethod
    def _exist(cls, danger_tags: str | None, info: ValidationInfo) -> str | None:
        there = known(info).names["tag"]
        for tag in () if danger_tags is None else _tags(danger_tags):
            if tag not in there:
                raise PydanticCustomError("unknown", "not defined", {"known": "、".join(sorted(there))})
        return danger_tags


def _tags(danger_tags: str) -> tuple[str, ...]:
    return tuple(danger_tags.rpartition(" ")[0].split(", "))
