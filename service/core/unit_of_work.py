"""The unit of work that a use case is given: an open transaction, the two times, fresh codes, the app's context."""

import hashlib
import hmac
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from campaign.pack import Pack
from service.core.assurance import Assurance, Policy
from service.core.codes import Fresh
from service.core.talk_spec import TalkSpec
from storage import audit, people
from storage.audit import SYSTEM, Actor
from storage.duties import Duty
from storage.engine import WatchedConnection
from storage.files import FileStore
from storage.keys import Key, KeyRing
from storage.people import Identity, Membership
from storage.retention import DEFAULTS, Terms
from storage.rewinds import Rewind
from talk.messages import LinkMaker

if TYPE_CHECKING:
    from service.core.papers import AnyPaper


@dataclass(frozen=True, slots=True)
class Speaker:
    """The person who wrote the message at hand, once they have joined."""

    person: int
    identity: Identity

    @property
    def language(self) -> str:
        """The language that the person reads."""
        return self.identity.language

    @property
    def name(self) -> str:
        """The name of the person."""
        return self.identity.name


TEXTS: Final = "audit-text"
"""What the key of fingerprints is made for."""

FREE: Final[Mapping[str, str]] = {
    "inbox": "what came in",
    "outbox": "what is said",
    "paper_orders": "what is drawn asks again, for each who gets it, whether they may have it",
    "identities": "at which address somebody was seen, whether it blocks us, and in which language it reads",
    "conversations": "one's own talks; nothing comes of one before its end, which asks",
    "prompts": "one's own talks",
    "answers": "one's own talks; a step asks before it takes an answer",
    "tries": "guesses and files are counted, whoever's",
    "denials": "refusals are counted, whoever's",
    "files": "what somebody sent",
    "factors": "one's own second factor: a code proves who speaks, and counts",
    "recovery_codes": "one's own second factor",
    "audit": "the log takes down what happened, refusals too",
    "audit_head": "the log",
    "channel_accounts": "how fast a platform takes letters",
}
"""The tables that the machinery writes for anybody, and why. A write to any other is an effect: in the same transaction
an act must have been asked for the speaker.
"""


class UnaskedError(Exception):
    """A use case writes an effect of somebody's message and has not asked whether they may (`permissions.require`): a
    fault of the program. The message fails alone, and nothing of it is kept.
    """

    def __init__(self, table: str) -> None:
        super().__init__(f"{table} is written, and no act was asked: require one, or say in FREE why it needs none")


DutyOpening = Callable[["UnitOfWork", Speaker, Duty], None]
"""Begins the answer to a duty in a subject's own way."""


@dataclass(frozen=True, slots=True)
class AppContext:
    """The settings and rules of a process, the same from message to message."""

    pack: Pack
    talks: Mapping[str, TalkSpec[Any, Any]]
    """Every kind of talk by its name."""
    duty_opening: Callable[[str], DutyOpening | None]
    """How a duty is begun, by the word for its form in the pack; None: a talk answers it."""
    keys: KeyRing
    files: Path
    """The folder of the kept files."""
    zone: ZoneInfo
    """In which deadlines run and times are shown."""
    second_factor: Policy = Policy.OFF
    """Who needs a second factor."""
    links: Mapping[str, LinkMaker] = field(default_factory=dict[str, LinkMaker])
    """By the name of their channel, how addresses are made that open the bot; the preferred one first."""
    encrypt_files: bool = False
    """Whether files that are kept from now on are encrypted."""
    rewind: Rewind | None = None
    """The backup from which the database was restored last."""
    terms: Terms = DEFAULTS
    """How long what ends by time is kept."""

    @property
    def file_store(self) -> FileStore:
        """Where files are kept and read."""
        return FileStore(self.files, keys=self.keys, encrypts=self.encrypt_files)

    @property
    def secret(self) -> bytes:
        """The secret key that is in use."""
        return self.keys.current.secret


@dataclass(slots=True)
class UnitOfWork:
    """A use case in its transaction. `now` is campaign time in the zone of the settings, for all that people read and
    owe; `wall` is real UTC, for leases, backoff, budgets, invitations.
    """

    context: AppContext
    conn: Connection
    actor: Actor
    """Who is at work; once it is known who wrote a message, that person."""
    now: datetime
    wall: datetime
    fresh: Fresh
    rehearsal: bool
    cause: str
    """The message, tick or command that is answered, unique: the dedupe keys of its replies begin with it."""
    sent: datetime
    """When the message that is answered was sent, real UTC, never after `wall`; elsewhere as `wall`."""
    undated: bool = False
    """Whether nobody knows how long before `sent` that was."""
    role_ends: datetime | None = None
    """When the next role ends by its date (UTC); None: none does."""
    assurance: Assurance = Assurance.ACCOUNT
    """What the message was vouched for by."""
    said: int = 0
    """How many replies were queued so far, for their dedupe keys."""
    papers: "list[AnyPaper]" = field(default_factory=list)
    """The papers that are asked for: the end of the transaction writes them down (`service.core.papers.keep`)."""
    by_itself: bool = True
    """Whether this is the system's own work (a tick, a delivery, a command of the operator); `bot.incoming.respond`
    says that it is the answer to somebody's message.
    """
    granted: set[str] = field(default_factory=set)
    """The acts that were asked for the speaker in this transaction, and may be done (`service.core.permissions`)."""
    concerns: str | None = None
    """The enterprise (its code) or district on which the speaker acts: that of the last act that was asked for them."""
    _roles: dict[int, list[Membership]] = field(default_factory=dict)

    @property
    def written(self) -> datetime:
        """Campaign time at which the message that is answered was written: what 今天 and 现在 in it mean."""
        return self.in_campaign(self.sent)

    def in_campaign(self, real: datetime) -> datetime:
        """Return a real time as campaign time. One that is still to come is not believed: a clock runs ahead."""
        return min(self.now, self.now - (self.wall - real))

    def roles(self, person: int) -> list[Membership]:
        """Return the active and pending roles of a person as they are in this transaction."""
        if person not in self._roles:
            self._roles[person] = people.roles(self.conn, person)
        return self._roles[person]

    @contextmanager
    def following(self) -> Iterator[None]:
        """Do what follows by itself from what has happened, whoever speaks: time passes, a notice in force reaches
        whoever joins. Nothing that the speaker decides belongs in here.
        """
        before, self.by_itself = self.by_itself, True
        try:
            yield
        finally:
            self.by_itself = before

    @contextmanager
    def elsewhere(self) -> Iterator[None]:
        """Say something besides that is about another enterprise than the speaker acts on."""
        before = self.concerns
        try:
            yield
        finally:
            self.concerns = before

    def writes(self, table: str) -> None:
        """Look at a write before it happens: UnaskedError where it is an effect and nothing was asked for it."""
        if table == "memberships":
            self._roles.clear()
        if not (self.by_itself or self.granted or table in FREE):
            raise UnaskedError(table)

    @property
    def pack(self) -> Pack:
        """The rules in force."""
        return self.context.pack

    def acting(self, person: int | None) -> Actor:
        """Return the actor of what a person does in this transaction; None: what time, or several people, brought."""
        return SYSTEM if person is None else replace(self.actor, person=person)

    def fingerprint(self, text: str) -> str:
        """Return what the audit holds of a text that somebody wrote: it shows whether the text was changed, and nothing
        of what it says, since no row of the audit can ever be taken out.
        """
        return hmac.digest(self.context.keys.current.derived(TEXTS), text.encode(), "sha256").hex()

    def note(
        self, event: str, subject: str, *, actor: Actor | None = None, at: datetime | None = None, **data: Any
    ) -> None:
        """Write an event into the audit: of whoever is at work, now in campaign time, where nothing else is said.
        `data` is JSON without names of people.
        """
        audit.note(self.conn, at or self.now, event, actor or self.actor, subject, **data)

    def hashed(self, purpose: str, code: str) -> str:
        """Return the HMAC of a code in hex, so that a stolen database gives nobody a way in."""
        return _hash(self.context.keys.current, purpose, code)

    def hashes(self, purpose: str, code: str) -> list[str]:
        """Return every HMAC under which a code may be kept: with the key in use, with those that are retired, and as
        it was made before each purpose had a key of its own.
        """
        keys = self.context.keys.everything
        return [*(_hash(key, purpose, code) for key in keys), *(_old_hash(key, purpose, code) for key in keys)]


def _hash(key: Key, purpose: str, code: str) -> str:
    return hmac.new(key.derived(f"hash/{purpose}"), code.encode(), hashlib.sha256).hexdigest()


def _old_hash(key: Key, purpose: str, code: str) -> str:
    return hmac.new(key.secret, f"{purpose}/{code}".encode(), hashlib.sha256).hexdigest()


def unit_of_work(
    context: AppContext,
    conn: Connection,
    actor: Actor,
    wall: datetime,
    offset: timedelta,
    seed: bytes,
    cause: str,
    *,
    rehearsal: bool,
) -> UnitOfWork:
    """Begin the unit of work of one job; `offset` is how far campaign time runs from the real one."""
    now = (wall + offset).astimezone(context.zone)
    wall = wall.astimezone(UTC)
    uow = UnitOfWork(context, conn, actor, now, wall, Fresh(seed), rehearsal, cause, sent=wall)
    if isinstance(conn, WatchedConnection):
        conn.watch = uow.writes
    return uow
