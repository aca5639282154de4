"""What can be done with how a place stands: whom no message reaches, the lists as files, the text for a work group."""

from functools import partial

from service.core import access_log
from service.core.access_log import Access
from service.core.letters import Draft, send
from service.core.listing import Entry, screen
from service.core.permissions import Act, Target, may
from service.core.refusal import not_allowed
from service.core.unit_of_work import Speaker, UnitOfWork
from service.desk import actions, contacts
from service.desk.places import Place
from talk.actions import Tap
from talk.texts import Say


def menu(uow: UnitOfWork, person: int, place: Place) -> Draft:
    """Return the ways on from a place's progress."""
    number = len(contacts.of_place(uow, place.district))
    taps: list[Tap] = []
    if may(uow, person, Act.HAND_ON_PROGRESS, Target(place.district)):
        taps += [actions.UNREACHED.tap(Say("option-unreached"), place.number, 1)] if number else []
        taps.append(actions.PHONE_LIST.tap(Say("option-phone-list"), place.number))
        taps.append(actions.WORKBOOK.tap(Say("option-owes-export"), place.number))
    taps.append(actions.GROUP_TEXT.tap(Say("option-group"), place.number))
    if place.district is None:
        taps.append(actions.OWN_DUTIES.tap(Say("option-own-duties"), 1))
        taps.append(actions.DUTIES.tap(Say("option-by-duty"), None, 1))
    return Draft((Say("owes-tools-heading", place=place.name, people=number),), tuple(taps))


def unreached(uow: UnitOfWork, me: Speaker, place: Place, page: int) -> None:
    """List whom no message reaches, by name; that somebody looked is on record."""
    if not may(uow, me.person, Act.HAND_ON_PROGRESS, Target(place.district)):
        raise not_allowed()
    found = contacts.of_place(uow, place.district)
    access_log.record(uow, me.person, Access.PHONE_LIST, f"place/{place.name}", people=len(found))
    entries = [
        Entry(
            Say("owes-unreached-line", name=post.name, role=Say("role", role=post.role), place=post.enterprise.name),
            post.reason,
            actions.ENTERPRISE.data(post.enterprise.code),
        )
        for post in found
    ]
    heading = Say("owes-unreached-heading", place=place.name, people=len(found))
    send(uow, me, screen([heading], entries, page, partial(actions.UNREACHED.data, place.number)))
