"""An enterprise is gone while a permit lives: the permit ends at once, and its people and staff are told."""

from typing import Final

from campaign.permits import Event, Seat, State
from service.core.letters import Draft, tell
from service.core.refusal import existing
from service.core.supervision import deciders
from service.core.unit_of_work import UnitOfWork
from service.hot_work import letters, steps
from service.hot_work.in_hand import PermitInHand
from service.registry import states
from storage import outbox, permits, registry
from storage.permits import Permit
from talk.texts import CHINESE, Say, render

KIND: Final = "permit-enterprise-gone"

_ENDS: Final = (State.SUBMITTED, State.RETURNED, State.APPROVED, State.STARTED, State.SUSPENDED)
"""Where nothing burns any more, the fire watch runs its course: the place must be looked after all the same."""
_WATCHED: Final = (State.FINISHED, State.FIRE_WATCH)
_TOLD: Final = frozenset(Seat) - {Seat.CLOCK}


def orphaned(uow: UnitOfWork) -> list[Permit]:
    """Return the permits that live on after their enterprise."""
    if uow.pack.hot_work is None:
        return []
    return permits.of_closed(uow.conn, _ENDS)


def tell_of_watched(uow: UnitOfWork) -> None:
    """Tell staff, once for each permit, that the fire watch goes on at a place whose enterprise is gone."""
    rows = [] if uow.pack.hot_work is None else permits.of_closed(uow.conn, _WATCHED)
    for row in rows:
        enterprise = existing(registry.enterprise(uow.conn, row.enterprise))
        stands = states.present(uow, enterprise.code)
        told = Draft((Say("permit-gone-staff-watched", code=row.code, place=enterprise.name, state=stands),))
        for person in deciders(uow, enterprise):
            key = f"{KIND}/{row.id}/watched/{person}"
            tell(uow, person, told, kind=KIND, dedupe=key, priority=outbox.PERMIT)


def cancel(uow: UnitOfWork, row: Permit) -> PermitInHand | None:
    """Cancel a permit whose enterprise is gone; return it, None where it has ended meanwhile."""
    permit = steps.locked(uow, row.id)
    if permit is None or permit.life.state not in _ENDS:
        return None
    worked = permit.life.state is State.STARTED
    # Before it ends: afterwards a permit has no readers that stay.
    crew = letters.people_with(uow, permit, _TOLD)
    stands = states.present(uow, permit.enterprise.code)
    data = {"remark": render(Say("permit-gone-remark", state=stands), CHINESE)}
    permit = steps.written(uow, permit, steps.step_now(uow, Event.CANCEL), None, data)
    facts = {"code": permit.row.code, "place": permit.enterprise.name, "state": stands}
    line = Say("permit-gone-working" if worked else "permit-gone", **facts)
    staff = Say("permit-gone-staff-working" if worked else "permit-gone-staff", **facts)
    told = {**dict.fromkeys(deciders(uow, permit.enterprise), staff), **dict.fromkeys(crew, line)}
    for person, said in told.items():
        key = f"{KIND}/{permit.row.id}/{person}"
        tell(uow, person, Draft((said,)), kind=KIND, dedupe=key, priority=outbox.PERMIT)
    return permit
