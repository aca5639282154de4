"""The live card of a permit in each chat: sent once, then edited in place, and moved down when it must be noticed."""

from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from campaign.permits import Event, Seat
from campaign.roles import OFFICER
from service.core.letters import Draft, language_of, rendered, tell
from service.core.permissions import Act, may
from service.core.unit_of_work import UnitOfWork
from service.hot_work import cards
from service.hot_work.cards import View
from service.hot_work.in_hand import PermitInHand, approvers
from storage import outbox, people
from talk.texts import Say

CARD = "permit"


def readers(uow: UnitOfWork, permit: PermitInHand) -> list[int]:
    """Return the people whose chats hold the card: the applicant and whoever may approve; from the approval on
    everybody on the permit and the safety officers.
    """
    applicant = _still(uow, permit, [permit.row.applicant])
    if permit.life.approved_at is None:
        return list(dict.fromkeys([*applicant, *approvers(uow, permit)]))
    seated = _still(uow, permit, [who.person for who in permit.people if who.person is not None])
    officers = people.holders(uow.conn, OFFICER, permit.enterprise.code)
    return list(dict.fromkeys([*applicant, *seated, *officers]))


def renew(uow: UnitOfWork, permit: PermitInHand, *, notify: Collection[int] = ()) -> None:
    """Bring every card of a permit to how it stands now. To `notify` it is sent as a new message, since an edit makes
    no sound; the old one then points to it.
    """
    view = cards.view(uow, permit)
    for person in readers(uow, permit):
        _show(uow, person, view, anew=person in notify)


def show(uow: UnitOfWork, person: int, permit: PermitInHand) -> None:
    """The card at the end of somebody's chat, as it is now."""
    _show(uow, person, cards.view(uow, permit), anew=True)


def _show(uow: UnitOfWork, person: int, view: View, *, anew: bool) -> None:
    """The card in one chat: edited where it stands if it has changed, or `anew` at the end of the chat."""
    permit = view.permit
    root = f"{CARD}/{permit.row.id}/"
    newest = outbox.newest_card(uow.conn, person, root)
    if newest is None:
        _say(uow, person, cards.card(uow, person, view, f"{root}0"))
        return
    name, before = newest
    if anew:
        _say(uow, person, Draft((Say("permit-moved", code=permit.row.code),), card=name, of=permit.enterprise.code))
        name = f"{root}{int(name.removeprefix(root)) + 1}"
    draft = cards.card(uow, person, view, name)
    if anew or rendered(uow, draft, person, language_of(uow, person)) != before:
        _say(uow, person, draft)


def _say(uow: UnitOfWork, person: int, draft: Draft) -> None:
    uow.said += 1
    tell(
        uow,
        person,
        draft,
        kind=CARD,
        dedupe=f"{uow.cause}/card/{draft.card}/{person}/{uow.said}",
        priority=outbox.PERMIT,
    )


NOTICED: Final[Mapping[Event, frozenset[Seat]]] = {
    Event.SUBMIT: frozenset({Seat.APPROVER}),
    Event.APPROVE: frozenset({Seat.APPLICANT, Seat.LEADER, Seat.GUARDIAN, Seat.WELDER, Seat.TESTER}),
    Event.RETURN: frozenset({Seat.APPLICANT}),
    Event.REFUSE: frozenset({Seat.APPLICANT}),
    Event.CANCEL: frozenset({Seat.APPLICANT, Seat.LEADER, Seat.GUARDIAN, Seat.WELDER}),
}
"""Who must notice that something happened; on everybody else's card it is seen."""


def noticed(uow: UnitOfWork, permit: PermitInHand) -> list[int]:
    """Return the people whose card comes anew after what was just done."""
    seats = frozenset[Seat]().union(*(NOTICED.get(event, frozenset()) for event in permit.wrote))
    if Event.MEASURES in permit.wrote and permit.life.lacking:
        # Who must put right what is lacking, before anybody begins.
        seats |= {Seat.APPLICANT, Seat.LEADER}
    return people_with(uow, permit, seats)


def people_with(uow: UnitOfWork, permit: PermitInHand, seats: AbstractSet[Seat]) -> list[int]:
    """Return the people in the chat who have any of some seats, those who are named first."""
    found = [who.person for who in permit.people if who.person is not None and who.seat in seats]
    if Seat.GUARDIAN in seats and permit.guardian.person is None:
        found.append(permit.row.applicant)
    if Seat.APPLICANT in seats:
        found.append(permit.row.applicant)
    found = _still(uow, permit, found)
    if Seat.OFFICE in seats:
        found += people.holders(uow.conn, OFFICER, permit.enterprise.code)
    if Seat.APPROVER in seats and permit.approver is None:
        found += approvers(uow, permit)
    return list(dict.fromkeys(found))


def _still(uow: UnitOfWork, permit: PermitInHand, named: Iterable[int]) -> list[int]:
    """Return those of some people who still belong to the permit's enterprise: a role may end while a permit lives."""
    return [person for person in dict.fromkeys(named) if may(uow, person, Act.SEE_PERMIT, permit.enterprise)]
