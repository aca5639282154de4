"""How long each kind of data is kept, on what ground, and how it ends. `anzhu outline retention` prints the table, and
docs/privacy.md ends with it; `sweep` applies it, and a person's own data is put together by what it says is exported.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, Final

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    and_,
    delete,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)

from campaign.talks.people import JoinBrief
from storage.catalogue import metadata
from storage.desk_tables import nudges
from storage.factor_tables import factors, recovery_codes
from storage.permit_tables import permit_people
from storage.tables import (
    answers,
    burden,
    conversations,
    feedback,
    identities,
    inbox,
    invitations,
    memberships,
    outbox,
    paper_orders,
    people,
    prompts,
    tries,
    workers,
)
from talk.messages import Outbound
from talk.texts import CHINESE, Say, render

FILES: Final = "files/"
"""What stands for the folder of kept files, where others are tables."""
PORTION: Final = 5000
"""Rows that end in one transaction at the most: people wait for the one writer meanwhile."""
_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Terms:
    """How long what ends by time is kept after it was last needed; the settings set each (`ANZHU_KEEP_…`, in days)."""

    updates: timedelta = 7 * _A_DAY
    """An update is remembered, to know its repeats: platforms send again for a day or two."""
    letters: timedelta = 180 * _A_DAY
    """What was said to whom can be looked up, and shown in a dispute."""
    letter_rows: timedelta = 400 * _A_DAY
    """That there was a letter: while it is known the same one is not queued again. No shorter than `letters`."""
    strangers: timedelta = 30 * _A_DAY
    tries: timedelta = 7 * _A_DAY
    invitations: timedelta = 90 * _A_DAY
    """Who uses a code once more is told that it was used."""
    prompts: timedelta = 180 * _A_DAY
    """Who taps an old button is told what was answered."""
    former: timedelta = 400 * _A_DAY
    """Whoever has no role any more is still known by name, and comes back by an invitation."""
    workers: timedelta = 365 * _A_DAY
    meter: timedelta = 400 * _A_DAY
    """Months are told apart by it."""
    feedback: timedelta = 400 * _A_DAY
    unattached: timedelta = _A_DAY
    """A file that nothing refers to: its message may be on its way."""
    own_data: timedelta = _A_DAY
    """The file of somebody's own data can still be fetched."""
    papers: timedelta = 30 * _A_DAY
    """A drawn paper can still be fetched; it is drawn anew whenever somebody asks."""


DEFAULTS: Final = Terms()


class Whose(StrEnum):
    """Of whom the data tells."""

    WRITER = "writer"
    STRANGER = "stranger"
    MEMBER = "member"
    STAFF = "staff"
    WORKER = "worker"
    ENTERPRISE = "enterprise"
    NOBODY = "nobody"


class Ground(StrEnum):
    """Why it may be kept."""

    CONSENT = "consent"
    """PIPL article 13(1)1, given on joining."""
    DUTY = "duty"
    """PIPL article 13(1)3: needed to carry out a statutory duty, here the supervision of work safety."""
    RECORD = "record"
    """Work Safety Law article 41: checks and hazards are recorded truthfully; hot-work permits by GB 30871-2022."""
    SECURITY = "security"
    """Cybersecurity Law: logs of at least six months, and measures against intrusion."""
    REPLY = "reply"
    """Whoever wrote expects an answer."""
    TECHNICAL = "technical"
    """No personal data is in it."""


class End(StrEnum):
    """What becomes of it when its time is over."""

    DELETED = "deleted"
    EMPTIED = "emptied"
    """Words and address go; that there was a message stays, with its number."""
    LEFT = "left"
    """As if the person had left."""
    LEAVING = "leaving"
    """Deleted when the person leaves."""
    ARCHIVED = "archived"
    """Nothing ends by itself: the rules for archives of the bureau that runs the bot decide."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, in both times (real time for what platforms and codes are kept by, campaign time for the rest), and for how
    long things are kept.
    """

    wall: datetime
    now: datetime
    terms: Terms = DEFAULTS


@dataclass(frozen=True, slots=True)
class Rule:
    """Which rows of a table end, and what they become: `emptied` are the values that replace theirs, None: the rows are
    deleted.
    """

    table: Table
    due: Callable[[Moment], ColumnElement[bool]]
    emptied: Callable[[Moment], Mapping[str, Any]] | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A row of the table of retention: one kind of data."""

    kind: str
    """Its name in the sentences `retention-kind` and in what `anzhu tidy` reports."""
    places: tuple[str, ...]
    """The tables that hold it, or `FILES`."""
    whose: Whose
    ground: Ground
    end: End
    term: str | None = None
    """Which of the `Terms` says how long after it was last needed; None: no time is set."""
    exported: tuple[str, ...] = ()
    """The parts of a person's own data that hold it; none: it tells of no single person who joined."""
    rules: tuple[Rule, ...] = field(default=())

    def kept_for(self, terms: Terms) -> timedelta | None:
        """Return how long it is kept; None: no time is set."""
        found: timedelta | None = None if self.term is None else getattr(terms, self.term)
        return found


def _settled() -> ColumnElement[bool]:
    return outbox.c.state.not_in([literal_column("'ready'"), literal_column("'leased'")])


def _unseen_guest(moment: Moment) -> ColumnElement[bool]:
    """A person of an invitation that was read and never accepted, of whom nothing was heard for so long."""
    at, talk, term = identities.alias("at"), conversations.alias("talk"), moment.terms.strangers
    seen = exists().where(at.c.person == people.c.id, at.c.seen_at >= moment.wall - term)
    spoke = exists().where(talk.c.person == people.c.id, talk.c.touched_at >= moment.now - term)
    return and_(people.c.joined_at.is_(None), ~seen, ~spoke, _mentioned_nowhere())


@cache
def _mentioned_nowhere() -> ColumnElement[bool]:
    """Whether no row refers to the person of the row at hand, but for those that go with a guest. It is made once: to
    make it takes longer than all else that a daily look at the table costs.
    """
    return and_(*(~_mention(column) for column in _references(people) if column.table not in _OF_GUESTS))


def _mention(column: Column[Any]) -> ColumnElement[bool]:
    """Whether a row of another table, or of the same one, refers to the person of the row at hand by this column."""
    other = column.table.alias()
    return exists().where(other.c[column.name] == people.c.id)


def _references(table: Table) -> Iterator[Column[Any]]:
    """Give every column of the catalogue that refers to a table."""
    for other in metadata.sorted_tables:
        for column in other.columns:
            if any(key.column.table is table for key in column.foreign_keys):
                yield column


_OF_GUESTS: Final = (conversations, answers, identities, outbox)
"""The tables that may tell of somebody who never joined; they are emptied of them before the person goes."""


def _of_guest(column: ColumnElement[Any]) -> Callable[[Moment], ColumnElement[bool]]:
    return lambda moment: column.in_(select(people.c.id).where(_unseen_guest(moment)))


def _in_talk_of_guest(column: ColumnElement[Any]) -> Callable[[Moment], ColumnElement[bool]]:
    def due(moment: Moment) -> ColumnElement[bool]:
        guests = select(people.c.id).where(_unseen_guest(moment))
        return column.in_(select(conversations.c.id).where(conversations.c.person.in_(guests)))

    return due


def _former(moment: Moment) -> ColumnElement[bool]:
    """A person who joined, whose last role ended long ago, and who has not written since (PIPL article 47: the purpose
    is achieved).
    """
    term, role, at = moment.terms.former, memberships.alias("role"), identities.alias("at")
    held = exists().where(
        role.c.person == people.c.id,
        or_(role.c.state != "ended", func.coalesce(role.c.until, role.c.since) >= moment.now - term),
    )
    seen = exists().where(at.c.person == people.c.id, at.c.seen_at >= moment.wall - term)
    return and_(people.c.left_at.is_(None), people.c.joined_at < moment.now - term, ~held, ~seen)


def _of_former(column: ColumnElement[Any]) -> Callable[[Moment], ColumnElement[bool]]:
    return lambda moment: column.in_(select(people.c.id).where(_former(moment)))


def _joining_of_former(moment: Moment) -> Select[tuple[int]]:
    """The talks in which such people joined, with their name once more."""
    talk = conversations.alias("joining")
    whose = select(people.c.id).where(_former(moment))
    return select(talk.c.id).where(talk.c.person.in_(whose), talk.c.dialog == JoinBrief.talk)


def _left(moment: Moment) -> Mapping[str, Any]:
    return {"name": render(Say("person-left"), CHINESE), "left_at": moment.now, "locked_at": None}


_earlier = prompts.alias("earlier")
_not_the_first = exists().where(
    _earlier.c.conversation == prompts.c.conversation,
    tuple_(_earlier.c.shown_at, _earlier.c.token) < tuple_(prompts.c.shown_at, prompts.c.token),
)
"""The first prompt of a conversation stays: how long answering took is counted from it."""


def _answered_before(moment: Moment) -> ColumnElement[bool]:
    long_ended = select(conversations.c.id).where(conversations.c.finished_at < moment.now - moment.terms.prompts)
    return and_(prompts.c.state != "open", prompts.c.conversation.in_(long_ended), _not_the_first)


TABLE: Final[tuple[Kept, ...]] = (
    Kept(
        "updates",
        ("inbox",),
        Whose.WRITER,
        Ground.REPLY,
        End.DELETED,
        "updates",
        ("messages_in",),
        (
            Rule(
                inbox,
                lambda moment: and_(
                    inbox.c.received_at < moment.wall - moment.terms.updates, inbox.c.state != "waiting"
                ),
            ),
        ),
    ),
    Kept(
        "letters",
        ("outbox",),
        Whose.MEMBER,
        Ground.DUTY,
        End.EMPTIED,
        "letters",
        ("messages_out",),
        (
            Rule(
                outbox,
                lambda moment: and_(
                    outbox.c.created_at < moment.wall - moment.terms.letters, _settled(), outbox.c.external_id != ""
                ),
                lambda _: {"body": Outbound("").to_json(), "external_id": "", "message_id": None},
            ),
        ),
    ),
    Kept(
        "letter-rows",
        ("outbox",),
        Whose.MEMBER,
        Ground.DUTY,
        End.DELETED,
        "letter_rows",
        ("messages_out",),
        (
            Rule(
                outbox,
                lambda moment: and_(
                    outbox.c.created_at < moment.wall - moment.terms.letter_rows,
                    _settled(),
                    outbox.c.person.is_not(None),
                ),
            ),
        ),
    ),
    Kept(
        "paper-orders",
        ("paper_orders",),
        Whose.MEMBER,
        Ground.REPLY,
        End.DELETED,
        "papers",
        ("papers",),
        (
            Rule(
                paper_orders,
                lambda moment: and_(
                    paper_orders.c.asked_at < moment.wall - moment.terms.papers,
                    paper_orders.c.state.not_in(("ready", "leased")),
                ),
            ),
        ),
    ),
    Kept(
        "guests",
        ("people", "conversations", "answers", "prompts"),
        Whose.STRANGER,
        Ground.CONSENT,
        End.DELETED,
        "strangers",
        (),
        (
            Rule(prompts, _in_talk_of_guest(prompts.c.conversation)),
            Rule(answers, _in_talk_of_guest(answers.c.conversation)),
            Rule(conversations, _of_guest(conversations.c.person)),
            Rule(
                outbox,
                lambda moment: and_(_of_guest(outbox.c.person)(moment), _settled()),
            ),
            Rule(identities, _of_guest(identities.c.person)),
            Rule(people, lambda moment: and_(_unseen_guest(moment), ~_waits_for_a_letter())),
        ),
    ),
    Kept(
        "strangers",
        ("identities", "outbox"),
        Whose.STRANGER,
        Ground.REPLY,
        End.DELETED,
        "strangers",
        (),
        (
            Rule(
                identities,
                lambda moment: and_(
                    identities.c.person.is_(None), identities.c.seen_at < moment.wall - moment.terms.strangers
                ),
            ),
            Rule(
                outbox,
                lambda moment: and_(
                    outbox.c.person.is_(None), outbox.c.created_at < moment.wall - moment.terms.strangers, _settled()
                ),
            ),
        ),
    ),
    Kept(
        "tries",
        ("tries",),
        Whose.WRITER,
        Ground.SECURITY,
        End.DELETED,
        "tries",
        ("tries",),
        (Rule(tries, lambda moment: tries.c.at < moment.wall - moment.terms.tries),),
    ),
    Kept(
        "invitations",
        ("invitations",),
        Whose.MEMBER,
        Ground.SECURITY,
        End.DELETED,
        "invitations",
        ("invitations",),
        (
            Rule(
                invitations,
                lambda moment: (
                    func.coalesce(invitations.c.used_at, invitations.c.voided_at, invitations.c.expires_at)
                    < moment.wall - moment.terms.invitations
                ),
            ),
        ),
    ),
    Kept(
        "people",
        ("people", "identities"),
        Whose.MEMBER,
        Ground.CONSENT,
        End.LEAVING,
        None,
        ("name", "language", "joined_at", "channels"),
    ),
    Kept(
        "factors",
        ("factors", "recovery_codes"),
        Whose.MEMBER,
        Ground.SECURITY,
        End.LEAVING,
        None,
        ("events",),
    ),
    Kept(
        "former",
        ("people", "identities", "factors", "recovery_codes"),
        Whose.MEMBER,
        Ground.CONSENT,
        End.LEFT,
        "former",
        ("name", "language", "joined_at", "channels"),
        (
            Rule(answers, lambda moment: answers.c.conversation.in_(_joining_of_former(moment))),
            Rule(
                conversations,
                lambda moment: conversations.c.id.in_(_joining_of_former(moment)),
                lambda _: {"brief": {}, "result": None},
            ),
            Rule(factors, _of_former(factors.c.person)),
            Rule(recovery_codes, _of_former(recovery_codes.c.person)),
            Rule(identities, _of_former(identities.c.person)),
            Rule(people, _former, _left),
        ),
    ),
    Kept("roles", ("memberships",), Whose.MEMBER, Ground.DUTY, End.ARCHIVED, None, ("roles",)),
    Kept(
        "answers",
        ("conversations", "answers", "phone_answers", "promises", "returned_answers", "problems", "tag_proposals"),
        Whose.MEMBER,
        Ground.RECORD,
        End.ARCHIVED,
        None,
        ("answers", "talks", "records"),
    ),
    Kept("receipts", ("duties", "receipts"), Whose.ENTERPRISE, Ground.RECORD, End.ARCHIVED, None, ("receipts",)),
    Kept(
        "prompts",
        ("prompts",),
        Whose.MEMBER,
        Ground.DUTY,
        End.DELETED,
        "prompts",
        (),
        (Rule(prompts, _answered_before),),
    ),
    Kept(
        "hazards",
        ("hazards", "hazard_steps"),
        Whose.ENTERPRISE,
        Ground.RECORD,
        End.ARCHIVED,
        None,
        ("hazard_steps",),
    ),
    Kept("accidents", ("accident_reports",), Whose.ENTERPRISE, Ground.RECORD, End.ARCHIVED, None, ("accidents",)),
    Kept(
        "permits",
        ("permits", "permit_people", "permit_steps", "permit_prompts", "permit_attempts", "permit_points"),
        Whose.WORKER,
        Ground.RECORD,
        End.ARCHIVED,
        None,
        ("permits", "permit_steps", "records"),
    ),
    Kept(
        "workers",
        ("workers",),
        Whose.WORKER,
        Ground.RECORD,
        End.DELETED,
        "workers",
        (),
        (
            Rule(
                workers,
                lambda moment: and_(
                    workers.c.removed_at < moment.now - moment.terms.workers,
                    ~exists().where(permit_people.c.worker == workers.c.id),
                ),
            ),
        ),
    ),
    Kept(
        "notices",
        ("notices", "notice_recipients"),
        Whose.MEMBER,
        Ground.DUTY,
        End.ARCHIVED,
        None,
        ("notices", "records"),
    ),
    Kept(
        "bureau",
        (
            *("bureau_actions", "annex_tables", "annex_overrides", "trainings", "training_reached", "inspectors"),
            *("check_draws", "checks", "check_inspectors", "check_entries", "check_hazards"),
        ),
        Whose.STAFF,
        Ground.RECORD,
        End.ARCHIVED,
        None,
        ("trainings", "records"),
    ),
    Kept(
        "meter",
        ("burden", "nudges"),
        Whose.MEMBER,
        Ground.DUTY,
        End.DELETED,
        "meter",
        ("reminders", "records"),
        (
            Rule(burden, lambda moment: burden.c.day < (moment.now - moment.terms.meter).date()),
            Rule(nudges, lambda moment: nudges.c.day < (moment.now - moment.terms.meter).date()),
        ),
    ),
    Kept(
        "feedback",
        ("feedback",),
        Whose.MEMBER,
        Ground.DUTY,
        End.DELETED,
        "feedback",
        ("feedback",),
        (Rule(feedback, lambda moment: feedback.c.at < moment.now - moment.terms.feedback),),
    ),
    Kept(
        "audit",
        ("audit", "audit_head", "denials"),
        Whose.MEMBER,
        Ground.SECURITY,
        End.ARCHIVED,
        None,
        ("events", "looks"),
    ),
    Kept(
        "registry",
        ("enterprises", "enterprise_tags", "enterprise_entries", "enterprise_spells", "telephones"),
        Whose.ENTERPRISE,
        Ground.DUTY,
        End.ARCHIVED,
        None,
        ("records",),
    ),
    Kept("attached", (FILES, "files"), Whose.MEMBER, Ground.RECORD, End.ARCHIVED, None, ("files",)),
    Kept("unattached", (FILES, "files"), Whose.WRITER, Ground.REPLY, End.DELETED, "unattached"),
    Kept("own-data", (FILES, "files"), Whose.MEMBER, Ground.REPLY, End.DELETED, "own_data"),
    Kept("papers", (FILES, "files"), Whose.MEMBER, Ground.DUTY, End.DELETED, "papers"),
    Kept(
        "clockwork",
        ("clock", "channel_accounts", "signs", "poll_leases", "webhooks", "schema_serves", "alarms", "rewinds"),
        Whose.NOBODY,
        Ground.TECHNICAL,
        End.ARCHIVED,
    ),
)
"""In the order in which it is applied: what refers to another row ends before it."""


def _waits_for_a_letter() -> ColumnElement[bool]:
    letter = outbox.alias("letter")
    return exists().where(letter.c.person == people.c.id, letter.c.state.in_(("ready", "leased")))


def over_since(kept: Kept, moment: Moment) -> datetime | None:
    """Return the instant before which data of a kind is over, in the time that it is kept by; None: no time is set."""
    term = kept.kept_for(moment.terms)
    return None if term is None else (moment.wall if kept.kind in _BY_REAL_TIME else moment.now) - term


_BY_REAL_TIME: Final = frozenset(
    {
        *("updates", "letters", "letter-rows", "guests", "strangers", "tries", "invitations"),
        *("unattached", "own-data", "papers", "paper-orders"),
    }
)


def due(conn: Connection, moment: Moment) -> dict[str, int]:
    """Return how many rows of each kind have to end."""
    return {kept.kind: sum(_count(conn, rule, moment) for rule in kept.rules) for kept in TABLE if kept.rules}


def _count(conn: Connection, rule: Rule, moment: Moment) -> int:
    statement = select(func.count()).select_from(rule.table).where(rule.due(moment))
    return int(conn.execute(statement).scalar_one())


def end(conn: Connection, rule: Rule, moment: Moment) -> int:
    """Let a portion of the rows of a rule end; return how many did, fewer than `PORTION` where no more are left."""
    key = tuple(rule.table.primary_key)
    which = tuple_(*key).in_(select(*key).where(rule.due(moment)).limit(PORTION).correlate(None))
    statement = delete(rule.table) if rule.emptied is None else update(rule.table).values(rule.emptied(moment))
    return int(conn.execute(statement.where(which)).rowcount)
