"""Setting up a second factor: the secret and its QR code, recovery codes, and taking it away."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Final

from pyotp import random_base32
from pyotp.totp import TOTP

from service.core.assurance import Policy, demand_code
from service.core.encryption import is_current, seal, unseal
from service.core.letters import Draft, tell
from service.core.papers import Paper
from service.core.permissions import Own, Permission
from service.core.refusal import RefusedError, existing
from service.core.unit_of_work import Speaker, UnitOfWork
from service.factor import actions
from storage import factors, outbox
from storage.factors import Factor
from storage.retention import Terms
from talk.texts import Phrase, Say, listed

GOOD_FOR: Final = timedelta(minutes=15)
"""How long a secret that was shown waits for its first code."""
RECOVERY_CODES: Final = 8
RECOVERY: Final = "recovery"
ONCE: Final = "factor"
"""The kind of letters that hold a secret or codes; they are emptied soon after they were sent (`storage.outbox`)."""
_PURPOSE: Final = "factor"
_ISSUER: Final = "安嘱"


@dataclass(frozen=True, slots=True)
class FactorPaper(Paper[str]):
    """The QR code of a secret that is being set up."""

    kind: ClassVar[str] = "factor"
    letter: ClassVar[str] = ONCE
    person: int

    @property
    def subject(self) -> str:
        return f"person/{self.person}"

    def kept_for(self, terms: Terms) -> timedelta:
        del terms
        return GOOD_FOR

    def permission(self, uow: UnitOfWork, person: int) -> Permission:
        return Own.DATA if person == self.person else None

    def gather(self, uow: UnitOfWork) -> str:
        factor = factors.of(uow.conn, self.person)
        if factor is None or factor.pending is None:
            raise LookupError(self.person)
        return TOTP(opened(uow, self.person, factor.pending)).provisioning_uri(
            name=str(self.person), issuer_name=_ISSUER
        )


def sealed(uow: UnitOfWork, person: int, secret: str) -> bytes:
    """Return the secret of somebody as it is kept."""
    return seal(uow.context.keys, _PURPOSE, f"person/{person}", secret)


def opened(uow: UnitOfWork, person: int, kept: bytes) -> str:
    """Return the secret that is kept for somebody."""
    return unseal(uow.context.keys, _PURPOSE, f"person/{person}", kept)


def renew_seals(uow: UnitOfWork) -> int:
    """Encrypt the secrets anew that were written with a key that is retired; return of how many people."""
    keys, renewed = uow.context.keys, 0
    for factor in factors.everyone(uow.conn):
        stale = {
            name: sealed(uow, factor.person, opened(uow, factor.person, kept))
            for name, kept in (("secret", factor.secret), ("pending", factor.pending))
            if kept is not None and not is_current(keys, kept)
        }
        if stale:
            factors.change(uow.conn, factor.person, **stale)
            renewed += 1
    return renewed


def being_set_up(uow: UnitOfWork, factor: Factor | None) -> bool:
    """Return whether a secret was shown that still waits for its first code."""
    return (
        factor is not None
        and factor.pending is not None
        and factor.begun_at is not None
        and uow.wall - factor.begun_at < GOOD_FOR
    )


def is_set_up(uow: UnitOfWork, person: int) -> bool:
    """Return whether somebody has a second factor that a code has confirmed."""
    factor = factors.of(uow.conn, person)
    return factor is not None and factor.enrolled_at is not None


def begin(uow: UnitOfWork, me: Speaker) -> None:
    """Show somebody a fresh secret, in words and as a QR code; its first code will confirm it."""
    secret = random_base32()  # not `UnitOfWork.fresh`: it must not follow from anything that is kept
    factors.begin(uow.conn, me.person, sealed(uow, me.person, secret), uow.wall)
    spaced = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    _tell(
        uow,
        me,
        "secret",
        Say("factor-begin", minutes=GOOD_FOR // timedelta(minutes=1)),
        Say("factor-secret", secret=spaced),
    )
    uow.papers.append(FactorPaper(((me.person, Say("factor-qr")),), me.person))


def standing(uow: UnitOfWork, me: Speaker) -> Draft | None:
    """Return how one's second factor stands; set one up where there is none. RefusedError: nobody needs one here."""
    if uow.context.second_factor is Policy.OFF:
        raise RefusedError(Say("factor-off"))
    factor = factors.of(uow.conn, me.person)
    if factor is None or factor.enrolled_at is None:
        if being_set_up(uow, factor):
            return Draft((Say("factor-first-code"),))
        begin(uow, me)
        return None
    day = factor.enrolled_at.astimezone(uow.context.zone).date()
    left = factors.recovery_left(uow.conn, me.person)
    taps = (actions.CODES.tap(Say("factor-option-codes")), actions.ANEW.tap(Say("factor-option-anew")))
    return Draft((Say("factor-standing", day=day, left=left),), taps)


def anew(uow: UnitOfWork, me: Speaker) -> None:
    """Set one's second factor up anew; the one before holds until the first code of the new one."""
    existing(factors.of(uow.conn, me.person))
    demand_code(uow)
    begin(uow, me)


def give_codes(uow: UnitOfWork, me: Speaker) -> None:
    """Give somebody new recovery codes, once a code proved that it is them."""
    existing(factors.of(uow.conn, me.person))
    demand_code(uow)
    tell_codes(uow, me)


def tell_codes(uow: UnitOfWork, me: Speaker) -> None:
    """Show fresh recovery codes, this once; those from before are void."""
    codes = [uow.fresh.letters(10) for _ in range(RECOVERY_CODES)]
    factors.set_recovery(uow.conn, me.person, [uow.hashed(RECOVERY, code) for code in codes])
    uow.note("factor-codes", f"person/{me.person}")
    _tell(uow, me, "codes", Say("factor-codes", codes=listed([f"{code[:5]}-{code[5:]}" for code in codes])))


def lost(uow: UnitOfWork, me: Speaker) -> Draft:
    """Return what to do without the phone."""
    return Draft((Say("factor-lost", left=factors.recovery_left(uow.conn, me.person)),))


def reset(uow: UnitOfWork, person: int) -> bool:
    """Take somebody's second factor away, who lost the phone and the recovery codes; they set up another one when a
    code is next needed. Return whether there was one.
    """
    if not factors.remove(uow.conn, person):
        return False
    uow.note("factor-reset", f"person/{person}")
    tell(uow, person, Draft((Say("factor-reset"),)), kind="factor-reset", dedupe=f"{uow.cause}/factor-reset/{person}")
    return True


def _tell(uow: UnitOfWork, me: Speaker, what: str, *lines: Phrase) -> None:
    dedupe = f"{uow.cause}/factor/{what}"
    tell(uow, me.person, Draft(lines), kind=ONCE, dedupe=dedupe, priority=outbox.REPLY)
