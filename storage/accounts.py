"""The accounts of channels: how the bot is called there, whether it may send now, and the budget that all
replicas share.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, Connection, bindparam, exists, func, literal_column, or_, select, update

from storage import engine
from storage.columns import Instant
from storage.tables import channel_accounts, outbox

AHEAD = timedelta(milliseconds=300)
"""How far ahead slots are reserved: far enough that a busy moment wastes none, near enough that a process
which dies takes few letters with it."""

DEBT = timedelta(seconds=1)
"""Urgent letters leave at once and are paid for by later ones, up to this: platforms count by the second."""

MARGIN = 1.01
"""Slots lie this much further apart than the rate asks: the way to the platform is not equally long for all."""

SUSPECT = 3
"""A letter that was lost so often with the process that had it may be what ends processes: from then on it leaves when
no other such letter is on its way."""

UNSETTLED: Final[Sequence[ColumnElement[str]]] = (literal_column("'ready'"), literal_column("'leased'"))
"""The states of letters that may still leave. Literals, not parameters: SQLite uses the partial indexes only for the
condition they were made with."""

PROBE_EVERY = timedelta(seconds=30)
"""How often an account that is down tries one letter."""


@dataclass(frozen=True, slots=True)
class AccountState:
    """What stands in the way of an account: all instants are real UTC, None where nothing does."""

    next_free: datetime | None
    throttled_until: datetime | None
    down_since: datetime | None
    has_suspects: bool
    """Whether letters wait that were lost `SUSPECT` times."""

    def waits(self, now: datetime) -> bool:
        """Return whether nothing may leave now."""
        return self.throttled_until is not None and self.throttled_until > now


class Budget:
    """Slots of one claim. Urgent letters need none free; paced ones take the next one each."""

    def __init__(self, rate: float, next_free: datetime | None, now: datetime) -> None:
        """`rate` is letters a second; 0: any number."""
        self._gap = timedelta(seconds=MARGIN / rate) if rate > 0 else timedelta(0)
        self._now = now
        self.next_free = max(next_free or now, now)

    def room(self, most: int) -> int:
        """Return how many paced letters may be claimed now; in gulps, not one by one."""
        if not self._gap:
            return most
        if self.next_free > self._now + AHEAD / 2:
            return 0
        return min(most, 1 + (self._now + AHEAD - self.next_free) // self._gap)

    @property
    def again_at(self) -> datetime:
        """Return when there will be room for paced letters (again)."""
        return max(self._now, self.next_free - AHEAD / 2)

    def spend(self) -> None:
        """Let an urgent letter leave now, whatever the budget says."""
        self.next_free = max(self.next_free, min(self.next_free + self._gap, self._now + DEBT))

    def pay(self, late: int) -> None:
        """Pay for letters that left so late after their slots that they fall among those of other slots."""
        self.next_free += late * self._gap

    def slot(self) -> datetime:
        """Return when the next paced letter leaves."""
        slot = self.next_free
        self.next_free += self._gap
        return slot


_which = (channel_accounts.c.channel == bindparam("of_channel"), channel_accounts.c.account == bindparam("of_account"))
_open = (
    engine.insert(channel_accounts)
    .values(channel=bindparam("of_channel"), account=bindparam("of_account"))
    .on_conflict_do_update(
        index_elements=[channel_accounts.c.channel, channel_accounts.c.account],
        set_={"throttled_until": None},
        where=channel_accounts.c.down_since.is_not(None),
    )
)
_lock = (
    select(
        channel_accounts.c.next_free,
        channel_accounts.c.throttled_until,
        channel_accounts.c.down_since,
        exists().where(outbox.c.state.in_(UNSETTLED), outbox.c.leases_lost >= literal_column(str(SUSPECT))),
    )
    .where(*_which)
    .with_for_update()
)
_reserve = update(channel_accounts).where(*_which).values(next_free=bindparam("until"))
_throttle = (
    update(channel_accounts)
    .where(*_which)
    .where(
        or_(channel_accounts.c.throttled_until.is_(None), channel_accounts.c.throttled_until < bindparam("until")),
    )
    .values(throttled_until=bindparam("until"))
)
_stop = (
    update(channel_accounts)
    .where(*_which)
    .values(
        down_since=func.coalesce(channel_accounts.c.down_since, bindparam("now", type_=Instant)),
        down_reason=bindparam("reason"),
    )
)
_resume = update(channel_accounts).where(*_which).values(down_since=None, down_reason=None, throttled_until=None)
_down = (
    select(channel_accounts.c.channel, channel_accounts.c.account, channel_accounts.c.down_reason)
    .where(channel_accounts.c.down_since.is_not(None))
    .order_by(channel_accounts.c.channel, channel_accounts.c.account)
)


def open_account(conn: Connection, channel: str, account: str) -> None:
    """Let an account of this process send. One that is down is tried at once: its token may be a new one."""
    conn.execute(_open, _keys(channel, account))


def lock(conn: Connection, channel: str, account: str) -> AccountState:
    """Return what stands in an account's way; until the transaction ends nobody else claims for it. The account must
    be open.
    """
    return AccountState(*conn.execute(_lock, _keys(channel, account)).one())


def reserve(conn: Connection, channel: str, account: str, until: datetime) -> None:
    """Note that the budget of an account is spent up to an instant."""
    conn.execute(_reserve, {**_keys(channel, account), "until": until})


def throttle(conn: Connection, channel: str, account: str, until: datetime) -> None:
    """Let nothing leave an account before an instant."""
    conn.execute(_throttle, {**_keys(channel, account), "until": until})


def stop(conn: Connection, channel: str, account: str, reason: str, now: datetime) -> None:
    """Note that an account cannot send at all; one letter is tried every `PROBE_EVERY`."""
    conn.execute(_stop, {**_keys(channel, account), "reason": reason, "now": now})
    throttle(conn, channel, account, now + PROBE_EVERY)


def resume(conn: Connection, channel: str, account: str) -> None:
    """Note that an account can send again."""
    conn.execute(_resume, _keys(channel, account))


def down(conn: Connection) -> list[tuple[str, str, str]]:
    """Return the accounts that cannot send: channel, account, why."""
    return [(row.channel, row.account, row.down_reason or "") for row in conn.execute(_down)]


def name_bot(conn: Connection, channel: str, account: str, name: str) -> None:
    """Note under which name people find the bot; links of invitations are made with it."""
    conn.execute(
        engine.insert(channel_accounts)
        .values(channel=channel, account=account, bot_name=name)
        .on_conflict_do_update(
            index_elements=[channel_accounts.c.channel, channel_accounts.c.account],
            set_={"bot_name": name},
        )
    )


def bot_name(conn: Connection, channel: str) -> str | None:
    """Return the bot's name on a channel, None while it is unknown."""
    statement = select(channel_accounts.c.bot_name).where(
        channel_accounts.c.channel == channel, channel_accounts.c.bot_name.is_not(None)
    )
    return conn.execute(statement.order_by(channel_accounts.c.account).limit(1)).scalar_one_or_none()


def reclaim(conn: Connection, channel: str, account: str) -> int:
    """Give back the letters that a process took and did not settle; return how many. Only for an account of which
    this process is the one sender, or a letter leaves twice.
    """
    statement = update(outbox).where(
        outbox.c.channel == channel, outbox.c.account == account, outbox.c.state == "leased"
    )
    return int(conn.execute(statement.values(lease_until=outbox.c.created_at)).rowcount)


def _keys(channel: str, account: str) -> dict[str, str]:
    return {"of_channel": channel, "of_account": account}
