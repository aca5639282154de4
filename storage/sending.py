"""How letters leave the outbox: claimed by one process at a time, settled by what came of sending them."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Row,
    Text,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from storage import accounts, engine, people
from storage.accounts import SUSPECT, UNSETTLED
from storage.columns import Instant
from storage.outbox import NOTICE, PACED, PERMIT, REPLY, STRANGER, Claimed, LostFile, Why
from storage.tables import outbox
from storage.unreadable import broken_in, readable
from talk.messages import Address, Broken, ChannelDown, Outbound, Outcome, Refused, Rejected, Sent, Throttled

log = logging.getLogger("anzhu.sending")

LEASE = timedelta(seconds=15)
"""How long a claimed letter belongs to its process; what a process that died held is free after this."""

STRANGERS_IN_FLIGHT = 16
"""Letters to people who have not joined that are on their way at once: however slow their chats are, the rest of the
way is free for the others."""

ATTEMPTS = 25
"""After so many unknown ends a letter has failed; with the waits of `retry_wait`, two and a half hours.
The words of a notice are tried once: they may go out once at most."""

LOST = 8
"""A letter that was lost so often has failed."""

UNKNOWN = "outcome unknown"
"""The error of a letter that perhaps arrived and is not sent again."""

DEADLY = f"lost {LOST} times with the process that sent it"
"""The error of a letter that is perhaps what ended them."""

UNREAD = "unreadable"
"""How the error of a letter begins whose row cannot be read."""

ERROR_LENGTH = 300


@dataclass(frozen=True, slots=True)
class Claim:
    """What may leave; `again` is when more may be claimable though nothing else happens, None: not known."""

    letters: tuple[Claimed, ...] = ()
    again: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unsent:
    """Claimed, but not sent: it stays as it was, and may leave from an instant on (real UTC)."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """What came of a claimed letter, and when."""

    letter: Claimed
    outcome: Outcome | Unsent
    at: datetime


Decision = Outbound | datetime | None
BeforeSend = Callable[[Connection, Sequence[Claimed]], Mapping[int, Decision]]
"""Looks at deadlines and notices once more in the transaction that claims them: a new wording, a later
instant (real UTC), or None for one that has nothing to say any more; those it does not name leave as they are."""


def _unsettled(letters: FromClause) -> ColumnElement[bool]:
    return letters.c.state.in_(UNSETTLED)


def _free(letters: FromClause) -> ColumnElement[bool]:
    return or_(letters.c.lease_until.is_(None), letters.c.lease_until <= bindparam("now"))


def _alive(letters: FromClause) -> ColumnElement[bool]:
    return and_(letters.c.not_before <= bindparam("now"), _may_live(letters))


def _may_live(letters: FromClause) -> ColumnElement[bool]:
    return and_(
        or_(letters.c.expires_at.is_(None), letters.c.expires_at > bindparam("now")),
        _tried(letters) < _tries(letters),
        _lost(letters) < LOST,
        or_(letters.c.follows.is_(None), _words_are(letters, "sent")),
        or_(letters.c.card.is_(None), ~_is_outdated(letters)),
    )


def _lost(letters: FromClause) -> ColumnElement[int]:
    """How often a letter was lost that nobody has in hand."""
    return letters.c.leases_lost + case((letters.c.state == literal_column("'leased'"), 1), else_=0)


def _tried(letters: FromClause) -> ColumnElement[int]:
    """How often a letter was tried that nobody has in hand: a try that was lost with its process may be made again, but
    not where it would be the second.
    """
    return letters.c.attempts - case(
        (and_(letters.c.state == literal_column("'leased'"), ~_goes_out_once(letters)), 1), else_=0
    )


def _tries(letters: FromClause) -> ColumnElement[int]:
    return case((_goes_out_once(letters), 1), else_=ATTEMPTS)


def _goes_out_once(letters: FromClause) -> ColumnElement[bool]:
    return and_(letters.c.priority == NOTICE, letters.c.follows.is_(None))


def _is_outdated(letters: FromClause) -> ColumnElement[bool]:
    """Whether a later message of the card of a letter has been sent."""
    later = outbox.alias()
    return exists().where(
        later.c.channel == letters.c.channel,
        later.c.account == letters.c.account,
        later.c.external_id == letters.c.external_id,
        later.c.card == letters.c.card,
        later.c.card.is_not(None),
        later.c.state == literal_column("'sent'"),
        later.c.id > letters.c.id,
    )


def _words_are(letters: FromClause, *states: str) -> ColumnElement[bool]:
    """Whether the words that a file goes with are in one of some states."""
    words = outbox.alias()
    return exists().where(words.c.id == letters.c.follows, words.c.state.in_(states))


_letter = outbox.alias("letter")
_other = outbox.alias("other")
_earlier = outbox.alias("earlier")
_of_one_card = and_(_other.c.card.is_not(None), _other.c.card == _letter.c.card)
# Whoever claims what waits for a chat asks that chat again, and makes it wait the longer: not even a permit passes.
_is_asked_to_wait = and_(_other.c.state == literal_column("'ready'"), _other.c.lease_until > bindparam("now"))
# A file has its place behind its words while it is sent for the first time and that takes a moment (`renew`). After
# that it is in nobody's way.
_is_in_hands = and_(
    _other.c.state == literal_column("'leased'"),
    _other.c.lease_until > bindparam("now"),
    or_(
        _other.c.follows.is_(None),
        and_(_other.c.attempts + _other.c.leases_lost == 1, _other.c.not_before <= bindparam("now")),
    ),
    # Of one card the later message would be replaced by the earlier one.
    or_(_other.c.priority <= _letter.c.priority, _of_one_card),
)
_is_to_be_tried_again = and_(
    _other.c.attempts > 0, _other.c.state == literal_column("'ready'"), _other.c.follows.is_(None)
)
_is_before = and_(
    or_(_other.c.not_before <= bindparam("now"), _is_to_be_tried_again),
    _may_live(_other),
    or_(_other.c.follows.is_(None), _other.c.attempts == 0),
    tuple_(_other.c.priority, _other.c.id) < tuple_(_letter.c.priority, _letter.c.id),
)
# Of one address the first letter leaves, and of its class and those below none while it is on its way or waits for its
# next try: so replies keep their order. What is more urgent passes. What is planned for later is in nobody's way.
_blocked = exists().where(
    _other.c.channel == _letter.c.channel,
    _other.c.account == _letter.c.account,
    _other.c.external_id == _letter.c.external_id,
    _unsettled(_other),
    or_(_is_asked_to_wait, _is_in_hands, _is_before),
)


def _claiming(*which: ColumnElement[bool], order: Sequence[ColumnElement[Any]] = ()) -> ReturningUpdate[Any]:
    # A CTE that locks is run once; as a subquery of IN the planner may run it again and lock more than the limit.
    found = (
        select(_letter.c.id)
        .where(
            _letter.c.channel == bindparam("of_channel"),
            _letter.c.account == bindparam("of_account"),
            _letter.c.priority.between(bindparam("first"), bindparam("last")),
            _unsettled(_letter),
            _free(_letter),
            _alive(_letter),
            *which,
            ~_blocked,
        )
        .order_by(*order, _letter.c.priority, _letter.c.id)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True, of=_letter)
        .cte("next")
    )
    was_leased = outbox.c.state == literal_column("'leased'")
    return (
        update(outbox)
        .where(outbox.c.id.in_(select(found.c.id)))
        .values(
            state="leased",
            lease_until=bindparam("until", type_=Instant),
            # A lease that was lost is no try: nobody knows of any outcome.
            attempts=outbox.c.attempts + case((was_leased, 0), else_=1),
            leases_lost=outbox.c.leases_lost + case((was_leased, 1), else_=0),
        )
        .returning(*_CLAIMED)
    )


_CLAIMED = (
    outbox.c.id,
    outbox.c.priority,
    outbox.c.external_id,
    outbox.c.person,
    outbox.c.kind,
    outbox.c.duty,
    outbox.c.about,
    outbox.c.body,
    outbox.c.attempts,
    outbox.c.leases_lost,
    outbox.c.card,
    outbox.c.follows,
)
_claim = _claiming(_letter.c.leases_lost < SUSPECT)
_claim_suspect = _claiming(
    _letter.c.leases_lost >= literal_column(str(SUSPECT)),
    ~exists().where(
        _other.c.state == literal_column("'leased'"),
        _other.c.leases_lost >= literal_column(str(SUSPECT)),
        _other.c.lease_until > bindparam("now"),
    ),
    order=[_letter.c.leases_lost],
)
_replaced = select(
    _letter.c.id,
    select(_earlier.c.message_id)
    .where(
        _earlier.c.channel == _letter.c.channel,
        _earlier.c.account == _letter.c.account,
        _earlier.c.external_id == _letter.c.external_id,
        _earlier.c.card == _letter.c.card,
        _earlier.c.card.is_not(None),
        _earlier.c.state == literal_column("'sent'"),
    )
    .order_by(_earlier.c.id.desc())
    .limit(1)
    .scalar_subquery(),
).where(engine.among_given(_letter.c.id, "ids"))
_mine = and_(
    outbox.c.id == bindparam("of_id"),
    outbox.c.state == "leased",
    outbox.c.attempts == bindparam("of_attempt"),
    outbox.c.leases_lost == bindparam("of_lost"),
)
_settle = (
    update(outbox)
    .where(
        outbox.c.id == bindparam("of_id"),
        # What arrived has arrived, even if the lease ran out meanwhile; any other end is the holder's to tell.
        or_(_mine, and_(bindparam("new_state", type_=Text) == "sent", _unsettled(outbox))),
    )
    .values(
        state=bindparam("new_state"),
        attempts=outbox.c.attempts - bindparam("untried"),
        not_before=func.coalesce(bindparam("later", type_=Instant), outbox.c.not_before),
        lease_until=bindparam("held", type_=Instant),
        sent_at=bindparam("sent", type_=Instant),
        message_id=bindparam("message"),
        error=bindparam("what"),
    )
)
_reword = update(outbox).where(outbox.c.id == bindparam("of_id")).values(body=bindparam("new_body"))
_renew = (
    update(outbox)
    .where(_mine)
    .values(
        lease_until=bindparam("until", type_=Instant),
        not_before=case((outbox.c.follows.is_not(None), bindparam("until", type_=Instant)), else_=outbox.c.not_before),
    )
)
_given_up = (outbox.c.id, outbox.c.person, outbox.c.body, outbox.c.follows)
_lose = (
    update(outbox)
    .where(
        _unsettled(outbox),
        _free(outbox),
        or_(and_(outbox.c.state == "leased", _tried(outbox) >= _tries(outbox)), _lost(outbox) >= LOST),
    )
    .values(state="failed", error=case((_lost(outbox) >= LOST, DEADLY), else_=UNKNOWN), lease_until=None)
    .returning(*_given_up)
)
_outdate = (
    update(outbox)
    .where(_unsettled(outbox), _free(outbox), outbox.c.card.is_not(None), _is_outdated(outbox))
    .values(state="cancelled", lease_until=None)
)
_expire = (
    update(outbox)
    .where(
        _unsettled(outbox),
        _free(outbox),
        outbox.c.expires_at <= bindparam("now"),
        or_(outbox.c.follows.is_(None), _words_are(outbox, "sent")),
    )
    .values(state="expired", lease_until=None)
    .returning(*_given_up)
)
# A file without its words would be a riddle, and whoever may not have the words may not have it either.
_leave_out = (
    update(outbox)
    .where(
        _unsettled(outbox),
        outbox.c.follows.is_not(None),
        _words_are(outbox, "refused", "rejected", "failed", "expired", "cancelled"),
    )
    .values(state="cancelled", lease_until=None)
)
_refuse_others = (
    update(outbox)
    .where(
        outbox.c.channel == bindparam("of_channel"),
        outbox.c.account == bindparam("of_account"),
        outbox.c.external_id == bindparam("of_external_id"),
        outbox.c.state == "ready",
    )
    .values(state="refused", error=bindparam("what"), lease_until=None)
)


def claim(
    conn: Connection,
    channel: str,
    account: str,
    now: datetime,
    *,
    limit: int,
    strangers: int = STRANGERS_IN_FLIGHT,
    rate: float = 0,
    late: int = 0,
    before_send: BeforeSend = lambda _, __: {},
) -> Claim:
    """Lease up to `limit` letters of an open account, the most urgent first, and give each its slot.

    `rate` is how many letters a second the account may send (0: any number); the slots are reserved here,
    in the transaction of the claim, so that replicas share one budget. Permits and replies need not wait
    for one: a person does. `late` is how many letters left since the last claim after their slots were long past; they
    are paid for once more. Of the letters `strangers` at the most are for people who have not joined, after all others.
    Of those that were lost `SUSPECT` times one is on its way at a time. A row that cannot be read is rejected, and
    holds up no other.
    """
    state = accounts.lock(conn, channel, account)
    keys = {"of_channel": channel, "of_account": account, "now": now}
    if state.waits(now):
        return Claim()
    down = state.down_since is not None
    if down:
        limit = 1
        accounts.throttle(conn, channel, account, now + accounts.PROBE_EVERY)
    budget = accounts.Budget(rate, state.next_free, now)
    budget.pay(late)
    room = budget.room(limit)
    most = room or limit
    last = NOTICE if room else REPLY
    until = now + LEASE
    due = {**keys, "until": until, "most": most, "first": PERMIT, "last": last}
    rows = conn.execute(_claim, due).all()
    known = len(rows)
    few = min(strangers, limit - known)
    if few > 0:
        of_strangers = {"most": few, "first": STRANGER, "last": STRANGER}
        rows = [*rows, *conn.execute(_claim, {**due, **of_strangers})]
    if state.has_suspects and len(rows) < limit:
        rows = [*rows, *conn.execute(_claim_suspect, {**due, "most": 1, "last": STRANGER if room else REPLY})]
    cards = [row.id for row in rows if row.card is not None]
    replaced = dict(conn.execute(_replaced, {"ids": cards}).all()) if cards else {}
    read = _read(conn, rows)
    taken = [_claimed(row, channel, account, replaced.get(row.id), now, probe=down) for row in read]
    taken.sort(key=lambda letter: (letter.priority, letter.id))
    letters = [_in_slot(letter, budget) for letter in _decided(conn, taken, before_send, now)]
    if rate and (letters or late):
        accounts.reserve(conn, channel, account, budget.next_free)
    # Behind what was rejected others may be claimable at once.
    again = now if known == most or len(read) < len(rows) else None if room else budget.again_at
    return Claim(tuple(letters), again)


def _read(conn: Connection, rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """The rows that can be read; each that cannot is rejected, by its id."""
    ends: list[dict[str, Any]] = []
    found: list[Row[Any]] = []
    for row in rows:
        broken = broken_in(row)
        if broken is None:
            found.append(row)
        else:
            log.error("letter %s is rejected: %s", row.id, broken.error())
            ends.append(_end(row, "rejected", what=f"{UNREAD}: {broken.column.name}: {broken.why}"))
    _write_settled(conn, ends)
    return found


def _in_slot(letter: Claimed, budget: accounts.Budget) -> Claimed:
    if letter.priority in PACED:
        return replace(letter, slot=budget.slot())
    budget.spend()
    return letter


def _claimed(row: Row[Any], channel: str, account: str, replaces: str | None, now: datetime, *, probe: bool) -> Claimed:
    return Claimed(
        id=row.id,
        priority=row.priority,
        address=Address(channel, account, row.external_id),
        person=row.person,
        kind=row.kind,
        duty=row.duty,
        about=tuple(row.about),
        message=Outbound.from_json(row.body),
        attempts=row.attempts,
        leases_lost=row.leases_lost,
        replaces=replaces,
        slot=now,
        probe=probe,
        follows=row.follows,
    )


def _decided(conn: Connection, taken: Sequence[Claimed], before_send: BeforeSend, now: datetime) -> list[Claimed]:
    """The letters that leave after all, as they read now."""
    # Of a file nothing is decided: its words have arrived.
    asked = [letter for letter in taken if letter.priority in PACED and letter.follows is None]
    decisions = _asked(conn, asked, before_send)
    leaving: list[Claimed] = []
    for letter in taken:
        match decisions.get(letter.id, letter.message):
            case None:
                _write_settled(conn, [_end(letter, "cancelled", untried=1)])
            case datetime() as later:
                settle(conn, [Settled(letter, Unsent(later), now)])
            case Broken() as broken:
                settle(conn, [Settled(letter, broken, now)])
            case Outbound() as message:
                if message is not letter.message:
                    # What is kept is what is sent; its files have letters of their own.
                    message = message.words
                    conn.execute(_reword, {"of_id": letter.id, "new_body": message.to_json()})
                    letter = replace(letter, message=message)  # noqa: PLW2901  # the same letter, reworded
                leaving.append(letter)
    return leaving


def _asked(conn: Connection, letters: Sequence[Claimed], before_send: BeforeSend) -> Mapping[int, Decision | Broken]:
    if not letters:
        return {}
    try:
        with engine.nested(conn):
            return before_send(conn, letters)
    except Exception as error:
        if len(letters) == 1:
            log.exception("letter %s cannot be looked at before it leaves", letters[0].id)
            return {letters[0].id: Broken(repr(error))}
    # One of them is at fault: alone, it holds up nobody.
    decisions: dict[int, Decision | Broken] = {}
    for letter in letters:
        decisions |= _asked(conn, [letter], before_send)
    return decisions


def settle(conn: Connection, settled: Sequence[Settled]) -> list[LostFile]:
    """Write down what came of sending letters; return the files that are given up with it. A letter whose lease ran out
    meanwhile is another's to settle.
    """
    ends: list[dict[str, Any]] = []
    lost: list[LostFile] = []
    for end in settled:
        address = end.letter.address
        if end.letter.probe and not isinstance(end.outcome, ChannelDown | Broken | Unsent):
            accounts.resume(conn, address.channel, address.account)
        match end.outcome:
            case Throttled(until, whole_account=True):
                accounts.throttle(conn, address.channel, address.account, until)
            case ChannelDown(reason):
                accounts.stop(conn, address.channel, address.account, reason[:ERROR_LENGTH], end.at)
            case Refused(reason):
                people.refuse(conn, address, end.at)
                others = {"of_channel": address.channel, "of_account": address.account}
                conn.execute(
                    _refuse_others,
                    {**others, "of_external_id": address.external_id, "what": reason[:ERROR_LENGTH]},
                )
            case _:
                pass
        ends.append(_end_of(end))
        why = _given_up_for(end)
        if why is not None:
            lost.append(LostFile(end.letter.id, end.letter.person, end.letter.message.files[0], why))
    _write_settled(conn, ends)
    return lost


def _given_up_for(end: Settled) -> Why | None:
    """Why a file is given up after this; None: it is not, or it is none."""
    match end.outcome:
        case _ if end.letter.follows is None:
            return None
        case Rejected(_, ours=True):
            return "lost"
        case Rejected():
            return "refused"
        case Broken() if end.letter.attempts >= ATTEMPTS:
            return "late"
        case _:
            return None


def _end_of(settled: Settled) -> dict[str, Any]:
    letter = settled.letter
    match settled.outcome:
        case Sent(message_id):
            return _end(letter, "sent", sent=settled.at, message=message_id)
        case Unsent(until):
            return _end(letter, "ready", untried=1, later=until)
        case Throttled(until):
            what = f"throttled until {until.isoformat()}"
            return _end(letter, "ready", untried=1, later=until, held=until, what=what)
        case ChannelDown(reason):
            return _end(letter, "ready", untried=1, what=reason)
        case Refused(reason):
            return _end(letter, "refused", what=reason)
        case Rejected(reason):
            return _end(letter, "rejected", what=reason)
        case Broken(reason) if letter.priority == NOTICE and letter.follows is None:
            return _end(letter, "failed", what=f"{UNKNOWN}: {reason}")
        case Broken(reason) if letter.attempts >= ATTEMPTS:
            return _end(letter, "failed", what=reason)
        case Broken(reason):
            next_try = settled.at + retry_wait(letter.attempts)
            return _end(letter, "ready", later=next_try, what=reason)


def retry_wait(attempts: int) -> timedelta:
    """How long a letter waits after so many tries: 1 s, 2 s, 4 s, at most ten minutes."""
    return min(timedelta(seconds=2 ** (attempts - 1)), timedelta(minutes=10))


def _end(
    letter: Claimed | Row[Any],
    state: str,
    *,
    untried: int = 0,
    later: datetime | None = None,
    held: datetime | None = None,
    sent: datetime | None = None,
    message: str | None = None,
    what: str | None = None,
) -> dict[str, Any]:
    return {
        "of_id": letter.id,
        "of_attempt": letter.attempts,
        "of_lost": letter.leases_lost,
        "new_state": state,
        "untried": untried,
        "later": later,
        "held": held,
        "sent": sent,
        "message": message,
        "what": what and what[:ERROR_LENGTH],
    }


def _write_settled(conn: Connection, ends: Sequence[dict[str, Any]]) -> None:
    if ends:
        conn.execute(_settle, ends)


def renew(conn: Connection, letters: Sequence[Claimed], now: datetime) -> None:
    """Hold on to letters whose sending takes long."""
    if letters:
        until = now + LEASE
        conn.execute(
            _renew,
            [
                {"of_id": letter.id, "of_attempt": letter.attempts, "of_lost": letter.leases_lost, "until": until}
                for letter in letters
            ],
        )


def sweep(conn: Connection, now: datetime) -> list[LostFile]:
    """Settle what will not leave any more: what is too late, what was lost on its last try or too often, cards of which
    a later message was sent, and files whose words did not arrive. Return the files that are given up with it, though
    their words arrived.
    """
    given_up = [*conn.execute(_lose, {"now": now}), *conn.execute(_expire, {"now": now})]
    conn.execute(_outdate, {"now": now})
    conn.execute(_leave_out)
    return [
        LostFile(row.id, row.person, Outbound.from_json(row.body).files[0], "late")
        for row in readable(given_up)
        if row.follows is not None
    ]
