"""Notices (通知): whom one is meant for and what it says; whom it reaches: `service/notices/audience.py`."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final, Self

from campaign.roles import CLERK, ENTERPRISE_ROLES
from talk.messages import FileRef

TEXT_LIMIT = 1800
"""Characters of a notice: with its heading one message on every platform, even where each of them counts twice."""

ROLES: Final = ENTERPRISE_ROLES
"""Whom of an enterprise a notice may go to."""

STAFF: Final = CLERK
"""Whom of a district the city may write to."""

CODES = 200
"""How many codes of enterprises one message can hold."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a notice is meant for: in these roles, of enterprises that fit every other field; an empty one fits all.

    `unanswered` is `obligation|period`: who still owes that duty. Staff have no sector, tag, duty or code: where one
    is asked for, they are not meant.
    """

    roles: tuple[str, ...]
    districts: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    unanswered: str | None = None
    codes: tuple[str, ...] = ()

    def covers(self, code: str, district: str, sector: str, tags: AbstractSet[str]) -> bool:
        """Whether an enterprise is meant, duties aside."""
        return (
            self.covers_district(district)
            and (not self.sectors or sector in self.sectors)
            and (not self.tags or not tags.isdisjoint(self.tags))
            and (not self.codes or code in self.codes)
        )

    def covers_district(self, district: str) -> bool:
        """Whether a district is meant."""
        return not self.districts or district in self.districts

    @property
    def covers_staff(self) -> bool:
        """Whether staff of districts are meant."""
        return STAFF in self.roles and not (self.sectors or self.tags or self.unanswered or self.codes)

    def as_json(self) -> dict[str, Any]:
        """As it is kept; only what narrows it."""
        return {name: value for name, value in asdict(self).items() if value}

    @classmethod
    def stored(cls, data: Mapping[str, Any]) -> Self:
        """Out of `as_json`."""
        return cls(
            roles=tuple(data["roles"]),
            districts=tuple(data.get("districts", ())),
            sectors=tuple(data.get("sectors", ())),
            tags=tuple(data.get("tags", ())),
            unanswered=data.get("unanswered"),
            codes=tuple(data.get("codes", ())),
        )


@dataclass(frozen=True, slots=True)
class Written:
    """A notice as it was written; in force until the end of a day; `form` is an id of the pack."""

    text: str
    files: tuple[FileRef, ...]
    audience: Audience
    until: date
    form: str | None
