"""The talks about hot-work permits (动火作业票): what each is given, and what it decides.

An application decides an `Application` or that it is `Forbidden`; the result of a talk about a permit says with whose
words, photos or values it goes on.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Literal, Self

import msgspec

from campaign.applications import Application, Who
from campaign.hot_work import HotWork
from campaign.permit_life import Sample
from talk.briefs import Brief
from talk.messages import FileRef
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
    fault: str | None = None
    """Why it cannot be used now: a `Validity`, or `trade` for one of another trade; None: it can."""


class KnownPoint(msgspec.Struct, frozen=True):
    """Where the enterprise applied for hot work before."""

    place: str
    part: str


class ApplicationBrief(Brief, frozen=True, kw_only=True):
    """An application for a permit is written, or one that was returned is put right."""

    talk = "permit-application"

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

    @classmethod
    def sample(cls) -> Self:
        """A first application, with one welder."""
        return cls(
            enterprise="…",
            name="…",
            permit=None,
            rules=_sample_rules(),
            earliest=datetime.fromisoformat("2023-06-06T09:00:00+08:00"),
            latest=datetime.fromisoformat("2023-06-13T09:00:00+08:00"),
            points=(),
            welders=(ListedWelder(21, None, "……焊", "…", "…", date(2025, 6, 30)),),
            members=_SAMPLE_MEMBERS,
            usual=None,
        )


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

    @classmethod
    def sample(cls) -> Self:
        """A permit of nobody's."""
        return cls(permit=7, number="D-0606-07", place="…")


class GasBrief(PermitBrief, frozen=True, kw_only=True):
    """Gas samples are told."""

    talk = "permit-gas"

    rules: HotWork
    last: str | None
    """The id of the gas that was measured last; None: none was yet."""
    own: bool
    """Whether whoever speaks is the one who tests."""
    members: tuple[Member, ...]

    @classmethod
    def sample(cls) -> Self:
        """The first sample of a permit."""
        return cls(
            permit=7,
            number="D-0606-07",
            place="…",
            rules=_sample_rules(),
            last=None,
            own=False,
            members=_SAMPLE_MEMBERS,
        )


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

    @classmethod
    def sample(cls) -> Self:
        """An application of two questions."""
        fields = tuple(AnsweredField(key, Words(f"……{key}"), Words("…")) for key in ("a", "b"))
        return cls(permit=7, number="D-0606-07", place="…", fields=fields)


@dataclass(frozen=True, slots=True)
class SentBack:
    """An application goes back for the one question that is wrong, by its key, with a sentence."""

    key: str
    remark: str


class ReasonBrief(PermitBrief, frozen=True, kw_only=True):
    """Why a permit is refused or cancelled."""

    talk = "permit-reason"

    act: Literal["refuse", "cancel"]

    @classmethod
    def sample(cls) -> Self:
        """A permit that is cancelled."""
        return cls(permit=7, number="D-0606-07", place="…", act="cancel")


class StopReasonBrief(PermitBrief, frozen=True, kw_only=True):
    """Why a job was stopped, told after it was."""

    talk = "permit-stopped"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a permit is refused or cancelled (`act`), or a job was stopped; may be empty for a stop."""

    act: Literal["refuse", "cancel", "stop"]
    why: str


class ArrivalBrief(PermitBrief, frozen=True, kw_only=True):
    """The guardian has come."""

    talk = "permit-arrival"


@dataclass(frozen=True, slots=True)
class OnSite:
    """The guardian is on site."""

    photos: tuple[FileRef, ...]


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


_SAMPLE_MEMBERS: Final = (Member(6, "……一", "worker"),)


def _sample_rules() -> HotWork:
    """Return rules of no pack, just large enough for the outline of a talk."""
    words = {"zh": "……", "en": None}

    def named(id_: str, **more: Any) -> dict[str, Any]:
        return {"id": id_, "name": {"zh": f"……{id_}", "en": None}, **more}

    def level(id_: str, *, lasts: str = "PT8H", sample: bool = True) -> dict[str, Any]:
        spans = {"lasts": lasts, "fresh": "PT30M", "pause": "PT30M"}
        told = {"name": words, "title": words, "approvers": ["principal"], "sample": sample, "continuous": False}
        return {"level": id_, **told, **spans}

    return HotWork.stored(
        {
            "standard": words,
            "levels": [
                level("special"),
                level("first"),
                level("second", lasts="P3D", sample=False),
                level("fixed", sample=False),
            ],
            "surroundings": [
                named("a", text=words, level="first", stopped=True),
                named("b", text=words, level="second", stopped=False),
            ],
            "workpieces": [named("a", sample=False), named("b", sample=True)],
            "gases": [named("a", lel="5.0"), {"id": "oxygen", "name": {"zh": "氧气", "en": "Oxygen"}, "lel": None}],
            "limits": [{"lel": "0", "at_most": "0.5"}],
            "oxygen_least": "19.5",
            "oxygen_most": "21",
            "ways": [named("a"), named("b")],
            "risks": [named("a"), named("b")],
            "others": [named("a"), named("b")],
            "measures": [{"id": "a", "text": words, "short": words, "counted": True}],
            "prohibitions": [{"zh": "……一", "en": None}, {"zh": "……二", "en": None}],
            "night": ["20:00:00", "06:00:00"],
            "wind": 5,
            "recheck": "PT3H",
            "late": "PT15M",
            "warn": ["PT30M"],
            "looks": ["PT30M"],
            "pass_on": "PT3M",
            "photo": "PT12H",
            "kept": "P365D",
        }
    )
