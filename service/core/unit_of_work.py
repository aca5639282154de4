"""What a use case is given: an open transaction, the two times, fresh codes, and the house it serves."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from campaign.pack import Pack
from service.core.codes import Fresh
from service.core.talk_spec import AnyTalkSpec
from storage.people import Identity
from talk.texts import Phrase


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


class PaperKind(StrEnum):
    """What can be drawn: of an enterprise, of a notice, of a place, the annex table, or a report of a district."""

    FIRST_ROUND = "first-round"
    INSPECTION_FILE = "inspection-file"
    PERMIT = "permit"
    RECEIPTS = "receipts"
    ANNEX = "annex"
    CHIEF = "chief"
    OWES = "owes"
    PHONE_LIST = "phone-list"
    COVERAGE = "coverage"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Paper:
    """Files that were asked for. They are drawn after the commit, since that takes longer than everybody else may
    wait for the one writer of a database, and sent in a transaction of their own.
    """

    kind: PaperKind
    enterprise: str
    to: tuple[tuple[int, Phrase], ...]
    """The people who get them, each with what is said beside them."""
    permit: int | None = None
    """Which permit, of that kind."""
    notice: int | None = None
    """Which notice, of receipts; then there is no enterprise."""
    annex: tuple[str, str] | None = None
    """Which annex table, of that kind: the month and the column, nothing for the whole city's."""
    about: tuple[str, ...] = ()
    """Of a district: what its kind names, its column last, nothing for the whole city's."""

    place: str | None = None
    """Of which district, or of the city, who owes what and who is to be telephoned."""

    @property
    def subject(self) -> str:
        """What it is about, as the audit names it."""
        if self.place is not None:
            return f"place/{self.place}"
        if self.notice is not None:
            return f"notice/{self.notice}"
        if self.about:
            return "/".join((self.kind, *self.about))
        return f"enterprise/{self.enterprise}" if self.annex is None else "/".join(("annex", *self.annex))


@dataclass(frozen=True, slots=True)
class AppContext:
    """What stays the same from message to message."""

    pack: Pack
    talks: Mapping[str, AnyTalkSpec]
    """Every kind of talk by its name."""
    secret: bytes
    files: Path
    """The folder of the kept files."""
    zone: ZoneInfo
    """In which deadlines run and times are shown."""


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
    papers: list[Paper] = field(default_factory=list[Paper])
    """What is to be drawn once this is committed."""

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
