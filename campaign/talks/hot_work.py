"""The talks about hot-work permits (动火作业票): what each is given, and what it decides.

An application decides an `Application` or that it is `Forbidden`; the result of a talk about a permit says with whose
words, photos or values it goes on.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Literal

import msgspec

from campaign.applications import Application, OtherPermit, Who
from campaign.hot_work import HotWork
from campaign.permit_life import Checked, Sample
from talk.briefs import Brief
from talk.messages import FileRef
from talk.samples import sample_of
from talk.texts import Words


class Member(msgspec.Struct, frozen=True):
    """Somebody of the enterprise who uses the bot."""

    person: int
    name: str
    role: str


class ListedWelder(msgspec.Struct, frozen=True):
    """Somebody of the enterprise's register of workers."""

    worker: int
    person: int | None
    """Who that is in the chat; None: nobody, or of two who bear the name it is not known which one."""
    name: str
    trade: str
    masked: str
    """The masked number of the certificate."""
    until: date | None
    """The last day on which the certificate is valid."""
    kind: str = "usable"
    """What that day is: a `CertificateDay`; `usable`: not known, in a talk from before."""
    fault: str | None = None
    """Why it cannot be used now: a `Validity`, or `trade` for one of another trade; None: it can."""


class KnownPoint(msgspec.Struct, frozen=True):
    """Where the enterprise applied for hot work before."""

    place: str
    part: str


class ApplicationBrief(Brief, frozen=True, kw_only=True):
    """An application for a permit is written, or one that was returned is put right."""

    talk = "permit-application"
    SAMPLE: ClassVar[Mapping[str, Any]] = {
        "permit": None,
        "usual": None,
        "welders": (sample_of(ListedWelder, name="……焊", person=None, until=date(2025, 6, 30)),),
    }

    enterprise: str
    """Its code."""
    name: str
    permit: int | None
    """The permit that is put right; None: a new one."""
    rules: HotWork
    earliest: datetime
    """When the talk began, aware, in the zone: a job may begin from then on."""
    latest: datetime
    points: tuple[KnownPoint, ...]
    welders: tuple[ListedWelder, ...]
    members: tuple[Member, ...]
    usual: Application | None
    """The last application of the enterprise; None: it has none to be like."""


@dataclass(frozen=True, slots=True)
class Forbidden:
    """The job is forbidden: the numbers of the prohibitions (十不准) that apply to it, from 1."""

    place: str
    numbers: tuple[int, ...]


class PermitBrief(Brief, frozen=True, kw_only=True):
    """A talk about a permit: its number, its code as people say it (D-0606-07), the place of the job."""

    permit: int
    number: str
    place: str = ""


class GasBrief(PermitBrief, frozen=True, kw_only=True):
    """Gas samples are told."""

    talk = "permit-gas"

    rules: HotWork
    last: str | None
    """The id of the gas that was measured last; None: none was yet."""
    own: bool
    """Whether whoever speaks is the one who tests."""
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Sampled:
    """Samples, in the order in which they were told; the last may be over a limit. `by`: who took them; None: whoever
    told them.
    """

    samples: tuple[Sample, ...]
    by: Who | None


class AnsweredField(msgspec.Struct, frozen=True):
    """A question of an application: its key, its short name, what was answered."""

    key: str
    label: Words
    value: Words


class ReturnBrief(PermitBrief, frozen=True, kw_only=True):
    """An approver gives an application back for one of its questions."""

    talk = "permit-return"

    fields: tuple[AnsweredField, ...]


@dataclass(frozen=True, slots=True)
class SentBack:
    """An application goes back for the one question that is wrong, by its key, with a sentence."""

    key: str
    remark: str


class ReasonBrief(PermitBrief, frozen=True, kw_only=True):
    """Why a permit is refused or cancelled."""

    talk = "permit-reason"

    act: Literal["refuse", "cancel"]


class StopReasonBrief(PermitBrief, frozen=True, kw_only=True):
    """Why a job was stopped, told after it was."""

    talk = "permit-stopped"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a permit is refused or cancelled (`act`), or a job was stopped; may be empty for a stop."""

    act: Literal["refuse", "cancel", "stop"]
    why: str


class SiteMeasure(msgspec.Struct, frozen=True):
    """A safety measure that is looked at on site. `number`: how many, where the form asks."""

    id: str
    text: Words
    number: int | None = None
    by: str = ""
    """Who found it in place on site today; empty: nobody did yet, and it is asked."""
    at: datetime | None = None
    """When he did."""


class SiteOther(msgspec.Struct, frozen=True):
    """Another special work that goes with the job and whose permit is not known by its number yet."""

    id: str
    name: Words


class SiteBrief(PermitBrief, frozen=True, kw_only=True):
    """The measures are looked at on site. Of a talk from before there are none to ask."""

    SAMPLE: ClassVar[Mapping[str, Any]] = {
        "measures": (sample_of(SiteMeasure),),
        "others": (sample_of(SiteOther, name=Words("受限空间", "Confined space")),),
    }

    applicant: str = ""
    """Who stated at the application that they are in place."""
    measures: tuple[SiteMeasure, ...] = ()
    others: tuple[SiteOther, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteCheck:
    """The measures as they were found on site, and the numbers of other permits that were told there."""

    checked: Checked
    numbers: tuple[OtherPermit, ...] = ()


class MeasuresBrief(SiteBrief, frozen=True, kw_only=True):
    """The guardian or the leader of the job confirms the measures on site, one by one."""

    talk = "permit-measures"


class ArrivalBrief(SiteBrief, frozen=True, kw_only=True):
    """The guardian has come, and looks at the measures."""

    talk = "permit-arrival"


@dataclass(frozen=True, slots=True)
class OnSite:
    """The guardian is on site. `check` None: there was nothing to look at."""

    photos: tuple[FileRef, ...]
    check: SiteCheck | None = None


class LookBrief(PermitBrief, frozen=True, kw_only=True):
    """The guardian looks at the place after the job (看火)."""

    talk = "permit-look"


@dataclass(frozen=True, slots=True)
class Looked:
    """A look of the fire watch; not `clear`: there is a fire."""

    clear: bool


class AcceptanceBrief(PermitBrief, frozen=True, kw_only=True):
    """The place is accepted after the job (完工验收)."""

    talk = "permit-acceptance"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The place after the job: whether nothing glows and everything is cleared, and its photos."""

    safe: bool
    photos: tuple[FileRef, ...]
