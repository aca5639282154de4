"""The talks about notices (通知): a bureau writes one, a recipient answers one."""

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

import msgspec

from campaign.roles import CLERK, OFFICER, PRINCIPAL, WORKER
from campaign.talks import duties
from talk.briefs import Brief
from talk.texts import Words


class Condition(msgspec.Struct, frozen=True):
    """One thing by which an audience is narrowed, or one form: its id, and its name."""

    id: str
    name: Words


class NoticeBrief(Brief, frozen=True):
    """A notice is written for a place."""

    talk = "notice"
    SAMPLE: ClassVar[Mapping[str, Any]] = {
        "roles": (PRINCIPAL, OFFICER, WORKER, CLERK),
        "usual": date(2023, 8, 31),
        "latest": date(2024, 6, 6),
    }

    notice: int | None
    """The number of the notice that is written anew; None: it is a new one."""
    place: str
    districts: tuple[Condition, ...]
    """Those of the city; empty where a district speaks."""
    sectors: tuple[Condition, ...]
    tags: tuple[Condition, ...]
    unanswered: tuple[Condition, ...]
    """Duties that somebody still owes; their ids are `obligation|period`."""
    roles: tuple[str, ...]
    forms: tuple[Condition, ...]
    """Forms of the pack by which a notice can be answered."""
    first: date = msgspec.field(name="today")
    """The earliest last day: today."""
    usual: date
    """The last day that is offered by a button."""
    latest: date
    """The latest last day."""


class NoticeAnswerBrief(duties.FormBrief, frozen=True, kw_only=True):
    """A notice is answered by a form of the pack: as a duty is, but asked of one person and owed by nobody."""

    talk = "notice-answer"

    notice: int
    """Its number."""
    place: str = ""
    """For which enterprise (its code) or district; "" in talks from when one answer was for all of somebody's."""
