"""What a hot-work permit says on paper: the fields of 表 A.1 of GB 30871-2022, a reference standard, gathered to be
printed. Facts only: instants are aware and in the zone of the settings; words are Chinese, whole, as people typed
them or as the pack has them; what does not fit on the page is the concern of the page.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from campaign.hot_work import Level
from campaign.permits import State

Signer = Literal["leader", "unit", "safety", "approver"]


@dataclass(frozen=True, slots=True)
class Welder:
    """动火人: who welds or cuts."""

    name: str
    trade: str
    certificate: str
    """Its number masked: the first 4 and the last 2 places."""
    until: date
    """有效期至; without `review`, of a permit from before both were kept, the last day on which it was usable."""
    number: str = ""
    """The whole number, only where whoever asks may see it; printed only when asked for once more."""
    review: date | None = None
    """应复审日期."""


@dataclass(frozen=True, slots=True)
class GasRow:
    """A gas sample."""

    at: datetime
    gas: str
    value: str
    """With its unit, as 0.05%."""
    limit: str
    ok: bool
    tester: str


@dataclass(frozen=True, slots=True)
class Measure:
    """A safety measure of the form."""

    number: int
    text: str
    applies: bool | None
    """None: not answered yet."""
    confirmed_by: str = ""
    """Who confirmed it: on site; on a permit from before that was asked, or until it is, who applied."""
    confirmed_at: datetime | None = None
    """At which minute."""
    lacking: bool = False
    """Found not to be in place, by the one who is named."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Something done by a person at a minute: a check, a start, a look, an acceptance."""

    at: datetime
    by: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Opinion(Mark):
    """An opinion with its signature."""

    signer: Signer = "leader"


@dataclass(frozen=True, slots=True)
class Pause(Mark):
    """The job stopped, or went on; `words` say why."""

    resumed: bool = False


@dataclass(frozen=True, slots=True)
class PermitSheet:
    """A permit as it stands at `made`."""

    code: str
    """As people say it: D-0619-07."""
    state: State
    level: Level
    upgraded: str
    """Why it is managed one level stricter; empty where it is not."""
    enterprise: str
    bureau: str
    """The department that supervises it."""
    unit: str
    """Applying unit: a workshop, a contractor."""
    applicant: str
    applied: datetime
    content: str
    place: str
    part: str
    way: str
    """Way of working, as 电焊、气割."""
    welders: tuple[Welder, ...]
    leader: str
    guardian: str
    guardian_without_bot: bool
    """Named by the officer; taps nothing himself."""
    tester: str
    approver: str
    begins: datetime
    until: datetime
    daily: str
    """The hours of each day, as 08:00–17:30; empty for one spell."""
    risks: str
    others: str
    """Other permits involved, with their numbers; empty: none."""
    made: datetime
    verification: str
    """What the QR code says."""
    gas: tuple[GasRow, ...] = ()
    gas_skipped: str = ""
    """Why no sample is required."""
    measures: tuple[Measure, ...] = ()
    briefed: Mark | None = None
    """Who gave the safety briefing, when."""
    briefed_people: tuple[str, ...] = ()
    """Who received it."""
    prohibitions: Mark | None = None
    """Who stated, having been shown all ten, that none applies."""
    prohibitions_source: str = ""
    """Whose wording of the ten that was."""
    opinions: tuple[Opinion, ...] = ()
    checked: Mark | None = None
    """The shift leader's check before the start."""
    started: Mark | None = None
    pauses: tuple[Pause, ...] = ()
    finished: Mark | None = None
    looks: tuple[Mark, ...] = ()
    """Looks of the fire watch."""
    accepted: Mark | None = None
    violation: str = ""
    """What happened against the rules, as work after the end; empty: nothing known."""
    photos: int = 0
    headline: str = ""
    """What it says first (`campaign.permit_life.headline`), where that is more than its state."""
    rehearsal: bool = False
