"""The outbox: what must be said, claimed for sending by one process at a time, settled by what came of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, bindparam, case, exists, func, or_, select, tuple_, update

from storage import engine
from storage.tables import channel_accounts, identities, outbox, people
from talk.messages import (
    Address,
    Broken,
    ChannelDown,
    Outbound,
    Outcome,
    Refused,
    Rejected,
    Sent,
    Throttled,
)

PERMIT, REPLY, DEADLINE, NOTICE = range(4)
"""Who leaves first."""

LEASE = timedelta(seconds=60)
"""How long a claimed letter belongs to its process; a process that died gives it back after this."""

ATTEMPTS = 8
"""After so many unknown ends a letter has failed: with the waits below, about two hours."""

ERROR_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to be sent; times are real UTC."""

    dedupe: str
    priority: int
    address: Address
    person: int | None
    kind: str
    duty: int | None
    message: Outbound
    not_before: datetime
    expires_at: datetime | None
    about: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter that this process may send now; `replaces` is the platform's id of the card it renews."""

    id: int
    priority: int
    address: Address
    person: int | None
    kind: str
    about: tuple[int, ...]
    message: Outbound
    attempts: int
    replaces: str | None


_put = engine.insert(outbox).on_conflict_do_nothing()

_ready = and_(outbox.c.state == "ready", outbox.c.not_before <= bindparam("now"))
_abandoned = and_(outbox.c.state == "leased", outbox.c.lease_until <= bindparam("now"))
_other = outbox.alias("other")
_same_address = and_(
    _other.c.channel == outbox.c.channel,
    _other.c.account == outbox.c.account,
    _other.c.external_id == outbox.c.external_id,
    _other.c.id != outbox.c.id,
)
# Of one address only the first that is unsettled may leave, so that replies keep their order; what is
# only planned for later (never tried, not due) is nobody's predecessor.
_first = ~exists().where(
    _same_address,
    or_(
        and_(_other.c.state == "leased", _other.c.lease_until > bindparam("now")),
        and_(
            _other.c.state.in_(("ready", "leased")),
            or_(_other.c.not_before <= bindparam("now"), _other.c.attempts > 0),
            tuple_(_other.c.priority, _other.c.id) < tuple_(outbox.c.priority, outbox.c.id),
        ),
    ),
)
_open_account = ~exists().where(
    channel_accounts.c.channel == outbox.c.channel,
    channel_accounts.c.account == outbox.c.account,
    or_(channel_accounts.c.down_since.is_not(None), channel_accounts.c.throttled_until > bindparam("now")),
)
_claimable = (
    select(outbox.c.id)
    .where(
        or_(_ready, _abandoned),
        outbox.c.channel == bindparam("of_channel"),
        outbox.c.account == bindparam("of_account"),
        outbox.c.priority >= bindparam("lowest"),
        outbox.c.priority <= bindparam("highest"),
        _first,
        _open_account,
    )
    .order_by(outbox.c.priority, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=outbox)
)
_claim = (
    update(outbox)
    .where(outbox.c.id.in_(_claimable))
    .values(state="leased", lease_until=bindparam("until"), attempts=outbox.c.attempts + 1)
    .returning(outbox)
)
_former = (
    select(outbox.c.message_id)
    .where(
        outbox.c.channel == bindparam("channel"),
        outbox.c.account == bindparam("account"),
        outbox.c.external_id == bindparam("external_id"),
        outbox.c.card == bindparam("card"),
        outbox.c.state == "sent",
    )
    .order_by(outbox.c.id.desc())
    .limit(1)
)
_settle = (
    update(outbox)
    .where(outbox.c.id == bindparam("of_id"), outbox.c.state == "leased")
    .values(
        state=bindparam("new_state"),
        attempts=outbox.c.attempts - bindparam("untried"),
        not_before=func.coalesce(bindparam("later", type_=outbox.c.not_before.type), outbox.c.not_before),
        sent_at=bindparam("sent", type_=outbox.c.sent_at.type),
        message_id=bindparam("message"),
        error=bindparam("what"),
        lease_until=None,
    )
)
_expire = (
    update(outbox).where(outbox.c.state == "ready", outbox.c.expires_at <= bindparam("now")).values(state="expired")
)
_hasten = (
    update(outbox)
    .where(outbox.c.id == bindparam("of_id"))
    .values(not_before=bindparam("earlier"), expires_at=bindparam("end"))
)
# A notice may go out once at most: when its process died in the middle, nobody knows, so staff are told.
_lost_notices = (
    update(outbox)
    .where(outbox.c.state == "leased", outbox.c.lease_until <= bindparam("now"), outbox.c.priority == NOTICE)
    .values(state="failed", error="outcome unknown: the process ended while sending")
)


def put(conn: Connection, letter: Letter, at: datetime) -> None:
    """Queue a letter; one with the same dedupe key was queued before and stays as it is."""
    conn.execute(
        _put,
        {
            "dedupe": letter.dedupe,
            "priority": letter.priority,
            "channel": letter.address.channel,
            "account": letter.address.account,
            "external_id": letter.address.external_id,
            "person": letter.person,
            "kind": letter.kind,
            "duty": letter.duty,
            "about": list(letter.about),
            "body": letter.message.to_json(),
            "card": letter.message.card,
            "state": "ready",
            "created_at": at,
            "not_before": letter.not_before,
            "expires_at": letter.expires_at,
            "attempts": 0,
        },
    )


def cancel(conn: Connection, person: int, kind: str) -> int:
    """Take back what has not left yet of a kind to a person."""
    statement = update(outbox).where(
        outbox.c.person == person, outbox.c.kind == kind, outbox.c.state == "ready", outbox.c.attempts == 0
    )
    return int(conn.execute(statement.values(state="cancelled")).rowcount)


def claim(
    conn: Connection,
    channel: str,
    account: str,
    now: datetime,
    *,
    limit: int,
    rate: float = 0,
    lowest: int = PERMIT,
    highest: int = NOTICE,
) -> list[Claimed]:
    """Lease up to `limit` letters of an account for sending, the most urgent first.

    `rate` is how many deadlines and notices a second the account may send (0: any number); their slots
    are reserved here, in the transaction of the claim, so that replicas share one budget. Permits and
    replies burst: a person waits for them.
    """
    conn.execute(_expire, {"now": now})
    conn.execute(_lost_notices, {"now": now})
    keys = {"now": now, "of_channel": channel, "of_account": account, "until": now + LEASE}
    urgent = _rows(conn, {**keys, "lowest": lowest, "highest": min(REPLY, highest), "most": limit})
    room = limit - len(urgent)
    if room > 0 and highest >= DEADLINE:
        slots = _reserve(conn, channel, account, now, rate, room)
        paced = (
            _rows(conn, {**keys, "lowest": max(DEADLINE, lowest), "highest": highest, "most": slots}) if slots else []
        )
        _release(conn, channel, account, rate, slots - len(paced))
        urgent += paced
    return urgent


def _rows(conn: Connection, keys: Mapping[str, Any]) -> list[Claimed]:
    rows = sorted(conn.execute(_claim, keys).all(), key=lambda row: (row.priority, row.id))
    return [_claimed(conn, row) for row in rows]


def _claimed(conn: Connection, row: Any) -> Claimed:
    address = Address(row.channel, row.account, row.external_id)
    replaces = None
    if row.card is not None:
        replaces = conn.execute(
            _former,
            {
                "channel": row.channel,
                "account": row.account,
                "external_id": row.external_id,
                "card": row.card,
            },
        ).scalar_one_or_none()
    return Claimed(
        row.id,
        row.priority,
        address,
        row.person,
        row.kind,
        tuple(row.about),
        Outbound.from_json(row.body),
        row.attempts,
        replaces,
    )


def _reserve(conn: Connection, channel: str, account: str, now: datetime, rate: float, wanted: int) -> int:
    """How many paced letters may leave now: the slots between the next free instant and a second ahead."""
    if rate <= 0:
        return wanted
    row = conn.execute(
        select(channel_accounts.c.next_free)
        .where(channel_accounts.c.channel == channel, channel_accounts.c.account == account)
        .with_for_update()
    ).one()
    free = max(row.next_free or now, now)
    slots = min(wanted, max(0, int((now + timedelta(seconds=1) - free).total_seconds() * rate)))
    _move_budget(conn, channel, account, free + timedelta(seconds=slots / rate))
    return slots


def _release(conn: Connection, channel: str, account: str, rate: float, unused: int) -> None:
    if rate > 0 and unused > 0:
        row = conn.execute(
            select(channel_accounts.c.next_free).where(
                channel_accounts.c.channel == channel, channel_accounts.c.account == account
            )
        ).one()
        _move_budget(conn, channel, account, row.next_free - timedelta(seconds=unused / rate))


def _move_budget(conn: Connection, channel: str, account: str, to: datetime) -> None:
    conn.execute(
        update(channel_accounts)
        .where(channel_accounts.c.channel == channel, channel_accounts.c.account == account)
        .values(next_free=to)
    )


def open_account(conn: Connection, channel: str, account: str) -> None:
    """An account of this process may send (again)."""
    conn.execute(
        engine.insert(channel_accounts)
        .values(channel=channel, account=account)
        .on_conflict_do_update(
            index_elements=[channel_accounts.c.channel, channel_accounts.c.account],
            set_={"down_since": None, "down_reason": None},
        )
    )


def hasten(conn: Connection, by: timedelta) -> None:
    """What waits may leave, and expires, sooner by so much: the clock of a rehearsal jumped."""
    waiting = conn.execute(
        select(outbox.c.id, outbox.c.not_before, outbox.c.expires_at).where(outbox.c.state == "ready")
    ).all()
    if waiting:
        conn.execute(
            _hasten,
            [
                {
                    "of_id": row.id,
                    "earlier": row.not_before - by,
                    "end": None if row.expires_at is None else row.expires_at - by,
                }
                for row in waiting
            ],
        )


def settle(conn: Connection, letter: Claimed, outcome: Outcome, now: datetime) -> None:
    """What came of sending a letter."""
    keys: dict[str, Any] = {
        "of_id": letter.id,
        "untried": 0,
        "later": None,
        "sent": None,
        "message": None,
        "what": None,
    }
    match outcome:
        case Sent(message_id):
            keys |= {"new_state": "sent", "sent": now, "message": message_id}
        case Throttled(until, whole_account):
            keys |= {"new_state": "ready", "untried": 1, "later": until, "what": f"throttled until {until.isoformat()}"}
            if whole_account:
                _set_account(conn, letter.address, throttled_until=until)
        case Refused(reason):
            keys |= {"new_state": "refused", "what": reason[:ERROR_LENGTH]}
            _refuse(conn, letter.address, reason, now)
        case Rejected(reason):
            keys |= {"new_state": "rejected", "what": reason[:ERROR_LENGTH]}
        case ChannelDown(reason):
            keys |= {"new_state": "ready", "untried": 1, "what": reason[:ERROR_LENGTH]}
            _set_account(conn, letter.address, down_since=now, down_reason=reason[:ERROR_LENGTH])
        case Broken(reason) if letter.priority == NOTICE:
            keys |= {"new_state": "failed", "what": f"outcome unknown: {reason}"[:ERROR_LENGTH]}
        case Broken(reason) if letter.attempts >= ATTEMPTS:
            keys |= {"new_state": "failed", "what": reason[:ERROR_LENGTH]}
        case Broken(reason):
            wait = timedelta(seconds=2 ** (2 * letter.attempts))
            keys |= {"new_state": "ready", "later": now + min(wait, timedelta(hours=1)), "what": reason[:ERROR_LENGTH]}
    conn.execute(_settle, keys)


def postpone(conn: Connection, letter: Claimed, until: datetime) -> None:
    """A claimed letter should leave later after all."""
    keys = {"of_id": letter.id, "new_state": "ready", "untried": 1, "later": until}
    conn.execute(_settle, {**keys, "sent": None, "message": None, "what": None})


def drop(conn: Connection, letter: Claimed) -> None:
    """A claimed letter has nothing to say any more."""
    keys = {"of_id": letter.id, "new_state": "cancelled", "untried": 1, "later": None}
    conn.execute(_settle, {**keys, "sent": None, "message": None, "what": None})


def reword(conn: Connection, letter: Claimed, message: Outbound) -> None:
    """A claimed letter says something else now: what is kept is what is sent."""
    conn.execute(update(outbox).where(outbox.c.id == letter.id).values(body=message.to_json()))


def _refuse(conn: Connection, address: Address, reason: str, now: datetime) -> None:
    at = (address.channel, address.account, address.external_id)
    conn.execute(
        update(identities)
        .where(tuple_(identities.c.channel, identities.c.account, identities.c.external_id) == at)
        .values(refused_at=now)
    )
    conn.execute(
        update(outbox)
        .where(tuple_(outbox.c.channel, outbox.c.account, outbox.c.external_id) == at, outbox.c.state == "ready")
        .values(state="refused", error=reason[:ERROR_LENGTH])
    )


def _set_account(conn: Connection, address: Address, **values: Any) -> None:
    conn.execute(
        update(channel_accounts)
        .where(channel_accounts.c.channel == address.channel, channel_accounts.c.account == address.account)
        .values(**values)
    )


def next_due(conn: Connection, channel: str, account: str) -> datetime | None:
    """When the next letter of an account may leave."""
    statement = select(
        func.min(case((outbox.c.state == "leased", outbox.c.lease_until), else_=outbox.c.not_before))
    ).where(outbox.c.channel == channel, outbox.c.account == account, outbox.c.state.in_(("ready", "leased")))
    found: datetime | None = conn.execute(statement).scalar_one()
    return found


def counts(conn: Connection) -> dict[str, int]:
    """How many letters there are in each state."""
    statement = select(outbox.c.state, func.count()).group_by(outbox.c.state)
    return {row[0]: int(row[1]) for row in conn.execute(statement)}


def overdue(conn: Connection, before: datetime, *, but: str) -> int:
    """How many letters should have left before an instant; those of the channel `but` wait for a person."""
    statement = select(func.count()).where(
        outbox.c.state == "ready", outbox.c.not_before < before, outbox.c.channel != but
    )
    return int(conn.execute(statement).scalar_one())


def accounts_down(conn: Connection) -> list[tuple[str, str, str]]:
    """The accounts that cannot send: channel, account, why."""
    statement = (
        select(channel_accounts.c.channel, channel_accounts.c.account, channel_accounts.c.down_reason)
        .where(channel_accounts.c.down_since.is_not(None))
        .order_by(channel_accounts.c.channel, channel_accounts.c.account)
    )
    return [(row[0], row[1], row[2] or "") for row in conn.execute(statement)]


def listed(conn: Connection) -> Sequence[Any]:
    """Every letter, oldest first, without its body."""
    columns = [column for column in outbox.c if column.name not in ("body", "about")]
    return conn.execute(select(*columns).order_by(outbox.c.id)).all()


def attribute(conn: Connection, person: int, addresses: Sequence[Address]) -> None:
    """What was said at these addresses before somebody joined was said to them too."""
    for address in addresses:
        conn.execute(
            update(outbox)
            .where(
                outbox.c.channel == address.channel,
                outbox.c.account == address.account,
                outbox.c.external_id == address.external_id,
                outbox.c.person.is_(None),
            )
            .values(person=person)
        )


def forget(conn: Connection) -> None:
    """Nothing that was said to somebody who left stays readable, nor where; what still has to leave does first."""
    gone = select(people.c.id).where(people.c.left_at.is_not(None))
    conn.execute(
        update(outbox)
        .where(outbox.c.person.in_(gone), outbox.c.state.not_in(("ready", "leased")), outbox.c.external_id != "")
        .values(body=Outbound("").to_json(), external_id="", message_id=None)
    )
