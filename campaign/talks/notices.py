"""The talk in which a bureau writes a notice (通知)."""

from datetime import date

import msgspec

from campaign.roles import CLERK, OFFICER, PRINCIPAL, WORKER
from talk.briefs import Brief
from talk.texts import Words


class Condition(msgspec.Struct, frozen=True):
    """One thing by which an audience is narrowed, or one form: its id, and its name."""

    id: str
    name: Words


class NoticeBrief(Brief, frozen=True):
    """A notice is written for a place."""

    talk = "notice"

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

    @classmethod
    def sample(cls) -> "NoticeBrief":
        """The city's."""
        lines = (Condition("1", Words("……")), Condition("2", Words("………")))
        return cls(
            notice=None,
            place="沈阳市",
            districts=lines,
            sectors=lines,
            tags=lines,
            unanswered=lines,
            roles=(PRINCIPAL, OFFICER, WORKER, CLERK),
            forms=(Condition("1", Words("落实情况")),),
            first=date(2023, 6, 6),
            usual=date(2023, 8, 31),
            latest=date(2024, 6, 6),
        )
