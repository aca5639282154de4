"""The door: a message that needs a code of the second factor waits until the code is there, and is done then."""

import hmac
import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, Final
from unicodedata import normalize

from pyotp.totp import TOTP

from campaign.roles import CITY, CLERK, LEADER
from service.core.assurance import Assurance, CodeNeededError, Policy
from service.core.codes import plain_code
from service.core.letters import answer
from service.core.unit_of_work import Speaker, UnitOfWork
from service.factor import actions, enrolment
from storage import factors, inbox
from storage.factors import Factor
from talk.actions import ACTION, typed_command
from talk.messages import FileRef, Inbound, Kind, Replied
from talk.texts import Say

FRESH_FOR: Final = timedelta(hours=12)
"""How long a code of staff holds, at the address where it was given."""
HELD_FOR: Final = timedelta(minutes=15)
"""How long a message waits for its code."""
WRONG_AT_MOST: Final = 5
PAUSE: Final = timedelta(minutes=15)
"""After so many wrong codes; each further pause is twice as long, up to a day, until a code is right."""
LONGEST_PAUSE: Final = timedelta(days=1)

_STAFF: Final = frozenset({CLERK, LEADER, CITY})
_CODE: Final = re.compile(r"[0-9]{6}")
_RECOVERY: Final = re.compile(r"[A-Z2-9]{5}-?[A-Z2-9]{5}")
_OPEN: Final = frozenset({"start", "help", "language", "cancel", actions.FACTOR.name})
"""Commands that staff can give without a code: they show nothing of anybody."""
_OPEN_VERBS: Final = ("language", actions.LOST.verb)


def through(uow: UnitOfWork, me: Speaker, inbound: Inbound, act: Callable[[Inbound], None]) -> None:
    """Let somebody's message do what it asks, or keep it until the code is there that it needs."""
    if uow.context.second_factor is Policy.OFF or uow.assurance is Assurance.SERVER:
        act(inbound)
        return
    factor = factors.of(uow.conn, me.person)
    code = _code(inbound)
    if factor is not None and code is not None and _waits(uow, factor):
        _entered(uow, me, factor, code, act)
        return
    if _is_staff(uow, me) and not _is_fresh(uow, me, factor) and not _is_open(inbound):
        _hold(uow, me, factor, inbound)
        return
    said, papers, granted = uow.said, list(uow.papers), set(uow.granted)
    try:
        with uow.conn.begin_nested():
            act(inbound)
    except CodeNeededError:
        uow.said, uow.papers[:], uow.granted = said, papers, granted
        _hold(uow, me, factors.of(uow.conn, me.person), inbound)


def step_of(secret: str, code: str, at: datetime, after: int) -> int | None:
    """Return the time step whose code this is: the present one, or one beside it, for clocks that are half a minute
    off; None for a wrong code, and for one that is no later than the step `after`, whose code was taken already.
    """
    codes = TOTP(secret)
    now = codes.timecode(at)
    for step in (now, now - 1, now + 1):
        if step > after and hmac.compare_digest(codes.generate_otp(step), code):
            return step
    return None


def _code(inbound: Inbound) -> str | None:
    """Return what looks like a code, or a recovery code, as it is compared; None for other messages."""
    if inbound.kind is not Kind.TEXT:
        return None
    typed = normalize("NFKC", inbound.text).strip()
    digits = re.sub(r"[\s-]", "", typed)
    if _CODE.fullmatch(digits):
        return digits
    return plain_code(typed) if _RECOVERY.fullmatch(typed.upper()) else None


def _waits(uow: UnitOfWork, factor: Factor) -> bool:
    """Return whether somebody was asked for a code a short while ago."""
    held = factor.held_at is not None and uow.wall - factor.held_at < HELD_FOR
    return held or enrolment.being_set_up(uow, factor)


def _is_staff(uow: UnitOfWork, me: Speaker) -> bool:
    return any(held.state == "active" and held.role in _STAFF for held in uow.roles(me.person))


def _is_fresh(uow: UnitOfWork, me: Speaker, factor: Factor | None) -> bool:
    return (
        factor is not None
        and factor.enrolled_at is not None
        and factor.verified_at is not None
        and uow.wall - factor.verified_at < FRESH_FOR
        and list(factor.verified_by or ()) == _address(me)
    )


def _is_open(inbound: Inbound) -> bool:
    if inbound.kind is Kind.BUTTON:
        return inbound.data.startswith(tuple(f"{ACTION}:{verb}:" for verb in _OPEN_VERBS))
    name, _ = typed_command(inbound.text) or ("", "")
    return name in _OPEN


def _hold(uow: UnitOfWork, me: Speaker, factor: Factor | None, inbound: Inbound) -> None:
    """Keep a message until its code is there, and ask for the code; who has no second factor sets one up first."""
    paused = _paused(uow, factor)
    if paused:
        answer(uow, me, paused)
        return
    if factor is None or factor.enrolled_at is None:
        if enrolment.being_set_up(uow, factor):
            answer(uow, me, Say("factor-first-code"))
        else:
            answer(uow, me, Say("factor-needed"))
            enrolment.begin(uow, me)
    else:
        answer(uow, me, Say("factor-ask"), taps=[actions.LOST.tap(Say("factor-option-lost"))])
    factors.change(uow.conn, me.person, held={"address": _address(me), **_kept(inbound)}, held_at=uow.wall)


def _entered(uow: UnitOfWork, me: Speaker, factor: Factor, code: str, act: Callable[[Inbound], None]) -> None:
    """A code was given: what waits for it is done where it is right."""
    paused = _paused(uow, factor)
    if paused:
        answer(uow, me, paused)
        return
    if not _is_right(uow, me, factor, code):
        _count_wrong(uow, me, factor)
        return
    factors.change(
        uow.conn,
        me.person,
        wrong=0,
        pauses=0,
        paused_until=None,
        verified_at=uow.wall,
        verified_by=_address(me),
        held=None,
        held_at=None,
    )
    uow.assurance = Assurance.FACTOR
    waited = _held(uow, me, factor)
    if waited is None:
        answer(uow, me, Say("factor-right"))
    else:
        act(waited)


def _is_right(uow: UnitOfWork, me: Speaker, factor: Factor, code: str) -> bool:
    """Return whether a code is right, and take note of it: it counts once."""
    subject = f"person/{me.person}"
    if not _CODE.fullmatch(code):
        good = factors.use_recovery(uow.conn, me.person, uow.hashes(enrolment.RECOVERY, code), uow.wall)
        if good:
            uow.note("factor-used", subject, recovery=True)
        return good and factor.enrolled_at is not None
    if enrolment.being_set_up(uow, factor) and factor.pending is not None:
        step = step_of(enrolment.opened(uow, me.person, factor.pending), code, uow.wall, after=0)
        if step is not None:
            values = {"secret": factor.pending, "enrolled_at": uow.wall, "pending": None, "begun_at": None}
            factors.change(uow.conn, me.person, last_step=step, **values)
            uow.note("factor-enrolled", subject)
            answer(uow, me, Say("factor-done"))
            enrolment.tell_codes(uow, me)
            return True
    if factor.secret is None:
        return False
    step = step_of(enrolment.opened(uow, me.person, factor.secret), code, uow.wall, after=factor.last_step)
    if step is None:
        return False
    factors.change(uow.conn, me.person, last_step=step)
    uow.note("factor-used", subject)
    return True


def _count_wrong(uow: UnitOfWork, me: Speaker, factor: Factor) -> None:
    wrong = factor.wrong + 1
    uow.note("factor-wrong", f"person/{me.person}", nth=wrong)
    if wrong < WRONG_AT_MOST:
        factors.change(uow.conn, me.person, wrong=wrong)
        answer(uow, me, Say("factor-wrong", left=WRONG_AT_MOST - wrong))
        return
    pause = min(PAUSE * 2**factor.pauses, LONGEST_PAUSE)
    values: dict[str, Any] = {"wrong": 0, "pauses": min(factor.pauses + 1, 10), "paused_until": uow.wall + pause}
    factors.change(uow.conn, me.person, held=None, held_at=None, **values)
    uow.note("factor-paused", f"person/{me.person}", minutes=_minutes(pause))
    answer(uow, me, Say("factor-paused", minutes=_minutes(pause)))


def _paused(uow: UnitOfWork, factor: Factor | None) -> Say | None:
    if factor is None or factor.paused_until is None or factor.paused_until <= uow.wall:
        return None
    return Say("factor-paused", minutes=_minutes(factor.paused_until - uow.wall))


def _minutes(time: timedelta) -> int:
    return -(-time // timedelta(minutes=1))


def _held(uow: UnitOfWork, me: Speaker, factor: Factor) -> Inbound | None:
    """Return the message that waited for the code, at the address where the code was given; None: none did."""
    held = factor.held
    if held is None or factor.held_at is None or uow.wall - factor.held_at >= HELD_FOR:
        return None
    if held["address"] != _address(me):
        return None
    return Inbound(
        address=me.identity.address,
        update_id=held["update_id"],
        at=datetime.fromisoformat(held["at"]),
        kind=Kind(held["kind"]),
        text=held["text"],
        data=held["data"],
        files=tuple(FileRef.from_json(file) for file in held["files"]),
        message_id=held["message_id"],
        act=held.get("act"),
        borrowed=held.get("borrowed", False),
        undated=held.get("undated", False),
        reply=_replied(held.get("reply")),
    )


def _replied(held: dict[str, Any] | None) -> Replied | None:
    return None if held is None else Replied(**{**held, "buttons": tuple(held["buttons"])})


def _kept(inbound: Inbound) -> dict[str, object]:
    return {
        **inbox.plain(inbound),
        "at": inbound.at.isoformat(),
        "update_id": inbound.update_id,
        "message_id": inbound.message_id,
        "act": inbound.act,
        "undated": inbound.undated,
        "borrowed": inbound.borrowed,
        "reply": None if inbound.reply is None else asdict(inbound.reply),
    }


def _address(me: Speaker) -> list[str]:
    address = me.identity.address
    return [address.channel, address.account, address.external_id]
