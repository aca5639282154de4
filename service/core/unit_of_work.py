"""What a use case is given: an open transaction, the two times, fresh codes, and the house it serves."""

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from campaign.pack import Pack
from service.core.codes import Fresh
from service.core.talk_spec import AnyTalkSpec
from storage.duties import Duty
from storage.people import Identity
from talk.messages import LinkMaker

if TYPE_CHECKING:
    from service.core.papers import AnyPaper


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whoever wrote the message at hand, once they have joined."""

    person: int
    identity: Identity

    @property
    def language(self) -> str:
        """The language this person reads."""
        return self.identity.language

    @property
    def name(self) -> str:
        """How this person is called."""
        return self.identity.name


DutyOpening = Callable[["UnitOfWork", Speaker, Duty], None]
"""Begins the answer to a duty in a subject's own way."""


@dataclass(frozen=True, slots=True)
class AppContext:
    """What stays the same from message to message."""

    pack: Pack
    talks: Mapping[str, AnyTalkSpec]
    """Every kind of talk by its name."""
    duty_opening: Callable[[str], DutyOpening | None]
    """How a duty is begun, by the word for its form in the pack; None: a talk answers it."""
    secret: bytes
    files: Path
    """The folder of the kept files."""
    zone: ZoneInfo
    """In which deadlines run and times are shown."""
    links: Mapping[str, LinkMaker] = field(default_factory=dict[str, LinkMaker])
    """By the name of their channel, how addresses are made that open the bot; the preferred one first."""


@dataclass(slots=True)
class UnitOfWork:
    """One use case at work. `now` is campaign time in the house's zone, for all that people read and
    owe; `wall` is real UTC, for leases, backoff, budgets, invitations.
    """

    context: AppContext
    conn: Connection
    now: datetime
    wall: datetime
    fresh: Fresh
    rehearsal: bool
    cause: str
    """What this work answers, unique: the dedupe key of its replies stands on it."""
    said: int = field(default=0)
    papers: "list[AnyPaper]" = field(default_factory=list)
    """What is to be drawn once this is committed (`service.core.papers`)."""

    @property
    def pack(self) -> Pack:
        """The rules in force."""
        return self.context.pack

    def hashed(self, purpose: str, code: str) -> str:
        """HMAC of a code, so that a stolen database gives nobody a way in."""
        return hmac.new(self.context.secret, f"{purpose}/{code}".encode(), hashlib.sha256).hexdigest()


def unit_of_work(
    context: AppContext,
    conn: Connection,
    wall: datetime,
    offset: timedelta,
    seed: bytes,
    cause: str,
    *,
    rehearsal: bool,
) -> UnitOfWork:
    """The work of one job; `offset` is how far campaign time runs from the real one."""
    now = (wall + offset).astimezone(context.zone)
    return UnitOfWork(context, conn, now, wall.astimezone(UTC), Fresh(seed), rehearsal, cause)
