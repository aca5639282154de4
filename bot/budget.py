"""How much an address, and all of its kind together, may ask of the bot: pure, the time comes from outside.

Nobody's input may change another's service. What people send is weighed before anything is stored or fetched, and what
is over the budget leaves no row behind.
"""

from collections import OrderedDict
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from talk.messages import Address


class Standing(Enum):
    """What an address is to the bot."""

    MEMBER = auto()
    """Of a person who joined."""
    GUEST = auto()
    """Of somebody who opened an invitation and has not consented yet."""
    STRANGER = auto()
    """Of nobody; groups too."""


class Verdict(Enum):
    """What becomes of a message."""

    TAKE = auto()
    WARN = auto()
    """It is over the budget, which is said once; then there is silence."""
    DROP = auto()


@dataclass(frozen=True, slots=True)
class Allowance:
    """So much at once, and so much a second from then on."""

    burst: float
    rate: float


MINUTE: Final = 1 / 60

EACH: Final = {
    # More than a quick hand types; a person whose phone was without signal sends what waited at once.
    Standing.MEMBER: Allowance(60, 2),
    Standing.GUEST: Allowance(40, 0.5),
    # Enough to ask what this is and how one joins.
    Standing.STRANGER: Allowance(8, MINUTE / 2),
}
TOGETHER: Final = {
    Standing.MEMBER: (),
    # There are only as many guests as there are invitations.
    Standing.GUEST: (Allowance(300, 10),),
    # The first bounds what strangers take from members in a moment, the second what they leave behind in a day.
    Standing.STRANGER: (Allowance(60, 6), Allowance(3000, 0.25)),
}
JOINING_EACH: Final = Allowance(5, MINUTE / 5)
JOINING_TOGETHER: Final = (Allowance(300, 5), Allowance(5000, 0.5))
"""A share of its own for strangers who bring a code, so that newcomers join in peace while others flood."""

BYTES: Final = 8 * 1024
"""What an update weighs: one for each so many bytes of it, and one at least."""
FILE: Final = 1.0
"""What a file weighs beside its message."""
SECOND: Final = 4.0
"""What a second of work weighs that a message made."""

KNOWN: Final = 20_000
"""So many addresses are remembered; who was quiet longest is forgotten first, and then has a full budget."""

STANDING_KEPT: Final = 60.0
"""Seconds for which a standing is believed; another process may have changed it."""


@dataclass(slots=True)
class Bucket:
    """A token bucket."""

    allowance: Allowance
    level: float
    at: float

    def fill(self, now: float) -> None:
        """Let what time has earned flow in."""
        self.level = min(self.allowance.burst, self.level + max(0.0, now - self.at) * self.allowance.rate)
        self.at = now


@dataclass(slots=True)
class _Account:
    """An address: its standing and until when that is believed, its buckets, and whether it was warned."""

    standing: Standing
    until: float
    bucket: Bucket
    joining: Bucket
    warned: bool = False


class Budget:
    """The budgets of one process. Times are seconds of any clock that never goes backwards."""

    def __init__(self) -> None:
        self._accounts: OrderedDict[Address, _Account] = OrderedDict()
        self._together: dict[tuple[Allowance, ...], tuple[Bucket, ...]] = {}

    def knows(self, address: Address, now: float) -> bool:
        """Return whether the standing of an address is known."""
        account = self._accounts.get(address)
        return account is not None and account.until > now

    def learn(self, address: Address, standing: Standing, now: float) -> None:
        """Note what an address is; one that changed its standing begins with a full budget."""
        account = self._accounts.get(address)
        if account is None or account.standing is not standing:
            account = _Account(standing, 0, _full(EACH[standing], now), _full(JOINING_EACH, now))
            self._accounts[address] = account
        account.until = now + STANDING_KEPT
        self._accounts.move_to_end(address)
        while len(self._accounts) > KNOWN:
            self._accounts.popitem(last=False)

    def doubt(self, address: Address) -> None:
        """Note that the standing of an address may have changed."""
        account = self._accounts.get(address)
        if account is not None:
            account.until = 0

    def standing(self, address: Address) -> Standing | None:
        """Return what an address is, as far as it is known."""
        account = self._accounts.get(address)
        return None if account is None else account.standing

    def judge(self, address: Address, weight: float, now: float, *, joining: bool, warns: bool) -> Verdict:
        """Weigh a message of an address whose standing is known, and spend for it. `joining`: it brings a code;
        `warns`: whoever sent it can be told that it was too much.
        """
        account = self._accounts[address]
        special = joining and account.standing is Standing.STRANGER
        own = account.joining if special else account.bucket
        together = self._shared(JOINING_TOGETHER if special else TOGETHER[account.standing], now)
        own.fill(now)
        if any(bucket.level < weight for bucket in together):
            return Verdict.DROP
        if own.level >= weight:
            for bucket in (own, *together):
                bucket.level -= weight
            account.warned = account.warned and own.level < own.allowance.burst / 2
            return Verdict.TAKE
        if account.warned or not warns:
            return Verdict.DROP
        account.warned = True
        for bucket in together:
            bucket.level -= weight
        return Verdict.WARN

    def worked(self, address: Address, seconds: float) -> None:
        """Charge an address, and all of its kind, for what a message of theirs made the bot do."""
        self.spend(address, seconds * SECOND)

    def spend(self, address: Address, weight: float) -> None:
        """Charge an address, and all of its kind, for what is taken without being judged."""
        account = self._accounts.get(address)
        if account is None:
            return
        for bucket in (account.bucket, *self._together.get(TOGETHER[account.standing], ())):
            bucket.level = max(-bucket.allowance.burst, bucket.level - weight)

    def _shared(self, allowances: tuple[Allowance, ...], now: float) -> tuple[Bucket, ...]:
        buckets = self._together.get(allowances)
        if buckets is None:
            buckets = self._together[allowances] = tuple(_full(one, now) for one in allowances)
        for bucket in buckets:
            bucket.fill(now)
        return buckets


def _full(allowance: Allowance, now: float) -> Bucket:
    return Bucket(allowance, allowance.burst, now)
