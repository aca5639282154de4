"""Somebody who is on a live permit is gone, or locked out: the site is told at once, and prompts go to the next."""

from functools import partial
from typing import Final

from campaign.permits import Event, Seat, State
from service.core.letters import Draft, tell
from service.core.unit_of_work import UnitOfWork
from service.hot_work import actions, letters, pulse, steps
from service.hot_work.in_hand import PermitInHand
from storage import outbox, permits
from storage.engine import apart
from talk.actions import Tap
from talk.texts import Say, listed

KIND: Final = "permit-departed"

_TOLD: Final = frozenset(Seat) - {Seat.CLOCK}


def gone(uow: UnitOfWork, person: int, name: str, enterprise: str) -> None:
    """Let the live permits of an enterprise go on without somebody who had a seat on them."""
    if uow.pack.hot_work is None:
        return
    on_it = permits.find(uow.conn, enterprise=enterprise, person=person, live=True)
    # One that fails keeps no other site from being told, and nobody's role from ending.
    apart(uow.conn, [partial(_gone, uow, permit.id, person, name) for permit in on_it])


def _gone(uow: UnitOfWork, number: int, person: int, name: str) -> int:
    permit = steps.locked(uow, number)
    if permit is None:
        return 0
    letters.renew(uow, permit)
    pulse.beat(uow, permit)
    seats = _seats(permit, person)
    line = Say("permit-departed", code=permit.row.code, name=name, seats=listed(map(_named, seats)))
    lines = (line, Say("permit-departed-guardian") if Seat.GUARDIAN in seats else None)
    draft = Draft(lines, _taps(permit), of=permit.enterprise.code)
    told = [somebody for somebody in letters.people_with(uow, permit, _TOLD) if somebody != person]
    for somebody in told:
        key = f"{uow.cause}/{KIND}/{number}/{person}/{somebody}"
        tell(uow, somebody, draft, kind=KIND, dedupe=key, priority=outbox.PERMIT)
    return len(told)


def _named(seat: Seat) -> Say:
    return Say("permit-seat", seat=seat)


def _seats(permit: PermitInHand, person: int) -> list[Seat]:
    named = [Seat(who.seat) for who in permit.people if who.person == person]
    if permit.row.applicant == person:
        named.append(Seat.APPLICANT)
        if permit.guardian.person is None:
            # He tapped for a guardian who is not in the bot.
            named.append(Seat.GUARDIAN)
    return list(dict.fromkeys(named))


def _taps(permit: PermitInHand) -> tuple[Tap, ...]:
    number = permit.row.id
    shown = actions.SHOW.tap(Say("permit-option-show"), number)
    if permit.life.state is not State.STARTED:
        return (shown,)
    return (actions.DO.tap(Say("permit-option-stop"), number, Event.STOP), shown)
